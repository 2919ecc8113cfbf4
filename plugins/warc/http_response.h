// The head of an HTTP response as a crawler kept it.
//
//   Result<HttpResponse> response = ParseHttpResponse(block, {});
//   block.substr(response->head_bytes)     // the body, as it was sent
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner::warc {

struct HttpResponse {
  size_t head_bytes = 0;
  uint32_t status = 0;
  // Bare, lower case: "text/html".
  std::string media_type;
  std::string charset;
  std::string content_language;
  std::string last_modified;
  // The codings in the order in which they were applied, as the header has them: "gzip".
  std::string content_encoding;
  bool chunked = false;
  std::optional<uint64_t> content_length;
};

struct HttpLimits {
  uint64_t max_head_bytes = uint64_t{256} << 10;
  uint32_t max_headers = 1000;
};

bool LooksLikeHttpResponse(std::string_view block);
Result<HttpResponse> ParseHttpResponse(std::string_view block, const HttpLimits& limits);

// "Text/HTML; charset=x" into "text/html" and "x".
struct MediaType {
  std::string bare;
  std::string charset;
};
MediaType SplitMediaType(std::string_view value);

}  // namespace garner::warc
