#include "running_text.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "garner/utf8.h"

namespace garner::language {
namespace {

// A sentence is known by its first words, a script by less.
constexpr size_t kLookBytes = 240;
constexpr size_t kScriptBytes = 96;
constexpr size_t kMinWords = 7;
// Scripts without spaces: so many characters make a sentence.
constexpr size_t kMinWideCharacters = 20;

std::string_view Head(std::string_view text, size_t bytes) {
  size_t size = std::min(text.size(), bytes);
  while (!IsBoundary(text, size)) --size;
  return text.substr(0, size);
}

// The next three are for what is no ASCII.

// Capitals of the Latin, Greek and Cyrillic alphabets, roughly: in the supplements capitals and small letters alternate.
bool IsCapital(char32_t value) {
  if (value < 0x100) return value >= 0xC0 && value <= 0xDE;
  if (value < 0x180) return value % 2 == 0;
  if (value >= 0x386 && value <= 0x3AB) return true;
  if (value >= 0x400 && value <= 0x42F) return true;
  return value >= 0x48A && value <= 0x52F && value % 2 == 0;
}

bool IsLetter(char32_t value) {
  return value >= 0xC0 && !(value >= 0x2000 && value < 0x2E80) && !(value >= 0x3000 && value < 0x3040);
}

char ScriptOf(char32_t value) {
  if (value < 0xC0) return ' ';
  if (value < 0x370 || (value >= 0x1E00 && value < 0x1F00)) return 'L';
  if (value < 0x400 || (value >= 0x1F00 && value < 0x2000)) return 'G';
  if (value < 0x530) return 'C';
  if (value >= 0x590 && value < 0x600) return 'H';
  if (value >= 0x600 && value < 0x780) return 'A';
  if (value >= 0x900 && value < 0xE00) return 'I';
  if (value >= 0x2000 && value < 0x3040) return ' ';
  if (value >= 0x3040 && value < 0x3100) return 'J';
  if (value >= 0x3400 && value < 0xA000) return 'Z';
  if (value >= 0xAC00 && value < 0xD7B0) return 'K';
  return 'O';
}

// What a byte is to a sentence. Characters beyond ASCII are looked at one by one.
constexpr unsigned kCapitalBit = 1;
constexpr unsigned kApostropheBit = 2;
enum Kind : unsigned char { kOther = 0, kLetter = 1, kCapital = kLetter | 1 << kCapitalBit, kApostrophe = 1 << kApostropheBit, kWide = 8 };
constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (size_t byte = 'a'; byte <= 'z'; ++byte) kinds[byte] = kLetter;
  for (size_t byte = 'A'; byte <= 'Z'; ++byte) kinds[byte] = kCapital;
  for (size_t byte = 0x80; byte < kinds.size(); ++byte) kinds[byte] = kWide;
  kinds['\''] = kApostrophe;
  return kinds;
}();

Kind KindOf(char c) { return kKinds[static_cast<unsigned char>(c)]; }
bool IsAsciiLetter(Kind kind) { return (kind & kLetter) != 0; }

constexpr std::string_view kScripts = "LCGHAIJZKO";

}  // namespace

bool ReadsAsSentence(std::string_view text) {
  if (text.size() < 2 * kMinWords - 1) return false;
  const std::string_view head = Head(text, kLookBytes);
  size_t words = 0;
  size_t capitals = 0;
  size_t wide = 0;
  unsigned in_word = 0;
  for (size_t at = 0; at < head.size();) {
    const unsigned kind = KindOf(head[at]);
    if (kind == kWide) {
      const CodePoint cp = NextCodePoint(head, at);
      at += cp.size;
      const bool letter = IsLetter(cp.value);
      words += letter && in_word == 0;
      capitals += letter && in_word == 0 && IsCapital(cp.value);
      wide += letter && cp.size >= 3;
      in_word = letter;
      continue;
    }
    ++at;
    // By bits: no branch depends on where words end, which nobody could foretell.
    const unsigned letter = kind & kLetter;
    const unsigned begins = letter & (in_word ^ 1U);
    words += begins;
    capitals += begins & (kind >> kCapitalBit);
    in_word = letter | (in_word & (kind >> kApostropheBit));
  }
  if (wide >= kMinWideCharacters) return true;
  return words >= kMinWords && capitals * 5 <= words * 3;
}

bool IsMostlyLetters(std::string_view text) {
  const std::string_view head = Head(text, kLookBytes);
  size_t letters = 0;
  size_t others = 0;
  for (const char c : head) {
    const bool letter = KindOf(c) == kWide || IsAsciiLetter(KindOf(c));
    letters += letter;
    others += !letter && c != ' ';
  }
  return others * 6 <= letters;
}

bool IsRunningText(const v1::Block& block, std::string_view text) {
  if (block.role() == v1::Block::CODE || block.role() == v1::Block::TABLE || block.role() == v1::Block::TABLE_ROW) return false;
  if (block.has_html()) {
    const v1::HtmlEvidence& html = block.html();
    if (html.link_bytes() * 2 > text.size()) return false;
    constexpr std::string_view kFurniture[] = {"nav", "footer", "form", "aside"};
    if (std::find(std::begin(kFurniture), std::end(kFurniture), html.landmark()) != std::end(kFurniture)) return false;
  }
  return ReadsAsSentence(text);
}

char MainScript(std::string_view text) {
  const std::string_view head = Head(text, kScriptBytes);
  size_t counts[kScripts.size()] = {};
  for (size_t at = 0; at < head.size();) {
    if (const Kind kind = KindOf(head[at]); kind != kWide) {
      counts[0] += IsAsciiLetter(kind);  // kScripts begins with Latin
      ++at;
      continue;
    }
    const CodePoint cp = NextCodePoint(head, at);
    at += cp.size;
    if (const size_t script = kScripts.find(ScriptOf(cp.value)); script != std::string_view::npos) counts[script] += cp.size;
  }
  // Japanese mixes kana with Han; a few of them are enough to know it.
  const size_t kana = kScripts.find('J');
  const size_t han = kScripts.find('Z');
  if (counts[kana] * 8 > counts[han]) counts[kana] += counts[han];
  const size_t* most = std::max_element(std::begin(counts), std::end(counts));
  return *most == 0 ? ' ' : kScripts[static_cast<size_t>(most - counts)];
}

}  // namespace garner::language
