// The decoder as a whole: its cases, hostile pages, mutated pages, the evidence of blocks.
#include <chrono>
#include <random>
#include <string>

#include "check_page.h"
#include "garner/html_elements.h"
#include "garner/testing/cases.h"

GARNER_CASES(Html)

namespace garner::html {
namespace {

std::string Repeated(std::string_view part, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out.append(part);
  return out;
}

const v1::Block& BlockOf(const v1::Document& document, std::string_view text) {
  for (const v1::Block& block : document.blocks())
    if (document.text().compare(block.begin(), block.end() - block.begin(), text) == 0) return block;
  ADD_FAILURE() << "no block '" << text << "'";
  return v1::Block::default_instance();
}

TEST(Evidence, SaysWhereABlockStands) {
  const auto checked = DecodeBytes(
      "<body class=page><nav id=Main-Menu><ul class='nav top'><li class=item>See <a href=/a>the log</a> and <a href=/b>map</a></ul></nav>"
      "<div role=main><section><p>Text.</p></section></div>Loose");
  ASSERT_TRUE(checked->status.ok());
  const v1::HtmlEvidence& item = BlockOf(checked->document, "See the log and map").html();
  EXPECT_EQ(HtmlPath(checked->document, BlockOf(checked->document, "See the log and map")), "nav.main.menu/ul.nav.top/li.item");
  EXPECT_EQ(item.landmark(), "nav");
  EXPECT_EQ(item.links(), 2u);
  EXPECT_EQ(item.link_bytes(), 10u);
  const v1::HtmlEvidence& text = BlockOf(checked->document, "Text.").html();
  EXPECT_EQ(text.landmark(), "main");
  EXPECT_FALSE(text.has_links());
  EXPECT_FALSE(BlockOf(checked->document, "Loose").html().has_landmark());
  EXPECT_FALSE(BlockOf(checked->document, "Loose").html().has_element());
}

TEST(Evidence, HasEachElementOnce) {
  const auto checked = DecodeBytes(
      "<div class=relatedPosts><p>First <b>of</b> two.</p>Behind it.<p><a class='more_link' href=/a>Go on</a></p></div><div itemprop=articleBody>Body.");
  ASSERT_TRUE(checked->status.ok());
  const v1::Document& document = checked->document;
  EXPECT_EQ(HtmlPath(document, BlockOf(document, "First of two.")), "div.related.posts/p");
  EXPECT_EQ(HtmlPath(document, BlockOf(document, "Behind it.")), "div.related.posts");
  EXPECT_EQ(HtmlPath(document, BlockOf(document, "Go on")), "div.related.posts/p/a.more.link");
  EXPECT_EQ(HtmlPath(document, BlockOf(document, "Body.")), "div.article.body");
  EXPECT_EQ(document.html_elements_size(), 5);
}

TEST(Evidence, IsBounded) {
  const auto checked = DecodeBytes(Repeated("<div class='" + Repeated("word ", 1000) + "'>", 300) + "x");
  ASSERT_TRUE(checked->status.ok());
  EXPECT_EQ(checked->document.html_elements_size(), 300);
  for (const v1::HtmlElement& element : checked->document.html_elements()) EXPECT_LE(element.class_words().size(), 32u * 33u);
}

HtmlOptions WithLinks() {
  HtmlOptions options;
  options.set_links(true);
  return options;
}

TEST(Links, HaveALimitOfTheirNumber) {
  HtmlOptions options = WithLinks();
  options.set_max_links(2);
  const auto checked = DecodeBytes(Repeated("<p><a href=/a>one</a> <a href='#'>none</a>", 5), options);
  EXPECT_EQ(checked->document.annotations_size(), 2);
  ASSERT_EQ(checked->context.warnings.size(), 1u);
  EXPECT_NE(checked->context.warnings[0].find("3 links are beyond max_links (2)"), std::string::npos) << checked->context.warnings[0];
}

// Many links that share one long base, one long link around many blocks, and links that alternate: no more than the limits allow, quickly.
TEST(Links, OfHostilePagesAreBounded) {
  const std::string base = "http://a.example/" + std::string(2000, 'b') + "/";
  const std::string pages[] = {
      "<base href='" + base + "'>" + Repeated("<a href=c>d</a> ", 100000) + "keep",
      "<a href='" + base + "'>" + Repeated("<p>x", 100000) + "keep",
      "<a href='" + std::string(60000, 'x') + "'>" + Repeated("<p>x<table><tr><td><a href=y>y</a></table>", 30000) + "keep",
      Repeated("<base href=../a/>", 100000) + "<a href=b>keep</a>",
      "<a href='" + Repeated("../", 600) + "'>keep</a>",
  };
  for (const std::string& page : pages) {
    const auto checked = DecodeBytes(page, WithLinks());
    ASSERT_TRUE(checked->status.ok());
    EXPECT_NE(checked->document.text().find("keep"), std::string::npos);
    EXPECT_LE(checked->document.annotations_size(), 20000);
    EXPECT_TRUE(LinksStandInBlocks(checked->document)) << page.substr(0, 40);
  }
}

// Text survives every limit that does not fail the page. Generous bounds: quadratic work on any of these takes minutes.
TEST(HostilePages, ComeOutQuickly) {
  const size_t many = 100000;
  const std::string pages[] = {
      Repeated("<div>", many) + "keep",
      Repeated("<b>", many) + "keep" + Repeated("</i>", many),
      Repeated("<i><div>", many) + Repeated("<b>", many) + Repeated("</i>", many) + "keep",
      Repeated("<table><tr><td>", many) + "keep",
      Repeated("<ul><li>", many) + "keep",
      Repeated("<a href=x>", many) + "keep",
      Repeated("<p>x", many) + "<p>keep",
      Repeated("<br>", many) + "keep",
      "<p " + Repeated("class=a ", many) + ">keep",
      "<p>" + Repeated("&amp;&eacute;", many) + " keep",
      Repeated("<h1>title</h1>", many) + "keep",
      Repeated("<time datetime=2025-01-01 itemprop=author class='date author'>", many) + "keep",
      Repeated("<meta name=author content=x><script type=application/ld+json>{}</script>", many / 10) + "keep",
      Repeated("<div hidden>", many) + "hidden" + Repeated("</div>", many) + "keep " + std::string(500, 'x'),
  };
  for (const std::string& page : pages) {
    const auto begin = std::chrono::steady_clock::now();
    const auto checked = DecodeBytes(page);
    ASSERT_TRUE(checked->status.ok()) << checked->status.message();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30)) << page.substr(0, 40);
    EXPECT_NE(checked->document.text().find("keep"), std::string::npos) << page.substr(0, 40);
    EXPECT_TRUE(testing::Sound(checked->document, page)) << page.substr(0, 40);
  }
}

TEST(HostilePages, DepthIsWarnedOf) {
  const auto checked = DecodeBytes(Repeated("<div>", 1000) + "x");
  ASSERT_EQ(checked->context.warnings.size(), 1u);
  EXPECT_NE(checked->context.warnings[0].find("max_depth (512)"), std::string::npos);
}

// An element may be asked for its text once for each one around it.
TEST(HostilePages, NoAuthorIsLookedForBehindThousandsOfSpaces) {
  const auto has_author = [](size_t spaces) {
    const auto checked = DecodeBytes("<p class=author>" + std::string(spaces, ' ') + "<b>" + std::string(spaces, ' ') + "Ida Strand</b></p><p>Gulls.</p>");
    EXPECT_NE(checked->document.text().find("Ida Strand"), std::string::npos) << "it stays text";
    return checked->document.metadata_size() > 0;
  };
  EXPECT_TRUE(has_author(1000));
  EXPECT_FALSE(has_author(10000));
}

// Pages of random parts, cut, doubled and with bytes changed: any of them decodes to a sound document with all its text located.
TEST(MutatedPages, AreSound) {
  static constexpr std::string_view kParts[] = {
      "<p>", "</p>", "<div class='a b'>", "</div>", "<header>", "</header>", "<table><tr><td>", "</td>", "<td>", "</table>", "<ul><li>", "</ul>",
      "<li>", "<pre>\n", "</pre>", "<br>", "<h1>Head</h1>", "<a href=x>", "<a href='http://a.example/?b&copy;'>", "</a>", "<base href=/c/>", "<b>", "</b>", "<!-- c -->", "<!--", "-->", "<script>", "</script>",
      "<svg>", "</svg>", "<template>", "</template>", "<noscript>", "</noscript>", "<textarea>", "</textarea>", "<title>Head</title>", "<title>",
      "<body>", "</body></html>", "<select><option>", "<button>", "</form>", "<form>", "<td", "<p hidden>", "<div style='display:none'>", " \n\t ",
      "text", "caf\xC3\xA9 ", "\xE7\x81\xAF\xE5\x8F\xB0", "&amp;", "&eacute", "&#146;", "&#0;", "&lt;", "&nvlt;", "&", "<", ">", "\"", "'", "=", "/", "a < b",
      "<meta property='og:title' content='Head'>", "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"Head\"}</script>",
      "<html lang=en>", "<time datetime=2025-01-01>", "]]>", "<![CDATA[", "<?pi?>", "<!doctype html>", "\xC2\xA0", "\xEF\xBB\xBF", "\xEF\xBF\xBF", "\r\n", "|"};
  std::mt19937 random(20250904);
  const auto pick = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
  for (int round = 0; round < 4000; ++round) {
    std::string page;
    for (size_t parts = pick(40); parts > 0; --parts) page += kParts[pick(std::size(kParts))];
    if (!page.empty() && pick(4) == 0) page.resize(pick(page.size()));
    if (!page.empty() && pick(4) == 0) page[pick(page.size())] = static_cast<char>(pick(128));
    if (pick(8) == 0) page.insert(page.size() / 2, 1500, 'y');
    ASSERT_TRUE(DecodesSoundly(page, pick(4) == 0 ? "application/xhtml+xml" : "text/html")) << page;
  }
}

}  // namespace
}  // namespace garner::html
