#include "core/manifest/option_value.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <optional>

#include "core/manifest/nearest.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/quote.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

Status Wrong(std::string message) { return Status(StatusKind::kConfig, std::move(message)); }

// One option's place in the reading: what it is, what holds for it, what was found.
struct Reading {
  const YamlNode& node;
  const Field& field;
  const v1::OptionRules& rules;
};

// A number may come from plain text or from a variable; quotes make a text.
bool IsQuotedText(const YamlNode& node) { return node.quoted && !node.interpolated; }

// The value in quotes; never that of a secret.
std::string Found(const Reading& reading) {
  if (reading.node.kind == YamlNode::Kind::kScalar && reading.rules.secret()) return "the text";
  return Describe(reading.node);
}

Status WrongType(const Reading& reading) {
  std::string message = fmt::format("{} is wanted, found {}", TypeWords(reading.field), Found(reading));
  const bool text = reading.field.cpp_type() == Field::CPPTYPE_STRING;
  if (!text && reading.node.kind == YamlNode::Kind::kScalar && IsQuotedText(reading.node)) message += ", a text: it stands in quotes";
  return Wrong(std::move(message));
}

// Long double holds every 64-bit integer exactly on the platforms that garner runs on, or nearly so.
struct Bounds {
  long double min = 0;
  long double max = 0;
};

template <typename T>
Bounds BoundsOfType() {
  return {static_cast<long double>(std::numeric_limits<T>::lowest()), static_cast<long double>(std::numeric_limits<T>::max())};
}

Bounds TypeBounds(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32: return BoundsOfType<int32_t>();
    case Field::CPPTYPE_INT64: return BoundsOfType<int64_t>();
    case Field::CPPTYPE_UINT32: return BoundsOfType<uint32_t>();
    case Field::CPPTYPE_UINT64: return BoundsOfType<uint64_t>();
    case Field::CPPTYPE_FLOAT: return BoundsOfType<float>();
    default: return BoundsOfType<double>();
  }
}

bool IsNumeric(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_INT32:
    case Field::CPPTYPE_INT64:
    case Field::CPPTYPE_UINT32:
    case Field::CPPTYPE_UINT64:
    case Field::CPPTYPE_FLOAT:
    case Field::CPPTYPE_DOUBLE: return true;
    default: return false;
  }
}

bool IsReal(const Field& field) {
  return field.cpp_type() == Field::CPPTYPE_FLOAT || field.cpp_type() == Field::CPPTYPE_DOUBLE;
}

// A float bound such as 0.1 is compared as the float it will be.
double AsField(double value, const Field& field) {
  return field.cpp_type() == Field::CPPTYPE_FLOAT ? static_cast<double>(static_cast<float>(value)) : value;
}

std::string NumberWords(double value) {
  return std::floor(value) == value && std::fabs(value) < 1e15 ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

struct RangeEnds {
  std::string min, max;
};

RangeEnds EndsOf(const Field& field, const v1::OptionRules& rules, bool with_type) {
  RangeEnds ends;
  if (rules.has_min()) ends.min = NumberWords(rules.min());
  if (rules.has_max()) ends.max = NumberWords(rules.max());
  if (!with_type || IsReal(field)) return ends;
  const Bounds bounds = TypeBounds(field);
  if (ends.min.empty()) ends.min = fmt::format("{:.0f}", bounds.min);
  if (ends.max.empty()) ends.max = fmt::format("{:.0f}", bounds.max);
  return ends;
}

Status OutOfRange(const Reading& reading) {
  const std::string range = RangeWords(reading.field, reading.rules, true);
  return Wrong(Found(reading) + " is out of range" + (range.empty() ? "" : "; " + range + " is accepted"));
}

bool MayBeNumber(const YamlNode& node) { return node.kind == YamlNode::Kind::kScalar && !IsQuotedText(node); }

std::string_view WithoutPlus(std::string_view text) {
  return text.size() > 1 && text[0] == '+' && text[1] != '-' ? text.substr(1) : text;
}

enum class Parse { kOk, kNoNumber, kTooBig };

template <typename T, typename... Format>
Parse ParseAll(std::string_view text, T& value, Format... format) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, format...);
  if (error == std::errc::invalid_argument || end != text.data() + text.size()) return Parse::kNoNumber;
  return error == std::errc::result_out_of_range ? Parse::kTooBig : Parse::kOk;
}

template <typename T>
Result<OptionValue> ReadInteger(const Reading& reading) {
  if (!MayBeNumber(reading.node)) return WrongType(reading);
  std::string_view text = WithoutPlus(reading.node.text);
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  uint64_t magnitude = 0;
  const bool hexadecimal = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  const Parse parsed = hexadecimal ? ParseAll(text.substr(2), magnitude, 16) : ParseAll(text, magnitude, 10);
  if (parsed == Parse::kNoNumber) return WrongType(reading);
  const long double value = negative ? -static_cast<long double>(magnitude) : static_cast<long double>(magnitude);
  const Bounds bounds = TypeBounds(reading.field);
  const v1::OptionRules& rules = reading.rules;
  if (parsed == Parse::kTooBig || value < bounds.min || value > bounds.max || (rules.has_min() && value < rules.min()) ||
      (rules.has_max() && value > rules.max()))
    return OutOfRange(reading);
  return OptionValue(static_cast<T>(value));
}

template <typename T>
Result<OptionValue> ReadReal(const Reading& reading) {
  if (!MayBeNumber(reading.node)) return WrongType(reading);
  std::string_view text = WithoutPlus(reading.node.text);
  double value = 0;
  const Parse parsed = ParseAll(text, value, std::chars_format::general);
  // from_chars takes "nan" and "inf"; no option means anything by them.
  if (parsed == Parse::kNoNumber || !std::isfinite(value)) return WrongType(reading);
  const v1::OptionRules& rules = reading.rules;
  const double rounded = AsField(value, reading.field);
  if (parsed == Parse::kTooBig || std::fabs(static_cast<long double>(value)) > TypeBounds(reading.field).max ||
      (rules.has_min() && rounded < AsField(rules.min(), reading.field)) || (rules.has_max() && rounded > AsField(rules.max(), reading.field)))
    return OutOfRange(reading);
  return OptionValue(static_cast<T>(value));
}

Result<OptionValue> ReadBool(const Reading& reading) {
  if (!MayBeNumber(reading.node) || (reading.node.text != "true" && reading.node.text != "false")) return WrongType(reading);
  return OptionValue(reading.node.text == "true");
}

Result<OptionValue> ReadEnum(const Reading& reading) {
  const pb::EnumValueDescriptor* value =
      reading.node.kind == YamlNode::Kind::kScalar ? FindEnumValue(*reading.field.enum_type(), reading.node.text) : nullptr;
  if (value != nullptr) return OptionValue(static_cast<int32_t>(value->number()));
  const std::vector<std::string> words = EnumWords(*reading.field.enum_type());
  const std::string nearest = reading.node.kind == YamlNode::Kind::kScalar ? Nearest(reading.node.text, words) : "";
  const std::string meant = nearest.empty() ? "" : "; did you mean " + Quote(nearest) + "?";
  return Wrong("one of " + JoinNames(words) + " is wanted, found " + Found(reading) + meant);
}

Status CheckMatches(const Reading& reading) {
  const v1::OptionRules& rules = reading.rules;
  const RE2 pattern(rules.pattern(), RE2::Quiet);
  if (!pattern.ok()) return Wrong("the plugin's own pattern " + Quote(rules.pattern()) + " is broken: " + pattern.error());
  if (RE2::FullMatch(reading.node.text, pattern)) return OkStatus();
  return Wrong(Found(reading) + " does not have the form that is accepted, " + Quote(rules.pattern()));
}

Status CheckRegex(const Reading& reading) {
  const v1::OptionRules& rules = reading.rules;
  const RE2 expression(reading.node.text, RE2::Quiet);
  if (expression.ok()) return OkStatus();
  // The library's words quote the expression.
  const std::string why = rules.secret() ? "" : "; RE2 says " + Quote(expression.error());
  return Wrong(Found(reading) + " is no regular expression" + why);
}

Status CheckFile(const Reading& reading, const std::string& folder) {
  namespace fs = std::filesystem;
  const fs::path given = reading.node.text;
  std::error_code error;
  const fs::file_status status = fs::status(fs::path(folder) / given, error);
  if (fs::is_directory(status)) return Wrong(Found(reading) + " is a folder; a file is wanted");
  if (!fs::exists(status))
    return Wrong(Found(reading) + " is not there" + (given.is_absolute() ? "" : "; relative paths start at the manifest's folder"));
  return OkStatus();
}

Result<OptionValue> ReadText(const Reading& reading, const std::string& folder) {
  if (reading.node.kind == YamlNode::Kind::kNull) return Wrong("a text is wanted, found no value; \"\" is the empty text");
  if (reading.node.kind != YamlNode::Kind::kScalar) return WrongType(reading);
  const v1::OptionRules& rules = reading.rules;
  Status status;
  if (rules.has_pattern()) status = CheckMatches(reading);
  if (status.ok() && rules.is_regex()) status = CheckRegex(reading);
  if (status.ok() && rules.file()) status = CheckFile(reading, folder);
  if (!status.ok()) return status;
  return OptionValue(reading.node.text);
}

}  // namespace

Result<OptionValue> ReadOptionValue(const YamlNode& node, const Field& field, const v1::OptionRules& rules,
                                    const std::string& folder) {
  const Reading reading{node, field, rules};
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return ReadBool(reading);
    case Field::CPPTYPE_INT32: return ReadInteger<int32_t>(reading);
    case Field::CPPTYPE_INT64: return ReadInteger<int64_t>(reading);
    case Field::CPPTYPE_UINT32: return ReadInteger<uint32_t>(reading);
    case Field::CPPTYPE_UINT64: return ReadInteger<uint64_t>(reading);
    case Field::CPPTYPE_FLOAT: return ReadReal<float>(reading);
    case Field::CPPTYPE_DOUBLE: return ReadReal<double>(reading);
    case Field::CPPTYPE_ENUM: return ReadEnum(reading);
    case Field::CPPTYPE_STRING: return ReadText(reading, folder);
    case Field::CPPTYPE_MESSAGE: break;
  }
  return WrongType(reading);
}

std::string TypeWords(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return "true or false";
    case Field::CPPTYPE_FLOAT:
    case Field::CPPTYPE_DOUBLE: return "a number";
    case Field::CPPTYPE_ENUM: return "one of " + JoinNames(EnumWords(*field.enum_type()));
    case Field::CPPTYPE_STRING: return "a text";
    case Field::CPPTYPE_MESSAGE: return "a map";
    default: return "a whole number";
  }
}

std::string RangeWords(const Field& field, const v1::OptionRules& rules, bool with_type) {
  if (!IsNumeric(field)) return "";
  const RangeEnds ends = EndsOf(field, rules, with_type);
  if (ends.min.empty() && ends.max.empty()) return "";
  if (ends.max.empty()) return "at least " + ends.min;
  if (ends.min.empty()) return "at most " + ends.max;
  return ends.min + " to " + ends.max;
}

}  // namespace garner
