#include "core/manifest/options_schema.h"

#include <algorithm>

#include "garner/v1/plugin.pb.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// "TextOffsets" -> "text_offsets_"
std::string EnumPrefix(const pb::EnumDescriptor& type) {
  std::string out;
  for (const char c : type.name()) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty()) out += '_';
    out += c;
  }
  return Lower(out) + "_";
}

bool IsUnspecified(const pb::EnumValueDescriptor& value) {
  const std::string_view name = value.name();
  constexpr std::string_view kSuffix = "UNSPECIFIED";
  return name.size() >= kSuffix.size() && name.substr(name.size() - kSuffix.size()) == kSuffix;
}

// Keeps the first thing that is wrong with a descriptor.
class FirstError final : public pb::DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element, const pb::Message*, ErrorLocation,
                const std::string& message) override {
    if (text_.empty()) text_ = file + ": " + element + ": " + message;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

OptionsSchema::OptionsSchema(const PluginFile& file) : pool_(pb::DescriptorPool::generated_pool()), factory_(&pool_) {
  const std::string& name = file.manifest.options_message();
  if (name.empty()) return;
  FirstError errors;
  for (const pb::FileDescriptorProto& proto : file.options.file()) {
    // Imports of garner's own: the process has them, and the annotations are read through them.
    if (pb::DescriptorPool::generated_pool()->FindFileByName(proto.name()) != nullptr) continue;
    if (pool_.BuildFileCollectingErrors(proto, &errors) == nullptr) {
      error_ = "the description of its options cannot be read: " + errors.text();
      return;
    }
  }
  message_ = pool_.FindMessageTypeByName(name);
  if (message_ == nullptr) error_ = "the description of its options has no message " + name;
}

std::unique_ptr<pb::Message> OptionsSchema::New() {
  if (message_ == nullptr) return nullptr;
  return std::unique_ptr<pb::Message>(factory_.GetPrototype(message_)->New());
}

const v1::OptionRules& RulesOf(const pb::FieldDescriptor& field) { return field.options().GetExtension(v1::rules); }

std::vector<std::string> FieldNames(const pb::Descriptor& message) {
  std::vector<std::string> names;
  for (int i = 0; i < message.field_count(); ++i) names.push_back(message.field(i)->name());
  return names;
}

std::string EnumWord(const pb::EnumValueDescriptor& value) {
  const std::string name = Lower(value.name());
  const std::string prefix = EnumPrefix(*value.type());
  return name.size() > prefix.size() && name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
}

std::vector<std::string> EnumWords(const pb::EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 0; i < type.value_count(); ++i)
    if (!IsUnspecified(*type.value(i))) words.push_back(EnumWord(*type.value(i)));
  return words;
}

const pb::EnumValueDescriptor* FindEnumValue(const pb::EnumDescriptor& type, std::string_view word) {
  const std::string wanted = Lower(word);
  for (int i = 0; i < type.value_count(); ++i) {
    const pb::EnumValueDescriptor* value = type.value(i);
    if (!IsUnspecified(*value) && (EnumWord(*value) == wanted || Lower(value->name()) == wanted)) return value;
  }
  return nullptr;
}

}  // namespace garner
