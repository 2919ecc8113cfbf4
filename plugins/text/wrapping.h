// Tells line breaks that a fixed width made from those that mean something.
//
// Text wrapped at a width shows it: the first word of a line would not have fitted on the line before. A group of lines counts as
// wrapped where that holds, lines break in mid-sentence and go on in lower case. The width that the wrapped groups of a document
// share serves its short paragraphs.
#pragma once

#include <cstdint>
#include <vector>

#include "lines.h"
#include "list_items.h"

namespace garner::text {

// The width that a group by itself is wrapped at; 0 where it is not.
uint32_t WrapWidth(const std::vector<Line>& group, const std::vector<ItemMark>& marks);

// Learns the width of a document from its groups.
class DocumentWidth {
 public:
  void Add(uint32_t width, size_t lines);
  // 0 where no group was wrapped.
  uint32_t Get() const;

 private:
  uint64_t lines_of_[kWidestLine + 2] = {};
};

// For each line whether it goes on in the next one. `width` is the group's own or the document's; 0: neither is known.
std::vector<bool> JoinsNext(const std::vector<Line>& group, const std::vector<ItemMark>& marks, uint32_t width);

}  // namespace garner::text
