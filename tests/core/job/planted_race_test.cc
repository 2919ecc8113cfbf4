// ThreadSanitizer sees through the annotated hand-offs (core/job/hand_off.h): a race that is planted is found. Built for it only.
#include <cstdlib>

#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

constexpr int kExitOfThreadSanitizer = 66;

class PlantedRace : public JobTest {
 protected:
  PlantedRace() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }  // the engine has its threads

  // The exit status is ThreadSanitizer's where it has found something.
  void RunAndExit(const Uris& items) {
    Job job;
    job.workers = 2;
    job.items = items;
    job.transforms = "[test_transform]";
    std::exit(Run(job).report.written == items.size() ? 0 : 1);
  }
};

TEST_F(PlantedRace, BetweenTwoWorkersIsFound) {
  EXPECT_EXIT(RunAndExit({"a test_transform:write_plainly", "b test_transform:write_plainly"}), ::testing::ExitedWithCode(kExitOfThreadSanitizer),
              "ThreadSanitizer: data race.*WritePlainly");
}

// The source goes on writing after it has handed out what a worker reads.
TEST_F(PlantedRace, BetweenHeadAndWorkerIsFound) {
  EXPECT_EXIT(RunAndExit({"a test_transform:read_plainly", "b source:write_plainly"}), ::testing::ExitedWithCode(kExitOfThreadSanitizer),
              "ThreadSanitizer: data race.*WritePlainly");
}

TEST_F(PlantedRace, NoneIsFoundWhereThereIsNone) {
  EXPECT_EXIT(RunAndExit({"a some words", "b test_transform:mark", "c test_transform:raise_x", "d source:await_x"}), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace garner::testing
