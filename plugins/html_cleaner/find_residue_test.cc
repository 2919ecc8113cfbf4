// What case files cannot say: that hostile blocks cost linear time, and that every table is reachable.
#include "find_residue.h"

#include <gtest/gtest.h>

#include <string>

#include "character_references.h"
#include "page_code.h"

namespace garner::html_cleaner {
namespace {

std::string Repeat(const std::string& piece, size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

// Each of these takes minutes where a search starts over at every mark; linear, all of them take a moment.
class HostileBlock : public ::testing::TestWithParam<const char*> {};

TEST_P(HostileBlock, CostsLinearTime) {
  const std::string text = Repeat(GetParam(), 1000000);
  const Residue residue = FindResidue(text, {});
  uint64_t last = 0;
  for (const Finding& finding : residue.findings) {
    EXPECT_LE(last, finding.span.begin);
    last = finding.span.end;
  }
  EXPECT_LE(last, text.size());
}

INSTANTIATE_TEST_SUITE_P(Pieces, HostileBlock,
                         ::testing::Values("<", "<a ", "<a b=\"", "<a b='<a b=\"", "<p>", "</p>", "<p x ", "&amp;", "&amp;&",
                                           "&nbsp;", "&", "<!--", "<%", "<?php ", "<![if ", "<script>", "<style>", "[a ", "[b]",
                                           "[/b]", "{{", "`", "`<b>` ", "\"<b>\" tag ", "=\"", "x=\"y\" ", "/> ", "]]>",
                                           "<![CDATA[", "&lt;p&gt;", "<x:y>", "<!DOCTYPE ", "HTML <b> ", "[[[[", "]", "[a](",
                                           "[a](/b", "](", "![a](", "![a](/b.png)", "[![", "[a](/b \"", "**", "**a ", "**a** ",
                                           "*_", "__a b__ ", "< p ", "< /p >", "& amp;", "p>", "/p>", "a=1 ", "<\\/p>", "<br a",
                                           "[a b=c]", "{a}", "%%a%%", "a: b;\">", "x-y "));

// As above, for whole documents: a block a piece, or all pieces in one block.
class HostileDocument : public ::testing::TestWithParam<const char*> {};

void AddBlock(const std::string& text, v1::Document& document) {
  if (document.blocks_size() > 0) document.mutable_text()->append("\n\n");
  v1::Block& block = *document.add_blocks();
  block.set_begin(document.text().size());
  document.mutable_text()->append(text);
  block.set_end(document.text().size());
}

void CheckSpans(const v1::Document& document) {
  uint64_t last = 0;
  for (const Span& span : FindPageCode(document)) {
    EXPECT_LE(last, span.begin);
    EXPECT_LT(span.begin, span.end);
    last = span.end;
  }
  EXPECT_LE(last, document.text().size());
}

TEST_P(HostileDocument, CostsLinearTimeInOneBlock) {
  v1::Document document;
  AddBlock("The boat left at nine.", document);
  AddBlock(Repeat(GetParam(), 1000000), document);
  CheckSpans(document);
}

TEST_P(HostileDocument, CostsLinearTimeInManyBlocks) {
  v1::Document document;
  AddBlock("The boat left at nine.", document);
  for (int i = 0; i < 100000; ++i) AddBlock(GetParam(), document);
  CheckSpans(document);
}

INSTANTIATE_TEST_SUITE_P(Pieces, HostileDocument,
                         ::testing::Values("{", "}", "(", "a{", ".a{", ".a{color:red}", "@media {", "@media {.a{color:red}",
                                           "a.b(", "a.b();", "var a = [", "function(){", "\"a\": ", "{\"a\":", "/*", "/* */ ",
                                           "'", "\"", "\\\"", "color: red;", ".a,", "document.write(", "a. {", "a. .b{color:red}",
                                           "x; "));

TEST(CharacterReferences, AreSortedSoThatEachIsFound) {
  for (const char* name : {"AElig;", "AMP;", "Zcaron;", "amp;", "hellip;", "nbsp;", "yuml;", "zwnj;", "zscr;"})
    EXPECT_EQ(ReadReferenceBody(name).has_value(), std::string(name) != "zscr;") << name;
}

TEST(CharacterReferences, NumbersMeanWhatWindows1252Has) {
  EXPECT_EQ(ReadReferenceBody("#146;")->value, 0x2019u);
  EXPECT_EQ(ReadReferenceBody("#x201C;")->value, 0x201Cu);
  EXPECT_FALSE(ReadReferenceBody("#0;").has_value());
  EXPECT_FALSE(ReadReferenceBody("#xD800;").has_value());
  EXPECT_FALSE(ReadReferenceBody("#1 in the charts").has_value());
}

}  // namespace
}  // namespace garner::html_cleaner
