#include "cues.h"

#include <algorithm>
#include <optional>
#include <string>

#include "garner/utf8.h"

namespace garner_plugins::subtitles {
namespace {

using garner::Span;

struct Line {
  Span span;  // trimmed
  uint64_t next = 0;
  std::string_view text;

  bool blank() const { return text.empty(); }
};

Line LineAt(std::string_view text, size_t at) {
  const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  const bool pair = text.substr(end, 2) == "\r\n";
  const std::string_view trimmed = garner::Trim(text.substr(at, end - at));
  const size_t begin = trimmed.empty() ? at : static_cast<size_t>(trimmed.data() - text.data());
  return {{begin, begin + trimmed.size()}, std::min(end + (pair ? 2 : 1), text.size()), trimmed};
}

// A whole number of at most nine digits at the start of `text`, which loses it.
std::optional<uint64_t> TakeNumber(std::string_view& text) {
  uint64_t number = 0;
  size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits == 9) return std::nullopt;
    number = number * 10 + static_cast<uint64_t>(text[digits] - '0');
  }
  text.remove_prefix(digits);
  if (digits == 0) return std::nullopt;
  return number;
}

bool Take(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  text.remove_prefix(word.size());
  return true;
}

void SkipSpace(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); }

// 00:01:02,500 or 01:02.500, in milliseconds.
std::optional<uint64_t> TakeTime(std::string_view& text) {
  uint64_t seconds = 0;
  int parts = 0;
  do {
    const std::optional<uint64_t> part = TakeNumber(text);
    if (!part || ++parts > 3) return std::nullopt;
    seconds = seconds * 60 + *part;
  } while (Take(text, ":"));
  if (parts < 2) return std::nullopt;
  if (!Take(text, ",") && !Take(text, ".")) return seconds * 1000;
  std::string_view fraction = text;
  const std::optional<uint64_t> number = TakeNumber(text);
  if (!number) return std::nullopt;
  fraction.remove_suffix(text.size());
  std::string digits(fraction.substr(0, 3));
  digits.resize(3, '0');
  return seconds * 1000 + static_cast<uint64_t>(std::stoul(digits));
}

struct Times {
  uint64_t begin_ms = 0;
  uint64_t end_ms = 0;
  size_t size = 0;  // bytes of the line that are times and settings; what follows is text
};

// Settings ("align:start", "X1:100") have a colon; a line that goes on in other words has lost its line break.
bool AreSettings(std::string_view rest) {
  while (!rest.empty()) {
    const size_t end = std::min(rest.find_first_of(" \t"), rest.size());
    if (rest.substr(0, end).find(':') == std::string_view::npos) return false;
    rest.remove_prefix(end);
    SkipSpace(rest);
  }
  return true;
}

std::optional<Times> ReadTimes(std::string_view line) {
  std::string_view rest = line;
  const std::optional<uint64_t> begin = TakeTime(rest);
  if (!begin) return std::nullopt;
  SkipSpace(rest);
  if (!Take(rest, "-->")) return std::nullopt;
  SkipSpace(rest);
  const std::optional<uint64_t> end = TakeTime(rest);
  if (!end || (!rest.empty() && rest[0] != ' ' && rest[0] != '\t')) return std::nullopt;
  SkipSpace(rest);
  return Times{*begin, *end, AreSettings(rest) ? line.size() : line.size() - rest.size()};
}

bool BeginsBlock(std::string_view line, std::string_view word) {
  return line.substr(0, word.size()) == word && (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

// "note", "style", "region"; empty for a line that begins none of these blocks of WebVTT.
std::string_view BlockRule(std::string_view line) {
  if (BeginsBlock(line, "NOTE")) return "note";
  if (line == "STYLE") return "style";
  if (line == "REGION") return "region";
  return {};
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), line_(LineAt(text, 0)) {}

  CueFile Read() {
    if (BeginsBlock(line_.text, "WEBVTT")) ReadHeader();
    for (; !AtEnd(); Advance()) ReadLine();
    return std::move(file_);
  }

 private:
  bool AtEnd() const { return at_ >= text_.size(); }
  Line NextLine() const { return LineAt(text_, line_.next); }
  void Advance() {
    at_ = line_.next;
    line_ = NextLine();
  }

  void Leave(std::string_view rule) { file_.asides.push_back({{line_.span.begin, line_.next}, rule}); }

  // To a blank line, or to a time: a block without an end must not swallow cues. Stands on its last line then.
  void LeaveBlock(std::string_view rule) {
    Leave(rule);
    for (Line next = NextLine(); !next.blank() && !ReadTimes(next.text); next = NextLine()) {
      Advance();
      Leave(rule);
      if (rule == "header") ReadLanguage();
    }
  }

  void ReadHeader() {
    webvtt_ = true;
    LeaveBlock("header");
    Advance();
  }

  void ReadLanguage() {
    std::string_view text = line_.text;
    if (Take(text, "Language:")) file_.language = {line_.span.end - garner::Trim(text).size(), line_.span.end};
  }

  void ReadLine() {
    if (line_.blank()) {
      after_blank_ = true;
      return;
    }
    const std::string_view rule = webvtt_ && after_blank_ ? BlockRule(line_.text) : std::string_view();
    if (const std::optional<Times> times = ReadTimes(line_.text)) {
      BeginCue(*times);
    } else if (IsIdentifier(line_.text)) {
      Leave(webvtt_ ? "cue_id" : "cue_number");
    } else if (!rule.empty()) {
      LeaveBlock(rule);
    } else {
      AddText({line_.span, line_.next});
    }
    after_blank_ = false;
  }

  // Stands right above a time. In SubRip it is a number, and a number may be text, too: then it neither follows a blank line nor counts on
  // from the last one.
  bool IsIdentifier(std::string_view line) {
    if (!ReadTimes(NextLine().text)) return false;
    const bool first = after_blank_ || at_ == 0;
    const std::optional<uint64_t> number = TakeNumber(line);
    if (!number || !line.empty()) return webvtt_ && first;
    const bool counts_on = *number == last_number_ + 1;
    last_number_ = *number;
    return first || counts_on;
  }

  void BeginCue(const Times& times) {
    file_.has_times = true;
    const uint64_t begin = line_.span.begin;
    file_.cues.push_back({times.begin_ms, times.end_ms, {}});
    if (times.size == line_.text.size()) return Leave("cue_time");
    file_.asides.push_back({{begin, begin + times.size}, "cue_time"});
    AddText({{begin + times.size, line_.span.end}, line_.next});
  }

  void AddText(const CueLine& line) {
    if (file_.cues.empty()) file_.cues.emplace_back();  // before the first time
    file_.cues.back().lines.push_back(line);
  }

  const std::string_view text_;
  size_t at_ = 0;  // where line_ begins
  Line line_;
  bool webvtt_ = false;
  bool after_blank_ = false;
  uint64_t last_number_ = 0;
  CueFile file_;
};

}  // namespace

CueFile ReadCues(std::string_view text) { return Reader(text).Read(); }

}  // namespace garner_plugins::subtitles
