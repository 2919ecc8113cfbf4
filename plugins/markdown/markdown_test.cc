#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "garner/plugin.h"
#include "garner/source_map.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"

GARNER_CASES(Markdown)

namespace garner::markdown {
namespace {

struct Read {
  v1::Document document;
  Status status;
};

// What comes out is sound, or fails in words.
Read Decode(const std::string& text) {
  testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  EXPECT_TRUE(stage->Open().ok());
  Payload payload;
  payload.bytes = text;
  payload.info.set_bytes(text.size());
  Read read;
  *read.document.mutable_source() = payload.info;
  read.status = dynamic_cast<DecoderStage&>(*stage).Decode(payload, &read.document);
  if (read.status.ok()) {
    EXPECT_TRUE(testing::Sound(read.document, text));
  } else {
    EXPECT_FALSE(read.status.message().empty());
  }
  return read;
}

TEST(Markdown, MapsTextThroughItsMarkup) {
  const std::string text = "The *old* [gate](http://gate.example) &amp; the `pump`.\n";
  const Read read = Decode(text);
  ASSERT_EQ(read.document.text(), "The old gate & the pump.");
  const SourceMapView map(read.document.source_map());
  EXPECT_EQ(map.Find({4, 7}).source, (Span{5, 8}));
  EXPECT_TRUE(map.Find({4, 7}).verbatim);
  EXPECT_EQ(map.Find({8, 12}).source, (Span{11, 15}));
  EXPECT_EQ(map.Find({13, 14}).source, (Span{text.find("&amp;"), text.find("&amp;") + 5}));
}

// Large texts that cost parsers dear; a test that hangs fails by its time limit.
TEST(Markdown, BearsHostileText) {
  const auto repeat = [](const std::string& piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  const size_t large = 300000;
  EXPECT_EQ(Decode(repeat("[a]: b\n[a]\n", large)).status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode(repeat(">", large)).status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode(repeat("- ", large) + "x").status.kind(), StatusKind::kLimit);
  for (const char* piece : {"[", "![", "[a](", "*", "**a ", "_", "`", "``a`", "<", "<!--", "<a ", "&", "\\", "|", "a|", "~", "[x", "*a_ ", "# ", "    ", "\t", "\n", "- a\n", "<div>\n", "<div>&", "<div><p ", "<script></",
                            "```\n", "![[]()", "a**b c*d", "<?", "<![CDATA[", "](", "a\n", "> a\n", "&#;", "---\n", "a: b\n", "\r", "\xEF\xBB\xBF"}) {
    Decode(repeat(piece, large));
    Decode("---\n" + repeat(piece, large));
  }
}

// Pieces of Markdown in any order, in and out of place.
TEST(Markdown, IsSoundOnAnyText) {
  const char* pieces[] = {"word", " ", "\n", "\n", "\n\n", "\r\n", "# ", "- ", "1. ", "> ", "    ", "\t", "*", "**", "_", "`", "```\n", "[a](b)", "![alt](c)", "[", "]", "<b>", "</b>", "<div>\n", "<!-- c -->", "<script>x</script>",
                          "&amp;", "&#252;", "|", "|a|b|\n|-|-|\n|c|d|\n", "- [x] ", "---\n", "title: a\n", "***\n", "===\n", "~~", "\\", "\\\n", "  \n", "<http://a.example>", "\xC3\xBC", "\xF0", "\x01", "[r]: u\n", "[r]"};
  std::mt19937 random(17);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    const unsigned count = random() % 50;
    for (unsigned i = 0; i < count; ++i) text += pieces[random() % std::size(pieces)];
    Decode(text);
    ASSERT_FALSE(HasFailure()) << "round " << round << ":\n" << text;
  }
}

}  // namespace
}  // namespace garner::markdown
