#include "garner/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

namespace garner {
namespace {

constexpr size_t kChunk = 256 * 1024;

struct DescriptorCloser {
  int descriptor = -1;
  ~DescriptorCloser() {
    if (descriptor >= 0) close(descriptor);
  }
};

Status Unreadable(const std::string& name, int error) { return Status(StatusKind::kUnreadable, name + ": " + std::strerror(error)); }

Status TooLarge(const std::string& name, uint64_t limit) {
  return Status(StatusKind::kLimit, name + ": larger than max_file_bytes (" + std::to_string(limit) + "); raise that option to take it");
}

Status ExpandsTooFar(const std::string& name, uint64_t limit) {
  return Status(StatusKind::kLimit, name + ": expands to more than max_expanded_bytes (" + std::to_string(limit) + "); raise that option to take it");
}

Status Corrupt(const std::string& name, const char* form, const std::string& why) {
  return Status(StatusKind::kInvalidInput, name + ": the " + form + " data is corrupt or cut off (" + why + ")");
}

Result<std::string> ReadAll(int descriptor, const std::string& name, uint64_t expected, uint64_t limit) {
  std::string bytes;
  bytes.reserve(std::min(expected, limit));
  std::vector<char> chunk(kChunk);
  for (;;) {
    const ssize_t got = read(descriptor, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unreadable(name, errno);
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(got) > limit) return TooLarge(name, limit);
    bytes.append(chunk.data(), static_cast<size_t>(got));
  }
}

bool IsGzip(std::string_view bytes) { return bytes.size() >= 3 && bytes.compare(0, 3, "\x1f\x8b\x08") == 0; }
bool IsZstd(std::string_view bytes) { return bytes.size() >= 4 && bytes.compare(0, 4, "\x28\xb5\x2f\xfd") == 0; }

// All members of a gzip file, one after the other. Bytes after the last member that begin no other one are an error, except padding
// of zero bytes, as gzip itself has it.
Result<std::string> Gunzip(std::string_view bytes, const std::string& name, uint64_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return Status(StatusKind::kInternal, name + ": cannot start inflating");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  std::string out;
  std::vector<char> chunk(kChunk);
  size_t consumed = 0;
  for (;;) {
    const size_t offered = std::min<size_t>(bytes.size() - consumed, kChunk);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + consumed));
    stream.avail_in = static_cast<uInt>(offered);
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    consumed += offered - stream.avail_in;
    const size_t made = chunk.size() - stream.avail_out;
    if (out.size() + made > limit) return ExpandsTooFar(name, limit);
    out.append(chunk.data(), made);
    if (result == Z_STREAM_END) {
      const std::string_view rest = bytes.substr(consumed);
      if (rest.find_first_not_of('\0') == std::string_view::npos) return out;
      if (!IsGzip(rest)) return Corrupt(name, "gzip", "bytes follow the last member");
      if (inflateReset(&stream) != Z_OK) return Status(StatusKind::kInternal, name + ": cannot go on inflating");
      continue;
    }
    const bool starved = result == Z_BUF_ERROR || (result == Z_OK && made == 0 && consumed == bytes.size());
    if (starved) return Corrupt(name, "gzip", "it ends early");
    if (result != Z_OK) return Corrupt(name, "gzip", stream.msg != nullptr ? stream.msg : "bad data");
  }
}

// All frames of a zstd file.
Result<std::string> Unzstd(std::string_view bytes, const std::string& name, uint64_t limit) {
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  if (!context) return Status(StatusKind::kLimit, name + ": out of memory");
  std::string out;
  std::vector<char> chunk(kChunk);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  size_t wanted = 0;
  for (;;) {
    ZSTD_outBuffer made{chunk.data(), chunk.size(), 0};
    wanted = ZSTD_decompressStream(context.get(), &made, &in);
    if (ZSTD_isError(wanted) != 0) return Corrupt(name, "zstd", ZSTD_getErrorName(wanted));
    if (out.size() + made.pos > limit) return ExpandsTooFar(name, limit);
    out.append(chunk.data(), made.pos);
    const bool drained = made.pos < chunk.size();
    if (in.pos == in.size && drained) break;
  }
  if (wanted != 0) return Corrupt(name, "zstd", "it ends early");
  return out;
}

Result<std::string> Expand(std::string bytes, const std::string& name, uint64_t limit) {
  if (IsGzip(bytes)) return Gunzip(bytes, name, limit);
  if (IsZstd(bytes)) return Unzstd(bytes, name, limit);
  return bytes;
}

}  // namespace

Result<std::string> ReadInputDescriptor(int descriptor, const std::string& name, const InputLimits& limits) {
  Result<std::string> bytes = ReadAll(descriptor, name, 0, limits.max_file_bytes);
  if (!bytes.ok()) return bytes;
  return Expand(*std::move(bytes), name, limits.max_expanded_bytes);
}

Result<std::string> ReadInputFile(const std::string& path, const InputLimits& limits) {
  // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
  const DescriptorCloser file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.descriptor < 0) return Status(errno == ENOENT ? StatusKind::kNotFound : StatusKind::kUnreadable, path + ": " + std::strerror(errno));
  struct stat info {};
  if (fstat(file.descriptor, &info) != 0) return Unreadable(path, errno);
  if (!S_ISREG(info.st_mode)) return Status(StatusKind::kUnreadable, path + ": is no regular file");
  const auto size = static_cast<uint64_t>(info.st_size);
  if (size > limits.max_file_bytes) return TooLarge(path, limits.max_file_bytes);
  Result<std::string> bytes = ReadAll(file.descriptor, path, size, limits.max_file_bytes);
  if (!bytes.ok()) return bytes;
  return Expand(*std::move(bytes), path, limits.max_expanded_bytes);
}

}  // namespace garner
