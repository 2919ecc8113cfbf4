// The report of a run, and that its check sees whatever does not add up.
#include "core/job/run_report.h"
#include "core/job/plan_hash.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>

#include <iterator>
#include <random>
#include <set>

#include "core/job/peak_memory.h"
#include "garner/hash.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

namespace pb = google::protobuf;

class RunReport : public JobTest {
 protected:
  // Everything that can become of a document, but for the host's own failures.
  static Job Mixed() {
    Job job;
    job.items = {"a sound", "b fail unreadable", "c", "d text first:drop", "e text second:throw", "f decoder:throw", "g %PDF-1.7", "h more words first:warn"};
    job.transforms = "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second, when: {uri: [a, e]}}]";
    job.sinks = "[{plugin: test_sink, name: one}, {plugin: test_sink, name: two}]";
    job.workers = 2;
    return job;
  }

  v1::RunReport Report(const Job& job) { return MakeRunReport(Plan(job), Run(job), {}); }
};

const v1::StageReport& Stage(const v1::RunReport& report, const std::string& label) {
  for (const v1::StageReport& stage : report.stages())
    if (stage.stage() == label) return stage;
  ADD_FAILURE() << label;
  return report.stages(0);
}

TEST_F(RunReport, NamesTheStagesInOrder) {
  const v1::RunReport report = Report(Mixed());
  std::vector<std::string> labels;
  for (const v1::StageReport& stage : report.stages()) labels.push_back(stage.stage());
  EXPECT_EQ(labels, (std::vector<std::string>{"test_source", "detect", "test_decoder", "first", "second", "host", "one", "two"}));
  EXPECT_EQ(Stage(report, "second").plugin(), "test_transform");
  EXPECT_FALSE(Stage(report, "host").has_plugin());
  EXPECT_EQ(report.plugins_size(), 4) << "each plugin once";
  EXPECT_EQ(report.plugins(2).version(), "1.2.3");
  EXPECT_EQ(report.workers(), 2u);
  EXPECT_EQ(report.end(), v1::RunReport::FINISHED);
  EXPECT_FALSE(report.has_message());
}

TEST_F(RunReport, CountsWhatBecameOfEveryDocument) {
  const v1::RunReport report = Report(Mixed());
  EXPECT_EQ(report.documents().read(), 8u);
  EXPECT_EQ(report.documents().written(), 2u);
  EXPECT_EQ(report.documents().dropped(), 2u);
  EXPECT_EQ(report.documents().failed(), 4u);
  EXPECT_EQ(Stage(report, "test_source").out(), 7u);
  EXPECT_EQ(Stage(report, "detect").out(), 5u);
  EXPECT_EQ(Stage(report, "test_decoder").out(), 4u);
  EXPECT_EQ(Stage(report, "first").out(), 3u);
  EXPECT_EQ(Stage(report, "first").warnings(), 1u);
  EXPECT_EQ(Stage(report, "second").skipped(), 1u);
  EXPECT_EQ(Stage(report, "two").in(), 2u);
  const v1::StageReport& detect = Stage(report, "detect");
  ASSERT_EQ(detect.reasons_size(), 2);
  EXPECT_EQ(detect.reasons(0).ShortDebugString(), "outcome: DROPPED reason: \"empty_payload\" documents: 1");
  EXPECT_EQ(detect.reasons(1).ShortDebugString(), "outcome: FAILED reason: \"unsupported\" documents: 1");
  ASSERT_EQ(Stage(report, "first").metrics_size(), 1);
  EXPECT_EQ(Stage(report, "first").metrics(0).ShortDebugString(), "name: \"seen\" value: 4");
}

// Run checks the sums of each job; here they are those of jobs that nobody thought up, however they end.
TEST_F(RunReport, AddsUpForAnyMixture) {
  const char* const contents[] = {"sound", "", "fail io", "%PDF-1.7", "decoder:throw", "decoder:no_blocks", "text first:drop", "text second:drop",
                                  "text first:limit", "text second:erase_outside", "text first:warn second:mark", "text first:half_bad"};
  const char* const ends[] = {"", "at_end: throw"};
  const char* const sinks[] = {"[test_sink]", "[{plugin: test_sink, name: one}, {plugin: test_sink, name: two, options: {write: 4, on_write: io}}]"};
  std::minstd_rand random(7);
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(round);
    Board::Get().Reset();
    Job job;
    for (size_t i = random() % 40; i > 0; --i) job.items.push_back("n" + std::to_string(i) + " " + contents[random() % std::size(contents)]);
    job.transforms = "[{plugin: test_transform, name: first, when: {uri: ['n*" + std::to_string(random() % 10) + "', 'n1*']}}, {plugin: test_transform, name: second}]";
    job.source = ends[random() % 4 == 0];
    job.sinks = sinks[random() % 4 == 0];
    job.workers = 1 + random() % 4;
    job.documents = 1 + random() % 8;
    std::atomic<bool> stop{false};
    RunOptions options;
    options.stop = &stop;
    const uint64_t enough = random() % 60;
    options.on_progress = [&](const JobReport& report) { stop = report.read >= enough; };
    EXPECT_NE(Run(job, options).end, JobEnd::kRefused);
  }
}

TEST_F(RunReport, SaysHowAnEarlyEndCameAbout) {
  Job job = Mixed();
  job.source = "at_end: unreadable";
  const v1::RunReport stopped = Report(job);
  EXPECT_EQ(stopped.end(), v1::RunReport::STOPPED);
  EXPECT_EQ(stopped.message(), "test_source: returned on purpose");
  job = Mixed();
  std::atomic<bool> stop{true};
  EXPECT_EQ(MakeRunReport(Plan(job), Run(job, {.stop = &stop}), {}).end(), v1::RunReport::INTERRUPTED);
}

TEST_F(RunReport, OfARunningJobSaysSo) {
  const Job job = Mixed();
  const v1::RunReport report = MakeRunReport(Plan(job), JobReport(), {});
  EXPECT_EQ(report.end(), v1::RunReport::RUNNING);
  EXPECT_FALSE(report.has_ended());
  EXPECT_TRUE(CheckReport(report).ok());
}

TEST_F(RunReport, GivesEveryStageItsTime) {
  Job job = Mixed();
  const v1::RunReport report = Report(job);
  for (const v1::StageReport& stage : report.stages()) EXPECT_GT(stage.busy_seconds(), 0) << stage.stage();
  EXPECT_EQ(report.waits().head_for_input(), Stage(report, "test_source").busy_seconds());
  EXPECT_GT(report.waits().documents_for_writer(), 0);
  EXPECT_GT(report.waits().documents_for_worker(), 0);
  EXPECT_GT(report.waits().head_for_room(), 0);
}

TEST_F(RunReport, TimesAreUtcInMilliseconds) {
  const auto at = [](int64_t milliseconds) { return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds)); };
  const Job job = Mixed();
  const v1::RunReport report = MakeRunReport(Plan(job), JobResult(), {.started = at(1772357400250), .ended = at(1772357461000)});
  const std::string json = ReportToJson(report);
  EXPECT_NE(json.find(R"("started": "2026-03-01T09:30:00.250Z")"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("ended": "2026-03-01T09:31:01Z")"), std::string::npos) << json;
}

TEST_F(RunReport, JsonComesBackAsItWas) {
  v1::RunReport report = Report(Mixed());
  report.set_peak_memory_bytes(uint64_t{1} << 60);
  const std::string json = ReportToJson(report);
  EXPECT_NE(json.find("\"busy_seconds\""), std::string::npos) << "field names as in the proto";
  v1::RunReport read;
  ASSERT_TRUE(pb::util::JsonStringToMessage(json, &read).ok());
  EXPECT_TRUE(pb::util::MessageDifferencer::Equals(report, read));
}

TEST_F(RunReport, HashesThePluginsFiles) {
  const Job job = Mixed();
  const JobPlan plan = Plan(job);
  v1::RunReport report = MakeRunReport(plan, JobReport(), {});
  AddPluginHashes(plan, report);
  EXPECT_EQ(report.plugins(0).name(), "test_decoder");
  EXPECT_EQ(report.plugins(0).sha256(), Sha256Hex(ReadBytes(plan.decoders[0].plugin->path)));
  for (const v1::PluginFileReport& plugin : report.plugins()) EXPECT_EQ(plugin.sha256().size(), 64u);
}

TEST_F(RunReport, WhateverAPluginCallsThingsIsValidJson) {
  const Job job = Mixed();
  JobReport counts;
  counts.read = counts.dropped = counts.stages["test_source"].in = counts.stages["test_source"].dropped = 1;
  counts.stages["test_source"].dropped_by["a\xff\n"] = 1;
  counts.stages["test_source"].metrics["b\xff"] = 1;
  v1::RunReport read;
  ASSERT_TRUE(pb::util::JsonStringToMessage(ReportToJson(MakeRunReport(Plan(job), counts, {})), &read).ok());
  EXPECT_EQ(Stage(read, "test_source").reasons(0).reason(), "a\\xff\\n");
}

// --- the check --------------------------------------------------------------------------------------------------------------

// Calls `visit` with a changed copy for every count that belongs to a sum, one more and one less.
template <typename Visit>
void ForEachChange(const v1::RunReport& report, const Visit& visit) {
  const std::set<std::string> free = {"warnings", "skipped"};
  const auto change = [&](const std::string& where, const auto& pick) {
    const pb::Descriptor* type = pick(const_cast<v1::RunReport&>(report)).GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const pb::FieldDescriptor* field = type->field(i);
      if (field->cpp_type() != pb::FieldDescriptor::CPPTYPE_UINT64 || free.count(field->name()) > 0) continue;
      for (const uint64_t by : {uint64_t{1}, ~uint64_t{0}}) {
        v1::RunReport changed = report;
        pb::Message& message = pick(changed);
        message.GetReflection()->SetUInt64(&message, field, message.GetReflection()->GetUInt64(message, field) + by);
        visit(where + "." + field->name() + (by == 1 ? " + 1" : " - 1"), changed);
      }
    }
  };
  change("documents", [](v1::RunReport& r) -> pb::Message& { return *r.mutable_documents(); });
  for (int i = 0; i < report.stages_size(); ++i) {
    change(report.stages(i).stage(), [i](v1::RunReport& r) -> pb::Message& { return *r.mutable_stages(i); });
    for (int j = 0; j < report.stages(i).reasons_size(); ++j)
      change(report.stages(i).stage() + ".reasons", [i, j](v1::RunReport& r) -> pb::Message& { return *r.mutable_stages(i)->mutable_reasons(j); });
  }
}

TEST_F(RunReport, CheckSeesEveryCountThatIsOffByOne) {
  const v1::RunReport report = Report(Mixed());
  ASSERT_TRUE(CheckReport(report).ok());
  int changes = 0;
  ForEachChange(report, [&](const std::string& what, const v1::RunReport& changed) {
    ++changes;
    EXPECT_FALSE(CheckReport(changed).ok()) << what;
  });
  EXPECT_GT(changes, 80);
}

// One document more that comes from nowhere on the way: each stage is right by itself.
TEST_F(RunReport, CheckFollowsTheWayFromStageToStage) {
  for (const std::string label : {"detect", "test_decoder", "first", "second", "host"}) {
    v1::RunReport report = Report(Mixed());
    for (v1::StageReport& stage : *report.mutable_stages()) {
      if (stage.stage() != label) continue;
      stage.set_in(stage.in() + 1);
      stage.set_out(stage.out() + 1);
    }
    EXPECT_FALSE(CheckReport(report).ok()) << label;
  }
}

TEST_F(RunReport, CheckTakesSeveralDecodersAsOneStep) {
  v1::RunReport report = Report(Mixed());
  v1::StageReport* decoder = nullptr;
  for (v1::StageReport& stage : *report.mutable_stages())
    if (stage.stage() == "test_decoder") decoder = &stage;
  ASSERT_NE(decoder, nullptr);
  decoder->set_in(decoder->in() - 2);
  decoder->set_out(decoder->out() - 2);
  EXPECT_FALSE(CheckReport(report).ok());
  v1::RunReport two = report;
  two.clear_stages();
  for (const v1::StageReport& stage : report.stages()) {
    *two.add_stages() = stage;
    if (stage.stage() != "test_decoder") continue;
    v1::StageReport* other = two.add_stages();
    other->set_role(v1::StageReport::DECODER);
    other->set_in(2);
    other->set_out(2);
  }
  EXPECT_TRUE(CheckReport(two).ok()) << CheckReport(two).message();
}

// The host can give up after any stage.
TEST_F(RunReport, CheckLetsTheHostTakeDocumentsAnywhere) {
  for (const std::string before : {"detect", "test_decoder", "first", "second", "host"}) {
    SCOPED_TRACE(before);
    Job job;
    job.items = {"a sound"};
    job.transforms = "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second}]";
    Board::Get().Reset();
    v1::RunReport report = Report(job);
    report.mutable_documents()->set_read(2);
    report.mutable_documents()->set_items(2);
    report.mutable_documents()->set_failed(1);
    bool passed = false;
    for (v1::StageReport& stage : *report.mutable_stages()) {
      passed = passed || stage.stage() == before;
      if (stage.stage() == "host") {
        stage.set_in(1);
        stage.set_failed(1);
        v1::Reason* reason = stage.add_reasons();
        reason->set_outcome(v1::Reason::FAILED);
        reason->set_documents(1);
      } else if (!passed) {
        stage.set_in(2);
        stage.set_out(2);
      }
    }
    EXPECT_TRUE(CheckReport(report).ok()) << CheckReport(report).message();
  }
}

TEST_F(RunReport, CheckNamesStageAndSum) {
  v1::RunReport report = Report(Mixed());
  report.mutable_stages(1)->set_out(99);
  EXPECT_EQ(CheckReport(report).message(), "the report does not add up: detect: in = out + dropped + failed (7 and 101)");
}

// --- the plan's hash --------------------------------------------------------------------------------------------------------

TEST_F(RunReport, PlanHashChangesWithWhatRuns) {
  const Job job = Mixed();
  const std::string hash = PlanHash(Plan(job));
  EXPECT_EQ(hash.size(), 16u);
  std::set<std::string> hashes = {hash};
  Job other = job;
  other.workers = 1;
  other.documents = 3;
  EXPECT_EQ(PlanHash(Plan(other)), hash) << "how it runs is no part of it";
  const char* const transforms[] = {
      "[{plugin: test_transform, name: first}]",
      "[{plugin: test_transform, name: second}]",
      "[{plugin: test_transform, name: first, options: {number: 4}}]",
      "[{plugin: test_transform, name: first, when: {uri: [a]}}]",
      "[{plugin: test_transform, name: first, when: {uri: [a, b]}}]",
      "[{plugin: test_transform, name: first, when: {media_type: [text/a]}}]",
      "[{plugin: test_transform, name: first, when: {metadata: {a: [b]}}}]",
      "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second}]",
      "[{plugin: test_transform, name: second}, {plugin: test_transform, name: first}]",
  };
  for (const char* each : transforms) {
    other.transforms = each;
    EXPECT_TRUE(hashes.insert(PlanHash(Plan(other))).second) << each;
  }
}

TEST(PeakMemory, IsWhatTheProcessHolds) {
  const std::optional<uint64_t> before = PeakMemoryBytes();
  ASSERT_TRUE(before);
  EXPECT_GT(*before, uint64_t{1} << 20);
  const std::vector<char> touched(uint64_t{64} << 20, 'x');
  EXPECT_GE(*PeakMemoryBytes(), touched.size());
}

}  // namespace
}  // namespace garner::testing
