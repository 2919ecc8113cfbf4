// Captions and credits, wherever they stand.
#pragma once

#include <vector>

#include "findings.h"

namespace garner::metadata_lines {

// Takes lines that end with a credit, credit lines, and the one-sentence caption beside a credit line.
void FindPictures(std::vector<Line>& lines, const WordLists& lists, Findings* found);

}  // namespace garner::metadata_lines
