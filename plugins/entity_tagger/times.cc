#include "times.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "calendar.h"

namespace garner::entity_tagger {
namespace {

struct Zone {
  std::string_view name;
  std::string_view offset;
};
constexpr std::array<Zone, 22> kZones = {
    {{"GMT", "Z"},       {"UTC", "Z"},      {"BST", "+01:00"},  {"CET", "+01:00"}, {"CEST", "+02:00"}, {"EET", "+02:00"},
     {"EEST", "+03:00"}, {"MSK", "+03:00"}, {"EST", "-05:00"},  {"EDT", "-04:00"}, {"ET", ""},         {"CST", "-06:00"},
     {"CDT", "-05:00"},  {"MST", "-07:00"}, {"MDT", "-06:00"},  {"PST", "-08:00"}, {"PDT", "-07:00"},  {"PT", ""},
     {"JST", "+09:00"},  {"IST", "+05:30"}, {"AEST", "+10:00"}, {"HKT", "+08:00"}}};

int TwoDigits(std::string_view text) {
  if (text.empty() || text.size() > 2) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool Is(const Tokens& tokens, size_t i, std::string_view word) {
  return i < tokens.size() && tokens[i].type == Token::kWord && tokens[i].hash == Hash(word);
}

// 0 none, 1 morning, 2 afternoon; moves `at` past it.
int HalfOfDay(const Tokens& tokens, size_t& at) {
  for (const std::string_view word : {"am", "a.m", "a.m."})
    if (Is(tokens, at, word)) return ++at, 1;
  for (const std::string_view word : {"pm", "p.m", "p.m."})
    if (Is(tokens, at, word)) return ++at, 2;
  return 0;
}

std::string_view ZoneAt(std::string_view text, const Tokens& tokens, size_t& at, bool& found) {
  found = false;
  if (at >= tokens.size() || tokens[at].type != Token::kWord) return {};
  for (const Zone& zone : kZones) {
    if (View(text, tokens[at]) != zone.name) continue;
    found = true;
    ++at;
    return zone.offset;
  }
  return {};
}

std::optional<Expression> Clock(std::string_view text, const Tokens& tokens, size_t i) {
  const std::string_view first = View(text, tokens[i]);
  if (i > 0 && !tokens[i].space_before && tokens[i - 1].type == Token::kPunctuation && tokens[i - 1].mark != '(' &&
      tokens[i - 1].mark != '-' && tokens[i - 1].mark != '"')
    return std::nullopt;
  int hour = TwoDigits(first), minute = -1;
  size_t at = i + 1;
  if (hour < 0 && first.size() >= 4 && first.size() <= 5 && first[first.size() - 3] == '.') {  // 5.30 pm
    hour = TwoDigits(first.substr(0, first.size() - 3));
    minute = TwoDigits(first.substr(first.size() - 2));
  }
  if (hour < 0 || hour > 24) return std::nullopt;
  const auto colon_number = [&](size_t k) {
    return k + 1 < tokens.size() && tokens[k].mark == ':' && tokens[k].type == Token::kPunctuation && !tokens[k].space_before &&
           !tokens[k + 1].space_before && tokens[k + 1].type == Token::kNumber && tokens[k + 1].end - tokens[k + 1].begin == 2;
  };
  int second = -1;
  const bool stopped = minute >= 0;
  if (colon_number(at)) {
    minute = TwoDigits(View(text, tokens[at + 1]));
    at += 2;
    if (colon_number(at)) {
      second = TwoDigits(View(text, tokens[at + 1]));
      at += 2;
    }
  }
  if (minute > 59 || second > 59) return std::nullopt;
  const size_t before_half = at;
  const int half = HalfOfDay(tokens, at);
  if (half != 0 && hour > 12) at = before_half;
  bool zoned = false;
  const std::string_view zone = ZoneAt(text, tokens, at, zoned);
  const bool oclock = half == 0 && (Is(tokens, at, "o'clock"));
  if (oclock) ++at;
  if (stopped && half == 0) return std::nullopt;
  if (minute < 0 && half == 0 && !oclock) return std::nullopt;
  // 3:45 alone may be a score, a ratio or a verse: two-digit hours and zones tell, or a word that leads to a time.
  if (half == 0 && !zoned && !oclock && first.size() < 2) {
    const bool led = i > 0 && (Is(tokens, i - 1, "at") || Is(tokens, i - 1, "by") || Is(tokens, i - 1, "until") ||
                               Is(tokens, i - 1, "before") || Is(tokens, i - 1, "after"));
    if (!led) return std::nullopt;
  }
  if (half == 2 && hour < 12) hour += 12;
  if (half == 1 && hour == 12) hour = 0;
  std::string value = fmt::format("T{:02}", hour);
  if (minute >= 0) value += fmt::format(":{:02}", minute);
  if (second >= 0) value += fmt::format(":{:02}", second);
  return Expression{i, at, "TIME", value + std::string(zone), half != 0 || zoned || minute >= 0};
}

}  // namespace

std::optional<Expression> MatchTime(std::string_view text, const Tokens& tokens, size_t i) {
  if (tokens[i].type == Token::kNumber) return Clock(text, tokens, i);
  if (tokens[i].type != Token::kWord) return std::nullopt;
  const CalendarWord* word = LookUp(tokens[i].hash);
  if (word == nullptr) return std::nullopt;
  const CalendarWord* next = i + 1 < tokens.size() && tokens[i + 1].type == Token::kWord ? LookUp(tokens[i + 1].hash) : nullptr;
  const bool part_follows = next != nullptr && next->type == CalendarWord::kDayPart;
  switch (word->type) {
    case CalendarWord::kWeekday:
    case CalendarWord::kDeictic:
      return part_follows && (word->type == CalendarWord::kDeictic || tokens[i].capital)
                 ? std::optional<Expression>({i, i + 2, "TIME", "", false})
                 : std::nullopt;
    case CalendarWord::kRelative:
      if (part_follows && (Is(tokens, i, "this") || Is(tokens, i, "last") || Is(tokens, i, "next") || Is(tokens, i, "previous")))
        return Expression{i, i + 2, "TIME", "", false};
      return std::nullopt;
    case CalendarWord::kClockDeictic:
      return Expression{i, i + 1, "TIME", "", false};
    case CalendarWord::kNoon:
      return Expression{i, i + 1, "TIME", fmt::format("T{:02}:00", static_cast<int>(word->value)), false};
    case CalendarWord::kNumber: {
      size_t at = i + 1;
      const bool oclock = Is(tokens, at, "o'clock");
      const int half = oclock ? 0 : HalfOfDay(tokens, at);
      if ((!oclock && half == 0) || word->value < 1 || word->value > 12) return std::nullopt;
      if (oclock) ++at;
      const int hour = static_cast<int>(word->value) % 12 + (half == 2 ? 12 : 0);
      return Expression{i, at, "TIME", fmt::format("T{:02}", oclock ? static_cast<int>(word->value) : hour), false};
    }
    default:
      return std::nullopt;
  }
}

}  // namespace garner::entity_tagger
