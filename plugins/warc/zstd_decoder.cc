// Zstandard frames, with the dictionary that a .warc.zst may carry in a skippable frame before the first one
// (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "member_decoder.h"

namespace garner::warc {
namespace {

constexpr uint32_t kFrame = 0xFD2FB528;
constexpr uint32_t kSkippable = 0x184D2A50;  // to ...5F
constexpr uint32_t kDictionary = 0x184D2A5D;
constexpr size_t kSkippableHeader = 8;
// Of a frame: its magic number and what says how long its header is.
constexpr size_t kFirstBytes = 5;
// Frame header and block header with the largest block.
constexpr size_t kMaxBlockBytes = (size_t{128} << 10) + 32;
// Real ones have some 100 KB.
constexpr size_t kMaxDictionaryBytes = size_t{16} << 20;

uint32_t LittleEndian(std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

bool IsSkippable(uint32_t magic) { return (magic & 0xFFFFFFF0) == kSkippable; }

Status BadDictionary(const std::string& what) {
  return Status(StatusKind::kInvalidInput, "the Zstandard dictionary at the beginning of the file " + what + "; without it none of the records can be read");
}

Result<std::string> ReadDictionary(RawInput& input, size_t size) {
  if (size > kMaxDictionaryBytes) return BadDictionary("has " + std::to_string(size) + " bytes; up to " + std::to_string(kMaxDictionaryBytes) + " are taken");
  std::string read;
  while (read.size() < size) {
    if (!input.Fill(1)) return BadDictionary("is cut off");
    const std::string_view piece = input.ahead().substr(0, size - read.size());
    read.append(piece);
    input.Take(piece.size());
  }
  if (read.size() < 4 || LittleEndian(read) != kFrame) return read;
  // Compressed itself.
  const unsigned long long unpacked = ZSTD_getFrameContentSize(read.data(), read.size());
  if (unpacked == ZSTD_CONTENTSIZE_UNKNOWN || unpacked == ZSTD_CONTENTSIZE_ERROR || unpacked > kMaxDictionaryBytes)
    return BadDictionary("does not say its size, or is larger than " + std::to_string(kMaxDictionaryBytes) + " bytes");
  std::string dictionary(unpacked, '\0');
  const size_t size_made = ZSTD_decompress(dictionary.data(), dictionary.size(), read.data(), read.size());
  if (ZSTD_isError(size_made) || size_made != unpacked) return BadDictionary("is corrupt");
  return dictionary;
}

class ZstdDecoder final : public MemberDecoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx()) {}
  ~ZstdDecoder() override { ZSTD_freeDCtx(context_); }

  Status Prepare(RawInput& input) override {
    if (context_ == nullptr) return Status(StatusKind::kInternal, "libzstd has no memory");
    if (!input.Fill(kSkippableHeader) || LittleEndian(input.ahead()) != kDictionary) return OkStatus();
    const size_t size = LittleEndian(input.ahead().substr(4));
    input.Take(kSkippableHeader);
    const Result<std::string> dictionary = ReadDictionary(input, size);
    if (!dictionary.ok()) return dictionary.status();
    if (ZSTD_isError(ZSTD_DCtx_loadDictionary(context_, dictionary->data(), dictionary->size()))) return BadDictionary("is no dictionary");
    return OkStatus();
  }

  void Begin() override {
    ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    wanted_ = kFirstBytes;
  }

  Step Decode(std::string_view input, char* out, size_t room) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer made{out, room, 0};
    const size_t result = ZSTD_decompressStream(context_, &made, &in);
    Step step{in.pos, made.pos, result == 0, nullptr};
    if (ZSTD_isError(result)) step.damage = ZSTD_getErrorName(result);
    else wanted_ = result;
    return step;
  }

  size_t wanted() const override { return wanted_; }
  // Nothing comes out before the whole of the first block is there.
  size_t wanted_for_beginning() const override { return kMaxBlockBytes; }

  bool MayBegin(std::string_view input) const override { return input.size() >= 4 && LittleEndian(input) == kFrame; }
  char first_byte() const override { return '\x28'; }
  size_t Padding(std::string_view input) const override {
    if (input.size() < kSkippableHeader || !IsSkippable(LittleEndian(input))) return 0;
    return kSkippableHeader + LittleEndian(input.substr(4));
  }
  const char* noun() const override { return "Zstandard frame"; }

 private:
  ZSTD_DCtx* context_;
  size_t wanted_ = kFirstBytes;
};

}  // namespace

std::unique_ptr<MemberDecoder> MakeZstdDecoder() { return std::make_unique<ZstdDecoder>(); }

std::unique_ptr<MemberDecoder> MakeMemberDecoder(std::string_view first_bytes) {
  if (first_bytes.substr(0, 3) == "\x1f\x8b\x08") return MakeGzipDecoder();
  if (first_bytes.size() >= 4 && (LittleEndian(first_bytes) == kFrame || IsSkippable(LittleEndian(first_bytes)))) return MakeZstdDecoder();
  return nullptr;
}

}  // namespace garner::warc
