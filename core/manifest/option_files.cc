#include "core/manifest/option_files.h"

#include "core/manifest/options_schema.h"

namespace garner {
namespace {

namespace pb = google::protobuf;

// Options nest as deep as options.proto says, which holds no recursion.
void AddFiles(const pb::Message& message, std::vector<std::string>& files) {
  const pb::Reflection& reflection = *message.GetReflection();
  std::vector<const pb::FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const pb::FieldDescriptor* field : fields) {
    const bool text = field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING && RulesOf(*field).file();
    const bool nested = field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE;
    if (!text && !nested) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (nested) AddFiles(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i) : reflection.GetMessage(message, field), files);
      if (text) files.push_back(field->is_repeated() ? reflection.GetRepeatedString(message, field, i) : reflection.GetString(message, field));
    }
  }
}

}  // namespace

std::vector<std::string> OptionFiles(const StagePlan& stage) {
  if (stage.program != nullptr) return stage.program->files;
  std::vector<std::string> files;
  OptionsSchema schema(*stage.plugin);
  if (schema.message() == nullptr) return files;
  const auto options = schema.New();
  if (options->ParsePartialFromString(stage.options)) AddFiles(*options, files);
  return files;
}

}  // namespace garner
