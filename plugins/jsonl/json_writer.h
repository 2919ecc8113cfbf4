// Writes one JSON value on one line, straight into a string: keys keep their order, nothing is escaped that JSON does not demand.
//
//   JsonWriter json(&line);
//   json.BeginObject();
//   json.Key("title").String("Tides");
//   json.EndObject();
//
// Whatever bytes are given, the output is valid UTF-8 without a line break. The caller keeps the structure right. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace garner::jsonl {

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
    return PlainKey({key, size - 1});
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
  JsonWriter& PlainKey(std::string_view key);
  JsonWriter& EndKey();

  std::string* out_;
  bool comma_ = false;  // a value stands before the next one
};

}  // namespace garner::jsonl
