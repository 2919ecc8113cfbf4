// Where the main text probably lies: the stretch of blocks with the most running text and the least user interface.
//
//   Extent extent = FindExtent(facts);   // blocks [begin, end)
//
// A first estimate that features rest on; the decision is made later. Pure, linear.
#pragma once

#include <cstddef>
#include <vector>

#include "facts.h"

namespace garner::boilerplate_stripper {

struct Extent {
  size_t begin = 0;
  size_t end = 0;
  // How much user interface stands before and after it, 0 (none seen) to 1 (plenty).
  double head_dirt = 0;
  double tail_dirt = 0;
  // Before the last interface line of the head, after the first of the tail.
  size_t head_ui_end = 0;
  size_t tail_ui_begin = 0;
  // How sure it is that this is a page with its interface, from 0 to 1: how many different phrases that only interfaces have.
  double page = 0;
  // Words of the stretch, and of everything.
  uint64_t words = 0;
  uint64_t all_words = 0;
};

// How much user interface stands in blocks [begin, end): 0 (none) to 1 (plenty).
double Dirt(const std::vector<Facts>& facts, size_t begin, size_t end);

Extent FindExtent(const std::vector<Facts>& facts);

}  // namespace garner::boilerplate_stripper
