#include "tests/pages/page_pipeline.h"

#include <time.h>

#include <utility>

#include "core/manifest/plan.h"
#include "core/sdk/document_check.h"
#include "garner/testing/invariants.h"
#include "tests/pages/page_map.h"

namespace garner::pages {
namespace {

constexpr const char* kManifest =
    "source: { plugin: files, options: { paths: [.] } }\n"
    "transforms: [boilerplate_stripper]\n"
    "sinks: [ { plugin: jsonl, options: { path: documents.jsonl } } ]\n";

double ThreadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string FlawOfDocument(const v1::Document& document, std::string_view page) {
  if (const Status status = CheckFinishedDocument(document); !status.ok()) return status.message();
  if (const ::testing::AssertionResult sound = testing::Sound(document, page); !sound) return sound.message();
  MapReport report;
  CheckPageMap(document, page, report);
  return report.mistakes.empty() ? std::string() : report.mistakes.front();
}

}  // namespace

Result<std::unique_ptr<PagePipeline>> PagePipeline::Open() {
  std::unique_ptr<PagePipeline> made(new PagePipeline());
  made->catalog_ = std::make_unique<PluginCatalog>(std::vector<std::string>{BundledPluginFolder()});
  PlanResult planned = ParsePlan(kManifest, "./pages.yaml", *made->catalog_, {});
  if (!planned.plan) return Status(StatusKind::kInvalidInput, planned.mistakes.front().ToString());
  made->plan_ = std::make_unique<JobPlan>(*std::move(planned.plan));
  Result<std::unique_ptr<StageSet>> stages = StageSet::Open(*made->plan_, {".", "."}, *made->catalog_);
  if (!stages.ok()) return stages.status();
  made->stages_ = *std::move(stages);
  return made;
}

CleanedPage PagePipeline::Clean(std::string_view page, const std::string& uri) const {
  SourceItem item;
  item.payload.info.set_uri(uri);
  item.payload.info.set_declared_media_type("text/html");
  item.payload.bytes = std::string(page);
  CleanedPage cleaned;
  const double begun = ThreadSeconds();
  cleaned.done = ProcessPayload(std::move(item), *stages_, "files");
  cleaned.seconds = ThreadSeconds() - begun;
  return cleaned;
}

std::string FindFlaw(const CleanedPage& cleaned, std::string_view page) {
  const Outcome& outcome = cleaned.done.outcome;
  if (outcome.kind == Outcome::Kind::kWritten) return FlawOfDocument(*cleaned.done.document, page);
  const bool says_why = !outcome.reason.empty() && (outcome.kind == Outcome::Kind::kDropped || !outcome.message.empty());
  if (!says_why) return "it failed without a word";
  // The host's own faults, and documents that its checks refused.
  const bool own_fault = outcome.reason == KindName(StatusKind::kInternal) || outcome.reason == KindName(StatusKind::kInvalidEdits);
  return own_fault ? outcome.stage + ": " + outcome.message : std::string();
}

}  // namespace garner::pages
