// Chooses a page's title among its candidates.
#pragma once

#include <string>
#include <vector>

#include "candidates.h"

namespace garner::html {

// Takes the site's name off the titles of `all`, then marks one as chosen: the first-level heading that says much the same as
// what the markup states as the title, because that is the title that readers see; else what the markup states, in order of
// measured precision. `heading_is_dated`: a date stands beside the first of those headings, as beside the title of a text.
// `linked`: addresses that a page links which states none of its own; among them is often its site's.
// Candidates of key "heading" (the page's other headings) help to tell title and site name apart and are taken out.
void ChooseTitle(bool heading_is_dated, const std::vector<std::string>& linked, std::vector<Candidate>& all);

}  // namespace garner::html
