#include "bracket_codes.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxCodeBytes = 1000;
constexpr size_t kMaxNameBytes = 30;
constexpr size_t kMaxTemplateBytes = 200;
// More words than this around a placeholder are prose about templates.
constexpr int kMaxTemplateWords = 8;

// Shortcodes that content systems bring along: a closing one needs no partner. Sorted.
constexpr std::string_view kShortcodes[] = {"audio", "caption", "embed", "gallery", "playlist", "video"};
// Shortcodes that stand alone on a line; in a sentence, or with a capital, they may be words. Sorted.
constexpr std::string_view kLineCodes[] = {
    "ad",       "adrotate", "ads",   "adsense", "audio",        "contact-form", "contact-form-7", "embed", "gallery", "nextpage",
    "playlist", "related",  "share", "social",  "social-share", "toc",          "video"};
// Bulletin-board codes. Sorted.
constexpr std::string_view kBoardCodes[] = {"b",    "center", "color", "email", "font", "i",       "img", "left", "li",
                                            "list", "quote",  "right", "s",     "size", "spoiler", "u",   "url",  "youtube"};
// Their content is an address, not text. Sorted.
constexpr std::string_view kAddressCodes[] = {"audio", "embed", "img", "video", "youtube"};
constexpr std::string_view kInlineCodes[] = {"b", "color", "email", "font", "i", "s", "size", "u", "url"};
// Prefixes of page builders' shortcodes.
constexpr std::string_view kBuilders[] = {"av_", "et_pb_", "fusion_", "vc_", "wp_", "wpv-"};

template <size_t N>
bool Has(const std::string_view (&table)[N], std::string_view name) {
  return std::find(std::begin(table), std::end(table), name) != std::end(table);
}

bool IsBuilder(std::string_view name) {
  return std::any_of(std::begin(kBuilders), std::end(kBuilders),
                     [&](std::string_view prefix) { return name.substr(0, prefix.size()) == prefix; });
}

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

struct Code {
  Span span;
  std::string name;
  bool close = false;
  bool quoted = false;  // has an attribute in quotation marks
  bool plain = false;   // nothing but the name, or `name=value`
  bool valued = false;  // nothing but `key=value` behind the name
  bool wanted = false;
  bool holds_address = false;
  size_t partner = kNone;  // of an open one: the index of its close
};

bool IsQuoted(std::string_view attributes) {
  for (const std::string_view mark : {"=\"", "='", "=\u201C", "=\u201D", "=\u2033"})
    if (attributes.find(mark) != kNone) return true;
  return false;
}

// ` id=3 size=large`
bool HasOnlyValues(std::string_view attributes) {
  size_t words = 0;
  for (size_t at = attributes.find_first_not_of(' '); at != kNone; at = attributes.find_first_not_of(' ', at)) {
    const size_t end = std::min(attributes.find(' ', at), attributes.size());
    const std::string_view word = attributes.substr(at, end - at);
    const size_t equals = word.find('=');
    if (equals == kNone || equals == 0 || equals + 1 == word.size() || word.find_first_of(",;:") != kNone) return false;
    ++words;
    at = end;
  }
  return words > 0;
}

std::optional<Code> ReadCode(std::string_view text, size_t at) {
  Code code;
  size_t i = at + 1;
  if (i < text.size() && text[i] == '/') {
    code.close = true;
    ++i;
  }
  const size_t name = i;
  while (i < text.size() && i - name <= kMaxNameBytes && IsNameByte(text[i])) ++i;
  if (i == name || i - name > kMaxNameBytes || i == text.size()) return std::nullopt;
  code.name = std::string(text.substr(name, i - name));
  for (char& c : code.name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (text[i] != ']' && text[i] != ' ' && text[i] != '=' && text[i] != '/') return std::nullopt;
  const size_t end = text.substr(0, std::min(text.size(), at + kMaxCodeBytes)).find_first_of("[]", i);
  if (end == kNone || text[end] != ']') return std::nullopt;
  // `[name attribute="value"]`, or a bulletin board's `[url="address"]`; not the `[key=value, key='value']` of a log line.
  code.quoted = (text[i] != '=' || Has(kBoardCodes, code.name)) && IsQuoted(text.substr(i, end - i));
  code.plain = text[i] == ']' || (text[i] == '=' && text.substr(i, end - i).find(' ') == kNone);
  code.valued = text[i] == ' ' && HasOnlyValues(text.substr(i, end - i));
  code.span = {at, end + 1};
  return code;
}

// Gives each closing code its opening one.
void Pair(std::vector<Code>& codes) {
  std::map<std::string, std::vector<size_t>> open;
  for (size_t i = 0; i < codes.size(); ++i) {
    std::vector<size_t>& waiting = open[codes[i].name];
    if (!codes[i].close) {
      waiting.push_back(i);
    } else if (!waiting.empty()) {
      codes[waiting.back()].partner = i;
      codes[i].partner = waiting.back();
      waiting.pop_back();
    }
  }
}

// One signal is not enough: `[video]`, `[b]` and `[sic]` stand in prose too.
bool IsCode(const Code& code) {
  if (IsBuilder(code.name)) return true;
  if (code.close && Has(kShortcodes, code.name)) return true;
  if (code.quoted && !code.close) return true;
  if (code.partner == kNone) return false;
  return code.plain ? Has(kBoardCodes, code.name) || Has(kShortcodes, code.name) : code.quoted;
}

bool IsAddress(std::string_view content) {
  return content.find(' ') == kNone && (content.find("://") != kNone || content.find('.') != kNone);
}

// The whole text is one code: a known name in lower case, or a name with nothing but values.
bool IsLineCode(const Code& code, std::string_view text) {
  if (code.close || !Trim(text.substr(0, code.span.begin)).empty() || !Trim(text.substr(code.span.end)).empty()) return false;
  const bool lower = text.substr(code.span.begin + 1, code.name.size()) == code.name;
  return lower && (code.valued || (code.plain && Has(kLineCodes, code.name)));
}

std::vector<Code> ReadCodes(std::string_view text) {
  std::vector<Code> codes;
  for (size_t at = text.find('['); at != kNone; at = text.find('[', at + 1))
    if (std::optional<Code> code = ReadCode(text, at)) codes.push_back(std::move(*code));
  Pair(codes);
  for (Code& code : codes) code.wanted = IsCode(code) || IsLineCode(code, text);
  // `[embedyt]https://...[/embedyt]`: whatever the name is, an address between the two is no text.
  for (Code& code : codes) {
    if (code.close || code.partner == kNone || !code.plain) continue;
    const Code& close = codes[code.partner];
    const std::string_view content =
        text.substr(code.span.end, std::min<size_t>(close.span.begin - code.span.end, kMaxCodeBytes));
    if (content.find("://") == kNone || !IsAddress(content)) continue;
    code.wanted = true;
    code.holds_address = code.name != "url" && code.name != "quote";
  }
  // A close goes with its open: `[gallery columns="2"]...[/gallery]`.
  for (Code& code : codes)
    if (code.close && code.partner != kNone) code.wanted = code.wanted || codes[code.partner].wanted;
  return codes;
}

int CountWords(std::string_view text) {
  int words = 0;
  for (size_t i = 0; i < text.size(); ++i) words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  return words;
}

bool EndsSentence(std::string_view text) {
  const size_t last = text.find_last_not_of(" \"')");
  return last != kNone && (text[last] == '.' || text[last] == '!' || text[last] == '?') && (last == 0 || text[last - 1] != '}');
}

bool IsPlainName(std::string_view inside) {
  return std::all_of(inside.begin(), inside.end(), [](char c) { return IsNameByte(c) || c == '.' || c == ' '; });
}

// An expression as template languages have it: a name first, no braces or backslashes (which formulas have).
bool IsExpression(std::string_view inside) {
  const size_t first = inside.find_first_not_of(" #/^&>-=%_.");
  if (first == kNone || !IsNameByte(inside[first])) return false;
  return inside.size() >= 2 && inside.size() <= kMaxTemplateBytes && inside.find_first_of("\\{}") == kNone;
}

// `%%author%%`, `{post_title}`, `#{name}`, `[[image]]`, `__TITLE__` and nothing else.
bool IsPlaceholder(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
      {"%%", "%%"}, {"{", "}"}, {"#{", "}"}, {"[[", "]]"}, {"__", "__"}};
  for (const auto& [open, close] : kMarks) {
    if (text.size() < open.size() + close.size() + 3 || text.size() > kMaxNameBytes + 4 || text.substr(0, open.size()) != open)
      continue;
    if (text.substr(text.size() - close.size()) != close) continue;
    const std::string_view name = text.substr(open.size(), text.size() - open.size() - close.size());
    // `__init__` is a name of Python's.
    const bool capitals = std::all_of(name.begin(), name.end(), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
    const bool small =
        std::all_of(name.begin(), name.end(), [](char c) { return c == '_' || c == '.' || c == '-' || (c >= 'a' && c <= 'z'); });
    if (capitals || (small && open != "__")) return true;
  }
  return false;
}

// What stands around the first placeholder of each kind.
enum class Around { kNothing, kFewWords, kProse };

constexpr std::pair<std::string_view, std::string_view> kTemplates[] = {{"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"<%", "%>"}};

Around LookAround(std::string_view text, std::string_view open, std::string_view close) {
  const size_t begin = text.find(open);
  const size_t end = begin == kNone ? kNone : text.find(close, begin + 2);
  if (end == kNone || !IsExpression(text.substr(begin + 2, end - begin - 2))) return Around::kNothing;
  const bool shell = open == "${";
  // `"${file##*/}"` and `"{{ states }}"` are values of programs and settings.
  if (shell && !IsPlainName(text.substr(begin + 2, end - begin - 2))) return Around::kNothing;
  if (begin > 0 && (text[begin - 1] == '"' || text[begin - 1] == '\'' || (shell && text[begin - 1] != ' ')))
    return Around::kNothing;
  const std::string rest = std::string(text.substr(0, begin)) + " " + std::string(text.substr(end + close.size()));
  return CountWords(rest) <= kMaxTemplateWords && !EndsSentence(text) ? Around::kFewWords : Around::kProse;
}

}  // namespace

std::vector<Finding> FindBracketCodes(std::string_view text) {
  std::vector<Finding> findings;
  const std::vector<Code> codes = ReadCodes(text);
  for (size_t i = 0; i < codes.size(); ++i) {
    const Code& code = codes[i];
    if (!code.wanted || (!findings.empty() && code.span.begin < findings.back().span.end)) continue;
    Finding finding{code.span, "shortcode"};
    finding.boundary = !Has(kInlineCodes, code.name);
    if (!code.close && code.partner != kNone && (code.holds_address || Has(kAddressCodes, code.name))) {
      const Code& close = codes[code.partner];
      if (IsAddress(text.substr(code.span.end, close.span.begin - code.span.end))) finding.span.end = close.span.end;
    }
    findings.push_back(finding);
  }
  return findings;
}

bool IsUnfilledTemplate(std::string_view text) {
  if (text.size() > 2 * kMaxTemplateBytes || text.find('\\') != kNone) return false;
  if (IsPlaceholder(Trim(text))) return true;
  return std::any_of(std::begin(kTemplates), std::end(kTemplates),
                     [&](const auto& marks) { return LookAround(text, marks.first, marks.second) == Around::kFewWords; });
}

bool HoldsTemplateInProse(std::string_view text) {
  if (text.find("{{") == kNone && text.find("{%") == kNone) return false;
  return LookAround(text, "{{", "}}") == Around::kProse || LookAround(text, "{%", "%}") == Around::kProse;
}

}  // namespace garner::html_cleaner
