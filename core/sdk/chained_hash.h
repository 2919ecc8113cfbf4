// A hash of a growing file that can be put down and taken up again with no more than the file's last block: each block of fixed size
// is hashed with the hash of all blocks before it as its seed.
//
//   ChainedHash hash;
//   hash.Update(bytes);                                // any number of times; how the bytes are cut makes no difference
//   Save(hash.blocks());
//   ChainedHash again(saved, bytes_after_the_last_whole_block);
//   assert(again.Value() == hash.Value());
//
// Against accidents, not against somebody who looks for collisions. The same on every machine. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace garner {

class ChainedHash {
 public:
  static constexpr size_t kBlockBytes = 64 * 1024;

  ChainedHash() = default;
  // `rest`: fewer than kBlockBytes.
  ChainedHash(uint64_t blocks, std::string_view rest) : blocks_(blocks), rest_(rest) {}

  void Update(std::string_view bytes);
  // Of everything so far.
  uint64_t Value() const;
  // Of the whole blocks so far.
  uint64_t blocks() const { return blocks_; }

 private:
  void AddBlock(std::string_view block);

  uint64_t blocks_ = 0;
  std::string rest_;
};

}  // namespace garner
