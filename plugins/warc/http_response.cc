#include "http_response.h"

#include <algorithm>
#include <charconv>

#include "garner/utf8.h"
#include "record_header.h"

namespace garner::warc {
namespace {

constexpr size_t kNone = std::string_view::npos;
// Longer values of what is kept are no media types, charsets, languages or dates.
constexpr size_t kMaxValueBytes = 1000;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string Kept(std::string_view value) { return HeaderText(Trim(value.substr(0, kMaxValueBytes))); }

std::string_view WithoutQuotes(std::string_view text) {
  while (!text.empty() && (text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '"' || text.back() == '\'')) text.remove_suffix(1);
  return text;
}

bool Mentions(std::string_view list, std::string_view word) { return Lower(list).find(word) != std::string::npos; }

// "HTTP/1.1 200 OK".
uint32_t StatusOf(std::string_view line) {
  const size_t space = line.find(' ');
  if (space == kNone) return 0;
  const std::string_view code = Trim(line.substr(space)).substr(0, 3);
  uint32_t status = 0;
  std::from_chars(code.data(), code.data() + code.size(), status);
  return status;
}

std::optional<uint64_t> ParseLength(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void Take(const HeaderField& field, HttpResponse& response) {
  const auto is = [&](std::string_view name) { return SameName(field.name, name); };
  if (is("Content-Type") && response.media_type.empty()) {
    MediaType type = SplitMediaType(field.value);
    response.media_type = std::move(type.bare);
    response.charset = std::move(type.charset);
  } else if (is("Content-Encoding")) {
    response.content_encoding += (response.content_encoding.empty() ? "" : ",") + Lower(field.value.substr(0, kMaxValueBytes));
  } else if (is("Transfer-Encoding")) {
    response.chunked = Mentions(field.value, "chunked");
  } else if (is("Content-Length")) {
    response.content_length = ParseLength(field.value);
  } else if (is("Content-Language") && response.content_language.empty()) {
    response.content_language = Kept(field.value);
  } else if (is("Last-Modified") && response.last_modified.empty()) {
    response.last_modified = Kept(field.value);
  }
}

}  // namespace

MediaType SplitMediaType(std::string_view value) {
  value = value.substr(0, kMaxValueBytes);
  MediaType type;
  type.bare = Lower(Kept(value.substr(0, value.find_first_of(";,"))));
  const std::string lower = Lower(value);
  const size_t at = lower.find("charset=");
  if (at == std::string::npos) return type;
  const std::string_view rest = value.substr(at + 8);
  type.charset = Kept(WithoutQuotes(Trim(rest.substr(0, rest.find_first_of(";, ")))));
  return type;
}

bool LooksLikeHttpResponse(std::string_view block) { return block.substr(0, 5) == "HTTP/"; }

Result<HttpResponse> ParseHttpResponse(std::string_view block, const HttpLimits& limits) {
  HttpResponse response;
  const std::string_view start = block.substr(0, limits.max_head_bytes);
  const size_t size = HeaderBlockSize(start);
  if (size == kNone && start.size() < block.size())
    return Status(StatusKind::kLimit, "its HTTP header has more than " + std::to_string(limits.max_head_bytes) +
                                          " bytes; raise max_header_bytes of the warc unpacker to read it");
  // Without an empty line it is all head: the record was cut off there.
  response.head_bytes = size == kNone ? block.size() : size;
  const std::string_view head = block.substr(0, response.head_bytes);
  const size_t line = std::min(head.find('\n'), head.size());
  response.status = StatusOf(head.substr(0, line));
  const std::vector<HeaderField> fields = ParseFields(head.substr(std::min(line + 1, head.size())), limits.max_headers);
  if (fields.size() > limits.max_headers)
    return Status(StatusKind::kLimit, "its HTTP header has more than " + std::to_string(limits.max_headers) +
                                          " lines; raise max_headers of the warc unpacker to read it");
  for (const HeaderField& field : fields) Take(field, response);
  return response;
}

}  // namespace garner::warc
