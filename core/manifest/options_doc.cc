#include "core/manifest/options_doc.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/manifest/option_value.h"
#include "core/manifest/options_schema.h"
#include "garner/utf8.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

constexpr size_t kMaxOptions = 1000;

// With an 's' it is the plural.
std::string TypeNoun(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_FLOAT:
    case Field::CPPTYPE_DOUBLE: return "number";
    case Field::CPPTYPE_STRING: return "text";
    case Field::CPPTYPE_MESSAGE: return "map";
    default: return "whole number";
  }
}

std::string TypeOf(const Field& field) {
  if (field.is_map()) {
    const Field& value = *field.message_type()->map_value();
    const bool choice = value.cpp_type() == Field::CPPTYPE_BOOL || value.cpp_type() == Field::CPPTYPE_ENUM;
    return "map from " + TypeNoun(*field.message_type()->map_key()) + "s to " + (choice ? TypeWords(value) : TypeNoun(value) + "s");
  }
  if (field.cpp_type() == Field::CPPTYPE_BOOL || field.cpp_type() == Field::CPPTYPE_ENUM)
    return (field.is_repeated() ? "list, each " : "") + TypeWords(field);
  return field.is_repeated() ? "list of " + TypeNoun(field) + "s" : TypeNoun(field);
}

std::string QuotedText(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string DefaultOf(const Field& field) {
  if (!field.has_default_value()) return "";
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return field.default_value_bool() ? "true" : "false";
    case Field::CPPTYPE_INT32: return fmt::format("{}", field.default_value_int32());
    case Field::CPPTYPE_INT64: return fmt::format("{}", field.default_value_int64());
    case Field::CPPTYPE_UINT32: return fmt::format("{}", field.default_value_uint32());
    case Field::CPPTYPE_UINT64: return fmt::format("{}", field.default_value_uint64());
    case Field::CPPTYPE_FLOAT: return fmt::format("{}", field.default_value_float());
    case Field::CPPTYPE_DOUBLE: return fmt::format("{}", field.default_value_double());
    case Field::CPPTYPE_ENUM: return EnumWord(*field.default_value_enum());
    case Field::CPPTYPE_STRING: return QuotedText(field.default_value_string());
    case Field::CPPTYPE_MESSAGE: break;
  }
  return "";
}

// Runs of white space as one space.
std::string AsParagraph(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsSpace(cp.value)) {
      out += text.substr(at, cp.size);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    at += cp.size;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string CommentOf(const Field& field) {
  pb::SourceLocation location;
  if (!field.GetSourceLocation(&location)) return "";
  return AsParagraph(location.leading_comments.empty() ? location.trailing_comments : location.leading_comments);
}

OptionDoc DescribeField(const Field& field, const std::string& name) {
  const v1::OptionRules& rules = RulesOf(field);
  const Field& value = field.is_map() ? *field.message_type()->map_value() : field;
  OptionDoc doc;
  doc.name = name;
  doc.type = TypeOf(field);
  doc.default_value = DefaultOf(field);
  doc.range = RangeWords(value, rules, false);
  doc.unit = rules.unit();
  doc.doc = CommentOf(field);
  doc.pattern = rules.pattern();
  doc.is_regex = rules.is_regex();
  doc.file = rules.file();
  doc.required = rules.required() || field.is_required();
  doc.secret = rules.secret();
  if (value.cpp_type() == Field::CPPTYPE_ENUM) doc.values = EnumWords(*value.enum_type());
  if (value.cpp_type() == Field::CPPTYPE_BOOL) doc.values = {"true", "false"};
  return doc;
}

// `inside` are the messages around this one: one that contains itself is described once.
void DescribeMessage(const pb::Descriptor& type, const std::string& prefix, std::vector<const pb::Descriptor*>& inside,
                     std::vector<OptionDoc>& out) {
  inside.push_back(&type);
  for (int i = 0; i < type.field_count() && out.size() < kMaxOptions; ++i) {
    const Field& field = *type.field(i);
    const std::string name = prefix + field.name();
    out.push_back(DescribeField(field, name));
    const Field& value = field.is_map() ? *field.message_type()->map_value() : field;
    if (value.cpp_type() != Field::CPPTYPE_MESSAGE) continue;
    if (std::find(inside.begin(), inside.end(), value.message_type()) != inside.end()) continue;
    DescribeMessage(*value.message_type(), name + (field.is_map() ? ".*." : field.is_repeated() ? "[]." : "."), inside, out);
  }
  inside.pop_back();
}

}  // namespace

std::string Takes(const OptionDoc& option) {
  std::string out = option.type;
  if (!option.range.empty()) out += ", " + option.range;
  if (!option.unit.empty()) out += (option.range.empty() ? ", " : " ") + option.unit;
  if (option.is_regex) out += ", a regular expression (RE2)";
  if (option.file) out += ", the path of a file";
  if (!option.pattern.empty()) out += ", matching `" + option.pattern + "`";
  if (option.secret) out += ", secret";
  return out;
}

std::vector<OptionDoc> DescribeOptions(const PluginFile& plugin) {
  const OptionsSchema schema(plugin);
  std::vector<OptionDoc> options;
  std::vector<const pb::Descriptor*> inside;
  if (schema.message() != nullptr) DescribeMessage(*schema.message(), "", inside, options);
  return options;
}

}  // namespace garner
