#include "garner/markdown.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace garner {
namespace {

using Role = v1::Block::Role;

v1::Document DocumentOf(const std::vector<std::pair<Role, std::string>>& blocks) {
  v1::Document document;
  std::string text;
  for (const auto& [role, words] : blocks) {
    if (!text.empty()) text += "\n\n";
    v1::Block* block = document.add_blocks();
    block->set_role(role);
    block->set_begin(text.size());
    text += words;
    block->set_end(text.size());
  }
  document.set_text(text);
  return document;
}

// LIST_ITEMs of these levels; 0: a paragraph.
std::string Listed(const std::vector<uint32_t>& levels) {
  std::vector<std::pair<Role, std::string>> blocks;
  for (const uint32_t level : levels) blocks.emplace_back(level > 0 ? v1::Block::LIST_ITEM : v1::Block::PARAGRAPH, "x");
  v1::Document document = DocumentOf(blocks);
  for (size_t i = 0; i < levels.size(); ++i)
    if (levels[i] > 0) document.mutable_blocks(static_cast<int>(i))->set_level(levels[i]);
  return ToMarkdown(document, false);
}

// Links the first place where the words stand.
void Link(v1::Document& document, std::string_view words, const char* address) {
  const size_t begin = document.text().find(words);
  ASSERT_NE(begin, std::string::npos) << words;
  v1::Annotation* added = document.add_annotations();
  added->set_set("links");
  added->set_label("link");
  added->set_begin(begin);
  added->set_end(begin + words.size());
  added->set_value(address);
}

std::string Slice(const Markdown& rendered, uint64_t begin, uint64_t end) {
  return rendered.text.substr(rendered.Begin(begin), rendered.End(end) - rendered.Begin(begin));
}

TEST(EscapeMarkdown, EscapesWhatWouldBeMarkup) {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"plain words, 3 + 4 = 7 - 0", "plain words, 3 + 4 = 7 - 0"},
      {"# not a heading", "\\# not a heading"},
      {"- not an item", "\\- not an item"},
      {"1. not an item", "1\\. not an item"},
      {"12) not an item", "12\\) not an item"},
      {"1.5 million", "1.5 million"},
      {"2020", "2020"},
      {"> not a quote", "\\> not a quote"},
      {"*stars* and `ticks` and [links](x)", "\\*stars\\* and \\`ticks\\` and \\[links\\](x)"},
      {"snake_case and _emphasis_", "snake_case and \\_emphasis\\_"},
      {"<b>&amp; R&D & 3 < 4", "\\<b>\\&amp; R\\&D & 3 \\< 4"},
      {"back\\slash", "back\\\\slash"},
      {"~5 m or ~6 m", "\\~5 m or ~6 m"},
      {"Tide~r~Us, ~~not~~ struck", "Tide\\~r\\~Us, ~\\~not\\~\\~ struck"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(EscapeMarkdown(row.text), row.expected);
}

TEST(RenderedMarkdown, GivesEveryRoleItsForm) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "First."},
                                  {v1::Block::HEADING, "Section #"},
                                  {v1::Block::LIST_ITEM, "one"},
                                  {v1::Block::LIST_ITEM, "two"},
                                  {v1::Block::QUOTE, "Said she."},
                                  {v1::Block::QUOTE, "Said he."},
                                  {v1::Block::CODE, "a = ```b```;\n# c"},
                                  {v1::Block::TABLE_ROW, "1 2"},
                                  {v1::Block::TABLE_ROW, "3 4"}});
  document.mutable_blocks(1)->set_level(3);
  document.mutable_blocks(3)->set_level(2);
  v1::Metadata* title = document.add_metadata();
  title->set_key("title");
  title->set_value("On *tides*");
  title->set_chosen(true);
  const std::string body = "First.\n\n### Section \\#\n\n- one\n  - two\n\n> Said she.\n>\n> Said he.\n\n````\na = ```b```;\n# c\n````\n\n1 2\\\n3 4\n";
  EXPECT_EQ(ToMarkdown(document, false), body);
  EXPECT_EQ(ToMarkdown(document, true), "# On \\*tides\\*\n\n" + body);
  EXPECT_EQ(ToMarkdown(v1::Document(), true), "");
}

TEST(RenderedMarkdown, IndentsItemsBelowOthersOnly) {
  EXPECT_EQ(Listed({1, 2, 3, 2, 1}), "- x\n  - x\n    - x\n  - x\n- x\n");
  EXPECT_EQ(Listed({0, 3, 3, 2, 4}), "x\n\n- x\n- x\n- x\n  - x\n") << "four spaces below a paragraph are code";
  EXPECT_EQ(Listed({1, 3, 2, 0, 2}), "- x\n  - x\n  - x\n\nx\n\n- x\n");
}

TEST(RenderedMarkdown, HasTablesWhereRowsAreEven) {
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}, {v1::Block::TABLE_ROW, "North | 4*"}, {v1::Block::PARAGRAPH, "All fares."}}), false),
            "Route | Fare\n--- | ---\nNorth | 4\\*\n\nAll fares.\n");
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}, {v1::Block::TABLE_ROW, "North"}}), false), "Route | Fare\\\nNorth\n");
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}}), false), "Route | Fare\n") << "a row alone";
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "a|b | c"}, {v1::Block::TABLE_ROW, "d | |e"}}), false), "a\\|b | c\n--- | ---\nd | \\|e\n") << "a bar in a cell";
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "a | | b"}, {v1::Block::TABLE_ROW, "c | d"}}), false), "a | | b\\\nc | d\n") << "an empty cell";
}

TEST(RenderedMarkdown, KnowsWhereTextStands) {
  const v1::Document document = DocumentOf({{v1::Block::HEADING, "A *star* #"}, {v1::Block::LIST_ITEM, "one\ntwo"}, {v1::Block::QUOTE, "1. Said\n[she]"}});
  const Markdown rendered = RenderMarkdown(document, false);
  const auto place = [&](std::string_view words) { return document.text().find(words); };
  EXPECT_EQ(Slice(rendered, place("*star*"), place("*star*") + 6), "\\*star\\*");
  EXPECT_EQ(Slice(rendered, place("two"), place("two") + 3), "two");
  EXPECT_EQ(Slice(rendered, place("one"), place("two") + 3), "one\n  two") << "what stands between belongs to what spans it";
  EXPECT_EQ(Slice(rendered, place("Said"), place("[she]") + 5), "Said\n> \\[she\\]");
  EXPECT_EQ(Slice(rendered, place("#"), place("#") + 1), "\\#");
}

TEST(RenderedMarkdown, ShowsLinksInEveryRoleButCode) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "See the log of today."},
                                      {v1::Block::HEADING, "The map"},
                                      {v1::Block::LIST_ITEM, "the pier"},
                                      {v1::Block::QUOTE, "Ask Ida."},
                                      {v1::Block::CODE, "open(gate)"}});
  Link(document, "Ida", "mailto:ida@quay.example");
  Link(document, "gate", "https://quay.example/gate");
  Link(document, "the log", "https://quay.example/log?day=1&page=2#top");
  Link(document, "map", "/map");
  Link(document, "the pier", "../pier");
  EXPECT_EQ(ToMarkdown(document, false),
            "See [the log](https://quay.example/log?day=1&page=2#top) of today.\n\n## The [map](/map)\n\n- [the pier](../pier)\n\n"
            "> Ask [Ida](mailto:ida@quay.example).\n\n```\nopen(gate)\n```\n");
}

TEST(RenderedMarkdown, ShowsLinksInCells) {
  v1::Document document = DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}, {v1::Block::TABLE_ROW, "North | 4 kr"}, {v1::Block::TABLE_ROW, "South | 5 kr"}});
  Link(document, "Route", "/routes");
  Link(document, "North", "/north|old");
  Link(document, "South | 5", "/south");
  Link(document, "5 kr", "/fares");
  EXPECT_EQ(ToMarkdown(document, false), "[Route](/routes) | Fare\n--- | ---\n[North](/north%7Cold) | 4 kr\nSouth | 5 kr\n") << "none across cells";
}

TEST(RenderedMarkdown, EscapesAddresses) {
  const struct {
    const char* address;
    const char* expected;
  } rows[] = {
      {"/a_(b)", "/a_\\(b\\)"},
      {"/a)b", "/a\\)b"},
      {"/a b", "/a%20b"},
      {"/a\tb\nc", "/a%09b%0Ac"},
      {"/<b>", "/%3Cb%3E"},
      {"/a\\b`c", "/a\\\\b\\`c"},
      {"/?a=1&copy=2", "/?a=1&copy=2"},
      {"/?a=1&copy;=2&#38;", "/?a=1\\&copy;=2\\&#38;"},
      {"/*a*_b_[c]", "/*a*_b_[c]"},
  };
  for (const auto& row : rows) {
    v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "log"}});
    Link(document, "log", row.address);
    EXPECT_EQ(ToMarkdown(document, false), std::string("[log](") + row.expected + ")\n");
  }
}

TEST(RenderedMarkdown, EscapesWhatALinkWouldMakeMarkup) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "Look!here one_two_three 4 [5] 6. R&D;"}});
  Link(document, "here", "/a");
  Link(document, "one", "/b");
  Link(document, "three", "/c");
  Link(document, "[5]", "/d");
  Link(document, "D;", "/e");
  EXPECT_EQ(ToMarkdown(document, false), "Look\\![here](/a) [one](/b)\\_two\\_[three](/c) 4 [\\[5\\]](/d) 6. R\\&[D;](/e)\n");
  v1::Document heading = DocumentOf({{v1::Block::HEADING, "Pier #"}, {v1::Block::HEADING, "- #"}});
  Link(heading, "Pier #", "/a");
  Link(heading, "- ", "/b");
  EXPECT_EQ(ToMarkdown(heading, false), "## [Pier \\#](/a)\n\n## [\\- ](/b)\\#\n");
}

TEST(RenderedMarkdown, TakesTheFirstOfLinksThatOverlap) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "one two three four"}, {v1::Block::PARAGRAPH, "five six"}});
  Link(document, "two three", "/b");
  Link(document, "one two", "/a");
  Link(document, "three", "/c");
  Link(document, "four\n\nfive", "/d");
  Link(document, " ", "/e");
  Link(document, "six", "");
  EXPECT_EQ(ToMarkdown(document, false), "[one two](/a) [three](/c) four\n\nfive six\n") << "none across blocks, without words or without an address";
  v1::Document lines = DocumentOf({{v1::Block::QUOTE, "one two\nthree four"}});
  Link(lines, "two\nthree", "/a");
  Link(lines, "four", "/b");
  EXPECT_EQ(ToMarkdown(lines, false), "> one two\n> three [four](/b)\n");
}

TEST(RenderedMarkdown, ShowsLinksSideBySide) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "onetwo"}});
  Link(document, "one", "/a");
  Link(document, "two", "/b");
  EXPECT_EQ(ToMarkdown(document, false), "[one](/a)[two](/b)\n");
}

TEST(RenderedMarkdown, KnowsWhereTextStandsBesideLinks) {
  v1::Document document = DocumentOf({{v1::Block::PARAGRAPH, "Ida of *Skagen* wrote the log."}});
  Link(document, "Ida", "/ida");
  Link(document, "*Skagen* wrote", "/skagen");
  const Markdown rendered = RenderMarkdown(document, false);
  EXPECT_EQ(rendered.text, "[Ida](/ida) of [\\*Skagen\\* wrote](/skagen) the log.\n");
  const auto slice = [&](std::string_view words) {
    const size_t at = document.text().find(words);
    return Slice(rendered, at, at + words.size());
  };
  EXPECT_EQ(slice("Ida"), "Ida");
  EXPECT_EQ(slice("*Skagen*"), "\\*Skagen\\*");
  EXPECT_EQ(slice("wrote"), "wrote");
  EXPECT_EQ(slice(" the"), " the");
  EXPECT_EQ(slice("wrote the"), "wrote](/skagen) the") << "what stands between belongs to what spans it";
}

// Each character of the text is found again, in order, whatever stands around it.
TEST(RenderedMarkdown, PlacesEveryCharacter) {
  std::mt19937 dice(7);
  const std::string_view letters = "ab1 .#*_`[]<>&\\-+|\n";
  const Role roles[] = {v1::Block::PARAGRAPH, v1::Block::HEADING, v1::Block::LIST_ITEM, v1::Block::QUOTE, v1::Block::CODE, v1::Block::TABLE_ROW, v1::Block::TITLE};
  for (int round = 0; round < 500; ++round) {
    std::vector<std::pair<Role, std::string>> blocks;
    for (size_t i = dice() % 5; i-- > 0;) {
      std::string text(1, 'x');
      for (size_t size = dice() % 30; size > 0; --size) text += letters[dice() % letters.size()];
      if (dice() % 3 == 0) text.erase(0, 1);
      if (!text.empty()) blocks.emplace_back(roles[dice() % std::size(roles)], text);
    }
    v1::Document document = DocumentOf(blocks);
    for (size_t i = document.text().empty() ? 0 : dice() % 6; i-- > 0;) {
      v1::Annotation* link = document.add_annotations();
      link->set_set("links");
      link->set_begin(dice() % document.text().size());
      link->set_end(link->begin() + dice() % 10);
      link->set_value("/x");
    }
    const Markdown rendered = RenderMarkdown(document, round % 2 == 0);
    uint64_t last = 0;
    for (const v1::Block& block : document.blocks())
      for (uint64_t at = block.begin(); at < block.end(); ++at) {
        const char letter = document.text()[at];
        std::string slice = Slice(rendered, at, at + 1);
        if (slice.size() == 2) {
          EXPECT_EQ(slice.front(), '\\');
          slice.erase(0, 1);
        }
        const bool joined = letter == '\n' && slice == " ";  // the line of a heading
        EXPECT_TRUE(joined || slice == std::string(1, letter)) << document.text() << "\n--\n" << rendered.text;
        EXPECT_GE(rendered.End(at + 1), last);
        last = rendered.End(at + 1);
      }
  }
}

}  // namespace
}  // namespace garner
