// FoldForComparison, and a short way for it: most characters fold by themselves, by a table that ICU filled; a text with any other
// character goes through ICU as a whole.
#include <unicode/normalizer2.h>

#include <array>
#include <cassert>
#include <cstring>

#include "garner/utf8.h"

namespace garner {
namespace {

// U+0000 drops the character.
char32_t Unify(char32_t value) {
  switch (value) {
    case 0x00AD: case 0x200B: case 0x200C: case 0x200D: case 0x2060: case 0xFEFF: return 0;
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x02BC: case 0x2039: case 0x203A: case 0x0060: case 0x00B4: return '\'';
    case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x00AB: case 0x00BB: return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    default: return value;
  }
}

const icu::Normalizer2* Folder() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(error);
  return U_SUCCESS(error) ? folder : nullptr;
}

std::string Normalized(const icu::Normalizer2& folder, std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out;
  folder.normalize(source, error).toUTF8String(out);
  return U_SUCCESS(error) ? out : std::string(text);
}

// What one character becomes where it stands by itself.
struct Folded {
  static constexpr uint8_t kUnknown = 255;
  static constexpr uint8_t kSpace = 254;
  static constexpr size_t kMaxBytes = 7;

  uint8_t size = kUnknown;
  char bytes[kMaxBytes] = {};
};

Folded FoldAlone(const icu::Normalizer2& folder, char32_t value) {
  Folded folded;
  // A character that may join the one before it must be seen together with it.
  if (!folder.hasBoundaryBefore(static_cast<UChar32>(value))) return folded;
  std::string alone;
  AppendUtf8(value, alone);
  const std::string normal = Normalized(folder, alone);
  std::string out;
  for (size_t at = 0; at < normal.size();) {
    const CodePoint cp = NextCodePoint(normal, at);
    at += cp.size;
    if (IsSpace(cp.value)) {
      if (normal.size() == cp.size) folded.size = Folded::kSpace;
      return folded;
    }
    if (const char32_t unified = Unify(cp.value); unified != 0) AppendUtf8(unified, out);
  }
  if (out.size() > Folded::kMaxBytes) return folded;
  folded.size = static_cast<uint8_t>(out.size());
  std::memcpy(folded.bytes, out.data(), out.size());
  return folded;
}

// What an ASCII character becomes, a space for white space; 0 where Table::Find has to say it.
using AsciiTable = std::array<char, 256>;

// The scripts of two bytes a character, and general punctuation.
class Table {
 public:
  static constexpr char32_t kEnd = 0x800;
  static constexpr char32_t kPunctuation = 0x2000;
  static constexpr char32_t kPunctuationEnd = 0x2070;

  Table() {
    const icu::Normalizer2* folder = Folder();
    if (folder == nullptr) return;
    for (char32_t value = 0; value < kEnd; ++value) low_[value] = FoldAlone(*folder, value);
    for (char32_t value = kPunctuation; value < kPunctuationEnd; ++value) punctuation_[value - kPunctuation] = FoldAlone(*folder, value);
    for (size_t value = 0; value < 0x80; ++value) {
      if (low_[value].size == Folded::kSpace) ascii_[value] = ' ';
      if (low_[value].size == 1 && low_[value].bytes[0] > ' ') ascii_[value] = low_[value].bytes[0];
    }
  }

  const AsciiTable& ascii() const { return ascii_; }

  // Null where the character is not in the table.
  const Folded* Find(char32_t value) const {
    if (value < kEnd) return &low_[value];
    if (value >= kPunctuation && value < kPunctuationEnd) return &punctuation_[value - kPunctuation];
    return nullptr;
  }

 private:
  AsciiTable ascii_ = {};
  std::array<Folded, kEnd> low_;
  std::array<Folded, kPunctuationEnd - kPunctuation> punctuation_;
};

const Table& TheTable() {
  static const Table table;
  return table;
}

// Ideographs and Hangul syllables fold to themselves.
bool StaysAsItIs(char32_t value) { return (value >= 0x3400 && value <= 0x9FFF) || (value >= 0xAC00 && value <= 0xD7A3); }

// Appends folded characters with single spaces between words. Writes into a string that is longer than it has to be until Finish:
// characters come one at a time.
class Appender {
 public:
  // `source` bytes are to come; most become as many.
  Appender(std::string& out, size_t source) : out_(out) {
    out_.resize(source);
    end_ = out_.data();
  }
  // The ASCII characters from `at` on; returns where they end. There is room for them: each takes a byte of the source. No branch
  // depends on where words end: nobody could foretell it.
  size_t Ascii(std::string_view text, size_t at, const AsciiTable& table) {
    char* end = end_;
    char last = last_;
    for (; at < text.size(); ++at) {
      const char c = table[static_cast<unsigned char>(text[at])];
      if (c == 0) break;
      *end = c;
      end += (c != ' ') | (last != ' ');
      last = c;
    }
    end_ = end;
    last_ = last;
    return at;
  }
  void Space() {
    if (last_ != ' ') *end_++ = ' ';
    last_ = ' ';
  }
  // A character without spaces; `rest` bytes of the source are still to come.
  void Text(std::string_view text, size_t rest) {
    if (text.empty()) return;
    if (const size_t most = Size() + text.size() + rest; most > out_.size()) Grow(most + most / 4);
    for (const char c : text) *end_++ = c;  // a few bytes
    last_ = text.back();
  }
  void Finish() { out_.resize(Size() - (last_ == ' ' && Size() != 0)); }

 private:
  size_t Size() const { return static_cast<size_t>(end_ - out_.data()); }
  void Grow(size_t size) {
    const size_t used = Size();
    out_.resize(size);
    end_ = out_.data() + used;
  }

  std::string& out_;
  char* end_ = nullptr;
  char last_ = ' ';  // no space at the beginning
};

// False where a character needs its neighbours to be seen; `out` is then of no use.
bool FoldByTable(std::string_view text, std::string& out) {
  const Table& table = TheTable();
  Appender append(out, text.size());
  for (size_t at = 0;;) {
    at = append.Ascii(text, at, table.ascii());
    if (at == text.size()) break;
    const CodePoint cp = NextCodePoint(text, at);
    const Folded* folded = table.Find(cp.value);
    if (folded == nullptr && !StaysAsItIs(cp.value)) return false;
    const std::string_view own = text.substr(at, cp.size);
    at += cp.size;
    if (folded == nullptr) {
      append.Text(own, text.size() - at);
    } else if (folded->size == Folded::kSpace) {
      append.Space();
    } else if (folded->size == Folded::kUnknown) {
      return false;
    } else {
      append.Text({folded->bytes, folded->size}, text.size() - at);
    }
  }
  append.Finish();
  return true;
}

void FoldByIcu(std::string_view text, std::string& out) {
  const icu::Normalizer2* folder = Folder();
  const std::string normal = folder == nullptr ? std::string(text) : Normalized(*folder, text);
  Appender append(out, normal.size());
  std::string character;
  for (size_t at = 0; at < normal.size();) {
    const CodePoint cp = NextCodePoint(normal, at);
    at += cp.size;
    if (IsSpace(cp.value)) {
      append.Space();
      continue;
    }
    character.clear();
    if (const char32_t unified = Unify(cp.value); unified != 0) AppendUtf8(unified, character);
    append.Text(character, normal.size() - at);
  }
  append.Finish();
}

}  // namespace

void FoldForComparison(std::string_view text, std::string& out) {
  if (!FoldByTable(text, out)) FoldByIcu(text, out);
}

std::string FoldForComparison(std::string_view text) {
  std::string out;
  FoldForComparison(text, out);
  return out;
}

}  // namespace garner
