// The pre-pass: what the parser gets to see, and the limits.
#include "prepass.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace garner::html {
namespace {

std::string Markup(std::string_view page, const PrepassLimits& limits = {}) {
  ElementNames names;
  return Prepare(page, limits, names).markup;
}

std::string Repeated(std::string_view part, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out.append(part);
  return out;
}

TEST(Prepass, WritesBareTagsAndEveryEndTag) {
  EXPECT_EQ(Markup("<div class=a><p>x<p id='b'>y</div>"), "<div><p>x</p><p>y</p></div>");
  EXPECT_EQ(Markup("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(Markup("<table><tr><td>a<td>b<tr><td>c</table>"), "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>");
  EXPECT_EQ(Markup("<select><option>a<option>b</select>"), "<select><option>a</option><option>b</option></select>");
  EXPECT_EQ(Markup("<dl><dt>a<dd>b<dt>c</dl>"), "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
}

TEST(Prepass, EndsWhatIsOpenInsideASection) {
  EXPECT_EQ(Markup("<header><div><b>x</header>y"), "<header><div><b>x</b></div></header>y");
  EXPECT_EQ(Markup("<p>a<section>b</section>"), "<p>a</p><section>b</section>");
  EXPECT_EQ(Markup("<h1>a</h2>b"), "<h1>a</h1>b");
}

TEST(Prepass, IgnoresEndTagsOfWhatCannotBeReached) {
  EXPECT_EQ(Markup("<div>a</span></p></section>b</div>"), "<div>ab</div>");
  EXPECT_EQ(Markup("<i><div>a</i>b</div>"), "<i><div>ab</div>");
  EXPECT_EQ(Markup("<div><table><tr><td>a</div>b</table>c</div>"), "<div><table><tr><td>ab</td></tr></table>c</div>");
  EXPECT_EQ(Markup("<ul><li>a<ul></li><li>b</ul>"), "<ul><li>a<ul><li>b</li></ul>");
}

TEST(Prepass, TextCannotBecomeMarkup) {
  EXPECT_EQ(Markup("<<!-- x -->b>&<!-- -->amp;"), "&lt;b>&amp;amp;");
  EXPECT_EQ(Markup("&lt;b&gt; &amp;copy; &copy;"), "&lt;b> &amp;copy; \xC2\xA9");
  EXPECT_EQ(Markup("<textarea><b>&amp;</b></textarea>"), "<textarea>&lt;b>&amp;&lt;/b></textarea>");
}

TEST(Prepass, EveryTextSegmentSaysWhereItComesFrom) {
  const std::string page = "<p>caf&eacute; <!-- x -->au <b>lait</b>\x01&lt;</p>";
  ElementNames names;
  const Prepared prepared = Prepare(page, {}, names);
  uint64_t markup = 0;
  uint64_t source = 0;
  for (const TextSegment& segment : prepared.text) {
    EXPECT_GE(segment.markup.begin, markup);
    EXPECT_GE(segment.source.begin, source);
    EXPECT_FALSE(segment.source.empty());
    if (segment.exact) { EXPECT_EQ(segment.markup.size(), segment.source.size()); }
    markup = segment.markup.end;
    source = segment.source.end;
  }
  EXPECT_EQ(markup, prepared.markup.size() - std::string("</p>").size());
}

TEST(Prepass, TagsKnowTheirAttributes) {
  const std::string page = R"(<div CLASS='a b' class=c data-x="<p>" id = "d"><p hidden>x)";
  ElementNames names;
  const Prepared prepared = Prepare(page, {}, names);
  ASSERT_EQ(prepared.tags.size(), 2u);
  ASSERT_EQ(prepared.tags[0].attributes, 2u);
  const Attribute& first = prepared.attributes[prepared.tags[0].first_attribute];
  EXPECT_EQ(page.substr(first.value.begin, first.value.size()), "a b");
  EXPECT_EQ(prepared.attributes[prepared.tags[1].first_attribute].name, AttributeName::kHidden);
}

TEST(Prepass, CommentsEndWhereBrowsersEndThem) {
  EXPECT_EQ(Markup("a<!-->b<!--->c<!-- - -- --!>d<!doctype x>e<?php y>f<![CDATA[g]]>h</ i>j"), "abcdefhj");
  EXPECT_EQ(Markup("a<!-- never closed <p>b"), "a");
  EXPECT_EQ(Markup("a<script>never closed <p>b"), "a");
  EXPECT_EQ(Markup("a<svg>never closed<p>b"), "a<svg>never closed<p>b");
}

TEST(Prepass, NothingInsideNoscriptReachesBeyondIt) {
  EXPECT_EQ(Markup("<noscript><iframe src=x /></noscript>a<iframe></iframe>b"), "<noscript></noscript>ab");
  EXPECT_EQ(Markup("<noscript><iframe>x</noscript>a"), "<noscript></noscript>a");
  EXPECT_EQ(Markup("<noscript><!-- x</noscript>a-->b"), "<noscript></noscript>a-->b");
  EXPECT_EQ(Markup("<noscript>a<iframe></iframe>b"), "<noscript>ab");
}

TEST(Prepass, TagNamesHoldNothingThatTheParserCouldMisread) {
  EXPECT_EQ(Markup("<p<b>x</p<b><x,\"y'&lt;=z>1"), "<p-b>x</p-b><x--y--lt--z>1");
}

TEST(Prepass, GreaterThanSignsInAttributesEndNoTag) {
  EXPECT_EQ(Markup("<svg><svg class='[&>path]:x' /></svg>a<p class='a>b'>c"), "a<p>c");
}

TEST(Prepass, DepthIsCappedAndTextKept) {
  ElementNames names;
  PrepassLimits limits;
  limits.max_depth = 2;
  const Prepared prepared = Prepare("<div><div><div><div>x</div></div>y</div></div><p>z</p>", limits, names);
  EXPECT_EQ(prepared.markup, "<div><div>xy</div></div><p>z</p>");
  EXPECT_EQ(prepared.tags_flattened, 2u);
}

TEST(Prepass, AttributesAreCapped) {
  ElementNames names;
  PrepassLimits limits;
  limits.max_attributes = 2;
  limits.max_attribute_bytes = 8;
  const Prepared prepared = Prepare("<p a=1 b=2 class=c><p class='longer than eight bytes'>", limits, names);
  EXPECT_EQ(prepared.attributes.size(), 0u);
  EXPECT_EQ(prepared.attributes_ignored, 2u);
}

// Each of these took quadratic time in some parser. The bound is generous: a quadratic pass over any of them takes minutes.
TEST(Prepass, HostilePagesTakeLinearTime) {
  const size_t many = 100000;
  const std::string pages[] = {
      Repeated("<div>", many),
      Repeated("<svg>", many) + Repeated("</svg>", many / 2),
      Repeated("<template>", many),
      Repeated("<noscript>", many) + "</noscript>" + Repeated("<noscript>", many) + Repeated("<noscript><!--", many),
      Repeated("<i><div>", many) + Repeated("<b>", many) + Repeated("</i>", many),
      Repeated("<p", many),
      Repeated("<!--", many),
      Repeated("<!-- -- ", many),
      Repeated("</", many),
      Repeated("<script></scrip", many),
      Repeated("&", many) + Repeated("&#", many) + Repeated("&a", many),
      "<p " + Repeated("a=1 ", many) + ">x",
      "<p class='" + Repeated("a ", many) + "'>x",
      Repeated("<a><b><p>", many) + Repeated("</a></b>", many),
  };
  for (const std::string& page : pages) {
    const auto begin = std::chrono::steady_clock::now();
    ElementNames names;
    Prepare(page, {}, names);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << page.substr(0, 40);
  }
}

}  // namespace
}  // namespace garner::html
