// Builds a document from a decoded payload, block by block. The way for a decoder to make a document: it keeps the text, the
// blocks, the source map and the removals true to each other.
//
//   DocumentBuilder builder(decoded, &document);
//   builder.BeginBlock(v1::Block::HEADING).set_level(2);
//   builder.Append({120, 141});                 // a stretch of decoded.text(), as it is
//   builder.AppendRewritten({141, 146}, "&");   // `&amp;` became `&`
//   builder.Remove({200, 950}, "script");
//   builder.Finish("markup");                   // whatever nobody claimed is a removal "markup"
//
// All spans are stretches of decoded.text(). Appends come in any order of source, usually ascending; a stretch is appended or
// removed once. In prose (all roles but CODE) the builder collapses each run of white space to one space and drops it at a block's
// edges; control characters never enter the text. Blocks that end up empty are left out. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "garner/decoded_text.h"
#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner {

class DocumentBuilder {
 public:
  // Both must outlive the builder. `document` keeps what it has in `source` and `id`; charset and its evidence are filled in.
  DocumentBuilder(const DecodedText& decoded, v1::Document* document);

  // Ends the open block, if any, and starts another. The reference is good until the next call of BeginBlock or EndBlock.
  v1::Block& BeginBlock(v1::Block::Role role);
  void EndBlock();
  bool block_open() const { return open_; }
  // Bytes of text written so far. White space waits until something follows: what is appended next may stand behind a space or an empty line.
  uint64_t text_size() const { return text_.size(); }

  // Adds a stretch to the open block. White space outside blocks may be appended too: it becomes part of the gap between blocks.
  void Append(Span span);
  // Adds text that a rule made of a stretch. `text` is valid UTF-8.
  void AppendRewritten(Span span, std::string_view text);
  // Adds text that stands nowhere in the payload, such as the space between two table cells.
  void AppendInserted(std::string_view text);

  // Says why a stretch did not become text.
  void Remove(Span span, std::string_view rule);

  // Adds a candidate; `evidence` is the stretch that says so, where there is one. Values are sanitised and trimmed; an empty one
  // adds nothing.
  v1::Metadata* AddMetadata(std::string_view key, std::string_view value, std::string_view origin, double confidence,
                            std::optional<Span> evidence = std::nullopt);

  // Ends the open block, writes map and removals. A byte order mark becomes a removal "byte_order_mark", other bytes of the payload
  // that nobody claimed become removals with `gap_rule`.
  // Call once, last.
  void Finish(std::string_view gap_rule);

 private:
  struct Claim {
    Span source;
    std::string rule;
  };

  void AppendRun(const SourceRun& run, std::string_view text);
  void AppendIndivisible(const SourceRun& run, std::string_view text, bool prose);
  void AppendSpace(const SourceRun& run);
  void FlushSpace();
  void StartText();
  void WriteSeparator();
  void Emit(const SourceRun& run, std::string_view text);
  void Cover(Span source);
  void ClaimByteOrderMark();

  const DecodedText& decoded_;
  v1::Document* document_;
  std::string text_;
  SourceMapWriter map_;
  bool open_ = false;
  bool started_ = false;  // the open block has text
  v1::Block* block_ = nullptr;  // the open one, in the document
  std::vector<SourceRun> space_;  // white space seen since the last text, not yet placed
  std::vector<Span> covered_;     // source ranges that runs cover
  std::vector<Claim> removed_;
};

}  // namespace garner
