#include "core/conformance/subject.h"

#include <utility>

#include "core/manifest/option_reader.h"
#include "core/manifest/options_hash.h"
#include "core/manifest/yaml_reader.h"
#include "core/plugin/load_library.h"
#include "core/sdk/guarded.h"
#include "garner/plugin.h"

namespace garner {

Result<std::unique_ptr<Subject>> Subject::Examine(const std::string& path) {
  Result<PluginFile> file = ReadPluginFile(path);
  if (!file.ok()) return file.status();
  return std::unique_ptr<Subject>(new Subject(*std::move(file)));
}

Status Subject::Load() {
  const Result<const PluginDescriptor*> descriptor = LoadPluginLibrary(file_.path);
  if (!descriptor.ok()) return descriptor.status();
  if ((*descriptor)->kind != kind())
    return Status(StatusKind::kConfig, "plugin.textproto says " + v1::PluginManifest::Kind_Name(kind()) + ", the class in GARNER_PLUGIN is a " +
                                           v1::PluginManifest::Kind_Name((*descriptor)->kind));
  if ((*descriptor)->decides != file_.manifest.decides())
    return Status(StatusKind::kConfig, std::string("plugin.textproto says 'decides: ") + (file_.manifest.decides() ? "true" : "false") +
                                           "', the class in GARNER_PLUGIN does " + ((*descriptor)->decides ? "decide" : "not"));
  descriptor_ = *descriptor;
  return OkStatus();
}

Result<std::unique_ptr<Stage>> Subject::Make() const {
  std::unique_ptr<Stage> stage;
  const Status status = Guarded([&] {
    stage.reset(descriptor_->make());
    return OkStatus();
  });
  if (!status.ok()) return Status(status.kind(), "the stage's constructor failed: " + status.message());
  if (stage == nullptr) return Status(StatusKind::kInternal, "made no stage");
  return stage;
}

Result<OpenStage> Subject::Configure(std::string_view options, const SubjectFolders& folders, const std::string* data_dir) const {
  Result<std::unique_ptr<Stage>> stage = Make();
  if (!stage.ok()) return stage.status();
  OpenStage made{std::make_unique<SilentContext>(file_.manifest.name(), data_dir != nullptr ? *data_dir : DataFolder(file_.path), folders), nullptr,
                 *std::move(stage)};
  const Status status = Guarded([&] { return made.stage->Configure(*made.context, options); });
  if (!status.ok()) return status;
  return made;
}

Result<OpenStage> Subject::Open(std::string_view options, const SubjectFolders& folders) const {
  Result<OpenStage> made = Configure(options, folders);
  if (!made.ok()) return made;
  if (Status status = Guarded([&] { return made->stage->Open(); }); !status.ok()) return status;
  return made;
}

Result<std::string> OptionsFromYaml(const std::string& yaml, const std::string& folder, OptionsSchema& schema) {
  const Overrides none;
  Mistakes mistakes("options", none);
  YamlArena arena;
  const YamlNode* root = ReadYaml(yaml, {}, {}, arena, mistakes);
  const std::unique_ptr<google::protobuf::Message> message = schema.New();
  if (message == nullptr) return Status(StatusKind::kConfig, schema.error().empty() ? "the plugin takes no options" : schema.error());
  if (root != nullptr) ReadOptions(root, {"", folder, {}}, *message, mistakes);
  std::string words;
  for (const Mistake& mistake : mistakes.Take()) words += (words.empty() ? "" : "; ") + mistake.ToString();
  if (!words.empty()) return Status(StatusKind::kConfig, words);
  return SerializeDeterministically(*message);
}

}  // namespace garner
