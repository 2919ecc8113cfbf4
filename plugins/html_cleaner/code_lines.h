// Judges whether a line is a piece of a page's scripts, style sheets or structured data whose tags are gone. Pure; linear.
//
//   JudgeCodeLine("window.dataLayer = window.dataLayer || [];").strength   // 4: a page's own script
//   JudgeCodeLine("});").strength                                           // 0: code only beside code
//   JudgeCodeLine("The boat left; nobody waved.").is_code                   // false
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "garner/span.h"

namespace garner::html_cleaner {

struct CodeLine {
  bool is_code = false;
  // 0: counts beside other lines only; 1: looks like code; 2: surely is; 4: and names what pages' own scripts name.
  int strength = 0;
  // Brackets that it opens and leaves open; negative: closes.
  int depth = 0;
  // No run of plain words outside of quotation marks: inside open brackets the line can be taken for code.
  bool terse = false;
  // A style sheet, a browser's objects, JSON: what pages hold, as opposed to the languages of programs.
  bool web = false;
};

CodeLine JudgeCodeLine(std::string_view line);

// A script or style rule glued to a sentence, at its end or (rules) at its beginning.
std::optional<Span> FindCodeInside(std::string_view line);

}  // namespace garner::html_cleaner
