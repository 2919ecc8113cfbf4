// Reads Markdown.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "draft_reader.h"
#include "front_matter.h"
#include "garner/link_address.h"
#include "garner/link_marks.h"
#include "garner/metadata.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/markdown/options.pb.h"

namespace garner::markdown {
namespace {

bool IsFirstLevel(const Draft& draft) { return draft.role == v1::Block::HEADING && draft.level == 1; }

// The heading that the text begins with, where it is the only one of its level; null where there is none.
const Draft* FindTitle(const Drafts& drafts) {
  if (drafts.blocks.empty() || !IsFirstLevel(drafts.blocks.front())) return nullptr;
  return std::count_if(drafts.blocks.begin(), drafts.blocks.end(), IsFirstLevel) == 1 ? &drafts.blocks.front() : nullptr;
}

Span Cover(const Draft& draft) {
  Span cover;
  for (const Piece& piece : draft.pieces) {
    if (piece.span.empty()) continue;
    if (cover.empty()) cover.begin = piece.span.begin;
    cover.end = piece.span.end;
  }
  return cover;
}

class Writer {
 public:
  Writer(std::string_view text, const FrontMatter& matter, const Drafts& drafts, const MarkdownOptions& options, DocumentBuilder& builder,
         v1::Document* document)
      : text_(text),
        matter_(matter),
        drafts_(drafts),
        max_link_bytes_(options.max_link_bytes()),
        builder_(builder),
        document_(document),
        marks_(builder, document, options.max_links()) {}

  void Write() {
    if (matter_.end > 0) builder_.Remove({0, matter_.end}, "front_matter");
    for (const FrontMatterField& field : matter_.fields) AddFrontMatter(field);
    const Draft* heading = FindTitle(drafts_);
    const bool left_out = heading != nullptr && TakeTitle(*heading);
    for (const Removed& removed : drafts_.removed) builder_.Remove(removed.span, removed.rule);
    if (!drafts_.links.empty()) base_ = DocumentAddress(*document_, max_link_bytes_);
    for (const Draft& draft : drafts_.blocks)
      if (!left_out || &draft != heading) WriteBlock(draft);
    builder_.Finish("markup");
    marks_.Finish();
  }

 private:
  void AddFrontMatter(const FrontMatterField& field) {
    const bool first = IsListKey(field.key) || ChosenValue(*document_, field.key).empty();
    v1::Metadata* added = builder_.AddMetadata(field.key, field.value, "front_matter", 0.95, field.evidence);
    if (added != nullptr && first) added->set_chosen(true);
  }

  // Whether the heading is the title and leaves the text. A front matter with another title leaves it where it is.
  bool TakeTitle(const Draft& heading) {
    const std::string title = TextOf(text_, heading);
    const std::string_view stated = ChosenValue(*document_, "title");
    const bool same = !stated.empty() && FoldForComparison(stated) == FoldForComparison(title);
    if (!stated.empty() && !same) return false;
    const Span evidence = Cover(heading);
    if (evidence.empty()) return false;
    v1::Metadata* added = builder_.AddMetadata("title", title, "h1", 0.9, evidence);
    if (added == nullptr) return false;
    added->set_chosen(!same);
    builder_.Remove(evidence, "title");
    return true;
  }

  void WriteBlock(const Draft& draft) {
    const Span cover = Cover(draft);
    if (!cover.empty() && cover.begin > done_) builder_.Append(WhiteSpaceAt({done_, cover.begin}));
    v1::Block& made = builder_.BeginBlock(draft.role);
    if (draft.level > 0) made.set_level(draft.level);
    uint32_t link = 0;
    for (const Piece& piece : draft.pieces) {
      if (piece.link != link) marks_.Begin(AddressOf(piece.link));
      link = piece.link;
      WritePiece(piece);
      marks_.Extend();
    }
    marks_.End();
    builder_.EndBlock();
    if (!cover.empty()) done_ = cover.end;
  }

  void WritePiece(const Piece& piece) {
    switch (piece.kind) {
      case Piece::kAsIs: return builder_.Append(piece.span);
      case Piece::kRewritten: return builder_.AppendRewritten(piece.span, piece.text);
      case Piece::kInserted: return builder_.AppendInserted(piece.text);
    }
  }

  std::string AddressOf(uint32_t link) const { return link == 0 ? std::string() : LinkAddress(drafts_.links[link - 1], base_, max_link_bytes_); }

  // The white space that a stretch begins with.
  Span WhiteSpaceAt(Span stretch) const {
    uint64_t end = stretch.begin;
    while (end < stretch.end && IsSpace(static_cast<unsigned char>(text_[end])) && static_cast<unsigned char>(text_[end]) < 0x80) ++end;
    return {stretch.begin, end};
  }

  const std::string_view text_;
  const FrontMatter& matter_;
  const Drafts& drafts_;
  const size_t max_link_bytes_;
  DocumentBuilder& builder_;
  v1::Document* document_;
  LinkMarks marks_;
  std::string base_;  // what addresses are resolved against
  uint64_t done_ = 0;  // the end of the last block
};

}  // namespace

class Markdown final : public Decoder<MarkdownOptions> {
 public:
  Status Decode(const Payload& payload, v1::Document* document) override {
    const Result<DecodedText> decoded = DecodeText(payload.bytes, {.declared = payload.info.declared_charset(), .declared_inside = ""});
    if (!decoded.ok()) return decoded.status();
    const std::string_view text = decoded->text();
    if (text.size() > options().max_bytes())
      return Status(StatusKind::kLimit, "the text has " + std::to_string(text.size()) + " bytes; up to " + std::to_string(options().max_bytes()) +
                                            " are accepted: raise max_bytes of the markdown decoder");
    if (decoded->replacements() > 0) context().Count("ill_formed_sequences", static_cast<double>(decoded->replacements()));
    FrontMatter matter;
    if (options().front_matter()) matter = ReadFrontMatter(text, options().max_front_matter_bytes());
    const Result<Drafts> drafts = ReadDrafts(text, matter.end,
                                             {.max_depth = options().max_depth(),
                                              .max_link_definitions = options().max_link_definitions(),
                                              .links = options().links(),
                                              .max_link_bytes = options().max_link_bytes(),
                                              .max_links = options().max_links()});
    if (!drafts.ok()) return drafts.status();
    DocumentBuilder builder(*decoded, document);
    Writer(text, matter, *drafts, options(), builder, document).Write();
    if (drafts->links_left_out > 0)
      context().Warn(std::to_string(drafts->links_left_out) + " links are beyond max_links (" + std::to_string(options().max_links()) +
                     "): their text is kept, not marked");
    return OkStatus();
  }
};

}  // namespace garner::markdown

GARNER_PLUGIN(garner::markdown::Markdown)
