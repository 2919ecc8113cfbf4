#include "core/plugin/markup_look.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace garner {
namespace {

using std::string_view_literals::operator""sv;

constexpr size_t kMinTags = 3;
constexpr size_t kBytesPerTag = 400;
// What stands before a page is short; further down, a page is a text's example.
constexpr size_t kPageStart = 4096;
constexpr char kNotAscii = '\xff';

// Elements that nothing but a page begins with. All names are sorted.
constexpr std::string_view kPageElements[] = {"base", "body", "frameset", "head", "html", "link", "meta", "noscript", "script", "style", "title"};
constexpr std::string_view kElements[] = {
    "a",      "abbr",   "address", "article", "aside", "b",       "base",    "blockquote", "body",   "br",   "button", "center",
    "cite",   "code",   "dd",      "del",     "div",   "dl",      "dt",      "em",         "figcaption", "figure", "font", "footer",
    "form",   "frameset", "h1",    "h2",      "h3",    "h4",      "h5",      "h6",         "head",   "header", "hr",   "html",
    "i",      "iframe", "img",     "input",   "ins",   "label",   "li",      "link",       "main",   "meta", "nav",    "noscript",
    "object", "ol",     "option",  "p",       "picture", "pre",   "q",       "s",          "script", "section", "select", "small",
    "source", "span",   "strong",  "style",   "sub",   "sup",     "svg",     "table",      "tbody",  "td",   "textarea", "tfoot",
    "th",     "thead",  "time",    "title",   "tr",    "u",       "ul",      "video"};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool StartsWithFolded(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); ++i)
    if (Lower(text[i]) != lower[i]) return false;
  return true;
}

std::string_view SkipSpace(std::string_view text) {
  const auto first = std::find_if_not(text.begin(), text.end(), IsSpace);
  return text.substr(static_cast<size_t>(first - text.begin()));
}

bool EndsTagName(std::string_view text, size_t at) { return at < text.size() && (IsSpace(text[at]) || text[at] == '>' || text[at] == '/'); }

// The lower-case name of the tag that `text` begins with ("<DIV " gives "div"), or an empty string. Names longer than any known one
// are none. A prefix ("rdf:RDF") belongs to the name.
std::string TagName(std::string_view text) {
  constexpr size_t kMaxName = 16;
  if (text.empty() || text[0] != '<') return {};
  std::string name;
  for (size_t at = 1; at < text.size() && name.size() <= kMaxName; ++at) {
    const char c = Lower(text[at]);
    const bool fits = (c >= 'a' && c <= 'z') || (!name.empty() && ((c >= '0' && c <= '9') || c == ':' || c == '-'));
    if (!fits) return EndsTagName(text, at) ? name : std::string();
    name.push_back(c);
  }
  return {};
}

template <size_t kSize>
bool Contains(const std::string_view (&sorted)[kSize], std::string_view name) {
  return std::binary_search(std::begin(sorted), std::end(sorted), name);
}

bool IsHtmlDoctype(std::string_view text) {
  constexpr std::string_view kDoctype = "<!doctype";
  if (!StartsWithFolded(text, kDoctype)) return false;
  const std::string_view rest = SkipSpace(text.substr(kDoctype.size()));
  return StartsWithFolded(rest, "html") && EndsTagName(rest, 4);
}

// White space and comments; an unfinished comment takes the rest.
std::string_view SkipComments(std::string_view text) {
  for (;;) {
    text = SkipSpace(text);
    if (text.substr(0, 4) != "<!--") return text;
    const size_t end = text.find("-->", 4);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 3);
  }
}

std::string_view SkipPast(std::string_view text, std::string_view mark) {
  const size_t end = text.find(mark);
  return end == std::string_view::npos ? std::string_view() : text.substr(end + mark.size());
}

// Declarations before the root element: processing instructions, comments, a document type (whose internal subset is in brackets).
std::string_view SkipProlog(std::string_view text) {
  for (;;) {
    text = SkipComments(text);
    if (text.substr(0, 2) == "<?") {
      text = SkipPast(text, "?>");
    } else if (StartsWithFolded(text, "<!doctype")) {
      const bool subset = text.substr(0, text.find('>')).find('[') != std::string_view::npos;
      text = SkipPast(text, subset ? "]>" : ">");
    } else {
      return text;
    }
  }
}

MarkupStart ByXmlRoot(std::string_view head, std::string_view root) {
  const std::string name = TagName(root);
  if (name == "html") return MarkupStart::kXhtml;
  if (name == "rss") return MarkupStart::kRss;
  if (name == "rdf:rdf") return head.find("http://purl.org/rss/") != std::string_view::npos ? MarkupStart::kRss : MarkupStart::kXml;
  if (name == "feed") return MarkupStart::kAtom;
  if (name == "svg") return MarkupStart::kSvg;
  return MarkupStart::kXml;
}

struct Encoding {
  size_t skip = 0;  // byte order mark
  size_t unit = 1;
  size_t low = 0;  // where in a unit the ASCII byte stands
};

// Where zero bytes stand in the first bytes: ASCII in UTF-16 has one in every unit, in UTF-32 three.
Encoding ByZeroBytes(std::string_view payload) {
  constexpr size_t kLook = 256;
  const std::string_view look = payload.substr(0, std::min(kLook, payload.size()) / 4 * 4);
  size_t zeros[4] = {};
  for (size_t i = 0; i < look.size(); ++i) zeros[i % 4] += look[i] == '\0';
  const size_t units = look.size() / 4;
  if (units == 0) return {};
  const auto mostly = [&](size_t lane) { return zeros[lane] * 10 >= units * 7; };
  const auto never = [&](size_t lane) { return zeros[lane] == 0; };
  if (never(0) && mostly(1) && mostly(2) && mostly(3)) return {0, 4, 0};
  if (mostly(0) && mostly(1) && mostly(2) && never(3)) return {0, 4, 3};
  if (never(0) && mostly(1) && never(2) && mostly(3)) return {0, 2, 0};
  if (mostly(0) && never(1) && mostly(2) && never(3)) return {0, 2, 1};
  return {};
}

Encoding EncodingOf(std::string_view payload) {
  if (payload.substr(0, 3) == "\xef\xbb\xbf"sv) return {3, 1, 0};
  if (payload.substr(0, 4) == "\xff\xfe\0\0"sv) return {4, 4, 0};
  if (payload.substr(0, 4) == "\0\0\xfe\xff"sv) return {4, 4, 3};
  if (payload.substr(0, 2) == "\xff\xfe"sv) return {2, 2, 0};
  if (payload.substr(0, 2) == "\xfe\xff"sv) return {2, 2, 1};
  return ByZeroBytes(payload);
}

}  // namespace

TextHead ReadTextHead(std::string_view payload) {
  const Encoding encoding = EncodingOf(payload);
  payload = payload.substr(encoding.skip, kMarkupWindow);
  if (encoding.unit == 1) return {std::string(payload), false};
  TextHead head;
  head.wide = true;
  for (size_t at = 0; at + encoding.unit <= payload.size(); at += encoding.unit) {
    bool ascii = static_cast<uint8_t>(payload[at + encoding.low]) < 0x80;
    for (size_t i = 0; i < encoding.unit; ++i) ascii = ascii && (i == encoding.low || payload[at + i] == '\0');
    head.text.push_back(ascii ? payload[at + encoding.low] : kNotAscii);
  }
  return head;
}

MarkupStart LookAtStart(std::string_view head) {
  const std::string_view text = SkipSpace(head);
  if (StartsWithFolded(text, "<?xml") && text.size() > 5 && IsSpace(text[5])) return ByXmlRoot(head, SkipProlog(text));
  const std::string_view start = SkipComments(text);
  if (IsHtmlDoctype(start)) return MarkupStart::kHtml;
  // A document type leads to the root as well as an XML declaration does.
  const std::string_view root = StartsWithFolded(start, "<!doctype") ? SkipProlog(start) : start;
  const std::string root_name = TagName(root);
  if (root_name == "rss" || root_name == "feed" || root_name == "svg" || root_name == "rdf:rdf") return ByXmlRoot(head, root);
  const std::string name = TagName(start);
  if (Contains(kPageElements, name)) return MarkupStart::kHtml;
  if (Contains(kElements, name)) return MarkupStart::kHtmlElement;
  // Nothing but comments in the whole window, or a comment and then text: only HTML comments like this.
  return start.size() < text.size() ? MarkupStart::kHtmlElement : MarkupStart::kNone;
}

TagCount CountTags(std::string_view head) {
  TagCount count;
  for (size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at + 1)) {
    const std::string_view rest = head.substr(at);
    const bool closing = rest.size() > 1 && rest[1] == '/';
    const std::string name = closing ? TagName("<" + std::string(rest.substr(2, 20))) : TagName(rest);
    if (Contains(kElements, name)) ++count.tags;
    const bool line_start = at < kPageStart && (at == 0 || head[at - 1] == '\n' || head[at - 1] == '\r');
    count.page = count.page || (line_start && (IsHtmlDoctype(rest) || name == "html" || name == "head" || name == "body"));
  }
  count.dense = count.tags >= kMinTags && count.tags * kBytesPerTag >= head.size();
  return count;
}

}  // namespace garner
