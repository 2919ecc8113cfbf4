// The offset logic: from runs of text as the parser reports them to stretches of the page.
#include "text_locator.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "prepass.h"

namespace garner::html {
namespace {

class Locating : public ::testing::Test {
 protected:
  void Load(std::string page) {
    text_ = std::move(page);
    prepared_ = Prepare(text_, {}, names_);
    locator_ = std::make_unique<TextLocator>(prepared_, text_);
  }

  // The place behind the first `part` of the markup.
  uint64_t After(std::string_view part) const { return prepared_.markup.find(part) + part.size(); }

  // The pieces of a run, written as [source] or [source>text].
  std::string Locate(std::string_view run, uint64_t consumed) {
    std::vector<Piece> pieces;
    locator_->Locate(run, consumed, pieces);
    std::string out;
    for (const Piece& piece : pieces) {
      out += "[" + text_.substr(piece.source.begin, piece.source.size());
      if (!piece.verbatim) out += ">" + locator_->rewritten().substr(piece.rewritten.begin, piece.rewritten.size());
      out += "]";
    }
    return out;
  }

  std::string text_;
  ElementNames names_;
  Prepared prepared_;
  std::unique_ptr<TextLocator> locator_;
};

TEST_F(Locating, RunThatEndsAtTheReportedPlace) {
  Load("<p>one</p><p>one</p>");
  EXPECT_EQ(Locate("one", After("<p>one")), "[one]");
  EXPECT_EQ(Locate("one", After("<p>one</p><p>one")), "[one]");
  EXPECT_EQ(locator_->lost_bytes(), 0u);
}

TEST_F(Locating, LongTextThatIsReportedBeforeItsLastCharacterIsRead) {
  Load("<p>abcabcabc</p>");
  EXPECT_EQ(Locate("abca", After("<p>abc")), "[abca]");
  EXPECT_EQ(Locate("bcabc", After("<p>abcabcabc")), "[bcabc]");
}

TEST_F(Locating, SearchGoesForwardFromTheLastRun) {
  Load("<p>same</p><b>same</b>");
  EXPECT_EQ(Locate("same", prepared_.markup.size()), "[same]");
  std::vector<Piece> pieces;
  locator_->Locate("same", prepared_.markup.size(), pieces);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(pieces[0].source.begin, text_.rfind("same"));
}

TEST_F(Locating, ReferencesAreRewrittenAndTheRestIsVerbatim) {
  Load("<p>Caf&eacute; au lait</p>");
  EXPECT_EQ(Locate("Caf\xC3\xA9 au lait", After("au lait")), "[Caf][&eacute;>\xC3\xA9][ au lait]");
}

TEST_F(Locating, EscapedCharactersAreTheirOwnText) {
  Load("<p>a < b &lt; c & d &amp; e</p>");
  EXPECT_EQ(Locate("a ", After("<p>a ")), "[a ]");
  EXPECT_EQ(Locate("<", After("a &lt;")), "[<]");
  EXPECT_EQ(Locate(" b ", After(" b ")), "[ b ]");
  EXPECT_EQ(Locate("<", After("b &lt;")), "[&lt;><]");
  EXPECT_EQ(Locate(" c ", After(" c ")), "[ c ]");
  EXPECT_EQ(Locate("&", After("c &amp;")), "[&]");
  EXPECT_EQ(Locate(" d ", After(" d ")), "[ d ]");
  EXPECT_EQ(Locate("&", After("d &amp;")), "[&amp;>&]");
  EXPECT_EQ(locator_->lost_bytes(), 0u);
}

TEST_F(Locating, TextInterruptedByWhatThePrePassCut) {
  Load("<p>light<!-- x -->house<script>y</script>keeper</p>");
  EXPECT_EQ(Locate("lighthousekeeper", After("lighthousekeeper")), "[light][house][keeper]");
}

TEST_F(Locating, ReferenceOfTwoCharactersThatIsReportedInTwoRuns) {
  Load("<p>&nvlt;x</p>");  // "<" and a combining line
  EXPECT_EQ(Locate("<", After("<p>&lt;")), "[&nvlt;><]");
  EXPECT_EQ(Locate("\xE2\x83\x92x", After("x")), "[>\xE2\x83\x92][x]");
  Load("<p>&NotEqualTilde;</p>");  // cut between its two characters
  EXPECT_EQ(Locate("\xE2\x89\x82", After("<p>")), "[&NotEqualTilde;>\xE2\x89\x82]");
  EXPECT_EQ(Locate("\xCC\xB8", After("\xCC\xB8")), "[>\xCC\xB8]");
  EXPECT_EQ(locator_->lost_bytes(), 0u);
}

TEST_F(Locating, WhatIsNotFoundIsKeptWithTheNearestStretch) {
  Load("<p>abc</p><p>def</p>");
  EXPECT_EQ(Locate("xyz", After("abc")), "[abc>xyz]");
  EXPECT_EQ(locator_->lost_bytes(), 3u);
  EXPECT_EQ(Locate("uvw", After("abc")), "[>uvw]");
  EXPECT_EQ(Locate("def", After("def")), "[def]");
}

TEST_F(Locating, ManyMissesTakeLinearTime) {
  Load("<p>" + std::string(1000000, 'a') + "</p>");
  for (int i = 0; i < 100000; ++i) Locate("b", 3 + static_cast<uint64_t>(i));
  EXPECT_EQ(locator_->lost_bytes(), 100000u);
}

}  // namespace
}  // namespace garner::html
