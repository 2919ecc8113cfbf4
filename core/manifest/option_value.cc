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
#include "garner/v1/plugin.pb.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

Status Wrong(std::string message) { return Status(StatusKind::kConfig, std::move(message)); }

// The value in quotes; never that of a secret.
std::string Found(const YamlNode& node, const Field& field) {
  if (node.kind == YamlNode::Kind::kScalar && RulesOf(field).secret()) return "a text";
  return Describe(node);
}

Status WrongType(const YamlNode& node, const Field& field) {
  return Wrong(fmt::format("{} is wanted, found {}", TypeWords(field), Found(node, field)));
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

RangeEnds EndsOf(const Field& field, bool with_type) {
  const v1::OptionRules& rules = RulesOf(field);
  RangeEnds ends;
  if (rules.has_min()) ends.min = NumberWords(rules.min());
  if (rules.has_max()) ends.max = NumberWords(rules.max());
  if (!with_type || IsReal(field)) return ends;
  const Bounds bounds = TypeBounds(field);
  if (ends.min.empty()) ends.min = fmt::format("{:.0f}", bounds.min);
  if (ends.max.empty()) ends.max = fmt::format("{:.0f}", bounds.max);
  return ends;
}

Status OutOfRange(const YamlNode& node, const Field& field) {
  const std::string range = RangeWords(field, true);
  return Wrong(Found(node, field) + " is out of range" + (range.empty() ? "" : "; " + range + " is accepted"));
}

// A number may come from plain text or from a variable; quotes make a text.
bool MayBeNumber(const YamlNode& node) {
  return node.kind == YamlNode::Kind::kScalar && (!node.quoted || node.interpolated);
}

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
Result<OptionValue> ReadInteger(const YamlNode& node, const Field& field) {
  if (!MayBeNumber(node)) return WrongType(node, field);
  std::string_view text = WithoutPlus(node.text);
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  uint64_t magnitude = 0;
  const bool hexadecimal = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  const Parse parsed = hexadecimal ? ParseAll(text.substr(2), magnitude, 16) : ParseAll(text, magnitude, 10);
  if (parsed == Parse::kNoNumber) return WrongType(node, field);
  const long double value = negative ? -static_cast<long double>(magnitude) : static_cast<long double>(magnitude);
  const Bounds bounds = TypeBounds(field);
  const v1::OptionRules& rules = RulesOf(field);
  if (parsed == Parse::kTooBig || value < bounds.min || value > bounds.max || (rules.has_min() && value < rules.min()) ||
      (rules.has_max() && value > rules.max()))
    return OutOfRange(node, field);
  return OptionValue(static_cast<T>(value));
}

template <typename T>
Result<OptionValue> ReadReal(const YamlNode& node, const Field& field) {
  if (!MayBeNumber(node)) return WrongType(node, field);
  std::string_view text = WithoutPlus(node.text);
  double value = 0;
  const Parse parsed = ParseAll(text, value, std::chars_format::general);
  // from_chars takes "nan" and "inf"; no option means anything by them.
  if (parsed == Parse::kNoNumber || !std::isfinite(value)) return WrongType(node, field);
  const v1::OptionRules& rules = RulesOf(field);
  const double rounded = AsField(value, field);
  if (parsed == Parse::kTooBig || std::fabs(static_cast<long double>(value)) > TypeBounds(field).max ||
      (rules.has_min() && rounded < AsField(rules.min(), field)) || (rules.has_max() && rounded > AsField(rules.max(), field)))
    return OutOfRange(node, field);
  return OptionValue(static_cast<T>(value));
}

Result<OptionValue> ReadBool(const YamlNode& node, const Field& field) {
  if (!MayBeNumber(node) || (node.text != "true" && node.text != "false")) return WrongType(node, field);
  return OptionValue(node.text == "true");
}

Result<OptionValue> ReadEnum(const YamlNode& node, const Field& field) {
  const pb::EnumValueDescriptor* value =
      node.kind == YamlNode::Kind::kScalar ? FindEnumValue(*field.enum_type(), node.text) : nullptr;
  if (value != nullptr) return OptionValue(static_cast<int32_t>(value->number()));
  const std::vector<std::string> words = EnumWords(*field.enum_type());
  const std::string nearest = node.kind == YamlNode::Kind::kScalar ? Nearest(node.text, words) : "";
  const std::string meant = nearest.empty() ? "" : "; did you mean " + Quote(nearest) + "?";
  return Wrong("one of " + JoinNames(words) + " is wanted, found " + Found(node, field) + meant);
}

Status CheckMatches(const YamlNode& node, const Field& field) {
  const v1::OptionRules& rules = RulesOf(field);
  const RE2 pattern(rules.pattern(), RE2::Quiet);
  if (!pattern.ok()) return Wrong("the plugin's own pattern " + Quote(rules.pattern()) + " is broken: " + pattern.error());
  if (RE2::FullMatch(node.text, pattern)) return OkStatus();
  return Wrong(Found(node, field) + " does not have the form that is accepted, " + Quote(rules.pattern()));
}

Status CheckRegex(const YamlNode& node, const Field& field) {
  const RE2 expression(node.text, RE2::Quiet);
  if (expression.ok()) return OkStatus();
  return Wrong(Found(node, field) + " is no regular expression (RE2): " + expression.error());
}

Status CheckFile(const YamlNode& node, const std::string& folder) {
  namespace fs = std::filesystem;
  const fs::path path = fs::path(folder) / node.text;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return Wrong(Quote(path.string()) + " is a folder; a file is wanted");
  if (!fs::exists(status)) return Wrong("there is no file " + Quote(path.string()));
  return OkStatus();
}

Result<OptionValue> ReadText(const YamlNode& node, const Field& field, const std::string& folder) {
  if (node.kind == YamlNode::Kind::kNull) return Wrong("a text is wanted, found no value; \"\" is the empty text");
  if (node.kind != YamlNode::Kind::kScalar) return WrongType(node, field);
  const v1::OptionRules& rules = RulesOf(field);
  Status status;
  if (rules.has_pattern()) status = CheckMatches(node, field);
  if (status.ok() && rules.is_regex()) status = CheckRegex(node, field);
  if (status.ok() && rules.file()) status = CheckFile(node, folder);
  if (!status.ok()) return status;
  return OptionValue(node.text);
}

}  // namespace

Result<OptionValue> ReadOptionValue(const YamlNode& node, const Field& field, const std::string& folder) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return ReadBool(node, field);
    case Field::CPPTYPE_INT32: return ReadInteger<int32_t>(node, field);
    case Field::CPPTYPE_INT64: return ReadInteger<int64_t>(node, field);
    case Field::CPPTYPE_UINT32: return ReadInteger<uint32_t>(node, field);
    case Field::CPPTYPE_UINT64: return ReadInteger<uint64_t>(node, field);
    case Field::CPPTYPE_FLOAT: return ReadReal<float>(node, field);
    case Field::CPPTYPE_DOUBLE: return ReadReal<double>(node, field);
    case Field::CPPTYPE_ENUM: return ReadEnum(node, field);
    case Field::CPPTYPE_STRING: return ReadText(node, field, folder);
    case Field::CPPTYPE_MESSAGE: break;
  }
  return WrongType(node, field);
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

std::string RangeWords(const Field& field, bool with_type) {
  if (!IsNumeric(field)) return "";
  const RangeEnds ends = EndsOf(field, with_type);
  if (ends.min.empty() && ends.max.empty()) return "";
  if (ends.max.empty()) return "at least " + ends.min;
  if (ends.min.empty()) return "at most " + ends.max;
  return ends.min + " to " + ends.max;
}

}  // namespace garner
