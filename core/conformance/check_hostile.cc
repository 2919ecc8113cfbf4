// hostile: inputs that are made to break a plugin.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "core/conformance/checks.h"
#include "core/conformance/hostile_inputs.h"
#include "core/conformance/sink_writing.h"
#include "core/conformance/stage_bench.h"
#include "core/isolation/sanitizers.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

using Clock = std::chrono::steady_clock;

// Between hostile inputs an ordinary one is looked at again.
constexpr uint64_t kOrdinaryEvery = 50;

// Pages of address space in use, in bytes.
uint64_t AddressSpace() {
  std::ifstream in("/proc/self/statm");
  uint64_t pages = 0;
  in >> pages;
  return pages * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

void LimitMemory(uint32_t memory_mb) {
  if (memory_mb == 0 || kSanitized) return;
  const uint64_t bytes = AddressSpace() + (uint64_t{memory_mb} << 20);
  const rlimit limit{bytes, bytes};
  (void)setrlimit(RLIMIT_AS, &limit);
}

class Budget {
 public:
  explicit Budget(double seconds) : end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))) {}
  bool left() const { return Clock::now() < end_; }

 private:
  const Clock::time_point end_;
};

std::string Tried(uint64_t inputs, const HostileInputs& hostile) {
  const uint64_t built_in = std::min<uint64_t>(inputs, hostile.built_in());
  return std::to_string(inputs) + " inputs, " + std::to_string(built_in) + " of the " + std::to_string(hostile.built_in()) + " built-in ones";
}

Verdict Breaks(const CheckRun& run, const Input& input, const Status& status) {
  if (status.message() == "out of memory")
    return Failure(input.name + ": takes more than " + std::to_string(run.settings.memory_mb) + " MB for an input of " + std::to_string(input.bytes()) + " bytes",
                   "memory in proportion to the input", "bound what the input can ask for: depths, counts, lengths that it announces");
  return Failure(input.name + ": " + status.message(), "a result that the host accepts, or a Status", "the saved input is a case file: put it among the plugin's cases");
}

Verdict HostileWork(CheckRun& run) {
  if (run.inputs.empty()) return NotApplicable("there are no inputs to start from");
  StageBench bench(run);
  for (const Input& input : run.inputs) (void)bench.For(input.options);
  const Input& ordinary = run.inputs.front();
  const Answer expected = bench.Try(ordinary);
  const HostileInputs hostile(run.subject.kind(), run.inputs, run.settings.seed);
  LimitMemory(run.settings.memory_mb);
  const Budget budget(run.settings.seconds);
  uint64_t tried = 0;
  for (; budget.left(); ++tried) {
    Input input = hostile.At(tried);
    FillInput(input);
    const Answer answer = bench.Try(input);
    if (Status status = CheckAnswer(answer, run.subject.file(), input); !status.ok()) return Breaks(run, input, status);
    if (tried % kOrdinaryEvery == 0 && !(bench.Try(ordinary) == expected)) {
      run.recorder.Note(input);
      return Failure("after hostile inputs, the last of them " + input.name + ", " + ordinary.name + " gives another result than before", "what went wrong with one input shows in no other",
                     "clear members at the beginning of the call, not at its end: a call that fails does not reach its end");
    }
  }
  return Passed(Tried(tried, hostile));
}

// Uris that lead elsewhere, where a sink makes names of them.
constexpr const char* kOddUris[] = {"../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "", ".", "..", "a//b.txt", "a\nb.txt", "CON", "-rf", "~", "x/", "\xc3\xa4\xe4\xb8\xad.txt", "a.part", ".garner"};

Verdict HostileWrites(CheckRun& run) {
  std::vector<Input> seeds;
  for (const Input& input : run.inputs)
    if (!input.document.text().empty()) seeds.push_back(input);
  if (seeds.empty()) return NotApplicable("there are no documents to start from");
  const std::string output = run.Folders().output_dir;  // makes the folders
  const Tree before = ReadTree(run.folder, false);
  Result<OpenStage> stage = OpenSink(run, output);
  if (!stage.ok()) return NotApplicable(stage.status().message());
  const HostileInputs hostile(run.subject.kind(), seeds, run.settings.seed);
  LimitMemory(run.settings.memory_mb);
  const Budget budget(run.settings.seconds);
  uint64_t tried = 0;
  for (; budget.left(); ++tried) {
    Input input = hostile.At(tried);
    FillInput(input);
    input.document.mutable_source()->set_uri(tried % 3 == 0 ? std::string(kOddUris[tried / 3 % std::size(kOddUris)]) : "input/" + std::string(tried % 400, 'n') + ".txt");
    run.recorder.Note(input);
    alarm(run.settings.input_seconds);
    const Status status = Guarded([&] { return stage->As<SinkStage>().Write(input.document); });
    if (status.message() == "out of memory") return Breaks(run, input, status);
  }
  (void)FinishSink(run, *stage);
  for (const auto& [path, bytes] : ReadTree(run.folder, false))
    if (before.count(path) == 0 && path.rfind("output/", 0) != 0 && path != "noted")
      return Failure("it wrote " + path + ", beside the output folder", "names that come from outside lead nowhere else", "OutputFile refuses paths that lead out of the output folder");
  return Passed(Tried(tried, hostile));
}

}  // namespace

Verdict CheckHostile(CheckRun& run) { return run.subject.kind() == v1::PluginManifest::SINK ? HostileWrites(run) : HostileWork(run); }

}  // namespace garner
