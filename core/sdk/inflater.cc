#include "core/sdk/inflater.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <vector>

namespace garner {
namespace {

constexpr size_t kPieceBytes = 128 * 1024;

Status AppendWithin(std::string_view piece, const InflateLimit& limit, std::string& out) {
  if (piece.size() > limit.max_bytes - std::min<uint64_t>(limit.max_bytes, out.size()))
    return Status(StatusKind::kLimit, "expands to more than " + std::to_string(limit.max_bytes) + " bytes; raise " + limit.name + " to read it");
  out.append(piece);
  return OkStatus();
}

Status Corrupt(std::string_view format, std::string_view why) {
  return Status(StatusKind::kInvalidInput, "the " + std::string(format) + " data are corrupt: " + std::string(why) + "; fetch or compress the file again");
}

Status CutOff(std::string_view format) {
  return Status(StatusKind::kInvalidInput, "the " + std::string(format) + " data end too early; the file was probably cut off: fetch or compress it again");
}

class GzipInflater final : public Inflater {
 public:
  explicit GzipInflater(const InflateLimit& limit) : Inflater(limit), buffer_(kPieceBytes) {
    stream_ = {};
    ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;  // 15: the largest window; +16: gzip only
  }
  ~GzipInflater() override {
    if (ready_) inflateEnd(&stream_);
  }

  Status Feed(std::string_view input, std::string& out) override {
    if (!ready_) return Status(StatusKind::kInternal, "zlib has no memory");
    while (!input.empty()) {
      if (!inside_member_ && !BeginMember(input)) return OkStatus();
      if (Status status = InflatePiece(input, out); !status.ok()) return status;
    }
    return OkStatus();
  }

  Status Finish() override { return inside_member_ ? CutOff("gzip") : OkStatus(); }

 private:
  // Between members: passes over padding; false where the rest is no member.
  bool BeginMember(std::string_view& input) {
    const size_t padding = std::min(input.find_first_not_of('\0'), input.size());
    if (ignored_bytes_ == 0 && padding < input.size() && (first_ || input[padding] == '\x1F')) {
      input.remove_prefix(padding);
      inflateReset(&stream_);
      inside_member_ = true;
      first_ = false;
      return true;
    }
    if (padding < input.size() || ignored_bytes_ > 0) ignored_bytes_ += input.size();
    return false;
  }

  Status InflatePiece(std::string_view& input, std::string& out) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    int result = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_NEED_DICT || (result < 0 && result != Z_BUF_ERROR)) return Corrupt("gzip", stream_.msg != nullptr ? stream_.msg : "unknown error");
      if (Status status = AppendWithin({buffer_.data(), buffer_.size() - stream_.avail_out}, limit_, out); !status.ok()) return status;
    } while (result != Z_STREAM_END && stream_.avail_out == 0);
    input.remove_prefix(input.size() - stream_.avail_in);
    if (result == Z_STREAM_END) inside_member_ = false;
    return OkStatus();
  }

  std::vector<char> buffer_;
  z_stream stream_;
  bool ready_ = false;
  bool first_ = true;
  bool inside_member_ = false;
};

class ZstdInflater final : public Inflater {
 public:
  explicit ZstdInflater(const InflateLimit& limit) : Inflater(limit), buffer_(kPieceBytes), stream_(ZSTD_createDStream()) {}
  ~ZstdInflater() override { ZSTD_freeDStream(stream_); }

  Status Feed(std::string_view input, std::string& out) override {
    if (stream_ == nullptr) return Status(StatusKind::kInternal, "libzstd has no memory");
    if (ignored_bytes_ > 0) {
      ignored_bytes_ += input.size();
      return OkStatus();
    }
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    bool full = false;
    while (in.pos < in.size || full) {
      ZSTD_outBuffer made{buffer_.data(), buffer_.size(), 0};
      const bool between_frames = wanted_ == 0;
      const size_t before = in.pos;
      const size_t result = ZSTD_decompressStream(stream_, &made, &in);
      if (ZSTD_isError(result)) {
        if (between_frames && frames_ > 0 && ZSTD_getErrorCode(result) == ZSTD_error_prefix_unknown) {
          ignored_bytes_ = input.size() - before;
          return OkStatus();
        }
        return Corrupt("Zstandard", ZSTD_getErrorName(result));
      }
      wanted_ = result;
      frames_ += result == 0;
      if (Status status = AppendWithin({buffer_.data(), made.pos}, limit_, out); !status.ok()) return status;
      full = result != 0 && made.pos == made.size;
    }
    return OkStatus();
  }

  Status Finish() override { return wanted_ != 0 ? CutOff("Zstandard") : OkStatus(); }

 private:
  std::vector<char> buffer_;
  ZSTD_DStream* stream_;
  size_t wanted_ = 0;  // 0 between frames
  uint64_t frames_ = 0;
};

}  // namespace

std::string_view CompressionOf(std::string_view first_bytes) {
  const auto byte = [&](size_t at) { return at < first_bytes.size() ? static_cast<unsigned char>(first_bytes[at]) : 0x100U; };
  if (byte(0) == 0x1F && byte(1) == 0x8B && byte(2) == 8) return "gzip";
  const bool skippable = byte(0) >= 0x50 && byte(0) <= 0x5F && byte(1) == 0x2A && byte(2) == 0x4D && byte(3) == 0x18;
  const bool frame = byte(0) == 0x28 && byte(1) == 0xB5 && byte(2) == 0x2F && byte(3) == 0xFD;
  return frame || skippable ? "zstd" : "";
}

std::unique_ptr<Inflater> MakeInflater(std::string_view first_bytes, const InflateLimit& limit) {
  const std::string_view compression = CompressionOf(first_bytes);
  if (compression == "gzip") return std::make_unique<GzipInflater>(limit);
  if (compression == "zstd") return std::make_unique<ZstdInflater>(limit);
  return nullptr;
}

}  // namespace garner
