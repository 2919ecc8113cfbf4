// A stream with its transport compression undone on the way, never expanding beyond a ratio.
//
//   InflatingStream content(raw, {.ratio = 200, .after_bytes = 10 << 20, .name = "limits.container_ratio"});
//
// What is made is bounded by what was read: a bomb costs no more than `after_bytes`. Not for input that is not compressed. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/sdk/inflater.h"
#include "garner/byte_stream.h"

namespace garner {

struct ExpansionLimit {
  // Bytes for each compressed byte, counted from the beginning; 0: no limit.
  uint32_t ratio = 200;
  // So much may always be made.
  uint64_t after_bytes = uint64_t{10} << 20;
  // What messages call the ratio: a constant.
  const char* name = "ratio";
};

class InflatingStream final : public ByteStream {
 public:
  // `raw` must outlive it.
  InflatingStream(ByteStream& raw, const ExpansionLimit& limit);

  Result<size_t> Read(char* buffer, size_t size) override;
  // Bytes after the end of the compressed content that are something else, and were left out.
  uint64_t ignored_bytes() const { return inflater_ == nullptr ? 0 : inflater_->ignored_bytes(); }

 private:
  Status Fill();
  Status FeedPiece(std::string_view piece);

  ByteStream& raw_;
  const ExpansionLimit limit_;
  std::vector<char> piece_;
  std::unique_ptr<Inflater> inflater_;
  std::string made_;
  size_t given_ = 0;  // of made_
  uint64_t read_ = 0;
  uint64_t total_made_ = 0;
  bool ended_ = false;
};

}  // namespace garner
