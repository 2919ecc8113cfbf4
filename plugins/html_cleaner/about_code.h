// Tells a document about programming, which shows code on purpose, from one that is littered with a page's own code.
// Pure; linear.
#pragma once

#include <string>
#include <string_view>

namespace garner::html_cleaner {

struct ProgrammingWords {
  int strong = 0;  // "JavaScript", "stylesheet", "Python" ...
  int weak = 0;    // "function", "код", "Programmier..." ...
};

// For all blocks of a document: what one left of memory the next uses.
class ProgrammingWordCounter {
 public:
  // Counts the words of one block, 2 of a kind at most. A demand to switch scripts on ("Please enable JavaScript") counts nothing.
  ProgrammingWords Count(std::string_view text);

 private:
  std::string folded_;
};

}  // namespace garner::html_cleaner
