// Which documents of a job get a letter, and what a job does that cannot write one.
#include <filesystem>

#include "core/job/dead_letters.h"
#include "core/job/replay.h"
#include "core/job/replay_plan.h"
#include "garner/hash.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

namespace fs = std::filesystem;

class Letters : public JobTest {
 protected:
  JobResult RunKeeping(const Job& job, RunOptions options = {}) {
    options.dead_letters = folder_ / "failed";
    return Run(job, options);
  }

  // By uri.
  std::map<std::string, Letter> Kept() const {
    std::map<std::string, Letter> letters;
    const Result<std::vector<ListedLetter>> listed = ListLetters(folder_ / "failed");
    EXPECT_TRUE(listed.ok());
    for (const ListedLetter& entry : *listed) {
      Result<Letter> letter = ReadLetter(folder_ / ("failed/" + entry.id));
      EXPECT_TRUE(letter.ok()) << letter.status().message();
      if (letter.ok()) letters.emplace(letter->record.source().uri(), *std::move(letter));
    }
    return letters;
  }

  Outcome ReplayedOutcome(const Letter& letter, const std::vector<std::string>& sets = {}) {
    const ReplayPlan planned = PlanReplay(letter.record, "letter", catalog_, {sets, false});
    for (const Mistake& mistake : planned.result.mistakes) ADD_FAILURE() << mistake.ToString();
    if (!planned.result.plan) return {};
    EXPECT_TRUE(planned.differences.empty()) << planned.differences.front();
    const Result<Replayed> replayed = Replay(letter, *planned.result.plan, catalog_, "");
    EXPECT_TRUE(replayed.ok()) << replayed.status().message();
    return replayed.ok() ? replayed->done.outcome : Outcome();
  }
};

TEST_F(Letters, AreForFailedDocumentsOnly) {
  Job job;
  job.items = {"a sound", "b decoder:throw", "c first:drop", "d fail unreadable", "e first:limit", "f first:erase_outside", "g"};
  job.transforms = "[{plugin: test_transform, name: first, options: {number: 9}}]";
  job.workers = 3;
  const JobResult result = RunKeeping(job);
  EXPECT_EQ(result.report.failed, 4u);
  const std::map<std::string, Letter> letters = Kept();
  ASSERT_EQ(letters.size(), 4u);
  EXPECT_EQ(letters.at("b").payload, "decoder:throw");
  EXPECT_EQ(letters.at("b").record.source().sha256(), Sha256Hex("decoder:throw"));
  EXPECT_EQ(letters.at("b").record.failure().stage(), "test_decoder");
  EXPECT_EQ(letters.at("b").record.failure().kind(), "internal");
  EXPECT_EQ(letters.at("d").record.payload(), v1::DeadLetter::UNREADABLE);
  EXPECT_EQ(letters.at("d").payload, "");
  EXPECT_EQ(letters.at("e").record.failure().stage(), "first");
  EXPECT_EQ(letters.at("f").record.failure().kind(), "invalid_edits");
  const v1::RecordedPlan& plan = letters.at("e").record.plan();
  ASSERT_EQ(plan.stages_size(), 4);
  EXPECT_EQ(plan.stages(2).role(), "transform");
  EXPECT_EQ(plan.stages(2).plugin(), "test_transform");
  EXPECT_EQ(plan.stages(2).version(), "1.2.3");
  EXPECT_EQ(plan.stages(2).sha256().size(), 64u);
  EXPECT_EQ(plan.stages(2).options().fields().at("number").number_value(), 9);
}

TEST_F(Letters, ReplayGivesTheSameFailure) {
  Job job;
  job.items = {"b decoder:throw", "e text first:limit", "f text first:erase_outside", "g text first:throw_bad_alloc"};
  job.transforms = "[{plugin: test_transform, name: first}]";
  RunKeeping(job);
  const std::map<std::string, Letter> letters = Kept();
  ASSERT_EQ(letters.size(), 4u);
  for (const auto& [uri, letter] : letters) {
    const Outcome outcome = ReplayedOutcome(letter);
    EXPECT_EQ(outcome.kind, Outcome::Kind::kFailed) << uri;
    EXPECT_EQ(outcome.stage, letter.record.failure().stage()) << uri;
    EXPECT_EQ(outcome.reason, letter.record.failure().kind()) << uri;
    EXPECT_EQ(outcome.message, letter.record.failure().message()) << uri;
  }
}

TEST_F(Letters, ConditionsAreThoseOfTheJob) {
  Job job;
  job.items = {"a text decoder:set_desk=harbour first:throw second:limit"};
  job.transforms =
      "[{plugin: test_transform, name: first, when: {metadata: {desk: [market]}}}, {plugin: test_transform, name: second, when: "
      "{metadata: {desk: [harbour]}}}]";
  RunKeeping(job);
  const std::map<std::string, Letter> letters = Kept();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(ReplayedOutcome(letters.at("a")).stage, "second");
}

TEST_F(Letters, ThatCannotBeWrittenStopTheJob) {
  Job job;
  job.items = {"a sound", "b decoder:throw", "c sound"};
  RunOptions options;
  options.on_progress = [&](const JobReport&) { fs::remove_all(folder_ / "failed"); };
  const JobResult result = RunKeeping(job, options);
  EXPECT_EQ(result.end, JobEnd::kStopped);
  EXPECT_EQ(result.status.kind(), StatusKind::kIo);
  EXPECT_EQ(result.status.message().rfind("dead letters: ", 0), 0u) << result.status.message();
  EXPECT_EQ(result.report.failed, 0u) << "what was not kept is not counted";
}

TEST_F(Letters, WithoutAFolderForThemNothingIsRun) {
  WriteBytes(folder_ / "failed", "a file");
  Job job;
  job.items = {"a sound"};
  const JobResult result = RunKeeping(job);
  EXPECT_EQ(result.end, JobEnd::kRefused);
  EXPECT_TRUE(Noted("next").empty());
}

TEST_F(Letters, TextThatIsNoUtf8IsRepairedInTheRecord) {
  // The items of a manifest are UTF-8, so the document is made by hand.
  v1::Document document;
  document.set_id("0123456789abcdef0123456789abcdef");
  document.mutable_source()->set_uri("caf\xe9");
  const JobPlan plan = Plan(Job{.items = {"a x"}});
  const Result<std::unique_ptr<DeadLetters>> letters = DeadLetters::Open(plan, folder_ / "failed");
  ASSERT_TRUE(letters.ok());
  ASSERT_TRUE((*letters)->Keep(document, {Outcome::Kind::kFailed, "internal", "stage", "bad \xff byte"}, {"payload", true}).ok());
  const std::map<std::string, Letter> kept = Kept();
  ASSERT_EQ(kept.count("caf\xef\xbf\xbd"), 1u);
  EXPECT_EQ(kept.at("caf\xef\xbf\xbd").record.failure().message(), "bad \xef\xbf\xbd byte");
  EXPECT_EQ(kept.at("caf\xef\xbf\xbd").payload, "payload");
}

TEST_F(Letters, AboveTheLimitHaveNoPayload) {
  v1::Document document;
  document.set_id("0123456789abcdef0123456789abcdef");
  document.mutable_source()->set_uri("whale");
  document.mutable_source()->set_sha256(std::string(64, '0'));
  const JobPlan plan = Plan(Job{.items = {"a x"}});
  const Result<std::unique_ptr<DeadLetters>> letters = DeadLetters::Open(plan, folder_ / "failed");
  ASSERT_TRUE(letters.ok());
  ASSERT_TRUE((*letters)
                  ->Keep(document, {Outcome::Kind::kFailed, "limit", "stage", "large"},
                         {std::string(kMaxLetterPayloadBytes + 1, 'x'), true})
                  .ok());
  const std::map<std::string, Letter> kept = Kept();
  ASSERT_EQ(kept.count("whale"), 1u);
  EXPECT_EQ(kept.at("whale").record.payload(), v1::DeadLetter::TOO_LARGE);
  EXPECT_FALSE(fs::exists(folder_ / "failed/0123456789abcdef0123456789abcdef/payload"));
}

TEST_F(Letters, TheLastOfOneUriIsKept) {
  Job job;
  job.items = {"a decoder:throw", "a text first:limit"};
  job.transforms = "[{plugin: test_transform, name: first}]";
  EXPECT_EQ(RunKeeping(job).report.failed, 2u);
  const std::map<std::string, Letter> letters = Kept();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters.at("a").payload, "text first:limit");
}

// --- plans of letters ------------------------------------------------------------------------------------

class PlansOfLetters : public Letters {
 protected:
  v1::DeadLetter Record() {
    Job job;
    job.items = {"a text first:throw"};
    job.transforms = "[{plugin: test_transform, name: first}]";
    RunKeeping(job);
    return Kept().at("a").record;
  }
  std::string FirstMistake(const v1::DeadLetter& record, const std::vector<std::string>& sets = {}) {
    const ReplayPlan planned = PlanReplay(record, "letter", catalog_, {sets, false});
    EXPECT_FALSE(planned.result.plan.has_value());
    return planned.result.mistakes.empty() ? "" : planned.result.mistakes[0].ToString();
  }
  std::vector<std::string> Differences(const v1::DeadLetter& record) {
    const ReplayPlan planned = PlanReplay(record, "letter", catalog_, {});
    EXPECT_TRUE(planned.result.plan.has_value());
    return planned.differences;
  }
};

TEST_F(PlansOfLetters, AnotherVersionOrBuildIsTold) {
  v1::DeadLetter record = Record();
  record.set_garner_version("0.0.1");
  record.mutable_plan()->mutable_stages(1)->set_sha256(std::string(64, '0'));
  record.mutable_plan()->mutable_stages(2)->set_version("1.0.0");
  const std::vector<std::string> differences = Differences(record);
  ASSERT_EQ(differences.size(), 3u);
  EXPECT_EQ(differences[0].rfind("garner was 0.0.1, is ", 0), 0u);
  EXPECT_EQ(differences[1], "test_decoder is another build of test_decoder 1.2.3");
  EXPECT_EQ(differences[2], "first was test_transform 1.0.0, is 1.2.3");
}

TEST_F(PlansOfLetters, OtherDefaultsAreTold) {
  v1::DeadLetter record = Record();
  record.mutable_plan()->mutable_stages(2)->set_options_hash("0123456789abcdef");
  EXPECT_EQ(Differences(record), std::vector<std::string>{"first: options that are left to their defaults have other ones now"});
}

TEST_F(PlansOfLetters, DecodersThatCameAndWentAreTold) {
  v1::DeadLetter record = Record();
  record.mutable_plan()->mutable_stages(1)->set_plugin("gone");
  record.mutable_plan()->mutable_stages(1)->set_label("gone");
  EXPECT_EQ(Differences(record), (std::vector<std::string>{"the decoder gone is not there any more",
                                                           "the decoder test_decoder was not there; it takes part now"}));
}

TEST_F(PlansOfLetters, ATransformThatIsGoneIsAMistake) {
  v1::DeadLetter record = Record();
  record.mutable_plan()->mutable_stages(2)->set_plugin("test_transfrom");
  EXPECT_EQ(FirstMistake(record), "letter: transform first: there is no plugin 'test_transfrom'; did you mean 'test_transform'?");
}

TEST_F(PlansOfLetters, StagesOfAnotherKindAreAMistake) {
  v1::DeadLetter record = Record();
  record.mutable_plan()->mutable_stages(2)->set_plugin("test_sink");
  EXPECT_EQ(FirstMistake(record), "letter: transform first: test_sink is a sink now; a transform is wanted");
  record = Record();
  record.mutable_plan()->mutable_stages(2)->set_role("shell");
  EXPECT_NE(FirstMistake(record).find("the role 'shell' is not known"), std::string::npos);
}

TEST_F(PlansOfLetters, OptionsAreCheckedLikeThoseOfAManifest) {
  v1::DeadLetter record = Record();
  (*record.mutable_plan()->mutable_stages(2)->mutable_options()->mutable_fields())["nmuber"].set_number_value(1);
  EXPECT_NE(FirstMistake(record).find("transform first: the options cannot be taken over"), std::string::npos);
  record = Record();
  EXPECT_EQ(FirstMistake(record, {"first.nmuber=4"}), "--set: first.nmuber: unknown option 'nmuber'; did you mean 'number'?");
  EXPECT_NE(FirstMistake(record, {"test_source.items=x"}).find("the job has no stage 'test_source'"), std::string::npos);
}

// They stand in log lines as they are.
TEST_F(PlansOfLetters, LabelsAreThoseThatAManifestTakes) {
  v1::DeadLetter record = Record();
  record.mutable_plan()->mutable_stages(2)->set_label("fi\x1b[2Jrst");
  EXPECT_EQ(FirstMistake(record), "letter: transform: 'label': letters, digits, '_' or '-' are wanted, found 'fi\\x1b[2Jrst'");
}

TEST_F(PlansOfLetters, TwoStagesOfOneNameAreAMistake) {
  v1::DeadLetter record = Record();
  *record.mutable_plan()->add_stages() = record.plan().stages(2);
  EXPECT_NE(FirstMistake(record).find("two stages have this name"), std::string::npos);
}

}  // namespace
}  // namespace garner::testing
