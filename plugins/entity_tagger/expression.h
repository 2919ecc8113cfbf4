// A date, time or amount that begins at some token, with its value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace garner::entity_tagger {

struct Expression {
  size_t begin = 0;  // tokens
  size_t end = 0;
  std::string_view label;
  std::string value;          // empty where it is not determined
  bool names_itself = false;  // the value is the canonical name: an absolute date, an amount
};

}  // namespace garner::entity_tagger
