#include "decode_page.h"

#include <optional>
#include <string>

#include "draft_blocks.h"
#include "json_ld_text.h"
#include "metadata.h"
#include "page_links.h"
#include "parse_page.h"
#include "prepass.h"
#include "write_blocks.h"

namespace garner::html {
namespace {

void Report(const Prepared& prepared, const Tree& tree, const HtmlOptions& options, StageContext& context) {
  if (prepared.tags_flattened > 0) {
    context.Warn(std::to_string(prepared.tags_flattened) + " elements are nested deeper than max_depth (" + std::to_string(options.max_depth()) +
                 "): their text is kept as part of what is around them");
  }
  if (prepared.attributes_ignored > 0) {
    context.Warn(std::to_string(prepared.attributes_ignored) + " attributes are beyond max_attributes (" + std::to_string(options.max_attributes()) +
                 ") of their element or longer than max_attribute_bytes (" + std::to_string(options.max_attribute_bytes()) + "): not looked at");
  }
  context.Count("text_bytes_located", static_cast<double>(tree.located_bytes));
  if (tree.lost_bytes > 0) context.Count("text_bytes_not_located", static_cast<double>(tree.lost_bytes));
}

// Once the builder has finished.
void FinishLinks(PageLinks& links, const HtmlOptions& options, StageContext& context) {
  links.Finish();
  if (links.left_out() == 0) return;
  context.Warn(std::to_string(links.left_out()) + " links are beyond max_links (" + std::to_string(options.max_links()) + "): their text is kept, not marked");
}

}  // namespace

Status DecodePage(const DecodedText& decoded, bool xml, const HtmlOptions& options, StageContext& context, v1::Document* document) {
  const std::string_view text = decoded.text();
  if (text.size() > options.max_bytes()) {
    return Status(StatusKind::kLimit, "the page has " + std::to_string(text.size()) + " bytes; option 'max_bytes' allows " + std::to_string(options.max_bytes()));
  }
  ElementNames names;
  const PrepassLimits limits{options.max_depth(), options.max_attributes(), options.max_attribute_bytes(), xml};
  const Prepared prepared = Prepare(text, limits, names);
  const Result<Tree> tree = ParsePage(prepared, text, names, options.max_nodes());
  if (!tree.ok()) return tree.status();
  Report(prepared, *tree, options, context);

  const Page page{text, prepared, *tree, names};
  const PageText drafts = DraftBlocks(page);
  DocumentBuilder builder(decoded, document);
  const PageMetadata metadata = WriteMetadata(page, drafts, options.max_json_ld_bytes(), context, builder);
  std::optional<PageLinks> links;
  if (options.links()) links.emplace(page, options, builder, document);
  WriteBlocks(page, drafts, metadata.title_draft, builder, document, links ? &*links : nullptr);
  if (Status status = WriteJsonLdTexts(page, drafts, metadata.json_ld, options, builder, document); !status.ok()) return status;
  builder.Finish("markup");
  if (links) FinishLinks(*links, options, context);
  return OkStatus();
}

}  // namespace garner::html
