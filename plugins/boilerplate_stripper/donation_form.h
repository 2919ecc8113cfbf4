// Finds what is left of a donation form at the end of a text: its labels, the charity statement under them, a slogan and a
// button.
//
//   DonationForm form = FindDonationForm(facts);
//   if (form.found()) ...   // blocks [form.begin, facts.size())
//
// A slogan and a line of numbers are known by nothing but where they stand. Pure, linear.
#pragma once

#include <cstddef>
#include <vector>

#include "facts.h"

namespace garner::boilerplate_stripper {

struct DonationForm {
  size_t begin = 0;
  size_t end = 0;

  bool found() const { return begin < end; }
};

DonationForm FindDonationForm(const std::vector<Facts>& facts);

}  // namespace garner::boilerplate_stripper
