#include "core/isolation/probe.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "core/isolation/channel.h"
#include "core/isolation/child_process.h"
#include "core/isolation/last_words.h"
#include "core/isolation/reply_children.h"
#include "core/isolation/sandbox.h"
#include "core/isolation/signal_words.h"
#include "core/plugin/load_library.h"
#include "core/sdk/guarded.h"
#include "garner/escape.h"
#include "garner/plugin.h"
#include "garner/stage.h"
#include "garner/v1/worker.pb.h"

namespace garner {
namespace {

// A library that takes more address space than this before it has done anything is none to load beside documents.
constexpr uint32_t kMemoryMb = 8192;
constexpr int kExitSaid = 0;
constexpr size_t kShownOutput = 80;

// How far the child has come, as it says itself.
enum class Step { kStarting, kLoading, kMaking };

const char* Doer(Step step) { return step == Step::kMaking ? "its stage's constructor" : "its static constructors"; }

const char* Advice(Step step) {
  return step == Step::kMaking ? "; move what it does to Open, and return a Status there" : "; move what they do to the stage's Open, and return a Status there";
}

// --- the child ---

// What goes to standard output meanwhile.
class CapturedOutput {
 public:
  CapturedOutput() : file_(memfd_create("output", MFD_CLOEXEC)) {
    if (file_ >= 0) dup2(file_, STDOUT_FILENO);
  }
  std::string Take() const {
    std::fflush(stdout);
    std::cout.flush();
    std::string bytes(kShownOutput, '\0');
    const ssize_t got = file_ < 0 ? 0 : pread(file_, bytes.data(), bytes.size(), 0);
    bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
    return bytes;
  }

 private:
  int file_;
};

class Child {
 public:
  explicit Child(int socket) : socket_(socket), channel_(socket) {}

  int Run(const std::string& path, const std::string& sha256) {
    const Status status = Guarded([&] { return Try(path, sha256); });
    v1::WorkerReply reply;
    v1::WorkerReply::Done& done = *reply.mutable_done();
    if (!status.ok()) {
      done.set_failure(std::string(KindName(status.kind())));
      done.set_message(status.message());
    }
    Send(reply);
    return kExitSaid;
  }

 private:
  Status Try(const std::string& path, const std::string& sha256) {
    const Result<PluginFile> file = ReadPluginFile(path);
    if (!file.ok()) return file.status();
    const Result<std::string> found = PluginSha256(*file);
    if (!found.ok()) return found.status();
    if (*found != sha256) return Status(StatusKind::kNotFound, std::filesystem::path(path).filename().string() + ": has changed since it was examined: start again");
    const CapturedOutput output;
    InstallLastWords(socket_);
    SandboxRules rules;
    rules.loading = true;
    (void)CloseSandbox(rules, kMemoryMb);
    Say(Step::kLoading);
    const Result<const PluginDescriptor*> descriptor = LoadPluginLibrary(path);
    if (!descriptor.ok()) return descriptor.status();
    Say(Step::kMaking);
    const std::unique_ptr<Stage> stage((*descriptor)->make());
    if (stage == nullptr) return Status(StatusKind::kInternal, "made no stage");
    const std::string written = output.Take();
    if (!written.empty()) return Status(StatusKind::kConfig, "wrote to standard output: '" + EscapeForTerminal(written) + "'");
    return OkStatus();
  }

  void Say(Step step) {
    v1::WorkerReply reply;
    reply.set_number(static_cast<uint64_t>(step));
    reply.mutable_started();
    Send(reply);
  }
  void Send(const v1::WorkerReply& reply) { (void)channel_.Send(reply.SerializeAsString(), {}, {}); }

  const int socket_;
  Channel channel_;
};

// --- the host ---

class Host {
 public:
  Host(const PluginFile& file, const ProbeSettings& settings) : settings_(settings), name_(std::filesystem::path(file.path).filename().string()), path_(file.path) {}

  ProbeVerdict Run(const std::string& sha256) {
    Result<std::unique_ptr<ChildProcess>> child = ChildProcess::Spawn(settings_.program, {"garner", "probe", path_, sha256});
    if (!child.ok()) return {child.status(), false};
    Channel channel((*child)->socket());
    const Deadline deadline = std::chrono::steady_clock::now() + settings_.time;
    while (true) {
      const Channel::Event event = channel.Receive(deadline);
      if (event == Channel::Event::kTooLate) return TooLate();
      if (event == Channel::Event::kMalformed) return Code("sent something to the host that is no answer");
      if (event == Channel::Event::kClosed) return Died((*child)->WaitForEnd());
      v1::WorkerReply reply;
      if (!reply.ParseFromArray(channel.head().data(), static_cast<int>(channel.head().size()))) return Code("sent something to the host that is no answer");
      if (reply.has_started()) step_ = reply.number() == static_cast<uint64_t>(Step::kMaking) ? Step::kMaking : Step::kLoading;
      if (reply.has_last_words()) last_words_ = reply.last_words();
      if (reply.has_done()) return Said(reply.done());
    }
  }

 private:
  // What its own code does.
  ProbeVerdict Code(const std::string& words) const {
    return {Refusal(Doer(step_) + std::string(" ") + words + " when it was tried in a process of its own" + Advice(step_) + More()), true};
  }
  ProbeVerdict TooLate() const {
    const std::string seconds = std::to_string(std::chrono::duration_cast<std::chrono::seconds>(settings_.time).count());
    return {Refusal(Doer(step_) + std::string(" did not end within ") + seconds + " s when it was tried in a process of its own" + Advice(step_) + More()), false};
  }
  ProbeVerdict Died(const Ending& ending) const {
    if (last_words_ && last_words_->signal() == SIGSYS) return Code("wanted what loading a library does not take: " + DescribeRefused(last_words_->system_call()));
    if (ending.signal == SIGSYS) return Code("wanted to start a program");
    if (ending.killed) return Code("closed the connection to the host");
    if (ending.signal == SIGKILL) return {Refusal("the process in which it was tried was killed from outside: the machine may be out of memory"), false};
    if (ending.signal != 0) return Code("died of " + SignalWords(ending.signal));
    return Code("ended the process with exit status " + std::to_string(ending.exit_status));
  }
  ProbeVerdict Said(const v1::WorkerReply::Done& done) const {
    if (!done.has_failure()) return {OkStatus(), true};
    // What the loader says is about more than this file; what it says is a whole sentence.
    if (step_ != Step::kMaking) return {Status(KindNamed(done.failure()), done.message()), false};
    if (done.message().rfind("wrote to ", 0) == 0)
      return {Refusal(done.message() + " while it was loaded; standard output belongs to results: log by context().Log, or to standard error" + More()), true};
    return Code("failed: " + done.message());
  }

  std::string DescribeRefused(uint32_t system_call) const {
    const std::string words = DescribeRefusal(system_call);
    // Without the manifest's switch, which is not for this.
    return words.substr(0, words.find(';'));
  }
  std::string More() const { return " (`garner test-plugin " + path_ + "` says more)"; }
  Status Refusal(const std::string& words) const { return Status(StatusKind::kConfig, name_ + ": " + words); }

  const ProbeSettings& settings_;
  const std::string name_;
  const std::string path_;
  Step step_ = Step::kStarting;
  std::optional<v1::WorkerReply::LastWords> last_words_;
};

}  // namespace

ProbeVerdict ProbePlugin(const PluginFile& file, const ProbeSettings& settings) {
  const Result<std::string> sha256 = PluginSha256(file);
  if (!sha256.ok()) return {sha256.status(), false};
  return Host(file, settings).Run(*sha256);
}

int RunProbe(int socket, const std::string& path, const std::string& sha256) {
  signal(SIGPIPE, SIG_IGN);
  return Child(socket).Run(path, sha256);
}

}  // namespace garner
