// loading, lifecycle, bad_options: the stations of a stage's life, and what it is configured with.
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <random>
#include <thread>

#include "core/conformance/checks.h"
#include "core/conformance/odd_options.h"
#include "core/conformance/process_state.h"
#include "core/conformance/sink_writing.h"
#include "core/conformance/stage_bench.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

constexpr int kRandomOptions = 300;
// Inputs that a stage with odd options is given.
constexpr size_t kInputsPerOption = 3;

// Runs a piece of a stage's life in a thread of its own: the host's workers pass stages on.
template <typename Call>
void InAnotherThread(Call&& call) {
  std::thread thread(call);
  thread.join();
}

// A first piece of work, of any kind. What comes of it is for other checks.
void WorkOnce(CheckRun& run, OpenStage& stage, size_t input) {
  if (run.inputs.empty()) return;
  const Input& given = run.inputs[input % run.inputs.size()];
  (void)Guarded([&]() -> Status {
    switch (run.subject.kind()) {
      case v1::PluginManifest::SOURCE: {
        SourceItem item;
        return stage.As<SourceStage>().Next(item).status();
      }
      case v1::PluginManifest::SINK: return stage.As<SinkStage>().Write(given.document);
      default: return Work(stage, run.subject.kind(), given).status;
    }
  });
}

Verdict DiesOf(const std::string& step, const Status& status) {
  return Failure(step + ": " + status.message(), "constructor and Configure need nothing but the options; trouble with files is for Open",
                 "move what can fail from the constructor to Open, and return a Status there");
}

Result<OpenStage> OpenAgain(CheckRun& run) { return run.subject.Open(run.options, run.Folders()); }

// Each leaves a stage at another point of its life.
Status GiveUpEverywhere(CheckRun& run) {
  run.Step("destroyed after the constructor");
  if (Result<std::unique_ptr<Stage>> made = run.subject.Make(); !made.ok()) return made.status();
  run.Step("destroyed after Configure");
  if (Result<OpenStage> made = run.subject.Configure(run.options, run.Folders()); !made.ok()) return made.status();
  run.Step("Open with a data folder that is not there, then destroyed");
  const std::string nowhere = run.folder + "/nowhere";
  if (Result<OpenStage> made = run.subject.Configure(run.options, run.Folders(), &nowhere); made.ok()) (void)Guarded([&] { return made->stage->Open(); });
  run.Step("destroyed after Open");
  if (Result<OpenStage> made = OpenAgain(run); !made.ok()) return made.status();
  for (size_t works = 1; works <= 3; ++works) {
    run.Step("destroyed in the middle of its work");
    Result<OpenStage> made = OpenAgain(run);
    if (!made.ok()) return made.status();
    for (size_t i = 0; i < works; ++i) WorkOnce(run, *made, i);
  }
  return OkStatus();
}

Status LiveSideBySide(CheckRun& run) {
  run.Step("two instances; the first one is destroyed while the second one works");
  Result<OpenStage> second = OpenAgain(run);
  {
    const SubjectFolders other{run.Folders().manifest_dir, run.Folder("other")};
    Result<OpenStage> first = run.subject.Open(run.options, other);
    if (!first.ok()) return first.status();
    WorkOnce(run, *first, 0);
  }
  if (!second.ok()) return second.status();
  WorkOnce(run, *second, 0);
  return OkStatus();
}

Status ChangeThreads(CheckRun& run) {
  run.Step("opened, used and destroyed in three threads");
  Status status;
  std::unique_ptr<OpenStage> stage;
  InAnotherThread([&] {
    Result<OpenStage> made = OpenAgain(run);
    if (made.ok()) stage = std::make_unique<OpenStage>(*std::move(made));
    status = made.status();
  });
  if (!status.ok()) return status;
  InAnotherThread([&] { WorkOnce(run, *stage, 0); });
  InAnotherThread([&] { stage.reset(); });
  return OkStatus();
}

// A source goes on saying that it is at its end.
Status AskAfterTheEnd(CheckRun& run) {
  if (run.subject.kind() != v1::PluginManifest::SOURCE) return OkStatus();
  Result<OpenStage> stage = OpenAgain(run);
  if (!stage.ok()) return stage.status();
  auto& source = stage->As<SourceStage>();
  return Guarded([&]() -> Status {
    for (size_t items = 0; items < kMaxItems; ++items) {
      run.Step("Next, item " + std::to_string(items + 1));
      SourceItem item;
      const Result<bool> more = source.Next(item);
      if (!more.ok()) return more.status();
      if (*more) continue;
      run.Step("Next after the end");
      const Result<bool> again = source.Next(item);
      if (again.ok() && *again) return Status(StatusKind::kInternal, "Next gives an item after it has said that there are no more");
      return OkStatus();
    }
    return OkStatus();
  });
}

// A stage with these options, given some work.
Status LiveWith(CheckRun& run, const std::string& options) {
  Result<OpenStage> stage = run.subject.Open(options, run.Folders());
  if (!stage.ok()) return OkStatus();  // it refused them, which is its right
  for (size_t i = 0; i < kInputsPerOption && i < run.inputs.size(); ++i) {
    const Input& input = run.inputs[i];
    if (run.subject.kind() == v1::PluginManifest::SOURCE || run.subject.kind() == v1::PluginManifest::SINK) {
      WorkOnce(run, *stage, i);
      continue;
    }
    const Answer answer = Work(*stage, run.subject.kind(), input);
    if (Status status = CheckAnswer(answer, run.subject.file(), input); !status.ok()) return Status(status.kind(), input.name + ": " + status.message());
  }
  if (run.subject.kind() == v1::PluginManifest::SINK) (void)Guarded([&] { return stage->As<SinkStage>().Finish(); });
  return OkStatus();
}

}  // namespace

Verdict CheckLoading(CheckRun& run) {
  const std::map<std::string, std::string> before = SharedSettings();
  run.Step("loading the library: its static constructors");
  if (Status status = run.subject.Load(); !status.ok())
    return Failure(status.message(), "the library loads", "the message says why; a plugin links garner::sdk, and all else that it calls");
  run.Step("making a stage: its constructor");
  const Result<std::unique_ptr<Stage>> stage = run.subject.Make();
  if (!stage.ok())
    return Failure(stage.status().message(), "the stage's constructor does not throw", "move what can fail from the constructor to Open, and return a Status there");
  for (const auto& [what, value] : SharedSettings()) {
    const auto at = before.find(what);
    if (at != before.end() && at->second == value) continue;
    return Failure("loading it changed " + what + " of the process", "what all code of the process shares stays as it was",
                   "leave out what a static constructor or the stage's constructor does to it");
  }
  return Passed();
}

Verdict CheckLifecycle(CheckRun& run) {
  const std::pair<const char*, std::function<Status(CheckRun&)>> lives[] = {
      {"a stage that is given up", &GiveUpEverywhere}, {"two stages", &LiveSideBySide}, {"a stage in three threads", &ChangeThreads}, {"a source at its end", &AskAfterTheEnd}};
  for (const auto& [name, live] : lives)
    if (Status status = live(run); !status.ok()) return DiesOf(name, status);
  return Passed();
}

Verdict CheckBadOptions(CheckRun& run) {
  std::mt19937_64 random(run.settings.seed);
  for (int i = 0; i < kRandomOptions; ++i) {
    run.Step("Configure with random bytes");
    std::string bytes(random() % 64, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    // Bytes that happen to be a message are options that nobody has checked: it is configured, and not opened.
    (void)run.subject.Configure(bytes, run.Folders());
  }
  const std::vector<OddOptions> odd = MakeOddOptions(run.subject.schema(), run.settings.options, run.Folders().manifest_dir, run.subject.kind() == v1::PluginManifest::SOURCE);
  for (const OddOptions& options : odd) {
    run.Step("options " + options.yaml);
    if (Status status = LiveWith(run, options.serialised); !status.ok())
      return Failure("with options " + Shortened(options.yaml) + ", " + status.message(), "options that the rules allow work, or Open refuses them with a Status",
                     "give the option rules (min, max, pattern) that leave out what does not work, or check it in Open");
  }
  return Passed(std::to_string(odd.size()) + " extreme values");
}

}  // namespace garner
