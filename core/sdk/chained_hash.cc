#include "core/sdk/chained_hash.h"

#include <algorithm>

#include "garner/hash.h"

namespace garner {

void ChainedHash::AddBlock(std::string_view block) { blocks_ = Hash64(block, blocks_); }

void ChainedHash::Update(std::string_view bytes) {
  if (!rest_.empty()) {
    const std::string_view filling = bytes.substr(0, kBlockBytes - rest_.size());
    rest_.append(filling);
    bytes.remove_prefix(filling.size());
    if (rest_.size() < kBlockBytes) return;
    AddBlock(rest_);
    rest_.clear();
  }
  for (; bytes.size() >= kBlockBytes; bytes.remove_prefix(kBlockBytes)) AddBlock(bytes.substr(0, kBlockBytes));
  rest_.append(bytes);
}

uint64_t ChainedHash::Value() const { return Hash64(rest_, blocks_); }

}  // namespace garner
