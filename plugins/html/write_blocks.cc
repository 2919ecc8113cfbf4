#include "write_blocks.h"

#include <algorithm>
#include <string>

#include "ascii.h"
#include "evidence.h"
#include "garner/utf8.h"

namespace garner::html {
namespace {

constexpr std::string_view kCellBorder = "|";

class Writer {
 public:
  Writer(const Page& page, DocumentBuilder& builder, v1::Document* document, PageLinks* links)
      : page_(page), builder_(builder), evidence_(page, document), links_(links) {}

  void Write(const Draft& draft, std::vector<Part> parts) {
    if (draft.role == v1::Block::CODE) TrimCode(parts);
    v1::Block& block = builder_.BeginBlock(draft.role);
    if (draft.level > 0) block.set_level(draft.level);
    evidence_.Fill(draft, block.mutable_html());
    uint64_t link_bytes = 0;
    for (const Part& part : parts) {
      if (links_ != nullptr) links_->Before(part);
      WritePart(part);
      if (links_ != nullptr) links_->After(part);
      if (part.link != kNoNode) link_bytes += WordBytes(page_.TextOf(part.piece));
    }
    if (link_bytes > 0) block.mutable_html()->set_link_bytes(link_bytes);
    if (links_ != nullptr) links_->EndBlock();
    builder_.EndBlock();
  }

 private:
  // Bytes of the words of a text and of one space between each two.
  static uint64_t WordBytes(std::string_view text) {
    uint64_t bytes = 0;
    bool space = false;
    for (const char c : text) {  // other spaces than ASCII's count as bytes of words: rare, and this is evidence
      if (IsHtmlSpace(c)) {
        space = bytes > 0;
        continue;
      }
      bytes += 1 + static_cast<uint64_t>(space);
      space = false;
    }
    return bytes;
  }

  void WritePart(const Part& part) {
    switch (part.kind) {
      case Part::kPiece: return WritePiece(part.piece);
      case Part::kSpace: return builder_.AppendInserted(" ");
      case Part::kNewline: return builder_.AppendInserted("\n");
      case Part::kCell:
        builder_.AppendInserted(" ");
        builder_.AppendInserted(kCellBorder);
        return builder_.AppendInserted(" ");
    }
  }

  void WritePiece(const Piece& piece) {
    const std::string_view text = page_.TextOf(piece);
    if (piece.verbatim) return builder_.Append(piece.source);
    // A reference is a character or two; only text that was not located is longer, and may hold any white space.
    const std::string clean = text.size() > 8 ? Collapsed(text) : IsBlank(text) ? std::string(text.substr(0, NextCodePoint(text, 0).size)) : std::string(text);
    if (piece.source.empty()) return builder_.AppendInserted(clean);
    builder_.AppendRewritten(piece.source, clean);
  }

  static std::string Collapsed(std::string_view text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const CodePoint cp = NextCodePoint(text, at);
      const bool space = IsSpace(cp.value);
      if (space && (out.empty() || out.back() != ' ')) out.push_back(' ');
      if (!space && !IsControl(cp.value)) out.append(text.substr(at, cp.size));
      at += cp.size;
    }
    return out;
  }

  // Preformatted text keeps its white space, apart from empty lines before it and all that follows it.
  void TrimCode(std::vector<Part>& parts) const {
    while (!parts.empty() && IsWhite(parts.back())) parts.pop_back();
    if (parts.empty()) return;
    if (Part& last = parts.back(); last.kind == Part::kPiece && last.piece.verbatim) {
      const std::string_view text = page_.TextOf(last.piece);
      last.piece.source.end -= text.size() - (text.find_last_not_of(" \t\r\n\f") + 1);
    }
    if (Part& first = parts.front(); first.kind == Part::kPiece && first.piece.verbatim) {
      const std::string_view text = page_.TextOf(first.piece);
      const size_t start = text.find_first_not_of(" \t\r\n\f");
      const size_t line = text.substr(0, start).rfind('\n');
      if (start != std::string_view::npos && line != std::string_view::npos) first.piece.source.begin += line + 1;
    }
  }

  bool IsWhite(const Part& part) const { return part.kind != Part::kPiece || IsBlank(page_.TextOf(part.piece)); }

  const Page& page_;
  DocumentBuilder& builder_;
  EvidenceWriter evidence_;
  PageLinks* links_;
};

}  // namespace

Span DraftSource(const PageText& text, const Draft& draft) {
  Span span;
  bool any = false;
  for (uint32_t i = draft.first_part; i < draft.first_part + draft.parts; ++i) {
    const Part& part = text.parts[i];
    if (part.kind != Part::kPiece || part.piece.source.empty()) continue;
    span.begin = any ? std::min(span.begin, part.piece.source.begin) : part.piece.source.begin;
    span.end = any ? std::max(span.end, part.piece.source.end) : part.piece.source.end;
    any = true;
  }
  return span;
}

void WriteBlocks(const Page& page, const PageText& text, size_t title_draft, DocumentBuilder& builder, v1::Document* document, PageLinks* links) {
  Writer writer(page, builder, document, links);
  for (size_t i = 0; i < text.drafts.size(); ++i) {
    const Draft& draft = text.drafts[i];
    if (i == title_draft) {
      builder.Remove(DraftSource(text, draft), "title");
      continue;
    }
    const auto first = text.parts.begin() + draft.first_part;
    writer.Write(draft, std::vector<Part>(first, first + draft.parts));
  }
  for (const Cut& cut : page.prepared.cuts) builder.Remove(cut.source, cut.rule);
  for (const Cut& cut : text.hidden) builder.Remove(cut.source, cut.rule);
}

}  // namespace garner::html
