#include "core/job/payload_finder.h"

#include <filesystem>
#include <utility>

#include "core/job/payload_name.h"
#include "garner/hash.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

// Whoever looks for a payload wants it even where the limits of the job were lifted.
constexpr uint64_t kNoLimit = uint64_t{1} << 40;
constexpr ContainerLimits kNoContainerLimits = {.depth = 100, .ratio = 0};

bool IsSame(const v1::PayloadInfo& a, const v1::PayloadInfo& b) {
  return a.uri() == b.uri() && a.container_path() == b.container_path() && a.record_key() == b.record_key();
}

JobPlan WithoutLimits(JobPlan plan) {
  plan.limits.containers = kNoContainerLimits;
  return plan;
}

}  // namespace

PayloadFinder::PayloadFinder(std::vector<std::string> folders, JobPlan plan, PluginCatalog& catalog)
    : folders_(std::move(folders)), plan_(WithoutLimits(std::move(plan))), unpackers_(plan_, {plan_.manifest_dir, ""}, catalog) {}

Result<std::string> PayloadFinder::PathOf(const v1::PayloadInfo& info) const {
  for (const std::string& folder : folders_) {
    const fs::path path = fs::path(folder) / info.uri();
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path.string();
  }
  return Status(StatusKind::kNotFound, "the source of " + info.uri() + " is not where the job found it; name the folder that holds it with --source");
}

Result<std::string> PayloadFinder::Find(const v1::PayloadInfo& info) {
  if (info.has_parent_id())
    return Status(StatusKind::kUnsupported, PayloadName(info) + " stands inside another payload; documents that are a file or a record of their own can be shown against it");
  const Result<std::string> path = PathOf(info);
  if (!path.ok()) return path.status();
  // What comes later in the container that is open, else from its beginning.
  bool found = unpacking_ != nullptr && uri_ == info.uri() && TakeFrom(info);
  if (!found) {
    const Result<bool> is_payload = Begin(*path, info);
    if (!is_payload.ok()) return is_payload.status();
    found = *is_payload ? IsSame(current_.item.payload.info, info) : TakeFrom(info);
  }
  if (!found) return Status(StatusKind::kNotFound, PayloadName(info) + " is not in " + *path + " any more; run the job again");
  if (!current_.item.status.ok()) return current_.item.status;
  if (Sha256Hex(current_.item.payload.bytes) != info.sha256())
    return Status(StatusKind::kInvalidInput, PayloadName(info) + " has changed in " + *path + " since the job ran; run the job again");
  return std::move(current_.item.payload.bytes);
}

// True where the file is a payload itself.
Result<bool> PayloadFinder::Begin(const std::string& path, const v1::PayloadInfo& info) {
  SourceItem item;
  item.payload.info.set_uri(info.uri());
  item.limits = {.place = path, .follow_symlinks = true, .max_file_bytes = kNoLimit, .max_expanded_bytes = kNoLimit};
  Result<std::unique_ptr<ByteStream>> stream = OpenInputFile(path, item.limits);
  if (!stream.ok()) return stream.status();
  item.stream = *std::move(stream);
  unpacking_ = std::make_unique<Unpacking>(unpackers_);
  uri_ = info.uri();
  return unpacking_->Offer(std::move(item), {"explain"}, lap_, current_);
}

bool PayloadFinder::TakeFrom(const v1::PayloadInfo& info) {
  while (unpacking_->Next(lap_, current_))
    if (!current_.outcome && IsSame(current_.item.payload.info, info)) return true;
  return false;
}

}  // namespace garner
