#include "mend_json.h"

#include <cstdint>
#include <optional>

namespace garner::jsonl_reader {
namespace {

// Integers of more digits may not fit 64 bits.
constexpr size_t kSafeDigits = 18;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The value of "\uXXXX" at json[at].
std::optional<uint32_t> ReadEscape(std::string_view json, size_t at) {
  if (json.substr(at, 2) != "\\u" || at + 6 > json.size()) return std::nullopt;
  uint32_t value = 0;
  for (const char c : json.substr(at + 2, 4)) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!IsDigit(lower) && (lower < 'a' || lower > 'f')) return std::nullopt;
    value = value * 16 + static_cast<uint32_t>(IsDigit(lower) ? lower - '0' : lower - 'a' + 10);
  }
  return value;
}

bool IsHigh(const std::optional<uint32_t>& value) { return value && *value >= 0xD800 && *value < 0xDC00; }
bool IsLow(const std::optional<uint32_t>& value) { return value && *value >= 0xDC00 && *value < 0xE000; }

class Mender {
 public:
  explicit Mender(std::string_view json) : json_(json) { made_.json.reserve(json.size()); }

  Mended Mend() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c == '"') {
        TakeString();
      } else if (c == '-' || IsDigit(c)) {
        TakeNumber();
      } else if (!TakeWord("NaN") && !TakeWord("Infinity")) {
        Copy(1);
      }
    }
    return std::move(made_);
  }

 private:
  // What is cut off in the middle has less.
  void Copy(size_t count) {
    const std::string_view copied = json_.substr(at_, count);
    made_.json.append(copied);
    at_ += copied.size();
  }

  void TakeString() {
    Copy(1);
    while (at_ < json_.size() && json_[at_] != '"') {
      if (json_[at_] == '\\') {
        TakeEscape();
      } else {
        Copy(1);
      }
    }
    Copy(1);
  }

  void TakeEscape() {
    const std::optional<uint32_t> value = ReadEscape(json_, at_);
    if (!IsHigh(value) && !IsLow(value)) return Copy(2);
    if (IsHigh(value) && IsLow(ReadEscape(json_, at_ + 6))) return Copy(12);
    made_.json += "\\ufffd";
    at_ += 6;
    ++made_.lone_surrogates;
    made_.changed = true;
  }

  void TakeNumber() {
    const size_t begin = at_;
    if (json_[at_] == '-') ++at_;
    if (TakeWord("Infinity")) return;
    const size_t digits = at_;
    while (at_ < json_.size() && IsDigit(json_[at_])) ++at_;
    const bool integer = at_ == json_.size() || (json_[at_] != '.' && json_[at_] != 'e' && json_[at_] != 'E');
    const bool long_one = integer && at_ - digits > kSafeDigits;
    const std::string_view number = json_.substr(begin, at_ - begin);
    if (long_one) made_.json += '"';
    made_.json += number;
    if (long_one) made_.json += '"';
    made_.changed = made_.changed || long_one;
    // The digits behind a point or an exponent are no integer.
    while (!integer && at_ < json_.size() && (IsDigit(json_[at_]) || json_[at_] == '.' || json_[at_] == 'e' || json_[at_] == 'E' || json_[at_] == '+' || json_[at_] == '-')) Copy(1);
  }

  bool TakeWord(std::string_view word) {
    if (json_.substr(at_, word.size()) != word) return false;
    made_.json += "null";
    at_ += word.size();
    made_.changed = true;
    return true;
  }

  const std::string_view json_;
  size_t at_ = 0;
  Mended made_;
};

}  // namespace

Mended MendJson(std::string_view json) { return Mender(json).Mend(); }

}  // namespace garner::jsonl_reader
