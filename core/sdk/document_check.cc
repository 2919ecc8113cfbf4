#include "core/sdk/document_check.h"

#include <string>

#include "garner/source_map.h"
#include "garner/utf8.h"

namespace garner {
namespace {

Status Broken(const std::string& what) { return Status(StatusKind::kInternal, "the decoder made a broken document: " + what); }

Status CheckText(const std::string& text) {
  if (!IsValidUtf8(text)) return Broken("its text is not valid UTF-8");
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (IsControl(cp.value)) return Broken("its text holds a control character at byte " + std::to_string(at));
    at += cp.size;
  }
  return OkStatus();
}

Status CheckBlocks(const v1::Document& document) {
  uint64_t at = 0;
  for (int i = 0; i < document.blocks_size(); ++i) {
    const v1::Block& block = document.blocks(i);
    const uint64_t begin = i == 0 ? 0 : at + 2;
    const bool apart = i == 0 || document.text().compare(at, 2, "\n\n") == 0;
    const bool fits = block.begin() == begin && block.end() > begin && block.end() <= document.text().size();
    if (!apart || !fits || !IsBoundary(document.text(), block.end())) return Broken("block " + std::to_string(i) + " does not follow the one before by an empty line");
    at = block.end();
  }
  if (at != document.text().size()) return Broken("text stands outside the blocks");
  return OkStatus();
}

Status CheckMap(const v1::Document& document, uint64_t payload_bytes) {
  const v1::SourceMap& map = document.source_map();
  const int runs = map.kind_size();
  if (map.units_size() != runs || map.text_unit_size() != runs || map.source_unit_size() != runs || map.source_gap_size() != runs)
    return Broken("the columns of its source map differ in length");
  const SourceMapView view(map);
  for (const SourceRun& run : view.runs())
    if (run.source.begin > run.source.end || run.source.end > payload_bytes || run.text.empty()) return Broken("its source map points outside the payload");
  if (view.text_size() != document.text().size()) return Broken("its source map does not cover the text");
  return OkStatus();
}

}  // namespace

Status CheckDocument(const v1::Document& document, uint64_t payload_bytes) {
  if (Status status = CheckText(document.text()); !status.ok()) return status;
  if (Status status = CheckBlocks(document); !status.ok()) return status;
  if (Status status = CheckMap(document, payload_bytes); !status.ok()) return status;
  for (const v1::Removal& removal : document.removals())
    if (removal.source().begin() >= removal.source().end() || removal.source().end() > payload_bytes) return Broken("a removal lies outside the payload");
  return OkStatus();
}

}  // namespace garner
