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

TEST(RenderedMarkdown, HasTablesWhereRowsAreEven) {
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}, {v1::Block::TABLE_ROW, "North | 4*"}, {v1::Block::PARAGRAPH, "All fares."}}), false),
            "Route | Fare\n--- | ---\nNorth | 4\\*\n\nAll fares.\n");
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}, {v1::Block::TABLE_ROW, "North"}}), false), "Route | Fare\\\nNorth\n");
  EXPECT_EQ(ToMarkdown(DocumentOf({{v1::Block::TABLE_ROW, "Route | Fare"}}), false), "Route | Fare\n") << "a row alone";
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
    const v1::Document document = DocumentOf(blocks);
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
