#include "mojibake.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "code_pages.h"
#include "garner/utf8.h"

namespace garner::text_normalizer {
namespace {

// Weak runs count where this many strong ones of the same code page stand in the document.
constexpr int kStrongForWeak = 2;
// A single pair that stands alone may be an example; with more of them around it is not.
constexpr int kStrongForAlone = 3;
// "Â " is what is left of a no-break space; so many of them are no accident.
constexpr int kStrayForAll = 3;
// A text that was misread once more.
constexpr int kMaxRounds = 2;

// Who names these speaks of encodings and shows what goes wrong. In lower case.
constexpr std::string_view kSubjects[] = {
    "mojibake", "utf-8",        "utf8",        "latin-1",  "latin1",    "iso-8859",    "iso 8859",     "windows-125", "cp125",
    "charset",  "code page",    "codepage",    "unicode",  "encoding",  "zeichensatz", "zeichensätze", "kodierung",   "codierung",
    "encodage", "codificación", "codificação", "кодировк", "кракозябр", "юникод",      "кодтау",       "文字化け"};

enum class Strength { kNone, kWeak, kStrong };

// One UTF-8 sequence, written as characters of a code page.
struct Sequence {
  char32_t value = 0;
  char32_t lead = 0;
  char32_t tail = 0;  // the last character
  int bytes = 0;
  size_t size = 0;
};

struct Run {
  Span span;
  std::string decoded;
  CodePage page = CodePage::kWestern;
  Strength strength = Strength::kNone;
  int sequences = 0;
  // The characters of the run may stand behind a capital in sound text.
  bool suits_capitals = false;
};

bool IsLower(char32_t value) {
  return (value >= 'a' && value <= 'z') || (value >= 0xDF && value <= 0xFF && value != 0xF7) || (value >= 0x430 && value <= 0x45F);
}
bool IsUpper(char32_t value) {
  return (value >= 'A' && value <= 'Z') || (value >= 0xC0 && value <= 0xDE && value != 0xD7) || (value >= 0x400 && value <= 0x42F);
}
bool IsWord(char32_t value) { return IsLower(value) || IsUpper(value) || (value >= '0' && value <= '9') || value >= 0x100; }

int LengthOf(uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

std::optional<CodePage> PageOfLead(char32_t value) {
  if (value >= 0xC2 && value <= 0xF4) return CodePage::kWestern;
  if (value >= 0x412 && value <= 0x444) return CodePage::kCyrillic;
  return std::nullopt;
}

// --- which characters a sequence may stand for ------------------------------------------------------------------------------------

// Punctuation, currency, arrows, signs, emoji: in windows-1252 they begin with "â", which no word has before two such signs.
bool IsTypographic(char32_t value) { return (value >= 0x2000 && value < 0x2C00 && value != 0x2028 && value != 0x2029) || value == 0xFE0F; }

bool IsLatin(char32_t value) {
  return (value >= 0xC0 && value <= 0x17F) || (value >= 0x218 && value <= 0x21B) || (value >= 0x1EA0 && value <= 0x1EF9);
}

// Letters that come in words of their own script: 'G' Greek, 'C' Cyrillic, 'H' Hebrew, 'A' Arabic, 'W' what takes three bytes; 0: none.
char ScriptOf(char32_t value) {
  if (value >= 0x386 && value <= 0x3CE) return 'G';
  if ((value >= 0x400 && value <= 0x45F) || (value >= 0x490 && value <= 0x4E9)) return 'C';
  if (value >= 0x5D0 && value <= 0x5EA) return 'H';
  if (value >= 0x60C && value <= 0x6D5) return 'A';
  if ((value >= 0x900 && value < 0x1100) || (value >= 0x3000 && value < 0xD7B0) || (value >= 0xFF00 && value < 0xFFF0)) return 'W';
  return 0;
}

bool IsPlausible(char32_t value) {
  return (value >= 0x80 && value < 0xC0) || IsLatin(value) || IsTypographic(value) || ScriptOf(value) != 0 || value == 0xFEFF ||
         value == kReplacementCharacter || (value >= 0x1F000 && value <= 0x1FAFF);
}

// What stands behind letters in sound text: closing marks, dashes, signs of footnotes and trades.
bool MayFollowALetter(char32_t value) {
  switch (value) {
    case 0x00A0:
    case 0x00AA:
    case 0x00AB:
    case 0x00AD:
    case 0x00AE:
    case 0x00B0:
    case 0x00B2:
    case 0x00B3:
    case 0x00B7:
    case 0x00B9:
    case 0x00BA:
    case 0x00BB:
    case 0x2013:
    case 0x2014:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2020:
    case 0x2021:
    case 0x2022:
    case 0x2026:
    case 0x2039:
    case 0x203A:
    case 0x2122: case 0x0152: case 0x0153: case 0x0160: case 0x0161: case 0x0178: case 0x017D: case 0x017E: case 0x2116: case 0x0401:
    case 0x0451: return true;
    default: return false;
  }
}

// --- reading ----------------------------------------------------------------------------------------------------------------------

// 'Р' whose second byte was a no-break space (a plain one by now) or has no character in windows-1251: "Р РѕСЃ", "РСЃ".
constexpr char32_t kCyrillicLead = 0x420;
constexpr char32_t kWesternLead = 0xD0;

std::optional<Sequence> ReadSequence(std::string_view text, size_t at, CodePage page) {
  const CodePoint lead = NextCodePoint(text, at);
  const int length = LengthOf(ByteOf(page, lead.value));
  if (length == 0) return std::nullopt;
  std::string bytes(1, static_cast<char>(ByteOf(page, lead.value)));
  Sequence sequence{0, lead.value, 0, length, lead.size};
  for (int i = 1; i < length; ++i) {
    if (at + sequence.size >= text.size()) return std::nullopt;
    const CodePoint next = NextCodePoint(text, at + sequence.size);
    const uint8_t byte = ByteOf(page, next.value);
    if (byte < 0x80 || byte > 0xBF) return std::nullopt;
    bytes.push_back(static_cast<char>(byte));
    sequence.tail = next.value;
    sequence.size += next.size;
  }
  const CodePoint decoded = NextCodePoint(bytes, 0);
  if (!decoded.valid || !IsPlausible(decoded.value)) return std::nullopt;
  sequence.value = decoded.value;
  return sequence;
}

// "â€" whose third character was U+009D, for which windows-1252 has nothing: a closing quotation mark.
constexpr std::string_view kCutQuote = "â€";

std::optional<Sequence> ReadCutQuote(std::string_view text, size_t at) {
  if (text.substr(at, kCutQuote.size()) != kCutQuote) return std::nullopt;
  return Sequence{0x201D, 0xE2, 0x20AC, 3, kCutQuote.size()};
}

// --- judging ----------------------------------------------------------------------------------------------------------------------

// How sure one sequence makes it; `before` is the character in front of it.
Strength StrengthOf(const Sequence& sequence, CodePage page, char32_t before) {
  if (sequence.bytes == 4 || sequence.value == 0xFEFF || sequence.value == kReplacementCharacter || IsTypographic(sequence.value))
    return Strength::kStrong;
  // Accented Latin letters beside Cyrillic, Greek or Chinese ones; Cyrillic beside Cyrillic says nothing.
  if (page == CodePage::kWestern && ScriptOf(sequence.value) != 0 && ScriptOf(sequence.value) == ScriptOf(before)) return Strength::kStrong;
  // "á»…" may end a quotation in Spanish.
  if (ScriptOf(sequence.value) != 0 || page == CodePage::kCyrillic || sequence.bytes == 3) return Strength::kWeak;
  const bool capital_inside = IsLower(before) && IsUpper(sequence.lead);
  if (capital_inside || !MayFollowALetter(sequence.tail)) return Strength::kStrong;
  return Strength::kWeak;
}

// "Â®": no word ends in "Â" before a sign of trade, a degree or an exponent; before a guillemet one in capitals may.
bool IsSign(const Sequence& sequence) { return sequence.lead == 0xC2 && sequence.tail != 0xAB && sequence.tail != 0xBB; }

// Letters of one script in a row say more than each of them.
class ScriptRun {
 public:
  Strength Add(const Sequence& sequence, CodePage page) {
    const char script = ScriptOf(sequence.value);
    length_ = script != 0 && script == script_ ? length_ + 1 : (script != 0 ? 1 : 0);
    odd_ = length_ > 1 ? odd_ || !MayFollowALetter(sequence.tail) : !MayFollowALetter(sequence.tail);
    script_ = script;
    if (page == CodePage::kCyrillic) return length_ >= 3 || (length_ == 2 && odd_) ? Strength::kStrong : Strength::kNone;
    return length_ >= 2 ? Strength::kStrong : Strength::kNone;
  }

 private:
  char script_ = 0;
  int length_ = 0;
  bool odd_ = false;  // a tail that stands behind no letter in sound text
};

std::optional<Run> ReadRun(std::string_view text, size_t at, char32_t before) {
  const std::optional<CodePage> page = PageOfLead(NextCodePoint(text, at).value);
  if (!page) return std::nullopt;
  Run run{{at, at}, {}, *page};
  ScriptRun script;
  while (run.span.end < text.size()) {
    std::optional<Sequence> sequence = ReadSequence(text, run.span.end, *page);
    if (!sequence && run.sequences > 0) sequence = ReadCutQuote(text, run.span.end);
    if (!sequence) break;
    run.suits_capitals = run.suits_capitals || !IsSign(*sequence);
    run.strength = std::max({run.strength, StrengthOf(*sequence, *page, before), script.Add(*sequence, *page)});
    AppendUtf8(sequence->value, run.decoded);
    run.span.end += sequence->size;
    ++run.sequences;
    before = sequence->value;
  }
  if (run.sequences == 0) return std::nullopt;
  return run;
}

// Decodes what decodes as a whole once more. That it does is evidence enough.
std::string DecodeFully(std::string text) {
  for (int round = 0; round < kMaxRounds; ++round) {
    std::string next;
    for (size_t at = 0; at < text.size();) {
      const std::optional<Run> run = ReadRun(text, at, ' ');
      if (!run) return text;
      next += run->decoded;
      at = run->span.end;
    }
    text = std::move(next);
  }
  return text;
}

// The decoded text as it may stand in a document; nullopt where it holds controls, so that it was never text.
std::optional<std::string> Clean(const std::string& decoded) {
  std::string clean;
  for (size_t at = 0; at < decoded.size();) {
    const CodePoint cp = NextCodePoint(decoded, at);
    at += cp.size;
    if (cp.value == 0xFEFF || cp.value == 0xAD || cp.value == 0x200B) continue;
    if (IsControl(cp.value) || cp.value == 0x85) return std::nullopt;
    AppendUtf8(IsSpace(cp.value) ? U' ' : cp.value, clean);
  }
  return clean;
}

bool IsQuote(char32_t value) {
  switch (value) {
    case '"':
    case '\'':
    case '`':
    case '(':
    case ')':
    case '[':
    case ']':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0xAB:
    case 0xBB: return true;
    default: return false;
  }
}

// --- the document -----------------------------------------------------------------------------------------------------------------

char AsciiLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool SpeaksOfEncodings(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), AsciiLower);
  // Cyrillic capitals only at the beginning of a word: "Кодировка".
  return std::any_of(std::begin(kSubjects), std::end(kSubjects), [&](std::string_view subject) {
    if (lower.find(subject) != std::string::npos) return true;
    if (static_cast<unsigned char>(subject[0]) != 0xD0) return false;
    return lower.find(subject.substr(2)) != std::string::npos;
  });
}

class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  std::vector<Repair> Find() {
    Scan();
    if (runs_.empty() && stray_.empty()) return {};
    if (SpeaksOfEncodings(text_)) return {};
    std::vector<Repair> repairs;
    for (const Run& run : runs_)
      if (Accepts(run)) AddRun(run, repairs);
    AddStray(repairs);
    std::sort(repairs.begin(), repairs.end(), [](const Repair& a, const Repair& b) { return a.span.begin < b.span.begin; });
    // What was taken for the rest of a run may also have been noted on its own.
    const auto overlap = [](const Repair& a, const Repair& b) { return b.span.begin < a.span.end; };
    repairs.erase(std::unique(repairs.begin(), repairs.end(), overlap), repairs.end());
    return repairs;
  }

 private:
  void Scan() {
    char32_t before = ' ';
    for (size_t at = 0; at < text_.size();) {
      const CodePoint cp = NextCodePoint(text_, at);
      std::optional<Run> run;
      if (cp.value >= 0x80) run = ReadRun(text_, at, before);
      if (!run) {
        if (cp.value == 0xC2 || cp.value == 0xC3 || cp.value == 0xE2 || cp.value == 0x432) NoteStray(cp, at, before);
        at += cp.size;
        before = cp.value;
        continue;
      }
      if (!IsEnclosed(*run, before)) {
        if (run->strength == Strength::kStrong) ++Strong(run->page);
        runs_.push_back(*run);
      }
      at = run->span.end;
      before = LastOf(text_, at);
    }
  }

  static char32_t LastOf(std::string_view text, size_t at) {
    size_t begin = at - 1;
    while (!IsBoundary(text, begin)) --begin;
    return NextCodePoint(text, begin).value;
  }

  char32_t At(size_t at) const { return at < text_.size() ? NextCodePoint(text_, at).value : ' '; }
  char32_t Before(size_t at) const { return at > 0 ? LastOf(text_, at) : ' '; }

  // Shown, not used: “Ã©”, (â€™). An ellipsis in brackets is used.
  bool IsEnclosed(const Run& run, char32_t before) const {
    return IsQuote(before) && IsQuote(At(run.span.end)) && run.sequences <= 2 && run.decoded != "…";
  }

  // What is left where the second character was white space, or no character at all, and is gone.
  void NoteStray(const CodePoint& cp, size_t at, char32_t before) {
    const size_t end = at + cp.size;
    const char32_t after = At(end);
    if (IsUpper(before) || (IsQuote(before) && IsQuote(after))) return;
    const bool gone =
        after == ' ' || after == '\n' || after == ',' || after == '.' || after == ';' || after == ':' || after == ')' || after == '-';
    if (cp.value == 0xC2 && gone) stray_.push_back({{at, end}, ""});
    if (cp.value == 0xC3 && gone) stray_.push_back({{at, end}, "à"});
    if (cp.value == 0xE2 && after == 0x20AC) stray_.push_back({{at, end + 3}, "”"});
    // windows-1251 has nothing at 0x98: an opening quotation mark.
    if (cp.value == 0x432 && after == 0x402) stray_.push_back({{at, end + 2}, "‘"});
  }

  int& Strong(CodePage page) { return page == CodePage::kWestern ? strong_western_ : strong_cyrillic_; }

  bool Accepts(const Run& run) {
    const int strong = Strong(run.page);
    const char32_t before = Before(run.span.begin);
    const char32_t after = At(run.span.end);
    if (run.strength == Strength::kWeak) return strong >= kStrongForWeak && !(run.suits_capitals && IsUpper(before));
    const bool alone = !IsWord(before) && !IsWord(after);
    const bool letter = run.sequences == 1 && run.page == CodePage::kWestern && IsLatin(NextCodePoint(run.decoded, 0).value);
    return !alone || !letter || strong >= kStrongForAlone;
  }

  void AddRun(const Run& run, std::vector<Repair>& repairs) const {
    Span span = run.span;
    std::optional<std::string> clean = Clean(DecodeFully(WithQuoteClosed(run, span)));
    if (!clean) return;
    ExtendToCapital(run.page, span, *clean);
    // No second space beside one.
    const char32_t before = Before(span.begin);
    const char32_t after = At(span.end);
    if (!clean->empty() && clean->front() == ' ' && (IsSpace(before))) clean->erase(0, 1);
    if (!clean->empty() && clean->back() == ' ' && (IsSpace(after))) clean->pop_back();
    repairs.push_back({span, *std::move(clean)});
  }

  // The same quotation mark misread twice: what is left behind it is the lead of U+009D.
  std::string WithQuoteClosed(const Run& run, Span& span) const {
    const std::string& decoded = run.decoded;
    const bool cut =
        decoded.size() >= kCutQuote.size() && decoded.compare(decoded.size() - kCutQuote.size(), kCutQuote.size(), kCutQuote) == 0;
    if (!cut) return decoded;
    if (At(span.end) == 0xC2) span.end += 2;
    const std::string before = DecodeFully(decoded.substr(0, decoded.size() - kCutQuote.size()));
    return before + "”";
  }

  // "Р РѕСЃСЃРёСЏ", "Ð Ð¾ÑÑÐ¸Ñ" and "РСЃС‚РѕСЂРёСЏ": the first letter lost its second character.
  void ExtendToCapital(CodePage page, Span& span, std::string& decoded) const {
    if (decoded.empty() || ScriptOf(NextCodePoint(decoded, 0).value) != 'C') return;
    constexpr size_t kLeadBytes = 2;
    const char32_t lead = page == CodePage::kCyrillic ? kCyrillicLead : kWesternLead;
    const bool spaced = span.begin > kLeadBytes && text_[span.begin - 1] == ' ' && LastOf(text_, span.begin - 1) == lead;
    const bool bare = page == CodePage::kCyrillic && Before(span.begin) == kCyrillicLead;
    if (!spaced && !bare) return;
    const size_t begin = span.begin - kLeadBytes - (spaced ? 1 : 0);
    if (IsWord(Before(begin))) return;
    decoded.insert(0, spaced ? "Р" : "И");
    span.begin = begin;
  }

  void AddStray(std::vector<Repair>& repairs) const {
    const auto is_space_left = [](const Repair& repair) { return repair.text.empty(); };
    const auto left = std::count_if(stray_.begin(), stray_.end(), is_space_left);
    for (const Repair& repair : stray_) {
      const bool mark = repair.text == "”" || repair.text == "‘";
      const bool enough = mark ? strong_western_ + strong_cyrillic_ >= 1
                               : strong_western_ >= kStrongForWeak || (repair.text.empty() && left >= kStrayForAll);
      if (enough) repairs.push_back(repair);
    }
  }

  const std::string_view text_;
  std::vector<Run> runs_;
  std::vector<Repair> stray_;
  int strong_western_ = 0;
  int strong_cyrillic_ = 0;
};

}  // namespace

bool MayBeMojibake(char32_t before, char32_t value) {
  const std::optional<CodePage> page = PageOfLead(before);
  if (!page) return false;
  const uint8_t byte = ByteOf(*page, value);
  return byte >= 0x80 && byte < 0xC0;
}

std::vector<Repair> FindMojibake(std::string_view text) { return Finder(text).Find(); }

}  // namespace garner::text_normalizer
