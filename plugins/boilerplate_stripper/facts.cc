#include "facts.h"

#include <re2/re2.h>
#include <tsl/robin_map.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <set>

#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

// What is folded of a long block: enough to see how it speaks.
constexpr size_t kMaxReadBytes = 8192;
constexpr size_t kMaxKeyWords = 14;
// A word of these scripts has about two characters and no spaces around it.
constexpr uint32_t kCharactersPerWord = 2;

constexpr char32_t kAsciiEnd = 0x80;

bool IsTerminal(char32_t c) {
  if (c < kAsciiEnd) return c == '.' || c == '!' || c == '?' || c == ';';
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM) || c == U'…';
}

bool IsClosing(char32_t c) {
  if (c < kAsciiEnd) return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == '*' || c == '_';
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
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
    if (c == ',' || c == U'，') {
      facts.ends_comma = true;
      return;
    }
    if (IsTerminal(c)) {
      facts.ends_sentence = true;
      facts.asks = c == '?' || c == U'？';
      facts.full_stop = c == '.' || c == U'。' || c == U'।';
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

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "3. ", "(b) ": where the number or letter of a list ends, 0 where there is none.
size_t EndOfOrdinal(std::string_view text) {
  constexpr size_t kMaxDigits = 3;
  const size_t begin = text[0] == '(' ? 1 : 0;
  size_t at = begin;
  if (at < text.size() && IsAsciiLetter(text[at])) {
    ++at;
  } else {
    while (at < text.size() && at - begin < kMaxDigits && IsAsciiDigit(text[at])) ++at;
  }
  const bool closed = at > begin && at < text.size() && (text[at] == '.' || text[at] == ')');
  return closed ? at + 1 : 0;
}

bool BeginsAsListItem(std::string_view text, char32_t first) {
  constexpr std::u32string_view kBullets = U"-*•‣◦▪–·+";
  size_t end = EndOfOrdinal(text);
  if (kBullets.find(first) != std::u32string_view::npos) end = NextCodePoint(text, 0).size;
  return end > 0 && end < text.size() && text[end] < 0x7F && IsSpace(static_cast<unsigned char>(text[end]));
}

void ReadStart(std::string_view text, Facts& facts) {
  if (text.empty()) return;
  const char32_t c = NextCodePoint(text, 0).value;
  facts.quoted = c == '"' || (c >= kAsciiEnd && (u_charType(static_cast<UChar32>(c)) == U_INITIAL_PUNCTUATION || c == U'„' ||
                                                 c == U'—' || c == U'–' || c == U'「'));
  facts.bullet = BeginsAsListItem(text, c);
}

uint32_t CountIdeographs(std::string_view text) {
  // Nothing between Thai and the radicals of Han is one.
  constexpr char32_t kThaiBegin = 0x0E00, kThaiEnd = 0x0E80, kHanBegin = 0x2E80;
  constexpr unsigned char kThreeBytes = 0xE0;
  uint32_t count = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) < kThreeBytes) continue;
    const char32_t c = NextCodePoint(text, at).value;
    if (c >= kHanBegin || (c >= kThaiBegin && c < kThaiEnd)) count += IsIdeographic(c) ? 1 : 0;
  }
  return count;
}

uint32_t CountWords(std::string_view text, const LineKey& read, bool whole) {
  const uint32_t ideographs = read.ascii() ? 0 : CountIdeographs(text.substr(0, kMaxReadBytes));
  const auto words = static_cast<uint32_t>(std::max<size_t>(read.hashes().size(), ideographs / kCharactersPerWord));
  if (whole) return words;
  return static_cast<uint32_t>(static_cast<uint64_t>(words) * text.size() / kMaxReadBytes);
}

// "© 2019 Somebody": a footer where nothing follows, the credit of a picture elsewhere.
bool IsCopyrightLine(std::string_view text) {
  static const RE2 line(R"re(^(?i:copyright\s+)?(?:©|\([cC]\))\s*(?:19|20)\d\d\b)re");
  constexpr size_t kMaxBytes = 120;
  constexpr std::string_view kFirstBytes = "cC(\xC2";
  if (text.size() > kMaxBytes || text.empty() || kFirstBytes.find(text[0]) == std::string_view::npos) return false;
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), line);
}

// "★★★☆☆": nothing but stars. A reviewer gives them too.
bool IsStars(std::string_view text) {
  constexpr std::u32string_view kStars = U"\u2605\u2606\u2B50\u2729\u272A\u272D\u272E\u272F\u2730";
  constexpr char32_t kEmojiStyle = 0xFE0F;
  constexpr size_t kMaxBytes = 120;
  constexpr size_t kLeast = 3;
  if (text.size() > kMaxBytes) return false;
  size_t stars = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    if (cp.value == kEmojiStyle || IsSpace(cp.value)) continue;
    if (kStars.find(cp.value) == std::u32string_view::npos) return false;
    ++stars;
  }
  return stars >= kLeast;
}

// "« Previous": an arrow, where nothing closes the quotation that it would open.
bool BeginsWithArrow(std::string_view text) {
  const auto opens = [&](std::string_view open, std::string_view close) {
    return text.substr(0, open.size()) == open && text.find(close) == std::string_view::npos;
  };
  return opens("«", "»") || opens("‹", "›");
}

// Phrases of rules tell what a line or paragraph is; the others, and those of appeals, only speak in appeals.
void CountPhrases(Facts& facts) {
  for (size_t i = 1; i < kKinds; ++i) {
    const Kind kind = static_cast<Kind>(i);
    if (!IsRule(kind) || kind == Kind::kDonationAppeal) continue;
    facts.phrases += facts.parts[i];
    if (kind == Kind::kEmbedPlaceholder || kind == Kind::kPlatformFooter) facts.platforms += facts.parts[i];
  }
}

void CountCopies(std::vector<Facts>& facts) {
  tsl::robin_map<uint64_t, uint32_t> copies(facts.size());
  for (const Facts& block : facts)
    if (block.key != 0) ++copies[block.key];
  for (Facts& block : facts)
    if (block.key != 0) block.copies = copies.find(block.key)->second;
}

// "Share", "Print": one of them may be a heading, where several stand none is.
void SettleShareButtons(std::vector<Facts>& facts) {
  constexpr size_t kSeveral = 3;
  const auto is_button = [](const Facts& line) { return line.line.kind == Kind::kShareButtons && line.key != 0 && !line.ends_sentence; };
  std::set<uint64_t> buttons;
  for (const Facts& line : facts)
    if (is_button(line)) buttons.insert(line.key);
  for (Facts& line : facts)
    if (buttons.size() >= kSeveral && is_button(line)) line.line.strength = Strength::kStrong;
}

void ReadRole(const v1::Block& block, Facts& facts) {
  facts.tight = block.tight();
  facts.bullet = facts.bullet || block.role() == v1::Block::LIST_ITEM;
  facts.code = block.role() == v1::Block::CODE || block.role() == v1::Block::TABLE || block.role() == v1::Block::TABLE_ROW;
  facts.heading = block.role() == v1::Block::HEADING || block.role() == v1::Block::TITLE;
}

// Reads blocks one after the other; the buffers serve them all.
class Reader {
 public:
  explicit Reader(const Lexicon& lexicon) : lexicon_(lexicon) {}

  Facts Read(const v1::Block& block, std::string_view text) {
    Facts facts;
    const bool whole = text.size() <= kMaxReadBytes;
    size_t cut = std::min(text.size(), kMaxReadBytes);
    while (!IsBoundary(text, cut)) --cut;
    key_.Read(text.substr(0, cut));
    facts.words = CountWords(text, key_, whole);
    facts.has_digit = key_.has_number();
    ReadEnd(text, facts);
    ReadStart(text, facts);
    ReadRole(block, facts);
    if (facts.code) return facts;
    facts.placeholder = whole && (key_.marks() & kTemplateMark) != 0 && HoldsPlaceholder(text);
    if (lexicon_.CountParts(key_, facts.parts)) CountPhrases(facts);
    ReadLine(text, facts);
    ReadKey(facts);
    return facts;
  }
  // Of the block that was read last.
  const std::vector<uint64_t>& words() const { return key_.hashes(); }

 private:
  void ReadLine(std::string_view text, Facts& facts) {
    facts.line = lexicon_.MatchLine(key_);
    // "Powered by" and the name of a platform.
    if (facts.line.kind == Kind::kPlatformFooter && facts.Part(Kind::kPlatformFooter) > 0) facts.line.strength = Strength::kStrong;
    if (facts.quoted && facts.line.kind == Kind::kPager && BeginsWithArrow(text) && !facts.ends_sentence) facts.quoted = false;
    // Buttons are not quoted, and ambiguous words on buttons have no full stop: that is somebody speaking.
    if (facts.quoted || (facts.line.strength == Strength::kWeak && facts.ends_sentence)) facts.line = {};
    if (IsSentenceAboutPosts(facts)) facts.line = {};
    if (!facts.ui() && IsLinkToPost(facts)) facts.line = {Kind::kEmbedPlaceholder, Strength::kStrong};
    if (facts.words == 0 && IsStars(text)) facts.line = {Kind::kRatingWidget, Strength::kWeak};
    if (!facts.ui() && IsCopyrightLine(text)) facts.line = {Kind::kCopyrightFooter, Strength::kWeak};
    if (facts.quoted || facts.bullet || !ReadLabel(text)) return;
    facts.one_link = IsOneLink();
    if (facts.one_link) facts.line = {Kind::kRelatedItems, Strength::kStrong};
    // "Next: its title" is a pager where it is no sentence.
    if (!facts.ui() && !facts.ends_sentence && lexicon_.MatchLine(label_).kind == Kind::kPager)
      facts.line = {Kind::kPager, Strength::kWeak};
  }

  // "You can read the post on Telegram without an account.": a link to a post ends where its platform is named, or soon after.
  static bool IsSentenceAboutPosts(const Facts& facts) {
    constexpr uint32_t kLeastWords = 6;
    return facts.line.kind == Kind::kEmbedPlaceholder && facts.Part(Kind::kEmbedPlaceholder) > 0 && facts.full_stop &&
           facts.words >= kLeastWords;
  }

  // "Watch the video on YouTube", in whatever order: a verb at either end, what it acts on, and a platform.
  bool IsLinkToPost(const Facts& facts) const {
    constexpr uint32_t kMaxWords = 8;
    if (facts.words > kMaxWords || facts.ends_sentence || facts.bullet || facts.heading) return false;
    return facts.Part(Kind::kEmbedPlaceholder) > 0 && facts.Part(Kind::kEmbedObject) > 0 && lexicon_.HasPartAtAnEnd(key_, Kind::kEmbedVerb);
  }

  // What stands before the colon of a short line that goes on behind it.
  bool ReadLabel(std::string_view text) {
    constexpr size_t kMaxLinkBytes = 300;
    constexpr size_t kMaxLabelBytes = 60;
    if (text.size() > kMaxLinkBytes || (key_.marks() & kColon) == 0) return false;
    const size_t colon = text.substr(0, kMaxLabelBytes).find(':');
    if (colon == std::string_view::npos || Trim(text.substr(colon + 1)).empty()) return false;
    label_.Read(text.substr(0, colon));
    return true;
  }

  // "Read also: the title of another article". What the lexicon knows as the label of such links needs no more than the colon.
  bool IsOneLink() const {
    // "Read more" alone leads to the rest of this text; with some title behind it, "read more *", it leads elsewhere.
    return lexicon_.MatchLine(label_).kind == Kind::kRelatedItems || lexicon_.MatchLineAndMore(label_).kind == Kind::kRelatedItems;
  }

  void ReadKey(Facts& facts) const {
    const size_t words = key_.hashes().size();
    if (words == 0 || words > kMaxKeyWords || facts.words > kMaxKeyWords) return;
    facts.first_word = key_.hashes().front();
    facts.last_word = key_.hashes().back();
    facts.key = PhraseHash(key_.hashes().data(), words);
  }

  const Lexicon& lexicon_;
  LineKey key_;
  LineKey label_;
};

// False for most lines that hold such a sign: a share, a price, a footnote.
bool MayOpenPlaceholder(std::string_view text) {
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    const char next = text[at + 1];
    const bool digit = IsAsciiDigit(next);
    bool may = false;
    switch (text[at]) {
      case '%': may = digit || next == 'd' || next == 's' || next == '('; break;
      case '{': may = digit || next == '{' || IsAsciiLetter(next) || static_cast<unsigned char>(next) >= kAsciiEnd; break;
      case '$': case '#': may = next == '{'; break;
      case '[': case '_': may = next == text[at]; break;
      case '<': may = next == '%'; break;
      default: break;
    }
    if (may) return true;
  }
  return false;
}

// The signs that a placeholder begins with: the language of its template.
std::string_view Opening(std::string_view placeholder) {
  constexpr std::string_view kDoubled[] = {"{{", "${", "[[", "__", "<%", "#{"};
  for (const std::string_view opening : kDoubled)
    if (placeholder.substr(0, opening.size()) == opening) return opening;
  return placeholder.substr(0, 1);
}

}  // namespace

bool HoldsPlaceholder(std::string_view text) {
  constexpr size_t kMaxPlaceholderLine = 80;
  const auto holds = [&](std::string_view some) { return text.find(some) != std::string_view::npos; };
  if (text.size() > kMaxPlaceholderLine || !MayOpenPlaceholder(text)) return false;
  // A line of a program.
  if (text.find_first_of("`;\\") != std::string_view::npos || holds("()") || holds(" = ")) return false;
  static const RE2 placeholder(
      R"re((?:^|[\s("'¡¿«„])(%(?:\d+\$)?[ds]|%\(\w+\)[ds]|\{\{[^{}]*\}\}|\$\{[\w.]*\})re"
      R"re(|\{\d\}|\{\p{L}[\p{L}_]{2,}\}|\[\[[+*~$]?[\w. -]+\]\]|__[A-Z][A-Z_]+__|<%=?[^%]*%>|#\{\w+\})(?:$|[\s)"':,!.?]))re");
  // No template is written in two languages: "{{ name }}, %s and friends" speaks of them.
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece found;
  size_t count = 0;
  std::string_view language;
  while (RE2::FindAndConsume(&rest, placeholder, &found)) {
    const std::string_view opens = Opening({found.data(), found.size()});
    if (count++ > 0 && opens != language) return false;
    language = opens;
  }
  return count > 0;
}

std::vector<Facts> ReadFacts(const v1::Document& document, const Lexicon& lexicon, BlockWords& words) {
  std::vector<Facts> facts;
  facts.reserve(static_cast<size_t>(document.blocks_size()));
  Reader reader(lexicon);
  for (const v1::Block& block : document.blocks()) {
    facts.push_back(reader.Read(block, std::string_view(document.text()).substr(block.begin(), block.end() - block.begin())));
    words.Add(reader.words());
  }
  CountCopies(facts);
  SettleShareButtons(facts);
  return facts;
}

}  // namespace garner::boilerplate_stripper
