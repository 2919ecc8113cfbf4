#include "tag_tail.h"

#include <algorithm>
#include <optional>
#include <string>

#include "elements.h"
#include "garner/utf8.h"
#include "read_tag.h"
#include "style_rules.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
// The end of an attribute's value that lost its tag is a few words at most, not a paragraph.
constexpr size_t kMaxValueBytes = 200;

bool IsAttributeByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

size_t SkipBlanks(std::string_view text, size_t at) { return std::min(text.find_first_not_of(" \t", at), text.size()); }

// `/>`, `">`, `" />` as the first thing of the block.
std::optional<Span> BareTail(std::string_view text) {
  const size_t begin = SkipBlanks(text, 0);
  for (const std::string_view tail : {"/>", "\">", "'>", "\"/>", "\" />", "'/>", "' />", "\u201D>", "\u201D />"})
    if (StartsWith(text.substr(begin), tail)) return Span{0, begin + tail.size()};
  // A lone `>` is a mail's quotation mark, unless a closing tag follows at once.
  if (!StartsWith(text.substr(begin), ">")) return std::nullopt;
  const size_t next = SkipBlanks(text, begin + 1);
  return StartsWith(text.substr(next), "</") ? std::optional<Span>(Span{0, begin + 1}) : std::nullopt;
}

// Where the attribute `name="` begins whose equals sign is at `equals`.
size_t AttributeBegin(std::string_view text, size_t equals) {
  size_t begin = equals;
  while (begin > 0 && IsAttributeByte(text[begin - 1])) --begin;
  return begin;
}

// The rest of a value before the attributes (`of the sea" width="300">`) goes with them, back to the last sentence end.
size_t ValueBegin(std::string_view text, size_t attribute) {
  const std::string_view before = text.substr(0, attribute);
  const size_t last = before.find_last_not_of(' ');
  if (last == kNone) return 0;
  const bool odd_marks = std::count(before.begin(), before.end(), '"') % 2 == 1;
  if (before[last] != '"' || !odd_marks) return attribute;
  const size_t stop = before.substr(0, last).find_last_of(".!?");
  const bool sentence = stop != kNone && stop + 1 < last && before[stop + 1] == ' ';
  const size_t begin = sentence ? stop + 2 : 0;
  return attribute - begin <= kMaxValueBytes ? begin : attribute;
}

// Attributes that run up to a `>` no tag was opened for.
std::optional<Span> AttributeTail(std::string_view text, size_t max_tag_bytes) {
  const std::string_view head = text.substr(0, text.find('<'));
  for (const std::string_view mark : {"=\"", "='", "=\u201C", "=\u201D"}) {
    const size_t equals = head.find(mark);
    if (equals == kNone) continue;
    const size_t begin = AttributeBegin(head, equals);
    if (begin == equals) continue;
    const std::optional<Tag> tail = ReadAttributeTail(head, begin, max_tag_bytes);
    if (tail && tail->quoted > 0 && tail->known > 0 && tail->odd == 0) return Span{ValueBegin(head, begin), tail->end};
  }
  return std::nullopt;
}

// `width=300 height=200>`: without quotation marks two known attributes are asked for, and nothing before them.
std::optional<Span> UnquotedTail(std::string_view text, size_t max_tag_bytes) {
  const size_t begin = SkipBlanks(text, 0);
  const std::string_view head = text.substr(0, text.find('<'));
  const size_t equals = head.find('=', begin);
  if (equals == kNone || equals == begin || AttributeBegin(head, equals) != begin) return std::nullopt;
  const std::optional<Tag> tail = ReadAttributeTail(head, begin, max_tag_bytes);
  if (!tail || tail->known < 2 || tail->odd > 0) return std::nullopt;
  return Span{0, tail->end};
}

bool LooksLikeClasses(std::string_view value) {
  size_t words = 0;
  for (size_t at = 0; at < value.size();) {
    const size_t begin = value.find_first_not_of(' ', at);
    if (begin == kNone) break;
    const size_t end = std::min(value.find(' ', begin), value.size());
    // `entry-title`, `post_12`, `/img/pier.jpg`
    if (value.substr(begin, end - begin).find_first_of("-_/=0123456789") == kNone) return false;
    ++words;
    at = end;
  }
  return words > 0;
}

// `font-weight: bold;">`, `post-12 entry-title">`, `/img/pier.jpg">`: the end of a value that no mark opened.
std::optional<Span> ValueTail(std::string_view text) {
  const size_t close = text.substr(0, kMaxValueBytes).find('>');
  if (close == kNone || close < 2) return std::nullopt;
  size_t mark = close - 1;
  while (mark > 0 && (text[mark] == ' ' || text[mark] == '/')) --mark;
  if ((text[mark] != '"' && text[mark] != '\'') || mark == 0) return std::nullopt;
  const std::string_view value = text.substr(0, mark);
  if (value.find_first_of("\"'<") != kNone) return std::nullopt;
  return AreDeclarations(value) || LooksLikeClasses(value) ? std::optional<Span>(Span{0, close + 1}) : std::nullopt;
}

// `p>The boat was late.</p>`, `/p>`: only the `<` is gone. The name alone is a word; its other half, or the slash, makes it a
// tag.
std::optional<Span> HeadlessTag(std::string_view text) {
  const size_t begin = SkipBlanks(text, 0);
  const bool close = begin < text.size() && text[begin] == '/';
  size_t end = begin + close;
  while (end < text.size() && IsAttributeByte(text[end]) && end - begin < 12) ++end;
  if (end >= text.size() || text[end] != '>') return std::nullopt;
  const std::string_view name = text.substr(begin + close, end - begin - close);
  if (name.empty() || !LookUpElement(name).block) return std::nullopt;
  if (!close && text.find("</" + std::string(name) + ">", end) == kNone) return std::nullopt;
  return Span{0, end + 1};
}

std::optional<Span> FindAtStart(std::string_view text, size_t max_tag_bytes) {
  if (const std::optional<Span> tail = BareTail(text)) return tail;
  if (const std::optional<Span> tail = HeadlessTag(text)) return tail;
  if (const std::optional<Span> tail = AttributeTail(text, max_tag_bytes)) return tail;
  if (const std::optional<Span> tail = UnquotedTail(text, max_tag_bytes)) return tail;
  return ValueTail(text);
}

bool EndsSentence(char c) { return std::string_view(".!?)\"'").find(c) != kNone || static_cast<unsigned char>(c) >= 0x80; }

// A quotation mark before the token that nothing before it opened: `... late. " />`.
size_t WithQuote(std::string_view text, size_t tail) {
  const size_t last = tail == 0 ? kNone : text.find_last_not_of(' ', tail - 1);
  if (last == kNone || text[last] != '"') return tail;
  return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(last), '"') % 2 == 0 ? last : tail;
}

// `... last words. /> </p>`, `late. ">`, `late./p>`: the tail token alone, before a closing tag or the block's end.
std::optional<Span> FindAtEnd(std::string_view text) {
  const size_t head = std::min(text.find('<'), text.size());
  if (head < text.size() && !StartsWith(text.substr(head), "</")) return std::nullopt;
  const std::string_view words = Trim(text.substr(0, head));
  if (words.size() < 3 || words.back() != '>') return std::nullopt;
  const size_t end = static_cast<size_t>(words.data() - text.data()) + words.size();
  const char before = text[end - 2];
  if (before == '/') {
    const size_t tail = WithQuote(text, end - 2);
    if (tail == 0 || (tail == end - 2 && text[tail - 1] != ' ')) return std::nullopt;
    return Span{tail, end};
  }
  if (before == '"') {
    const bool apart = text[end - 3] == ' ' || EndsSentence(text[end - 3]);
    return apart && WithQuote(text, end - 1) == end - 2 ? std::optional<Span>(Span{end - 2, end}) : std::nullopt;
  }
  const size_t slash = text.rfind('/', end - 1);
  if (slash == kNone || slash == 0 || end - slash > 12 || !EndsSentence(text[slash - 1])) return std::nullopt;
  return LookUpElement(text.substr(slash + 1, end - slash - 2)).block ? std::optional<Span>(Span{slash, end}) : std::nullopt;
}

}  // namespace

std::vector<Span> FindTagTails(std::string_view text, size_t max_tag_bytes) {
  std::vector<Span> tails;
  if (text.find('>') == kNone) return tails;
  if (const std::optional<Span> tail = FindAtStart(text, max_tag_bytes)) tails.push_back(*tail);
  const std::optional<Span> tail = FindAtEnd(text);
  if (tail && (tails.empty() || tails.back().end <= tail->begin)) tails.push_back(*tail);
  return tails;
}

bool IsCommentEnd(std::string_view text) {
  text = Trim(text);
  constexpr size_t kMaxBytes = 60;
  if (text.size() > kMaxBytes) return false;
  for (const std::string_view end : {"-->", "//-->", "// -->", "]]>", "//]]>", "// ]]>", "/* ]]> */"})
    if (text == end) return true;
  if (text.size() < 8 || text.substr(text.size() - 3) != "-->" || text.find('<') != kNone) return false;
  // `end .entry-content`, `#sidebar`, `/wp:paragraph`: a name that style sheets would use. An arrow between words has none.
  if (std::count(text.begin(), text.end(), ' ') > 3) return false;
  const bool ends = StartsWith(text, "end ") || StartsWith(text, "END ");
  const size_t name = text.find_first_of(".#");
  if (StartsWith(text, "/wp:")) return true;
  if (name == kNone || name + 1 >= text.size() || (name > 0 && !ends && text[0] != '/')) return false;
  return (name == 0 || text[name - 1] == ' ' || text[name - 1] == '/') && IsAttributeByte(text[name + 1]) &&
         (text[name + 1] < '0' || text[name + 1] > '9');
}

}  // namespace garner::html_cleaner
