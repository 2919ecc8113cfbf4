#include "core/manifest/option_reader.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <variant>

#include "core/manifest/nearest.h"
#include "core/manifest/option_value.h"
#include "core/manifest/options_schema.h"
#include "core/manifest/quote.h"
#include "garner/v1/plugin.pb.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

// Sets a field, or adds to a list.
class Assign {
 public:
  Assign(pb::Message& message, const Field& field) : message_(message), field_(field), to_(*message.GetReflection()) {}

  void operator()(bool v) { field_.is_repeated() ? to_.AddBool(&message_, &field_, v) : to_.SetBool(&message_, &field_, v); }
  void operator()(int32_t v) {
    if (field_.cpp_type() == Field::CPPTYPE_ENUM)
      field_.is_repeated() ? to_.AddEnumValue(&message_, &field_, v) : to_.SetEnumValue(&message_, &field_, v);
    else
      field_.is_repeated() ? to_.AddInt32(&message_, &field_, v) : to_.SetInt32(&message_, &field_, v);
  }
  void operator()(int64_t v) { field_.is_repeated() ? to_.AddInt64(&message_, &field_, v) : to_.SetInt64(&message_, &field_, v); }
  void operator()(uint32_t v) { field_.is_repeated() ? to_.AddUInt32(&message_, &field_, v) : to_.SetUInt32(&message_, &field_, v); }
  void operator()(uint64_t v) { field_.is_repeated() ? to_.AddUInt64(&message_, &field_, v) : to_.SetUInt64(&message_, &field_, v); }
  void operator()(float v) { field_.is_repeated() ? to_.AddFloat(&message_, &field_, v) : to_.SetFloat(&message_, &field_, v); }
  void operator()(double v) { field_.is_repeated() ? to_.AddDouble(&message_, &field_, v) : to_.SetDouble(&message_, &field_, v); }
  void operator()(std::string v) {
    field_.is_repeated() ? to_.AddString(&message_, &field_, std::move(v)) : to_.SetString(&message_, &field_, std::move(v));
  }

 private:
  pb::Message& message_;
  const Field& field_;
  const pb::Reflection& to_;
};

class OptionReader {
 public:
  OptionReader(const OptionScope& scope, Mistakes& mistakes) : scope_(scope), mistakes_(mistakes) {}

  // `name` is where in the options this message stands: "" or "rules[2]".
  void ReadMessage(const YamlNode& node, const std::string& name, pb::Message& message) {
    const pb::Descriptor& type = *message.GetDescriptor();
    for (const YamlNode::Entry& entry : node.entries) {
      const Field* field = type.FindFieldByName(entry.key);
      if (field == nullptr) {
        Add(entry.place, UnknownName(entry.key, name, type));
      } else if (IsTakenByOneof(*field, message)) {
        Add(entry.place, fmt::format("option {}: only one of {} may be set", Quote(Join(name, entry.key)), OneofNames(*field)));
      } else {
        ReadField(*entry.value, Join(name, entry.key), *field, message);
      }
    }
    CheckRequired(node, name, type);
  }

  void CheckRequired(const YamlNode& node, const std::string& name, const pb::Descriptor& type) {
    for (int i = 0; i < type.field_count(); ++i) {
      const Field& field = *type.field(i);
      if (!RulesOf(field).required() && !field.is_required()) continue;
      const YamlNode::Entry* entry = node.Find(field.name());
      if (entry == nullptr && node.incomplete) continue;  // it may stand under the key that was refused
      if (entry == nullptr) {
        Add(node.place, fmt::format("option {} is missing; {} is required", Quote(Join(name, field.name())), Wanted(field)));
      } else if (field.is_repeated() && entry->value->kind == YamlNode::Kind::kList && entry->value->items.empty()) {
        Add(entry->place, fmt::format("option {} is empty; at least one value is required", Quote(Join(name, field.name()))));
      }
    }
  }

 private:
  static std::string Join(const std::string& name, const std::string& key) { return name.empty() ? key : name + "." + key; }

  static std::string Wanted(const Field& field) {
    if (field.is_map()) return "a map";
    return field.is_repeated() ? "a list (" + TypeWords(field) + " each)" : TypeWords(field);
  }

  static bool IsTakenByOneof(const Field& field, const pb::Message& message) {
    const pb::OneofDescriptor* oneof = field.real_containing_oneof();
    return oneof != nullptr && message.GetReflection()->HasOneof(message, oneof);
  }

  static std::string OneofNames(const Field& field) {
    std::vector<std::string> names;
    const pb::OneofDescriptor& oneof = *field.real_containing_oneof();
    for (int i = 0; i < oneof.field_count(); ++i) names.push_back(oneof.field(i)->name());
    return JoinNames(names);
  }

  // Where a name that is unknown here would be at home, one level down: "scoring.min_score".
  static std::string HomeOf(const std::string& key, const pb::Descriptor& type) {
    for (int i = 0; i < type.field_count(); ++i) {
      const Field& field = *type.field(i);
      if (field.cpp_type() != Field::CPPTYPE_MESSAGE || field.is_repeated()) continue;
      if (field.message_type()->FindFieldByName(key) != nullptr) return field.name() + "." + key;
    }
    return "";
  }

  static std::string UnknownName(const std::string& key, const std::string& name, const pb::Descriptor& type) {
    std::string message = "unknown option " + Quote(Join(name, key));
    const std::string home = HomeOf(key, type);
    if (!home.empty()) return message + "; did you mean " + Quote(Join(name, home)) + "?";
    if (type.field_count() == 0) return message + "; there are none";
    return message + SuggestNames(key, FieldNames(type));
  }

  void Add(const Place& place, std::string message) {
    mistakes_.Add(place.line == 0 && place.origin == Place::Origin::kManifest ? scope_.place : place, scope_.path, std::move(message));
  }

  void ReadField(const YamlNode& node, const std::string& name, const Field& field, pb::Message& message) {
    if (node.broken) return;
    if (field.is_map()) return ReadMap(node, name, field, message);
    if (field.is_repeated()) return ReadList(node, name, field, message);
    ReadOne(node, name, field, RulesOf(field), message);
  }

  // One scalar stands for a list of one.
  void ReadList(const YamlNode& node, const std::string& name, const Field& field, pb::Message& message) {
    if (node.kind != YamlNode::Kind::kList) {
      if (node.kind == YamlNode::Kind::kNull) return Add(node.place, WrongKind(node, name, field));
      return ReadOne(node, name, field, RulesOf(field), message);
    }
    for (size_t i = 0; i < node.items.size(); ++i)
      if (!node.items[i]->broken) ReadOne(*node.items[i], fmt::format("{}[{}]", name, i), field, RulesOf(field), message);
  }

  void ReadOne(const YamlNode& node, const std::string& name, const Field& field, const v1::OptionRules& rules,
               pb::Message& message) {
    if (field.cpp_type() == Field::CPPTYPE_MESSAGE) return ReadNested(node, name, field, message);
    Result<OptionValue> value = ReadOptionValue(node, field, rules, scope_.folder);
    if (!value.ok()) return Add(node.place, "option " + Quote(name) + ": " + value.status().message());
    std::visit(Assign(message, field), *std::move(value));
  }

  void ReadNested(const YamlNode& node, const std::string& name, const Field& field, pb::Message& message) {
    if (node.kind != YamlNode::Kind::kMap) return Add(node.place, WrongKind(node, name, field));
    const pb::Reflection& to = *message.GetReflection();
    ReadMessage(node, name, field.is_repeated() ? *to.AddMessage(&message, &field) : *to.MutableMessage(&message, &field));
  }

  void ReadMap(const YamlNode& node, const std::string& name, const Field& field, pb::Message& message) {
    if (node.kind != YamlNode::Kind::kMap) return Add(node.place, WrongKind(node, name, field));
    const Field& key_field = *field.message_type()->map_key();
    const Field& value_field = *field.message_type()->map_value();
    for (const YamlNode::Entry& entry : node.entries) {
      const std::string entry_name = Join(name, entry.key);
      YamlNode key_node;
      key_node.kind = YamlNode::Kind::kScalar;
      key_node.place = entry.place;
      key_node.text = entry.key;
      Result<OptionValue> key = ReadOptionValue(key_node, key_field, v1::OptionRules::default_instance(), scope_.folder);
      if (!key.ok()) {
        Add(entry.place, "option " + Quote(entry_name) + ": as a key, " + key.status().message());
        continue;
      }
      pb::Message& pair = *message.GetReflection()->AddMessage(&message, &field);
      std::visit(Assign(pair, key_field), *std::move(key));
      if (!entry.value->broken) ReadOne(*entry.value, entry_name, value_field, RulesOf(field), pair);
    }
  }

  static std::string WrongKind(const YamlNode& node, const std::string& name, const Field& field) {
    const bool secret = RulesOf(field).secret() && node.kind == YamlNode::Kind::kScalar;
    return fmt::format("option {}: {} is wanted, found {}", Quote(name), Wanted(field), secret ? "the text" : Describe(node));
  }

  const OptionScope& scope_;
  Mistakes& mistakes_;
};

}  // namespace

void ReadOptions(const YamlNode* node, const OptionScope& scope, pb::Message& message, Mistakes& mistakes) {
  static const YamlNode kNothing;
  if (node != nullptr && node->broken) return;
  OptionReader reader(scope, mistakes);
  if (node == nullptr) {
    reader.CheckRequired(kNothing, "", *message.GetDescriptor());
  } else if (node->kind == YamlNode::Kind::kMap) {
    reader.ReadMessage(*node, "", message);
  } else {
    mistakes.Add(node->place, scope.path, "options: a map of options is wanted, found " + Describe(*node));
  }
}

}  // namespace garner
