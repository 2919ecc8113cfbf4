#include "lines.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "garner/byte_words.h"
#include "garner/utf8.h"

namespace garner::text {
namespace {

struct RawLine {
  size_t end = 0;        // before the line end
  size_t next = 0;       // after it
  bool paragraph = false;  // U+2029
};

// Bytes that a line end may begin with.
constexpr std::array<bool, 256> kMayEndLine = [] {
  std::array<bool, 256> table{};
  for (const size_t byte : {0x0A, 0x0B, 0x0C, 0x0D, 0xC2, 0xE2}) table[byte] = true;
  return table;
}();

bool MayHoldLineEnd(ByteWord word) { return MayHoldBelow(word, 0x0E) || (!IsAscii(word) && (MayHold(word, 0xC2) || MayHold(word, 0xE2))); }

// The next byte that a line end may begin with; the text's end where there is none.
size_t FindLineEndByte(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (at + sizeof(ByteWord) <= text.size() && !MayHoldLineEnd(LoadBytes(text, at))) {
      at += sizeof(ByteWord);
      continue;
    }
    const size_t end = std::min(at + sizeof(ByteWord), text.size());
    for (; at < end; ++at)
      if (kMayEndLine[static_cast<unsigned char>(text[at])]) return at;
  }
  return at;
}

RawLine FindLineEnd(std::string_view text, size_t at) {
  for (at = FindLineEndByte(text, at); at < text.size(); at = FindLineEndByte(text, at + 1)) {
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

constexpr bool IsNone(char32_t value, std::u32string_view set) { return set.find(value) == std::u32string_view::npos; }

constexpr std::u32string_view kOpening = U"\"'“”„«»‹›‘’‚([{¿¡「『（《〈";
constexpr std::u32string_view kClosing = U"\"'”“»«›‹’‘)]}」』）》〉*_";
constexpr std::u32string_view kSentenceEnd = U".!?…:;。！？：；؟۔।॥։።";
constexpr std::u32string_view kCodeLike = U"{}[]<>=|\\`~^#@$&_";

// What is asked of a character at a line's start.
enum : uint8_t {
  kSpace = 1,
  kCodeLikeMark = 2,
  kOpeningMark = 4,
  kUpperCase = 8,
  kNoColumn = 16,
  // ... and at its end.
  kClosingMark = 32,
  kEndOfSentence = 64,
};

// Between these two are the letters of the Latin, Greek and Cyrillic alphabets and none of the marks above.
bool MayBeMark(char32_t value) { return value < 0xC0 || value >= 0x530; }

uint8_t TraitsOf(char32_t value) {
  uint8_t traits = 0;
  if (IsSpace(value)) traits |= kSpace;
  if (IsInvisible(value) && !IsSpace(value)) traits |= kNoColumn;
  if (u_isUUppercase(static_cast<UChar32>(value))) traits |= kUpperCase;
  if (!MayBeMark(value)) return traits;
  if (!IsNone(value, kCodeLike)) traits |= kCodeLikeMark;
  if (!IsNone(value, kOpening)) traits |= kOpeningMark;
  if (!IsNone(value, kClosing)) traits |= kClosingMark;
  if (!IsNone(value, kSentenceEnd)) traits |= kEndOfSentence;
  return traits;
}

// Most characters of most texts: the table is many times as fast as asking.
constexpr std::array<uint8_t, 128> kAsciiTraits = [] {
  std::array<uint8_t, 128> table{};
  for (char32_t c = 0; c < table.size(); ++c) {
    uint8_t traits = 0;
    if (IsSpace(c)) traits |= kSpace;
    if (IsControl(c)) traits |= kNoColumn;
    if (c >= 'A' && c <= 'Z') traits |= kUpperCase;
    if (!IsNone(c, kCodeLike)) traits |= kCodeLikeMark;
    if (!IsNone(c, kOpening)) traits |= kOpeningMark;
    if (!IsNone(c, kClosing)) traits |= kClosingMark;
    if (!IsNone(c, kSentenceEnd)) traits |= kEndOfSentence;
    table[c] = traits;
  }
  return table;
}();

uint8_t Traits(char32_t value) { return value < 0x80 ? kAsciiTraits[value] : TraitsOf(value); }

// A lower-case letter, digit or common punctuation mark of ASCII.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> table{};
  for (size_t c = 0; c < kAsciiTraits.size(); ++c) table[c] = kAsciiTraits[c] == 0;
  return table;
}();

bool IsPlain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

Start StartOf(char32_t value) {
  if (value >= 'a' && value <= 'z') return Start::kLower;
  if (value >= 'A' && value <= 'Z') return Start::kUpper;
  if (value < 0x80) return Start::kOther;
  if (u_isULowercase(static_cast<UChar32>(value))) return Start::kLower;
  if (u_isUUppercase(static_cast<UChar32>(value)) || u_istitle(static_cast<UChar32>(value))) return Start::kUpper;
  return u_isalpha(static_cast<UChar32>(value)) ? Start::kUncased : Start::kOther;
}

// Letters, digits and the marks that belong to them.
bool IsWordCharacter(char32_t value) {
  if (value < 0x80) return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
  return u_isalnum(static_cast<UChar32>(value)) || (U_GET_GC_MASK(static_cast<UChar32>(value)) & U_GC_M_MASK) != 0;
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
  for (int marks = 0; marks < 4 && end - cp.size > line.begin && (Traits(cp.value) & kClosingMark) != 0; ++marks) {
    end -= cp.size;
    cp = LastCodePoint(text, line.begin, end);
  }
  line.ended = (Traits(cp.value) & kEndOfSentence) != 0;
  line.open_ended = !line.ended && (IsWordCharacter(cp.value) || end < line.end || !IsNone(cp.value, U",-‐–—\u00AD%、，،"));
}

// Counts columns, words and odd characters from the line's start, as far as a wrapped line may go.
class StartReader {
 public:
  StartReader(std::string_view text, Line& line) : text_(text), line_(line) {}

  void Read(size_t raw_begin) {
    size_t at = TakeIndentation(raw_begin);
    while (at < line_.end && width_ <= kWidestLine) at = IsPlain(text_[at]) ? TakePlain(at) : text_[at] == ' ' ? TakeBlank(at) : TakeOne(at);
    line_.width = static_cast<uint16_t>(std::min(width_, kWidestLine + 1));
    const char first = text_[line_.begin];
    const char last = text_[line_.end - 1];
    const bool marked = first == '<' || first == '>' || first == '|' || last == '>' || last == '|';
    line_.prose = !tabular_ && !marked && code_like_ * 25 <= characters_ && line_.indent < 24;
  }

 private:
  size_t TakeIndentation(size_t at) {
    while (at < line_.begin && width_ <= kWidestLine) {
      const CodePoint cp = NextCodePoint(text_, at);
      at += cp.size;
      Widen(cp.value, Traits(cp.value));
      line_.indent = static_cast<uint16_t>(width_);
    }
    return at;
  }

  void Widen(char32_t value, uint8_t traits) {
    if (value == '\t') {
      width_ += 8 - width_ % 8;
    } else if ((traits & kNoColumn) == 0) {
      width_ += IsWide(value) ? 2 : 1;
    }
  }

  // As many plain characters as there are: most of most words.
  size_t TakePlain(size_t begin) {
    const size_t limit = std::min<size_t>(line_.end, begin + (kWidestLine + 1 - width_));
    size_t at = begin + 1;
    while (at < limit && IsPlain(text_[at])) ++at;
    const auto count = static_cast<uint32_t>(at - begin);
    width_ += count;
    characters_ += count;
    spaces_ = 0;
    before_ = static_cast<unsigned char>(text_[at - 1]);
    line_.words = static_cast<uint16_t>(line_.words + !in_word_);
    in_word_ = true;
    if (first_word_) line_.first_word = static_cast<uint16_t>(width_ - line_.indent);
    LookForLetter(static_cast<unsigned char>(text_[begin]));
    return at;
  }

  size_t TakeBlank(size_t at) {
    ++width_;
    ++characters_;
    TakeSpace(' ');
    return at + 1;
  }

  size_t TakeOne(size_t at) {
    const CodePoint cp = NextCodePoint(text_, at);
    const uint8_t traits = Traits(cp.value);
    Widen(cp.value, traits);
    ++characters_;
    if ((traits & kSpace) != 0) {
      TakeSpace(cp.value);
      return at + cp.size;
    }
    spaces_ = 0;
    before_ = cp.value;
    const bool wide = IsWithoutSpaces(cp.value);
    if (characters_ == 1) line_.wide_start = wide;
    if (!in_word_ || wide) ++line_.words;
    line_.capitals = static_cast<uint16_t>(line_.capitals + (!in_word_ && (traits & kUpperCase) != 0));
    in_word_ = true;
    if (first_word_) line_.first_word = static_cast<uint16_t>(width_ - line_.indent);
    if (wide) first_word_ = false;  // may be parted after any character
    code_like_ += (traits & kCodeLikeMark) != 0;
    if ((traits & kOpeningMark) == 0) LookForLetter(cp.value);
    return at + cp.size;
  }

  void TakeSpace(char32_t value) {
    tabular_ = tabular_ || value == '\t' || ++spaces_ >= 3;
    line_.clauses = line_.clauses || before_ == '.' || before_ == ',' || before_ == ';';
    first_word_ = in_word_ = false;
    before_ = 0;
  }

  void LookForLetter(char32_t value) {
    if (!looking_for_letter_) return;
    line_.start = StartOf(value);
    looking_for_letter_ = false;
  }

  const std::string_view text_;
  Line& line_;
  uint32_t width_ = 0;
  uint32_t code_like_ = 0;
  uint32_t characters_ = 0;
  uint32_t spaces_ = 0;  // in a row
  bool tabular_ = false;
  bool first_word_ = true;
  bool looking_for_letter_ = true;
  bool in_word_ = false;
  char32_t before_ = 0;
};

Line LookAt(std::string_view text, size_t raw_begin, size_t begin, size_t end) {
  Line line;
  line.begin = begin;
  line.end = end;
  StartReader(text, line).Read(raw_begin);
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
