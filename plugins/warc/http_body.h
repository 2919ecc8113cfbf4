// Undoes what HTTP did to a body on its way: chunks, and content codings (gzip, deflate, br, zstd).
//
//   BodyDecoder decoder({.max_bytes = 1 << 26});
//   Result<Body> body = decoder.Decode(sent, response);
//
// Many crawlers undo it themselves and leave the headers as they were: where the bytes are not what a header says, and look like text, they
// stay as they are. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "decompressor.h"
#include "garner/status.h"
#include "http_response.h"

namespace garner::warc {

struct BodyLimits {
  uint64_t max_bytes = uint64_t{64} << 20;
  uint32_t max_ratio = 200;
  uint64_t free_bytes = uint64_t{10} << 20;
};

struct Body {
  std::string bytes;
  // It ends before its end.
  bool cut_off = false;
  // A header spoke of chunks or a coding, and there was none.
  bool header_was_wrong = false;
};

// What HTTP/1.1 calls "chunked".
enum class Chunks { kWhole, kCutOff, kNone };
// Appends to `out`. kNone: `sent` is no row of chunks.
Chunks UndoChunks(std::string_view sent, std::string& out);

class BodyDecoder {
 public:
  explicit BodyDecoder(const BodyLimits& limits) : limits_(limits) {}

  Result<Body> Decode(std::string_view sent, const HttpResponse& response);

 private:
  // One coding. Changes `body` to what it was before.
  Status Undo(std::string_view coding, Body& body);
  Decompressor* Find(std::string_view coding, std::string_view bytes);

  const BodyLimits limits_;
  std::unique_ptr<Decompressor> gzip_, zlib_, deflate_, brotli_, zstd_;
};

}  // namespace garner::warc
