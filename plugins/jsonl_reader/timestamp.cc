#include "timestamp.h"

#include <optional>

#include "garner/utf8.h"

namespace garner::jsonl_reader {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool TakeDigits(std::string_view& text, size_t count, std::string& out) {
  if (text.size() < count) return false;
  for (size_t i = 0; i < count; ++i)
    if (!IsDigit(text[i])) return false;
  out.append(text.substr(0, count));
  text.remove_prefix(count);
  return true;
}

int Number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// "+02:00", "+0200", " +2", "Z", or nothing; nullopt for anything else.
std::optional<std::string> ReadZone(std::string_view text) {
  text = Trim(text);
  if (text.empty()) return std::string();
  if (text == "Z" || text == "z" || text == "UTC") return std::string("Z");
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  std::string digits;
  for (const char c : text.substr(1)) {
    if (IsDigit(c)) {
      digits += c;
    } else if (c != ':') {
      return std::nullopt;
    }
  }
  if (digits.size() == 1) digits = "0" + digits;
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4 || Number(digits.substr(0, 2)) > 14 || Number(digits.substr(2)) > 59) return std::nullopt;
  return text[0] + digits.substr(0, 2) + ":" + digits.substr(2);
}

}  // namespace

std::string NormalizeTimestamp(std::string_view text) {
  text = Trim(text);
  std::string date;
  if (!TakeDigits(text, 4, date)) return {};
  if (text.empty()) return date;
  if (text[0] != '-') return {};
  text.remove_prefix(1);
  std::string month;
  if (!TakeDigits(text, 2, month) || Number(month) < 1 || Number(month) > 12) return {};
  date += "-" + month;
  if (text.empty()) return date;
  std::string day;
  if (text[0] != '-') return {};
  text.remove_prefix(1);
  if (!TakeDigits(text, 2, day) || Number(day) < 1 || Number(day) > 31) return {};
  date += "-" + day;
  if (text.empty()) return date;
  if (text[0] != 'T' && text[0] != 't' && text[0] != ' ') return {};
  text = Trim(text.substr(1));
  std::string time = "T";
  std::string part;
  if (!TakeDigits(text, 2, part) || Number(part) > 24 || text.empty() || text[0] != ':') return {};
  time += part + ":";
  text.remove_prefix(1);
  part.clear();
  if (!TakeDigits(text, 2, part) || Number(part) > 59) return {};
  time += part;
  if (!text.empty() && text[0] == ':') {
    text.remove_prefix(1);
    part.clear();
    if (!TakeDigits(text, 2, part) || Number(part) > 60) return {};
    time += ":" + part;
    if (!text.empty() && text[0] == '.') {
      text.remove_prefix(1);
      while (!text.empty() && IsDigit(text[0])) text.remove_prefix(1);
    }
  }
  const std::optional<std::string> zone = ReadZone(text);
  return zone ? date + time + *zone : std::string();
}

}  // namespace garner::jsonl_reader
