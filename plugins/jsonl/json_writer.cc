#include "json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <iterator>

#include "garner/byte_words.h"
#include "garner/utf8.h"

namespace garner::jsonl {
namespace {

// Bytes that JSON wants escaped.
constexpr std::array<bool, 256> kEscaped = [] {
  std::array<bool, 256> table{};
  for (size_t byte = 0; byte < 0x20; ++byte) table[byte] = true;
  table['"'] = table['\\'] = true;
  return table;
}();

void AppendEscape(char c, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  switch (c) {
    case '\0': return;  // no text has it
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default:
      out += "\\u00";
      out.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
      out.push_back(kDigits[c & 15]);
  }
}

bool MayHoldEscaped(ByteWord word) { return MayHoldBelow(word, 0x20) || MayHold(word, '"') || MayHold(word, '\\'); }

// The next byte to escape; the text's end where there is none.
size_t FindEscaped(std::string_view text, size_t at) {
  while (at < text.size()) {
    if (at + sizeof(ByteWord) <= text.size() && !MayHoldEscaped(LoadBytes(text, at))) {
      at += sizeof(ByteWord);
      continue;
    }
    const size_t end = std::min(at + sizeof(ByteWord), text.size());
    for (; at < end; ++at)
      if (kEscaped[static_cast<unsigned char>(text[at])]) return at;
  }
  return at;
}

void AppendEscaped(std::string_view text, std::string& out) {
  size_t from = 0;
  for (size_t at = FindEscaped(text, 0); at < text.size(); at = FindEscaped(text, from)) {
    out.append(text, from, at - from);
    AppendEscape(text[at], out);
    from = at + 1;
  }
  out.append(text, from);
}

template <typename T>
void AppendNumber(T value, std::string& out) {
  char digits[64];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end.ptr);
}

}  // namespace

std::string_view RecentFloats::Digits(float value) {
  uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  Entry& entry = entries_[(bits * 0x9E3779B1U) >> 28];
  if (entry.size == 0 || entry.bits != bits) {
    entry.bits = bits;
    entry.size = static_cast<uint32_t>(std::to_chars(entry.digits, std::end(entry.digits), value).ptr - entry.digits);
  }
  return {entry.digits, entry.size};
}

void JsonWriter::BeforeValue() {
  if (comma_) out_->push_back(',');
  comma_ = true;
}

void JsonWriter::Open(char bracket) {
  BeforeValue();
  out_->push_back(bracket);
  comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_->push_back(bracket);
  comma_ = true;
}

bool JsonWriter::IsPlain(std::string_view key) { return IsValidUtf8(key) && FindEscaped(key, 0) == key.size(); }

JsonWriter& JsonWriter::Key(std::string_view key) {
  String(key);
  out_->push_back(':');
  comma_ = false;
  return *this;
}

void JsonWriter::String(std::string_view text) {
  BeforeValue();
  out_->push_back('"');
  if (IsValidUtf8(text)) {
    AppendEscaped(text, *out_);
  } else {
    AppendEscaped(SanitizeUtf8(text), *out_);
  }
  out_->push_back('"');
}

void JsonWriter::Unsigned(uint64_t value) {
  BeforeValue();
  AppendNumber(value, *out_);
}

void JsonWriter::Double(double value) {
  if (!std::isfinite(value)) return Null();
  BeforeValue();
  AppendNumber(value == 0 ? 0.0 : value, *out_);  // no negative zero
}

void JsonWriter::Float(float value) {
  if (!std::isfinite(value)) return Null();
  BeforeValue();
  *out_ += floats_.Digits(value == 0 ? 0.0F : value);  // no negative zero
}

void JsonWriter::Bool(bool value) {
  BeforeValue();
  *out_ += value ? "true" : "false";
}

void JsonWriter::Null() {
  BeforeValue();
  *out_ += "null";
}

}  // namespace garner::jsonl
