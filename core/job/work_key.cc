#include "core/job/work_key.h"

#include <dlfcn.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "core/job/plan_hash.h"
#include "core/manifest/option_files.h"
#include "garner/hash.h"
#include "garner/v1/document.pb.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

class KeyMaker {
 public:
  explicit KeyMaker(const JobPlan& plan) : plan_(plan) {}

  Result<WorkKeys> Run() {
    WorkKeys keys;
    AddHost();
    hash_.Add("unpackers");
    for (const StagePlan& stage : plan_.unpackers) AddStage(stage);
    hash_.Add("decoders");
    for (const StagePlan& stage : plan_.decoders) AddStage(stage);
    hash_.Add("transforms");
    for (const StagePlan& stage : plan_.transforms) AddStage(stage);
    AddNestedLimits(plan_, hash_);
    keys.documents = hash_.Take();
    AddStage(plan_.source);
    for (const StagePlan& stage : plan_.sinks) AddStage(stage);
    keys.job = hash_.Take();
    if (!status_.ok()) return status_;
    return keys;
  }

 private:
  // The command and garner's own libraries: host code makes documents too.
  void AddHost() {
    AddFile("/proc/self/exe");
    for (const void* symbol : {reinterpret_cast<const void*>(&Sha256Hex), static_cast<const void*>(&v1::Document::default_instance())}) {
      Dl_info info{};
      if (dladdr(symbol, &info) != 0 && info.dli_fname != nullptr) AddFile(info.dli_fname);
    }
  }

  void AddStage(const StagePlan& stage) {
    hash_.Add(stage);
    hash_.Add(std::to_string(stage.plugin->fingerprint));
    AddDataFolder(DataFolder(stage.plugin->path));
    for (const std::string& file : OptionFiles(stage)) AddFile(fs::path(plan_.manifest_dir) / file);
  }

  void AddDataFolder(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
      if (at->is_regular_file(error)) files.push_back(at->path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      hash_.Add(file.lexically_relative(folder).string());
      AddFile(file);
    }
  }

  void AddFile(const fs::path& path) {
    std::error_code error;
    const uintmax_t size = fs::file_size(path, error);
    std::string bytes(error ? 0 : size, '\0');
    std::ifstream file(path, std::ios::binary);
    if (error || !file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
      status_ = Status(StatusKind::kUnreadable, path.string() + ": cannot be read");
    hash_.Add(std::to_string(Hash64(bytes)));
  }

  const JobPlan& plan_;
  PartsHash hash_;
  Status status_;
};

}  // namespace

Result<WorkKeys> MakeWorkKeys(const JobPlan& plan) { return KeyMaker(plan).Run(); }

}  // namespace garner
