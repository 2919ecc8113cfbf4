#include "facts.h"

#include <re2/re2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

// What is folded of a long block: enough to see how it speaks.
constexpr size_t kMaxReadBytes = 8192;
constexpr size_t kMaxKeyWords = 14;
// A word of these scripts has about two characters and no spaces around it.
constexpr uint32_t kCharactersPerWord = 2;

bool IsTerminal(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM) || c == U'…' || c == U';'; }

bool IsClosing(char32_t c) {
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || type == U_INITIAL_PUNCTUATION || c == '"' || c == '\'' ||
         c == '*' || c == '_';
}

bool IsIdeographic(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_THAI;
}

// The last characters, backwards: what they end with.
void ReadEnd(std::string_view text, Facts& facts) {
  size_t at = text.size();
  while (at > 0) {
    size_t begin = at - 1;
    while (begin > 0 && !IsBoundary(text, begin)) --begin;
    const char32_t c = NextCodePoint(text, begin).value;
    at = begin;
    if (IsSpace(c)) continue;
    if (c == ':' || c == U'：') {
      facts.ends_colon = true;
      return;
    }
    if (IsTerminal(c)) {
      facts.ends_sentence = true;
      facts.asks = c == '?' || c == U'？';
      return;
    }
    if (c == ']' || c == ')') {
      // A footnote mark or an aside closes the sentence before it: "... in 1990.[3]"
      constexpr size_t kMaxAside = 12;
      const size_t from = at - std::min(at, kMaxAside);
      const size_t open = text.substr(from, at - from).find_last_of(c == ']' ? '[' : '(');
      if (open != std::string_view::npos) at = from + open;
      continue;
    }
    if (!IsClosing(c)) return;
  }
}

void ReadStart(std::string_view text, Facts& facts) {
  if (text.empty()) return;
  const char32_t c = NextCodePoint(text, 0).value;
  const int8_t type = u_charType(static_cast<UChar32>(c));
  facts.quoted = type == U_INITIAL_PUNCTUATION || c == '"' || c == U'„' || c == U'—' || c == U'–' || c == U'「';
  static const RE2 list_mark(R"(^(?:[-*•‣◦▪–·+]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s)");
  facts.bullet = RE2::PartialMatch(re2::StringPiece(text.data(), std::min<size_t>(text.size(), 16)), list_mark);
}

uint32_t CountWords(std::string_view text, const LineKey& read, bool whole) {
  uint32_t ideographs = 0;
  const std::string_view counted = text.substr(0, std::min(text.size(), kMaxReadBytes));
  for (size_t at = 0; at < counted.size();) {
    const CodePoint cp = NextCodePoint(counted, at);
    at += cp.size;
    if (cp.value >= 0x0E00) ideographs += IsIdeographic(cp.value) ? 1 : 0;
  }
  const auto words = static_cast<uint32_t>(std::max<size_t>(read.words.size(), ideographs / kCharactersPerWord));
  if (whole) return words;
  return static_cast<uint32_t>(static_cast<uint64_t>(words) * text.size() / kMaxReadBytes);
}

// "Read also: the title of another article". What the lexicon knows as the label of such links needs no more than the colon.
Match MatchOneLink(std::string_view text, const Lexicon& lexicon) {
  constexpr size_t kMaxLabelBytes = 60;
  const size_t colon = text.substr(0, kMaxLabelBytes).find(':');
  if (colon == std::string_view::npos || Trim(text.substr(colon + 1)).empty()) return {};
  const std::string label(text.substr(0, colon));
  // "Read more" alone leads to the rest of this text; with some title behind it, "read more *", it leads elsewhere.
  for (const std::string& read : {label, label + " x"})
    if (lexicon.MatchLine(LineKey(read)).kind == Kind::kRelatedItems) return {Kind::kRelatedItems, Strength::kStrong};
  return {};
}

// "© 2019 Somebody": a footer where nothing follows, the credit of a picture elsewhere.
bool IsCopyrightLine(std::string_view text) {
  static const RE2 line(R"re(^(?i:copyright\s+)?(?:©|\([cC]\))\s*(?:19|20)\d\d\b)re");
  constexpr size_t kMaxBytes = 120;
  return text.size() <= kMaxBytes && RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), line);
}

Facts ReadBlock(const v1::Block& block, std::string_view text, const Lexicon& lexicon) {
  Facts facts;
  const bool whole = text.size() <= kMaxReadBytes;
  size_t cut = std::min(text.size(), kMaxReadBytes);
  while (!IsBoundary(text, cut)) --cut;
  const LineKey key(text.substr(0, cut));
  facts.words = CountWords(text, key, whole);
  facts.has_digit = std::find(key.words.begin(), key.words.end(), "#") != key.words.end();
  ReadEnd(text, facts);
  ReadStart(text, facts);
  facts.tight = block.tight();
  facts.bullet = facts.bullet || block.role() == v1::Block::LIST_ITEM;
  facts.code = block.role() == v1::Block::CODE || block.role() == v1::Block::TABLE || block.role() == v1::Block::TABLE_ROW;
  facts.heading = block.role() == v1::Block::HEADING || block.role() == v1::Block::TITLE;
  if (facts.code) return facts;
  facts.placeholder = whole && HoldsPlaceholder(text);
  facts.line = lexicon.MatchLine(key);
  // Buttons are not quoted, and ambiguous words on buttons have no full stop: that is somebody speaking.
  if (facts.quoted || (facts.line.strength == Strength::kWeak && facts.ends_sentence)) facts.line = {};
  if (!facts.ui() && IsCopyrightLine(text)) facts.line = {Kind::kCopyrightFooter, Strength::kWeak};
  constexpr size_t kMaxLinkBytes = 300;
  if (!facts.quoted && !facts.bullet && text.size() <= kMaxLinkBytes)
    if (const Match link = MatchOneLink(text, lexicon); link.kind != Kind::kNone) {
      facts.line = link;
      facts.one_link = true;
    }
  lexicon.CountParts(key, facts.parts);
  if (key.words.empty()) return facts;
  facts.first_word = std::string(key.words.front());
  facts.last_word = std::string(key.words.back());
  if (key.words.size() <= kMaxKeyWords && facts.words <= kMaxKeyWords) facts.key = key.joined;
  return facts;
}

}  // namespace

bool HoldsPlaceholder(std::string_view text) {
  constexpr size_t kMaxPlaceholderLine = 80;
  if (text.size() > kMaxPlaceholderLine || text.find_first_of("`;\\") != std::string_view::npos || text.find("()") != std::string_view::npos || text.find(" = ") != std::string_view::npos)
    return false;  // a line of a program
  static const RE2 placeholder(
      R"re((?:^|[\s("'])(?:%(?:\d+\$)?[ds]|%\(\w+\)[ds]|\{\{[^{}]*\}\}|\$\{[\w.]*\}|\{\d\}|\[\[[\w. -]+\]\]|__[A-Z][A-Z_]+__|<%=?[^%]*%>|#\{\w+\})(?:$|[\s)"':,!.?]))re");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), placeholder);
}

std::vector<Facts> ReadFacts(const v1::Document& document, const Lexicon& lexicon) {
  std::vector<Facts> facts;
  facts.reserve(static_cast<size_t>(document.blocks_size()));
  for (const v1::Block& block : document.blocks())
    facts.push_back(
        ReadBlock(block, std::string_view(document.text()).substr(block.begin(), block.end() - block.begin()), lexicon));
  return facts;
}

}  // namespace garner::boilerplate_stripper
