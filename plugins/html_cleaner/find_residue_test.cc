// What case files cannot say: that hostile blocks cost linear time, and that every table is reachable.
#include "find_residue.h"

#include <gtest/gtest.h>

#include <string>

#include "character_references.h"

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
                         ::testing::Values("<", "<a ", "<a b=\"", "<a b='<a b=\"", "<p>", "</p>", "<p x ", "&amp;", "&amp;&", "&nbsp;", "&", "<!--",
                                           "<%", "<?php ", "<![if ", "<script>", "<style>", "[a ", "[b]", "[/b]", "{{", "`", "`<b>` ", "\"<b>\" tag ",
                                           "=\"", "x=\"y\" ", "/> ", "]]>", "<![CDATA[", "&lt;p&gt;", "<x:y>", "<!DOCTYPE ", "HTML <b> "));

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
