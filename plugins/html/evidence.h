// What the markup around blocks says about them, as far as a classifier needs it.
//
//   EvidenceWriter evidence(page, document);
//   evidence.Fill(draft, block.mutable_html());     // drafts in the order of the page
#pragma once

#include <cstdint>
#include <vector>

#include "draft_blocks.h"
#include "garner/v1/document.pb.h"
#include "page.h"

namespace garner::html {

class EvidenceWriter {
 public:
  // Both must outlive it. The elements that blocks stand in are added to the document, each once.
  EvidenceWriter(const Page& page, v1::Document* document) : page_(page), document_(document) {}

  // Fills everything but link_bytes, which is known once the text is written. Of an element's words the first 32 are taken, 32 bytes of each.
  void Fill(const Draft& draft, v1::HtmlEvidence* evidence);

 private:
  struct Written {
    NodeId node = 0;
    uint32_t index = 0;
  };

  // The element and those around it are written after this, the innermost is the last in `around_`.
  void WriteElements(NodeId node);
  void WriteElement(NodeId node);

  const Page& page_;
  v1::Document* document_;
  std::vector<Written> around_;  // the elements around the last draft, from the outermost in
  std::vector<NodeId> missing_;
};

}  // namespace garner::html
