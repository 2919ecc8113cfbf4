// When a line of progress comes, by a clock that the test winds, and what it says.
#include "core/job/progress.h"

#include <gtest/gtest.h>

namespace garner {
namespace {

using namespace std::chrono_literals;

JobReport Counts(uint64_t read, std::optional<uint64_t> total = std::nullopt) {
  JobReport report;
  report.read = report.items = read;
  report.total = total;
  report.bytes = read * 10000;
  return report;
}

struct Wound {
  SteadyTime now;
  std::vector<std::string> lines;

  Progress Make(const Pace& pace) {
    return Progress(pace, [this](const std::string& line) { lines.push_back(line); }, [this] { return now; });
  }
};

TEST(Progress, IsDrawnAtOnceAndAtMostOnceInTheInterval) {
  Wound wound;
  Progress progress = wound.Make({.every = 200ms});
  for (int step = 0; step < 100; ++step) {  // 1 s in hundredths
    progress.Update(Counts(1));
    wound.now += 10ms;
  }
  EXPECT_EQ(wound.lines.size(), 5u);
}

TEST(Progress, OfALogWaitsForItsFirstTime) {
  Wound wound;
  Progress progress = wound.Make({.every = 10s, .first = 10s});
  progress.Update(Counts(1));
  wound.now += 9999ms;
  progress.Update(Counts(2));
  EXPECT_TRUE(wound.lines.empty());
  wound.now += 1ms;
  progress.Update(Counts(3));
  progress.Update(Counts(4));
  ASSERT_EQ(wound.lines.size(), 1u);
  EXPECT_EQ(wound.lines[0].rfind("3 documents", 0), 0u) << wound.lines[0];
}

// A document that took a minute: one line, not one for each interval that went by.
TEST(Progress, DoesNotCatchUp) {
  Wound wound;
  Progress progress = wound.Make({.every = 10s, .first = 10s});
  wound.now += 60s;
  progress.Update(Counts(1));
  wound.now += 9s;
  progress.Update(Counts(2));
  EXPECT_EQ(wound.lines.size(), 1u);
}

TEST(Progress, SaysHowManyHowFastAndHowLong) {
  JobReport report = Counts(1200, 5000);
  report.failed = 3;
  report.dropped = 2;
  EXPECT_EQ(ProgressText(report, 3s), "1200 of 5000 documents, 12.0 MB, 400/s, 3 failed, 2 dropped, 0:10 left");
}

// Only items are known beforehand.
TEST(Progress, CountsWhatIsInsideItemsApart) {
  JobReport report = Counts(1200, 5000);
  report.read += 300;
  report.children = 300;
  EXPECT_EQ(ProgressText(report, 3s), "1200 of 5000 documents, 300 inside them, 12.0 MB, 400/s, 0 failed, 0 dropped, 0:10 left");
}

// How much is in a container, nobody knows beforehand.
TEST(Progress, CountsContainersAsItems) {
  JobReport report = Counts(1200, 10);
  report.items = 4;
  report.unpacked = 1198;
  EXPECT_EQ(ProgressText(report, 4s), "1200 documents from 4 of 10 items, 12.0 MB, 300/s, 0 failed, 0 dropped, 0:06 left");
}

TEST(Progress, KnowsNoRestWithoutATotal) {
  EXPECT_EQ(ProgressText(Counts(1200), 3s), "1200 documents, 12.0 MB, 400/s, 0 failed, 0 dropped");
}

TEST(Progress, CountsHoursAndSlowJobs) {
  EXPECT_EQ(ProgressText(Counts(10, 4000), 10s), "10 of 4000 documents, 0.1 MB, 1.0/s, 0 failed, 0 dropped, 1:06:30 left");
}

// A source that was wrong about its total, and a job that has just begun.
TEST(Progress, NeverSaysNonsense) {
  EXPECT_EQ(ProgressText(Counts(11, 10), 1s), "11 of 10 documents, 0.1 MB, 11/s, 0 failed, 0 dropped");
  EXPECT_EQ(ProgressText(Counts(10, 10), 1s), "10 of 10 documents, 0.1 MB, 10/s, 0 failed, 0 dropped");
  EXPECT_EQ(ProgressText(Counts(0, 10), 0s), "0 of 10 documents, 0.0 MB, 0.0/s, 0 failed, 0 dropped");
}

}  // namespace
}  // namespace garner
