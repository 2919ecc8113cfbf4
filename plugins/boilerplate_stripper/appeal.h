// Finds the donation appeal at the end of a text: paragraphs in which the outlet speaks of itself and asks for money, with their
// headings, buttons and slogans.
//
//   Appeal appeal = FindAppeal(facts, judgements);
//   if (appeal.found()) ...   // blocks [appeal.begin, facts.size())
//
// An article about fundraising, an opinion in the voice of "we" and an interview lack one of the signals. Pure, linear.
#pragma once

#include <cstddef>
#include <vector>

#include "boundary.h"
#include "facts.h"

namespace garner::boilerplate_stripper {

struct Appeal {
  size_t begin = 0;
  size_t end = 0;
  double points = 0;

  bool found() const { return begin < end; }
};

Appeal FindAppeal(const std::vector<Facts>& facts, const std::vector<Judgement>& judgements);

}  // namespace garner::boilerplate_stripper
