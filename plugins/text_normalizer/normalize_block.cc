#include "normalize_block.h"

#include <algorithm>

#include "bidi.h"
#include "composition.h"
#include "garner/byte_words.h"
#include "garner/utf8.h"

namespace garner::text_normalizer {
namespace {

// No script piles up so many marks; putting them in order costs the square of their number.
constexpr size_t kMaxComposition = 256;

// The high bit of each byte that equals `byte`; exact where no byte has its own high bit.
uint64_t EqualTo(uint64_t word, uint8_t byte) {
  const uint64_t x = word ^ (kByteOnes * byte);
  return ~((x & ~kByteHighBits) + ~kByteHighBits) & ~x & kByteHighBits;
}

// Eight bytes and the one behind them hold nothing of interest: all is ASCII, without a control or a space behind a space. At least
// nine bytes stand at `at`.
bool IsPlainAt(std::string_view text, size_t at) {
  const uint64_t word = LoadBytes(text, at);
  const uint64_t next = LoadBytes(text, at + 1);
  if (!IsAscii(word | next) || MayHoldBelow(word, 0x20) || EqualTo(word, 0x7F) != 0) return false;
  return (EqualTo(word, ' ') & EqualTo(next, ' ')) == 0;
}

// Past what is plain, in whole words of eight bytes.
size_t SkipPlain(std::string_view text, size_t at) {
  while (at + sizeof(uint64_t) < text.size() && IsPlainAt(text, at)) at += sizeof(uint64_t);
  return at;
}

// Nearly always. The last nine bytes are looked at together, whatever of them was seen before.
bool IsPlain(std::string_view block) {
  constexpr size_t kLook = sizeof(uint64_t) + 1;
  if (block.size() < kLook || SkipPlain(block, 0) + sizeof(uint64_t) < block.size()) return false;
  return IsPlainAt(block, block.size() - kLook) && !MayHoldBelow(LoadBytes(block, block.size() - sizeof(uint64_t)), 0x20) && block.back() != 0x7F;
}

class Normalizer {
 public:
  Normalizer(std::string_view block, BlockKind kind, const CharacterTable& table, const std::vector<Repair>& repairs,
             std::vector<Fix>& fixes)
      : block_(block), kind_(kind), table_(table), repairs_(repairs), fixes_(fixes), first_fix_(fixes.size()) {}

  BlockTally Run() {
    while (at_ < block_.size()) {
      if (next_repair_ < repairs_.size() && at_ == repairs_[next_repair_].span.begin) {
        TakeRepair();
        continue;
      }
      const CodePoint cp = NextCodePoint(block_, at_);
      if (cp.value < 0x80) {
        Ascii(static_cast<char>(cp.value));
      } else {
        Wide(cp);
      }
    }
    return tally_;
  }

 private:
  void Step(char32_t value, size_t size) {
    before_ = value;
    before_at_ = at_;
    at_ += size;
  }

  // Runs of plain text are skipped up to the character that stands before the next one of interest.
  void Ascii(char value) {
    const bool control = static_cast<unsigned char>(value) < 0x20 || value == 0x7F;
    if (control) return kind_ == BlockKind::kCode ? CodeControl(value) : Control(value);
    if (value == ' ' && kind_ == BlockKind::kProse && IsSpaceAt(at_ + 1)) return Spaces();
    Step(static_cast<char32_t>(value), 1);
    if (next_repair_ < repairs_.size()) return;
    const size_t next = SkipPlain(block_, at_);
    if (next > at_) {
      at_ = next - 1;
      Step(static_cast<unsigned char>(block_[at_]) < 0x80 ? static_cast<char32_t>(block_[at_]) : U'a', 1);
    }
  }

  bool IsSpaceAt(size_t at) const { return at < block_.size() && IsSpaceLike(NextCodePoint(block_, at).value); }

  // White space that collapses. U+3000 is indentation and a gap between words where Chinese and Japanese stand.
  bool IsSpaceLike(char32_t value) const {
    if (value < 0x80) return IsSpace(value);
    const CharacterClass found = table_.ClassOf(value);
    return found == CharacterClass::kSpace || found == CharacterClass::kIdeographicSpace;
  }

  bool IsIdle(char32_t value) const {
    const CharacterClass found = table_.ClassOf(value);
    return found == CharacterClass::kInvisible || found == CharacterClass::kZeroWidthSpace || found == CharacterClass::kSoftHyphen ||
           found == CharacterClass::kControl;
  }

  void Control(char value) {
    if (IsSpace(static_cast<unsigned char>(value))) return Spaces();
    Drop(1, "control");
  }

  // In code tabs and line feeds mean something.
  void CodeControl(char value) {
    if (value == '\t' || value == '\n') return Step(static_cast<char32_t>(value), 1);
    if (value == '\r' && at_ + 1 < block_.size() && block_[at_ + 1] == '\n') return Drop(1, "line_end");
    if (value == '\r' || value == '\v' || value == '\f') return Put(at_ + 1, "\n", "line_end");
    Drop(1, "control");
  }

  void Wide(const CodePoint& cp) {
    const CharacterClass found = table_.ClassOf(cp.value);
    if (found == CharacterClass::kPlain) return Step(cp.value, cp.size);
    if (kind_ == BlockKind::kCode) return WideInCode(cp, found);
    tally_.may_be_mojibake = tally_.may_be_mojibake || MayBeMojibake(before_, cp.value);
    switch (found) {
      case CharacterClass::kSpace: return Spaces();
      case CharacterClass::kIdeographicSpace: return IdeographicSpace(cp);
      case CharacterClass::kInvisible: return Drop(cp.size, "invisible");
      case CharacterClass::kSoftHyphen: return SoftHyphen(cp);
      case CharacterClass::kZeroWidthSpace: return KeepBeside(cp, NeedsZeroWidthSpace);
      case CharacterClass::kJoiner: return KeepBeside(cp, NeedsJoiners);
      case CharacterClass::kBidi: return Bidi(cp);
      case CharacterClass::kControl: return Drop(cp.size, "control");
      case CharacterClass::kComposes: return Composition(cp);
      case CharacterClass::kQuote: return Put(at_ + cp.size, Folded(cp.value), "quotation_mark");
      case CharacterClass::kDash: return Put(at_ + cp.size, Folded(cp.value), "dash");
      case CharacterClass::kReplacement: ++tally_.replacement_characters; break;
      case CharacterClass::kLoneLead: tally_.may_be_mojibake = tally_.may_be_mojibake || IsSpaceAt(at_ + cp.size); break;
      case CharacterClass::kTail:
      case CharacterClass::kPlain: break;
    }
    Step(cp.value, cp.size);
  }

  void WideInCode(const CodePoint& cp, CharacterClass found) {
    if (cp.value == 0x85 || cp.value == 0x2028 || cp.value == 0x2029) return Put(at_ + cp.size, "\n", "line_end");
    if (found == CharacterClass::kControl) return Drop(cp.size, "control");
    Step(cp.value, cp.size);
  }

  // --- what is done ---------------------------------------------------------------------------------------------------------------

  // What stands before stays what it was: an invisible character separates nothing.
  void Drop(size_t size, std::string_view rule) {
    AddErasure({at_, at_ + size}, rule);
    at_ += size;
  }

  void AddErasure(Span span, std::string_view rule) {
    const bool continues =
        fixes_.size() > first_fix_ && fixes_.back().span.end == span.begin && fixes_.back().text.empty() && fixes_.back().rule == rule;
    if (continues) {
      fixes_.back().span.end = span.end;
    } else {
      fixes_.push_back({span, {}, rule});
    }
  }

  void Put(size_t end, std::string_view text, std::string_view rule) {
    fixes_.push_back({{at_, end}, std::string(text), rule});
    Step(NextCodePoint(text, 0).value, end - at_);
  }

  void TakeRepair() {
    const Repair& repair = repairs_[next_repair_++];
    if (repair.text.empty()) return Drop(repair.span.size(), "mojibake");
    Put(repair.span.end, repair.text, "mojibake");
  }

  // One space for a run of them, none at the edges; invisible characters inside go with it. Tables keep the length of the run.
  void Spaces() {
    const size_t begin = at_;
    if (kind_ == BlockKind::kTable) return Put(at_ + NextCodePoint(block_, at_).size, " ", "white_space");
    size_t end = begin;
    for (size_t at = begin; at < block_.size() && !RepairBegins(at);) {
      const CodePoint cp = NextCodePoint(block_, at);
      const bool space = IsSpaceLike(cp.value);
      if (!space && !IsIdle(cp.value)) break;
      at += cp.size;
      if (space) end = at;
    }
    if (begin == 0 || end == block_.size()) return Drop(end - begin, "white_space");
    if (block_[begin] != ' ') return Put(end, " ", "white_space");
    Step(' ', 1);
    if (end > at_) Drop(end - at_, "white_space");
  }

  bool RepairBegins(size_t at) const { return next_repair_ < repairs_.size() && repairs_[next_repair_].span.begin == at; }

  void IdeographicSpace(const CodePoint& cp) {
    const size_t end = at_ + cp.size;
    const bool beside = IsEastAsian(before_) || (end < block_.size() && IsEastAsian(NextCodePoint(block_, end).value));
    if (beside) return Step(cp.value, cp.size);
    Spaces();
  }

  // Behind it a line ended, where a space follows: the word goes on.
  void SoftHyphen(const CodePoint& cp) {
    const size_t next = at_ + cp.size;
    const bool goes_on = next + 1 < block_.size() && block_[next] == ' ' && IsSmallLetter(NextCodePoint(block_, next + 1).value) &&
                         IsLetter(before_) && !RepairBegins(next + 1);
    Drop(cp.size + (goes_on && kind_ == BlockKind::kProse ? 1 : 0), "soft_hyphen");
  }

  static bool IsSmallLetter(char32_t value) {
    return (value >= 'a' && value <= 'z') || (value >= 0xDF && value <= 0xFF) || (value >= 0x430 && value <= 0x45F);
  }
  static bool IsLetter(char32_t value) {
    return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z') || (value >= 0xC0 && value < 0x530);
  }

  // Stays where a neighbour needs it, and never twice.
  void KeepBeside(const CodePoint& cp, bool (*needs)(char32_t)) {
    const size_t next = at_ + cp.size;
    const char32_t after = next < block_.size() ? NextCodePoint(block_, next).value : U' ';
    const bool stays = before_ != cp.value && (needs(before_) || needs(after));
    if (stays) return Step(cp.value, cp.size);
    Drop(cp.size, "invisible");
  }

  void Bidi(const CodePoint& cp) {
    if (!bidi_read_) idle_bidi_ = FindIdleBidiControls(block_);
    bidi_read_ = true;
    while (next_bidi_ < idle_bidi_.size() && idle_bidi_[next_bidi_].begin < at_) ++next_bidi_;
    if (next_bidi_ < idle_bidi_.size() && idle_bidi_[next_bidi_].begin == at_) return Drop(cp.size, "direction");
    Step(cp.value, cp.size);
  }

  // The character before belongs to it, unless a fix made that.
  void Composition(const CodePoint& cp) {
    const bool untouched = fixes_.size() == first_fix_ || fixes_.back().span.end <= before_at_;
    const bool adjacent = untouched && before_at_ < at_ && before_at_ + NextCodePoint(block_, before_at_).size == at_;
    const size_t begin = adjacent ? before_at_ : at_;
    size_t end = EndOfComposition(block_, at_ + cp.size);
    if (next_repair_ < repairs_.size()) end = std::min<size_t>(end, std::max<size_t>(repairs_[next_repair_].span.begin, at_ + cp.size));
    const std::string_view stretch = block_.substr(begin, end - begin);
    const std::string composed = stretch.size() <= kMaxComposition ? Compose(stretch) : std::string(stretch);
    if (composed != stretch) fixes_.push_back({{begin, end}, composed, "composition"});
    at_ = end;
    size_t last = end - 1;
    while (!IsBoundary(block_, last)) --last;
    before_ = NextCodePoint(block_, last).value;
    before_at_ = last;
  }

  const std::string_view block_;
  const BlockKind kind_;
  const CharacterTable& table_;
  const std::vector<Repair>& repairs_;
  std::vector<Fix>& fixes_;
  const size_t first_fix_;
  BlockTally tally_;
  size_t at_ = 0;
  size_t next_repair_ = 0;
  // The character that was passed last.
  char32_t before_ = ' ';
  size_t before_at_ = 0;
  bool bidi_read_ = false;
  std::vector<Span> idle_bidi_;
  size_t next_bidi_ = 0;
};

}  // namespace

BlockTally NormalizeBlock(std::string_view block, BlockKind kind, const CharacterTable& table, const std::vector<Repair>& repairs,
                          std::vector<Fix>& fixes) {
  if (repairs.empty() && IsPlain(block)) return {};
  return Normalizer(block, kind, table, repairs, fixes).Run();
}

}  // namespace garner::text_normalizer
