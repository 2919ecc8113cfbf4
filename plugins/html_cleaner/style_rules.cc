#include "style_rules.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "elements.h"
#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxSelectorBytes = 2000;
constexpr size_t kMaxPropertyBytes = 40;

// Sorted. `content`, `filter`, `order` and their like are words of prose as well: a rule needs one of these.
constexpr std::string_view kProperties[] = {"align-items",
                                            "animation",
                                            "appearance",
                                            "background",
                                            "background-color",
                                            "background-image",
                                            "background-position",
                                            "background-repeat",
                                            "background-size",
                                            "border",
                                            "border-bottom",
                                            "border-collapse",
                                            "border-color",
                                            "border-left",
                                            "border-radius",
                                            "border-right",
                                            "border-spacing",
                                            "border-style",
                                            "border-top",
                                            "border-width",
                                            "bottom",
                                            "box-shadow",
                                            "box-sizing",
                                            "clear",
                                            "clip",
                                            "color",
                                            "column-count",
                                            "cursor",
                                            "display",
                                            "fill",
                                            "flex",
                                            "flex-direction",
                                            "flex-flow",
                                            "flex-wrap",
                                            "float",
                                            "font",
                                            "font-family",
                                            "font-size",
                                            "font-style",
                                            "font-weight",
                                            "gap",
                                            "grid-template-columns",
                                            "height",
                                            "justify-content",
                                            "left",
                                            "letter-spacing",
                                            "line-height",
                                            "list-style",
                                            "list-style-type",
                                            "margin",
                                            "margin-bottom",
                                            "margin-left",
                                            "margin-right",
                                            "margin-top",
                                            "max-height",
                                            "max-width",
                                            "min-height",
                                            "min-width",
                                            "object-fit",
                                            "opacity",
                                            "outline",
                                            "overflow",
                                            "overflow-x",
                                            "overflow-y",
                                            "padding",
                                            "padding-bottom",
                                            "padding-left",
                                            "padding-right",
                                            "padding-top",
                                            "pointer-events",
                                            "position",
                                            "right",
                                            "src",
                                            "stroke",
                                            "table-layout",
                                            "text-align",
                                            "text-decoration",
                                            "text-indent",
                                            "text-overflow",
                                            "text-shadow",
                                            "text-transform",
                                            "top",
                                            "transform",
                                            "transition",
                                            "user-select",
                                            "vertical-align",
                                            "visibility",
                                            "white-space",
                                            "width",
                                            "word-break",
                                            "word-wrap",
                                            "z-index",
                                            "zoom"};
static_assert(std::is_sorted(std::begin(kProperties), std::end(kProperties)));

constexpr std::string_view kAtRules[] = {"@media",     "@supports", "@keyframes", "@-webkit-keyframes", "@-moz-keyframes",
                                         "@font-face", "@page",     "@layer",     "@container"};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

size_t SkipBlanksAndComments(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (IsBlank(text[at])) {
      ++at;
    } else if (StartsWith(text.substr(at), "/*")) {
      const size_t close = text.find("*/", at + 2);
      if (close == kNone) return text.size();
      at = close + 2;
    } else {
      break;
    }
  }
  return at;
}

bool IsKnownProperty(std::string_view name) {
  if (StartsWith(name, "--") || StartsWith(name, "-webkit-") || StartsWith(name, "-moz-") || StartsWith(name, "-ms-") ||
      StartsWith(name, "mso-"))
    return name.size() > 4;
  return std::binary_search(std::begin(kProperties), std::end(kProperties), name);
}

// `color: red`, with a value of the kind that style sheets have: no words in a row.
bool IsDeclaration(std::string_view text) {
  text = Trim(text);
  const size_t colon = text.substr(0, kMaxPropertyBytes).find(':');
  if (colon == kNone || colon + 1 >= text.size()) return false;
  return IsKnownProperty(Trim(text.substr(0, colon))) && text.find_first_of("<>{}?", colon) == kNone;
}

bool IsAtRule(std::string_view selector) {
  return std::any_of(std::begin(kAtRules), std::end(kAtRules), [&](std::string_view rule) { return StartsWith(selector, rule); });
}

// One simple selector: `.box`, `#main`, `li.first`, `a:hover`, `50%`.
bool IsSimpleSelector(std::string_view part) {
  if (std::string_view(".#*:[&").find(part.front()) != kNone) return part.size() > 1 || part == "*" || part == "&";
  if (part.back() == '%')
    return std::all_of(part.begin(), part.end() - 1, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  const size_t end = std::min(part.find_first_of(".#:["), part.size());
  const std::string_view name = part.substr(0, end);
  return name == "from" || name == "to" || LookUpElement(name).known;
}

bool IsSelector(std::string_view selector) {
  selector = Trim(selector);
  if (selector.empty()) return false;
  if (IsAtRule(selector)) return true;
  bool any = false;
  for (size_t at = 0; at < selector.size();) {
    const size_t begin = selector.find_first_not_of(" \t\n,>+~", at);
    if (begin == kNone) break;
    // What stands in brackets or parentheses may hold spaces.
    size_t end = begin;
    int depth = 0;
    while (end < selector.size() && (depth > 0 || std::string_view(" \t\n,>+~").find(selector[end]) == kNone)) {
      depth += selector[end] == '(' || selector[end] == '[';
      depth -= selector[end] == ')' || selector[end] == ']';
      ++end;
    }
    if (!IsSimpleSelector(selector.substr(begin, end - begin))) return false;
    any = true;
    at = end;
  }
  return any;
}

// Reads rules; `known` counts the properties that were recognised.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  size_t ReadRules(size_t at, bool nested) {
    size_t end = at;
    while (true) {
      const size_t begin = SkipBlanksAndComments(text_, end);
      const size_t next = ReadRule(begin, nested);
      if (next == begin) return end;
      end = next;
    }
  }

  int known() const { return known_; }

 private:
  // `@import url("a.css");`
  size_t ReadImport(size_t at) const {
    const std::string_view rest = text_.substr(at);
    if (!StartsWith(rest, "@import ") && !StartsWith(rest, "@charset ")) return at;
    const size_t semicolon = rest.substr(0, kMaxSelectorBytes).find(';');
    return semicolon == kNone ? at : at + semicolon + 1;
  }

  // Returns `at` where no rule begins there.
  size_t ReadRule(size_t at, bool nested) {
    if (const size_t end = ReadImport(at); end > at) return end;
    const size_t open = text_.substr(0, std::min(text_.size(), at + kMaxSelectorBytes)).find_first_of("{};", at);
    if (open == kNone || text_[open] != '{' || !IsSelector(text_.substr(at, open - at))) return at;
    const size_t body = open + 1;
    const size_t mark = text_.find_first_of("{}", body);
    if (mark == kNone) return at;
    if (text_[mark] == '{') {
      if (nested || text_[at] != '@') return at;
      const size_t inner = SkipBlanksAndComments(text_, ReadRules(body, true));
      return inner < text_.size() && text_[inner] == '}' ? inner + 1 : at;
    }
    const std::string_view declarations = Trim(text_.substr(body, mark - body));
    if (!declarations.empty() && !IsDeclaration(declarations.substr(0, declarations.find(';')))) {
      if (declarations.find(':') == kNone || known_ == 0) return at;
    } else {
      known_ += !declarations.empty();
    }
    return mark + 1;
  }

  std::string_view text_;
  int known_ = 0;
};

}  // namespace

size_t ReadStyleRules(std::string_view text, size_t at) {
  if (text.find('{', at) == kNone) return at;
  Reader reader(text);
  const size_t end = reader.ReadRules(at, false);
  return reader.known() > 0 ? end : at;
}

bool OpensStyleRule(std::string_view line) {
  line = Trim(line);
  if (line.empty() || line.back() != '{' || line.size() > kMaxSelectorBytes) return false;
  line.remove_suffix(1);
  return line.find_first_of("{};=") == kNone && IsSelector(line);
}

bool IsSelectorPart(std::string_view line) {
  line = Trim(line);
  if (line.size() < 3 || line.back() != ',' || line.size() > kMaxSelectorBytes) return false;
  return (line[0] == '.' || line[0] == '#') && line[1] != ' ' && line.find_first_of("{};=") == kNone && IsSelector(line);
}

bool AreDeclarations(std::string_view text) {
  bool any = false;
  while (!(text = Trim(text)).empty()) {
    const size_t semicolon = text.find(';');
    if (semicolon == kNone && !any) return false;
    if (!IsDeclaration(text.substr(0, semicolon))) return false;
    any = true;
    text = semicolon == kNone ? std::string_view() : text.substr(semicolon + 1);
  }
  return any;
}

}  // namespace garner::html_cleaner
