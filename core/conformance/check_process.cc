// stdout, leftovers, growth: what a stage does to the process around it.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <thread>

#include "core/conformance/checks.h"
#include "core/conformance/process_state.h"
#include "core/conformance/sink_writing.h"
#include "core/conformance/source_listing.h"
#include "core/conformance/stage_bench.h"
#include "core/isolation/sanitizers.h"
#include "garner/descriptor.h"
#include "garner/input_file.h"

namespace garner {
namespace {

// A thread that has been told to end takes a moment.
constexpr std::chrono::milliseconds kMoment{5};
constexpr int kMoments = 400;

// How many documents, and how many of them come before the measurement and fill caches; what each may leave: more is no cache that fills.
struct GrowthLimits {
  size_t documents;
  size_t warm;
  size_t bytes_per_document;
};
constexpr GrowthLimits kWork = {10'000, 2'000, 64};
// A sink that gives each document a file remembers the names, and takes its time for each.
constexpr GrowthLimits kWriting = {2'000, 500, 512};
constexpr size_t kSmallInput = 4096;
constexpr size_t kSmallInputs = 40;
constexpr size_t kResidentGrowth = size_t{48} << 20;

// Everything that a stage is there for, on all inputs; what comes of it is for other checks.
void LiveOnce(CheckRun& run) {
  if (run.subject.kind() == v1::PluginManifest::SOURCE) {
    (void)ListItems(run);
  } else if (run.subject.kind() == v1::PluginManifest::SINK) {
    (void)WriteAll(run, SinkDocuments(run), run.Folder("output"));
  } else {
    StageBench bench(run);
    for (const Input& input : run.inputs) (void)bench.Try(input);
  }
}

// Standard output leads into a file while this lives.
class CapturedOutput {
 public:
  explicit CapturedOutput(const std::string& path) : kept_(dup(STDOUT_FILENO)), file_(open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
    dup2(file_.get(), STDOUT_FILENO);
  }
  std::string Take() {
    std::fflush(stdout);
    std::cout.flush();
    std::string bytes(200, '\0');
    const ssize_t got = pread(file_.get(), bytes.data(), bytes.size(), 0);
    bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
    return bytes;
  }
  ~CapturedOutput() { dup2(kept_.get(), STDOUT_FILENO); }
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

 private:
  Descriptor kept_;
  Descriptor file_;
};

Verdict LeftOver(const std::string& what, const std::string& advice) {
  return Failure(what, "what a stage starts or opens ends with it: a job makes many", advice);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string words;
  for (const std::string& name : names) words += (words.empty() ? "" : ", ") + name;
  return words;
}

// Waits for threads and processes that are on their way out. `before`: how many there were; sanitizers have threads of their own.
std::vector<std::string> LeftAfterAMoment(std::vector<std::string> (*list)(), size_t before) {
  std::vector<std::string> left = list();
  for (int i = 0; i < kMoments && left.size() > before; ++i) {
    std::this_thread::sleep_for(kMoment);
    left = list();
  }
  return left.size() > before ? left : std::vector<std::string>();
}

std::vector<Input> SmallInputs(const CheckRun& run) {
  std::vector<Input> small;
  for (const Input& input : run.inputs)
    if (input.bytes() <= kSmallInput && input.options == run.options && small.size() < kSmallInputs) small.push_back(input);
  if (small.empty() && !run.inputs.empty())
    small.push_back(*std::min_element(run.inputs.begin(), run.inputs.end(), [](const Input& a, const Input& b) { return a.bytes() < b.bytes(); }));
  return small;
}

struct Memory {
  size_t allocated = AllocatedBytes();
  size_t resident = ResidentBytes();
};

// One instance and many pieces of work: the memory after the warm part and at the end.
template <typename Call>
Verdict MeasureGrowth(const GrowthLimits& limits, Call&& work) {
  Memory warm;
  for (size_t i = 0; i < limits.documents; ++i) {
    if (i == limits.warm) warm = Memory();
    work(i);
  }
  const Memory end;
  const size_t documents = limits.documents - limits.warm;
  const size_t grown = end.allocated > warm.allocated ? end.allocated - warm.allocated : 0;
  const size_t resident = end.resident > warm.resident ? end.resident - warm.resident : 0;
  if (grown <= limits.bytes_per_document * documents && resident <= kResidentGrowth) return Passed(std::to_string(grown / documents) + " bytes a document");
  const size_t most = std::max(grown, resident);
  return Failure("memory grew by " + std::to_string(most) + " bytes over " + std::to_string(documents) + " documents, " + std::to_string(most / documents) + " a document",
                 "at most " + std::to_string(limits.bytes_per_document) + " bytes a document: a job has millions", "look for members and statics that are added to and never cleared; valgrind finds leaks");
}

Verdict SinkGrowth(CheckRun& run) {
  std::vector<v1::Document> documents = SinkDocuments(run);
  Result<OpenStage> stage = OpenSink(run, run.Folder("output"));
  if (!stage.ok() || documents.empty()) return NotApplicable("there is nothing to write");
  const Verdict verdict = MeasureGrowth(kWriting, [&](size_t i) {
    v1::Document& document = documents[i % documents.size()];
    document.mutable_source()->set_uri("input/" + std::to_string(i) + ".txt");
    (void)WriteOne(run, *stage, document);
  });
  (void)FinishSink(run, *stage);
  return verdict;
}

}  // namespace

Verdict CheckStdout(CheckRun& run) {
  CapturedOutput output(run.folder + "/stdout");
  run.Step("loading the library");
  if (Status status = run.subject.Load(); !status.ok()) return NotApplicable(status.message());
  LiveOnce(run);
  const std::string written = output.Take();
  if (written.empty()) return Passed();
  return Failure("it wrote to standard output: '" + Shortened(written) + "'", "standard output belongs to results (`garner clean` writes them there)",
                 "say it by context().Log, context().Warn or context().Count; for debugging by standard error; look for std::cout, printf and libraries that print");
}

Verdict CheckLeftovers(CheckRun& run) {
  const std::map<int, std::string> before = OpenDescriptors();
  const size_t threads_before = OtherThreads().size();
  const size_t children_before = ChildProcesses().size();
  run.Step("loading the library");
  if (Status status = run.subject.Load(); !status.ok()) return NotApplicable(status.message());
  for (int i = 0; i < 2; ++i) LiveOnce(run);
  run.Step("looking for what is left of stages that are gone");
  alarm(0);
  if (const std::vector<std::string> threads = LeftAfterAMoment(&OtherThreads, threads_before); !threads.empty())
    return LeftOver("threads are left when all stages are gone: " + Joined(threads), "join threads in the stage's destructor; start none in static constructors");
  if (const std::vector<std::string> children = LeftAfterAMoment(&ChildProcesses, children_before); !children.empty())
    return LeftOver("processes are left when all stages are gone: " + Joined(children), "end them and wait for them in the stage's destructor");
  for (const auto& [number, target] : OpenDescriptors())
    if (before.count(number) == 0)
      return LeftOver("descriptor " + std::to_string(number) + " is left open when all stages are gone: " + target, "close it in the stage's destructor (garner::Descriptor does)");
  return Passed();
}

Verdict CheckGrowth(CheckRun& run) {
  if (kSanitized) return NotApplicable("a build with sanitizers keeps memory of its own");
  if (run.subject.kind() == v1::PluginManifest::SINK) return SinkGrowth(run);
  const std::vector<Input> inputs = SmallInputs(run);
  Result<OpenStage> stage = run.subject.Open(inputs.empty() ? run.options : inputs.front().options, run.Folders());
  if (!stage.ok() || inputs.empty()) return NotApplicable("there is nothing to work on");
  return MeasureGrowth(kWork, [&](size_t i) { (void)run.Try(*stage, inputs[i % inputs.size()]); });
}

}  // namespace garner
