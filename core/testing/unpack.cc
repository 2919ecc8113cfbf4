#include "garner/testing/unpack.h"

#include <utility>

#include "garner/input_file.h"

namespace garner::testing {
namespace {

UnpackedItem Take(SourceItem& item) {
  UnpackedItem taken{std::move(item.payload.info), std::move(item.payload.bytes), item.status};
  if (!item.status.ok() || item.stream == nullptr) return taken;
  Result<InputContent> content = ReadInputStream(*item.stream, item.limits);
  if (content.ok()) {
    taken.bytes = std::move(content->bytes);
  } else {
    taken.status = content.status();
  }
  return taken;
}

// Of a source or an unpacker.
template <typename Giver>
Unpacked TakeAll(Giver& giver, Status begun, size_t max_items) {
  Unpacked unpacked;
  unpacked.status = std::move(begun);
  while (unpacked.status.ok() && unpacked.items.size() < max_items) {
    SourceItem item;
    const Result<bool> next = giver.Next(item);
    if (!next.ok()) unpacked.status = next.status();
    if (!next.ok() || !*next) break;
    unpacked.items.push_back(Take(item));
  }
  return unpacked;
}

}  // namespace

Unpacked ReadSource(SourceStage& source, size_t max_items) { return TakeAll(source, OkStatus(), max_items); }

Unpacked Unpack(UnpackerStage& unpacker, ByteStream& stream, const v1::PayloadInfo& container, size_t max_items) {
  return TakeAll(unpacker, unpacker.Begin(container, stream), max_items);
}

}  // namespace garner::testing
