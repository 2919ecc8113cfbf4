#include "garner/decoded_text.h"
#include "garner/utf8.h"

namespace garner {

Result<DecodedText> DecodeText(std::string_view payload, const CharsetHint&) {
  if (!IsValidUtf8(payload)) return Status(StatusKind::kInvalidInput, "the bytes are not valid UTF-8");
  std::vector<SourceRun> runs;
  if (!payload.empty()) runs.push_back({v1::SourceMap::VERBATIM, {0, payload.size()}, {0, payload.size()}, 1, 1});
  return DecodedText({}, payload, std::move(runs), "UTF-8", "valid_utf8");
}

bool LooksBinary(std::string_view payload) { return payload.substr(0, 65536).find('\0') != std::string_view::npos; }

}  // namespace garner
