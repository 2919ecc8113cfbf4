// The plugin under test: its file, its options, its code.
//
//   Result<std::unique_ptr<Subject>> subject = Subject::Examine("/opt/plugins/shout_counter.so");   // runs none of its code
//   if (Status status = (*subject)->Load(); !status.ok()) ...                                       // runs its static constructors
//   Result<OpenStage> stage = (*subject)->Open(options, folders);
//
// One thread, but for Open, which several may call.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/manifest/options_schema.h"
#include "core/plugin/plugin_file.h"
#include "garner/stage.h"
#include "garner/status.h"

namespace garner {

struct PluginDescriptor;

// What a stage is told of the places around it.
struct SubjectFolders {
  std::string manifest_dir;  // relative paths of options
  std::string output_dir;    // of sinks
};

// Swallows what a stage says, and counts it.
class SilentContext final : public StageContext {
 public:
  SilentContext(std::string stage, std::string data_dir, SubjectFolders folders)
      : stage_(std::move(stage)), data_dir_(std::move(data_dir)), folders_(std::move(folders)) {}

  void Log(LogLevel, std::string_view) override {}
  void Warn(std::string_view) override {}
  void Count(std::string_view, double) override {}
  const std::string& stage() const override { return stage_; }
  const std::string& data_dir() const override { return data_dir_; }
  const std::string& manifest_dir() const override { return folders_.manifest_dir; }
  const std::string& output_dir() const override { return folders_.output_dir; }

 private:
  const std::string stage_;
  const std::string data_dir_;
  const SubjectFolders folders_;
};

// A stage with its context; opened, where it comes from Open.
struct OpenStage {
  std::unique_ptr<SilentContext> context;
  // Of the container that an unpacker is at: good until the next one, or until the stage is gone.
  std::unique_ptr<ByteStream> stream;
  std::unique_ptr<Stage> stage;

  template <typename Kind>
  Kind& As() const {
    return static_cast<Kind&>(*stage);
  }
};

class Subject {
 public:
  // Fails where the host would refuse the file.
  static Result<std::unique_ptr<Subject>> Examine(const std::string& path);

  const PluginFile& file() const { return file_; }
  v1::PluginManifest::Kind kind() const { return file_.manifest.kind(); }
  OptionsSchema& schema() { return *schema_; }

  // Once. Fails as the host's catalog does.
  Status Load();

  // The constructor alone.
  Result<std::unique_ptr<Stage>> Make() const;
  // Constructed, and configured with serialised options. `data_dir`: another one than its own.
  Result<OpenStage> Configure(std::string_view options, const SubjectFolders& folders, const std::string* data_dir = nullptr) const;
  // Ready for work. Exceptions are a Status.
  Result<OpenStage> Open(std::string_view options, const SubjectFolders& folders) const;

 private:
  explicit Subject(PluginFile file) : file_(std::move(file)), schema_(std::make_unique<OptionsSchema>(file_)) {}

  PluginFile file_;
  std::unique_ptr<OptionsSchema> schema_;
  const PluginDescriptor* descriptor_ = nullptr;
};

// Options in YAML, in braces perhaps ("{paths: [a, b]}"), as the host reads and checks them. Serialised. Fails with all that is wrong.
Result<std::string> OptionsFromYaml(const std::string& yaml, const std::string& folder, OptionsSchema& schema);

}  // namespace garner
