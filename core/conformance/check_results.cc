// results, deterministic, stateless, concurrent, pieces: what a stage gives, and what it must not depend on.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "core/conformance/checks.h"
#include "core/conformance/sink_writing.h"
#include "core/conformance/source_listing.h"
#include "core/conformance/stage_bench.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 3;
// A container's bytes, as pipes and sockets give them.
constexpr size_t kPieces[] = {1, 7, 4096};

std::string On(const Input& input, const std::string& what) { return input.name + ": " + what; }

std::string Count(size_t number, const char* what) { return std::to_string(number) + " " + what + (number == 1 ? "" : "s"); }

Verdict Unsound(const CheckRun& run, const Input& input, const Status& status) {
  if (run.subject.kind() == v1::PluginManifest::UNPACKER)
    return Failure(On(input, status.message()), "each item has the name that its container gives it, or a record_key of its own",
                   "set container_path or record_key of item.payload.info in Next, also where status is not ok; an offset or a number is a good key");
  return Failure(On(input, status.message()), "documents and edits keep the rules in garner/v1/document.proto and garner/v1/edits.proto",
                 "make documents with DocumentBuilder; take spans from the document that Process was given, within one block for Replace and Split");
}

Verdict SourceResults(CheckRun& run) {
  const Result<std::vector<std::string>> names = ListNames(run);
  if (!names.ok())
    return Failure(names.status().message(), "the source opens and ends", "give the kit options that it can work with: --options '{...}'");
  if (names->empty()) return Failure("it gives no items", "at least one item", "give the kit options that name some input: --options '{...}'");
  if (names->size() >= kMaxItems) return Passed("stopped after " + Count(names->size(), "item"));
  std::set<std::string> seen;
  for (const std::string& name : *names) {
    if (name.empty()) return Failure("an item has no uri", "each item's payload.info has a uri", "set item.payload.info.uri in Next, also where status is not ok");
    if (!seen.insert(name).second)
      return Failure("two items are called '" + Shortened(name) + "'", "uri, container path and record key name one item only", "set record_key where names repeat");
  }
  return Passed(Count(names->size(), "item"));
}

Verdict SinkResults(CheckRun& run) {
  const std::vector<v1::Document> documents = SinkDocuments(run);
  const Status status = WriteAll(run, documents, run.Folder("output"));
  if (!status.ok()) return Failure(status.message(), "ordinary documents are written", "see what the message names");
  return Passed(Count(documents.size(), "document"));
}

// The answers to all inputs, from fresh stages.
std::vector<Answer> AnswerAll(CheckRun& run) {
  StageBench bench(run);
  std::vector<Answer> answers;
  for (const Input& input : run.inputs) answers.push_back(bench.Try(input));
  return answers;
}

Verdict WorkResults(CheckRun& run) {
  StageBench bench(run);
  size_t failed = 0;
  std::string why;
  for (const Input& input : run.inputs) {
    const Result<OpenStage*> stage = bench.For(input.options);
    if (!stage.ok()) return Failure(On(input, stage.status().message()), "the stage opens with these options", "the message says what is missing");
    const Answer answer = run.Try(**stage, input);
    if (Status status = CheckAnswer(answer, run.subject.file(), input); !status.ok()) return Unsound(run, input, status);
    if (answer.status.ok()) continue;
    ++failed;
    if (why.empty()) why = On(input, answer.status.message());
  }
  if (failed == run.inputs.size())
    return Failure("all of " + Count(failed, "input") + " failed; the first, " + why, "an ordinary input gives a result",
                   "give the kit inputs of the plugin's kind: --cases DIR");
  return Passed(Count(run.inputs.size(), "input") + (failed > 0 ? ", " + std::to_string(failed) + " of them failed" : ""));
}

Verdict Differs(const std::string& what) {
  return Failure(what, "the same input gives the same bytes",
                 "look for time, random numbers, addresses, threads, and the order of unordered containers; a stage may use none of them for its results");
}

Verdict DeterministicSource(CheckRun& run) {
  const Result<std::vector<std::string>> one = ListItems(run);
  const Result<std::vector<std::string>> other = ListItems(run);
  if (!one.ok() || !other.ok()) return Differs((one.ok() ? other : one).status().message());
  const auto [a, b] = std::mismatch(one->begin(), one->end(), other->begin(), other->end());
  if (a == one->end() && b == other->end()) return Passed(Count(one->size(), "item") + " twice");
  return Failure("item " + std::to_string(a - one->begin() + 1) + " is '" + Shortened(a == one->end() ? "missing" : *a) + "' once and '" +
                     Shortened(b == other->end() ? "missing" : *b) + "' once",
                 "the same items in the same order, whenever they are asked for", "sort what the system gives in no order: folders, listings, tables");
}

Verdict DeterministicSink(CheckRun& run) {
  const std::vector<v1::Document> documents = SinkDocuments(run);
  for (const char* folder : {"one", "other"})
    if (Status status = WriteAll(run, documents, run.Folder(folder)); !status.ok()) return Differs(status.message());
  const std::string difference = DescribeDifference(ReadTree(run.Folder("one"), true), ReadTree(run.Folder("other"), true));
  return difference.empty() ? Passed(Count(documents.size(), "document") + " twice") : Differs(difference);
}

// What a container gives must not depend on one that was left in its middle.
void LeaveOneHalfRead(CheckRun& run, StageBench& bench, const Input& input) {
  const Result<OpenStage*> stage = bench.For(input.options);
  if (!stage.ok()) return;
  run.recorder.Note(input);
  auto stream = std::make_unique<MemoryStream>(input.payload.bytes);
  auto& unpacker = (*stage)->As<UnpackerStage>();
  (void)Guarded([&]() -> Status {
    const Status begun = unpacker.Begin(input.payload.info, *stream);
    (*stage)->stream = std::move(stream);
    SourceItem item;
    return begun.ok() ? unpacker.Next(item).status() : begun;
  });
}

}  // namespace

Verdict CheckResults(CheckRun& run) {
  if (run.subject.kind() == v1::PluginManifest::SOURCE) return SourceResults(run);
  if (run.subject.kind() == v1::PluginManifest::SINK) return SinkResults(run);
  return WorkResults(run);
}

Verdict CheckDeterministic(CheckRun& run) {
  if (run.subject.kind() == v1::PluginManifest::SOURCE) return DeterministicSource(run);
  if (run.subject.kind() == v1::PluginManifest::SINK) return DeterministicSink(run);
  const std::vector<Answer> one = AnswerAll(run);
  const std::vector<Answer> other = AnswerAll(run);
  for (size_t i = 0; i < one.size(); ++i)
    if (!(one[i] == other[i])) return Differs(On(run.inputs[i], DescribeDifference(one[i], other[i], run.subject.kind())));
  return Passed(Count(one.size(), "input") + " twice");
}

Verdict CheckStateless(CheckRun& run) {
  const std::vector<Answer> expected = AnswerAll(run);
  StageBench bench(run);
  for (size_t i = run.inputs.size(); i-- > 0;) {
    const Input& input = run.inputs[i];
    if (run.subject.kind() == v1::PluginManifest::UNPACKER) LeaveOneHalfRead(run, bench, run.inputs[(i + 1) % run.inputs.size()]);
    const Answer answer = bench.Try(input);
    if (!(answer == expected[i]))
      return Failure(On(input, "after other inputs, " + DescribeDifference(expected[i], answer, run.subject.kind())),
                     "an instance gives the same, whatever it has seen before: which worker gets which document is chance",
                     "clear members at the beginning of Decode, Process or Begin, or make them local");
  }
  return Passed(Count(run.inputs.size(), "input") + " in the other order");
}

Verdict CheckConcurrent(CheckRun& run) {
  const std::vector<Answer> expected = AnswerAll(run);
  // Opened one after the other, as the host does it.
  std::vector<StageBench> benches;
  for (int t = 0; t < kThreads; ++t) {
    benches.emplace_back(run);
    for (const Input& input : run.inputs) (void)benches.back().For(input.options);
  }
  run.Step("work in " + std::to_string(kThreads) + " threads at once");
  alarm(0);  // not the time of a single input
  std::barrier start(kThreads);
  std::mutex mutex;
  std::atomic<bool> found = false;
  std::string difference;
  std::vector<std::thread> threads;
  for (StageBench& bench : benches) {
    threads.emplace_back([&, first = threads.size()] {
      start.arrive_and_wait();
      for (size_t turn = 0; turn < kRounds * run.inputs.size() && !found; ++turn) {
        const size_t i = (turn + first) % run.inputs.size();
        const Result<OpenStage*> stage = bench.For(run.inputs[i].options);
        if (!stage.ok()) continue;
        const Answer answer = Work(**stage, run.subject.kind(), run.inputs[i]);
        if (answer == expected[i]) continue;
        const std::lock_guard<std::mutex> lock(mutex);
        found = true;
        difference = On(run.inputs[i], "beside other instances, " + DescribeDifference(expected[i], answer, run.subject.kind()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (!found) return Passed(std::to_string(kThreads) + " threads");
  return Failure(difference, "several instances work at once, one in each worker, and give what one gives", "keep no global or static state that changes; make it a member");
}

Verdict CheckPieces(CheckRun& run) {
  const std::vector<Answer> expected = AnswerAll(run);
  StageBench bench(run);
  for (const size_t piece : kPieces) {
    for (size_t i = 0; i < run.inputs.size(); ++i) {
      const Answer answer = bench.Try(run.inputs[i], {.piece = piece, .seekable = false});
      if (answer == expected[i]) continue;
      return Failure(On(run.inputs[i], "read in pieces of at most " + std::to_string(piece) + " bytes and without Seek, " + DescribeDifference(expected[i], answer, run.subject.kind())),
                     "the same items, however few bytes a Read gives", "go on reading until as many bytes are there as are needed, or Read gives 0; use Seek only where seekable() says so");
    }
  }
  return Passed(Count(run.inputs.size(), "container"));
}

}  // namespace garner
