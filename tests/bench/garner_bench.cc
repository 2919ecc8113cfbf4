// Times the text pipeline over a folder of texts, stage by stage, and how time grows with the size of one document.
//
//   garner_bench FOLDER [N]                               (or GARNER_BENCH_FOLDER=FOLDER garner_bench); every Nth file only
//   garner_bench --benchmark_filter=linearity             the made documents only; needs no folder
//
// All times are processor time. The tables at the end sum up what the benchmarks before them measured: the least of their repetitions.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/job/job_log.h"
#include "garner/init.h"
#include "tests/bench/bench_documents.h"
#include "tests/bench/bench_pipeline.h"

namespace garner::bench {
namespace {

// What pages are measured against, and the parts that make clean text of them.
constexpr const char* kDom = "libxml2's tree";
constexpr const char* kCleaning[] = {"decode", "boilerplate_stripper.process", "boilerplate_stripper.apply"};

// One measured part: the least seconds of a pass over so many bytes.
struct Figure {
  std::string name;
  double seconds = 0;
  uint64_t bytes = 0;
};

class Figures {
 public:
  void Add(const std::string& name, double seconds, uint64_t bytes) {
    for (Figure& figure : all_)
      if (figure.name == name) {
        figure.seconds = std::min(figure.seconds, seconds);
        return;
      }
    all_.push_back({name, seconds, bytes});
  }
  const std::vector<Figure>& all() const { return all_; }
  double Seconds(const std::string& name) const {
    for (const Figure& figure : all_)
      if (figure.name == name) return figure.seconds;
    return 0;
  }

 private:
  std::vector<Figure> all_;
};

// Documents of one kind on their way through the stages. Benchmarks are run in the order of registration, so each finds the documents
// as the stages before have left them; stages that a filter passed over are made up for.
class Journey {
 public:
  explicit Journey(std::function<std::vector<std::string>()> make) : make_(std::move(make)) {}

  BenchPipeline& At(size_t stage) {
    if (pipeline_ == nullptr) pipeline_ = std::make_unique<BenchPipeline>(make_());
    for (; at_ < stage; ++at_) {
      pipeline_->Process(at_);
      pipeline_->Advance(at_);
    }
    return *pipeline_;
  }
  void End() { pipeline_.reset(); }

 private:
  std::function<std::vector<std::string>()> make_;
  std::unique_ptr<BenchPipeline> pipeline_;
  size_t at_ = 0;
};

void Report(benchmark::State& state, const std::string& name, double seconds, uint64_t bytes, Figures* figures) {
  state.SetIterationTime(seconds);
  figures->Add(name, seconds, bytes);
}

void Register(const std::string& name, int iterations, std::function<void(benchmark::State&)> run) {
  benchmark::RegisterBenchmark(name.c_str(), std::move(run))->UseManualTime()->Iterations(iterations)->Unit(benchmark::kMillisecond);
}

bool LooksLikeHtml(const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return text.find("<html") < 4096; });
}

void RegisterFolder(const std::string& folder, size_t every, const std::vector<std::string>& stages, Figures* figures) {
  constexpr int kPasses = 3;
  auto journey = std::make_shared<Journey>([=] { return ReadFolder(folder, every); });
  const auto add = [=](const std::string& name, size_t stage, std::function<double(BenchPipeline&)> measure) {
    Register("folder/" + name, kPasses, [=](benchmark::State& state) {
      BenchPipeline& pipeline = journey->At(stage);
      for (auto _ : state) Report(state, name, measure(pipeline), pipeline.bytes(), figures);
      state.SetBytesProcessed(static_cast<int64_t>(pipeline.bytes() * kPasses));
    });
  };
  if (LooksLikeHtml(ReadFolder(folder, every))) add(kDom, 0, [](BenchPipeline& pipeline) { return pipeline.Dom(); });
  add("decode", 0, [](BenchPipeline& pipeline) { return pipeline.Decode(); });
  for (size_t i = 0; i < stages.size(); ++i) {
    add(stages[i] + ".process", i, [i](BenchPipeline& pipeline) { return pipeline.Process(i); });
    add(stages[i] + ".apply", i, [i](BenchPipeline& pipeline) {
      pipeline.Process(i);
      return pipeline.Apply(i);
    });
  }
  add("sink", stages.size(), [](BenchPipeline& pipeline) { return pipeline.Write(); });
  if (every == 1) add("job", stages.size(), [folder](BenchPipeline& pipeline) { return pipeline.WholeJob(folder); });
}

struct Size {
  std::string kind;
  size_t size = 0;
  std::function<std::string()> make;
  int passes = 1;
};

std::vector<Size> Sizes() {
  std::vector<Size> sizes;
  for (const auto& [paragraphs, passes] : std::vector<std::pair<size_t, int>>{{1000, 10}, {10000, 5}, {100000, 2}})
    sizes.push_back({"paragraphs", paragraphs, [n = paragraphs] { return MixedText(n); }, passes});
  for (const auto& [megabytes, passes] : std::vector<std::pair<size_t, int>>{{5, 3}, {50, 1}})
    sizes.push_back({"one_line_MB", megabytes, [n = megabytes] { return OneLine(n * 1000000); }, passes});
  return sizes;
}

// Figures are named KIND/PART; one list for each size, in order.
using Growth = std::map<std::string, std::vector<std::pair<size_t, double>>>;

void RegisterLinearity(const std::vector<std::string>& stages, Growth* growth) {
  for (const Size& size : Sizes()) {
    auto journey = std::make_shared<Journey>([make = size.make] { return std::vector<std::string>{make()}; });
    const auto add = [=](const std::string& part, size_t stage, bool last, std::function<double(BenchPipeline&)> measure) {
      Register("linearity/" + part + "/" + size.kind + ":" + std::to_string(size.size), size.passes, [=](benchmark::State& state) {
        BenchPipeline& pipeline = journey->At(stage);
        const uint64_t bytes = std::max<uint64_t>(1, stage == 0 ? pipeline.bytes() : pipeline.text_bytes());
        Figures figures;
        for (auto _ : state) Report(state, part, measure(pipeline), bytes, &figures);
        const double per_byte = figures.all().front().seconds * 1e9 / static_cast<double>(bytes);
        state.counters["ns_per_byte"] = per_byte;
        (*growth)[size.kind + "/" + part].push_back({size.size, per_byte});
        if (last) journey->End();
      });
    };
    add("decode", 0, false, [](BenchPipeline& pipeline) { return pipeline.Decode(); });
    for (size_t i = 0; i < stages.size(); ++i) {
      add(stages[i] + ".process", i, false, [i](BenchPipeline& pipeline) { return pipeline.Process(i); });
      add(stages[i] + ".apply", i, false, [i](BenchPipeline& pipeline) {
        pipeline.Process(i);
        return pipeline.Apply(i);
      });
    }
    add("sink", stages.size(), true, [](BenchPipeline& pipeline) { return pipeline.Write(); });
  }
}

void PrintFolder(const Figures& figures) {
  if (figures.all().empty()) return;
  double sum = 0;
  const auto counts = [](const Figure& figure) { return figure.name != "job" && figure.name != kDom; };
  for (const Figure& figure : figures.all()) sum += counts(figure) ? figure.seconds : 0;
  std::printf("\n%-32s %9s %9s %7s\n", "folder", "seconds", "MB/s", "share");
  for (const Figure& figure : figures.all()) {
    std::printf("%-32s %9.3f %9.1f", figure.name.c_str(), figure.seconds, static_cast<double>(figure.bytes) / 1e6 / figure.seconds);
    if (counts(figure)) std::printf(" %6.1f%%", 100 * figure.seconds / sum);
    std::printf("\n");
  }
  std::printf("%-32s %9.3f %9.1f\n", "all parts but the job", sum, static_cast<double>(figures.all().front().bytes) / 1e6 / sum);
  const double dom = figures.Seconds(kDom);
  if (dom == 0) return;
  double cleaning = 0;
  for (const char* part : kCleaning) cleaning += figures.Seconds(part);
  std::printf("decoder and boilerplate_stripper against %s: %.2f\n", kDom, cleaning / dom);
}

// The time for a byte, and how often that of the size before it: 1.0 is linear.
void PrintGrowth(const Growth& growth) {
  if (growth.empty()) return;
  std::printf("\n%-44s %12s %12s %8s\n", "linearity", "size", "ns/byte", "ratio");
  for (const auto& [name, sizes] : growth)
    for (size_t i = 0; i < sizes.size(); ++i) {
      std::printf("%-44s %12zu %12.2f", name.c_str(), sizes[i].first, sizes[i].second);
      if (i > 0) std::printf(" %8.2f", sizes[i].second / sizes[i - 1].second);
      std::printf("\n");
    }
}

int Main(int argc, char** argv) {
  InitializeLibraries();
  InitLog(LogLevel::kWarning, false);
  benchmark::Initialize(&argc, argv);
  const char* given = std::getenv("GARNER_BENCH_FOLDER");
  const std::string folder = argc > 1 ? argv[1] : given != nullptr ? given : "";
  const std::vector<std::string> stages = BenchPipeline({}).stages();
  Figures figures;
  Growth growth;
  const size_t every = argc > 2 ? std::max<size_t>(1, std::strtoul(argv[2], nullptr, 10)) : 1;
  if (!folder.empty()) RegisterFolder(folder, every, stages, &figures);
  RegisterLinearity(stages, &growth);
  benchmark::RunSpecifiedBenchmarks();
  PrintFolder(figures);
  PrintGrowth(growth);
  return 0;
}

}  // namespace
}  // namespace garner::bench

int main(int argc, char** argv) { return garner::bench::Main(argc, argv); }
