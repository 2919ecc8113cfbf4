#include "count_entries.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "garner/v1/document.pb.h"

namespace garner::garner_document {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr uint64_t kMapBytesPerEntry = 16;

}  // namespace

std::optional<uint64_t> CountEntries(std::string_view message) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(message.data()), static_cast<int>(message.size()));
  uint64_t entries = 0;
  while (const uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) return std::nullopt;
      continue;
    }
    uint32_t size = 0;
    if (!input.ReadVarint32(&size) || size > message.size() || !input.Skip(static_cast<int>(size))) return std::nullopt;
    entries += WireFormatLite::GetTagFieldNumber(tag) == v1::Document::kSourceMapFieldNumber ? size / kMapBytesPerEntry + 1 : 1;
  }
  return input.ConsumedEntireMessage() ? std::optional(entries) : std::nullopt;
}

}  // namespace garner::garner_document
