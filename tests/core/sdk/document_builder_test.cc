// What the builder makes of white space, controls and claims. Sound() checks map, blocks and accounting of every document here.
#include "garner/document_builder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "garner/testing/charsets.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using namespace std::string_literals;
using testing::Sound;

// A payload in the making of a document.
class Bench {
 public:
  explicit Bench(std::string payload, const std::string& declared = "")
      : payload_(std::move(payload)), decoded_(*DecodeText(payload_, {.declared = declared, .declared_inside = ""})) {
    document_.mutable_source()->set_bytes(payload_.size());
    builder_.emplace(decoded_, &document_);
  }

  DocumentBuilder& builder() { return *builder_; }
  const DecodedText& decoded() const { return decoded_; }
  Bench& Block(Span span, v1::Block::Role role = v1::Block::PARAGRAPH) {
    builder_->BeginBlock(role);
    builder_->Append(span);
    builder_->EndBlock();
    return *this;
  }
  const v1::Document& Finish() {
    builder_->Finish("gap");
    EXPECT_TRUE(Sound(document_, payload_));
    return document_;
  }
  std::string Removals() const {
    std::string list;
    for (const v1::Removal& removal : document_.removals())
      list += removal.rule() + "[" + payload_.substr(removal.source().begin(), removal.source().end() - removal.source().begin()) + "]";
    return list;
  }
  std::vector<v1::SourceMap::Kind> Kinds() const {
    std::vector<v1::SourceMap::Kind> kinds;
    for (const int kind : document_.source_map().kind()) kinds.push_back(static_cast<v1::SourceMap::Kind>(kind));
    return kinds;
  }

 private:
  std::string payload_;
  DecodedText decoded_;
  v1::Document document_;
  std::optional<DocumentBuilder> builder_;
};

using Kinds = std::vector<v1::SourceMap::Kind>;
constexpr auto kVerbatim = v1::SourceMap::VERBATIM;
constexpr auto kRewritten = v1::SourceMap::REWRITTEN;
constexpr auto kInserted = v1::SourceMap::INSERTED;

TEST(DocumentBuilder, CollapsesWhiteSpaceInProse) {
  Bench bench("  two \t\r\n words \u00A0 here ");
  EXPECT_EQ(bench.Block({0, bench.decoded().text().size()}).Finish().text(), "two words here");
  EXPECT_EQ(bench.Removals(), "gap[  ]gap[ ]");
}

TEST(DocumentBuilder, LeavesPlainProseInOneRun) {
  Bench bench("Ein Bär ißt früh, 橋 и мост.");
  bench.Block({0, bench.decoded().text().size()}).Finish();
  EXPECT_EQ(bench.Kinds(), Kinds{kVerbatim});
}

TEST(DocumentBuilder, KeepsWhiteSpaceInCode) {
  Bench bench("if (a)\n    b();");
  EXPECT_EQ(bench.Block({0, 15}, v1::Block::CODE).Finish().text(), "if (a)\n    b();");
}

TEST(DocumentBuilder, TakesTheGapBetweenBlocksForTheSeparator) {
  Bench bench("one\r\n\r\ntwo");
  bench.Block({0, 3});
  bench.builder().Append({3, 7});
  bench.Block({7, 10});
  EXPECT_EQ(bench.Finish().text(), "one\n\ntwo");
  EXPECT_EQ(bench.Kinds(), (Kinds{kVerbatim, kRewritten, kVerbatim}));
  EXPECT_EQ(bench.Removals(), "");
}

TEST(DocumentBuilder, KeepsASeparatorThatIsAlreadyRight) {
  Bench bench("one\n\ntwo");
  bench.Block({0, 3});
  bench.builder().Append({3, 5});
  bench.Block({5, 8}).Finish();
  EXPECT_EQ(bench.Kinds(), Kinds{kVerbatim});
}

TEST(DocumentBuilder, InsertsASeparatorWhereNothingStandsBetween) {
  Bench bench("onetwo");
  EXPECT_EQ(bench.Block({0, 3}).Block({3, 6}).Finish().text(), "one\n\ntwo");
  EXPECT_EQ(bench.Kinds(), (Kinds{kVerbatim, kInserted, kVerbatim}));
}

TEST(DocumentBuilder, LeavesEmptyBlocksOut) {
  Bench bench("a \n b");
  EXPECT_EQ(bench.Block({0, 1}).Block({1, 4}).Block({4, 5}).Finish().blocks_size(), 2);
}

TEST(DocumentBuilder, DropsControls) {
  Bench bench("a\x01" "b\0 c\uFEFF\u0080"s);
  EXPECT_EQ(bench.Block({0, bench.decoded().text().size()}).Finish().text(), "ab c");
}

TEST(DocumentBuilder, ShowsTheFirstOfSpacesThatMarkupInterrupts) {
  Bench bench("one <b> two");
  bench.builder().BeginBlock(v1::Block::PARAGRAPH);
  bench.builder().Append({0, 4});
  bench.builder().Remove({4, 7}, "markup");
  bench.builder().Append({7, 11});
  EXPECT_EQ(bench.Finish().text(), "one two");
  EXPECT_EQ(bench.Kinds(), (Kinds{kVerbatim, kVerbatim})) << "the space is the payload's own";
  EXPECT_EQ(bench.Removals(), "markup[<b>]gap[ ]");
}

TEST(DocumentBuilder, RewritesCharacterReferences) {
  Bench bench("R&amp;D&nbsp;&#1;x&Tab;");
  bench.builder().BeginBlock(v1::Block::PARAGRAPH);
  bench.builder().Append({0, 1});
  bench.builder().AppendRewritten({1, 6}, "&");
  bench.builder().Append({6, 7});
  bench.builder().AppendRewritten({7, 13}, "\u00A0");
  bench.builder().AppendRewritten({13, 17}, "\x01");
  bench.builder().Append({17, 18});
  bench.builder().AppendRewritten({18, 23}, "\t");
  EXPECT_EQ(bench.Finish().text(), "R&D x");
  EXPECT_EQ(bench.Removals(), "gap[&#1;]gap[&Tab;]");
}

TEST(DocumentBuilder, CleansWhatRulesWrite) {
  Bench bench("abXcd");
  bench.builder().BeginBlock(v1::Block::PARAGRAPH);
  bench.builder().Append({0, 2});
  bench.builder().AppendRewritten({2, 3}, " \x02one \n two\uFEFF ");
  bench.builder().Append({3, 5});
  EXPECT_EQ(bench.Finish().text(), "ab one two cd");
}

TEST(DocumentBuilder, PrefersThePayloadsSpaceToAnInsertedOne) {
  Bench bench("a b");
  bench.builder().BeginBlock(v1::Block::PARAGRAPH);
  bench.builder().Append({0, 1});
  bench.builder().AppendInserted(" ");
  bench.builder().Append({1, 3});
  EXPECT_EQ(bench.Finish().text(), "a b");
  EXPECT_EQ(bench.Kinds(), Kinds{kVerbatim});
}

TEST(DocumentBuilder, JoinsWhereALineBreakIsRemoved) {
  Bench bench("橋の\n下");
  bench.builder().BeginBlock(v1::Block::PARAGRAPH);
  bench.builder().Append({0, 6});
  bench.builder().Remove({6, 7}, "line_break");
  bench.builder().Append({7, 10});
  EXPECT_EQ(bench.Finish().text(), "橋の下");
  EXPECT_EQ(bench.Removals(), "line_break[\n]");
}

TEST(DocumentBuilder, AccountsForOverlappingClaims) {
  Bench bench("0123456789abcdef");
  bench.builder().Remove({0, 10}, "outer");
  bench.builder().Remove({2, 4}, "inner");
  bench.builder().Remove({6, 14}, "late");
  bench.Block({8, 9});
  EXPECT_EQ(bench.Finish().text(), "8");
  EXPECT_EQ(bench.Removals(), "outer[01234567]outer[9]late[abcd]gap[ef]");
}

TEST(DocumentBuilder, TakesStretchesInAnyOrder) {
  Bench bench("one two three");
  EXPECT_EQ(bench.Block({8, 13}).Block({0, 3}).Finish().text(), "three\n\none");
  EXPECT_EQ(bench.Removals(), "gap[ two ]");
}

TEST(DocumentBuilder, AddsMetadataWithItsPlace) {
  Bench bench(testing::Encode("Имя: Анна", "windows-1251"), "windows-1251");
  const v1::Metadata* added = bench.builder().AddMetadata("authors", " Анна ", "text_line", 0.5, Span{8, 16});
  ASSERT_NE(added, nullptr);
  EXPECT_EQ(added->value(), "Анна");
  EXPECT_EQ(added->source().begin(), 5U);
  EXPECT_EQ(added->source().end(), 9U);
  EXPECT_EQ(bench.builder().AddMetadata("authors", " \u00A0", "meta", 1), nullptr);
  bench.Finish();
}

// Every stretch of a random payload is appended, rewritten, removed or left, in blocks of any role.
TEST(DocumentBuilderProperty, AnythingIsSound) {
  const char* pieces[] = {"word", " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u2028", "é", "мост", "橋", "\x01", "<b>", "&amp;", "\u0085", "."};
  const char* charsets[] = {"UTF-8", "UTF-16LE", "GB18030"};
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    std::vector<Span> stretches;
    const unsigned count = random() % 40;
    for (unsigned i = 0; i < count; ++i) {
      const size_t begin = text.size();
      text += pieces[random() % std::size(pieces)];
      stretches.push_back({begin, text.size()});
    }
    const std::string charset = charsets[random() % 3];
    std::string payload = testing::Encode(text, charset);
    if (charset == "UTF-16LE") payload.insert(0, "\xFF\xFE");
    Bench bench(payload, charset);
    if (bench.decoded().text() != text) continue;  // too short to tell
    for (const Span& stretch : stretches) {
      if (random() % 6 == 0 || !bench.builder().block_open()) bench.builder().BeginBlock(random() % 5 == 0 ? v1::Block::CODE : v1::Block::PARAGRAPH);
      switch (random() % 8) {
        case 0: bench.builder().Remove(stretch, "rule"); break;
        case 1: bench.builder().AppendRewritten(stretch, pieces[random() % std::size(pieces)]); break;
        case 2: bench.builder().AppendInserted(" "); break;
        case 3: break;
        default: bench.builder().Append(stretch);
      }
    }
    bench.Finish();
    ASSERT_FALSE(HasFailure()) << "round " << round << " in " << charset;
  }
}

}  // namespace
}  // namespace garner
