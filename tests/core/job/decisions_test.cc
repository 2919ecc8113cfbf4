// The second halves of transforms: in input order, with a memory that is the sum of their records, and every loss in a row of its
// own.
#include <iterator>
#include <random>

#include "core/job/dead_letters.h"
#include "core/job/decider.h"
#include "core/job/replay.h"
#include "core/job/replay_plan.h"
#include "core/job/run_report.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

constexpr char kIsolated[] = "default_isolation: process\n";

class Decisions : public JobTest {
 protected:
  Decisions() : JobTest({GARNER_FIXTURE_FOLDER, GARNER_TREE_FOLDER, GARNER_MEMORY_FOLDER}) {}

  static Job Of(std::vector<std::string> items) {
    Job job;
    job.items = std::move(items);
    job.transforms = "[{plugin: test_memory, name: memory}]";
    return job;
  }
};

using Reasons = std::map<std::string, uint64_t>;

TEST_F(Decisions, KeepTheFirstOfItsKind) {
  const JobResult result = Run(Of({"a word:rope", "b word:sail", "c word:rope", "d word:sail", "e none", "f none"}));
  EXPECT_EQ(Written(), (Uris{"a", "b", "e", "f"}));
  EXPECT_EQ(result.report.reasons, (Reasons{{"memory.decide: seen_before", 2}}));
  const StageCounts& row = result.report.stages.at("memory.decide");
  EXPECT_EQ(row.in, 6u);
  EXPECT_EQ(row.out, 4u);
  EXPECT_EQ(row.dropped, 2u);
  EXPECT_EQ(row.metrics.at("decided"), 6.0);
  EXPECT_EQ(row.metrics.count("processed"), 0u);
  EXPECT_EQ(result.report.stages.at("memory").out, 6u);
  EXPECT_EQ(result.report.stages.at("memory").metrics.at("processed"), 6.0);
  EXPECT_EQ(Noted("remember"), (Uris{"rope", "sail"}));
  EXPECT_EQ(Noted("acknowledge"), (Uris{"a written", "b written", "c dropped", "d dropped", "e written", "f written"}));
}

TEST_F(Decisions, StandInTheReportBetweenTransformsAndSinks) {
  Job job = Of({"a word:rope"});
  job.transforms = "[{plugin: test_memory, name: memory}, test_transform]";
  const v1::RunReport report = MakeRunReport(Plan(job), Run(job), {});
  std::vector<std::string> labels;
  for (const v1::StageReport& stage : report.stages()) labels.push_back(stage.stage());
  EXPECT_EQ(labels, (std::vector<std::string>{"test_source", "detect", "test_decoder", "test_tree", "memory", "test_transform",
                                              "memory.decide", "host", "test_sink"}));
  EXPECT_EQ(report.stages(6).role(), v1::StageReport::DECISION);
  EXPECT_EQ(report.stages(6).plugin(), "test_memory");
  EXPECT_GT(report.stages(6).busy_seconds(), 0);
}

// The first document is held up in its first half until the second one has left it: memory goes by the order of the input all the
// same.
TEST_F(Decisions, GoByTheOrderOfTheInput) {
  Job job = Of({"a word:rope memory:await_b_done", "b word:rope memory:raise_b_done"});
  job.workers = 2;
  Run(job);
  EXPECT_EQ(Written(), (Uris{"a"}));
  EXPECT_EQ(Noted("decide"), (Uris{"a", "b"}));
}

TEST_F(Decisions, AreTheSameWithAnyWorkersAndIsolation) {
  std::vector<std::string> first;
  const char* const words[] = {"rope", "sail", "oar", "net", "keel"};
  const char* const orders[] = {"", "decide:throw", "decide:mark", "memory:limit", "decide:erase_outside", "decide:mark"};
  for (const uint32_t workers : {1U, 2U, 5U}) {
    for (const char* more : {"", kIsolated}) {
      Board::Get().Reset();
      Job job = Of({});
      job.workers = workers;
      job.more = more;
      for (int i = 0; i < 90; ++i)
        job.items.push_back("n" + std::to_string(i) + " some text " + orders[i % 6] +
                            (i % 7 < 5 ? std::string(" word:") + words[i % 7] + std::to_string(i / 20) : ""));
      const JobResult result = Run(job);
      EXPECT_EQ(result.report.written + result.report.dropped + result.report.failed, 90u);
      if (first.empty()) first = Board::Get().kept();
      EXPECT_EQ(Board::Get().kept(), first);
    }
  }
  EXPECT_GT(first.size(), 20u);
}

TEST_F(Decisions, ThatFailLeaveNoMemory) {
  const char* const orders[][2] = {{"throw", "internal"},
                                   {"limit", "limit"},
                                   {"erase_outside", "invalid_edits"},
                                   {"leave_note", "invalid_edits"},
                                   {"throw_bad_alloc", "limit"}};
  for (const auto& [order, reason] : orders) {
    SCOPED_TRACE(order);
    Board::Get().Reset();
    const JobResult result = Run(Of({std::string("a word:rope decide:") + order, "b word:rope", "c word:rope"}));
    EXPECT_EQ(Written(), (Uris{"b"}));
    EXPECT_EQ(result.report.reasons, (Reasons{{std::string("memory.decide: ") + reason, 1}, {"memory.decide: seen_before", 1}}));
    EXPECT_EQ(Noted("remember"), (Uris{"rope"}));
  }
}

TEST_F(Decisions, DoNotSeeWhatWasLostBefore) {
  Job job = Of({"a word:rope first:drop", "b word:rope first:limit", "c word:rope decoder:throw", "d word:rope"});
  job.transforms = "[{plugin: test_memory, name: memory}, {plugin: test_transform, name: first}]";
  const JobResult result = Run(job);
  EXPECT_EQ(Written(), (Uris{"d"}));
  EXPECT_EQ(Noted("decide"), (Uris{"d"}));
  EXPECT_EQ(result.report.stages.at("memory.decide").in, 1u);
}

TEST_F(Decisions, PassWhatTheirFirstHalfSkipped) {
  Job job = Of({"a word:rope", "b word:rope", "c word:rope"});
  job.transforms = "[{plugin: test_memory, name: memory, when: {uri: [a, c]}}]";
  const JobResult result = Run(job);
  EXPECT_EQ(Written(), (Uris{"a", "b"}));
  EXPECT_EQ(Noted("decide"), (Uris{"a", "c"}));
  EXPECT_EQ(result.report.stages.at("memory.decide").in, 3u);
  EXPECT_EQ(result.report.stages.at("memory.decide").skipped, 1u);
}

TEST_F(Decisions, OfOneDocumentStandInTheOrderOfTheirStages) {
  Job job = Of({"a word:rope", "b word:rope decide:mark"});
  job.transforms = "[{plugin: test_memory, name: one}, {plugin: test_memory, name: two}]";
  const JobResult result = Run(job);
  EXPECT_EQ(result.report.stages.at("one.decide").dropped, 1u);
  EXPECT_EQ(result.report.stages.at("two.decide").in, 1u) << "what the first drops, the second does not see";
  EXPECT_EQ(Noted("decide"), (Uris{"a", "a", "b"}));
}

TEST_F(Decisions, EditTheDocumentInTheNameOfTheirStage) {
  Run(Of({"a word:rope", "b word:sail decide:mark"}));
  const v1::Document document = Document("b");
  ASSERT_EQ(document.signals_size(), 2);
  EXPECT_EQ(document.signals(1).name(), "known");
  EXPECT_EQ(document.signals(1).value(), 1.0);
  EXPECT_EQ(document.signals(1).stage(), "memory");
  EXPECT_EQ(document.lineage_size(), 2) << "decoder and transform: both halves are one entry";
}

TEST_F(Decisions, TakeThePayloadsInsideOthersToo) {
  const JobResult result = Run(Of({"m tree one {a|word:rope}{b|word:rope}", "n word:rope"}));
  EXPECT_EQ(result.report.stages.at("memory.decide").in, 4u);
  EXPECT_EQ(result.report.stages.at("memory.decide").dropped, 2u);
}

TEST_F(Decisions, ThatCannotBeRememberedStopTheJob) {
  const JobResult result = Run(Of({"a word:rope", "b words decide:forget", "c words"}));
  EXPECT_EQ(result.end, JobEnd::kStopped);
  EXPECT_EQ(result.status.message(), "host: memory.decide: cannot remember: too much to remember");
  EXPECT_EQ(result.report.read, 1u);
}

TEST_F(Decisions, ANoteThatIsTooLongFailsTheFirstHalf) {
  for (const char* more : {"", kIsolated}) {
    Board::Get().Reset();
    Job job = Of({"a words memory:long_note", "b words"});
    job.more = more;
    EXPECT_EQ(Run(job).report.reasons, (Reasons{{"memory: limit", 1}}));
    EXPECT_EQ(Noted("decide"), (Uris{"b"}));
  }
}

TEST_F(Decisions, OfAStageThatCannotOpenRefuseTheJob) {
  Job job = Of({"a words"});
  job.transforms = "[{plugin: test_memory, name: memory, options: {on_open: limit}}]";
  EXPECT_EQ(Run(job).end, JobEnd::kRefused);
}

// --- records -----------------------------------------------------------------------------------------------------------------

class Records : public Decisions {
 protected:
  // A document as it comes from the workers.
  static Processed Ready(const std::string& word) {
    Processed done;
    done.document = OwnedDocument::Make();
    done.document->mutable_source()->set_uri(word);
    done.notes.push_back({0, word});
    return done;
  }
  // Which of the words are dropped.
  static Uris Dropped(Decider& decider, const Uris& words, std::vector<StageRecord>& records) {
    Uris dropped;
    for (const std::string& word : words) {
      Processed done = Ready(word);
      LapClock lap;
      EXPECT_TRUE(decider.Decide(done, lap, records).ok());
      if (done.outcome.kind == Outcome::Kind::kDropped) dropped.push_back(word);
    }
    return dropped;
  }
};

TEST_F(Records, MakeTheSameMemoryAgain) {
  const JobPlan plan = Plan(Of({"a words"}));
  std::vector<StageRecord> records;
  Decider before(plan);
  ASSERT_TRUE(before.Open({}, catalog_).ok());
  EXPECT_EQ(Dropped(before, {"rope", "sail", "rope"}, records), (Uris{"rope"}));
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].stage, "memory");
  Decider after(plan);
  ASSERT_TRUE(after.Open({}, catalog_).ok());
  for (const StageRecord& record : records) ASSERT_TRUE(after.Remember(record).ok());
  std::vector<StageRecord> more;
  EXPECT_EQ(Dropped(after, {"oar", "sail", "oar"}, more), (Uris{"sail", "oar"}));
  EXPECT_EQ(more.size(), 1u);
}

TEST_F(Records, OfAStageThatIsNotThereAreRefused) {
  const JobPlan plan = Plan(Of({"a words"}));
  Decider decider(plan);
  ASSERT_TRUE(decider.Open({}, catalog_).ok());
  EXPECT_EQ(decider.Remember({"memories", "rope"}).message(), "memories: no stage of this name decides in this job");
  EXPECT_EQ(decider.Remember({"memory", "unlearnable"}).message(), "memory.decide: cannot remember: too much to remember");
}

// --- letters, sums -----------------------------------------------------------------------------------------------------------

TEST_F(Decisions, ThatFailLeaveALetterWithThePayload) {
  RunOptions options;
  options.dead_letters = folder_ / "failed";
  Run(Of({"a word:rope", "b word:rope decide:io", "c word:rope"}), options);
  const Result<std::vector<ListedLetter>> listed = ListLetters(folder_ / "failed");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 1u);
  const Result<Letter> letter = ReadLetter(folder_ / ("failed/" + listed->front().id));
  ASSERT_TRUE(letter.ok()) << letter.status().message();
  EXPECT_EQ(letter->record.failure().stage(), "memory.decide");
  EXPECT_EQ(letter->payload, "word:rope decide:io");
  const ReplayPlan planned = PlanReplay(letter->record, "letter", catalog_, {});
  ASSERT_TRUE(planned.result.plan);
  const Result<Replayed> replayed = Replay(*letter, *planned.result.plan, catalog_, "");
  ASSERT_TRUE(replayed.ok()) << replayed.status().message();
  EXPECT_EQ(replayed->done.outcome.stage, "memory.decide");
  EXPECT_EQ(replayed->done.outcome.reason, "io");
}

TEST_F(Decisions, CountsAddUpForAnyMixture) {
  const char* const contents[] = {"sound",
                                  "",
                                  "%PDF-1.7",
                                  "decoder:throw",
                                  "text memory:drop",
                                  "text memory:limit",
                                  "text decide:throw",
                                  "text decide:erase_outside",
                                  "word:rope",
                                  "word:sail decide:mark",
                                  "tree one {a|word:oar}{b|word:oar}{c|text decide:io}",
                                  "text first:drop"};
  std::minstd_rand random(3);
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(round);
    Board::Get().Reset();
    Job job = Of({});
    for (size_t i = random() % 30; i > 0; --i)
      job.items.push_back("n" + std::to_string(i) + " " + contents[random() % std::size(contents)]);
    job.transforms = "[{plugin: test_memory, name: memory, when: {uri: ['n*" + std::to_string(random() % 10) +
                     "', 'n1*']}}, {plugin: test_transform, name: first}, {plugin: test_memory, name: other}]";
    if (random() % 4 == 0) job.sinks = "[{plugin: test_sink, options: {write: 4, on_write: io}}]";
    if (random() % 4 == 0) job.items.push_back("z text decide:forget");
    job.workers = 1 + random() % 4;
    job.documents = 1 + random() % 8;
    EXPECT_NE(Run(job).end, JobEnd::kRefused);
  }
}

}  // namespace
}  // namespace garner::testing
