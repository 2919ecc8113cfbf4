// Writes one JSON value on one line, straight into a string: keys keep their order, nothing is escaped that JSON does not demand.
//
//   JsonWriter json(&line);
//   json.BeginObject();
//   json.Key("title").String("Tides");
//   json.EndObject();
//
// Whatever bytes are given, the output is valid UTF-8 without a line break. The caller keeps the structure right. One thread.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace garner::jsonl {

// Numbers written lately: the removals of a document share their thresholds, and often their scores.
class RecentFloats {
 public:
  // The shortest digits that read back as the same number; good until the next call.
  std::string_view Digits(float value);

 private:
  struct Entry {
    uint32_t bits = 0;
    uint32_t size = 0;
    char digits[16] = {};  // 15 at most: "-1.17549435e-38"
  };
  std::array<Entry, 16> entries_{};
};

class JsonWriter {
 public:
  explicit JsonWriter(std::string* out) : out_(out) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  JsonWriter& Key(std::string_view key);
  // A key that stands in the source, without anything to escape.
  template <size_t size>
  JsonWriter& Key(const char (&key)[size]) {
    char quoted[size + 3] = {',', '"'};  // ,"key":
    std::copy_n(key, size - 1, quoted + 2);
    quoted[size + 1] = '"';
    quoted[size + 2] = ':';
    assert(IsPlain({key, size - 1}));
    out_->append(quoted + (comma_ ? 0 : 1), quoted + sizeof quoted);
    comma_ = false;
    return *this;
  }

  // Ill-formed UTF-8 becomes U+FFFD, NUL is left out.
  void String(std::string_view text);
  void Unsigned(uint64_t value);
  // The shortest digits that read back as the same number; JSON has no word for infinities and NaN, they become null.
  void Double(double value);
  void Float(float value);
  void Bool(bool value);
  void Null();

 private:
  void Open(char bracket);
  void Close(char bracket);
  void BeforeValue();
  static bool IsPlain(std::string_view key);

  std::string* out_;
  RecentFloats floats_;
  bool comma_ = false;  // a value stands before the next one
};

}  // namespace garner::jsonl
