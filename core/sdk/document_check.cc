#include "core/sdk/document_check.h"

#include <cmath>
#include <string>

#include "garner/utf8.h"

namespace garner {
namespace {

Status Broken(const std::string& what) { return Status(StatusKind::kInternal, "the decoder made a broken document: " + what); }

Status CheckText(const std::string& text) {
  if (!IsValidUtf8(text)) return Broken("its text is not valid UTF-8");
  const size_t control = FindControl(text);
  if (control != std::string::npos) return Broken("its text holds a control character at byte " + std::to_string(control));
  return OkStatus();
}

Status CheckBlocks(const v1::Document& document) {
  uint64_t at = 0;
  for (int i = 0; i < document.blocks_size(); ++i) {
    const v1::Block& block = document.blocks(i);
    const uint64_t begin = i == 0 ? 0 : at + 2;
    const bool apart = i == 0 || document.text().compare(at, 2, "\n\n") == 0;
    const bool fits = block.begin() == begin && block.end() > begin && block.end() <= document.text().size();
    if (!apart || !fits || !IsBoundary(document.text(), block.end()))
      return Broken("block " + std::to_string(i) + " does not follow the one before by an empty line");
    at = block.end();
  }
  if (at != document.text().size()) return Broken("text stands outside the blocks");
  return OkStatus();
}

Status CheckHtml(const v1::Document& document) {
  const auto elements = static_cast<uint32_t>(document.html_elements_size());
  for (uint32_t i = 0; i < elements; ++i) {
    const v1::HtmlElement& element = document.html_elements(static_cast<int>(i));
    if (element.has_parent() && element.parent() >= i) return Broken("element " + std::to_string(i) + " does not follow the element around it");
  }
  for (int i = 0; i < document.blocks_size(); ++i)
    if (document.blocks(i).html().has_element() && document.blocks(i).html().element() >= elements)
      return Broken("block " + std::to_string(i) + " stands in an element that is not there");
  return OkStatus();
}

// Sizes of runs are products; nothing may wrap around, since all that follows computes with them.
bool RunFits(const v1::SourceMap& map, int i, uint64_t text_bytes, uint64_t payload_bytes) {
  const uint64_t units = map.units(i);
  const uint64_t text_unit = map.text_unit(i);
  const uint64_t source_unit = map.source_unit(i);
  if (units == 0 || text_unit == 0 || units > text_bytes / text_unit) return false;
  if (source_unit > 0 && units > payload_bytes / source_unit) return false;
  switch (map.kind(i)) {
    case v1::SourceMap::VERBATIM:
      return text_unit == 1 && source_unit == 1;
    case v1::SourceMap::TRANSCODED:
      return source_unit > 0;
    case v1::SourceMap::REWRITTEN:
      return units == 1 && source_unit > 0;
    case v1::SourceMap::INSERTED:
      return units == 1 && source_unit == 0;
  }
  return false;
}

Status CheckMap(const v1::Document& document, uint64_t payload_bytes) {
  const v1::SourceMap& map = document.source_map();
  const int runs = map.kind_size();
  if (map.units_size() != runs || map.text_unit_size() != runs || map.source_unit_size() != runs || map.source_gap_size() != runs)
    return Broken("the columns of its source map differ in length");
  const std::string& text = document.text();
  uint64_t text_at = 0;
  uint64_t source_at = 0;
  for (int i = 0; i < runs; ++i) {
    if (!RunFits(map, i, text.size(), payload_bytes)) return Broken("run " + std::to_string(i) + " of its source map has sizes that cannot be");
    const uint64_t begin = source_at + static_cast<uint64_t>(map.source_gap(i));
    source_at = begin + map.units(i) * map.source_unit(i);
    if (begin > source_at || source_at > payload_bytes) return Broken("its source map points outside the payload");
    text_at += map.units(i) * map.text_unit(i);
    if (text_at > text.size()) break;  // said below
    if (!IsBoundary(text, text_at)) return Broken("its source map cuts a character");
  }
  if (text_at != text.size()) return Broken("its source map does not cover the text");
  return OkStatus();
}

Status CheckRemovals(const v1::Document& document, uint64_t payload_bytes) {
  uint64_t at = 0;
  for (const v1::Removal& removal : document.removals()) {
    const v1::Span& source = removal.source();
    if (source.begin() >= source.end() || source.end() > payload_bytes) return Broken("a removal lies outside the payload");
    if (source.begin() < at) return Broken("its removals are out of order or overlap");
    if (removal.rule().empty() || !IsValidUtf8(removal.rule())) return Broken("a removal names no rule");
    at = source.end();
  }
  return OkStatus();
}

Status CheckMetadata(const v1::Document& document, uint64_t payload_bytes) {
  for (const v1::Metadata& metadata : document.metadata()) {
    if (metadata.key().empty() || metadata.value().empty()) return Broken("metadata without key or value");
    for (const std::string* words : {&metadata.key(), &metadata.value(), &metadata.origin()})
      if (!IsValidUtf8(*words)) return Broken("metadata that is not valid UTF-8");
    if (!std::isfinite(metadata.confidence()))
      return Broken("the confidence of metadata '" + metadata.key() + "' is not a finite number");
    if (metadata.source().begin() > metadata.source().end() || metadata.source().end() > payload_bytes)
      return Broken("the evidence of metadata '" + metadata.key() + "' lies outside the payload");
  }
  for (const v1::Signal& signal : document.signals())
    if (signal.name().empty() || !IsValidUtf8(signal.name()) || !std::isfinite(signal.value()))
      return Broken("a signal without name or value");
  return OkStatus();
}

Status CheckCharset(const v1::Document& document) {
  const bool sound = IsValidUtf8(document.source().charset()) && IsValidUtf8(document.source().charset_evidence());
  return sound ? OkStatus() : Broken("its charset is not valid UTF-8");
}

Status CheckDrop(const v1::Document& document) {
  if (!document.has_drop()) return OkStatus();
  const bool sound = !document.drop().rule().empty() && IsValidUtf8(document.drop().rule()) && IsValidUtf8(document.drop().message());
  return sound ? OkStatus() : Broken("a drop without a rule, or that is not valid UTF-8");
}

Status CheckNobodyElsesWork(const v1::Document& document) {
  if (document.changes_size() + document.lineage_size() == 0) return OkStatus();
  return Broken("changes or lineage are not a decoder's to make");
}

Status CheckAnnotations(const v1::Document& document) {
  for (const v1::Annotation& annotation : document.annotations()) {
    if (annotation.begin() >= annotation.end() || annotation.end() > document.text().size()) return Broken("an annotation lies outside the text");
    if (!IsBoundary(document.text(), annotation.begin()) || !IsBoundary(document.text(), annotation.end())) return Broken("an annotation cuts a character");
    for (const std::string* words : {&annotation.set(), &annotation.label(), &annotation.canonical(), &annotation.value(), &annotation.stage()})
      if (!IsValidUtf8(*words)) return Broken("an annotation that is not valid UTF-8");
    if (!std::isfinite(annotation.confidence())) return Broken("the confidence of an annotation is not a finite number");
  }
  return OkStatus();
}

Status CheckHistory(const v1::Document& document) {
  for (const v1::Change& change : document.changes())
    if (change.source().begin() > change.source().end() || change.source().end() > document.source().bytes() || !IsValidUtf8(change.rule()))
      return Broken("a change lies outside the payload, or names no rule");
  for (const v1::Lineage& lineage : document.lineage())
    for (const std::string* words : {&lineage.stage(), &lineage.plugin(), &lineage.version(), &lineage.options_hash(), &lineage.skipped()})
      if (!IsValidUtf8(*words)) return Broken("lineage that is not valid UTF-8");
  return document.has_drop() ? Broken("it was dropped") : OkStatus();
}

Status CheckSource(const v1::PayloadInfo& source) {
  for (const std::string* words : {&source.uri(), &source.container_path(), &source.record_key(), &source.media_type(), &source.sha256(), &source.parent_id()})
    if (!IsValidUtf8(*words)) return Broken("its source is not valid UTF-8");
  return OkStatus();
}

Status CheckContent(const v1::Document& document, uint64_t payload_bytes) {
  if (Status status = CheckText(document.text()); !status.ok()) return status;
  if (Status status = CheckBlocks(document); !status.ok()) return status;
  if (Status status = CheckHtml(document); !status.ok()) return status;
  if (Status status = CheckMap(document, payload_bytes); !status.ok()) return status;
  if (Status status = CheckRemovals(document, payload_bytes); !status.ok()) return status;
  if (Status status = CheckMetadata(document, payload_bytes); !status.ok()) return status;
  if (Status status = CheckAnnotations(document); !status.ok()) return status;
  return CheckCharset(document);
}

}  // namespace

Status CheckDocument(const v1::Document& document, uint64_t payload_bytes) {
  if (Status status = CheckContent(document, payload_bytes); !status.ok()) return status;
  if (Status status = CheckNobodyElsesWork(document); !status.ok()) return status;
  return CheckDrop(document);
}

Status CheckFinishedDocument(const v1::Document& document) {
  if (Status status = CheckContent(document, document.source().bytes()); !status.ok()) return status;
  if (Status status = CheckHistory(document); !status.ok()) return status;
  return CheckSource(document.source());
}

Status CheckDocumentSize(const v1::Document& document, uint64_t max_bytes) {
  const uint64_t size = document.ByteSizeLong();
  if (size <= max_bytes) return OkStatus();
  return Status(StatusKind::kLimit, "the document takes " + std::to_string(size) + " bytes with its map and marks; up to " +
                                        std::to_string(max_bytes) + " are accepted: split its source");
}

}  // namespace garner
