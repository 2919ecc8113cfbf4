// Decodes plain text: charset, lines, paragraphs.
#include <string_view>

#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/text/options.pb.h"
#include "layout.h"

namespace garner::text {
namespace {

// The white space between two blocks becomes the separator; what else is invisible stays behind as a gap.
void AppendWhiteSpace(std::string_view text, Span gap, DocumentBuilder& builder) {
  uint64_t from = gap.begin;
  for (uint64_t at = gap.begin; at < gap.end;) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsSpace(cp.value)) {
      builder.Append({from, at});
      from = at + cp.size;
    }
    at += cp.size;
  }
  builder.Append({from, gap.end});
}

void AppendBlock(const TextBlock& block, DocumentBuilder& builder) {
  v1::Block& made = builder.BeginBlock(block.list_item ? v1::Block::LIST_ITEM : v1::Block::PARAGRAPH);
  if (block.list_item) made.set_level(block.level);
  if (block.tight) made.set_tight(true);
  uint64_t from = block.span.begin;
  for (const Span& seam : block.seams) {
    builder.Append({from, seam.begin});
    builder.Remove(seam, "line_break");
    from = seam.end;
  }
  builder.Append({from, block.span.end});
  builder.EndBlock();
}

}  // namespace

class Text final : public Decoder<TextOptions> {
 public:
  Status Decode(const Payload& payload, v1::Document* document) override {
    const Result<DecodedText> decoded = DecodeText(payload.bytes, {.declared = payload.info.declared_charset(), .declared_inside = ""});
    if (!decoded.ok()) return decoded.status();
    if (decoded->replacements() > 0) context().Count("ill_formed_sequences", static_cast<double>(decoded->replacements()));
    DocumentBuilder builder(*decoded, document);
    const std::string_view text = decoded->text();
    uint64_t done = 0;
    LayOut(text, {.join_wrapped_lines = options().join_wrapped_lines()}, [&](const TextBlock& block) {
      AppendWhiteSpace(text, {done, block.span.begin}, builder);
      AppendBlock(block, builder);
      done = block.span.end;
    });
    builder.Finish("whitespace");
    return OkStatus();
  }
};

}  // namespace garner::text

GARNER_PLUGIN(garner::text::Text)
