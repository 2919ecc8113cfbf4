#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "garner/link_address.h"
#include "garner/markdown.h"
#include "garner/plugin.h"
#include "garner/source_map.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"
#include "garner_plugins/markdown/options.pb.h"

GARNER_CASES(Markdown)

namespace garner::markdown {
namespace {

struct Read {
  v1::Document document;
  Status status;
  std::vector<std::string> warnings;
};

// What comes out is sound, or fails in words.
Read Decode(const std::string& text, const MarkdownOptions& options = {}) {
  testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, options.SerializeAsString()).ok());
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
  read.warnings = context.warnings;
  return read;
}

MarkdownOptions WithLinks() {
  MarkdownOptions options;
  options.set_links(true);
  return options;
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

using Links = std::vector<std::pair<std::string, std::string>>;

// Words and address of each link, in order of place.
Links LinksOf(const v1::Document& document) {
  std::vector<const v1::Annotation*> order;
  for (const v1::Annotation& annotation : document.annotations()) order.push_back(&annotation);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->begin() < b->begin(); });
  Links links;
  for (const v1::Annotation* link : order) links.emplace_back(document.text().substr(link->begin(), link->end() - link->begin()), link->value());
  return links;
}

TEST(Markdown, SaysHowManyLinksAreLeftOut) {
  MarkdownOptions options = WithLinks();
  options.set_max_links(2);
  const Read read = Decode("[a] [a] [a] [a]\n\n[a]: /b\n", options);
  EXPECT_EQ(LinksOf(read.document), (Links{{"a", "/b"}, {"a", "/b"}}));
  ASSERT_EQ(read.warnings.size(), 1u);
  EXPECT_NE(read.warnings[0].find("2 links are beyond max_links (2)"), std::string::npos) << read.warnings[0];
}

// What the SDK writes as Markdown has the links of the document, whatever stands in them and around them: read by a parser that knows nothing
// of the writer.
TEST(Markdown, FindsTheLinksThatRenderedMarkdownShows) {
  std::mt19937 random(23);
  const std::string_view letters[] = {"a", "b", "1", " ", " ", ".", "#", "*", "_", "`", "[", "]", "(", ")", "<", ">", "&", ";", "\\", "-", "+", "!",
                                      "\"", "'", ":", "~", "|", "\xC3\xA9", "amp;", "www.", "http://"};
  const std::string_view addresses[] = {"/a", "../b?c=d&e=f", "https://a.example/b_(c)", "/&copy;&amp", "mailto:a@b.example",
                                        "/a)b", "/(((", "/a*b_c_d*", "/[a]![b]", "/'\"'", "/&#65;", "/\xC3\xA9"};
  const v1::Block::Role roles[] = {v1::Block::TABLE_ROW, v1::Block::PARAGRAPH, v1::Block::HEADING, v1::Block::LIST_ITEM, v1::Block::QUOTE};
  size_t seen = 0;
  for (int round = 0; round < 20000; ++round) {
    v1::Document document;
    std::string text;
    Links expected;
    const bool table = random() % 5 == 0;
    for (size_t i = 1 + random() % 2; i-- > 0;) {
      if (!text.empty()) text += "\n\n";
      v1::Block* block = document.add_blocks();
      block->set_role(roles[table ? 0 : random() % std::size(roles)]);
      block->set_begin(text.size());
      text += "x";
      for (size_t parts = 1 + random() % 6; parts-- > 0;) {
        std::string words;
        for (size_t size = 1 + random() % 5; size-- > 0;) words += letters[random() % std::size(letters)];
        words = Trim(words);
        const bool linked = random() % 2 == 0 && !words.empty();
        if (linked) {
          v1::Annotation* link = document.add_annotations();
          link->set_set("links");
          link->set_begin(text.size());
          link->set_end(text.size() + words.size());
          link->set_value(std::string(addresses[random() % std::size(addresses)]));
        }
        text += words;
        if (table && parts == 1) text += " | z";
        if (random() % 2 == 0) text += random() % 2 == 0 ? " " : "y";
      }
      while (text.back() == ' ') text.pop_back();
      block->set_end(text.size());
    }
    document.set_text(text);
    for (const v1::Annotation& link : document.annotations()) {
      std::string words;  // white space is one space in what was read
      for (const char c : text.substr(link.begin(), link.end() - link.begin()))
        if (c != ' ' || words.back() != ' ') words += c;
      expected.emplace_back(words, link.value());
    }
    const std::string rendered = ToMarkdown(document, false);
    MarkdownOptions options = WithLinks();
    options.set_front_matter(false);
    const Read read = Decode("before\n\n" + rendered, options);
    Links found = LinksOf(read.document);
    for (auto& [words, address] : expected) address = LinkAddress(address, {}, 2048);
    ASSERT_EQ(found, expected) << text << "\n--\n" << rendered;
    seen += found.size();
  }
  EXPECT_GT(seen, 20000u);
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
