#include "core/sdk/output_position.h"

#include <zstd.h>

#include <utility>

#include "garner/hash.h"

namespace garner {
namespace {

// The format, all numbers little-endian: kMark; compression (1 byte); bytes, hash, blocks, size of the unfinished frame (8 bytes each); the
// unfinished frame as one Zstandard frame, or nothing; Hash64 of all that (8 bytes). Another format gets another mark.
constexpr std::string_view kMark = "garner output 1\n";
constexpr size_t kNumberBytes = 8;
constexpr size_t kHeadBytes = kMark.size() + 1 + 4 * kNumberBytes;

constexpr int kQuickLevel = 1;

void AppendNumber(uint64_t number, std::string& out) {
  for (size_t i = 0; i < kNumberBytes; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

// At least kNumberBytes are there.
uint64_t TakeNumber(std::string_view& bytes) {
  uint64_t number = 0;
  for (size_t i = 0; i < kNumberBytes; ++i) number |= uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  bytes.remove_prefix(kNumberBytes);
  return number;
}

Status AppendPacked(std::string_view bytes, std::string& out) {
  if (bytes.empty()) return OkStatus();
  const size_t before = out.size();
  out.resize(before + ZSTD_compressBound(bytes.size()));
  const size_t made = ZSTD_compress(out.data() + before, out.size() - before, bytes.data(), bytes.size(), kQuickLevel);
  if (ZSTD_isError(made) != 0) return Status(StatusKind::kIo, std::string("zstd failed: ") + ZSTD_getErrorName(made));
  out.resize(before + made);
  return OkStatus();
}

// False where `packed` is not exactly `size` bytes.
bool Unpack(std::string_view packed, uint64_t size, std::string& out) {
  if (size == 0) return packed.empty();
  out.resize(size);
  return ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size()) == size;
}

Status Damaged() { return Status(StatusKind::kInvalidInput, "the position of the last commit is damaged, or of another version of garner"); }

}  // namespace

Result<std::string> EncodePosition(const OutputPosition& position) {
  std::string encoded(kMark);
  encoded.push_back(static_cast<char>(position.compression));
  for (const uint64_t number : {position.bytes, position.hash, position.blocks, uint64_t{position.unfinished.size()}}) AppendNumber(number, encoded);
  if (Status status = AppendPacked(position.unfinished, encoded); !status.ok()) return status;
  AppendNumber(Hash64(encoded), encoded);
  return encoded;
}

Result<OutputPosition> DecodePosition(std::string_view encoded) {
  if (encoded.size() < kHeadBytes + kNumberBytes || encoded.substr(0, kMark.size()) != kMark) return Damaged();
  std::string_view check = encoded.substr(encoded.size() - kNumberBytes);
  encoded.remove_suffix(kNumberBytes);
  if (TakeNumber(check) != Hash64(encoded)) return Damaged();

  encoded.remove_prefix(kMark.size());
  const auto compression = static_cast<unsigned char>(encoded.front());
  encoded.remove_prefix(1);
  if (compression > static_cast<unsigned char>(Compression::kZstd)) return Damaged();
  OutputPosition position;
  position.compression = Compression{compression};
  position.bytes = TakeNumber(encoded);
  position.hash = TakeNumber(encoded);
  position.blocks = TakeNumber(encoded);
  const uint64_t unfinished = TakeNumber(encoded);
  const uint64_t limit = position.compression == Compression::kNone ? 1 : FrameBytes(position.compression);
  if (unfinished >= limit || !Unpack(encoded, unfinished, position.unfinished)) return Damaged();
  return position;
}

}  // namespace garner
