#include "core/sdk/compressor.h"

#include <zlib.h>
#include <zstd.h>

#include <cassert>
#include <memory>

namespace garner {
namespace {

// The levels that the tools themselves default to.
constexpr int kGzipLevel = 6;
constexpr int kZstdLevel = 3;

class Deflater {
 public:
  Deflater() {
    constexpr int kGzipWindow = 15 + 16;  // +16: a gzip header, without time and name
    ready_ = deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() {
    if (ready_) deflateEnd(&stream_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_ = {};
  bool ready_ = false;
};

Status AppendGzip(std::string_view bytes, std::string& out) {
  Deflater deflater;
  if (!deflater.ready()) return Status(StatusKind::kIo, "zlib has no memory");
  z_stream& stream = deflater.stream();
  const size_t before = out.size();
  out.resize(before + deflateBound(&stream, bytes.size()));
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib's old signature; it only reads
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
  stream.avail_out = static_cast<uInt>(out.size() - before);
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) return Status(StatusKind::kIo, "zlib failed");
  out.resize(before + stream.total_out);
  return OkStatus();
}

// A context of its own for each frame: what a used one remembers is said not to show in its output, but results that differ after an
// interruption would be too dear a way to find out. It costs nothing that can be measured.
Status AppendZstd(std::string_view bytes, std::string& out) {
  const std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (context == nullptr) return Status(StatusKind::kIo, "zstd has no memory");
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kZstdLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const size_t before = out.size();
  out.resize(before + ZSTD_compressBound(bytes.size()));
  const size_t made = ZSTD_compress2(context.get(), out.data() + before, out.size() - before, bytes.data(), bytes.size());
  if (ZSTD_isError(made) != 0) return Status(StatusKind::kIo, std::string("zstd failed: ") + ZSTD_getErrorName(made));
  out.resize(before + made);
  return OkStatus();
}

bool EndsWith(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending;
}

}  // namespace

Compression CompressionForName(std::string_view name) {
  if (EndsWith(name, ".gz")) return Compression::kGzip;
  if (EndsWith(name, ".zst")) return Compression::kZstd;
  return Compression::kNone;
}

size_t FrameBytes(Compression compression) {
  assert(compression != Compression::kNone);
  return compression == Compression::kGzip ? kGzipFrameBytes : kZstdFrameBytes;
}

Status AppendFrame(Compression compression, std::string_view bytes, std::string& out) {
  assert(bytes.size() <= FrameBytes(compression));
  return compression == Compression::kGzip ? AppendGzip(bytes, out) : AppendZstd(bytes, out);
}

Status AppendFrames(Compression compression, std::string_view bytes, std::string& out) {
  if (compression == Compression::kNone) {
    out.append(bytes);
    return OkStatus();
  }
  do {
    const std::string_view frame = bytes.substr(0, FrameBytes(compression));
    if (Status status = AppendFrame(compression, frame, out); !status.ok()) return status;
    bytes.remove_prefix(frame.size());
  } while (!bytes.empty());
  return OkStatus();
}

}  // namespace garner
