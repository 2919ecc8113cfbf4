#include "lines.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "garner/utf8.h"

namespace garner::text {
namespace {

struct RawLine {
  size_t end = 0;        // before the line end
  size_t next = 0;       // after it
  bool paragraph = false;  // U+2029
};

RawLine FindLineEnd(std::string_view text, size_t at) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x0A && byte <= 0x0D) {
      const bool pair = byte == 0x0D && at + 1 < text.size() && text[at + 1] == '\n';
      return {at, at + (pair ? 2U : 1U), false};
    }
    if (byte == 0xC2 && text.substr(at, 2) == "\xC2\x85") return {at, at + 2, false};
    if (byte == 0xE2 && (text.substr(at, 3) == "\u2028" || text.substr(at, 3) == "\u2029")) return {at, at + 3, text[at + 2] == '\xA9'};
  }
  return {text.size(), text.size(), false};
}

// What shows as nothing at all: a line of these is blank.
bool IsInvisible(char32_t value) {
  return IsSpace(value) || IsControl(value) || value == 0xAD || (value >= 0x200B && value <= 0x200F) || value == 0x2060 || (value >= 0x202A && value <= 0x202E);
}

bool IsWide(char32_t value) {
  if (value < 0x1100) return false;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(value), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

// Han, kana and their punctuation. Korean is wide, too, but has spaces.
bool IsWithoutSpaces(char32_t value) {
  if (!IsWide(value)) return false;
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(value), &error) != USCRIPT_HANGUL && !u_hasBinaryProperty(static_cast<UChar32>(value), UCHAR_EMOJI_PRESENTATION);
}

bool IsNone(char32_t value, std::u32string_view set) { return set.find(value) == std::u32string_view::npos; }

constexpr std::u32string_view kOpening = U"\"'“”„«»‹›‘’‚([{¿¡「『（《〈";
constexpr std::u32string_view kClosing = U"\"'”“»«›‹’‘)]}」』）》〉*_";
constexpr std::u32string_view kSentenceEnd = U".!?…:;。！？：；؟۔।॥։።";
constexpr std::u32string_view kCodeLike = U"{}[]<>=|\\`~^#@$&_";

// What LookAtStart asks of a character.
struct Traits {
  bool space = false;
  bool code_like = false;
  bool opening = false;
  bool upper = false;
  uint8_t columns = 1;
};

Traits TraitsOf(char32_t value) {
  Traits traits;
  traits.space = IsSpace(value);
  traits.code_like = !IsNone(value, kCodeLike);
  traits.opening = !IsNone(value, kOpening);
  traits.upper = u_isUUppercase(static_cast<UChar32>(value)) != 0;
  traits.columns = IsInvisible(value) && !traits.space ? 0 : IsWide(value) ? 2 : 1;
  return traits;
}

// Most characters of most texts: the table is three times as fast as asking ICU.
const Traits& AsciiTraits(char32_t value) {
  static const std::array<Traits, 128> table = [] {
    std::array<Traits, 128> made;
    for (char32_t c = 0; c < made.size(); ++c) made[c] = TraitsOf(c);
    return made;
  }();
  return table[value];
}

Start StartOf(char32_t value) {
  if (u_isULowercase(static_cast<UChar32>(value))) return Start::kLower;
  if (u_isUUppercase(static_cast<UChar32>(value)) || u_istitle(static_cast<UChar32>(value))) return Start::kUpper;
  return u_isalpha(static_cast<UChar32>(value)) ? Start::kUncased : Start::kOther;
}

// The code point that ends at `end`, which is beyond `begin`.
CodePoint LastCodePoint(std::string_view text, size_t begin, size_t end) {
  size_t at = end - 1;
  while (at > begin && !IsBoundary(text, at)) --at;
  return NextCodePoint(text, at);
}

void LookAtEnd(std::string_view text, Line& line) {
  size_t end = line.end;
  CodePoint cp = LastCodePoint(text, line.begin, end);
  line.wide_end = IsWithoutSpaces(cp.value);
  // A few closing marks may follow the full stop.
  for (int marks = 0; marks < 4 && end - cp.size > line.begin && !IsNone(cp.value, kClosing); ++marks) {
    end -= cp.size;
    cp = LastCodePoint(text, line.begin, end);
  }
  line.ended = !IsNone(cp.value, kSentenceEnd);
  const bool letter = u_isalnum(static_cast<UChar32>(cp.value)) || (U_GET_GC_MASK(static_cast<UChar32>(cp.value)) & U_GC_M_MASK) != 0;
  line.open_ended = !line.ended && (letter || end < line.end || !IsNone(cp.value, U",-‐–—\u00AD%、，،"));
}

// Counts columns, words and odd characters from the line's start, as far as a wrapped line may go.
void LookAtStart(std::string_view text, size_t raw_begin, Line& line) {
  uint32_t width = 0;
  uint32_t code_like = 0;
  uint32_t characters = 0;
  uint32_t spaces = 0;  // in a row
  bool tabular = false;
  bool first_word = true;
  bool looking_for_letter = true;
  bool in_word = false;
  char32_t before = 0;
  for (size_t at = raw_begin; at < line.end && width <= kWidestLine;) {
    const CodePoint cp = NextCodePoint(text, at);
    const Traits traits = cp.value < 0x80 ? AsciiTraits(cp.value) : TraitsOf(cp.value);
    const bool indentation = at < line.begin;
    at += cp.size;
    width += cp.value == '\t' ? 8 - width % 8 : traits.columns;
    if (indentation) {
      line.indent = static_cast<uint16_t>(width);
      continue;
    }
    ++characters;
    if (traits.space) {
      tabular = tabular || cp.value == '\t' || ++spaces >= 3;
      line.clauses = line.clauses || before == '.' || before == ',' || before == ';';
      first_word = in_word = false;
      before = 0;
      continue;
    }
    spaces = 0;
    before = cp.value;
    const bool wide = traits.columns == 2 && IsWithoutSpaces(cp.value);
    if (characters == 1) line.wide_start = wide;
    if (!in_word || wide) ++line.words;
    line.capitals = static_cast<uint16_t>(line.capitals + (!in_word && traits.upper));
    in_word = true;
    if (first_word) line.first_word = static_cast<uint16_t>(width - line.indent);
    if (wide) first_word = false;  // may be parted after any character
    code_like += traits.code_like;
    if (looking_for_letter && !traits.opening) {
      line.start = StartOf(cp.value);
      looking_for_letter = false;
    }
  }
  line.width = static_cast<uint16_t>(std::min(width, kWidestLine + 1));
  const char first = text[line.begin];
  const char last = text[line.end - 1];
  const bool marked = first == '<' || first == '>' || first == '|' || last == '>' || last == '|';
  line.prose = !tabular && !marked && code_like * 25 <= characters && line.indent < 24;
}

Line LookAt(std::string_view text, size_t raw_begin, size_t begin, size_t end) {
  Line line;
  line.begin = begin;
  line.end = end;
  LookAtStart(text, raw_begin, line);
  LookAtEnd(text, line);
  return line;
}

// The line without what is invisible at its edges; empty for a blank line.
Span Visible(std::string_view text, size_t begin, size_t end) {
  while (begin < end) {
    const CodePoint cp = NextCodePoint(text, begin);
    if (!IsInvisible(cp.value)) break;
    begin += cp.size;
  }
  while (end > begin) {
    const CodePoint cp = LastCodePoint(text, begin, end);
    if (!IsSpace(cp.value) && !IsControl(cp.value)) break;
    end -= cp.size;
  }
  return {begin, end};
}

}  // namespace

bool LineReader::NextGroup(std::vector<Line>& group) {
  group.clear();
  while (at_ < text_.size()) {
    const RawLine raw = FindLineEnd(text_, at_);
    const Span visible = Visible(text_, at_, raw.end);
    const size_t raw_begin = at_;
    at_ = raw.next;
    if (visible.empty()) {
      if (!group.empty()) return true;
      continue;
    }
    group.push_back(LookAt(text_, raw_begin, visible.begin, visible.end));
    if (raw.paragraph) return true;
  }
  return !group.empty();
}

}  // namespace garner::text
