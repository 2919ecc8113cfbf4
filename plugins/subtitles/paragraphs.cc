#include "paragraphs.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "garner/utf8.h"

namespace garner_plugins::subtitles {
namespace {

// Longer silences part what has no other evidence, or any.
constexpr uint64_t kPauseMs = 2000;
constexpr uint64_t kLongestPauseMs = 10000;
// Captions that roll follow each other without a gap.
constexpr uint64_t kRollingGapMs = 100;
// So many cues have to repeat a line of the one before, and half of all that could.
constexpr size_t kRollingCues = 3;
// Of so many utterances at least one ends as a sentence does.
constexpr size_t kUtterancesPerEnd = 5;

constexpr std::u32string_view kOpening = U"\"'“”„«»‹›‘’‚([{¿¡「『（《〈*_";
constexpr std::u32string_view kClosing = U"\"'”“»«›‹’‘)]}」』）》〉*_";
constexpr std::u32string_view kSentenceEnd = U".!?…。！？؟۔।॥։።‽";
constexpr std::u32string_view kDashes = U"-‐‑–—―−";
constexpr std::u32string_view kNotes = U"♪♫♩♬🎵🎶";

bool IsOneOf(std::u32string_view set, char32_t value) { return set.find(value) != std::u32string_view::npos; }

// What shows as nothing: marks of direction stand at the start of every line in some files.
bool IsInvisible(char32_t value) { return value == 0xAD || (value >= 0x200B && value <= 0x200F) || (value >= 0x202A && value <= 0x202E) || value == 0x2060; }

std::string_view WithoutInvisibleStart(std::string_view text) {
  while (!text.empty()) {
    const garner::CodePoint cp = garner::NextCodePoint(text, 0);
    if (!garner::IsSpace(cp.value) && !IsInvisible(cp.value)) break;
    text.remove_prefix(cp.size);
  }
  return text;
}

// The character before text[end]; the text is valid UTF-8.
char32_t CharacterBefore(std::string_view text, size_t end, size_t* begin) {
  *begin = end - 1;
  while (!garner::IsBoundary(text, *begin)) --*begin;
  return garner::NextCodePoint(text, *begin).value;
}

// Without closing marks, spaces and what is invisible at its end.
std::string_view WithoutClosing(std::string_view text) {
  for (size_t begin = 0; !text.empty(); text = text.substr(0, begin)) {
    const char32_t last = CharacterBefore(text, text.size(), &begin);
    if (!garner::IsSpace(last) && !IsInvisible(last) && !IsOneOf(kClosing, last)) break;
  }
  return text;
}

bool EndsIn(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }
bool BeginsWith(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool IsEnded(std::string_view text) {
  text = WithoutClosing(text);
  size_t begin = 0;
  return !text.empty() && IsOneOf(kSentenceEnd, CharacterBefore(text, text.size(), &begin));
}

bool EndsInDots(std::string_view text) {
  text = WithoutClosing(text);
  return EndsIn(text, "...") || EndsIn(text, "…");
}

enum class Start { kLower, kOther, kDots };

// How the sentence goes on: the first letter behind opening marks and a dash.
Start StartOf(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (BeginsWith(text.substr(at), "...") || BeginsWith(text.substr(at), "…")) return Start::kDots;
    const garner::CodePoint cp = garner::NextCodePoint(text, at);
    if (!garner::IsSpace(cp.value) && !IsInvisible(cp.value) && !IsOneOf(kOpening, cp.value) && !IsOneOf(kDashes, cp.value))
      return u_isULowercase(static_cast<UChar32>(cp.value)) ? Start::kLower : Start::kOther;
    at += cp.size;
  }
  return Start::kOther;
}

// A sound or a song: stands alone.
bool IsSound(std::string_view text) {
  text = garner::Trim(WithoutInvisibleStart(text));
  if (text.empty()) return false;
  const char32_t first = garner::NextCodePoint(text, 0).value;
  return IsOneOf(kNotes, first) || (first == '[' && text.back() == ']') || (first == '(' && text.back() == ')');
}

// In capitals, as titles and signs in the picture are.
bool IsSign(std::string_view text) {
  size_t capitals = 0;
  for (size_t at = 0; at < text.size();) {
    const garner::CodePoint cp = garner::NextCodePoint(text, at);
    if (u_isULowercase(static_cast<UChar32>(cp.value))) return false;
    if (u_isUUppercase(static_cast<UChar32>(cp.value))) ++capitals;
    at += cp.size;
  }
  return capitals >= 4;
}

// "- Who is there?" and ">> Who is there?": somebody else speaks.
bool BeginsTurn(std::string_view line) {
  line = WithoutInvisibleStart(line);
  return !line.empty() && (BeginsWith(line, ">>") || IsOneOf(kDashes, garner::NextCodePoint(line, 0).value));
}

std::string Shown(std::string_view text, const std::vector<Piece>& pieces) {
  std::string shown;
  for (const Piece& piece : pieces) {
    if (piece.kind == Piece::kText) shown += text.substr(piece.span.begin, piece.span.size());
    if (piece.kind == Piece::kCharacter) garner::AppendUtf8(piece.character, shown);
  }
  return shown;
}

// A line of a cue, read.
struct Spoken {
  CueLine line;
  std::vector<Piece> pieces;
  std::string shown;
};

using SpokenCue = std::vector<Spoken>;

SpokenCue ReadLines(std::string_view text, const Cue& cue) {
  SpokenCue lines;
  for (const CueLine& line : cue.lines) {
    Spoken spoken{line, ReadCueText(text, line.text), {}};
    spoken.shown = garner::Trim(Shown(text, spoken.pieces));
    lines.push_back(std::move(spoken));
  }
  return lines;
}

// How many lines at the start of `next` are the last ones of `cue`. Captions show few lines at a time.
size_t Overlap(const SpokenCue& cue, const SpokenCue& next) {
  constexpr size_t kMostLines = 4;
  const auto same = [](const Spoken& a, const Spoken& b) { return !a.shown.empty() && a.shown == b.shown; };
  for (size_t count = std::min({cue.size(), next.size(), kMostLines}); count > 0; --count)
    if (std::equal(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(count), cue.end() - static_cast<std::ptrdiff_t>(count), cue.end(), same)) return count;
  return 0;
}

bool Follows(const Cue& cue, const Cue& next) { return next.begin_ms >= cue.begin_ms && next.begin_ms <= cue.end_ms + kRollingGapMs; }

// For each cue how many of its first lines were said before.
std::vector<size_t> RepeatedLines(std::string_view text, const std::vector<Cue>& cues) {
  std::vector<size_t> repeated(cues.size(), 0);
  size_t possible = 0;
  size_t rolling = 0;
  SpokenCue last;
  for (size_t i = 0; i < cues.size(); ++i) {
    SpokenCue lines = ReadLines(text, cues[i]);
    if (i > 0 && Follows(cues[i - 1], cues[i])) {
      repeated[i] = Overlap(last, lines);
      ++possible;
      rolling += repeated[i] > 0;
    }
    last = std::move(lines);
  }
  if (rolling < kRollingCues || rolling * 2 < possible) repeated.assign(cues.size(), 0);
  return repeated;
}

// Makes utterances of lines, cue by cue.
class Speaking {
 public:
  explicit Speaking(std::string_view text) : text_(text) {}

  // The first `repeated` lines have been said before.
  void Add(const Cue& cue, const SpokenCue& lines, size_t repeated) {
    const auto dashes = std::count_if(lines.begin(), lines.end(), [](const Spoken& line) { return BeginsTurn(line.shown); });
    Begin(cue, false);
    for (size_t i = 0; i < lines.size(); ++i) {
      const Spoken& line = lines[i];
      if (i < repeated) {
        said_.back().pieces.push_back({Piece::kRepeatedLine, 0, line.line.text});
        continue;
      }
      // A single dash may go on with what was interrupted: "- and then he left."
      if (BeginsTurn(line.shown) && (dashes > 1 || StartOf(line.shown) != Start::kLower)) Turn(cue);
      AddLine(cue, line);
    }
  }

  std::vector<Utterance> Take() {
    for (Utterance& utterance : said_) utterance.shown = Shown(text_, utterance.pieces);
    return std::move(said_);
  }

 private:
  void Begin(const Cue& cue, bool tight) {
    said_.emplace_back();
    said_.back().begin_ms = cue.begin_ms;
    said_.back().end_ms = std::max(cue.begin_ms, cue.end_ms);
    said_.back().tight = tight;
  }

  void Turn(const Cue& cue) {
    if (HasText()) Begin(cue, true);
    said_.back().turn = true;
  }

  bool HasText() const {
    const std::vector<Piece>& pieces = said_.back().pieces;
    return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.kind == Piece::kText || piece.kind == Piece::kCharacter; });
  }

  void AddLine(const Cue& cue, const Spoken& line) {
    for (Piece piece : line.pieces) {
      if (piece.kind == Piece::kVoice) {
        const std::string_view name = VoiceName(text_.substr(piece.span.begin, piece.span.size()));
        if (name == speaker_) piece.kind = Piece::kTag;
        if (name != speaker_) Turn(cue);
        speaker_ = name;
      }
      said_.back().pieces.push_back(piece);
    }
    // The line break is the space between this line and the next.
    if (line.line.next > line.line.text.end) said_.back().pieces.push_back({Piece::kText, 0, {line.line.text.end, line.line.next}});
  }

  const std::string_view text_;
  std::string_view speaker_;
  std::vector<Utterance> said_;
};

}  // namespace

std::vector<Utterance> Utterances(std::string_view text, const std::vector<Cue>& cues) {
  const std::vector<size_t> repeated = RepeatedLines(text, cues);
  Speaking speaking(text);
  for (size_t i = 0; i < cues.size(); ++i) speaking.Add(cues[i], ReadLines(text, cues[i]), repeated[i]);
  return speaking.Take();
}

bool IsPunctuated(const std::vector<Utterance>& said) {
  const auto ended = std::count_if(said.begin(), said.end(), [](const Utterance& utterance) { return IsEnded(utterance.shown); });
  return static_cast<size_t>(ended) * kUtterancesPerEnd >= said.size();
}

bool Continues(const Utterance& last, const Utterance& next, bool punctuated, uint64_t join_pause_ms) {
  const bool ended = IsEnded(last.shown);
  if (next.turn || (ended && BeginsTurn(next.shown)) || IsSound(last.shown) || IsSound(next.shown)) return false;
  const uint64_t pause = next.begin_ms > last.end_ms ? next.begin_ms - last.end_ms : 0;
  if (pause > kLongestPauseMs || next.begin_ms < last.begin_ms) return false;
  const Start start = StartOf(next.shown);
  if (start == Start::kLower) return (punctuated && !ended) || pause <= kPauseMs;
  if (start == Start::kDots) return !ended || EndsInDots(last.shown);
  if (ended) return join_pause_ms > 0 && pause <= join_pause_ms;
  return punctuated && pause <= kPauseMs && IsSign(last.shown) == IsSign(next.shown);
}

}  // namespace garner_plugins::subtitles
