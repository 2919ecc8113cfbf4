// The host's side of a worker process: starts it, gives it one document at a time, and starts another when it dies.
//
//   WorkerClient client({.limits = plan.limits, .rules = plan.sandbox, ...});
//   const uint32_t stage = client.Add({...}, context);         // each isolated stage
//   Status status = client.Start();                            // opens them, then closes the sandbox
//   status = client.Process(stage, document, edits);           // what failed is the document's; the next one finds a worker again
//
// The worker is this program itself, for plugins, or a program that a manifest names (WorkerSettings::command). That one holds one stage.
//
// A crash, a refused system call, a missed deadline or an answer that is none fails the call, with the cause in words. What comes back
// from the process is parsed, never trusted: the caller checks documents and edits as it does those of stages in its own process. Used
// by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/isolation/channel.h"
#include "core/isolation/child_process.h"
#include "core/isolation/limits.h"
#include "garner/stage.h"
#include "garner/v1/worker.pb.h"

namespace garner {

// A program of somebody else's that speaks the worker protocol.
struct WorkerCommand {
  std::string path;                // absolute, of the program
  std::vector<std::string> words;  // as the manifest has them; the first is the program's own name
  std::string folder;              // where it works
};

struct WorkerSettings {
  IsolationLimits limits;
  SandboxRules rules;
  std::string manifest_dir;
  std::string output_dir;
  // The caller's thread and the process wait on one processor (waiting_place.h): worth it where other processors have nothing to do.
  bool wait_together = false;
  // A program that answers `PROGRAM worker` with RunWorker, and `PROGRAM worker launch ...` with RunLauncher: this one.
  std::string program = "/proc/self/exe";
  // Absent: plugins, in a process of this program.
  std::optional<WorkerCommand> command;
  // Models may take their time; a worker that never gets ready must not hold the job for ever.
  std::chrono::seconds open_time{600};
};

class WorkerClient {
 public:
  explicit WorkerClient(WorkerSettings settings);

  // Before Start. `context` hears what the stage says; it outlives the client's last call. The index that the calls below take.
  uint32_t Add(v1::WorkerRequest::Stage stage, StageContext& context);
  // Fails where a stage cannot be opened.
  Status Start();
  // What of the sandbox holds, in a line for the log; whether anything that was asked for is missing.
  std::string DescribeSandbox() const;
  bool sandbox_is_whole() const { return missing_.empty(); }

  Status Decode(uint32_t stage, const Payload& payload, v1::Document* document, Children& children);
  Status Process(uint32_t stage, const v1::Document& document, Edits& edits);

 private:
  struct Answer {
    Status status;
    bool out_of_memory = false;
  };

  // `children`: nullptr where the stage has none.
  Status Call(uint32_t stage, std::string_view body, google::protobuf::MessageLite& result, Children* children);
  Answer Ask(uint32_t stage, std::string_view body, google::protobuf::MessageLite& result, Children* children);
  Status StartChild(bool first);
  Status Open(bool first);
  // Reads replies until one answers the request; the rest is passed on.
  Status AwaitAnswer(const Deadline& deadline, bool heard);
  Status AwaitAnswerHere(int processor, const Deadline& deadline);
  Status Lost(Channel::Event event);
  Status TooLate();
  Status OutOfMemory() const;
  // `why`: in words, for the author of a program.
  Status Garbage(std::string_view why);
  std::string CauseOfDeath(const Ending& ending) const;
  std::string CauseOfProgramsDeath(const Ending& ending) const;
  std::string Advice() const;
  Status CheckStarted();
  Result<std::unique_ptr<ChildProcess>> Spawn() const;
  std::string DescribeLimits() const;
  void PassOn(const v1::WorkerReply::Log& log) const;
  void PassOnCounts() const;
  void DropChild();
  bool BeginsDocument(uint32_t stage);

  const WorkerSettings settings_;
  std::vector<StageContext*> contexts_;
  v1::WorkerRequest start_;
  v1::WorkerReply::Started started_;
  v1::WorkerReply::Launched launched_;  // of a program
  std::vector<std::string> missing_;    // of the sandbox
  bool memory_limit_ = false;
  const std::string subject_;           // of sentences: "its process"
  // Used again for each call.
  v1::WorkerRequest request_;
  v1::WorkerReply reply_;
  std::string head_;
  std::string body_;

  std::unique_ptr<ChildProcess> child_;
  std::optional<Channel> channel_;
  uint64_t number_ = 0;
  uint32_t documents_ = 0;  // that this child has seen
  bool open_ = false;
  bool used_ = false;
  std::optional<uint32_t> last_stage_;
  std::optional<v1::WorkerReply::LastWords> last_words_;
};

}  // namespace garner
