// Dates, site names, JSON-LD, the declared charset.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "charset_prescan.h"
#include "garner/dates.h"
#include "json_ld.h"
#include "site_name.h"
#include "words.h"

namespace garner::html {
namespace {

TEST(Dates, KeepThePrecisionThatIsStated) {
  EXPECT_EQ(NormalizeDate("2025"), "2025");
  EXPECT_EQ(NormalizeDate("2025-09"), "2025-09");
  EXPECT_EQ(NormalizeDate(" 2025-09-04 "), "2025-09-04");
  EXPECT_EQ(NormalizeDate("20250904"), "2025-09-04");
  EXPECT_EQ(NormalizeDate("2025-09-04T10:00"), "2025-09-04T10:00");
  EXPECT_EQ(NormalizeDate("2025-09-04T10:00:05.123Z"), "2025-09-04T10:00:05Z");
  EXPECT_EQ(NormalizeDate("2025-09-04 10:00:05+0530"), "2025-09-04T10:00:05+05:30");
  EXPECT_EQ(NormalizeDate("September 2025"), "2025-09");
}

TEST(Dates, InOtherForms) {
  EXPECT_EQ(NormalizeDate("Thu, 04 Sep 2025 10:00:00 GMT"), "2025-09-04T10:00:00Z");
  EXPECT_EQ(NormalizeDate("September 4th, 2025"), "2025-09-04");
  EXPECT_EQ(NormalizeDate("Posted on 4 Sept. 2025"), "2025-09-04");
  EXPECT_EQ(NormalizeDate("04.09.2025"), "2025-09-04");
  EXPECT_EQ(NormalizeDate("2025/9/4"), "2025-09-04");
  EXPECT_EQ(NormalizeDate("9/24/2025"), "2025-09-24");
  EXPECT_EQ(DateInUrl("https://a.example/news/2025/09/04/gulls"), "2025-09-04");
}

TEST(Dates, NotFromWhatIsNone) {
  for (const char* text : {"", "yesterday", "04/05/2025", "2025-13-01", "2025-02-30", "31.02.2025", "99999999", "2025-09-04x5", "12345", "May", "0000-00-00"})
    EXPECT_EQ(NormalizeDate(text), "") << text;
  EXPECT_EQ(DateInUrl("https://a.example/2025/09/x"), "");
  EXPECT_EQ(DateInUrl("https://a.example/1234/56/78"), "");
}

TEST(SiteName, IsTakenOffEitherEnd) {
  const TitleContext context{{"The Quay Courier"}, {}, {}, {}};
  EXPECT_EQ(WithoutSiteName("Tides rise | The Quay Courier", context), "Tides rise");
  EXPECT_EQ(WithoutSiteName("Tides rise - Science - Quay Courier", context), "Tides rise - Science");
  EXPECT_EQ(WithoutSiteName("The Quay Courier: Tides rise", context), "Tides rise");
}

TEST(SiteName, ThePagesOwnHeadingDecides) {
  EXPECT_EQ(WithoutSiteName("Mooring in winter - Ropes - Quay Talk", {{}, {}, {"Quay Talk"}, {"Mooring in winter"}}), "Mooring in winter");
  EXPECT_EQ(WithoutSiteName("Quay Talk | Mooring", {{}, {"Mooring"}, {}, {}}), "Mooring");
}

TEST(SiteName, WhatIsStatedCountsMoreThanWhatIsShown) {
  EXPECT_EQ(WithoutSiteName("Quay Notes: Mooring in winter", {{}, {"Mooring in winter"}, {"Quay Notes"}, {}}), "Mooring in winter");
  EXPECT_EQ(WithoutSiteName("Mooring in winter: Quay Notes", {{}, {"Mooring in winter"}, {"Quay Notes"}, {}}), "Mooring in winter");
}

TEST(SiteName, TheHeadingThatEndsTheTitleIsTheSites) {
  EXPECT_EQ(WithoutSiteName("Mooring in winter | Quay Talk", {{}, {}, {"Quay Talk"}, {}}), "Mooring in winter");
  EXPECT_EQ(WithoutSiteName("Quay | Mooring in winter with ropes", {{}, {}, {"Mooring in winter with ropes"}, {}}), "Mooring in winter with ropes");
}

TEST(SiteName, AndTheWordsOfTheSoftware) {
  EXPECT_EQ(WithoutSiteName("Quay Talk • View topic - Ropes: which ones?", {}), "Ropes: which ones?");
  EXPECT_EQ(WithoutSiteName("Browse subject: Ropes -- Catalogues | The Quay Library", {{"quaylibrary"}, {}, {}, {}}), "Ropes -- Catalogues");
  EXPECT_EQ(WithoutSiteName("What to view - topic of the day", {}), "What to view - topic of the day");
}

TEST(SiteName, StaysBehindHome) {
  EXPECT_EQ(WithoutSiteName("Home - The Quay Courier", {{"The Quay Courier"}, {}, {}, {}}), "Home - The Quay Courier");
  EXPECT_TRUE(IsHomeWord("Home Page"));
  EXPECT_TRUE(IsHomeWord("Главная"));
  EXPECT_FALSE(IsHomeWord("Home insurance"));
}

TEST(SiteName, BeginsATitleWithItsHost) {
  EXPECT_TRUE(BeginsWithSite("Quaytalk - Where boats meet", {"harbour", "quaytalk"}));
  EXPECT_FALSE(BeginsWithSite("Quaytalk", {"quaytalk"}));
  EXPECT_FALSE(BeginsWithSite("Where boats meet - Quaytalk", {"quaytalk"}));
}

TEST(SiteName, SubtitlesBehindAColonStay) {
  EXPECT_EQ(WithoutSiteName("Mooring in winter: ropes that hold", {{}, {}, {}, {"Mooring in winter"}}), "Mooring in winter: ropes that hold");
  EXPECT_EQ(WithoutSiteName("Mooring in winter - Quay Talk", {{}, {}, {}, {"Mooring in winter"}}), "Mooring in winter");
}

TEST(SiteName, HomePagesKeepItAtTheBeginning) {
  TitleContext context{{"Quay Courier"}, {}, {}, {}};
  EXPECT_EQ(WithoutSiteName("Quay Courier - News of the harbour", context), "News of the harbour");
  context.home_page = true;
  EXPECT_EQ(WithoutSiteName("Quay Courier - News of the harbour", context), "Quay Courier - News of the harbour");
  EXPECT_EQ(WithoutSiteName("News of the harbour - Quay Courier", context), "News of the harbour");
}

TEST(SiteName, IsRecognised) {
  EXPECT_TRUE(IsSiteName("The Quay Courier", {"quaycourier"}));
  EXPECT_FALSE(IsSiteName("Gulls of the quay", {"quaycourier"}));
  EXPECT_FALSE(IsSiteName("", {""}));
}

TEST(FirstPart, OfATitleWithBars) {
  EXPECT_EQ(FirstPart("Ropes for winter | Gear | Warm hands"), "Ropes for winter");
  EXPECT_EQ(FirstPart("Winter | Gear for the cold"), "Gear for the cold");
  EXPECT_EQ(FirstPart("New ropes | Quay and Harbour"), "New ropes");
  EXPECT_EQ(FirstPart("| Quay Courier"), "Quay Courier");
  EXPECT_EQ(FirstPart("North - South ferry"), "North - South ferry");
  EXPECT_EQ(FirstPart("\uff5cKai\uff5cLang"), "Kai");
  EXPECT_EQ(FirstPart("|"), "|");
  EXPECT_EQ(FirstPart(""), "");
}

TEST(SiteName, WhatIsNoSiteNameStays) {
  EXPECT_EQ(WithoutSiteName("North - South ferry", {{"Quay Courier"}, {}, {}, {}}), "North - South ferry");
  EXPECT_EQ(WithoutSiteName("Well-known e-mail", {{"mail"}, {}, {}, {}}), "Well-known e-mail");
  EXPECT_EQ(WithoutSiteName("Quay Courier", {{"Quay Courier"}, {}, {}, {}}), "Quay Courier");
  EXPECT_EQ(WithoutSiteName("", {}), "");
}

TEST(Words, AnchorMarksOfHeadings) {
  EXPECT_EQ(WithoutAnchorMark("Ropes\xC2\xB6"), "Ropes");
  EXPECT_EQ(WithoutAnchorMark("Ropes #"), "Ropes");
  EXPECT_EQ(WithoutAnchorMark("Learn C#"), "Learn C#");
  EXPECT_EQ(WithoutAnchorMark("#"), "#");
  EXPECT_EQ(WithoutAnchorMark(""), "");
}

struct Read {
  JsonLdResult result;
  Candidates candidates;
};

Read ReadJsonLd(const std::string& body, const JsonLdLimits& limits = {}, std::string_view url = {}) {
  Read read;
  read.result = AddJsonLdCandidates(body, {{0, body.size()}}, url, limits, read.candidates);
  return read;
}

TEST(JsonLd, TheNodeOfThePageSpeaks) {
  const std::string body = R"([{"@type":"Article","url":"https://a.example/other","headline":"Other"},
      {"@type":"Article","mainEntityOfPage":{"@id":"http://a.example/this/"},"headline":"This"}])";
  EXPECT_EQ(ReadJsonLd(body, {}, "https://a.example/this").candidates.First("title"), "This");
  EXPECT_EQ(ReadJsonLd(body).candidates.First("title"), "Other");
}

TEST(JsonLd, NestedNodesDoNotSpeakForThePage) {
  const std::string body = R"({"@type":"WebPage","name":"Page","hasPart":{"@type":"NewsArticle","headline":"Teaser"}})";
  EXPECT_EQ(ReadJsonLd(body).candidates.First("title"), "Page");
}

TEST(JsonLd, AuthorsInEveryShape) {
  const auto authors = [](const std::string& value) {
    const Read read = ReadJsonLd("{\"@type\":\"Article\",\"author\":" + value + "}");
    std::string all;
    for (const Candidate& candidate : read.candidates.all())
      if (candidate.key == "authors") all += candidate.value + ";";
    return all;
  };
  EXPECT_EQ(authors(R"("Ida")"), "Ida;");
  EXPECT_EQ(authors(R"(["Ida",{"name":"Ole"},{"@id":"#x"}])"), "Ida;Ole;");
  EXPECT_EQ(authors(R"({"name":["Ida","Ole"]})"), "Ida;Ole;");
  EXPECT_EQ(authors(R"("https://a.example/ida")"), "");
  EXPECT_EQ(authors(R"({"@id":"#a","name":{"name":{"name":{"name":{"name":"deep"}}}}})"), "");
}

TEST(JsonLd, EvidenceIsTheValueItself) {
  const std::string body = R"({"@type":"Article","headline":"Gulls"})";
  const Read read = ReadJsonLd(body);
  ASSERT_EQ(read.candidates.all().size(), 1u);
  EXPECT_EQ(body.substr(read.candidates.all()[0].evidence->begin, 5), "Gulls");
}

TEST(JsonLd, HostileInputIsBounded) {
  const std::string deep(200000, '[');
  EXPECT_EQ(ReadJsonLd("{\"a\":" + deep + std::string(200000, ']') + "}").result.refused, 1u);
  EXPECT_EQ(ReadJsonLd("{\"a\":\"" + std::string(5000, 'x') + "\"}", {.max_bytes = 1000}).result.refused, 1u);
  EXPECT_EQ(ReadJsonLd("{\"@type\":\"Article\",}").result.invalid, 1u);
  EXPECT_EQ(ReadJsonLd("{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\"},\"@id\":\"#a\"}").candidates.all().size(), 0u);
  std::string many = "[0";
  for (int i = 0; i < 100000; ++i) many += ",{\"@type\":\"Article\"}";
  EXPECT_EQ(ReadJsonLd(many + "]").candidates.all().size(), 0u);
}

// The last of `many` tags that no search finds in the block, for they are written with escapes.
Candidate LastTag(int many) {
  std::string body = R"({"@type":"Article","articleBody":")" + std::string(4'000'000, 'x') + R"(","keywords":[)";
  for (int i = 0; i < many; ++i) body += R"("pe\u00f1a )" + std::to_string(i) + R"(",)";
  return ReadJsonLd(body + R"("rope"]})").candidates.all().back();
}

TEST(JsonLd, PlacesOfValuesAreNotSearchedForWithoutEnd) {
  ASSERT_EQ(LastTag(4).value, "rope");
  EXPECT_EQ(LastTag(4).evidence->size(), 4u);
  ASSERT_EQ(LastTag(40).value, "rope");
  EXPECT_GT(LastTag(40).evidence->size(), 4'000'000u) << "the block";
}

TEST(JsonLd, AListThatEachNodeNamesIsNotReadWithoutEnd) {
  const auto authors = [](int nodes, int addresses) -> std::string {
    std::string body = R"([{"@id":"#l","name":[)";
    for (int i = 0; i < addresses; ++i) body += R"("/a",)";
    body += R"("/b"]},)";
    for (int i = 0; i < nodes; ++i) body += R"({"@type":"Article","author":{"@id":"#l"}},)";
    return std::string(ReadJsonLd(body + R"({"@type":"Article","author":"Ida"}])").candidates.First("authors"));
  };
  EXPECT_EQ(authors(10, 100), "Ida");
  EXPECT_EQ(authors(1000, 1000), "") << "a million values before it";
}

TEST(CharsetPrescan, FindsWhatThePageDeclares) {
  EXPECT_EQ(PrescanCharset("<html><meta charset='Shift_JIS'>"), "Shift_JIS");
  EXPECT_EQ(PrescanCharset("<META http-equiv=Content-Type content=\"text/html; Charset = 'windows-1251' \">"), "windows-1251");
  EXPECT_EQ(PrescanCharset("<meta content='text/html; charset=koi8-r;x' http-equiv='content-type'>"), "koi8-r");
  EXPECT_EQ(PrescanCharset("<?xml version='1.0' encoding='ISO-8859-1'?><html>"), "ISO-8859-1");
  EXPECT_EQ(PrescanCharset("<meta charset=utf-16le>"), "UTF-8");
}

TEST(CharsetPrescan, NotInCommentsTextOrOtherElements) {
  EXPECT_EQ(PrescanCharset("<!-- <meta charset=koi8-r> --><p charset=x>charset=y"), "");
  EXPECT_EQ(PrescanCharset("<meta name=description content='charset=koi8-r'>"), "");
  EXPECT_EQ(PrescanCharset(std::string(5000, ' ') + "<meta charset=koi8-r>"), "");
  EXPECT_EQ(PrescanCharset("<meta charset=\"koi8"), "");
  EXPECT_EQ(PrescanCharset(""), "");
  EXPECT_EQ(PrescanCharset("<?xml encoding='"), "");
}

}  // namespace
}  // namespace garner::html
