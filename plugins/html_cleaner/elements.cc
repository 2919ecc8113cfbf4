#include "elements.h"

#include <algorithm>
#include <iterator>

namespace garner::html_cleaner {
namespace {

// Each table is sorted.
constexpr std::string_view kBlock[] = {
    "address", "article", "aside",  "blockquote", "body",   "br",     "caption", "center", "dd",       "details", "dialog", "dir", "div",
    "dl",      "dt",      "fieldset", "figcaption", "figure", "footer", "form",  "frameset", "h1",     "h2",      "h3",     "h4",  "h5",
    "h6",      "head",    "header", "hgroup",     "hr",     "html",   "iframe",  "legend", "li",       "main",    "menu",   "nav", "ol",
    "optgroup", "option", "p",      "pre",        "section", "summary", "table", "tbody",  "td",       "tfoot",   "th",     "thead", "title",
    "tr",      "ul"};

constexpr std::string_view kInline[] = {
    "a",      "abbr",  "acronym", "area",   "audio",  "b",      "base",     "bdi",    "bdo",    "big",   "blink",  "button", "canvas",
    "cite",   "code",  "col",     "colgroup", "data", "datalist", "del",    "dfn",    "em",     "embed", "font",   "frame",  "i",
    "img",    "input", "ins",     "kbd",    "label",  "link",   "map",      "mark",   "marquee", "math", "meta",   "meter",  "nobr",
    "noframes", "noscript", "object", "output", "param", "path", "picture", "progress", "q",    "rp",    "rt",     "ruby",   "s",
    "samp",   "script", "select", "slot",   "small",  "source", "span",     "strike", "strong", "style", "sub",    "sup",    "svg",
    "template", "textarea", "time", "track", "tt",    "u",      "var",      "video",  "wbr"};

constexpr std::string_view kStructural[] = {"blockquote", "br", "center", "dd", "div", "dl",     "dt",    "em", "figcaption", "figure",
                                            "font",       "h1", "h2",     "h3", "h4",  "h5",     "h6",    "hr", "iframe",     "img",
                                            "li",         "ol", "p",      "script", "span", "strong", "style", "tbody", "td", "th", "thead",
                                            "tr",         "ul", "wbr"};

// Prefixes of names with a colon: word processors, feeds, social widgets, vector graphics.
constexpr std::string_view kPrefixes[] = {"atom", "content", "dc", "fb", "g", "m", "media", "o", "st1", "st2", "svg", "v", "w", "xsl"};

constexpr std::string_view kAttributes[] = {
    "action",  "align",    "alt",      "bgcolor", "border",  "cellpadding", "cellspacing", "charset",  "cite",    "class",
    "color",   "colspan",  "content",  "data",    "datetime", "dir",        "face",        "for",      "frameborder", "height",
    "href",    "hreflang", "hspace",   "id",      "ids",     "itemprop",    "itemscope",   "itemtype", "lang",    "loading",
    "method",  "name",     "placeholder", "poster", "property", "rel",      "role",        "rowspan",  "size",    "sizes",
    "src",     "srcset",   "start",    "style",   "tabindex", "target",     "title",       "type",     "url",     "valign",
    "value",   "vspace",   "width",    "xmlns"};

constexpr std::string_view kBooleans[] = {"allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "defer", "disabled", "hidden",
                                          "ismap",           "itemscope", "loop", "multiple", "muted", "nomodule", "noshade", "nowrap",
                                          "open",            "playsinline", "readonly", "required", "reversed", "selected"};

template <size_t N>
constexpr bool IsSorted(const std::string_view (&table)[N]) {
  return std::is_sorted(std::begin(table), std::end(table));
}
static_assert(IsSorted(kBlock) && IsSorted(kInline) && IsSorted(kStructural) && IsSorted(kPrefixes) && IsSorted(kAttributes) && IsSorted(kBooleans));

template <size_t N>
bool Has(const std::string_view (&table)[N], std::string_view name) {
  return std::binary_search(std::begin(table), std::end(table), name);
}

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool IsForeign(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon != std::string_view::npos) return colon + 1 < name.size() && Has(kPrefixes, name.substr(0, colon));
  return StartsWith(name, "amp-") || StartsWith(name, "fb-") || StartsWith(name, "g-");
}

}  // namespace

Element LookUpElement(std::string_view name) {
  Element element;
  element.block = Has(kBlock, name);
  element.known = element.block || Has(kInline, name) || IsForeign(name);
  element.structural = Has(kStructural, name) || IsForeign(name);
  element.raw = name == "script" || name == "style";
  return element;
}

int HeadingLevel(std::string_view name) {
  const bool heading = name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
  return heading ? name[1] - '0' : 0;
}

bool IsKnownAttribute(std::string_view name) {
  if (StartsWith(name, "data-") || StartsWith(name, "aria-") || StartsWith(name, "xml:")) return true;
  if (StartsWith(name, "on") && name.size() > 4) return true;
  return Has(kAttributes, name) || IsBooleanAttribute(name);
}

bool IsBooleanAttribute(std::string_view name) { return StartsWith(name, "data-") || Has(kBooleans, name); }

}  // namespace garner::html_cleaner
