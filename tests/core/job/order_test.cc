// Order, whatever the number of workers, and what may be in flight. Delays are events: a document waits for another one.
#include <algorithm>
#include <thread>

#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

using Order = JobTest;

Uris Numbered(int count) {
  Uris uris;
  for (int i = 0; i < count; ++i) uris.push_back("n" + std::to_string(i));
  return uris;
}

Uris Acknowledged(const Uris& uris) {
  Uris all;
  for (const std::string& uri : uris) all.push_back(uri + " written");
  return all;
}

// With two workers the first document of each pair ends after the second; with four, the first of four ends last.
TEST_F(Order, OfTheSinkIsThatOfTheInput) {
  for (const uint32_t workers : {1U, 2U, 4U}) {
    SCOPED_TRACE(workers);
    Board::Get().Reset();
    Job job;
    job.workers = workers;
    job.transforms = "[test_transform]";
    const int count = 48;
    for (int i = 0; i < count; ++i) {
      const int group = i / static_cast<int>(workers);
      const int place = i % static_cast<int>(workers);
      std::string orders;
      if (workers > 1 && place == 0) orders = " test_transform:await_g" + std::to_string(group);
      if (workers > 1 && place == 1) orders = " decoder:raise_g" + std::to_string(group);
      job.items.push_back("n" + std::to_string(i) + " words" + orders);
    }
    const JobResult result = Run(job);
    EXPECT_EQ(result.end, JobEnd::kFinished);
    EXPECT_EQ(Noted("next"), Numbered(count));
    EXPECT_EQ(Written(), Numbered(count));
    EXPECT_EQ(Noted("acknowledge"), Acknowledged(Numbered(count)));
    EXPECT_EQ(Board::Get().notes().back(), "acknowledge n47 written") << "after the sinks have published";
  }
}

// Four documents that all wait for the last of them: only four threads get through.
TEST_F(Order, AsManyWorkersRunAsWereAskedFor) {
  Job job;
  job.workers = 4;
  job.items = {"n0 decoder:await_all", "n1 decoder:await_all", "n2 decoder:await_all", "n3 decoder:raise_all"};
  EXPECT_EQ(Run(job).report.written, 4u);
  EXPECT_EQ(Written(), Numbered(4));
}

TEST_F(Order, TheSameBytesWithAnyNumberOfWorkers) {
  std::vector<std::string> first;
  for (const uint32_t workers : {1U, 2U, 4U}) {
    Board::Get().Reset();
    Job job;
    job.workers = workers;
    job.transforms = "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second}]";
    for (int i = 0; i < 60; ++i) {
      const char* orders[] = {"first:erase_first", "first:mark second:drop", "decoder:throw", "first:warn", "second:half_bad"};
      job.items.push_back("n" + std::to_string(i) + " some words " + orders[i % 5]);
    }
    const JobResult result = Run(job);
    EXPECT_EQ(result.report.written, 24u);
    EXPECT_EQ(result.report.stages.at("first").warnings, 12u);
    EXPECT_EQ(result.report.stages.at("first").metrics.at("seen"), 48.0);
    if (first.empty()) first = Board::Get().kept();
    EXPECT_EQ(Board::Get().kept(), first);
  }
}

// "next" and "write" notes show how many payloads were on their way at once.
int MostInFlight() {
  int in_flight = 0;
  int most = 0;
  for (const std::string& note : Board::Get().notes()) {
    if (note.rfind("next ", 0) == 0) most = std::max(most, ++in_flight);
    if (note.rfind("write ", 0) == 0) --in_flight;
  }
  return most;
}

TEST_F(Order, BytesInFlightAreBounded) {
  for (const uint32_t workers : {1U, 2U, 4U}) {
    SCOPED_TRACE(workers);
    Board::Get().Reset();
    Job job;
    job.workers = workers;
    job.source = "padding: 1000";
    for (const std::string& uri : Numbered(40)) job.items.push_back(uri + " words ");
    RunOptions options;
    options.max_bytes_in_flight = 3000;
    const JobResult result = Run(job, options);
    EXPECT_EQ(result.report.written, 40u);
    EXPECT_EQ(Written(), Numbered(40));
    EXPECT_LE(MostInFlight(), 3);
  }
}

TEST_F(Order, APayloadAboveTheBoundTravelsAlone) {
  for (const uint64_t bound : {uint64_t{0}, uint64_t{1}}) {
    Board::Get().Reset();
    Job job;
    job.workers = 2;
    for (const std::string& uri : Numbered(10)) job.items.push_back(uri + " words");
    RunOptions options;
    options.max_bytes_in_flight = bound;
    EXPECT_EQ(Run(job, options).report.written, 10u);
    EXPECT_EQ(MostInFlight(), 1);
  }
}

TEST_F(Order, AnEmptyInputIsAFinishedJob) {
  const JobResult result = Run(Job());
  EXPECT_EQ(result.end, JobEnd::kFinished);
  EXPECT_EQ(Noted("finish"), (Uris{"test_sink"}));
}

}  // namespace
}  // namespace garner::testing
