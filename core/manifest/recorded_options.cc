#include "core/manifest/recorded_options.h"

#include <fmt/format.h>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

#include <memory>

#include "core/manifest/options_schema.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

std::vector<const Field*> SetFields(const pb::Message& message) {
  std::vector<const Field*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// --- into the record ----------------------------------------------------------------------------------------------------------

void RemoveSecrets(const std::string& path, pb::Message& message, std::vector<std::string>& left_out) {
  const pb::Reflection& to = *message.GetReflection();
  for (const Field* field : SetFields(message)) {
    const std::string name = path.empty() ? field->name() : path + "." + field->name();
    if (RulesOf(*field).secret()) {
      to.ClearField(&message, field);
      left_out.push_back(name);
    } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE && field->is_repeated()) {
      for (int i = 0; i < to.FieldSize(message, field); ++i)
        RemoveSecrets(fmt::format("{}[{}]", name, i), *to.MutableRepeatedMessage(&message, field, i), left_out);
    } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
      RemoveSecrets(name, *to.MutableMessage(&message, field), left_out);
    }
  }
}

// --- back from it -------------------------------------------------------------------------------------------------------------

// One value: of a field, or one of a list (`index`).
class Value {
 public:
  Value(const pb::Message& message, const Field& field) : message_(message), field_(field) {}
  Value(const pb::Message& message, const Field& field, int index) : message_(message), field_(field), index_(index) {}

  const pb::Message& Nested() const {
    const pb::Reflection& from = *message_.GetReflection();
    return index_ < 0 ? from.GetMessage(message_, &field_) : from.GetRepeatedMessage(message_, &field_, index_);
  }

  // As a manifest would write it, without quotes.
  std::string Text() const {
    const pb::Reflection& from = *message_.GetReflection();
    const bool one = index_ < 0;
    switch (field_.cpp_type()) {
      case Field::CPPTYPE_BOOL:
        return (one ? from.GetBool(message_, &field_) : from.GetRepeatedBool(message_, &field_, index_)) ? "true" : "false";
      case Field::CPPTYPE_INT32:
        return fmt::to_string(one ? from.GetInt32(message_, &field_) : from.GetRepeatedInt32(message_, &field_, index_));
      case Field::CPPTYPE_INT64:
        return fmt::to_string(one ? from.GetInt64(message_, &field_) : from.GetRepeatedInt64(message_, &field_, index_));
      case Field::CPPTYPE_UINT32:
        return fmt::to_string(one ? from.GetUInt32(message_, &field_) : from.GetRepeatedUInt32(message_, &field_, index_));
      case Field::CPPTYPE_UINT64:
        return fmt::to_string(one ? from.GetUInt64(message_, &field_) : from.GetRepeatedUInt64(message_, &field_, index_));
      case Field::CPPTYPE_FLOAT:
        return fmt::to_string(one ? from.GetFloat(message_, &field_) : from.GetRepeatedFloat(message_, &field_, index_));
      case Field::CPPTYPE_DOUBLE:
        return fmt::to_string(one ? from.GetDouble(message_, &field_) : from.GetRepeatedDouble(message_, &field_, index_));
      case Field::CPPTYPE_ENUM:
        return (one ? from.GetEnum(message_, &field_) : from.GetRepeatedEnum(message_, &field_, index_))->name();
      case Field::CPPTYPE_STRING:
        return one ? from.GetString(message_, &field_) : from.GetRepeatedString(message_, &field_, index_);
      case Field::CPPTYPE_MESSAGE:
        break;
    }
    return {};
  }

  const Field& field() const { return field_; }

 private:
  const pb::Message& message_;
  const Field& field_;
  int index_ = -1;
};

YamlNode* MapNode(const pb::Message& message, YamlArena& arena);

YamlNode* ScalarNode(const Value& value, YamlArena& arena) {
  YamlNode* node = arena.New();
  node->kind = YamlNode::Kind::kScalar;
  node->text = value.Text();
  node->quoted = value.field().cpp_type() == Field::CPPTYPE_STRING;  // or "true" would be no text
  return node;
}

YamlNode* ValueNode(const Value& value, YamlArena& arena) {
  return value.field().cpp_type() == Field::CPPTYPE_MESSAGE ? MapNode(value.Nested(), arena) : ScalarNode(value, arena);
}

YamlNode* ListNode(const pb::Message& message, const Field& field, YamlArena& arena) {
  YamlNode* node = arena.New();
  node->kind = YamlNode::Kind::kList;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i)
    node->items.push_back(ValueNode(Value(message, field, i), arena));
  return node;
}

// A map option, whose entries are messages of key and value.
YamlNode* EntriesNode(const pb::Message& message, const Field& field, YamlArena& arena) {
  YamlNode* node = arena.New();
  node->kind = YamlNode::Kind::kMap;
  const pb::Reflection& from = *message.GetReflection();
  for (int i = 0; i < from.FieldSize(message, &field); ++i) {
    const pb::Message& entry = from.GetRepeatedMessage(message, &field, i);
    node->entries.push_back({Value(entry, *field.message_type()->map_key()).Text(),
                             {},
                             ValueNode(Value(entry, *field.message_type()->map_value()), arena)});
  }
  return node;
}

YamlNode* MapNode(const pb::Message& message, YamlArena& arena) {
  YamlNode* node = arena.New();
  node->kind = YamlNode::Kind::kMap;
  for (const Field* field : SetFields(message)) {
    const YamlNode* value = field->is_map()        ? EntriesNode(message, *field, arena)
                            : field->is_repeated() ? ListNode(message, *field, arena)
                                                   : ValueNode(Value(message, *field), arena);
    node->entries.push_back({field->name(), {}, value});
  }
  return node;
}

Status Unreadable(std::string_view why) {
  return Status(StatusKind::kConfig, "the options cannot be taken over: " + std::string(why));
}

}  // namespace

Result<RecordedOptions> RecordOptions(const PluginFile& plugin, std::string_view options) {
  RecordedOptions recorded;
  recorded.json = "{}";
  OptionsSchema schema(plugin);
  if (!schema.error().empty()) return Status(StatusKind::kConfig, schema.error());
  if (schema.message() == nullptr) return recorded;
  const std::unique_ptr<pb::Message> message = schema.New();
  if (!message->ParsePartialFromArray(options.data(), static_cast<int>(options.size())))
    return Status(StatusKind::kConfig, "the options do not parse as " + message->GetTypeName());
  RemoveSecrets("", *message, recorded.left_out);
  pb::util::JsonPrintOptions how;
  how.preserve_proto_field_names = true;
  recorded.json.clear();
  const auto printed = pb::util::MessageToJsonString(*message, &recorded.json, how);
  if (!printed.ok()) return Status(StatusKind::kConfig, "the options have no JSON form: " + printed.ToString());
  return recorded;
}

Result<const YamlNode*> OptionsFromJson(const PluginFile& plugin, const std::string& json, YamlArena& arena) {
  OptionsSchema schema(plugin);
  if (!schema.error().empty()) return Unreadable(schema.error());
  if (schema.message() == nullptr) {
    if (json == "{}") return static_cast<const YamlNode*>(nullptr);
    return Unreadable(plugin.manifest.name() + " takes no options");
  }
  const std::unique_ptr<pb::Message> message = schema.New();
  const auto parsed = pb::util::JsonStringToMessage(json, message.get());
  if (!parsed.ok()) return Unreadable(std::string(parsed.message()));
  return static_cast<const YamlNode*>(MapNode(*message, arena));
}

}  // namespace garner
