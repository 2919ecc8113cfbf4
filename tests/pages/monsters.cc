#include "tests/pages/monsters.h"

#include <algorithm>
#include <utility>

namespace garner::pages {
namespace {

constexpr std::string_view kText =
    "The lock keeper of Untermoor opens the gates at seven, and closes them when the last barge has gone through.";

std::string Page(const std::string& in_head, const std::string& monster) {
  std::string page = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Opening times of the lock</title>";
  page.append(in_head)
      .append("</head><body><nav><a href=/>Home</a><a href=/locks>Locks</a></nav><h1>Opening times of the lock</h1><p>")
      .append(kText)
      .append("</p>");
  return page.append(monster).append(
      "<p>Barges longer than forty metres have to be announced the day before.</p><footer>Untermoor Canal Office</footer></body></html>");
}

std::string Repeated(std::string_view part, size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (size_t i = 0; i < times; ++i) out.append(part);
  return out;
}

// `part` with its '#' replaced by 0, 1, 2 ...
std::string Numbered(std::string_view part, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i)
    for (const char c : part) c == '#' ? out.append(std::to_string(i)) : out.append(1, c);
  return out;
}

std::string Sentences(size_t bytes) { return Repeated("Water runs downhill and barges wait for it. ", bytes / 44 + 1); }

std::string JsonLd(const std::string& json) { return "<script type=\"application/ld+json\">" + json + "</script>"; }

constexpr size_t kMegabyte = 1'000'000;

// So many times `part` in the body.
Monster Body(std::string name, std::string part, size_t times) {
  return {std::move(name), [part = std::move(part), times](size_t smaller) { return Page("", Numbered(part, times / smaller)); }};
}

Monster Nested(const std::string& elements, const std::string& part, size_t depth) {
  return {elements + ", 100,000 deep",
          [part, depth](size_t smaller) { return Page("", Repeated(part, depth / smaller) + "the innermost text"); }};
}

Monster Made(std::string name, std::function<std::string(size_t smaller)> make) { return {std::move(name), std::move(make)}; }

std::string Mixed(size_t depth) {
  constexpr std::string_view kParts[] = {"<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<section>", "<i>", "<a href=x>"};
  std::string out;
  for (size_t i = 0; i < depth; ++i) out.append(kParts[i * 7 % std::size(kParts)]);
  return out;
}

// Formatting elements left open across blocks: a tree that rebuilds them grows with the square.
std::string OpenFormatting(size_t count) { return Repeated("<b><i><font color=red>", count / 3) + Repeated("<p>word</p>", count / 10); }
// The agency's own work: ends of formatting elements that were opened outside of the block.
std::string AdoptionAgency(size_t count) { return Repeated("<a href=x><b><div>", count / 2) + Repeated("</b></a>text", count / 2); }

std::vector<Monster> Nesting() {
  constexpr size_t kDepth = 100'000;
  return {
      Nested("div", "<div>", kDepth),
      Nested("table", "<table><tr><td>", kDepth),
      Nested("b", "<b>", kDepth),
      Nested("ul", "<ul><li>", kDepth),
      Nested("blockquote", "<blockquote>", kDepth),
      Made("mixed elements, 100,000 deep", [](size_t smaller) { return Page("", Mixed(kDepth / smaller) + "the innermost text"); }),
      Made("100,000 open formatting elements, 10,000 paragraphs",
           [](size_t smaller) { return Page("", OpenFormatting(kDepth / smaller)); }),
      Made("100,000 formatting elements closed across blocks", [](size_t smaller) { return Page("", AdoptionAgency(kDepth / smaller)); }),
      Made("100,000 hidden div inside each other", [](size_t smaller) {
        return Page("", Repeated("<div hidden>", kDepth / smaller) + "hidden" + Repeated("</div>", kDepth / smaller));
      })};
}

std::vector<Monster> Attributes() {
  constexpr size_t kCount = 100'000;
  return {Made("100,000 times the same attribute on one element",
               [](size_t n) { return Page("", "<p" + Repeated(" class=a", kCount / n) + ">Text.</p>"); }),
          Made("100,000 different attributes on one element",
               [](size_t n) { return Page("", "<p" + Numbered(" data-a#=b", kCount / n) + ">Text.</p>"); }),
          Made("10 MB of one class attribute",
               [](size_t n) { return Page("", "<p class=\"" + Numbered("word# ", kMegabyte / n) + "\">Text.</p>"); }),
          Made("a quote of 10 MB that nothing closes", [](size_t n) { return Page("", "<p title=\"" + Sentences(10 * kMegabyte / n)); }),
          Body("100,000 elements of different classes", "<p class='box-# row'>Line #.</p>", kCount),
          Body("100,000 elements with names of their own", "<x-# a=b>Word </x-#>", kCount)};
}

std::vector<Monster> Texts() {
  return {Made("one text of 50 MB", [](size_t n) { return Page("", "<p>" + Sentences(50 * kMegabyte / n)); }),
          Made("one word of 50 MB", [](size_t n) { return Page("", "<p>" + std::string(50 * kMegabyte / n, 'x')); }),
          Made("50 MB in one comment", [](size_t n) { return Page("", "<!--" + Sentences(50 * kMegabyte / n) + "-->"); }),
          Made("50 MB of dashes in one comment", [](size_t n) { return Page("", "<!--" + std::string(50 * kMegabyte / n, '-') + "!-->"); }),
          Made("50 MB in one script",
               [](size_t n) {
                 return Page("", "<script>" + Repeated("if (a < b && '<\\/p>') b = a;\n", 50 * kMegabyte / n / 28) + "</script>");
               }),
          Made("10 MB of white space", [](size_t n) { return Page("", "<p>a" + Repeated(" \n\t ", 10 * kMegabyte / n / 4) + "b</p>"); }),
          Made("20 MB of windows-1251 that says it is koi8-r",
               [](size_t n) {
                 return "<!doctype html><meta charset=koi8-r><title>x</title><p>" +
                        Repeated("\xD8\xEB\xFE\xE7 \xE7\xE0\xEA\xF0\xFB\xF2. ", 20 * kMegabyte / n / 13);
               }),
          Made("20 MB of bytes that no charset has",
               [](size_t n) { return Page("", Repeated("\xFF\xC3 word \xE2\x82", 20 * kMegabyte / n / 10)); }),
          Made("20 MB of UTF-8 that was read as Latin-1",
               [](size_t n) { return Page("", Repeated("it\xC3\xA2\xC2\x80\xC2\x99s ", 20 * kMegabyte / n / 10)); }),
          Made("20 MB of UTF-16",
               [](size_t n) {
                 std::string wide;
                 for (const char c : Page("", Sentences(10 * kMegabyte / n))) wide.append({c, '\0'});
                 return wide;
               }),
          Body("1,000,000 <", "<", kMegabyte),
          Body("500,000 &", "&", kMegabyte / 2),
          Body("500,000 references", "&eacute;&nbsp;", kMegabyte / 4),
          Body("500,000 numbers as references", "&#x1F600;", kMegabyte / 2),
          Body("500,000 & before letters", "&abcdefghijklmnop", kMegabyte / 2),
          Body("1,000,000 control characters", "a\x01", kMegabyte / 2)};
}

std::vector<Monster> Unclosed() {
  constexpr size_t kCount = 200'000;
  std::vector<Monster> all;
  for (const char* tag : {"<svg>", "<template>", "<noscript>", "<title>", "<textarea>", "<script>", "<style>", "<iframe>",
                          "<select><option>", "<button>", "<!", "</", "<!--", "<a b='", "<![CDATA[", "<?", "<dialog>", "<video>"})
    all.push_back(Body("200,000 " + std::string(tag), tag, kCount));
  all.push_back(Body("200,000 comments with two dashes", "<!-- a -- b -->", kCount));
  all.push_back(Body("100,000 noscript, each with an open comment", "<noscript><!--</noscript>", kCount / 2));
  all.push_back(Body("100,000 end tags of nothing", "</i></div></p>", kCount / 2));
  return all;
}

std::string Table(size_t rows, size_t columns) {
  return "<table>" + Repeated("<tr>" + Repeated("<td>7</td>", columns) + "</tr>", rows) + "</table>";
}

std::vector<Monster> Many() {
  constexpr size_t kCount = 100'000;
  return {Made("a table of 1,000 rows and 1,000 columns", [](size_t n) { return Page("", Table(1000 / n, 1000)); }),
          Made("a table of one row and 1,000,000 columns", [](size_t n) { return Page("", Table(1, kMegabyte / n)); }),
          Body("1,000,000 line breaks", "<br>", kMegabyte),
          Body("200,000 paragraphs", "<p>Share", 2 * kCount),
          Body("200,000 different paragraphs of a sentence", "<p>Barge number # waits for the lock to open.", 2 * kCount),
          Body("100,000 appeals for money", "<p>We need your support to stay independent. Please donate 5 a month today.<p>Donate", kCount),
          Body("100,000 titles behind See also", "<h3>See also</h3><p>Barge # and the lock<p>Read more", kCount),
          Body("100,000 labels of forms", "<form><p>Name<p>Email<p>Amount<p>#<p>Submit", kCount / 5),
          Body("100,000 links in one paragraph", "<a href=/l/#>Lock #</a>", kCount),
          Body("100,000 items of lists with links", "<ul><li><a href=/l/#>Lock #</a></ul>", kCount),
          Body("100,000 headings of the first level", "<h1>Opening times of the lock</h1>", kCount),
          Body("100,000 dates", "<time datetime=2031-05-04 itemprop=datePublished>4 May 2031</time>", kCount),
          Body("100,000 forms", "<form><input name=q><button>Search</button></form>", kCount),
          Body("100,000 landmarks", "<main role=main><article>Text.", kCount)};
}

std::vector<Monster> Metadata() {
  constexpr size_t kCount = 100'000;
  return {
      Made("JSON-LD, 100,000 deep",
           [](size_t n) { return Page(JsonLd(Repeated("{\"a\":[", kCount / n) + Repeated("]}", kCount / n)), ""); }),
      Made("JSON-LD, 100,000 deep and not closed", [](size_t n) { return Page(JsonLd(Repeated("{\"a\":[", kCount / n)), ""); }),
      Made("JSON-LD of 50 MB",
           [](size_t n) {
             return Page(JsonLd("{\"@type\":\"Article\",\"headline\":\"Lock\",\"articleBody\":\"" + Sentences(50 * kMegabyte / n) + "\"}"),
                         "");
           }),
      Made("JSON-LD of 4 MB with nodes only",
           [](size_t n) {
             return Page(
                 JsonLd("[" + Numbered("{\"@type\":\"Article\",\"@id\":\"#n#\",\"author\":{\"@id\":\"#n#\"}},", kCount / 2 / n) + "{}]"),
                 "");
           }),
      Made("JSON-LD with 100,000 tags, written as escapes",
           [](size_t n) {
             return Page(JsonLd("{\"@type\":\"Article\",\"headline\":\"Lock\",\"keywords\":[" + Numbered("\"a\\u00e9 #\",", kCount / n) +
                                "\"x\"]}"),
                         "");
           }),
      Made("JSON-LD, 10,000 nodes that name one list of 300,000",
           [](size_t n) {
             const std::string nodes = Repeated("{\"@type\":\"Article\",\"author\":{\"@id\":\"#l\"}},", 10'000 / n);
             return Page(JsonLd("[{\"@id\":\"#l\",\"name\":[" + Repeated("\"/a\",", 3 * kCount / n) + "\"/\"]}," + nodes + "{}]"), "");
           }),
      Made("JSON-LD, 10,000 nodes that name one text of 1 MB",
           [](size_t n) {
             const std::string nodes = Repeated("{\"@type\":\"Article\",\"author\":{\"@id\":\"#l\"}},", 10'000 / n);
             return Page(JsonLd("[{\"@id\":\"#l\",\"name\":\"" + Sentences(kMegabyte / n) + "\\u00e9 &amp;\"}," + nodes + "{}]"), "");
           }),
      Made("20,000 blocks of JSON-LD",
           [](size_t n) { return Page(Repeated(JsonLd("{\"@type\":\"WebPage\",\"name\":\"Lock\"}"), kCount / 5 / n), ""); }),
      Made("250 authors inside each other, around 10 MB of white space",
           [](size_t n) {
             return Page("", Repeated("<a href=x class=author itemprop='author headline datePublished'><div>", 250) +
                                 std::string(10 * kMegabyte / n, ' ') + "x");
           }),
      Made("1,000 times 30 authors inside each other, around white space",
           [](size_t n) {
             const std::string nested =
                 Repeated("<a href=x class='author date'><div>", 30) + Repeated("<span> </span>", 50) + Repeated("</div></a>", 30);
             return Page("", Repeated(nested, 1'000 / n));
           }),
      Made("100,000 meta elements", [](size_t n) { return Page(Numbered("<meta name=author content='Ilse # Brandt'>", kCount / n), ""); }),
      Made("a title of 10 MB", [](size_t n) { return Page("<title>" + Sentences(10 * kMegabyte / n) + "</title>", ""); }),
      Made("a title with 1,000,000 bars",
           [](size_t n) { return "<!doctype html><title>Lock" + Numbered(" | #", kMegabyte / n) + "</title>" + Page("", ""); })};
}

std::vector<Monster> All() {
  std::vector<Monster> all;
  for (std::vector<Monster> (*part)() : {Nesting, Attributes, Texts, Unclosed, Many, Metadata})
    for (Monster& monster : part()) all.push_back(std::move(monster));
  return all;
}

}  // namespace

const std::vector<Monster>& Monsters() {
  static const std::vector<Monster> kAll = All();
  return kAll;
}

std::string_view TextBeforeMonster() { return kText; }

}  // namespace garner::pages
