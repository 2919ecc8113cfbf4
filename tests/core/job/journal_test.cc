// The journal on its own: what a process finds that comes after one that was killed.
#include "core/job/journal.h"

#include <gtest/gtest.h>

#include "tests/support/temp_folder.h"

namespace garner::testing {
namespace {

v1::PayloadInfo Named(const std::string& uri) {
  v1::PayloadInfo info;
  info.set_uri(uri);
  info.set_bytes(uri.size());
  info.set_sha256("of " + uri);
  return info;
}

class JournalTest : public ::testing::Test {
 protected:
  std::unique_ptr<Journal> Open(bool fresh = false) {
    Result<std::unique_ptr<Journal>> journal = Journal::Open(folder_.path(), fresh);
    EXPECT_TRUE(journal.ok()) << journal.status().message();
    return journal.ok() ? *std::move(journal) : nullptr;
  }
  static std::optional<JournalState> Load(Journal& journal) {
    Result<std::optional<JournalState>> state = journal.Load();
    EXPECT_TRUE(state.ok()) << state.status().message();
    return state.ok() ? *state : std::nullopt;
  }
  static void Add(Journal& journal, uint64_t item, uint32_t part, const std::string& uri, const Outcome& outcome = {}) {
    const Status status = journal.Add(item, part, Named(uri), outcome);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  static void Commit(Journal& journal, uint64_t items, const std::string& position) {
    Checkpoint checkpoint;
    checkpoint.items = items;
    checkpoint.positions = {{"sink", position}};
    checkpoint.counts.mutable_documents()->set_read(items);
    const Status status = journal.Commit(checkpoint);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  static std::vector<std::string> Uris(Journal& journal) {
    std::vector<std::string> uris;
    const auto note = [&](const JournalEntry& entry) {
      uris.push_back(entry.source.uri());
      return OkStatus();
    };
    EXPECT_TRUE(journal.ForEachEntry(note).ok());
    return uris;
  }

  TempFolder folder_;
};

using Names = std::vector<std::string>;

TEST_F(JournalTest, IsEmptyAtFirst) { EXPECT_FALSE(Load(*Open())); }

TEST_F(JournalTest, HoldsWhatWasCommittedAndNothingElse) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("plan").ok());
  Add(*journal, 0, 0, "a");
  Add(*journal, 1, 0, "b", {Outcome::Kind::kDropped, "rule", "stage", "words"});
  ASSERT_TRUE(journal->AddRecord("memory", std::string("one\0two", 7)).ok());
  Commit(*journal, 2, std::string("\0here", 5));
  Add(*journal, 2, 0, "c");
  ASSERT_TRUE(journal->AddRecord("memory", "three").ok());
  journal.reset();  // as if killed

  journal = Open();
  const std::optional<JournalState> state = Load(*journal);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->plan, "plan");
  EXPECT_EQ(state->checkpoint.phase, JobPhase::kRunning);
  EXPECT_EQ(state->checkpoint.items, 2u);
  EXPECT_EQ(state->checkpoint.counts.documents().read(), 2u);
  ASSERT_TRUE(state->checkpoint.positions);
  EXPECT_EQ(state->checkpoint.positions->at("sink"), std::string("\0here", 5));
  EXPECT_EQ(Uris(*journal), (Names{"a", "b"}));
  Names records;
  const auto keep = [&](std::string_view record) {
    records.emplace_back(record);
    return OkStatus();
  };
  EXPECT_TRUE(journal->ForEachRecord("memory", keep).ok());
  EXPECT_EQ(records, Names{std::string("one\0two", 7)});
}

TEST_F(JournalTest, KeepsOutcomesInWords) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("plan").ok());
  const Outcome outcomes[] = {{}, {Outcome::Kind::kDropped, "r", "s", "m"}, {Outcome::Kind::kFailed, "limit", "html", "too deep"}, {Outcome::Kind::kUnchanged, "", "", ""}};
  uint64_t item = 0;
  for (const Outcome& outcome : outcomes) Add(*journal, item++, 0, "x", outcome);
  Commit(*journal, item, "");
  item = 0;
  const auto compare = [&](const JournalEntry& entry) {
    EXPECT_EQ(entry.item, item);
    EXPECT_EQ(entry.outcome.kind, outcomes[item].kind);
    EXPECT_EQ(entry.outcome.reason, outcomes[item].reason);
    EXPECT_EQ(entry.outcome.stage, outcomes[item].stage);
    EXPECT_EQ(entry.outcome.message, outcomes[item].message);
    EXPECT_EQ(entry.source.sha256(), "of x");
    ++item;
    return OkStatus();
  };
  EXPECT_TRUE(journal->ForEachEntry(compare).ok());
  EXPECT_EQ(item, 4u);
}

TEST_F(JournalTest, AnItemHasFailedWhereOneOfItsDocumentsHas) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("plan").ok());
  Add(*journal, 0, 0, "sound");
  Add(*journal, 1, 0, "mail");
  Add(*journal, 1, 1, "mail/a");
  Add(*journal, 1, 2, "mail/b", {Outcome::Kind::kFailed, "limit", "html", "too deep"});
  Add(*journal, 2, 0, "last", {Outcome::Kind::kDropped, "r", "s", ""});
  Commit(*journal, 3, "");
  Names items;
  const auto note = [&](const JournalEntry& item) {
    items.push_back(item.source.uri() + " " + item.outcome.reason + " " + item.outcome.message);
    return OkStatus();
  };
  EXPECT_TRUE(journal->ForEachItem(note).ok());
  EXPECT_EQ(items, (Names{"sound  ", "mail limit mail/b: too deep", "last r "}));
}

TEST_F(JournalTest, AVisitorEndsTheWalk) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("plan").ok());
  for (uint64_t i = 0; i < 3; ++i) Add(*journal, i, 0, "x");
  Commit(*journal, 3, "");
  int visits = 0;
  const auto refuse = [&](const JournalEntry&) { return ++visits == 2 ? Status(StatusKind::kLimit, "enough") : OkStatus(); };
  EXPECT_EQ(journal->ForEachEntry(refuse).message(), "enough");
  EXPECT_EQ(visits, 2);
}

TEST_F(JournalTest, ASinkThatCannotBeCutBackIsRemembered) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("plan").ok());
  ASSERT_TRUE(journal->Commit({JobPhase::kRunning, 1, std::nullopt, {}}).ok());
  EXPECT_FALSE(Load(*journal)->checkpoint.positions);
}

TEST_F(JournalTest, BeginForgetsEverything) {
  auto journal = Open();
  ASSERT_TRUE(journal->Begin("one").ok());
  Add(*journal, 0, 0, "a");
  Commit(*journal, 1, "here");
  ASSERT_TRUE(journal->SetPhase(JobPhase::kFinished).ok());
  EXPECT_EQ(Load(*journal)->checkpoint.phase, JobPhase::kFinished);
  Add(*journal, 1, 0, "never committed");
  ASSERT_TRUE(journal->Begin("two").ok());
  EXPECT_EQ(Load(*journal)->plan, "two");
  EXPECT_EQ(Load(*journal)->checkpoint.items, 0u);
  EXPECT_EQ(Load(*journal)->checkpoint.phase, JobPhase::kRunning);
  EXPECT_EQ(Uris(*journal), Names{});
}

TEST_F(JournalTest, AFileThatIsNoneIsRefusedUnlessFresh) {
  ASSERT_TRUE(Open()->Begin("plan").ok());
  WriteBytes(folder_ / ".garner/journal.sqlite", std::string(5000, 'x'));
  const Result<std::unique_ptr<Journal>> refused = Journal::Open(folder_.path());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.status().kind(), StatusKind::kIo);
  EXPECT_NE(refused.status().message().find("journal.sqlite"), std::string::npos) << refused.status().message();
  EXPECT_NE(refused.status().message().find("--fresh"), std::string::npos) << refused.status().message();
  EXPECT_FALSE(Load(*Open(/*fresh=*/true)));
}

TEST_F(JournalTest, AnotherLayoutStartsOver) {
  ASSERT_TRUE(Open()->Begin("plan").ok());
  Result<Database> database = Database::Open(folder_ / ".garner/journal.sqlite");
  ASSERT_TRUE(database.ok());
  ASSERT_TRUE(database->Execute("PRAGMA user_version=999; DROP TABLE outcomes").ok());
  const auto journal = Open();
  EXPECT_FALSE(Load(*journal));
  EXPECT_TRUE(journal->Begin("plan").ok());
}

}  // namespace
}  // namespace garner::testing
