// What stands between and after the paragraphs of the body: teaser boxes, datelines, notes, and the tail's tags, bylines and
// dates.
#pragma once

#include <vector>

#include "findings.h"

namespace garner::metadata_lines {

// A labelled box (label and one paragraph) that occurs twice: its text is the description, all copies leave.
void FindTeaserBoxes(std::vector<Line>& lines, const WordLists& lists, Findings* found);

// Syndication notes, disclaimers and editors' notes that are paragraphs of their own.
void FindNotes(std::vector<Line>& lines, Findings* found);

// A city alone in mid-document where a fuller copy of the beginning starts, and "BERLIN (Agency) - " before the body's first
// sentence. `body`: index of the body's first line.
void FindDatelines(std::vector<Line>& lines, size_t body, const WordLists& lists, Findings* found);

// Labelled lines below the head, and what stands after the last paragraph.
void FindTail(std::vector<Line>& lines, size_t body, const WordLists& lists, Findings* found);

}  // namespace garner::metadata_lines
