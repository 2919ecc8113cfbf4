#include "garner/link_marks.h"

#include <google/protobuf/repeated_field.h>

namespace garner {
namespace {

bool IsGap(char c) { return c == ' ' || c == '\n'; }

}  // namespace

void LinkMarks::Begin(std::string_view address) {
  End();
  address_ = address;
  begin_ = end_ = builder_.text_size();
}

void LinkMarks::End() {
  if (!address_.empty() && end_ > begin_) {
    if (static_cast<uint64_t>(document_->annotations_size()) < max_links_) {
      v1::Annotation* added = document_->add_annotations();
      added->set_set(std::string(kLinkSet));
      added->set_label("link");
      added->set_begin(begin_);
      added->set_end(end_);
      added->set_value(address_);
    } else {
      ++left_out_;
    }
  }
  address_.clear();
}

// The builder places the space and the empty line before a link's text together with that text, and code keeps what space there is.
void LinkMarks::Finish() {
  const std::string& text = document_->text();
  for (v1::Annotation& link : *document_->mutable_annotations()) {
    uint64_t begin = link.begin();
    while (begin < link.end() && IsGap(text[begin])) ++begin;
    uint64_t end = link.end();
    while (end > begin && IsGap(text[end - 1])) --end;
    link.set_begin(begin);
    link.set_end(end);
  }
  auto* links = document_->mutable_annotations();
  int stay = 0;
  for (int i = 0; i < links->size(); ++i)
    if (links->Get(i).begin() < links->Get(i).end()) links->SwapElements(stay++, i);
  links->DeleteSubrange(stay, links->size() - stay);
}

}  // namespace garner
