#include "garner/plugin.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "garner/testing/cases.h"
#include "garner/testing/charsets.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner_plugins/text/options.pb.h"

GARNER_CASES(Text)

namespace garner::text {
namespace {

v1::Document Decode(const std::string& payload, const std::string& charset = "") {
  testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  EXPECT_TRUE(stage->Open().ok());
  Payload given;
  given.bytes = payload;
  given.info.set_bytes(payload.size());
  if (!charset.empty()) given.info.set_declared_charset(charset);
  v1::Document document;
  *document.mutable_source() = given.info;
  const Status status = dynamic_cast<DecoderStage&>(*stage).Decode(given, &document);
  EXPECT_TRUE(status.ok()) << status.message();
  EXPECT_TRUE(testing::Sound(document, payload));
  return document;
}

TEST(Text, IsSoundOnAnyText) {
  const char* pieces[] = {"word", " ", " ", "a longer word", "\n", "\n", "\r\n", "\r", "\n\n", "\v", "\f", "\u2028", "\u2029", "\u0085", "\t", "\u00A0", "\u200B", "- ", "1. ",
                          "橋の", "。", "мост", "é", "-", ".", "<p>", "> ", "\x01", "\uFEFF", "this line is long enough to look as if it had been wrapped at some width"};
  const char* charsets[] = {"UTF-8", "UTF-16BE", "GB18030", "ISO-2022-JP"};
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const unsigned count = random() % 120;
    for (unsigned i = 0; i < count; ++i) text += pieces[random() % std::size(pieces)];
    const char* charset = charsets[random() % 4];
    Decode(testing::Encode(text, charset), charset);
    ASSERT_FALSE(HasFailure()) << "round " << round << " in " << charset;
  }
}

// Joining changes white space at line breaks and nothing else: a wrapped text has the words of the text.
TEST(Text, LosesNoWord) {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    std::string wrapped;
    std::string words;
    unsigned column = 0;
    const unsigned width = 30 + random() % 60;
    for (int i = 0; i < 200; ++i) {
      std::string word(1 + random() % 9, static_cast<char>('a' + random() % 26));
      if (random() % 9 == 0) word += '.';
      if (random() % 5 == 0) word[0] = static_cast<char>(word[0] - 32);
      const bool breaks = column + 1 + word.size() > width;
      if (!wrapped.empty()) wrapped += breaks ? (random() % 20 == 0 ? "\n\n" : "\n") : " ";
      column = breaks ? static_cast<unsigned>(word.size()) : column + 1 + static_cast<unsigned>(word.size());
      wrapped += word;
      words += word;
    }
    std::string seen = Decode(wrapped).text();
    seen.erase(std::remove_if(seen.begin(), seen.end(), [](char c) { return c == ' ' || c == '\n'; }), seen.end());
    ASSERT_EQ(seen, words);
  }
}

// Lines are kept between two readings up to a bound, and read again beyond it: a text longer than that has every paragraph once.
TEST(Text, ReadsTheRestOfALongTextAgain) {
  const std::string wrapped =
      "The ferry to the island leaves at seven in the morning, when the\n"
      "harbour is still dark, and the baker comes aboard with two baskets\n"
      "of rolls that nobody has paid for yet, because everybody pays him\n"
      "on the way back.\n\n";
  constexpr int kParagraphs = 20000;  // 80,000 lines
  std::string text;
  for (int i = 0; i < kParagraphs; ++i) text += wrapped;
  const v1::Document document = Decode(text);
  ASSERT_EQ(document.blocks_size(), kParagraphs);
  const std::string first = document.text().substr(0, document.blocks(0).end());
  EXPECT_EQ(first.find('\n'), std::string::npos);
  for (const v1::Block& block : document.blocks()) ASSERT_EQ(document.text().compare(block.begin(), block.end() - block.begin(), first), 0);
}

TEST(Text, TakesLongLinesInLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Decode(std::string(20'000'000, 'x')).blocks_size(), 1);
  EXPECT_EQ(Decode(std::string(3'000'000, ' ') + "x").text(), "x");
  EXPECT_EQ(Decode(std::string(3'000'000, '\n')).blocks_size(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::minutes(2));
}

}  // namespace
}  // namespace garner::text
