// What one item of the source may expand to, all the containers in it together. Each unpacker bounds what comes out of one container; of an
// archive full of archives full of archives each may be within its bounds, and all of them together take for ever.
//
//   ExpansionBudget budget({.ratio = 200});
//   raw = budget.Given(std::move(raw));           // the item itself: what is read of it counts as given
//   stream = budget.Made(std::move(stream));      // whatever comes out of a container in it
//
// The streams must not outlive it. One thread.
#pragma once

#include <cstdint>
#include <memory>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner {

class ExpansionBudget {
 public:
  // So much may always be made.
  static constexpr uint64_t kFreeBytes = uint64_t{100} << 20;

  // Bytes for each byte of the item; 0: no limit.
  explicit ExpansionBudget(uint32_t ratio) : ratio_(ratio) {}

  // For the next item.
  void Reset() { given_ = made_ = 0; }

  std::unique_ptr<ByteStream> Given(std::unique_ptr<ByteStream> stream);
  std::unique_ptr<ByteStream> Made(std::unique_ptr<ByteStream> stream);
  // The same for bytes in memory.
  void AddGiven(uint64_t bytes) { given_ += bytes; }
  void AddMade(uint64_t bytes) { made_ += bytes; }

  // Not ok once it is used up.
  Status status() const;

 private:
  const uint32_t ratio_;
  uint64_t given_ = 0;
  uint64_t made_ = 0;
};

}  // namespace garner
