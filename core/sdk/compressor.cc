#include "core/sdk/compressor.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

namespace garner {
namespace {

constexpr size_t kChunk = 64 * 1024;

// The levels that the tools themselves default to.
constexpr int kGzipLevel = 6;
constexpr int kZstdLevel = 3;

class GzipCompressor final : public Compressor {
 public:
  GzipCompressor() {
    constexpr int kGzipWindow = 15 + 16;  // +16: a gzip header, without time and name
    ready_ = deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipCompressor() override {
    if (ready_) deflateEnd(&stream_);
  }

  Status Write(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      const std::string_view part = bytes.substr(0, std::numeric_limits<int>::max());
      if (Status status = Run(part, Z_NO_FLUSH, out); !status.ok()) return status;
      bytes.remove_prefix(part.size());
    }
    return OkStatus();
  }

  Status End(std::string& out) override { return Run({}, Z_FINISH, out); }

 private:
  Status Run(std::string_view bytes, int flush, std::string& out) {
    if (!ready_) return Status(StatusKind::kIo, "zlib has no memory");
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib's old signature; it only reads
    stream_.avail_in = static_cast<uInt>(bytes.size());
    char chunk[kChunk];
    int result = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(chunk);
      stream_.avail_out = sizeof chunk;
      result = deflate(&stream_, flush);
      if (result == Z_STREAM_ERROR) return Status(StatusKind::kIo, "zlib failed");
      out.append(chunk, sizeof chunk - stream_.avail_out);
    } while (stream_.avail_out == 0);
    return OkStatus();
  }

  z_stream stream_ = {};
  bool ready_ = false;
};

class ZstdCompressor final : public Compressor {
 public:
  ZstdCompressor() : stream_(ZSTD_createCCtx()) {
    if (stream_ == nullptr) return;
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_compressionLevel, kZstdLevel);
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
  }
  ~ZstdCompressor() override { ZSTD_freeCCtx(stream_); }

  Status Write(std::string_view bytes, std::string& out) override { return Run(bytes, ZSTD_e_continue, out); }
  Status End(std::string& out) override { return Run({}, ZSTD_e_end, out); }

 private:
  Status Run(std::string_view bytes, ZSTD_EndDirective directive, std::string& out) {
    if (stream_ == nullptr) return Status(StatusKind::kIo, "zstd has no memory");
    ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
    char chunk[kChunk];
    for (;;) {
      ZSTD_outBuffer to = {chunk, sizeof chunk, 0};
      const size_t left = ZSTD_compressStream2(stream_, &to, &in, directive);
      if (ZSTD_isError(left) != 0) return Status(StatusKind::kIo, std::string("zstd failed: ") + ZSTD_getErrorName(left));
      out.append(chunk, to.pos);
      const bool done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
      if (done) return OkStatus();
    }
  }

  ZSTD_CCtx* stream_;
};

bool EndsWith(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending;
}

}  // namespace

std::unique_ptr<Compressor> CompressorForName(std::string_view name) {
  if (EndsWith(name, ".gz")) return std::make_unique<GzipCompressor>();
  if (EndsWith(name, ".zst")) return std::make_unique<ZstdCompressor>();
  return nullptr;
}

}  // namespace garner
