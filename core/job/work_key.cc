#include "core/job/work_key.h"

#include <dlfcn.h>

#include <vector>

#include "core/job/plan_hash.h"
#include "core/job/stage_files.h"
#include "garner/hash.h"
#include "garner/v1/document.pb.h"

namespace garner {
namespace {

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
    AddPlugin(*stage.plugin);
    for (const StageFile& file : NamedFiles(stage, plan_.manifest_dir)) AddFile(file.path);
  }

  void AddPlugin(const PluginFile& plugin) {
    const Result<uint64_t> fingerprint = PluginFingerprint(plugin);
    const Result<std::vector<StageFile>> data = DataFiles(plugin);
    if (!fingerprint.ok() || !data.ok()) {
      status_ = fingerprint.ok() ? data.status() : fingerprint.status();
      return;
    }
    hash_.Add(std::to_string(*fingerprint));
    for (const StageFile& file : *data) {
      hash_.Add(file.name);
      AddFile(file.path);
    }
  }

  void AddFile(const std::string& path) {
    const Result<uint64_t> fingerprint = FileFingerprint(path);
    if (!fingerprint.ok()) status_ = fingerprint.status();
    hash_.Add(std::to_string(fingerprint.ok() ? *fingerprint : 0));
  }

  const JobPlan& plan_;
  PartsHash hash_;
  Status status_;
};

}  // namespace

Result<WorkKeys> MakeWorkKeys(const JobPlan& plan) { return KeyMaker(plan).Run(); }

}  // namespace garner
