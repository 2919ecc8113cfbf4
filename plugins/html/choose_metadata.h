// Chooses among a page's metadata candidates.
#pragma once

#include "candidates.h"

namespace garner::html {

// Marks the chosen candidates: one for each single-valued key, all of one origin for a list. Origins go by their measured precision.
// The chosen title stands without the site's name, the language as a primary BCP 47 subtag.
void ChooseMetadata(Candidates& candidates);

}  // namespace garner::html
