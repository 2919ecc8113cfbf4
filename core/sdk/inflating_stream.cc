#include "core/sdk/inflating_stream.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace garner {
namespace {

// Small: what one piece may expand to is held in memory.
constexpr size_t kPieceBytes = 32 << 10;

}  // namespace

InflatingStream::InflatingStream(ByteStream& raw, const ExpansionLimit& limit) : raw_(raw), limit_(limit), piece_(kPieceBytes) {}

Result<size_t> InflatingStream::Read(char* buffer, size_t size) {
  while (given_ == made_.size() && !ended_)
    if (Status status = Fill(); !status.ok()) return status;
  const size_t count = std::min(size, made_.size() - given_);
  std::memcpy(buffer, made_.data() + given_, count);
  given_ += count;
  return count;
}

// Makes more, or comes to the end.
Status InflatingStream::Fill() {
  made_.clear();
  given_ = 0;
  const Result<size_t> count = raw_.Read(piece_.data(), piece_.size());
  if (!count.ok()) return count.status();
  if (*count > 0) return FeedPiece({piece_.data(), *count});
  ended_ = true;
  return inflater_ == nullptr ? OkStatus() : inflater_->Finish();
}

Status InflatingStream::FeedPiece(std::string_view piece) {
  if (inflater_ == nullptr) inflater_ = MakeInflater(piece, {});
  if (inflater_ == nullptr) return Status(StatusKind::kInvalidInput, "is not compressed by gzip or Zstandard");
  read_ += piece.size();
  const uint64_t allowed = limit_.ratio == 0 ? std::numeric_limits<uint64_t>::max() : limit_.after_bytes + read_ * limit_.ratio;
  inflater_->set_max_bytes(allowed - std::min(allowed, total_made_));
  const Status status = inflater_->Feed(piece, made_);
  total_made_ += made_.size();
  if (status.kind() != StatusKind::kLimit) return status;
  return Status(StatusKind::kLimit, "expands to more than " + std::to_string(limit_.ratio) + " times its size; " + limit_.name + " is " + std::to_string(limit_.ratio));
}

}  // namespace garner
