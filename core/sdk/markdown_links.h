// The links of a document on their way into Markdown: where the brackets stand, and what is in them.
//
//   MarkdownLinks links(document);
//   links.Seek(block.begin());
//   if (links.edge() == place) out += links.Pass(line_end, "");      // "[", "](address)" or both
//
// Annotations of the set "links"; of those that overlap the first. The document must outlive this object. One pass over the links, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner {

class MarkdownLinks {
 public:
  explicit MarkdownLinks(const v1::Document& document);

  // Goes on to the first link that begins at or after a place. None is open then.
  void Seek(uint64_t place);

  // Where the open link ends, else where the next one begins; beyond every text where there is none.
  uint64_t edge() const { return edge_; }
  bool open() const { return open_; }

  // What stands at the edge: the end of a link, the beginning of one, or both. A link begins only if it ends on its line, has words, and does not
  // hold `border` (empty: nothing is one).
  std::string Pass(uint64_t line_end, std::string_view border);

  // Whether a character needs a backslash because a bracket stands beside it: that makes a mark of what was part of a word, and a picture of an
  // exclamation.
  bool NeedsBackslash(char c, uint64_t place) const;

 private:
  bool Fits(const v1::Annotation& link, uint64_t line_end, std::string_view border) const;

  static constexpr uint64_t kNowhere = ~uint64_t{0};

  const v1::Document& document_;
  std::vector<const v1::Annotation*> links_;  // in order, apart
  size_t next_ = 0;                           // the open one, else the next
  bool open_ = false;
  uint64_t edge_ = kNowhere;
  uint64_t passed_ = kNowhere;                // the last edge
};

}  // namespace garner
