// A job that is interrupted at every moment and gone on with: in the process, where each step can be seen. tests/jobs has it killed from outside.
#include <algorithm>
#include <stdexcept>

#include "core/job/journal.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

constexpr int kItems = 12;

class Resume : public JobTest {
 protected:
  static Job TwelveItems() {
    Job job;
    job.sinks = "[{plugin: test_sink, options: {path: words.txt}}]";
    job.transforms = "[test_transform]";
    for (int i = 0; i < kItems; ++i) {
      std::string content = " words of number " + std::to_string(i);
      if (i == 3) content += " test_transform:limit";  // fails
      if (i == 5) content = "";                         // dropped: no bytes
      job.items.push_back("n" + std::to_string(i) + content);
    }
    return job;
  }

  static RunOptions WithJournal(uint64_t commit_after = 4) {
    RunOptions options;
    options.journal = true;
    options.commit.items = commit_after;
    return options;
  }

  // Ends after `documents` of this run are accounted for.
  JobResult RunUntil(const Job& job, uint64_t documents, RunOptions options, bool by_exception = false) {
    std::atomic<bool> stop{documents == 0};
    options.stop = &stop;
    options.on_progress = [&](const JobReport& report) {
      if (report.read - report.resumed < documents) return;
      if (by_exception) throw std::runtime_error("on purpose");
      stop.store(true);
    };
    return Run(job, options);
  }

  std::string Output() const { return ReadBytes(folder_ / "words.txt"); }
  JournalState State() {
    Result<std::unique_ptr<Journal>> journal = Journal::Open(folder_.path());
    return (*(*journal)->Load()).value_or(JournalState());
  }
};

Uris AllAcknowledged() {
  Uris all;
  for (int i = 0; i < kItems; ++i) all.push_back("n" + std::to_string(i) + (i == 3 ? " failed" : i == 5 ? " dropped" : " written"));
  return all;
}

TEST_F(Resume, GoesOnFromWhereItWasInterrupted) {
  const Job job = TwelveItems();
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  const std::string whole = Output();
  for (uint64_t after = 1; after < kItems; ++after) {
    SCOPED_TRACE(after);
    std::filesystem::remove_all(folder_ / ".garner");
    std::filesystem::remove(folder_ / "words.txt");
    const JobResult interrupted = RunUntil(job, after, WithJournal());
    ASSERT_EQ(interrupted.end, JobEnd::kInterrupted);
    EXPECT_NE(interrupted.status.message().find("documents are safe"), std::string::npos) << interrupted.status.message();
    EXPECT_EQ(Output(), "") << "not under its name yet";
    const uint64_t done = State().checkpoint.items;
    EXPECT_EQ(done, interrupted.report.read) << "what was in flight is committed too";

    Board::Get().Reset();
    const JobResult result = Run(job, WithJournal());
    EXPECT_EQ(result.end, JobEnd::kFinished);
    EXPECT_EQ(result.report.resumed, done);
    EXPECT_EQ(result.report.read, static_cast<uint64_t>(kItems));
    EXPECT_EQ(result.report.written, static_cast<uint64_t>(kItems - 2));
    EXPECT_EQ(result.report.stages.at("test_transform").failed, 1u);
    EXPECT_EQ(result.report.reasons.at("test_transform: limit"), 1u);
    EXPECT_EQ(Noted("next").size(), static_cast<size_t>(kItems)) << "read again, to compare";
    EXPECT_LE(Written().size(), kItems - done) << "but not written again";
    EXPECT_EQ(Noted("acknowledge"), AllAcknowledged());
    EXPECT_EQ(Output(), whole);
    EXPECT_EQ(State().checkpoint.phase, JobPhase::kFinished);
  }
}

// As if killed: nothing is committed on the way out.
TEST_F(Resume, WhatCameAfterTheLastCommitIsDoneAgain) {
  const Job job = TwelveItems();
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  const std::string whole = Output();
  const JobResult stopped = RunUntil(job, 7, WithJournal(), /*by_exception=*/true);
  ASSERT_EQ(stopped.end, JobEnd::kStopped);
  EXPECT_EQ(State().checkpoint.items, 4u);
  EXPECT_NE(stopped.status.message().find("; 4 documents are safe, and the same command goes on after them"), std::string::npos) << stopped.status.message();
  const JobResult result = Run(job, WithJournal());
  EXPECT_EQ(result.report.resumed, 4u);
  EXPECT_EQ(result.report.written, static_cast<uint64_t>(kItems - 2));
  EXPECT_EQ(Output(), whole);
}

TEST_F(Resume, OftenIsAsGoodAsOnce) {
  const Job job = TwelveItems();
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  const std::string whole = Output();
  int runs = 0;
  while (RunUntil(job, 1, WithJournal(1)).end != JobEnd::kFinished) ASSERT_LT(++runs, 3 * kItems);
  EXPECT_GE(runs, 2);
  EXPECT_EQ(Output(), whole);
}

// The results had their names, and the journal had not heard of it.
TEST_F(Resume, PublishingIsFinished) {
  const Job job = TwelveItems();
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  const std::string whole = Output();
  for (const JobPhase phase : {JobPhase::kPublishing, JobPhase::kAcknowledging}) {
    SCOPED_TRACE(static_cast<int>(phase));
    ASSERT_TRUE((*Journal::Open(folder_.path()))->SetPhase(phase).ok());
    Board::Get().Reset();
    const JobResult result = Run(job, WithJournal());
    EXPECT_EQ(result.end, JobEnd::kFinished);
    EXPECT_EQ(result.report.resumed, static_cast<uint64_t>(kItems));
    EXPECT_EQ(Noted("next"), Uris{}) << "nothing is read again";
    EXPECT_EQ(Written(), Uris{});
    EXPECT_EQ(Noted("acknowledge"), AllAcknowledged());
    EXPECT_EQ(Output(), whole);
    EXPECT_EQ(State().checkpoint.phase, JobPhase::kFinished);
  }
}

TEST_F(Resume, AnotherPlanStartsOver) {
  Job job = TwelveItems();
  ASSERT_EQ(RunUntil(job, 6, WithJournal()).end, JobEnd::kInterrupted);
  job.items[1] = "n1 other words";
  Board::Get().Reset();
  const JobResult result = Run(job, WithJournal());
  EXPECT_EQ(result.report.resumed, 0u);
  EXPECT_EQ(Written().size(), static_cast<size_t>(kItems - 2));
}

TEST_F(Resume, WorkersAndLimitsAreNoOtherPlan) {
  Job job = TwelveItems();
  ASSERT_EQ(RunUntil(job, 6, WithJournal()).end, JobEnd::kInterrupted);
  job.workers = 3;
  job.documents = 7;
  EXPECT_GT(Run(job, WithJournal()).report.resumed, 0u);
}

TEST_F(Resume, FreshStartsOver) {
  const Job job = TwelveItems();
  ASSERT_EQ(RunUntil(job, 6, WithJournal()).end, JobEnd::kInterrupted);
  RunOptions options = WithJournal();
  options.fresh = true;
  EXPECT_EQ(Run(job, options).report.resumed, 0u);
}

TEST_F(Resume, ASinkThatCannotGoOnStartsOver) {
  const Job job = TwelveItems();
  ASSERT_EQ(RunUntil(job, 6, WithJournal()).end, JobEnd::kInterrupted);
  std::filesystem::remove(folder_ / "words.txt.part");
  const JobResult result = Run(job, WithJournal());
  EXPECT_EQ(result.end, JobEnd::kFinished);
  EXPECT_EQ(result.report.resumed, 0u);
  EXPECT_EQ(result.report.read, static_cast<uint64_t>(kItems));
}

TEST_F(Resume, ASinkThatIsNotResumableStartsOver) {
  Job job = TwelveItems();
  job.sinks = "[{plugin: test_sink, options: {path: words.txt}}, {plugin: test_sink, name: pathless}]";
  const JobResult interrupted = RunUntil(job, 6, WithJournal());
  ASSERT_EQ(interrupted.end, JobEnd::kInterrupted);
  EXPECT_EQ(interrupted.status.message().find("safe"), std::string::npos) << interrupted.status.message();
  EXPECT_EQ(Run(job, WithJournal()).report.resumed, 0u);
}

TEST_F(Resume, KeptResultsAreUsedAndGiveTheSameBytes) {
  Job job = TwelveItems();
  job.more = "cache: true\n";
  ASSERT_EQ(Run(job, WithJournal()).report.unchanged, 0u);
  const std::string whole = Output();
  Board::Get().Reset();
  const JobResult again = Run(job, WithJournal());
  EXPECT_EQ(again.report.unchanged, static_cast<uint64_t>(kItems - 2));
  EXPECT_EQ(again.report.written, 0u);
  EXPECT_EQ(again.report.failed, 1u) << "tried again";
  EXPECT_EQ(again.report.dropped, 1u);
  EXPECT_EQ(Written().size(), static_cast<size_t>(kItems - 2)) << "the sinks write all of them";
  EXPECT_EQ(Output(), whole);
}

// What an interrupted run used must not be forgotten by the one that goes on and does not use it.
TEST_F(Resume, KeptResultsOutliveAnInterruption) {
  Job job = TwelveItems();
  job.more = "cache: true\n";
  ASSERT_EQ(RunUntil(job, 6, WithJournal()).end, JobEnd::kInterrupted);
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  EXPECT_EQ(Run(job, WithJournal()).report.unchanged, static_cast<uint64_t>(kItems - 2));
}

TEST_F(Resume, ResultsThatNobodyUsedAreForgotten) {
  Job job = TwelveItems();
  job.more = "cache: true\n";
  ASSERT_EQ(Run(job, WithJournal()).end, JobEnd::kFinished);
  Job less = job;
  less.items.resize(2);
  ASSERT_EQ(Run(less, WithJournal()).report.unchanged, 2u);
  EXPECT_EQ(Run(job, WithJournal()).report.unchanged, 2u);
}

}  // namespace
}  // namespace garner::testing
