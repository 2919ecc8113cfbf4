#include "json_writer.h"

#include <charconv>
#include <cmath>

#include "garner/utf8.h"

namespace garner::jsonl {
namespace {

void AppendEscaped(std::string_view text, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          out.push_back(c);
          break;
        }
        out += "\\u00";
        out.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
        out.push_back(kDigits[c & 15]);
    }
  }
}

template <typename T>
void AppendNumber(T value, std::string& out) {
  char digits[64];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, end.ptr);
}

}  // namespace

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

JsonWriter& JsonWriter::Key(std::string_view key) {
  String(key);
  out_->push_back(':');
  comma_ = false;
  return *this;
}

void JsonWriter::String(std::string_view text) {
  BeforeValue();
  out_->push_back('"');
  if (IsValidUtf8(text) && text.find('\0') == std::string_view::npos) {
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
  AppendNumber(value == 0 ? 0.0F : value, *out_);
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
