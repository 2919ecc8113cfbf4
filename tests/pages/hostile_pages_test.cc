// Pages of our own, mutated, and small monsters: each comes out of decoder and boilerplate_stripper sound, or fails in words.
// page_bench does the same with many pages, and with monsters of full size.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/job/job_log.h"
#include "garner/init.h"
#include "garner/input_file.h"
#include "tests/pages/monsters.h"
#include "tests/pages/mutations.h"
#include "tests/pages/page_map.h"
#include "tests/pages/page_pipeline.h"

namespace garner::pages {
namespace {

const PagePipeline& Pipeline() {
  static const auto* const kPipeline = [] {
    InitializeLibraries();
    InitLog(LogLevel::kError, false);  // warnings of limits are what these pages are made for
    Result<std::unique_ptr<PagePipeline>> opened = PagePipeline::Open();
    if (!opened.ok()) ADD_FAILURE() << opened.status().message();
    return opened.ok() ? new std::unique_ptr<PagePipeline>(*std::move(opened)) : nullptr;
  }();
  return **kPipeline;
}

struct OwnPage {
  std::string name;
  std::string bytes;
};

std::vector<OwnPage> OwnPages() {
  std::vector<OwnPage> pages;
  for (const auto& entry : std::filesystem::directory_iterator(GARNER_PAGES_DIR)) {
    Result<InputContent> content = ReadInputFile(entry.path().string(), {});
    EXPECT_TRUE(content.ok()) << entry.path();
    if (content.ok()) pages.push_back({entry.path().filename().string(), std::move(content->bytes)});
  }
  std::sort(pages.begin(), pages.end(), [](const OwnPage& a, const OwnPage& b) { return a.name < b.name; });
  return pages;
}

TEST(OwnPages, AreTracedToTheirBytes) {
  std::set<Share> met;
  for (const OwnPage& page : OwnPages()) {
    const CleanedPage cleaned = Pipeline().Clean(page.bytes, page.name);
    ASSERT_EQ(cleaned.done.outcome.kind, Outcome::Kind::kWritten) << page.name;
    EXPECT_EQ(FindFlaw(cleaned, page.bytes), "") << page.name;
    MapReport report;
    CheckPageMap(*cleaned.done.document, page.bytes, report);
    for (size_t i = 0; i < kShares; ++i)
      if (report.characters[i] > 0) met.insert(static_cast<Share>(i));
  }
  for (size_t i = 0; i < kShares; ++i)
    EXPECT_EQ(met.count(static_cast<Share>(i)), 1u) << ShareName(static_cast<Share>(i)) << ": no page shows it";
}

TEST(Mutations, AreTheSameForTheSameSeed) {
  const std::string page = "<!doctype html><title>Lock</title><p>Opens at seven &amp; closes late.</p>";
  for (const Mutation& mutation : Mutations()) {
    std::set<std::string> made;
    for (uint64_t seed = 0; seed < 10; ++seed) {
      Random first(seed), second(seed);
      const std::string once = mutation.make(page, first);
      EXPECT_EQ(once, mutation.make(page, second)) << mutation.name;
      if (once != page) made.insert(once);
    }
    EXPECT_GT(made.size(), 3u) << mutation.name << ": other seeds make other pages";
  }
}

TEST(Mutations, TakeAnythingForAPage) {
  for (const Mutation& mutation : Mutations())
    for (uint64_t seed = 0; seed < 50; ++seed)
      for (const char* page : {"", "<", "charset=", "<!", "a"}) {
        Random random(seed);
        mutation.make(page, random);
      }
}

TEST(MutatedPages, ComeOutSoundOrFailInWords) {
  constexpr uint64_t kSeeds = 25;
  for (const OwnPage& page : OwnPages())
    for (size_t kind = 0; kind < Mutations().size(); ++kind)
      for (uint64_t seed = 0; seed < kSeeds; ++seed) {
        Random random(seed * Mutations().size() + kind);
        const std::string mutated = Mutations()[kind].make(page.bytes, random);
        ASSERT_EQ(FindFlaw(Pipeline().Clean(mutated, page.name), mutated), "")
            << page.name << ", " << Mutations()[kind].name << ", " << seed;
      }
}

TEST(SmallMonsters, ComeOutSoundOrFailInWords) {
  constexpr size_t kSmaller = 50;
  for (const Monster& monster : Monsters()) {
    const std::string page = monster.make(kSmaller);
    EXPECT_EQ(FindFlaw(Pipeline().Clean(page, "monster.html"), page), "") << monster.name;
  }
}

// What is monstrous must not cost the page the text before it.
TEST(SmallMonsters, LeaveTheTextBeforeThem) {
  constexpr size_t kSmaller = 50;
  for (const Monster& monster : Monsters()) {
    const std::string page = monster.make(kSmaller);
    if (page.find(TextBeforeMonster()) == std::string::npos) continue;  // made of bytes of another charset
    const CleanedPage cleaned = Pipeline().Clean(page, "monster.html");
    EXPECT_NE(cleaned.done.document->text().find(TextBeforeMonster()), std::string::npos) << monster.name;
  }
}

}  // namespace
}  // namespace garner::pages
