// The date that a page shows beside its title: "4 September 2025", "By Ida Strand | Posted on Sep 4, 2025".
//
//   AddDateline(page, text, title_draft, candidates);
//
// A short line near the title that holds one day is the best evidence of when a text was published: it is what its readers are
// told, in the time zone of its writers. The same line further away belongs to a teaser, a comment or another text. Pure
// functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "candidates.h"
#include "draft_blocks.h"
#include "page.h"

namespace garner::html {

// Adds the date of the line nearest to the draft `title` (origin "dateline"), lines behind it first, and marks the dates of other
// origins whose evidence stands beside the title. `title` may be kNoDraft: then nothing stands beside it.
void AddDateline(const Page& page, const PageText& text, size_t title, Candidates& candidates);

// True where AddDateline would find one.
bool HasDateline(const Page& page, const PageText& text, size_t title);

// The one day that a line states, as ISO 8601; empty where it states none, or says that the day is that of a change ("Updated on
// 4 May 2025").
std::string DateOfLine(std::string_view line);

// True for an element whose class or itemprop says so and does not say "published" as well.
bool MarksChange(const Page& page, NodeId element);

// True for words that tell of a change, not of the publication: "Last updated:", "entry-modified", "Zuletzt aktualisiert am".
bool TellsOfChange(std::string_view words);

}  // namespace garner::html
