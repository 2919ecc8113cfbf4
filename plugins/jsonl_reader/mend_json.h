// JSON that programs write and no standard takes, made right: halves of surrogate pairs, numbers beyond 64 bits, NaN and Infinity.
#pragma once

#include <string>
#include <string_view>

namespace garner::jsonl_reader {

struct Mended {
  // Half of a pair became U+FFFD, a long number a string, NaN and Infinity null.
  std::string json;
  uint64_t lone_surrogates = 0;
  // Something was changed; else there is nothing to be gained by parsing again.
  bool changed = false;
};

// Linear time. Pure function.
Mended MendJson(std::string_view json);

}  // namespace garner::jsonl_reader
