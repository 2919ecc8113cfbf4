// What counts as a word, what as the same text, and what is read back from bytes.
#include "fingerprint.h"

#include <gtest/gtest.h>

#include "garner/utf8.h"
#include "record.h"
#include "words.h"

namespace garner::document_deduplicator {
namespace {

size_t CountWords(std::string_view text) {
  std::vector<uint32_t> words;
  AppendWords(FoldForComparison(text), words);
  return words.size();
}

TEST(Words, AreThoseOfEveryScript) {
  EXPECT_EQ(CountWords(""), 0u);
  EXPECT_EQ(CountWords(" ... — !"), 0u);
  EXPECT_EQ(CountWords("The ferry's 2nd boat"), 5u);
  EXPECT_EQ(CountWords("Паром идёт в порт"), 4u);
  EXPECT_EQ(CountWords("Кеме айлаққа кірді"), 3u);
  EXPECT_EQ(CountWords("العبارة تصل إلى الميناء"), 4u);
  EXPECT_EQ(CountWords("नाव बंदरगाह में"), 3u) << "marks belong to their letters";
  EXPECT_EQ(CountWords("船は港に入る"), 6u) << "a letter each where there are no spaces";
  EXPECT_EQ(CountWords("船abc港"), 3u);
  EXPECT_EQ(CountWords("เรือถึงท่า"), 7u) << "vowel signs and tones belong to their letters";
  EXPECT_EQ(CountWords("배가 항구에 닿는다"), 3u);
}

TEST(Words, InScriptsWithoutSpacesMakeShinglesToo) {
  std::vector<uint32_t> words;
  std::vector<uint32_t> shingles;
  AppendWords("船は港に入る", words);
  AppendShingles(words, shingles);
  EXPECT_EQ(shingles.size(), 2u);
}

FingerprintMaker Maker() { return FingerprintMaker({BandsFor(0.8), true, 5}); }

TEST(Fingerprints, OfTextsThatDifferInLooksOnlyAreTheSame) {
  FingerprintMaker maker = Maker();
  const TextHash hash = maker.Make("The “old” ferry – it stops  in May")->text;
  EXPECT_EQ(maker.Make("the \"OLD\" ferry - it stops\n\nin May")->text, hash);
  EXPECT_NE(maker.Make("the \"old\" ferry - it stops in June")->text, hash);
  EXPECT_NE(maker.Make("the \"old\" ferry - it stops in May!")->text, hash);
}

TEST(Fingerprints, NeedWords) {
  FingerprintMaker maker = Maker();
  EXPECT_FALSE(maker.Make("").has_value());
  EXPECT_FALSE(maker.Make("— … !").has_value());
  EXPECT_FALSE(maker.Make("four words are few")->near.has_value());
  EXPECT_TRUE(maker.Make("five words are enough here")->near.has_value());
}

TEST(Fingerprints, ComeBackFromTheirBytes) {
  FingerprintMaker maker = Maker();
  const Bands bands = BandsFor(0.8);
  for (const char* text : {"short", "a text of five words or more"}) {
    const Fingerprint made = *maker.Make(text);
    const std::string bytes = Write(made);
    const std::optional<Fingerprint> read = Read(bytes, bands);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->text, made.text);
    ASSERT_EQ(read->near.has_value(), made.near.has_value());
    if (made.near) {
      EXPECT_EQ(read->near->signature, made.near->signature);
      EXPECT_EQ(read->near->band_keys, made.near->band_keys);
    }
    EXPECT_FALSE(Read(bytes + "x", bands).has_value());
    EXPECT_FALSE(Read(bytes.substr(1), bands).has_value());
  }
  EXPECT_FALSE(Read("", bands).has_value());
}

TEST(Records, ComeBackFromTheirBytes) {
  const std::string bytes = WriteRecord("note", {"0123", "news/a.txt"});
  const std::optional<Record> record = ReadRecord(bytes);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->note, "note");
  EXPECT_EQ(record->name.id, "0123");
  EXPECT_EQ(record->name.uri, "news/a.txt");
  for (size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(ReadRecord(bytes.substr(0, size)).has_value()) << size;
  EXPECT_FALSE(ReadRecord(bytes + "x").has_value());
}

// A message may hold it.
TEST(Records, HoldReadableUris) {
  EXPECT_EQ(ReadRecord(WriteRecord("", {"", "caf\xe9"}))->name.uri, "caf\xef\xbf\xbd");
  const std::string uri = ReadRecord(WriteRecord("", {"", std::string(499, 'x') + "é and more"}))->name.uri;
  EXPECT_LE(uri.size(), kMaxUriBytes);
  EXPECT_TRUE(IsValidUtf8(uri));
}

}  // namespace
}  // namespace garner::document_deduplicator
