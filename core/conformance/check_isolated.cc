// sandbox, isolated: the stage in a child process, as `isolation: process` runs it.
#include <unistd.h>

#include <map>
#include <memory>

#include "core/conformance/checks.h"
#include "core/conformance/stage_bench.h"
#include "core/isolation/isolated_stage.h"
#include "core/isolation/worker_client.h"

namespace garner {
namespace {

// A worker process with the stage in it.
struct Isolated {
  std::unique_ptr<WorkerClient> client;
  OpenStage stage;
};

// Worker processes for the sets of options among the inputs.
class IsolatedBench {
 public:
  explicit IsolatedBench(const CheckRun& run) : run_(run) {}

  Answer Try(const Input& input) {
    const Result<OpenStage*> stage = For(input.options);
    if (!stage.ok()) return {stage.status(), {}, {}};
    // The client has a clock of its own.
    run_.recorder.Note(input);
    alarm(0);
    return Work(**stage, run_.subject.kind(), input);
  }

 private:
  Result<OpenStage*> For(const std::string& options) {
    if (const auto at = workers_.find(options); at != workers_.end()) return &at->second.stage;
    run_.Step("opening the stage in a process of its own");
    alarm(0);
    const SubjectFolders folders = run_.Folders();
    WorkerSettings settings;
    settings.limits.document_seconds = run_.settings.input_seconds;
    settings.limits.child_memory_mb = run_.settings.memory_mb;
    settings.manifest_dir = folders.manifest_dir;
    settings.output_dir = folders.output_dir;
    Isolated made{std::make_unique<WorkerClient>(settings), {}};
    const PluginFile& file = run_.subject.file();
    made.stage.context = std::make_unique<SilentContext>(file.manifest.name(), DataFolder(file.path), folders);
    made.stage.stage = MakeIsolatedStage(file, *made.client);
    if (Status status = made.stage.stage->Configure(*made.stage.context, options); !status.ok()) return status;
    if (Status status = made.client->Start(); !status.ok()) return Status(status.kind(), "cannot be opened in a process of its own: " + status.message());
    return &workers_.emplace(options, std::move(made)).first->second.stage;
  }

  const CheckRun& run_;
  std::map<std::string, Isolated> workers_;
};

std::string Count(const CheckRun& run) { return std::to_string(run.inputs.size()) + " inputs"; }

}  // namespace

Verdict CheckSandbox(CheckRun& run) {
  StageBench here(run);
  IsolatedBench isolated(run);
  for (const Input& input : run.inputs) {
    const Answer in_process = here.Try(input);
    const Answer answer = isolated.Try(input);
    if (answer.status.ok() || !in_process.status.ok()) continue;
    return Failure(input.name + ": works in the host; with 'isolation: process', " + answer.status.message(), "the stage works in the default sandbox",
                   "open files, models and what libraries load late (iconv, locales) in Open; leave sockets and processes alone. docs/isolation.md");
  }
  return Passed(Count(run));
}

Verdict CheckIsolated(CheckRun& run) {
  StageBench here(run);
  IsolatedBench isolated(run);
  for (const Input& input : run.inputs) {
    const Answer in_process = here.Try(input);
    const Answer answer = isolated.Try(input);
    if (answer == in_process) continue;
    return Failure(input.name + ": in the host and in a process of its own, " + DescribeDifference(in_process, answer, run.subject.kind()),
                   "the same bytes, wherever the stage runs", "use nothing that differs between processes: process numbers, the environment, the command line, the working directory");
  }
  return Passed(Count(run));
}

}  // namespace garner
