// Links of a page as annotations of its document, written together with the blocks.
//
//   PageLinks links(page, options, builder, &document);   // once the metadata is written: addresses rest on the page's own
//   links.Before(part); ... append the part ...; links.After(part);
//   links.EndBlock();                                     // and so on; once the builder has finished:
//   links.Finish();
//
// A link is one mark in each block that it has text in, and in each cell of a table's row. One thread.
#pragma once

#include <cstdint>
#include <string>

#include "draft_blocks.h"
#include "garner/document_builder.h"
#include "garner/link_marks.h"
#include "garner_plugins/html/options.pb.h"
#include "page.h"

namespace garner::html {

class PageLinks {
 public:
  // All of them must outlive this object; `document` is the builder's.
  PageLinks(const Page& page, const HtmlOptions& options, DocumentBuilder& builder, v1::Document* document);

  void Before(const Part& part);
  void After(const Part& part);
  void EndBlock() { Close(); }
  void Finish() { marks_.Finish(); }

  // Links beyond `max_links`.
  uint64_t left_out() const { return marks_.left_out(); }

 private:
  void Close();
  const std::string& AddressOf(NodeId link);

  const Page& page_;
  const uint64_t max_bytes_;
  LinkMarks marks_;
  std::string base_;
  NodeId open_ = kNoNode;
  NodeId last_ = kNoNode;  // the link whose address is `address_`
  std::string address_;
};

}  // namespace garner::html
