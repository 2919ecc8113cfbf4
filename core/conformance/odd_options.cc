#include "core/conformance/odd_options.h"

#include <cstdint>
#include <limits>

#include "core/conformance/subject.h"

namespace garner {
namespace {

namespace pb = google::protobuf;
using Field = pb::FieldDescriptor;

// In the form of YAML's flow style.
std::vector<std::string> OddNumbers(const Field& field) {
  const v1::OptionRules& rules = RulesOf(field);
  std::vector<std::string> values = {"0", "1", "-1", "2147483647", "4294967295", "9223372036854775807", "18446744073709551615", "0.5", "1e300", "-1e300"};
  const auto add = [&](double value) {
    const bool whole = field.cpp_type() != Field::CPPTYPE_DOUBLE && field.cpp_type() != Field::CPPTYPE_FLOAT;
    values.push_back(whole ? std::to_string(static_cast<int64_t>(value)) : std::to_string(value));
  };
  if (rules.has_min()) add(rules.min());
  if (rules.has_max()) add(rules.max());
  return values;
}

std::vector<std::string> OddTexts(const Field& field, bool for_source) {
  std::vector<std::string> values = {"\"\"", "\"a/b/c\"", "\"%s%n\"", "\"\\u00e4\\u4e2d\"", "\"a\\nb\"", "\"(\""};
  values.push_back("\"" + std::string(5000, 'x') + "\"");
  if (!for_source) values.insert(values.end(), {"\".\"", "\"..\"", "\"../outside\"", "\"/\""});
  if (RulesOf(field).has_pattern()) {
    // Words of a pattern that is a choice.
    std::string word;
    for (const char c : RulesOf(field).pattern() + "|") {
      if (c != '|') {
        word += c;
        continue;
      }
      values.push_back("\"" + word + "\"");
      word.clear();
    }
  }
  return values;
}

std::vector<std::string> OddValues(const Field& field, bool for_source) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return {"true", "false"};
    case Field::CPPTYPE_ENUM: return EnumWords(*field.enum_type());
    case Field::CPPTYPE_STRING: return OddTexts(field, for_source);
    case Field::CPPTYPE_MESSAGE: return {"{}"};
    default: return OddNumbers(field);
  }
}

std::string AsList(const Field& field, const std::string& value) {
  if (!field.is_repeated() || field.is_map()) return value;
  return "[" + value + ", " + value + "]";
}

// "{a: 1}" and "b: 2" are "{a: 1, b: 2}".
std::string Join(const std::string& base, const std::string& entry) {
  const size_t open = base.find('{');
  const size_t close = base.rfind('}');
  if (open == std::string::npos || close == std::string::npos || base.find_first_not_of(" ", open + 1) == close) return "{" + entry + "}";
  return base.substr(0, close) + ", " + entry + "}";
}

}  // namespace

std::vector<OddOptions> MakeOddOptions(OptionsSchema& schema, const std::string& base, const std::string& folder, bool for_source) {
  std::vector<OddOptions> odd;
  if (schema.message() == nullptr) return odd;
  for (int i = 0; i < schema.message()->field_count(); ++i) {
    const Field& field = *schema.message()->field(i);
    for (const std::string& value : OddValues(field, for_source)) {
      const std::string yaml = Join(base, field.name() + ": " + AsList(field, value));
      Result<std::string> serialised = OptionsFromYaml(yaml, folder, schema);
      if (serialised.ok()) odd.push_back({yaml, *std::move(serialised)});
    }
  }
  return odd;
}

}  // namespace garner
