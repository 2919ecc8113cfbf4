#include "text_shape.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

enum class Class : uint8_t { kOther, kSpace, kCapital, kSmall, kLetter, kDigit, kPunctuation };

Class ClassOf(char32_t value) {
  if (IsSpace(value)) return Class::kSpace;
  const auto c = static_cast<UChar32>(value);
  if (u_isupper(c) || u_istitle(c)) return Class::kCapital;
  if (u_islower(c)) return Class::kSmall;
  if (u_isalpha(c)) return Class::kLetter;
  if (u_isdigit(c)) return Class::kDigit;
  if (u_ispunct(c)) return Class::kPunctuation;
  return Class::kOther;
}

// The scripts with two bytes a character; the others are asked for one by one.
class Classes {
 public:
  Classes() {
    for (char32_t value = 0; value < table_.size(); ++value) table_[value] = ClassOf(value);
  }
  Class operator[](char32_t value) const { return value < table_.size() ? table_[value] : ClassOf(value); }

 private:
  std::array<Class, 0x800> table_{};
};

const Classes& TheClasses() {
  static const Classes classes;
  return classes;
}

bool IsSeparator(char32_t value) {
  switch (value) {
    case '|': case '/': case '>': case 0xBB: case 0x203A: case 0x2192: case 0x2022: case 0xB7: case 0x25B8: case 0x25BA: case 0x2013: return true;
    default: return false;
  }
}

bool IsCurrency(char32_t value) { return value == '$' || (value >= 0xA2 && value <= 0xA5) || (value >= 0x20A0 && value <= 0x20CF); }

bool IsQuote(char32_t value) { return value == '"' || value == 0xAB || (value >= 0x201C && value <= 0x201E); }

TextShape::Last LastOf(char32_t value, Class kind) {
  switch (value) {
    case '.': case '!': case 0x3002: case 0xFF01: case 0x0964: case 0x06D4: return TextShape::Last::kStop;
    case '?': case 0xFF1F: case 0x061F: return TextShape::Last::kQuestion;
    case ':': case 0xFF1A: return TextShape::Last::kColon;
    case ',': case ';': return TextShape::Last::kComma;
    case 0x2026: return TextShape::Last::kEllipsis;
    default: break;
  }
  if (kind == Class::kDigit) return TextShape::Last::kDigit;
  if (kind == Class::kCapital || kind == Class::kSmall || kind == Class::kLetter) return TextShape::Last::kLetter;
  return TextShape::Last::kMark;
}

bool IsStop(TextShape::Last last) {
  return last == TextShape::Last::kStop || last == TextShape::Last::kQuestion || last == TextShape::Last::kEllipsis;
}

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

TextShape::First FirstOf(Class kind) {
  switch (kind) {
    case Class::kCapital: return TextShape::First::kCapital;
    case Class::kSmall: return TextShape::First::kSmall;
    case Class::kDigit: return TextShape::First::kDigit;
    case Class::kPunctuation: return TextShape::First::kMark;
    default: return TextShape::First::kOther;
  }
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Reads a text a character at a time.
class Reader {
 public:
  void Read(std::string_view text) {
    const Classes& classes = TheClasses();
    for (size_t at = 0; at < text.size();) {
      if (const size_t letters = TakeAsciiLetters(text.substr(at)); letters > 0) {
        at += letters;
        continue;
      }
      const CodePoint cp = NextCodePoint(text, at);
      at += cp.size;
      if (cp.value == '.') shape.link = shape.link || EndsWith(text.substr(0, at), "www.");
      Take(cp.value, classes[cp.value]);
    }
    EndWord();
  }

  TextShape shape;

 private:
  // Those that the text begins with, which most of most texts is made of; says how many there were.
  size_t TakeAsciiLetters(std::string_view text) {
    uint32_t count = 0;
    uint32_t capitals = 0;
    for (; count < text.size() && IsAsciiLetter(text[count]); ++count) {
      capitals += text[count] <= 'Z';
      if (text[count] == 'p') shape.link = shape.link || EndsWith(text.substr(0, count + 1), "http");
    }
    if (count == 0) return 0;
    const Class first = text[0] <= 'Z' ? Class::kCapital : Class::kSmall;
    if (shape.characters == 0) shape.first = FirstOf(first);
    if (word_letters_ + word_digits_ == 0) first_ = first;
    shape.characters += count;
    shape.letters += count;
    shape.capitals += capitals;
    shape.last = TextShape::Last::kLetter;
    word_letters_ += count;
    return count;
  }

  void Take(char32_t value, Class kind) {
    constexpr uint32_t kFirstIdeograph = 0x3040;
    ++shape.characters;
    if (kind == Class::kSpace) {
      if (word_letters_ + word_digits_ + marks_ > 0 && IsStop(shape.last)) ++shape.stops;
      EndWord();
      return;
    }
    if (shape.characters == 1) shape.first = FirstOf(kind);
    Count(value, kind);
    // Closing quotation marks and brackets do not hide the stop before them.
    if (!(IsStop(shape.last) && (IsQuote(value) || value == ')' || value == 0x2019))) shape.last = LastOf(value, kind);
    // Two ideographs are about a word.
    if (value >= kFirstIdeograph && kind == Class::kLetter && word_letters_ >= 2) EndWord();
  }

  void Count(char32_t value, Class kind) {
    switch (kind) {
      case Class::kCapital:
      case Class::kSmall:
      case Class::kLetter:
        if (word_letters_ + word_digits_ == 0) first_ = kind;
        ++word_letters_;
        ++shape.letters;
        shape.capitals += kind == Class::kCapital;
        return;
      case Class::kDigit:
        if (word_letters_ + word_digits_ == 0) first_ = kind;
        ++word_digits_;
        ++shape.digits;
        return;
      default: break;
    }
    ++marks_;
    shape.punctuation += kind == Class::kPunctuation;
    shape.commas += value == ',' || value == 0x3001 || value == 0xFF0C;
    shape.marks += IsSeparator(value);
    shape.at_sign = shape.at_sign || value == '@';
    shape.currency = shape.currency || IsCurrency(value);
    shape.copyright = shape.copyright || value == 0xA9;
    shape.quote = shape.quote || IsQuote(value);
  }

  void EndWord() {
    constexpr uint32_t kShort = 3;
    if (word_letters_ + word_digits_ > 0) {
      ++shape.words;
      shape.capital_words += first_ == Class::kCapital;
      shape.lower_words += first_ == Class::kSmall;
      shape.short_words += first_ == Class::kSmall && word_letters_ <= kShort;
      shape.number_words += first_ == Class::kDigit;
    }
    word_letters_ = word_digits_ = marks_ = 0;
  }

  Class first_ = Class::kOther;
  uint32_t word_letters_ = 0;
  uint32_t word_digits_ = 0;
  uint32_t marks_ = 0;
};

}  // namespace

TextShape ReadShape(std::string_view text) {
  size_t size = std::min(text.size(), kMaxShapeBytes);
  while (!IsBoundary(text, size)) --size;
  Reader reader;
  reader.Read(text.substr(0, size));
  reader.shape.bytes = static_cast<uint32_t>(std::min<size_t>(text.size(), UINT32_MAX));
  return reader.shape;
}

}  // namespace garner::boilerplate_stripper
