// The check of the map itself: true maps pass, and each kind of untrue claim is seen. And what references stand for.
#include "tests/pages/page_map.h"

#include <gtest/gtest.h>
#include <libxml/HTMLparser.h>

#include <string>

#include "garner/source_map.h"
#include "garner/utf8.h"
#include "tests/pages/reference_text.h"

namespace garner::pages {
namespace {

// A document of one map, written run by run beside its page.
class Made {
 public:
  explicit Made(std::string page, const std::string& charset = "UTF-8") : page_(std::move(page)), writer_(document_.mutable_source_map()) {
    document_.mutable_source()->set_charset(charset);
    document_.mutable_source()->set_uri("a.html");
  }

  Made& Block(v1::Block::Role role = v1::Block::PARAGRAPH) {
    document_.add_blocks()->set_role(role);
    Last().set_begin(document_.text().size());
    return *this;
  }
  Made& Run(v1::SourceMap::Kind kind, const std::string& text, Span source = {}) {
    const bool verbatim = kind == v1::SourceMap::VERBATIM;
    writer_.Append({kind, {0, text.size()}, source, verbatim ? 1 : text.size(), verbatim ? 1 : source.size()});
    document_.mutable_text()->append(text);
    if (text != "\n\n") Last().set_end(document_.text().size());
    return *this;
  }
  // Of the bytes of `source`, wherever they stand first in the page.
  Made& From(v1::SourceMap::Kind kind, const std::string& text, const std::string& source) {
    const size_t at = page_.find(source);
    EXPECT_NE(at, std::string::npos) << source;
    return Run(kind, text, {at, at + source.size()});
  }

  MapReport Check() const {
    MapReport report;
    CheckPageMap(document_, page_, report);
    return report;
  }
  uint64_t Count(Share share) const {
    const MapReport report = Check();
    EXPECT_EQ(report.wrong, 0u) << (report.mistakes.empty() ? "" : report.mistakes[0]);
    return report.Of(share);
  }
  bool IsWrong() const { return Check().wrong == 1; }

 private:
  v1::Block& Last() { return *document_.mutable_blocks(document_.blocks_size() - 1); }

  const std::string page_;
  v1::Document document_;
  SourceMapWriter writer_;
};

constexpr auto kVerbatim = v1::SourceMap::VERBATIM;
constexpr auto kTranscoded = v1::SourceMap::TRANSCODED;
constexpr auto kRewritten = v1::SourceMap::REWRITTEN;
constexpr auto kInserted = v1::SourceMap::INSERTED;

TEST(PageMap, CountsCharactersNotBytes) { EXPECT_EQ(Made("<p>Zoë</p>").Block().From(kVerbatim, "Zoë", "Zoë").Count(Share::kVerbatim), 3u); }

TEST(PageMap, OtherBytesThanTheTextAreWrong) {
  EXPECT_TRUE(Made("<p>Barge</p>").Block().From(kVerbatim, "Large", "Barge").IsWrong());
  EXPECT_TRUE(Made("<p>Barge</p>").Block().Run(kVerbatim, "Barge", {4, 9}).IsWrong());
  EXPECT_TRUE(Made("<p>Barge").Block().Run(kVerbatim, "Barge", {5, 10}).IsWrong()) << "beyond the page";
}

TEST(PageMap, BytesDecodeFromTheirCharset) {
  EXPECT_EQ(Made("<p>\xF8\xEB\xFE\xE7</p>", "windows-1251").Block().From(kTranscoded, "шлюз", "\xF8\xEB\xFE\xE7").Count(Share::kTranscoded),
            4u);
  EXPECT_TRUE(Made("<p>\xF8\xEB\xFE\xE7</p>", "KOI8-R").Block().From(kTranscoded, "шлюз", "\xF8\xEB\xFE\xE7").IsWrong());
}

TEST(PageMap, ACharacterOfIso2022NeedsTheEscapeBeforeIt) {
  const std::string page = "<p>\x1B$B?e\x1B(B</p>";
  EXPECT_EQ(Made(page, "ISO-2022-JP").Block().From(kRewritten, "水", "?e").Count(Share::kTranscoded), 1u);
  EXPECT_TRUE(Made(page, "ISO-2022-JP").Block().From(kRewritten, "火", "?e").IsWrong());
}

TEST(PageMap, ReferencesStandForTheirText) {
  EXPECT_EQ(Made("<p>&eacute;</p>").Block().From(kRewritten, "é", "&eacute;").Count(Share::kReference), 1u);
  EXPECT_EQ(Made("<p>&NotEqualTilde;</p>").Block().From(kRewritten, "≂̸", "&NotEqualTilde;").Count(Share::kReference), 2u);
  EXPECT_TRUE(Made("<p>&eacute;</p>").Block().From(kRewritten, "è", "&eacute;").IsWrong());
  EXPECT_TRUE(Made("<p>&eacute;s</p>").Block().From(kRewritten, "é", "&eacute;s").IsWrong()) << "more than the reference";
}

TEST(PageMap, EscapesOfJsonStandForTheirText) {
  EXPECT_EQ(Made(R"({"a":"\u00e9"})").Block().From(kRewritten, "é", R"(\u00e9)").Count(Share::kJsonEscape), 1u);
  EXPECT_EQ(Made(R"({"a":"x\n y"})").Block().From(kVerbatim, "x", "x").From(kRewritten, " ", R"(\n )").From(kVerbatim, "y", "y").Count(Share::kCollapsedSpace), 1u);
  EXPECT_EQ(Made(R"({"a":"\u0026amp;"})").Block().From(kRewritten, "&", R"(\u0026amp;)").Count(Share::kReference), 1u);
  EXPECT_TRUE(Made(R"({"a":"\u00e9"})").Block().From(kRewritten, "è", R"(\u00e9)").IsWrong());
}

TEST(PageMap, WhiteSpaceIsCollapsed) {
  EXPECT_EQ(Made("<p>a \n\t b</p>")
                .Block()
                .From(kVerbatim, "a", "a")
                .From(kRewritten, " ", " \n\t ")
                .From(kVerbatim, "b", "b")
                .Count(Share::kCollapsedSpace),
            1u);
  EXPECT_EQ(Made("a &nbsp;&#10; b")
                .Block()
                .From(kVerbatim, "a", "a")
                .From(kRewritten, " ", " &nbsp;&#10; ")
                .From(kVerbatim, "b", "b")
                .Count(Share::kCollapsedSpace),
            1u);
  EXPECT_TRUE(Made("a x b").Block().From(kVerbatim, "a", "a").From(kRewritten, " ", " x ").From(kVerbatim, "b", "b").IsWrong());
}

TEST(PageMap, ReadAsLatin1Before) {
  EXPECT_EQ(Made("it\xC3\xA2\xC2\x80\xC2\x99s").Block().From(kRewritten, "’", "\xC3\xA2\xC2\x80\xC2\x99").Count(Share::kRepaired), 1u);
  EXPECT_TRUE(Made("it\xC3\xA2\xC2\x80\xC2\x99s").Block().From(kRewritten, "‘", "\xC3\xA2\xC2\x80\xC2\x99").IsWrong());
}

TEST(PageMap, TheReplacementCharacterStandsForBrokenBytes) {
  EXPECT_EQ(Made("a\xFF").Block().From(kRewritten, "\uFFFD", "\xFF").Count(Share::kReplacement), 1u);
  EXPECT_EQ(Made("a\x94,", "Shift_JIS").Block().From(kRewritten, "\uFFFD", "\x94").Count(Share::kReplacement), 1u);
  EXPECT_TRUE(Made("abc").Block().From(kRewritten, "\uFFFD", "b").IsWrong());
}

TEST(PageMap, EmptyLinesStandBetweenBlocks) {
  const std::string page = "<p>a</p>\n<p>b</p>";
  EXPECT_EQ(
      Made(page).Block().From(kVerbatim, "a", "a").Run(kInserted, "\n\n").Block().From(kVerbatim, "b", "b").Count(Share::kBlockBorder), 2u);
  EXPECT_EQ(Made(page)
                .Block()
                .From(kVerbatim, "a", "a")
                .From(kRewritten, "\n\n", "\n")
                .Block()
                .From(kVerbatim, "b", "b")
                .Count(Share::kSpaceBetween),
            2u);
  EXPECT_TRUE(Made(page).Block().From(kVerbatim, "a", "a").From(kRewritten, "\n\n", "</p>\n").Block().From(kVerbatim, "b", "b").IsWrong());
}

TEST(PageMap, InsertedTextIsASeparatorWhereMarkupStands) {
  EXPECT_EQ(Made("1<br>2").Block().From(kVerbatim, "1", "1").Run(kInserted, " ").From(kVerbatim, "2", "2").Count(Share::kSpace), 1u);
  EXPECT_EQ(Made("1<br>2")
                .Block(v1::Block::CODE)
                .From(kVerbatim, "1", "1")
                .Run(kInserted, "\n")
                .From(kVerbatim, "2", "2")
                .Count(Share::kLineBreak),
            1u);
  EXPECT_TRUE(Made("12").Block().From(kVerbatim, "1", "1").Run(kInserted, " ").From(kVerbatim, "2", "2").IsWrong()) << "no markup";
  EXPECT_TRUE(Made("1<br>2").Block().From(kVerbatim, "1", "1").Run(kInserted, "x").From(kVerbatim, "2", "2").IsWrong()) << "words";
  EXPECT_TRUE(Made("1<br>2").Block().From(kVerbatim, "1", "1").Run(kInserted, "\n").From(kVerbatim, "2", "2").IsWrong()) << "no code";
}

TEST(PageMap, BordersStandInTableRows) {
  const auto row = [](v1::Block::Role role) {
    return Made("<td>1<td>2")
        .Block(role)
        .From(kVerbatim, "1", "1")
        .Run(kInserted, " ")
        .Run(kInserted, "|")
        .Run(kInserted, " ")
        .From(kVerbatim, "2", "2");
  };
  EXPECT_EQ(row(v1::Block::TABLE_ROW).Count(Share::kCellBorder), 3u);
  EXPECT_EQ(row(v1::Block::PARAGRAPH).Check().wrong, 1u);
}

TEST(PageMap, MistakesSayWhereAndWhat) {
  const MapReport report = Made("<p>Barge</p>").Block().From(kVerbatim, "Large", "Barge").Check();
  ASSERT_EQ(report.mistakes.size(), 1u);
  EXPECT_EQ(report.mistakes[0], "a.html: VERBATIM text 'Large' at 0 claims bytes 3 to 8, which are 'Barge'");
}

TEST(ReferenceText, NamesAndNumbers) {
  EXPECT_EQ(ReferenceText("&eacute;"), "é");
  EXPECT_EQ(ReferenceText("&copy"), "©");
  EXPECT_EQ(ReferenceText("&#233;"), "é");
  EXPECT_EQ(ReferenceText("&#xE9"), "é");
  EXPECT_EQ(ReferenceText("&#146;"), "’");
  EXPECT_EQ(ReferenceText("&#0;"), "\uFFFD");
  EXPECT_EQ(ReferenceText("&#xD800;"), "\uFFFD");
  EXPECT_EQ(ReferenceText("&#99999999999999999999;"), "\uFFFD");
}

TEST(ReferenceText, NotWhatIsNone) {
  for (const char* none : {"", "&", "&;", "&#;", "&#x;", "&#12a;", "&alpha", "&eacute; ", "eacute;", "&nosuchname;"})
    EXPECT_FALSE(ReferenceText(none)) << none;
}

// Another list of names than the one that the decoder's table was made of.
TEST(ReferenceText, AgreesWithLibxml2) {
  size_t names = 0;
  for (unsigned value = 34; value < 10000; ++value) {
    const htmlEntityDesc* entity = htmlEntityValueLookup(value);
    if (entity == nullptr) continue;
    ++names;
    std::string text;
    // These two have other characters in HTML 5.
    AppendUtf8(value == 9001 ? U'⟨' : value == 9002 ? U'⟩' : static_cast<char32_t>(value), text);
    EXPECT_EQ(ReferenceText("&" + std::string(entity->name) + ";"), text) << entity->name;
  }
  EXPECT_GT(names, 250u);
}

}  // namespace
}  // namespace garner::pages
