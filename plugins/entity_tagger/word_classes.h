// Words that stand in the same surroundings, as classes: what is known of "Tuesday" helps with "Wednesday".
//
//   WordClasses classes(bytes);
//   uint32_t word_class = classes.Of(tokens[i].hash);
//
// A view of an open table of 8-byte slots (word hash, fine and coarse class), part of a model file. Immutable, safe from any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace garner::entity_tagger {

class WordClasses {
 public:
  struct Classes {
    uint16_t fine = 0;  // 0: none
    uint16_t coarse = 0;
  };

  WordClasses() = default;
  // A whole number of slots; the bytes outlive the view.
  explicit WordClasses(std::string_view table) : table_(table) {}

  Classes Of(uint64_t word) const;

  // The bytes of a table of these words.
  static std::string Build(const std::vector<std::pair<uint64_t, Classes>>& words);

 private:
  std::string_view table_;
};

}  // namespace garner::entity_tagger
