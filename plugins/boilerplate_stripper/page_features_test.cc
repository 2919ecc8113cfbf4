#include "page_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "class_groups.h"
#include "forest.h"
#include "garner/hash.h"
#include "garner/html_elements.h"
#include "garner/testing/documents.h"

namespace garner::boilerplate_stripper {
namespace {

struct Line {
  std::string text;
  std::string path;
};

constexpr const char* kProse = "The ferry to the outer islands leaves twice a day in summer and once in winter, weather permitting.";

testing::TestDocument PageOf(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) text += line.text + "\n\n";
  testing::TestDocument made = testing::DocumentFromText(text);
  for (size_t i = 0; i < lines.size(); ++i) SetHtmlPath(&made.document, made.document.mutable_blocks(static_cast<int>(i)), lines[i].path);
  return made;
}

struct Features {
  explicit Features(const v1::Document& document) : analysis(document, Lexicon()), features(analysis, WordWeights()) {}

  float Get(size_t block, std::string_view name) const {
    const auto& names = PageFeatures::Names();
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    std::vector<float> row(names.size());
    features.WriteRow(block, row.data());
    return row[static_cast<size_t>(found - names.begin())];
  }

  Analysis analysis;
  PageFeatures features;
};

TEST(ClassGroups, KnowTheWordsOfElements) {
  EXPECT_EQ(GroupsOf(Hash64("zz9")), 0U);
  EXPECT_TRUE(GroupsOf(Hash64("sidebar")) & Bit(Group::kSide));
  EXPECT_TRUE(GroupsOf(Hash64("related")) & Bit(Group::kRelated));
  EXPECT_TRUE(GroupsOf(Hash64("posts")) & Bit(Group::kContent));
}

TEST(PageElements, AreNothingForPlainText) {
  const testing::TestDocument made = testing::DocumentFromText("A line.\n\nAnother.\n");
  const Analysis analysis(made.document, Lexicon());
  EXPECT_FALSE(analysis.elements.any());
  EXPECT_EQ(analysis.elements.ClassKind(made.document.blocks(0)), Kind::kNone);
}

TEST(PageElements, InheritKindsAndDistances) {
  const testing::TestDocument made = PageOf({{"One", "nav/ul.menu/li/a"}, {"Two", "main/div.newsletter.box/p"}, {"Three", "main/p"}});
  const Analysis analysis(made.document, Lexicon());
  const PageElement* link = analysis.elements.Own(made.document.blocks(0));
  ASSERT_NE(link, nullptr);
  EXPECT_EQ(link->element, Element::kLink);
  EXPECT_EQ(link->depth, 3U);
  EXPECT_EQ(link->to_element[static_cast<size_t>(Element::kNav)], 3);
  EXPECT_EQ(link->to_element[static_cast<size_t>(Element::kMain)], PageElement::kFar);
  EXPECT_EQ(link->to_group[static_cast<size_t>(Group::kNavigation)], 2);
  EXPECT_EQ(link->kind, Kind::kNavigation);
  EXPECT_EQ(analysis.elements.ClassKind(made.document.blocks(1)), Kind::kNewsletter);
  EXPECT_EQ(analysis.elements.ClassKind(made.document.blocks(2)), Kind::kNone);
}

TEST(PageElements, SumUpWhatIsInside) {
  const testing::TestDocument made = PageOf({{kProse, "main/p"}, {kProse, "main/p"}, {"Short line", "main/aside/p"}, {"Other", "footer/p"}});
  const Analysis analysis(made.document, Lexicon());
  const uint32_t holder = analysis.elements.Holder(0.9);
  ASSERT_NE(holder, PageElement::kNone);
  const PageElement& main = analysis.elements.at(holder);
  EXPECT_EQ(main.element, Element::kMain);
  EXPECT_EQ(main.inside.blocks, 3U);
  EXPECT_EQ(main.inside.words, 38U);
  EXPECT_EQ(main.inside.prose, 36U);
  EXPECT_EQ(analysis.elements.Own(made.document.blocks(1))->siblings, 2U) << "two paragraphs in one element";
}

TEST(PageFeatures, HaveOneNameEach) {
  const auto& names = PageFeatures::Names();
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
  EXPECT_LE(names.size(), Forest::kMaxFeatures);
}

TEST(PageFeatures, TellWhereABlockStands) {
  testing::TestDocument made = PageOf({{"Home", "nav/ul/li/a"}, {"Routes", "nav/ul/li/a"}, {kProse, "main/div.body/p"}, {kProse, "main/div.body/p"}, {"Loose end", ""}});
  made.document.mutable_blocks(0)->mutable_html()->set_link_bytes(4);
  const Features features(made.document);
  EXPECT_EQ(features.Get(0, "link_share"), 1.0F);
  EXPECT_EQ(features.Get(1, "links-1"), 1.0F);
  EXPECT_EQ(features.Get(2, "holder_in"), 1.0F) << "one step into the element that holds the text";
  EXPECT_EQ(features.Get(2, "holder_out"), 0.0F);
  EXPECT_EQ(features.Get(0, "holder_out"), 2.0F) << "div and main are left for the nav";
  EXPECT_EQ(features.Get(3, "alike-1"), 1.0F);
  EXPECT_EQ(features.Get(3, "steps-1"), 1.0F);
  EXPECT_EQ(features.Get(2, "alike_blocks"), features.Get(3, "alike_blocks"));
  EXPECT_EQ(features.Get(4, "depth"), 0.0F);
  EXPECT_EQ(features.Get(4, "nav_element"), static_cast<float>(PageElement::kFar));
}

TEST(PageFeatures, BearPlainTextAndEmptyDocuments) {
  const testing::TestDocument plain = testing::DocumentFromText("A line.\n\nAnother.\n");
  EXPECT_EQ(Features(plain.document).Get(1, "links-1"), 0.0F);
  const v1::Document empty;
  const Analysis analysis(empty, Lexicon());
  const PageFeatures features(analysis, WordWeights());
}

}  // namespace
}  // namespace garner::boilerplate_stripper
