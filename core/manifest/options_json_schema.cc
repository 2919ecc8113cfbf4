#include "core/manifest/options_json_schema.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

#include "core/manifest/ecma_pattern.h"
#include "core/manifest/options_doc.h"
#include "core/manifest/options_schema.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

// More are taken for maps of anything: a file that was made to be a nuisance must not be one.
constexpr size_t kMaxMessages = 200;
constexpr int kMaxOneofFields = 100;

bool IsRequired(const Field& field) { return RulesOf(field).required() || field.is_required(); }

SchemaJson NumberJson(double value) {
  if (std::floor(value) != value || std::fabs(value) >= 1e15) return value;
  return static_cast<int64_t>(value);
}

template <typename T>
SchemaJson IntegerSchema(const v1::OptionRules& rules) {
  SchemaJson schema = {{"type", "integer"}};
  const auto min = std::numeric_limits<T>::min();
  const auto max = std::numeric_limits<T>::max();
  schema["minimum"] = rules.has_min() && rules.min() > static_cast<double>(min) ? NumberJson(rules.min()) : SchemaJson(min);
  schema["maximum"] = rules.has_max() && rules.max() < static_cast<double>(max) ? NumberJson(rules.max()) : SchemaJson(max);
  return schema;
}

SchemaJson RealSchema(const Field& field, const v1::OptionRules& rules) {
  SchemaJson schema = {{"type", "number"}};
  const bool small = field.cpp_type() == Field::CPPTYPE_FLOAT;
  if (rules.has_min())
    schema["minimum"] = NumberJson(rules.min());
  else if (small)
    schema["minimum"] = static_cast<double>(std::numeric_limits<float>::lowest());
  if (rules.has_max())
    schema["maximum"] = NumberJson(rules.max());
  else if (small)
    schema["maximum"] = static_cast<double>(std::numeric_limits<float>::max());
  return schema;
}

// What a YAML reader makes of the plain word, where that is no text: 12, true.
SchemaJson PlainValue(const std::string& word) {
  if (word == "true" || word == "false") return word == "true";
  int64_t whole = 0;
  const char* end = word.data() + word.size();
  if (const auto [at, error] = std::from_chars(word.data(), end, whole); at == end && error == std::errc()) return whole;
  double real = 0;
  if (const auto [at, error] = std::from_chars(word.data(), end, real); at == end && error == std::errc() && std::isfinite(real))
    return real;
  return nullptr;
}

// A choice of words, in quotes or plain.
SchemaJson ChoiceSchema(const std::vector<std::string>& words) {
  SchemaJson choice = WordsSchema(words);
  for (const std::string& word : words)
    if (SchemaJson plain = PlainValue(word); !plain.is_null()) choice["enum"].push_back(std::move(plain));
  return choice;
}

// Editors complete the words; any case of them is taken, and so is the value's full name.
SchemaJson EnumSchema(const pb::EnumDescriptor& type) {
  std::vector<std::string> accepted = EnumWords(type);
  SchemaJson schema = {{"anyOf", SchemaJson::array({ChoiceSchema(accepted)})}};
  for (int i = 0; i < type.value_count(); ++i)
    if (FindEnumValue(type, type.value(i)->name()) != nullptr) accepted.push_back(type.value(i)->name());
  schema["anyOf"].push_back({{"type", "string"}, {"pattern", AnyCasePattern(accepted)}});
  return schema;
}

// Whatever stands plain in YAML may be a text: 12, 1.0, true. Those are not compared with a form.
SchemaJson TextSchema(const v1::OptionRules& rules) {
  if (!rules.has_pattern()) return Ref(kTextRef);
  if (const std::vector<std::string> words = PatternWords(rules.pattern()); !words.empty()) return ChoiceSchema(words);
  SchemaJson schema = {{"type", {"string", "number", "boolean"}}};
  if (const std::optional<std::string> pattern = EcmaPattern(rules.pattern())) schema["pattern"] = *pattern;
  return schema;
}

SchemaJson DefaultOf(const Field& field) {
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL:
      return field.default_value_bool();
    case Field::CPPTYPE_INT32:
      return field.default_value_int32();
    case Field::CPPTYPE_INT64:
      return field.default_value_int64();
    case Field::CPPTYPE_UINT32:
      return field.default_value_uint32();
    case Field::CPPTYPE_UINT64:
      return field.default_value_uint64();
    // As it was written, and not as the nearest double to the nearest float.
    case Field::CPPTYPE_FLOAT:
      return std::strtod(fmt::format("{}", field.default_value_float()).c_str(), nullptr);
    case Field::CPPTYPE_DOUBLE:
      return field.default_value_double();
    case Field::CPPTYPE_ENUM:
      return EnumWord(*field.default_value_enum());
    case Field::CPPTYPE_STRING:
      return field.default_value_string();
    case Field::CPPTYPE_MESSAGE:
      break;
  }
  return nullptr;
}

class SchemaWriter {
 public:
  SchemaWriter(const PluginFile& plugin, SchemaJson& defs) : prefix_("options." + plugin.manifest.name()), defs_(defs) {
    for (OptionDoc& option : DescribeOptions(plugin)) docs_.emplace(option.name, std::move(option));
  }

  // The name of the message's schema among the definitions. A message that holds itself refers to itself.
  std::string Add(const pb::Descriptor& type, const std::string& path) {
    if (const auto known = names_.find(&type); known != names_.end()) return known->second;
    const std::string name = names_.empty() ? prefix_ : prefix_ + "." + NameInFile(type);
    if (names_.size() == kMaxMessages) return AddAnyMap();
    names_[&type] = name;
    defs_[name] = nullptr;  // its place, before those that it refers to
    SchemaJson schema = MessageSchema(type, path);
    defs_[name] = std::move(schema);
    return name;
  }

 private:
  std::string AddAnyMap() {
    const std::string name = prefix_ + ".any";
    defs_[name] = {{"type", "object"}};
    return name;
  }

  // "Rule", "Rule.Part" for one inside another.
  static std::string NameInFile(const pb::Descriptor& type) {
    const std::string& package = type.file()->package();
    return package.empty() ? type.full_name() : type.full_name().substr(package.size() + 1);
  }

  SchemaJson MessageSchema(const pb::Descriptor& type, const std::string& path) {
    SchemaJson schema = {{"type", "object"}, {"properties", SchemaJson::object()}, {"additionalProperties", false}};
    SchemaJson required = SchemaJson::array();
    for (int i = 0; i < type.field_count(); ++i) {
      const Field& field = *type.field(i);
      schema["properties"][field.name()] = Documented(field, path + field.name());
      if (IsRequired(field)) required.push_back(field.name());
    }
    if (!required.empty()) schema["required"] = required;
    AddOneofs(type, schema);
    return schema;
  }

  // Of each only one field may be set.
  static void AddOneofs(const pb::Descriptor& type, SchemaJson& schema) {
    SchemaJson pairs = SchemaJson::array();
    for (int i = 0; i < type.real_oneof_decl_count(); ++i) {
      const pb::OneofDescriptor& oneof = *type.oneof_decl(i);
      if (oneof.field_count() > kMaxOneofFields) continue;
      for (int a = 0; a < oneof.field_count(); ++a)
        for (int b = a + 1; b < oneof.field_count(); ++b)
          pairs.push_back({{"required", {oneof.field(a)->name(), oneof.field(b)->name()}}});
    }
    if (!pairs.empty()) schema["not"] = {{"anyOf", pairs}};
  }

  SchemaJson Documented(const Field& field, const std::string& path) {
    SchemaJson schema;
    if (const auto doc = docs_.find(path); doc != docs_.end()) {
      schema["description"] = doc->second.doc + (doc->second.doc.empty() ? "" : "\n\n") + "Takes: " + Takes(doc->second);
      if (doc->second.secret) schema["writeOnly"] = true;
    }
    if (field.has_default_value()) schema["default"] = DefaultOf(field);
    schema.update(FieldSchema(field, path));
    return schema;
  }

  SchemaJson FieldSchema(const Field& field, const std::string& path) {
    if (field.is_map()) return MapSchema(field, path);
    const SchemaJson one = ValueSchema(field, RulesOf(field), path + (field.is_repeated() ? "[]." : "."));
    if (!field.is_repeated()) return one;
    SchemaJson list = {{"type", "array"}, {"items", one}};
    if (IsRequired(field)) list["minItems"] = 1;
    return {{"anyOf", SchemaJson::array({list, one})}};  // one value stands for a list of one
  }

  SchemaJson MapSchema(const Field& field, const std::string& path) {
    const Field& key = *field.message_type()->map_key();
    SchemaJson schema = {{"type", "object"}};
    if (key.cpp_type() == Field::CPPTYPE_BOOL)
      schema["propertyNames"] = WordsSchema({"true", "false"});
    else if (key.cpp_type() != Field::CPPTYPE_STRING)
      schema["propertyNames"] = {{"pattern", "^[+-]?(?:[0-9]+|0[xX][0-9A-Fa-f]+)$"}};
    schema["additionalProperties"] = ValueSchema(*field.message_type()->map_value(), RulesOf(field), path + ".*.");
    return schema;
  }

  SchemaJson ValueSchema(const Field& field, const v1::OptionRules& rules, const std::string& path) {
    switch (field.cpp_type()) {
      case Field::CPPTYPE_BOOL:
        return SwitchSchema();
      case Field::CPPTYPE_INT32:
        return OrVariable(IntegerSchema<int32_t>(rules));
      case Field::CPPTYPE_INT64:
        return OrVariable(IntegerSchema<int64_t>(rules));
      case Field::CPPTYPE_UINT32:
        return OrVariable(IntegerSchema<uint32_t>(rules));
      case Field::CPPTYPE_UINT64:
        return OrVariable(IntegerSchema<uint64_t>(rules));
      case Field::CPPTYPE_FLOAT:
      case Field::CPPTYPE_DOUBLE:
        return OrVariable(RealSchema(field, rules));
      case Field::CPPTYPE_ENUM:
        return OrVariable(EnumSchema(*field.enum_type()));
      case Field::CPPTYPE_STRING:
        return rules.has_pattern() ? OrVariable(TextSchema(rules)) : TextSchema(rules);
      case Field::CPPTYPE_MESSAGE:
        return Ref("#/$defs/" + Add(*field.message_type(), path));
    }
    return SchemaJson::object();
  }

  const std::string prefix_;
  SchemaJson& defs_;
  std::map<std::string, OptionDoc> docs_;
  std::map<const pb::Descriptor*, std::string> names_;
};

}  // namespace

SchemaJson Ref(const std::string& target) { return {{"$ref", target}}; }

SchemaJson OrVariable(SchemaJson schema) {
  SchemaJson choices = SchemaJson::array();
  if (schema.size() == 1 && schema.contains("anyOf")) {
    choices = std::move(schema["anyOf"]);
  } else {
    choices.push_back(std::move(schema));
  }
  choices.push_back(Ref(kVariableRef));
  return {{"anyOf", std::move(choices)}};
}

SchemaJson WordsSchema(const std::vector<std::string>& words) { return {{"enum", words}}; }

SchemaJson SwitchSchema() { return OrVariable({{"type", "boolean"}}); }

std::string AddOptionsSchema(const PluginFile& plugin, SchemaJson& defs) {
  const OptionsSchema options(plugin);
  if (options.message() != nullptr) return SchemaWriter(plugin, defs).Add(*options.message(), "");
  const std::string name = "options." + plugin.manifest.name();
  defs[name] = {{"type", "object"}};
  return name;
}

bool NeedsOptions(const PluginFile& plugin) {
  const OptionsSchema options(plugin);
  if (options.message() == nullptr) return false;
  for (int i = 0; i < options.message()->field_count(); ++i)
    if (IsRequired(*options.message()->field(i))) return true;
  return false;
}

}  // namespace garner
