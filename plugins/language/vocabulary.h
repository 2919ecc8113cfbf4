// The small words of a document: a cheap way to see that a block is in another language than the rest.
//
//   Vocabulary vocabulary;
//   vocabulary.Add("The ferry that left at the usual hour was not the one that came back.");
//   vocabulary.ShareIn("El barco no volvió hasta la noche.")     // 0: none of its words is known
//
// A word counts as known once it was added twice. Values; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace garner::language {

class Vocabulary {
 public:
  void Add(std::string_view text);
  // Known words among all words of `text`, 0 to 1; 1 where there are no words.
  double ShareIn(std::string_view text) const;

 private:
  // By hash of the word.
  std::array<uint8_t, 4096> counts_{};
};

}  // namespace garner::language
