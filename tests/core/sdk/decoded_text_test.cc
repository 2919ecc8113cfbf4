// Which charset is named for which bytes, and that every character of the decoded text points at its bytes.
#include "garner/decoded_text.h"

#include <gtest/gtest.h>

#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "garner/document_builder.h"
#include "garner/testing/charsets.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using namespace std::string_literals;
using testing::Encode;
using testing::Sound;

constexpr char kGerman[] = "Über die Brücke führte früher nur ein schmaler Weg; heute fährt dort täglich ein Zug. Die Gäste grüßen höflich.\n";
constexpr char kFrench[] = "L’été dernier, l’élève a déjà été reçue à l’école; ça suffit, répète la mère. Où est passée la clé du château ?\n";
constexpr char kPolish[] = "Zażółć gęślą jaźń. Wczoraj wieczorem mężczyzna zgubił klucz, więc wrócił późno do domu i czekał na sąsiadów.\n";
constexpr char kHungarian[] = "A régi kőhíd fölött sűrű köd ült, a hajósok türelmesen vártak. Később megérkezett az első gőzös, és mindenki örült.\n";
constexpr char kTurkish[] = "Köprünün altında büyük bir gemi bekliyordu; işçiler yükü boşalttı. Akşam güneşi battı, şehir ışıklarını yaktı.\n";
constexpr char kRussian[] = "Старый мост над рекой закрыли на ремонт. Жители деревни теперь ездят через лес, и дорога занимает больше часа.\n";
constexpr char kUkrainian[] = "Їхній міст через річку зачинили на ремонт. Тепер жителі їздять лісом, і ця дорога триває понад годину.\n";
constexpr char kGreek[] = "Η παλιά γέφυρα πάνω από το ποτάμι έκλεισε για επισκευή και οι κάτοικοι περνούν τώρα από το δάσος.\n";
constexpr char kHebrew[] = "הגשר הישן מעל הנהר נסגר לתיקון, ותושבי הכפר נוסעים עכשיו דרך היער במשך שעה.\n";
constexpr char kJapanese[] = "川にかかる古い橋は修理のため閉鎖されました。村の人々は森を通って一時間以上かけて町へ行きます。\n";
constexpr char kKorean[] = "강 위의 오래된 다리가 수리를 위해 폐쇄되었습니다. 마을 사람들은 이제 숲길로 한 시간 넘게 돌아갑니다.\n";
constexpr char kChinese[] = "河上的老桥因为维修已经关闭。村里的居民现在要穿过树林，走一个多小时才能到城里。\n";
constexpr char kTaiwanese[] = "河上的老橋因為維修已經關閉。村裡的居民現在要穿過樹林，走一個多小時才能到城裡。\n";
constexpr char kThai[] = "สะพานเก่าข้ามแม่น้ำปิดซ่อมแซม ชาวบ้านจึงต้องเดินทางผ่านป่านานกว่าหนึ่งชั่วโมง\n";

std::string Repeat(const std::string& text, int times) {
  std::string repeated;
  while (times-- > 0) repeated += text;
  return repeated;
}

// A document of the decoded text, a block a line.
v1::Document DocumentOf(const std::string& payload, const DecodedText& decoded) {
  v1::Document document;
  document.mutable_source()->set_bytes(payload.size());
  DocumentBuilder builder(decoded, &document);
  const std::string_view text = decoded.text();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    builder.BeginBlock(v1::Block::PARAGRAPH);
    builder.Append({at, end});
    builder.EndBlock();
    if (end < text.size()) builder.Append({end, end + 1});
    at = end + 1;
  }
  builder.Finish("whitespace");
  return document;
}

// Every run's bytes decode to its text; the runs tile the text.
void ExpectTrueRuns(const std::string& payload, const DecodedText& decoded) {
  ASSERT_TRUE(IsValidUtf8(decoded.text()));
  uint64_t at = 0;
  uint64_t source_at = 0;
  for (const SourceRun& run : decoded.Runs({0, decoded.text().size()})) {
    ASSERT_EQ(run.text.begin, at);
    ASSERT_GE(run.source.begin, source_at);
    ASSERT_EQ(run.text.size() % run.text_unit, 0U);
    ASSERT_EQ(run.text.size() / run.text_unit, run.source.size() / run.source_unit);
    at = run.text.end;
    source_at = run.source.end;
  }
  ASSERT_EQ(at, decoded.text().size());
  ASSERT_LE(source_at, payload.size());
  EXPECT_TRUE(Sound(DocumentOf(payload, decoded), payload));
}

struct Sample {
  const char* name;
  const char* text;
  const char* charset;   // the bytes are in this charset
  const char* declared;  // what is declared
  const char* expected;  // what shall be named
  const char* evidence;  // nullptr: any
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) { return out << sample.name; }

class Charsets : public ::testing::TestWithParam<Sample> {};

TEST_P(Charsets, AreNamedAndDecoded) {
  const Sample& sample = GetParam();
  const std::string text = Repeat(sample.text, 3);
  const std::string payload = Encode(text, sample.charset);
  ASSERT_FALSE(payload.empty());
  const Result<DecodedText> decoded = DecodeText(payload, {.declared = sample.declared, .declared_inside = ""});
  ASSERT_TRUE(decoded.ok()) << decoded.status().message();
  EXPECT_EQ(decoded->charset(), sample.expected);
  if (sample.evidence != nullptr) {
    EXPECT_EQ(decoded->evidence(), sample.evidence);
  }
  EXPECT_EQ(decoded->text(), text);
  EXPECT_EQ(decoded->replacements(), 0U);
  ExpectTrueRuns(payload, *decoded);
}

INSTANTIATE_TEST_SUITE_P(
    All, Charsets,
    ::testing::Values(
        Sample{"Utf8", kGerman, "UTF-8", "", "UTF-8", "valid_utf8"},
        Sample{"Utf8DeclaredLatin1", kRussian, "UTF-8", "iso-8859-1", "UTF-8", "valid_utf8"},
        Sample{"Utf16LeWithoutMark", kGerman, "UTF-16LE", "", "UTF-16LE", "null_pattern"},
        Sample{"Utf16BeWithoutMark", kGerman, "UTF-16BE", "", "UTF-16BE", "null_pattern"},
        Sample{"Utf16LeRussian", kRussian, "UTF-16LE", "", "UTF-16LE", "null_pattern"},
        Sample{"Utf16BeRussian", kRussian, "UTF-16BE", "utf-8", "UTF-16BE", "null_pattern"},
        Sample{"Utf16LeChinese", kChinese, "UTF-16LE", "", "UTF-16LE", "null_pattern"},
        Sample{"Utf16BeJapanese", kJapanese, "UTF-16BE", "", "UTF-16BE", "null_pattern"},
        Sample{"Utf16LeThai", kThai, "UTF-16LE", "", "UTF-16LE", "null_pattern"},
        Sample{"Utf32Le", kKorean, "UTF-32LE", "", "UTF-32LE", "null_pattern"},
        Sample{"Utf32Be", kFrench, "UTF-32BE", "", "UTF-32BE", "null_pattern"},
        Sample{"DeclaredLatin1MeansWindows1252", kFrench, "windows-1252", "latin1", "windows-1252", "declared"},
        Sample{"DeclaredAsciiMeansWindows1252", kGerman, "windows-1252", "us-ascii", "windows-1252", "declared"},
        Sample{"Declared1250", kPolish, "windows-1250", "windows-1250", "windows-1250", "declared"},
        Sample{"Declared8859_2", kPolish, "ISO-8859-2", "ISO_8859-2", "ISO-8859-2", "declared"},
        Sample{"Declared1254", kTurkish, "windows-1254", "iso-8859-9", "windows-1254", "declared"},
        Sample{"DeclaredKoi8U", kUkrainian, "KOI8-U", "koi8-u", "KOI8-U", "declared"},
        Sample{"DeclaredGb2312MeansGb18030", kChinese, "GB18030", "gb2312", "GB18030", "declared"},
        Sample{"DeclaredKsc5601MeansWindows949", kKorean, "windows-949", "ks_c_5601-1987", "windows-949", "declared"},
        Sample{"DeclaredBig5", kTaiwanese, "Big5", "Big5", "Big5", "declared"},
        Sample{"DeclaredSjis", kJapanese, "Shift_JIS", "x-sjis", "Shift_JIS", "declared"},
        Sample{"DeclaredThai", kThai, "windows-874", "tis-620", "windows-874", "declared"},
        Sample{"DeclaredHebrew", kHebrew, "windows-1255", "windows-1255", "windows-1255", "declared"},
        Sample{"DeclaredHz", kChinese, "HZ-GB-2312", "hz-gb-2312", "HZ-GB-2312", "declared"},
        Sample{"Undeclared1251", kRussian, "windows-1251", "", "windows-1251", "uchardet"},
        Sample{"UndeclaredKoi8R", kRussian, "KOI8-R", "", "KOI8-R", "uchardet"},
        Sample{"Undeclared1252French", kFrench, "windows-1252", "", "windows-1252", nullptr},
        Sample{"Undeclared1252German", kGerman, "windows-1252", "", "windows-1252", nullptr},
        Sample{"Undeclared8859_2", kHungarian, "ISO-8859-2", "", "ISO-8859-2", nullptr},
        Sample{"Undeclared1250", kPolish, "windows-1250", "", "windows-1250", nullptr},
        Sample{"Undeclared1254", kTurkish, "windows-1254", "", "windows-1254", nullptr},
        Sample{"UndeclaredGreek", kGreek, "ISO-8859-7", "", "ISO-8859-7", nullptr},
        Sample{"UndeclaredSjis", kJapanese, "Shift_JIS", "", "Shift_JIS", "uchardet"},
        Sample{"UndeclaredEucJp", kJapanese, "EUC-JP", "", "EUC-JP", "uchardet"},
        Sample{"UndeclaredEucKr", kKorean, "windows-949", "", "windows-949", "uchardet"},
        Sample{"UndeclaredGb18030", kChinese, "GB18030", "", "GB18030", "uchardet"},
        Sample{"UndeclaredBig5", kTaiwanese, "Big5", "", "Big5", "uchardet"},
        Sample{"UndeclaredIso2022Jp", kJapanese, "ISO-2022-JP", "", "ISO-2022-JP", "uchardet"},
        Sample{"DeclaredIso2022Jp", kJapanese, "ISO-2022-JP", "iso-2022-jp", "ISO-2022-JP", "declared"},
        Sample{"LyingUtf8", kRussian, "windows-1251", "utf-8", "windows-1251", "uchardet"},
        Sample{"LyingShiftJis", kFrench, "windows-1252", "shift_jis", "windows-1252", nullptr},
        Sample{"LyingEucJp", kRussian, "windows-1251", "euc-jp", "windows-1251", nullptr},
        Sample{"UnknownLabel", kJapanese, "EUC-JP", "x-no-such-charset", "EUC-JP", "uchardet"}),
    [](const ::testing::TestParamInfo<Sample>& sample) { return std::string(sample.param.name); });

DecodedText Decode(const std::string& payload, const CharsetHint& hint = {}) {
  Result<DecodedText> decoded = DecodeText(payload, hint);
  EXPECT_TRUE(decoded.ok()) << decoded.status().message();
  ExpectTrueRuns(payload, *decoded);
  return *std::move(decoded);
}

TEST(DecodeText, TakesByteOrderMarksForWhatTheySay) {
  const struct {
    std::string mark;
    const char* charset;
  } marks[] = {{"\xEF\xBB\xBF"s, "UTF-8"}, {"\xFF\xFE"s, "UTF-16LE"}, {"\xFE\xFF"s, "UTF-16BE"}, {"\xFF\xFE\0\0"s, "UTF-32LE"}, {"\0\0\xFE\xFF"s, "UTF-32BE"}, {"\x84\x31\x95\x33"s, "GB18030"}};
  for (const auto& [mark, charset] : marks) {
    SCOPED_TRACE(charset);
    const std::string payload = mark + Encode(kChinese, charset);
    const DecodedText decoded = Decode(payload, {.declared = "windows-1252", .declared_inside = ""});
    EXPECT_EQ(decoded.charset(), charset);
    EXPECT_EQ(decoded.evidence(), "bom");
    EXPECT_EQ(decoded.text(), kChinese);
    EXPECT_EQ(decoded.ToSource({0, 3}).begin, mark.size()) << "the mark is in no run";
  }
}

TEST(DecodeText, CopiesNothingOfValidUtf8) {
  const std::string payload = "\xEF\xBB\xBF" + std::string(kRussian);
  const DecodedText decoded = Decode(payload);
  EXPECT_EQ(decoded.text().data(), payload.data() + 3);
}

// Each character of `text` beyond ASCII as the characters that Latin-1 has for its bytes.
std::string MisreadAsLatin1(const std::string& text) {
  std::string misread;
  for (const char c : text) AppendUtf8(static_cast<unsigned char>(c), misread);
  return misread;
}

TEST(DecodeText, DecodesUtf8ThatWasReadAsLatin1WhereOnlyControlsWouldBeLeft) {
  const std::string text = "It’s “late” – он здесь 😀.";
  const std::string payload = "\xEF\xBB\xBF" "Café: " + MisreadAsLatin1(text);
  const Result<DecodedText> decoded = DecodeText(payload, {});
  ASSERT_TRUE(decoded.ok());
  // Of 'н' and of others both bytes are visible: those are not for a decoder to judge.
  EXPECT_EQ(decoded->text().substr(0, decoded->text().find("Ð")), "Café: It’s “late” – ");
  EXPECT_NE(decoded->text().find("😀"), std::string::npos);
  EXPECT_EQ(decoded->replacements(), 0U);
  EXPECT_TRUE(Sound(DocumentOf(payload, *decoded), payload));
}

TEST(DecodeText, KeepsOtherControlsForTheBuilder) {
  for (const std::string& payload : {"Ã©tÃ©"s, "a\xC2\x80" "b"s, "\xC2\x99"s, "é\xC2\x80" "x"s, "\xC3\xA2\xC2\x80"s, "\xC3\x82\xC2\x80"s}) {
    const Result<DecodedText> decoded = DecodeText(payload, {});
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(decoded->text(), payload);
  }
}

TEST(DecodeText, MisreadUtf8CostsLinearTime) {
  for (const std::string& piece : {"\xC3\xA2\xC2\x80\xC2\x99"s, "\xC3\xA2\xC2\x80"s, "\xC2\x80"s, "\xC3\xB0\xC2\x80"s, "\xC2\xA0"s}) {
    const std::string payload = Repeat(piece, 300000);
    EXPECT_TRUE(DecodeText(payload, {}).ok());
  }
}

TEST(DecodeText, TakesAnEmptyPayload) {
  EXPECT_EQ(Decode("").text(), "");
  EXPECT_EQ(Decode("\xEF\xBB\xBF").text(), "");
  EXPECT_EQ(Decode("\xFF\xFE").text(), "");
}

TEST(DecodeText, KeepsNearlyValidUtf8) {
  const std::string broken = Repeat(kRussian, 2) + "cut \xD0 and latin1 caf\xE9.\n";
  for (const char* declared : {"", "utf-8", "windows-1251"}) {
    const DecodedText decoded = Decode(broken, {.declared = declared, .declared_inside = ""});
    EXPECT_EQ(decoded.charset(), "UTF-8");
    EXPECT_EQ(decoded.replacements(), 2U);
    EXPECT_EQ(decoded.text(), Repeat(kRussian, 2) + "cut \uFFFD and latin1 caf\uFFFD.\n");
  }
}

TEST(DecodeText, KeepsUtf8ThatEndsInsideACharacter) {
  const std::string payload = "Ein schöner Tag geht zu Ende, sagt die Müllerin \xE2\x80";
  EXPECT_EQ(Decode(payload).text(), "Ein schöner Tag geht zu Ende, sagt die Müllerin \uFFFD");
}

TEST(DecodeText, ReplacesLoneSurrogatesAndOddTails) {
  const std::string payload = Encode("Der Zug hält in ", "UTF-16LE") + "\x00\xD8"s + Encode("Ulm. ", "UTF-16LE") + "\x41"s;
  const DecodedText decoded = Decode(payload);
  EXPECT_EQ(decoded.charset(), "UTF-16LE");
  EXPECT_EQ(decoded.text(), "Der Zug hält in \uFFFDUlm. \uFFFD");
  EXPECT_EQ(decoded.replacements(), 2U);
}

TEST(DecodeText, DecodesPairsOfSurrogates) {
  EXPECT_EQ(Decode("\xFF\xFE"s + Encode("a𝄞b😀", "UTF-16LE")).text(), "a𝄞b😀");
}

TEST(DecodeText, MapsUnitsOfEqualSize) {
  const std::string payload = Encode("мост", "windows-1251");
  const DecodedText decoded = Decode(payload, {.declared = "windows-1251", .declared_inside = ""});
  const std::vector<SourceRun> runs = decoded.Runs({0, 8});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].kind, v1::SourceMap::TRANSCODED);
  EXPECT_EQ(runs[0].text_unit, 2U);
  EXPECT_EQ(runs[0].source_unit, 1U);
  EXPECT_EQ(decoded.ToSource({2, 6}), (Span{1, 3}));
}

TEST(DecodeText, PutsEscapesOfStatefulCharsetsToTheNextCharacter) {
  const std::string payload = Encode("ab橋c", "ISO-2022-JP");
  const DecodedText decoded = Decode(payload);
  EXPECT_EQ(decoded.ToSource({2, 5}), (Span{2, 7})) << "ESC $ B and two bytes";
  EXPECT_EQ(decoded.ToSource({5, 6}), (Span{7, 11})) << "ESC ( B and one byte";
  EXPECT_EQ(decoded.replacements(), 0U);
}

TEST(DecodeText, TakesTerminalColoursForText) {
  EXPECT_EQ(Decode("\x1B[31mred\x1B[0m").charset(), "UTF-8");
}

TEST(DecodeText, BelievesTheTransportBeforeTheContent) {
  const std::string payload = Encode(kRussian, "KOI8-R");
  EXPECT_EQ(Decode(payload, {.declared = "koi8-r", .declared_inside = "windows-1251"}).charset(), "KOI8-R");
  EXPECT_EQ(Decode(payload, {.declared = "", .declared_inside = "koi8-r"}).evidence(), "declared");
}

TEST(DecodeText, IgnoresUtf16DeclaredInside) {
  EXPECT_EQ(Decode(Encode(kRussian, "windows-1251"), {.declared = "", .declared_inside = "utf-16"}).charset(), "windows-1251");
}

TEST(DecodeText, TakesShortLatinWords) {
  EXPECT_EQ(Decode("caf\xE9").text(), "café");
  EXPECT_EQ(Decode("It\x92s here.").text(), "It’s here.");
}

TEST(DecodeText, KeepsUtf8WithAStrayNul) {
  const std::string payload = "The first line of a log.\n\0The second\0 line.\n"s;
  EXPECT_EQ(Decode(payload).charset(), "UTF-8");
}

TEST(DecodeText, FindsWhatIsBeyondAsciiFarInTheText) {
  const std::string payload = Repeat("Plain English words fill the first part of this file.\n", 8000) + Encode(Repeat(kRussian, 5), "windows-1251");
  EXPECT_EQ(Decode(payload).charset(), "windows-1251");
}

TEST(DecodeText, RefusesBytesThatAreNoText) {
  std::string bytes;
  std::mt19937 random(7);
  for (int i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>(random() & 0xFF));
  const Result<DecodedText> decoded = DecodeText(bytes, {});
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.status().kind(), StatusKind::kInvalidInput);
}

TEST(LooksBinary, TellsTextFromOtherBytes) {
  EXPECT_TRUE(LooksBinary("\x7F" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3E\0\x01\0\0\0"s));
  EXPECT_TRUE(LooksBinary("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0"s));
  EXPECT_FALSE(LooksBinary(""));
  EXPECT_FALSE(LooksBinary(kRussian));
  for (const char* charset : {"windows-1251", "Shift_JIS", "ISO-2022-JP", "EUC-KR", "GB18030"})
    EXPECT_FALSE(LooksBinary(Encode(std::string(charset) == "EUC-KR" ? kKorean : charset == std::string("windows-1251") ? kRussian : kJapanese, charset))) << charset;
  EXPECT_FALSE(LooksBinary(Encode(kRussian, "UTF-16LE")));
  EXPECT_FALSE(LooksBinary("\xFF\xFE"s + Encode(kChinese, "UTF-16LE")));
}

// --- Properties over random text

std::string RandomText(std::mt19937& random, const std::u32string& alphabet, int length) {
  std::string text;
  for (int i = 0; i < length; ++i) {
    const unsigned dice = random() % 12;
    if (dice == 0) text += ' ';
    else if (dice == 1) text += "\r\n";
    else if (dice == 2) text += static_cast<char>('!' + random() % 90);
    else AppendUtf8(alphabet[random() % alphabet.size()], text);
  }
  return text;
}

std::u32string Range(char32_t begin, char32_t end) {
  std::u32string range;
  for (; begin <= end; ++begin) range.push_back(begin);
  return range;
}

TEST(DecodeTextProperty, DeclaredTextComesBackWholeAndMapped) {
  const struct {
    const char* charset;
    std::u32string alphabet;
  } charsets[] = {{"windows-1250", U"ąćęłńóśźżĄĆĘŁäöüßřščžýáíé„”–€"}, {"windows-1251", Range(0x410, 0x44F) + U"ЁёЇї№—«»"},
                  {"windows-1252", U"àâçéèêëîïôùûüÿœ€’“”–—ß"},   {"windows-1254", U"ğüşöçıİĞÜŞÖÇ’€"},
                  {"ISO-8859-2", U"ąćęłńóśźżáíéýčďěňřšťůž"},     {"KOI8-R", Range(0x410, 0x44F) + U"─│■√≈≤"},
                  {"Shift_JIS", Range(0x3041, 0x3093) + Range(0x30A1, 0x30F6) + U"一二三東京日本語表ソ能ｱｲｳ①～"},
                  {"EUC-JP", Range(0x3041, 0x3093) + U"東京日本語表ソ能ｱｲｳ"}, {"windows-949", Range(0xAC00, 0xAC80) + U"똠방각하漢字"},
                  {"GB18030", Range(0x4E00, 0x4E80) + U"€ёḿ😀𠀀ÀĀ"}, {"Big5", U"的一是不了人我在有他這功許蓋"},
                  {"UTF-16LE", Range(0x400, 0x480) + U"😀一ßа"}, {"UTF-16BE", Range(0x400, 0x480) + U"😀一ßа"},
                  {"UTF-32LE", Range(0x400, 0x480) + U"😀一"}, {"ISO-2022-JP", Range(0x3041, 0x3093) + U"東京日本語表"}};
  std::mt19937 random(20);
  for (const auto& [charset, alphabet] : charsets) {
    for (int round = 0; round < 60; ++round) {
      const std::string text = RandomText(random, alphabet, 1 + static_cast<int>(random() % 200));
      const std::string payload = Encode(text, charset);
      const Result<DecodedText> decoded = DecodeText(payload, {.declared = charset, .declared_inside = ""});
      ASSERT_TRUE(decoded.ok());
      // Bytes that happen to be UTF-8, or to have zero bytes where UTF-16 has them, are not what this test is about.
      if (decoded->charset() != charset) continue;
      ASSERT_EQ(decoded->text(), text) << charset;
      ExpectTrueRuns(payload, *decoded);
      if (HasFatalFailure() || HasNonfatalFailure()) FAIL() << charset << " round " << round;
    }
  }
}

// Bytes of any kind, often of a charset and then damaged.
std::string RandomBytes(std::mt19937& random) {
  const char* charsets[] = {"UTF-8", "UTF-16LE", "UTF-32BE", "windows-1251", "Shift_JIS", "GB18030", "Big5", "EUC-JP", "windows-949", "ISO-2022-JP"};
  std::string bytes = random() % 3 == 0 ? std::string() : Encode(RandomText(random, Range(0x430, 0x44F) + U"橋강é😀", 40), charsets[random() % 10]);
  const unsigned inserted = random() % 24;
  for (unsigned i = 0; i < inserted; ++i) bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(random() % (bytes.size() + 1)), static_cast<char>(random() & 0xFF));
  return bytes;
}

TEST(DecodeTextProperty, AnyBytesGiveASoundDocumentOrAReason) {
  const char* labels[] = {"", "", "utf-8", "utf-16", "utf-32", "shift_jis", "gb18030", "big5", "big5-hkscs", "euc-jp", "euc-kr", "iso-2022-jp", "iso-2022-kr",
                          "hz-gb-2312", "windows-1252", "windows-874", "koi8-u", "macintosh", "ibm037", "utf-7", "euc-tw", "cp437", "no-such"};
  std::mt19937 random(4711);
  int decoded_count = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::string payload = RandomBytes(random);
    const Result<DecodedText> decoded = DecodeText(payload, {.declared = labels[random() % std::size(labels)], .declared_inside = labels[random() % std::size(labels)]});
    if (!decoded.ok()) continue;
    ++decoded_count;
    ExpectTrueRuns(payload, *decoded);
    if (HasFatalFailure() || HasNonfatalFailure()) FAIL() << "round " << round << " in " << decoded->charset();
  }
  EXPECT_GT(decoded_count, 3000);
}

}  // namespace
}  // namespace garner
