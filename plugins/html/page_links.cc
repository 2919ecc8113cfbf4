#include "page_links.h"

#include "garner/link_address.h"

namespace garner::html {
namespace {

// The first base element with an address counts, and rests on the page's own address.
std::string BaseOf(const Page& page, const v1::Document& document, size_t max_bytes) {
  std::string own = DocumentAddress(document, max_bytes);
  const Attributes attributes = page.attributes();
  for (const Tag& tag : page.prepared.head_tags) {
    if (tag.element != tag::Base || !attributes.Has(tag, AttributeName::kHref)) continue;
    std::string base = LinkAddress(attributes.Value(tag, AttributeName::kHref), own, max_bytes);
    return IsWebAddress(base) ? base : own;
  }
  return own;
}

}  // namespace

PageLinks::PageLinks(const Page& page, const HtmlOptions& options, DocumentBuilder& builder, v1::Document* document)
    : page_(page),
      max_bytes_(options.max_link_bytes()),
      marks_(builder, document, options.max_links()),
      base_(BaseOf(page, *document, max_bytes_)) {}

void PageLinks::Before(const Part& part) {
  if (part.kind == Part::kCell) return Close();
  if (part.link == kNoNode || part.link == open_) return;
  open_ = part.link;
  marks_.Begin(AddressOf(part.link));
}

void PageLinks::After(const Part& part) {
  if (part.link != kNoNode) marks_.Extend();
}

void PageLinks::Close() {
  marks_.End();
  open_ = kNoNode;
}

// A link around many blocks is asked for once for each of them.
const std::string& PageLinks::AddressOf(NodeId link) {
  if (link == last_) return address_;
  last_ = link;
  address_.clear();
  const Node& node = page_.tree.nodes[link];
  const Attributes attributes = page_.attributes();
  // Looked at before references are resolved: what is longer is not even read.
  if (attributes.Raw(node, AttributeName::kHref).size() > max_bytes_) return address_;
  return address_ = LinkAddress(attributes.Value(node, AttributeName::kHref), base_, max_bytes_);
}

}  // namespace garner::html
