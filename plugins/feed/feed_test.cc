#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"
#include "garner/utf8.h"
#include "plain_text.h"

GARNER_CASES(Feed)

namespace garner::feed {
namespace {

class FeedTest : public ::testing::Test {
 protected:
  FeedTest() : stage_(garner_plugin.make()) {
    EXPECT_TRUE(stage_->Configure(context_, "").ok());
    EXPECT_TRUE(stage_->Open().ok());
  }

  UnpackerStage& unpacker() { return dynamic_cast<UnpackerStage&>(*stage_); }

  testing::Unpacked Read(const std::string& bytes) {
    MemoryStream stream(bytes);
    return testing::Unpack(unpacker(), stream);
  }

  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
};

std::string Repeat(const std::string& piece, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

std::string Rss(const std::string& items) { return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>" + items + "</channel></rss>"; }

TEST_F(FeedTest, GivesTheSameForAnyPieces) {
  std::string items;
  for (int i = 0; i < 3000; ++i) items += "<item><title>Gate &amp; pump " + std::to_string(i) + "</title><description><![CDATA[<p>" + std::string(static_cast<size_t>(i % 200), 'x') + "</p>]]></description></item>\n";
  const std::string feed = Rss(items);
  const testing::Unpacked expected = Read(feed);
  ASSERT_TRUE(expected.status.ok()) << expected.status.message();
  ASSERT_EQ(expected.items.size(), 3000U);
  for (uint32_t seed = 0; seed < 3; ++seed) {
    testing::OddStream stream(feed, seed, 5000);
    const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
    ASSERT_EQ(seen.items.size(), expected.items.size());
    for (size_t i = 0; i < seen.items.size(); ++i) EXPECT_EQ(seen.items[i].bytes, expected.items[i].bytes);
  }
}

// Wherever a feed is cut off, the entries before stay as they are, and it is said that something is missing.
TEST_F(FeedTest, KeepsWhatCameBeforeTheEnd) {
  const std::string feed = Rss("<item><title>One</title><description>First text.</description></item><item><title>Two</title><description>Second text.</description></item>");
  const size_t first_end = feed.find("</item>") + 7;
  const size_t second_begin = feed.find("<item>", first_end) + 6;
  for (size_t size = first_end; size <= feed.size() - 6; ++size) {
    const testing::Unpacked seen = Read(feed.substr(0, size));
    ASSERT_GE(seen.items.size(), 1U) << size;
    EXPECT_EQ(seen.items[0].bytes, "First text.");
    EXPECT_TRUE(seen.items[0].status.ok());
    EXPECT_FALSE(seen.status.ok()) << size;
    if (size > second_begin && size < feed.rfind("</item>")) {
      ASSERT_EQ(seen.items.size(), 2U) << size;
      EXPECT_FALSE(seen.items[1].status.ok()) << size;
    }
  }
}

TEST_F(FeedTest, BearsHostileFeeds) {
  const size_t large = 1U << 19;
  for (const char* piece : {"<item>", "<a>", "<a b='c'>", "<", "&", "&amp;", "&lt;", "&#1;", "]]>", "<![CDATA[", "<!--", "<!-- -- ", "<?a", "</item>", "<item/>", "<a:b>", "x", "<item><link>a</link>", "<p xmlns='", "\xC3"}) {
    for (const char* before : {"", "<item><description>", "<item><title>", "<item><content type=\"xhtml\">", "<item a=\""}) {
      const testing::Unpacked seen = Read("<rss><channel>" + (before + Repeat(piece, large)));
      EXPECT_TRUE(seen.status.ok() || !seen.status.message().empty());
    }
  }
  std::string attributes = "<rss";
  for (int i = 0; i < 20000; ++i) attributes += " a" + std::to_string(i) + "='x'";
  Read(attributes + "><channel><item/></channel></rss>");
}

TEST_F(FeedTest, RefusesEntitiesThatStandForMore) {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"lol\">";
  for (int i = 1; i < 20; ++i) bomb += "<!ENTITY a" + std::to_string(i) + " \"" + Repeat("&a" + std::to_string(i - 1) + ";", 50) + "\">";
  const testing::Unpacked seen = Read(bomb + "]><rss><channel><item><title>&a19;</title></item></channel></rss>");
  EXPECT_TRUE(seen.items.empty());
  EXPECT_NE(seen.status.message().find("declares an entity of its own, 'a0'"), std::string::npos) << seen.status.message();
}

TEST_F(FeedTest, IsCalmOnAnyMixture) {
  const char* pieces[] = {"<rss>", "</rss>", "<channel>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link href=\"/a\"/>", "<link>b</link>", "<description>", "</description>", "<content type=\"xhtml\">",
                          "<div>", "</div>", "</content>", "<author><name>A</name></author>", "<guid>g</guid>", "<![CDATA[<b>]]>", "&nbsp;", "&nosuch;", "&amp;lt;", "text ", "\xC3\xBC", "\xFF", "<!-- c -->", "<image>", "</image>", "<category term=\"t\"/>"};
  std::mt19937 random(23);
  for (int round = 0; round < 5000; ++round) {
    std::string feed = round % 2 == 0 ? "<rss><channel>" : "";
    const unsigned count = random() % 50;
    for (unsigned i = 0; i < count; ++i) feed += pieces[random() % std::size(pieces)];
    for (const testing::UnpackedItem& item : Read(feed).items) {
      EXPECT_FALSE(item.info.record_key().empty());
      EXPECT_TRUE(item.status.ok() || !item.status.message().empty());
      EXPECT_TRUE(IsValidUtf8(item.bytes));
    }
  }
}

TEST(PlainText, IsWhatAReaderSees) {
  EXPECT_EQ(PlainText("The <b>north</b> gate &amp; the&nbsp;pump"), "The north gate & the pump");
  EXPECT_EQ(PlainText("a < b > c & d <"), "a < b > c & d <");
  EXPECT_EQ(PlainText("Br&uuml;cke &#8211; &nosuch; <unclosed"), "Brücke – &nosuch; <unclosed");
  EXPECT_TRUE(LooksHtml("a <br> b"));
  EXPECT_TRUE(LooksHtml("R&amp;D"));
  EXPECT_FALSE(LooksHtml("R&D, 3 < 4 > 2; AT&T;"));
}

}  // namespace
}  // namespace garner::feed
