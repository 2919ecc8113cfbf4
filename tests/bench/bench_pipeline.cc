#include "tests/bench/bench_pipeline.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "core/job/document_worker.h"
#include "core/job/run_job.h"
#include "core/manifest/plan.h"
#include "core/plugin/catalog.h"
#include "core/sdk/edit_applier.h"

namespace garner::bench {
namespace {

constexpr const char* kTransforms[] = {"html_cleaner", "text_normalizer", "language", "metadata_lines", "boilerplate_stripper", "deduplicator"};

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "garner_bench: %s\n", why.c_str());
  exit(2);
}

void Require(const Status& status) {
  if (!status.ok()) Die(status.message());
}

double Seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Removed with what is in it.
class WorkFolder {
 public:
  WorkFolder() {
    std::string name = (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/garner_bench_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) Die("no folder can be made for output");
    path_ = name;
  }
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string Manifest(const std::vector<std::string>& transforms) {
  std::string yaml = "source: { plugin: files, options: { paths: [.] } }\ntransforms: [";
  for (const std::string& transform : transforms) yaml += transform + ",";
  return yaml + "]\nsinks: [ { plugin: jsonl, options: { path: documents.jsonl } } ]\nlimits: { workers: 1 }\n";
}

JobPlan Plan(const PluginCatalog& catalog, const std::vector<std::string>& transforms, const std::string& folder, const Overrides& overrides = {}) {
  PlanResult planned = ParsePlan(Manifest(transforms), folder + "/bench.yaml", catalog, overrides);
  if (!planned.plan) Die(planned.mistakes.front().ToString());
  return *std::move(planned.plan);
}

std::unique_ptr<StageSet> Open(const JobPlan& plan, const std::string& folder, PluginCatalog& catalog) {
  Result<std::unique_ptr<StageSet>> set = StageSet::Open(plan, {folder, folder}, catalog);
  Require(set.ok() ? OkStatus() : set.status());
  return *std::move(set);
}

SourceItem Item(const std::string& text, size_t i) {
  SourceItem item;
  item.payload.info.set_uri("bench/" + std::to_string(i) + ".txt");
  item.payload.bytes = text;
  return item;
}

}  // namespace

double ThreadSeconds() { return Seconds(CLOCK_THREAD_CPUTIME_ID); }

struct BenchPipeline::Parts {
  WorkFolder folder;
  PluginCatalog catalog{{BundledPluginFolder()}};
  std::optional<JobPlan> plan;
  std::optional<JobPlan> decoders_only;
  std::unique_ptr<StageSet> stages;
  std::unique_ptr<StageSet> decoders;
};

BenchPipeline::BenchPipeline(std::vector<std::string> texts) : parts_(std::make_unique<Parts>()), texts_(std::move(texts)) {
  for (const char* name : kTransforms)
    if (parts_->catalog.Find(name) != nullptr) labels_.emplace_back(name);
  parts_->plan = Plan(parts_->catalog, labels_, parts_->folder.path());
  parts_->decoders_only = Plan(parts_->catalog, {}, parts_->folder.path());
  parts_->stages = Open(*parts_->plan, parts_->folder.path(), parts_->catalog);
  parts_->decoders = Open(*parts_->decoders_only, parts_->folder.path(), parts_->catalog);
  for (const std::string& text : texts_) bytes_ += text.size();
  documents_.resize(texts_.size());
  edits_.resize(texts_.size());
  Decode();
}

BenchPipeline::~BenchPipeline() = default;

uint64_t BenchPipeline::text_bytes() const {
  uint64_t bytes = 0;
  for (const v1::Document& document : documents_) bytes += document.text().size();
  return bytes;
}

double BenchPipeline::Decode() {
  double seconds = 0;
  for (size_t i = 0; i < texts_.size(); ++i) {
    SourceItem item = Item(texts_[i], i);
    const double begun = ThreadSeconds();
    Processed done = ProcessPayload(std::move(item), *parts_->decoders, "files");
    seconds += ThreadSeconds() - begun;
    if (done.outcome.kind == Outcome::Kind::kFailed) Die(done.outcome.message);
    documents_[i] = *done.document;
  }
  return seconds;
}

double BenchPipeline::Dom() {
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const double begun = ThreadSeconds();
  for (const std::string& text : texts_) xmlFreeDoc(htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions));
  return ThreadSeconds() - begun;
}

double BenchPipeline::Process(size_t stage) {
  auto& transform = parts_->stages->transforms()[stage]->As<TransformStage>();
  double seconds = 0;
  for (size_t i = 0; i < documents_.size(); ++i) {
    edits_[i].proto().Clear();
    const double begun = ThreadSeconds();
    const Status status = transform.Process(documents_[i], edits_[i]);
    seconds += ThreadSeconds() - begun;
    Require(status);
  }
  return seconds;
}

double BenchPipeline::Apply(size_t stage) {
  double seconds = 0;
  for (size_t i = 0; i < documents_.size(); ++i) {
    v1::Document copy = documents_[i];
    const double begun = ThreadSeconds();
    const Status status = ApplyEdits(edits_[i].proto(), labels_[stage], &copy);
    seconds += ThreadSeconds() - begun;
    Require(status);
  }
  return seconds;
}

void BenchPipeline::Advance(size_t stage) {
  for (size_t i = 0; i < documents_.size(); ++i) {
    Require(ApplyEdits(edits_[i].proto(), labels_[stage], &documents_[i]));
    edits_[i].proto().Clear();
  }
}

double BenchPipeline::Write() {
  Result<std::unique_ptr<StageHost>> host =
      StageHost::Make(parts_->plan->sinks.front(), {parts_->folder.path(), parts_->folder.path()}, parts_->catalog);
  Require(host.ok() ? OkStatus() : host.status());
  auto& sink = (*host)->As<SinkStage>();
  const double begun = ThreadSeconds();
  for (const v1::Document& document : documents_) Require(sink.Write(document));
  Require(sink.Finish());
  return ThreadSeconds() - begun;
}

double BenchPipeline::WholeJob(const std::string& folder) {
  const JobPlan plan = Plan(parts_->catalog, labels_, parts_->folder.path(), {{folder}, {}});
  RunOptions options;
  options.output_dir = parts_->folder.path();
  const double begun = Seconds(CLOCK_PROCESS_CPUTIME_ID);
  const JobResult result = RunJob(plan, parts_->catalog, options);
  const double seconds = Seconds(CLOCK_PROCESS_CPUTIME_ID) - begun;
  if (result.end != JobEnd::kFinished || result.report.failed > 0) Die("the job failed: " + result.status.message());
  return seconds;
}

}  // namespace garner::bench
