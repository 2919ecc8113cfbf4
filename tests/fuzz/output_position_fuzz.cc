// Any bytes as the position of a commit, as they are and with a check that fits: refused in words, or a position that comes back as it was.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/sdk/output_position.h"
#include "garner/hash.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void Decode(std::string_view encoded) {
  const garner::Result<garner::OutputPosition> position = garner::DecodePosition(encoded);
  if (!position.ok()) return Check(position.status().kind() == garner::StatusKind::kInvalidInput && !position.status().message().empty());
  const garner::Result<std::string> again = garner::EncodePosition(*position);
  Check(again.ok());
  const garner::Result<garner::OutputPosition> same = garner::DecodePosition(*again);
  Check(same.ok());
  Check(same->compression == position->compression && same->bytes == position->bytes && same->hash == position->hash &&
        same->blocks == position->blocks && same->unfinished == position->unfinished);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string encoded(reinterpret_cast<const char*>(data), size);
  Decode(encoded);
  uint64_t check = garner::Hash64(encoded);
  for (int i = 0; i < 8; ++i, check >>= 8) encoded.push_back(static_cast<char>(check));
  Decode(encoded);
  return 0;
}
