#include "user_lists.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "one_block.h"
#include "tag.h"

namespace garner::entity_tagger {
namespace {

constexpr uint64_t kEnough = 1 << 20;

class UserListsTest : public ::testing::Test {
 protected:
  void Add(std::string_view content, uint32_t canonical_column = 0, const char* label = "PRODUCT") {
    const Status status = lists_.Add({"my.tsv", label, canonical_column}, content);
    ASSERT_TRUE(status.ok()) << status.message();
  }
  std::string Refused(std::string_view content, uint32_t canonical_column = 0) {
    return lists_.Add({"my.tsv", "PRODUCT", canonical_column}, content).message();
  }
  // "[text as it stands=canonical]" of each name.
  std::string Found(std::string_view text) const {
    Tokens tokens;
    Tokenize(text, {0, text.size()}, tokens);
    std::string all;
    for (const Name& name : lists_.Find(text, tokens)) {
      const uint64_t begin = tokens[name.begin].begin, end = tokens[name.end - 1].end;
      all += "[" + std::string(text.substr(begin, end - begin)) + "=" + std::string(name.canonical) + "]";
    }
    return all;
  }

  UserLists lists_;
};

TEST_F(UserListsTest, SmallLettersStandForBothCapitalsAskForOne) {
  Add("quill\nTellmark\nplumPad\nUNO\nSable Lantern\n");
  EXPECT_EQ(Found("quill Quill QUILL quills"), "[quill=quill][Quill=quill][QUILL=quill]");
  EXPECT_EQ(Found("tellmark Tellmark TELLMARK"), "[Tellmark=Tellmark][TELLMARK=Tellmark]");
  EXPECT_EQ(Found("plumPad plumpad PlumPad PLUMPAD"), "[plumPad=plumPad][PLUMPAD=plumPad]");
  EXPECT_EQ(Found("UNO Uno uno"), "[UNO=UNO]");
  EXPECT_EQ(Found("a Sable Lantern, a sable lantern, a Sable lantern"), "[Sable Lantern=Sable Lantern]");
}

TEST_F(UserListsTest, TheLongestCountsThenTheFirst) {
  Add("Quillon\tone\nQuillon Freight\ttwo\nQuillon\tthree\n", 2);
  EXPECT_EQ(Found("Quillon Freight and Quillon"), "[Quillon Freight=two][Quillon=one]");
  Add("quillon freight\tlate\n", 2);
  EXPECT_EQ(Found("quillon freight, Quillon Freight"), "[quillon freight=late][Quillon Freight=two]");
}

TEST_F(UserListsTest, MarksSpacesAndLettersAreCompared) {
  Add("Brøk & Møller\nC++\nNo-Break\nMarek's\n");
  EXPECT_EQ(Found("Brok & Moller"), "[Brok & Moller=Brøk & Møller]");
  EXPECT_EQ(Found("Brøk&Møller"), "");
  EXPECT_EQ(Found("Brøk\u00A0& Møller"), "[Brøk\u00A0& Møller=Brøk & Møller]");
  EXPECT_EQ(Found("C++ and C"), "[C++=C++]");
  EXPECT_EQ(Found("No\u2011Break"), "[No\u2011Break=No-Break]");
  EXPECT_EQ(Found("Marek\u2019s and Marek"), "[Marek\u2019s=Marek's]");
}

TEST_F(UserListsTest, CommentsBlankLinesAndLineEndsAreNoEntries) {
  Add("\xEF\xBB\xBF# Tellmark\r\n\r\n  Quillon \tx\r\n");
  EXPECT_EQ(Found("Tellmark Quillon"), "[Quillon=Quillon]");
}

TEST_F(UserListsTest, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(Refused("a\tb\nc\n", 2),
            "my.tsv:2: 1 column, and canonical_column is 2; as many columns with tabs between are wanted");
  EXPECT_EQ(Refused("a\tb\n", 4), "my.tsv:1: 2 columns, and canonical_column is 4; as many columns with tabs between are wanted");
  EXPECT_EQ(Refused("a\t \tb\n", 2), "my.tsv:1: no canonical name in column 2");
  EXPECT_EQ(Refused("# fine\n--\n"), "my.tsv:2: a name with a letter or digit in it is wanted, in the first column");
  EXPECT_EQ(Refused("\tb\n", 2), "my.tsv:1: a name with a letter or digit in it is wanted, in the first column");
  EXPECT_EQ(Refused("a\n\xFF\n"), "my.tsv:2: not valid UTF-8; a list is a text in UTF-8");
  std::string words;
  for (int i = 0; i < 40; ++i) words += "word ";
  EXPECT_EQ(Refused(words), "my.tsv:1: 40 words, numbers and marks; names of up to 32 are accepted");
}

// Names that stand in each other's way: whatever the user gives is marked, and nothing across it.
class OwnNamesInText : public ::testing::Test {
 protected:
  std::string Tagged(const std::string& text, bool with_model = true) {
    const v1::Document document = OneBlock(text, "en");
    const auto lists = Lists::Load(GARNER_PLUGIN_DATA_DIR);
    const auto model = NameModel::Load(std::string(GARNER_PLUGIN_DATA_DIR) + "/entities.model");
    std::string all;
    uint64_t last = 0;
    for (const Mention& mention : Tag(document, **lists, with_model ? model->get() : nullptr, {true, &own_})) {
      EXPECT_GE(mention.begin, last);
      last = mention.end;
      all += "[" + text.substr(mention.begin, mention.end - mention.begin) + " " + std::string(mention.label) + " " +
             mention.canonical + "]";
    }
    return all;
  }
  void Own(const char* label, std::string_view content) { ASSERT_TRUE(own_.Add({"my.tsv", label, 2}, content).ok()); }

  UserLists own_;
};

TEST_F(OwnNamesInText, StandBeforeListsRulesAndModel) {
  Own("PRODUCT", "Ghana\tGhana (a chocolate)\nHealth\tHealth (a drink)\nMay\tMay (a ship)\n");
  for (const bool with_model : {true, false}) {
    EXPECT_EQ(Tagged("They sold Ghana in Kenya on 3 May 2016.", with_model),
              "[Ghana PRODUCT Ghana (a chocolate)][Kenya GPE Kenya][May PRODUCT May (a ship)]");
    EXPECT_EQ(Tagged("She runs the Ministry of Health in Kenya.", with_model),
              "[Health PRODUCT Health (a drink)][Kenya GPE Kenya]");
  }
}

TEST_F(OwnNamesInText, GiveTheirCanonicalNameToWhatFollowsFromThem) {
  Own("PERSON", "Mary Okafor\tOkafor, M.\n");
  EXPECT_EQ(Tagged("Mary Okafor spoke first. Then Okafor left with MARY OKAFOR of Leeds."),
            "[Mary Okafor PERSON Okafor, M.][Okafor PERSON Okafor, M.][MARY OKAFOR PERSON Okafor, M.][Leeds GPE Leeds]");
}

class UserListFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/user_lists_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    path_ = std::string(folder) + "/a.tsv";
  }
  void TearDown() override { std::filesystem::remove_all(std::filesystem::path(path_).parent_path()); }
  void Write(const std::string& content) const { std::ofstream(path_, std::ios::binary) << content; }

  std::string path_;
};

TEST_F(UserListFiles, AreSharedWhileInUseAndReadAnewLater) {
  Write("Tellmark\n");
  auto first = UserLists::Load({{path_, "ORG", 0}}, kEnough);
  ASSERT_TRUE(first.ok()) << first.status().message();
  {
    const auto second = UserLists::Load({{path_, "ORG", 0}}, kEnough), other = UserLists::Load({{path_, "GPE", 0}}, kEnough);
    EXPECT_EQ(first->get(), second->get());
    EXPECT_NE(first->get(), other->get());
  }
  first = Status(StatusKind::kInternal, "");
  Write("--\n");
  EXPECT_FALSE(UserLists::Load({{path_, "ORG", 0}}, kEnough).ok());
}

TEST_F(UserListFiles, LimitsAndMissingFilesHaveNames) {
  EXPECT_EQ(UserLists::Load({{path_, "ORG", 0}}, kEnough).status().message(), path_ + ": the list cannot be read");
  Write(std::string(700'000, 'x') + "\n");
  EXPECT_TRUE(UserLists::Load({{path_, "ORG", 0}}, kEnough).ok());
  const Status status = UserLists::Load({{path_, "ORG", 0}, {path_, "GPE", 0}}, kEnough).status();
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  EXPECT_EQ(status.message(), path_ + ": more than the lists may have together, 1 MiB (option max_lists_mb)");
}

}  // namespace
}  // namespace garner::entity_tagger
