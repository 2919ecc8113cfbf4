#include "http_body.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "garner/decoded_text.h"
#include "garner/utf8.h"
#include "member_decoder.h"

namespace garner::warc {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;
// More codings on top of each other than this are nothing that a server does.
constexpr size_t kMaxCodings = 4;

// The size in a chunk's first line; false where it is none. `line_bytes`: with the line's end.
bool ReadChunkSize(std::string_view bytes, uint64_t& size, size_t& line_bytes) {
  constexpr size_t kMaxLine = 4096;  // extensions may follow the size
  const size_t end = bytes.substr(0, kMaxLine).find('\n');
  if (end == std::string_view::npos) return false;
  const auto [last, error] = std::from_chars(bytes.data(), bytes.data() + end, size, 16);
  if (error != std::errc()) return false;
  const std::string_view rest = Trim(bytes.substr(0, end).substr(static_cast<size_t>(last - bytes.data())));
  line_bytes = end + 1;
  return rest.empty() || rest.front() == ';';
}

// The codings of a header, the last one applied first.
std::vector<std::string_view> Codings(std::string_view header) {
  std::vector<std::string_view> codings;
  while (!header.empty()) {
    const size_t comma = std::min(header.find(','), header.size());
    const std::string_view coding = Trim(header.substr(0, comma));
    if (!coding.empty() && coding != "identity" && coding != "none") codings.push_back(coding);
    header.remove_prefix(std::min(comma + 1, header.size()));
  }
  std::reverse(codings.begin(), codings.end());
  return codings;
}

bool LooksLikeZlib(std::string_view bytes) {
  if (bytes.size() < 2) return false;
  const unsigned first = static_cast<unsigned char>(bytes[0]);
  return (first & 0x0F) == 8 && (first << 8 | static_cast<unsigned char>(bytes[1])) % 31 == 0;
}

Decompressor* Made(std::unique_ptr<Decompressor>& slot, std::unique_ptr<Decompressor> (*make)()) {
  if (slot == nullptr) slot = make();
  return slot.get();
}

}  // namespace

Chunks UndoChunks(std::string_view sent, std::string& out) {
  const size_t before = out.size();
  while (true) {
    uint64_t size = 0;
    size_t line_bytes = 0;
    if (sent.empty() && out.size() > before) return Chunks::kCutOff;
    if (!ReadChunkSize(sent, size, line_bytes)) {
      out.resize(before);
      return Chunks::kNone;
    }
    if (size == 0) return Chunks::kWhole;
    sent.remove_prefix(line_bytes);
    out.append(sent.substr(0, size));
    if (size > sent.size()) return Chunks::kCutOff;
    sent.remove_prefix(size);
    if (sent.substr(0, 2) == "\r\n") sent.remove_prefix(2);
    else if (sent.substr(0, 1) == "\n") sent.remove_prefix(1);
  }
}

Result<Body> BodyDecoder::Decode(std::string_view sent, const HttpResponse& response) {
  Body body;
  const Chunks chunks = response.chunked ? UndoChunks(sent, body.bytes) : Chunks::kNone;
  if (chunks == Chunks::kNone) body.bytes.assign(sent);
  body.cut_off = chunks == Chunks::kCutOff || (!response.chunked && response.content_length && *response.content_length > sent.size());
  body.header_was_wrong = response.chunked && chunks == Chunks::kNone && !sent.empty();
  const std::vector<std::string_view> codings = Codings(response.content_encoding);
  if (codings.size() > kMaxCodings)
    return Status(StatusKind::kUnsupported, "its body has " + std::to_string(codings.size()) + " content codings; up to " + std::to_string(kMaxCodings) + " are undone");
  for (const std::string_view coding : codings)
    if (Status status = Undo(coding, body); !status.ok()) return status;
  return body;
}

Status BodyDecoder::Undo(std::string_view coding, Body& body) {
  if (body.bytes.empty()) return OkStatus();
  const std::string named = "its body, which has the content coding '" + SanitizeUtf8(coding.substr(0, 40)) + "', ";
  Decompressor* const decompressor = Find(coding, body.bytes);
  if (decompressor == nullptr) {
    body.header_was_wrong = true;
    if (!LooksBinary(body.bytes)) return OkStatus();
    return Status(StatusKind::kUnsupported, named + "is not read; gzip, deflate, br and zstd are");
  }
  std::string made;
  std::string_view left = body.bytes;
  decompressor->Begin();
  while (true) {
    const size_t size = made.size();
    const size_t piece = std::max(kPieceBytes, size / 2);
    made.resize(size + piece);
    const Decompressor::Step step = decompressor->Decode(left, made.data() + size, piece);
    made.resize(size + step.made);
    left.remove_prefix(step.taken);
    if (step.damage != nullptr) {
      body.header_was_wrong = true;
      if (!LooksBinary(body.bytes)) return OkStatus();
      return Status(StatusKind::kInvalidInput, named + "cannot be decoded: " + step.damage);
    }
    if (made.size() > limits_.max_bytes)
      return Status(StatusKind::kLimit, named + "expands to more than " + std::to_string(limits_.max_bytes) + " bytes; raise max_record_bytes of the warc unpacker to read it");
    if (made.size() > limits_.free_bytes && made.size() / limits_.max_ratio > body.bytes.size() - left.size())
      return Status(StatusKind::kLimit, named + "expands to more than " + std::to_string(limits_.max_ratio) + " times its size; raise max_expansion_ratio of the warc unpacker to read it");
    if (step.ended) break;
    if (step.made == 0 && step.taken == 0) {
      body.cut_off = true;
      break;
    }
  }
  body.bytes = std::move(made);
  return OkStatus();
}

Decompressor* BodyDecoder::Find(std::string_view coding, std::string_view bytes) {
  const auto starts = [&](std::string_view magic) { return bytes.substr(0, magic.size()) == magic; };
  if (coding == "gzip" || coding == "x-gzip") {
    return starts("\x1f\x8b") ? Made(gzip_, [] { return std::unique_ptr<Decompressor>(MakeGzipDecoder()); }) : nullptr;
  }
  if (coding == "deflate") return LooksLikeZlib(bytes) ? Made(zlib_, &MakeZlibDecompressor) : Made(deflate_, &MakeDeflateDecompressor);
  if (coding == "br") return Made(brotli_, &MakeBrotliDecompressor);
  if (coding == "zstd") return starts("\x28\xb5\x2f\xfd") ? Made(zstd_, [] { return std::unique_ptr<Decompressor>(MakeZstdDecoder()); }) : nullptr;
  return nullptr;
}

}  // namespace garner::warc
