// Marks the links of a document while its blocks are written: annotations of the set "links". For decoders.
//
//   LinkMarks marks(builder, &document, max_links);
//   marks.Begin("https://a.example/");
//   builder.Append({120, 141});
//   marks.Extend();              // what was appended since Begin is the link's
//   marks.End();                 // before the block ends
//   builder.Finish("markup");
//   marks.Finish();
//
// A link that no text was appended for makes no mark. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "garner/document_builder.h"
#include "garner/v1/document.pb.h"

namespace garner {

inline constexpr std::string_view kLinkSet = "links";

class LinkMarks {
 public:
  // `document` is the builder's; both must outlive the marks.
  LinkMarks(DocumentBuilder& builder, v1::Document* document, uint64_t max_links) : builder_(builder), document_(document), max_links_(max_links) {}

  // Ends the open link, if any. An empty address makes no mark.
  void Begin(std::string_view address);
  void Extend() { end_ = builder_.text_size(); }
  void End();
  // Once the builder has finished.
  void Finish();

  // Links that were left out because there were `max_links` already.
  uint64_t left_out() const { return left_out_; }

 private:
  DocumentBuilder& builder_;
  v1::Document* document_;
  const uint64_t max_links_;
  std::string address_;  // of the open link; empty: none is open
  uint64_t begin_ = 0;
  uint64_t end_ = 0;
  uint64_t left_out_ = 0;
};

}  // namespace garner
