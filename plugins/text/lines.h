// Lines of a text and what each looks like.
//
//   LineReader reader(text);
//   std::vector<Line> group;
//   while (reader.NextGroup(group)) ...      // lines without a blank line between them
//
// A line ends at LF, CR, CR LF, VT, FF, NEL, U+2028 or U+2029; the last two lines of a text need no line end. Linear time: no more
// of a line is looked at than its first and last characters and what fits a wrapped line. One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::text {

// Columns beyond this are not counted: no wrapped line is that wide.
inline constexpr uint32_t kWidestLine = 132;

enum class Start : uint8_t { kLower, kUpper, kUncased, kOther };

struct Line {
  uint64_t begin = 0;  // without the white space around the line
  uint64_t end = 0;
  uint16_t width = 0;       // columns with the indentation, wide characters two; kWidestLine + 1 for wider ones
  uint16_t first_word = 0;  // columns of what could not be parted at the line's start
  uint16_t indent = 0;      // columns of white space before it
  uint16_t words = 0;       // up to the widest line
  uint16_t capitals = 0;    // words that begin in upper case
  Start start = Start::kOther;  // the first letter, behind opening quotation marks
  bool prose = false;       // letters and ordinary punctuation; no table, quotation of mail, code or markup
  bool ended = false;       // ends as a sentence does
  bool open_ended = false;  // ends in a letter, digit, comma, closing mark or hyphen: the sentence may go on
  bool clauses = false;     // a comma or full stop and a space inside: more than a heading or a label
  bool wide_start = false;  // first and last character of a script that is written without spaces
  bool wide_end = false;

  Span span() const { return {begin, end}; }
};

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}

  // Fills `group` with the next lines that no blank line parts; false at the end of the text.
  bool NextGroup(std::vector<Line>& group);

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace garner::text
