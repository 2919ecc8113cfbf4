#include "tests/core/job/job_fixture.h"

#include "core/job/run_report.h"
#include "garner/v1/document.pb.h"

namespace garner::testing {
namespace {

std::string Manifest(const Job& job) {
  std::string yaml = "source:\n  plugin: test_source\n  options:\n    items:\n";
  for (const std::string& item : job.items) yaml += "      - '" + item + "'\n";
  if (job.items.empty()) yaml.replace(yaml.rfind('\n'), 1, " []\n");
  if (!job.source.empty()) yaml += "    " + job.source + "\n";
  return yaml + "decoders: " + job.decoders + "\ntransforms: " + job.transforms + "\nsinks: " + job.sinks +
         "\nlimits: {workers: " + std::to_string(job.workers) + ", documents: " + std::to_string(job.documents) +
         (job.limits.empty() ? "" : ", " + job.limits) + "}\n" + job.more;
}

void CheckSums(const JobPlan& plan, const JobResult& result, const Job& job) {
  const JobReport& report = result.report;
  const Status sums = CheckReport(MakeRunReport(plan, result, {}));
  EXPECT_TRUE(sums.ok()) << sums.message();
  EXPECT_EQ(report.read, report.written + report.unchanged + report.dropped + report.failed);
  uint64_t lost = 0;
  for (const auto& [label, stage] : report.stages) {
    EXPECT_LE(stage.dropped + stage.failed + stage.skipped, stage.in) << label;
    lost += stage.dropped + stage.failed;
  }
  EXPECT_EQ(lost, report.dropped + report.failed) << "every loss is some stage's";
  uint64_t reasons = 0;
  for (const auto& [reason, count] : report.reasons) reasons += count;
  EXPECT_EQ(reasons, lost);
  const bool finished = result.end == JobEnd::kFinished;
  EXPECT_TRUE(!finished || report.items == job.items.size()) << report.items;
}

}  // namespace

JobTest::JobTest(const std::vector<std::string>& plugin_folders) : catalog_(plugin_folders) { Board::Get().Reset(); }

JobPlan JobTest::Plan(const Job& job) {
  PlanResult planned = ParsePlan(Manifest(job), folder_ / "job.yaml", catalog_, {});
  for (const Mistake& mistake : planned.mistakes) ADD_FAILURE() << mistake.ToString();
  return planned.plan.value_or(JobPlan());
}

JobResult JobTest::Run(const Job& job, RunOptions options) {
  const JobPlan plan = Plan(job);
  if (plan.source.plugin == nullptr) return {JobEnd::kRefused, Status(StatusKind::kConfig, "the test's manifest is wrong"), {}};
  options.output_dir = folder_.path();
  const JobResult result = RunJob(plan, catalog_, options);
  CheckSums(plan, result, job);
  EXPECT_EQ(result.end == JobEnd::kFinished, result.status.ok());
  return result;
}

Uris JobTest::Noted(const std::string& word) const {
  Uris found;
  for (const std::string& note : Board::Get().notes())
    if (note.compare(0, word.size() + 1, word + " ") == 0) found.push_back(note.substr(word.size() + 1));
  return found;
}

Uris JobTest::Written() const { return Noted("write"); }

v1::Document JobTest::Document(const std::string& uri) const {
  for (const std::string& bytes : Board::Get().kept()) {
    v1::Document document;
    EXPECT_TRUE(document.ParseFromString(bytes));
    if (document.source().uri() == uri) return document;
  }
  ADD_FAILURE() << uri << " did not reach the sink";
  return {};
}

}  // namespace garner::testing
