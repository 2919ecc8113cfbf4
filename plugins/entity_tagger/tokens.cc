#include "tokens.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

#include "fold.h"
#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

// Words that keep their full stop. Without "no", "in" and others that end sentences more often.
constexpr std::array<std::string_view, 62> kAbbreviations = {
    "adm", "apr", "aug", "ave", "bros", "brig", "capt",  "cmdr", "co",   "col", "corp", "cpl", "dec", "dept", "dr",     "feb",
    "fr",  "fri", "gen", "gov", "hon",  "inc",  "jan",   "jr",   "jul",  "jun", "lt",   "ltd", "maj", "mar",  "messrs", "mon",
    "mr",  "mrs", "ms",  "mt",  "nov",  "oct",  "ph.d",  "prof", "pvt",  "rep", "rev",  "sat", "sen", "sep",  "sept",   "sgt",
    "sr",  "st",  "ste", "sun", "thu",  "thur", "thurs", "tue",  "tues", "vs",  "wed",  "a.m", "p.m", "c.e"};
// Those of them that are written with a small letter.
constexpr std::array<std::string_view, 6> kSmallAbbreviations = {"vs", "a.m", "p.m", "c.e", "ph.d", "st"};

// What parts from a name behind a hyphen, and in front of one.
constexpr std::array<std::string_view, 14> kPrefixes = {"post",  "ex",    "pro",   "anti",  "non",    "pre",  "neo",
                                                        "trans", "inter", "intra", "ultra", "former", "then", "all"};
constexpr std::array<std::string_view, 48> kParticiples = {
    "led",       "backed",       "based",     "born",      "style",    "made",       "owned",    "controlled",
    "dominated", "sponsored",    "occupied",  "friendly",  "speaking", "brokered",   "trained",  "funded",
    "supported", "wide",         "era",       "flagged",   "imposed",  "mediated",   "listed",   "run",
    "held",      "administered", "bound",     "allied",    "aligned",  "installed",  "linked",   "only",
    "supplied",  "built",        "organised", "organized", "operated", "registered", "language", "type",
    "inspired",  "educated",     "majority",  "related",   "approved", "sanctioned", "ruled",    "area"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLetter(char32_t value) {
  if (value < 0x80) return (value | 32) >= 'a' && (value | 32) <= 'z';
  const auto mask = U_MASK(u_charType(static_cast<UChar32>(value)));
  return (mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}
// To Unicode the letters of Georgian are small ones, but texts have no others.
bool IsCaseless(char32_t value) {
  if (value < 0x590) return false;
  return u_charType(static_cast<UChar32>(value)) == U_OTHER_LETTER || (value >= 0x10D0 && value <= 0x10FF);
}
bool IsApostrophe(char32_t value) { return value == '\'' || value == 0x2019 || value == 0x02BC; }
bool IsHyphen(char32_t value) { return value == '-' || value == 0x2010 || value == 0x2011; }

char MarkOf(char32_t value) {
  switch (value) {
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201A:
    case 0x00AB:
    case 0x00BB:
    case '\'':
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x2026:
      return '.';
    default:
      return value < 0x80 ? static_cast<char>(value) : '\0';
  }
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, Span span, Tokens& tokens)
      : text_(text.substr(0, span.end)), at_(span.begin), tokens_(tokens) {}

  void Run() {
    while (at_ < text_.size()) {
      const CodePoint cp = NextCodePoint(text_, at_);
      if (IsSpace(cp.value)) {
        at_ += cp.size;
        space_ = true;
      } else if (IsDigit(text_[at_])) {
        Number();
      } else if (IsLetter(cp.value)) {
        Word();
      } else {
        Punctuation(cp);
      }
    }
  }

 private:
  char32_t Peek(size_t at) const { return at < text_.size() ? NextCodePoint(text_, at).value : 0; }

  Token& Add(Token::Type type, size_t end) {
    Token token;
    token.begin = at_;
    token.end = end;
    token.type = type;
    token.space_before = space_;
    token.glued = !space_ && !tokens_.empty() && tokens_.back().type == Token::kPunctuation && (tokens_.back().mark == '/');
    tokens_.push_back(token);
    space_ = false;
    at_ = end;
    return tokens_.back();
  }

  void Number() {
    size_t end = at_;
    while (end < text_.size()) {
      if (IsDigit(text_[end]))
        ++end;
      else if ((text_[end] == '.' || text_[end] == ',') && end + 1 < text_.size() && IsDigit(text_[end + 1]))
        end += 2;
      else
        break;
    }
    Token& token = Add(Token::kNumber, end);
    token.hash = Hash(View(text_, token));
    sentence_start_ = false;
    if (at_ < text_.size() && IsApostrophe(Peek(at_))) Possessive();  // 2022's
  }

  // The end of the letters and digits from `at`.
  size_t Letters(size_t at) const {
    while (at < text_.size()) {
      const CodePoint cp = NextCodePoint(text_, at);
      if (!IsLetter(cp.value) && !IsDigit(text_[at]) && cp.value != 0xAD) break;
      at += cp.size;
    }
    return at;
  }

  void Word() {
    size_t end = Letters(at_);
    bool dotted = false;
    while (end < text_.size()) {
      const CodePoint cp = NextCodePoint(text_, end);
      const size_t next = end + cp.size;
      const char32_t after = Peek(next);
      if (IsHyphen(cp.value) && (IsLetter(after) || (after < 0x80 && IsDigit(static_cast<char>(after))))) {
        if (PartsAtHyphen(end, next)) break;
        end = Letters(next);
      } else if (IsApostrophe(cp.value) && IsLetter(after) && !EndsAsPossessive(next)) {
        if (IsElision(end)) {
          end = next;
          break;
        }
        end = Letters(next);
      } else if (cp.value == '.' && IsLetter(after) && JoinsAtStop(end, next)) {
        dotted = true;
        end = Letters(next);
      } else {
        break;
      }
    }
    end = WithFullStop(end, dotted);
    Finish(end);
    if (at_ < text_.size() && IsApostrophe(Peek(at_))) Possessive();
  }

  // "l'Espagne", "d'euros": the article or preposition is a word of its own.
  bool IsElision(size_t apostrophe) const {
    const std::string_view left = text_.substr(at_, apostrophe - at_);
    return (left == "l" || left == "d" || left == "qu" || left == "L");
  }

  // "post-Soviet" and "Dutch-led" hold a name; "Jean-Luc", "Jong-un" and "sub-Saharan" are one.
  bool PartsAtHyphen(size_t hyphen, size_t next) const {
    const std::string_view left = text_.substr(at_, hyphen - at_), right = text_.substr(next, Letters(next) - next);
    const bool upper_left = u_isUUppercase(static_cast<UChar32>(Peek(at_))) != 0,
               upper_right = u_isUUppercase(static_cast<UChar32>(Peek(next))) != 0;
    if (left == "Post" || left == "Pre" || left == "Ex") return true;  // but "Anti-Defamation League"
    if (!upper_left && upper_right) return std::find(kPrefixes.begin(), kPrefixes.end(), left) != kPrefixes.end();
    if (upper_left && !upper_right) return std::find(kParticiples.begin(), kParticiples.end(), right) != kParticiples.end();
    return false;
  }

  bool EndsAsPossessive(size_t s) const { return (text_[s] == 's' || text_[s] == 'S') && Letters(s) == s + 1; }

  // "U.S", "e.g", "example.com", "A.B": but not "over.The".
  bool JoinsAtStop(size_t stop, size_t next) const {
    const bool letter_before = stop == at_ + 1 || (stop >= 2 && text_[stop - 2] == '.');
    if (letter_before) return true;
    const bool upper_next = u_isUUppercase(static_cast<UChar32>(Peek(next))) != 0;
    if (!upper_next) return Letters(next) - next <= 6;
    const auto upper = [](char c) { return (c >= 'A' && c <= 'Z') || IsDigit(c); };
    return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at_), text_.begin() + static_cast<std::ptrdiff_t>(stop),
                       upper) &&
           Letters(next) - next <= 4;
  }

  size_t WithFullStop(size_t end, bool dotted) const {
    if (end >= text_.size() || text_[end] != '.') return end;
    if (Peek(end + 1) == '.') return end;
    const std::string_view word = text_.substr(at_, end - at_);
    const bool single_letters = dotted && word.size() >= 3 && word[word.size() - 2] == '.';
    if (single_letters) return end + 1;
    if (Letters(at_) == end && CountCodePoints(word) == 1 && u_isUUppercase(static_cast<UChar32>(Peek(at_)))) return end + 1;
    if (word.size() > 6) return end;
    std::string key;
    Fold(word, key);
    // "They sat." and "the sun." are words.
    const bool small = !u_isUUppercase(static_cast<UChar32>(Peek(at_)));
    if (small && std::find(kSmallAbbreviations.begin(), kSmallAbbreviations.end(), key) == kSmallAbbreviations.end()) return end;
    return std::find(kAbbreviations.begin(), kAbbreviations.end(), key) != kAbbreviations.end() ? end + 1 : end;
  }

  void Finish(size_t end) {
    Token& token = Add(Token::kWord, end);
    const std::string_view word = View(text_, token);
    Fold(word, key_);
    token.hash = Hash(key_);
    token.capital = u_isUUppercase(static_cast<UChar32>(Peek(token.begin))) || u_istitle(static_cast<UChar32>(Peek(token.begin)));
    if (token.capital) {
      size_t letters = 0, lower = 0;
      for (size_t i = 0; i < word.size();) {
        const CodePoint cp = NextCodePoint(word, i);
        i += cp.size;
        letters += IsLetter(cp.value) ? 1 : 0;
        lower += u_isULowercase(static_cast<UChar32>(cp.value)) ? 1 : 0;
      }
      token.all_caps = letters >= 2 && lower == 0;
      token.initial = letters == 1 && word.back() == '.';
    }
    token.full_stop = word.size() > 1 && word.back() == '.';
    token.caseless = IsCaseless(Peek(token.begin));
    token.sentence_start = sentence_start_;
    sentence_start_ = false;
  }

  void Possessive() {
    const CodePoint mark = NextCodePoint(text_, at_);
    const size_t next = at_ + mark.size;
    if (next < text_.size() && EndsAsPossessive(next)) {
      Add(Token::kPossessive, next + 1);
    } else if (text_[at_ - 1] == 's' || text_[at_ - 1] == '.') {
      Add(Token::kPossessive, next).mark = '"';
    }
  }

  void Punctuation(const CodePoint& cp) {
    Token& token = Add(Token::kPunctuation, at_ + cp.size);
    token.mark = MarkOf(cp.value);
    const char mark = token.mark;
    if (mark == '.' || mark == '!' || mark == '?' || mark == ':' || cp.value == 0x2022) sentence_start_ = true;
    // A quotation that opens after a space or at the start begins a sentence of its own.
    if (mark == '"' && (token.space_before || tokens_.size() == 1)) sentence_start_ = true;
  }

  std::string_view text_;
  size_t at_;
  Tokens& tokens_;
  bool space_ = false;
  bool sentence_start_ = true;
  std::string key_;
};

}  // namespace

void Tokenize(std::string_view text, Span span, Tokens& tokens) {
  tokens.clear();
  Tokenizer(text, span, tokens).Run();
}

}  // namespace garner::entity_tagger
