#include "garner/link_address.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "garner/uri.h"
#include "garner/utf8.h"

namespace garner {
namespace {

// The examples of RFC 3986, 5.4.
TEST(Uri, ResolvesAsTheStandardDoes) {
  const struct {
    const char* reference;
    const char* expected;
  } rows[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/./x", "http://a/b/c/g#s/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& row : rows) EXPECT_EQ(ResolveUri("http://a/b/c/d;p?q", row.reference), row.expected) << row.reference;
}

TEST(Uri, KeepsWhatItDoesNotUnderstand) {
  EXPECT_EQ(ResolveUri("http://a.example", "b"), "http://a.example/b") << "a base without a path";
  EXPECT_EQ(ResolveUri("http://a.example?q", "b//c"), "http://a.example/b//c");
  EXPECT_EQ(ResolveUri("http://a.example/b/", "caf\xC3\xA9/[1]%zz"), "http://a.example/b/caf\xC3\xA9/[1]%zz");
  EXPECT_EQ(ResolveUri("http://a.example/b/", "mailto:../a@b.example"), "mailto:a@b.example");
  EXPECT_EQ(ResolveUri("http://u:p@a.example:80/b?c#d", "/e"), "http://u:p@a.example:80/e");
}

TEST(Uri, FindsSchemeAndAuthority) {
  EXPECT_EQ(UriScheme("HTTPS://a"), "HTTPS");
  EXPECT_EQ(UriScheme("a/b:c"), "");
  EXPECT_EQ(UriScheme("1a:b"), "");
  EXPECT_EQ(UriScheme(":"), "");
  EXPECT_EQ(UriScheme("mailto"), "");
  EXPECT_EQ(UriAuthority("http://a.example/b"), "a.example");
  EXPECT_EQ(UriAuthority("http://a.example?b"), "a.example");
  EXPECT_EQ(UriAuthority("http:///b"), "");
  EXPECT_EQ(UriAuthority("/b//c"), "");
}

std::string Address(std::string_view written, std::string_view base = "https://quay.example/news/today?page=2") { return LinkAddress(written, base, 200); }

TEST(LinkAddress, TakesWhatLeadsSomewhere) {
  EXPECT_EQ(Address("https://Harbour.example/Log"), "https://Harbour.example/Log");
  EXPECT_EQ(Address("HTTP://harbour.example"), "http://harbour.example");
  EXPECT_EQ(Address("mailto:log@harbour.example?subject=Tides"), "mailto:log@harbour.example?subject=Tides");
  EXPECT_EQ(Address("yesterday"), "https://quay.example/news/yesterday");
  EXPECT_EQ(Address("?page=3"), "https://quay.example/news/today?page=3");
  EXPECT_EQ(Address("#tides"), "https://quay.example/news/today?page=2#tides");
  EXPECT_EQ(Address("//pier.example/a"), "https://pier.example/a");
  EXPECT_EQ(Address("../a", ""), "../a") << "no base: as it is written";
  EXPECT_EQ(Address("#tides", ""), "#tides");
}

TEST(LinkAddress, LeavesOutWhatDoesNot) {
  for (const char* written : {"", "  \t", "#", " # ", "javascript:go()", "JavaScript:go()", " java\nscript:go()", "\x01javascript:go()", "data:text/html,x", "tel:+4512", "ftp://a.example/",
                              "file:///etc", "blob:x", "http:", "http://", "https:a", "https:///a", "http://?a", "mailto:", "harbour.example:80/a", "C:\\logs\\a.txt"})
    EXPECT_EQ(Address(written), "") << written;
  EXPECT_EQ(Address("//"), "") << "no host";
  EXPECT_EQ(Address("///a"), "");
}

TEST(LinkAddress, EncodesWhatNoAddressHolds) {
  EXPECT_EQ(Address(" /a b\t\r\nc "), "https://quay.example/a%20bc") << "tabs and line ends are left out, as browsers do";
  EXPECT_EQ(Address("/\"<x>\"`{y}|^"), "https://quay.example/%22%3Cx%3E%22%60%7By%7D%7C%5E");
  EXPECT_EQ(Address("\\logs\\a?b\\c"), "https://quay.example/logs/a?b%5Cc") << "a slash in the path alone";
  EXPECT_EQ(Address("/a\x01\x7F"), "https://quay.example/a%01%7F");
  EXPECT_EQ(Address("/a\xC2\xA0""b\xE2\x80\xA8"), "https://quay.example/a%C2%A0b%E2%80%A8");
  EXPECT_EQ(Address("/gpj.\xE2\x80\xAE""exe"), "https://quay.example/gpj.%E2%80%AE""exe") << "a mark that turns the text around";
  EXPECT_EQ(Address("/\xD0\xB3\xD0\xB0\xD0\xB2\xD0\xB0\xD0\xBD\xD1\x8C/(1)/%20/%zz/a+b&c='d'"), "https://quay.example/\xD0\xB3\xD0\xB0\xD0\xB2\xD0\xB0\xD0\xBD\xD1\x8C/(1)/%20/%zz/a+b&c='d'")
      << "letters of any alphabet stay";
  EXPECT_EQ(Address("/a\xC3"), "https://quay.example/a\xEF\xBF\xBD");
}

TEST(LinkAddress, HasALimit) {
  const std::string base = "https://quay.example/";
  EXPECT_NE(LinkAddress(std::string(79, 'a'), base, 100), "");
  EXPECT_EQ(LinkAddress(std::string(80, 'a'), base, 100), "") << "resolved";
  EXPECT_EQ(LinkAddress(std::string(101, '\t') + "a", base, 100), "") << "as it is written";
}

TEST(LinkAddress, IsCleanWhateverIsWritten) {
  std::mt19937 dice(11);
  const std::string_view parts[] = {"http:", "https://", "mailto:", "javascript:", "//", "/", "..", ".", "a", "?", "#", ":", "@", "\\", " ", "\t", "\n", "\x01", "%", "\xC3", "\xC3\xA9", "\xE2\x80\xAE", "<", ")", "|"};
  for (int round = 0; round < 20000; ++round) {
    std::string written;
    for (size_t i = dice() % 9; i-- > 0;) written += parts[dice() % std::size(parts)];
    for (const char* base : {"", "https://quay.example/news/today"}) {
      const std::string address = LinkAddress(written, base, 200);
      ASSERT_TRUE(IsValidUtf8(address)) << written;
      ASSERT_EQ(address.find_first_of(" \t\n\x01<>|\\"), std::string::npos) << written;
      const std::string_view scheme = UriScheme(address);
      ASSERT_TRUE(address.empty() || scheme == "http" || scheme == "https" || scheme == "mailto" || (scheme.empty() && *base == 0)) << written;
    }
  }
}

void AddCanonical(v1::Document& document, const char* address, bool chosen) {
  v1::Metadata* added = document.add_metadata();
  added->set_key("canonical_url");
  added->set_value(address);
  added->set_chosen(chosen);
}

TEST(DocumentAddress, IsTheOneItWasFetchedFromElseTheCanonicalOne) {
  v1::Document document;
  EXPECT_EQ(DocumentAddress(document, 200), "");
  AddCanonical(document, "https://quay.example/b", false);
  EXPECT_EQ(DocumentAddress(document, 200), "https://quay.example/b");
  AddCanonical(document, "/today", true);
  EXPECT_EQ(DocumentAddress(document, 200), "https://quay.example/b") << "one that is relative itself is no base";
  AddCanonical(document, "https://quay.example/a", true);
  EXPECT_EQ(DocumentAddress(document, 200), "https://quay.example/a");
  document.mutable_source()->mutable_fetch()->set_url("quay.example");
  EXPECT_EQ(DocumentAddress(document, 200), "https://quay.example/a");
  document.mutable_source()->mutable_fetch()->set_url("http://www.quay.example/c");
  EXPECT_EQ(DocumentAddress(document, 200), "http://www.quay.example/c");
}

}  // namespace
}  // namespace garner
