// What goes wrong in one document, one stage or the whole job, and what is left of it.
#include <filesystem>

#include "core/sdk/document_check.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

using Failures = JobTest;

constexpr char kTwoTransforms[] = "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second}]";

struct Expected {
  const char* order;
  const char* reason;
  const char* message;
};

// Everything that a stage can do wrong in a call: the document fails with the stage's name, its neighbours are written.
TEST_F(Failures, OfADecoderOrTransformCostOneDocument) {
  const Expected all[] = {{"throw", "internal", "thrown on purpose"},
                          {"throw_int", "internal", "no std::exception"},
                          {"throw_bad_alloc", "limit", "out of memory"},
                          {"invalid_input", "invalid_input", "returned on purpose"},
                          {"invalid_edits", "invalid_edits", "returned on purpose"},
                          {"limit", "limit", "returned on purpose"},
                          {"not_found", "not_found", "returned on purpose"},
                          {"unreadable", "unreadable", "returned on purpose"},
                          {"unsupported", "unsupported", "returned on purpose"},
                          {"config", "config", "returned on purpose"},
                          {"io", "io", "returned on purpose"},
                          {"internal", "internal", "returned on purpose"}};
  for (const std::string stage : {"decoder", "second"}) {
    for (const Expected& expected : all) {
      SCOPED_TRACE(stage + ":" + expected.order);
      Board::Get().Reset();
      Job job;
      job.items = {"a sound", "b text " + stage + ":" + expected.order, "c sound"};
      job.transforms = kTwoTransforms;
      job.workers = 2;
      const JobResult result = Run(job);
      EXPECT_EQ(result.end, JobEnd::kFinished);
      EXPECT_EQ(Written(), (Uris{"a", "c"}));
      const std::string label = stage == "decoder" ? "test_decoder" : stage;
      EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{label + ": " + expected.reason, 1}}));
      EXPECT_EQ(result.report.stages.at(label).failed, 1u);
      EXPECT_EQ(result.report.stages.at(label).in, 3u);
      EXPECT_EQ(Noted("acknowledge"), (Uris{"a written", "b failed", "c written"}));
    }
  }
}

TEST_F(Failures, UnsoundEditsFailTheDocument) {
  for (const std::string order :
       {"erase_outside", "erase_without_rule", "replace_twice", "replace_bad_utf8", "replace_empty", "annotate_outside",
        "annotate_bad_utf8", "signal_nan", "choose_nothing", "set_no_block", "split_outside", "half_bad"}) {
    SCOPED_TRACE(order);
    Board::Get().Reset();
    Job job;
    job.items = {"a sound", "b some text first:" + order, "c sound"};
    job.transforms = kTwoTransforms;
    const JobResult result = Run(job);
    EXPECT_EQ(Written(), (Uris{"a", "c"}));
    EXPECT_EQ(result.report.reasons.count("first: invalid_edits"), 1u);
    EXPECT_EQ(result.report.stages.at("second").in, 2u) << "later stages do not see it";
  }
}

TEST_F(Failures, ABrokenDocumentIsTheDecodersFailure) {
  for (const std::string order : {"text_outside_blocks", "invalid_utf8", "control", "short_map", "long_map", "ragged_map",
                                  "map_outside", "map_before", "wrapping_map", "lying_map", "no_blocks", "removal_outside",
                                  "removals_overlap", "bad_metadata", "annotation", "drop_without_rule", "other_lineage"}) {
    SCOPED_TRACE(order);
    Board::Get().Reset();
    Job job;
    job.items = {"a sound", "b some text decoder:" + order, "c sound"};
    const JobResult result = Run(job);
    EXPECT_EQ(Written(), (Uris{"a", "c"}));
    EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_decoder: internal", 1}}));
  }
}

TEST_F(Failures, ADecoderMayMarkText) {
  Job job;
  job.items = {"a some text decoder:link"};
  Run(job);
  ASSERT_EQ(Written(), (Uris{"a"}));
  v1::Document document;
  ASSERT_TRUE(document.ParseFromString(Board::Get().kept().front()));
  ASSERT_EQ(document.annotations_size(), 1);
  EXPECT_EQ(document.annotations(0).stage(), "test_decoder") << "whoever the decoder says it is";
}

TEST_F(Failures, ADecoderMayDropADocument) {
  Job job;
  job.items = {"a sound", "b some text decoder:drop"};
  const JobResult result = Run(job);
  EXPECT_EQ(Written(), (Uris{"a"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_decoder: whim", 1}}));
}

TEST_F(Failures, OneOutcomeSaysWhatWasWrong) {
  Job job;
  job.items = {"a", "b fail unreadable", "c \x01\x02\x03\x04\x05\x06\x07\x0e\x0f", "d text first:drop"};
  job.transforms = kTwoTransforms;
  for (std::string& item : job.items)
    if (item[0] == 'c') item = "c %PDF-1.7";
  const JobResult result = Run(job);
  EXPECT_EQ(
      result.report.reasons,
      (std::map<std::string, uint64_t>{
          {"detect: empty_payload", 1}, {"test_source: unreadable", 1}, {"detect: unsupported", 1}, {"first: too_dull", 1}}));
  EXPECT_EQ(result.report.dropped, 2u);
  EXPECT_EQ(result.report.failed, 2u);
  EXPECT_EQ(Noted("acknowledge"), (Uris{"a dropped", "b failed", "c failed", "d dropped"}));
}

TEST_F(Failures, OpenRefusesTheJobBeforeAnyWork) {
  const auto with = [](const char* source, const char* decoders, const char* transforms, const char* sinks) {
    Job job;
    job.items = {"a sound"};
    job.source = source;
    job.decoders = decoders;
    job.transforms = transforms;
    job.sinks = sinks;
    return job;
  };
  const char* const failing[] = {"not_found", "throw", "throw_int"};
  for (const std::string how : failing) {
    const std::string option = "options: {on_open: " + how + "}}]";
    for (const Job& job : {with(("on_open: " + how).c_str(), "[]", "[]", "[test_sink]"),
                           with("", ("[{plugin: test_decoder, " + option).c_str(), "[]", "[test_sink]"),
                           with("", "[]", ("[{plugin: test_transform, " + option).c_str(), "[test_sink]"),
                           with("", "[]", "[]", ("[{plugin: test_sink, " + option).c_str())}) {
      Board::Get().Reset();
      const JobResult result = Run(job);
      EXPECT_EQ(result.end, JobEnd::kRefused);
      EXPECT_EQ(result.status.message().rfind("test_", 0), 0u) << "names the stage: " << result.status.message();
      EXPECT_EQ(result.report.read, 0u);
      EXPECT_TRUE(Noted("next").empty());
      EXPECT_TRUE(Noted("acknowledge").empty());
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Failures, ARefusedSinkTakesTheFilesOfItsNeighbourAlong) {
  Job job;
  job.items = {"a sound"};
  job.sinks =
      "[{plugin: test_sink, name: one, options: {path: one.txt}}, {plugin: test_sink, name: two, options: {on_open: io}}]";
  EXPECT_EQ(Run(job).end, JobEnd::kRefused);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Failures, OptionsThatDoNotParseRefuseTheJob) {
  Job job;
  job.transforms = "[test_transform]";
  JobPlan plan = Plan(job);
  plan.transforms[0].options = "\xff\xff\xff";
  const JobResult result = RunJob(plan, catalog_, {.output_dir = folder_.path()});
  EXPECT_EQ(result.end, JobEnd::kRefused);
  EXPECT_NE(result.status.message().find("test_transform: the options do not parse"), std::string::npos)
      << result.status.message();
}

TEST_F(Failures, OfASinkStopTheJobAndLeaveEarlierOutputAlone) {
  WriteBytes(folder_ / "out.txt", "from an earlier run");
  for (const std::string how : {"io", "throw", "throw_int"}) {
    for (const std::string& when : {"write: 2, on_write: " + how, "on_finish: " + how}) {
      SCOPED_TRACE(when);
      Board::Get().Reset();
      Job job;
      job.items = {"a sound", "b sound", "c sound"};
      job.workers = 2;
      job.sinks = "[{plugin: test_sink, options: {path: out.txt, " + when + "}}]";
      const JobResult result = Run(job);
      EXPECT_EQ(result.end, JobEnd::kStopped);
      EXPECT_EQ(result.status.message().rfind("test_sink: ", 0), 0u) << result.status.message();
      EXPECT_EQ(result.report.written, when.front() == 'w' ? 1u : 3u);
      EXPECT_TRUE(Noted("finish").empty());
      EXPECT_TRUE(Noted("acknowledge").empty()) << "nothing is durable";
      EXPECT_EQ(ReadBytes(folder_ / "out.txt"), "from an earlier run");
      EXPECT_FALSE(std::filesystem::exists(folder_ / "out.txt.part"));
    }
  }
}

// What the source had handed out before is worked on to its end, so that the report does not depend on who was quicker.
TEST_F(Failures, OfASourceStopTheJobAfterWhatItHandedOut) {
  for (const std::string how : {"unreadable", "throw", "throw_int"}) {
    for (const uint32_t workers : {1U, 2U, 4U}) {
      Board::Get().Reset();
      Job job;
      job.items = {"a sound", "b decoder:throw", "c sound"};
      job.source = "at_end: " + how;
      job.workers = workers;
      const JobResult result = Run(job);
      EXPECT_EQ(result.end, JobEnd::kStopped);
      EXPECT_EQ(result.status.message().rfind("test_source: ", 0), 0u) << result.status.message();
      EXPECT_EQ(result.report.written, 2u);
      EXPECT_EQ(result.report.failed, 1u);
      EXPECT_TRUE(Noted("finish").empty());
    }
  }
}

TEST_F(Failures, InAcknowledgeAreTheSources) {
  Job job;
  job.items = {"a sound", "b sound"};
  job.source = "on_acknowledge: throw";
  const JobResult result = Run(job);
  EXPECT_EQ(result.end, JobEnd::kStopped);
  EXPECT_EQ(result.status.message().rfind("test_source: acknowledging: ", 0), 0u) << result.status.message();
}

TEST_F(Failures, OfTheCallersHooksStopTheJob) {
  Job job;
  job.items = {"a sound", "b sound"};
  RunOptions options;
  options.on_progress = [](const JobReport&) { throw std::runtime_error("no terminal"); };
  EXPECT_EQ(Run(job, options).status.message(), "host: exception: no terminal");
  options = {};
  options.on_document = [](const v1::Document&) -> Status { throw std::runtime_error("no room"); };
  EXPECT_EQ(Run(job, options).status.message(), "output: exception: no room");
  options.on_document = [](const v1::Document&) { return Status(StatusKind::kIo, "closed"); };
  const JobResult result = Run(job, options);
  EXPECT_EQ(result.end, JobEnd::kStopped);
  EXPECT_EQ(result.status.message(), "output: closed");
}

TEST_F(Failures, AnInterruptedJobLeavesEarlierOutputAlone) {
  WriteBytes(folder_ / "out.txt", "from an earlier run");
  Job job;
  for (int i = 0; i < 50; ++i) job.items.push_back(std::to_string(i) + " sound");
  job.sinks = "[{plugin: test_sink, options: {path: out.txt}}]";
  job.workers = 2;
  std::atomic<bool> stop{false};
  RunOptions options;
  options.stop = &stop;
  options.on_progress = [&](const JobReport& report) { stop = report.read >= 3; };
  job.documents = 4;
  const JobResult result = Run(job, options);
  EXPECT_EQ(result.end, JobEnd::kInterrupted);
  EXPECT_GE(result.report.written, 3u);
  EXPECT_LE(result.report.written, 8u) << "what was in flight is finished, nothing more is taken in";
  EXPECT_TRUE(Noted("acknowledge").empty());
  EXPECT_EQ(ReadBytes(folder_ / "out.txt"), "from an earlier run");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.txt.part"));
}

TEST(DocumentSize, IsSaidInWords) {
  v1::Document document;
  document.set_text(std::string(1000, 'x'));
  EXPECT_TRUE(CheckDocumentSize(document, kMaxDocumentBytes).ok());
  const Status status = CheckDocumentSize(document, 1000);
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  EXPECT_NE(status.message().find("up to 1000 are accepted"), std::string::npos);
}

}  // namespace
}  // namespace garner::testing
