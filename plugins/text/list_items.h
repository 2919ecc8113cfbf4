// Which lines of a group begin list items.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "lines.h"

namespace garner::text {

struct ItemMark {
  enum class Kind : uint8_t {
    kNone,
    kBullet,  // a sign that is used for nothing else: •
    kSign,    // - * + or a dash, which also begin dialogue and notes
    kNumber,  // 12. 12) (12) b)
  };
  Kind kind = Kind::kNone;
  char32_t sign = 0;   // the bullet, or what follows the number
  uint32_t number = 0;
  bool item = false;   // surely a list item
  uint32_t level = 0;  // nesting depth from 1
};

// One mark a line. A bullet is sure by itself; signs need a neighbour with the same sign, and most of them no sentences, for
// dialogue looks like that; numbers need the next or the previous number beside them.
std::vector<ItemMark> MarkItems(std::string_view text, const std::vector<Line>& group);

}  // namespace garner::text
