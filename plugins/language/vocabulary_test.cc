// What case files cannot say: that hostile text costs linear time, and what the parts promise.
#include "vocabulary.h"

#include <gtest/gtest.h>

#include <string>

#include "detect.h"
#include "document_language.h"
#include "garner/testing/documents.h"
#include "garner/utf8.h"
#include "running_text.h"

namespace garner::language {
namespace {

std::string Repeat(const std::string& piece, size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

TEST(Vocabulary, KnowsWordsThatCameTwice) {
  Vocabulary vocabulary;
  vocabulary.Add("the gate and the wall and one bridge");
  EXPECT_DOUBLE_EQ(vocabulary.ShareIn("The wall AND the bridge"), 3.0 / 5.0);
  EXPECT_DOUBLE_EQ(vocabulary.ShareIn("la barca y el muelle"), 0);
  EXPECT_DOUBLE_EQ(vocabulary.ShareIn("1994 - 12"), 1);
}

TEST(Detect, GivesOneCodeForEachLanguage) {
  EXPECT_EQ(Detect("").code, "");
  EXPECT_EQ(Detect("12345 67890 --- ???").code, "");
  EXPECT_EQ(Detect("העיר נבנתה על גדות הנהר לפני מאות שנים והיא גדולה מאוד היום").code, "he");
  EXPECT_EQ(Detect("這座橋是為了紀念住在河邊的人們而建造的，現在已經有一百年的歷史了。").code, "zh");
}

TEST(Detect, StretchesLieInTheText) {
  const std::string text =
      "The keeper of the lighthouse writes down every ship that passes the cape. Der Wärter schreibt jedes Schiff auf, das am Kap "
      "vorbeifährt.";
  uint64_t last = 0;
  for (const Stretch& stretch : Detect(text).stretches) {
    EXPECT_LE(last, stretch.span.begin);
    last = stretch.span.end;
  }
  EXPECT_LE(last, text.size());
}

TEST(AreClose, HoldsForNeighboursOnly) {
  EXPECT_TRUE(AreClose("en", "en"));
  EXPECT_TRUE(AreClose("da", "no"));
  EXPECT_FALSE(AreClose("en", "de"));
  EXPECT_FALSE(AreClose("en", "e"));
}

TEST(RunningText, IsSentencesInAnyScript) {
  EXPECT_TRUE(ReadsAsSentence("The ferry was late again and nobody on the quay complained."));
  EXPECT_TRUE(ReadsAsSentence("Паром снова опоздал, и никто на пристани не жаловался."));
  EXPECT_TRUE(ReadsAsSentence("フェリーはまた遅れましたが、誰も文句を言いませんでした。"));
  EXPECT_FALSE(ReadsAsSentence("Home News Sport Weather Travel Contact About Us"));
  EXPECT_FALSE(ReadsAsSentence("Read more"));
}

TEST(MostlyLetters, AreSentencesNotCommands) {
  EXPECT_TRUE(IsMostlyLetters("Le bac, qui partait à six heures, n’est pas revenu."));
  EXPECT_FALSE(IsMostlyLetters("mount -t ext4 /dev/sdb1 /mnt && ls -la /mnt/*.tar.gz"));
  EXPECT_FALSE(IsMostlyLetters("Weg: https://hafen.example/fahrplan/2019/04/01/?von=a&nach=b"));
}

TEST(MainScript, IsThatOfMostLetters) {
  EXPECT_EQ(MainScript("1, 2"), ' ');
  EXPECT_EQ(MainScript("Паром DFDS"), 'C');
  EXPECT_EQ(MainScript("東京の港で"), 'J');
  EXPECT_EQ(MainScript("北京的港口"), 'Z');
}

TEST(Sample, OfALongDocumentIsShortAndWholeCharacters) {
  for (const char* piece : {"a", "ü", "的", "the ferry ", "Паром опоздал. ", "a\n", "das Schiff fährt heute nicht mehr über den Fluss\n"}) {
    const testing::TestDocument made = testing::DocumentFromText(Repeat(piece, 3000000));
    const Sample sample = TakeSample(made.document);
    EXPECT_FALSE(sample.complete);
    EXPECT_LE(sample.text.size(), 10000U);
    EXPECT_TRUE(IsValidUtf8(sample.text)) << piece;
    EXPECT_EQ(sample.running.size(), static_cast<size_t>(made.document.blocks_size()));
  }
}

}  // namespace
}  // namespace garner::language
