#include "garner/dates.h"

#include <array>
#include <cstdio>
#include <utility>

namespace garner {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsAlphanumeric(char c) { return IsDigit(c) || IsLetter(c); }
bool IsSpaceByte(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

std::string Lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

bool StartsIgnoringCase(std::string_view text, std::string_view lower) { return text.size() >= lower.size() && Lowered(text.substr(0, lower.size())) == lower; }

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && IsSpaceByte(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpaceByte(text.back())) text.remove_suffix(1);
  return text;
}

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 12> kLongMonths = {"january", "february", "march",     "april",   "may",      "june",
                                                          "july",    "august",   "september", "october", "november", "december"};

struct Date {
  int year = 0;
  int month = 0;  // 0: not stated
  int day = 0;
};

bool Plausible(const Date& date) {
  constexpr int kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1000 || date.year > 2999 || date.month > 12 || date.day < 0 || date.month < 0) return false;
  return date.month == 0 ? date.day == 0 : date.day <= kDays[date.month - 1];
}

std::string Print(const Date& date) {
  char out[32] = "";
  if (!Plausible(date)) return {};
  if (date.month == 0) {
    std::snprintf(out, sizeof out, "%04d", date.year);
  } else if (date.day == 0) {
    std::snprintf(out, sizeof out, "%04d-%02d", date.year, date.month);
  } else {
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", date.year, date.month, date.day);
  }
  return out;
}

// Up to `max` digits at the front of `text`, taken off it; -1 where there are fewer than `min`.
int TakeNumber(std::string_view& text, size_t min, size_t max) {
  size_t digits = 0;
  int value = 0;
  while (digits < max && digits < text.size() && IsDigit(text[digits])) value = value * 10 + (text[digits++] - '0');
  if (digits < min) return -1;
  text.remove_prefix(digits);
  return value;
}

bool Take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "T10:00", "10:00:00.000Z", "10:00:00+02:00": as ISO 8601; empty where `text` does not begin with a time.
std::string TimeOfDay(std::string_view text) {
  int hour = TakeNumber(text, 1, 2);
  if (hour < 0 || hour > 24 || !Take(text, ':')) return {};
  const int minute = TakeNumber(text, 2, 2);
  if (minute < 0 || minute > 59) return {};
  int second = -1;
  if (Take(text, ':')) second = TakeNumber(text, 2, 2);
  if (second > 60) return {};
  if (Take(text, '.') || Take(text, ',')) TakeNumber(text, 0, 9);
  const std::string_view rest = TrimSpace(text);
  if (StartsIgnoringCase(rest, "pm") && hour < 12) hour += 12;
  if (StartsIgnoringCase(rest, "am") && hour == 12) hour = 0;
  char out[48];
  if (second < 0) {
    std::snprintf(out, sizeof out, "T%02d:%02d", hour, minute);
  } else {
    std::snprintf(out, sizeof out, "T%02d:%02d:%02d", hour, minute, second);
  }
  std::string time = out;
  text = rest;
  if (StartsIgnoringCase(text, "z") || StartsIgnoringCase(text, "utc") || StartsIgnoringCase(text, "gmt")) return time + "Z";
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return time;
  const char sign = text.front();
  text.remove_prefix(1);
  const int hours = TakeNumber(text, 2, 2);
  Take(text, ':');
  int minutes = TakeNumber(text, 2, 2);
  if (hours < 0 || hours > 14) return time;
  if (minutes < 0 || minutes > 59) minutes = 0;
  std::snprintf(out, sizeof out, "%c%02d:%02d", sign, hours, minutes);
  return time + out;
}

// 2025, 2025-09, 2025-09-04, 20250904, 2025/9/4, each with a time behind it.
std::string YearFirst(std::string_view text) {
  Date date;
  date.year = TakeNumber(text, 4, 4);
  if (date.year < 0) return {};
  if (text.empty()) return Print(date);
  const char separator = text.front();
  const bool compact = IsDigit(separator);
  if (!compact && separator != '-' && separator != '/' && separator != '.') return {};
  if (!compact) text.remove_prefix(1);
  date.month = TakeNumber(text, compact ? 2 : 1, 2);
  if (date.month < 1) return {};
  if (!text.empty() && (compact ? IsDigit(text.front()) : text.front() == separator)) {
    if (!compact) text.remove_prefix(1);
    date.day = TakeNumber(text, compact ? 2 : 1, 2);
    if (date.day < 1) return {};
  }
  const std::string printed = Print(date);
  if (printed.empty() || date.day == 0) return text.empty() ? printed : std::string();
  if (Take(text, 'T') || Take(text, 't') || Take(text, ' ')) return printed + TimeOfDay(TrimSpace(text));
  return text.empty() || !IsAlphanumeric(text.front()) ? printed : std::string();
}

// 04.09.2025 and 04/09/2025: the day leads where there are dots, or where the other reading is impossible.
std::string DayFirst(std::string_view text) {
  Date date;
  date.day = TakeNumber(text, 1, 2);
  if (date.day < 1 || text.empty()) return {};
  const char separator = text.front();
  if (separator != '.' && separator != '/' && separator != '-') return {};
  text.remove_prefix(1);
  date.month = TakeNumber(text, 1, 2);
  if (date.month < 1 || !Take(text, separator)) return {};
  date.year = TakeNumber(text, 4, 4);
  if (date.year < 0) return {};
  const bool american = date.month > 12 && date.day <= 12;
  if (american) std::swap(date.day, date.month);
  const bool two_ways = separator != '.' && !american && date.day <= 12 && date.day != date.month;
  if (two_ways) return {};
  const std::string printed = Print(date);
  return printed;
}

int MonthNamed(std::string_view word) {
  const std::string lower = Lowered(word);
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (lower == kMonths[i] || lower == kLongMonths[i] || (i == 8 && lower == "sept")) return static_cast<int>(i) + 1;
  return 0;
}

// "Thu, 04 Sep 2025 10:00:00 GMT", "September 4th, 2025 at 10:00", "4 September 2025", "September 2025".
std::string WithMonthName(std::string_view text) {
  Date date;
  int first_number = -1;
  for (size_t at = 0, words = 0; at < text.size() && words < 7;) {
    if (IsDigit(text[at])) {
      std::string_view rest = text.substr(at);
      const size_t before = rest.size();
      const int number = TakeNumber(rest, 1, 9);
      const size_t digits = before - rest.size();
      if (!rest.empty() && rest.front() == ':') break;
      if (digits == 4 && date.year == 0) date.year = number;
      if (digits <= 2 && first_number < 0) first_number = number;
      at += digits;
      if (date.year != 0 && date.month != 0) {
        date.day = first_number < 0 ? 0 : first_number;
        const std::string printed = Print(date);
        if (printed.empty() || date.day == 0) return printed;
        size_t time = at;
        while (time < text.size() && !IsDigit(text[time])) ++time;
        return printed + (time - at <= 5 ? TimeOfDay(text.substr(time)) : std::string());
      }
      ++words;
      continue;
    }
    if (!IsLetter(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && IsLetter(text[end])) ++end;
    if (date.month == 0) date.month = MonthNamed(text.substr(at, end - at));
    at = end;
    ++words;
  }
  return {};
}

}  // namespace

std::string NormalizeDate(std::string_view text) {
  text = TrimSpace(text);
  if (text.empty() || text.size() > 100) return {};
  if (std::string date = YearFirst(text); !date.empty()) return date;
  if (std::string date = DayFirst(text); !date.empty()) return date;
  return WithMonthName(text);
}

std::string DateInUrl(std::string_view url) {
  for (size_t at = url.find('/'); at != std::string_view::npos; at = url.find('/', at + 1)) {
    std::string_view rest = url.substr(at + 1);
    Date date;
    date.year = TakeNumber(rest, 4, 4);
    if (date.year < 1990 || rest.empty() || (rest.front() != '/' && rest.front() != '-')) continue;
    const char separator = rest.front();
    rest.remove_prefix(1);
    date.month = TakeNumber(rest, 1, 2);
    if (date.month < 1 || !Take(rest, separator)) continue;
    date.day = TakeNumber(rest, 1, 2);
    if (date.day < 1 || (!rest.empty() && IsDigit(rest.front()))) continue;
    return Print(date);
  }
  return {};
}

}  // namespace garner
