#include "tag_tail.h"

#include <algorithm>
#include <optional>

#include "read_tag.h"

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

// `... last words. /> </p>`: the tail token alone, before a closing tag or the block's end.
std::optional<Span> TokenTail(std::string_view text) {
  const size_t head = std::min(text.find('<'), text.size());
  if (head < text.size() && !StartsWith(text.substr(head), "</")) return std::nullopt;
  const size_t tail = text.substr(0, head).rfind("/>");
  if (tail == kNone || tail == 0 || text[tail - 1] != ' ') return std::nullopt;
  return SkipBlanks(text, tail + 2) == head ? std::optional<Span>(Span{tail, tail + 2}) : std::nullopt;
}

}  // namespace

std::optional<Span> FindTagTail(std::string_view text, size_t max_tag_bytes) {
  if (text.find('>') == kNone) return std::nullopt;
  if (const std::optional<Span> tail = BareTail(text)) return tail;
  if (const std::optional<Span> tail = AttributeTail(text, max_tag_bytes)) return tail;
  return TokenTail(text);
}

}  // namespace garner::html_cleaner
