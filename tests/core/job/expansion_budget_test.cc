#include "core/job/expansion_budget.h"

#include <gtest/gtest.h>

#include <string>

namespace garner {
namespace {

constexpr uint64_t kFree = ExpansionBudget::kFreeBytes;

// Reads until the end or a failure; how it ended.
Status Drain(ByteStream& stream) {
  char buffer[1000];
  while (true) {
    const Result<size_t> count = stream.Read(buffer, sizeof buffer);
    if (!count.ok() || *count == 0) return count.status();
  }
}

TEST(ExpansionBudget, BoundsWhatComesOutByWhatWentIn) {
  ExpansionBudget budget(200);
  const std::string item(5000, 'x');
  const std::unique_ptr<ByteStream> given = budget.Given(std::make_unique<MemoryStream>(item));
  ASSERT_TRUE(Drain(*given).ok());
  budget.AddMade(kFree - 3000);
  const std::string inside(2000, 'y');
  EXPECT_TRUE(Drain(*budget.Made(std::make_unique<MemoryStream>(inside))).ok());
  const Status status = Drain(*budget.Made(std::make_unique<MemoryStream>(inside)));
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  EXPECT_EQ(status.message(), "what the source gave expands, with all the containers in it, to more than 200 times its size; raise limits.container_ratio to read it");
  budget.Reset();
  EXPECT_TRUE(budget.status().ok()) << "the next item has a budget of its own";
}

TEST(ExpansionBudget, CountsOnceWhatIsReadAgain) {
  ExpansionBudget budget(1000);
  const std::string item(100'000, 'x');
  const std::unique_ptr<ByteStream> given = budget.Given(std::make_unique<MemoryStream>(item));
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(given->Seek(0).ok());
    ASSERT_TRUE(Drain(*given).ok());
  }
  budget.AddMade(kFree);
  EXPECT_TRUE(budget.status().ok());
  budget.AddMade(1000 * 100'001);
  EXPECT_FALSE(budget.status().ok());
}

TEST(ExpansionBudget, ZeroIsNoLimit) {
  ExpansionBudget budget(0);
  budget.AddMade(UINT64_MAX);
  EXPECT_TRUE(budget.status().ok());
}

}  // namespace
}  // namespace garner
