#include "garner/html_elements.h"

#include <gtest/gtest.h>

#include <string>

#include "core/sdk/document_check.h"
#include "garner/testing/documents.h"

namespace garner {
namespace {

v1::Document ThreeBlocks() {
  v1::Document document = testing::DocumentFromText("One.\n\nTwo.\n\nThree.\n").document;
  SetHtmlPath(&document, document.mutable_blocks(0), "main/ul.menu.top/li");
  SetHtmlPath(&document, document.mutable_blocks(1), "main/ul.menu.top/li");
  SetHtmlPath(&document, document.mutable_blocks(2), "main/p");
  return document;
}

TEST(HtmlElements, PathsShareWhatIsAroundThem) {
  const v1::Document document = ThreeBlocks();
  ASSERT_EQ(document.html_elements_size(), 5) << "main, the list, two items, a paragraph";
  EXPECT_EQ(HtmlPath(document, document.blocks(0)), "main/ul.menu.top/li");
  EXPECT_EQ(HtmlPath(document, document.blocks(1)), "main/ul.menu.top/li");
  EXPECT_EQ(HtmlPath(document, document.blocks(2)), "main/p");
  EXPECT_NE(OwnElement(document.blocks(0)), OwnElement(document.blocks(1)));
  EXPECT_EQ(ElementAround(document, *OwnElement(document.blocks(0))), ElementAround(document, *OwnElement(document.blocks(1))));
  EXPECT_TRUE(StandsIn(document, document.blocks(1), "ul"));
  EXPECT_FALSE(StandsIn(document, document.blocks(2), "ul"));
  EXPECT_TRUE(CheckDocument(document, document.source().bytes()).ok());
}

TEST(HtmlElements, ABlockMayStandInNone) {
  v1::Document document = testing::DocumentFromText("One.\n").document;
  EXPECT_EQ(OwnElement(document.blocks(0)), std::nullopt);
  EXPECT_EQ(HtmlPath(document, document.blocks(0)), "");
  EXPECT_FALSE(StandsIn(document, document.blocks(0), "p"));
  SetHtmlPath(&document, document.mutable_blocks(0), "");
  EXPECT_TRUE(document.blocks(0).has_html());
  EXPECT_EQ(document.html_elements_size(), 0);
}

TEST(HtmlElements, MustLeadToTheBody) {
  v1::Document circle = ThreeBlocks();
  circle.mutable_html_elements(1)->set_parent(1);
  EXPECT_NE(CheckDocument(circle, circle.source().bytes()).message().find("element 1 does not follow the element around it"), std::string::npos);

  v1::Document nowhere = ThreeBlocks();
  nowhere.mutable_blocks(2)->mutable_html()->set_element(5);
  EXPECT_NE(CheckDocument(nowhere, nowhere.source().bytes()).message().find("block 2 stands in an element that is not there"), std::string::npos);
}

}  // namespace
}  // namespace garner
