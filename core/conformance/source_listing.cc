#include "core/conformance/source_listing.h"

#include <utility>

#include "core/sdk/guarded.h"
#include "garner/hash.h"

namespace garner {
namespace {

std::string NameOf(const v1::PayloadInfo& info) {
  std::string name = info.uri();
  if (info.has_container_path()) name += " " + info.container_path();
  if (info.has_record_key()) name += " #" + info.record_key();
  return name;
}

std::string BytesOf(SourceItem& item) {
  if (!item.status.ok()) return std::string(KindName(item.status.kind())) + " " + item.status.message();
  if (item.stream == nullptr) return Sha256Hex(item.payload.bytes);
  const Result<InputContent> content = ReadInputStream(*item.stream, item.limits);
  return content.ok() ? Sha256Hex(content->bytes) : content.status().message();
}

Result<std::vector<std::string>> List(const CheckRun& run, bool with_bytes) {
  run.Step("opening the source");
  Result<OpenStage> stage = run.subject.Open(run.options, run.Folders());
  if (!stage.ok()) return Status(stage.status().kind(), "cannot be opened: " + stage.status().message());
  std::vector<std::string> items;
  const Status status = Guarded([&]() -> Status {
    while (items.size() < kMaxItems) {
      run.Step("Next, item " + std::to_string(items.size() + 1));
      SourceItem item;
      const Result<bool> more = stage->As<SourceStage>().Next(item);
      if (!more.ok()) return more.status();
      if (!*more) break;
      items.push_back(NameOf(item.payload.info) + (with_bytes ? " " + BytesOf(item) : ""));
    }
    return OkStatus();
  });
  if (!status.ok()) return status;
  return items;
}

}  // namespace

Result<std::vector<std::string>> ListItems(const CheckRun& run) { return List(run, true); }
Result<std::vector<std::string>> ListNames(const CheckRun& run) { return List(run, false); }

}  // namespace garner
