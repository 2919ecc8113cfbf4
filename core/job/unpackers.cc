#include "core/job/unpackers.h"

#include <algorithm>

namespace garner {
namespace {

std::vector<const PluginFile*> FilesOf(const std::vector<StagePlan>& stages) {
  std::vector<const PluginFile*> files;
  for (const StagePlan& stage : stages) files.push_back(stage.plugin);
  return files;
}

bool Contains(const google::protobuf::RepeatedPtrField<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool Unpackers::Kind::TakesRaw(std::string_view compression) const { return Contains(plan_->plugin->manifest.raw_compressions(), compression); }

Unpackers::Unpackers(const JobPlan& plan, const JobFolders& folders, PluginCatalog& catalog)
    : folders_(folders), catalog_(catalog), limits_(plan.limits.containers), reader_files_(FilesOf(plan.unpackers)), look_(reader_files_) {
  for (const StagePlan& unpacker : plan.unpackers) {
    kinds_.push_back(std::make_unique<Kind>());
    kinds_.back()->plan_ = &unpacker;
  }
  for (const PluginFile* decoder : FilesOf(plan.decoders)) reader_files_.push_back(decoder);
}

Status Unpackers::OpenAll() {
  for (const std::unique_ptr<Kind>& kind : kinds_) {
    const Result<StageHost*> host = Take(*kind);
    if (!host.ok()) return host.status();
    Return(*kind, *host);
  }
  return OkStatus();
}

Unpackers::Kind* Unpackers::For(std::string_view head, v1::PayloadInfo& info) const {
  if (!look_.MayBeContainer(head, info)) return nullptr;
  const Detected detected = DetectMediaType(head, info, reader_files_);
  for (const std::unique_ptr<Kind>& kind : kinds_) {
    if (!Contains(kind->plan().plugin->manifest.media_types(), detected.media_type)) continue;
    info.set_media_type(detected.media_type);
    info.set_media_type_evidence(detected.evidence);
    return kind.get();
  }
  return nullptr;
}

Result<StageHost*> Unpackers::Take(Kind& kind) {
  if (!kind.idle_.empty()) {
    StageHost* host = kind.idle_.back();
    kind.idle_.pop_back();
    return host;
  }
  Result<std::unique_ptr<StageHost>> made = StageHost::Make(kind.plan(), folders_, catalog_);
  if (!made.ok()) return made.status();
  kind.hosts_.push_back(*std::move(made));
  return kind.hosts_.back().get();
}

void Unpackers::Return(Kind& kind, StageHost* host) {
  host->set_document("");
  if (host != kind.first()) kind.first()->TakeOverTally(*host);
  kind.idle_.push_back(host);
}

}  // namespace garner
