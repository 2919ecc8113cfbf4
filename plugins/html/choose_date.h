// Chooses among a page's dates of publication.
#pragma once

#include <vector>

#include "candidates.h"

namespace garner::html {

// Marks the chosen one. A doubtful date is none: what stands in the text away from the title belongs to teasers and comments as
// often as to the page.
void ChooseDate(std::vector<Candidate>& all);

}  // namespace garner::html
