// Whether 4/5/2018 is a day in April or in May, by the text that it stands in.
//
//   GuessOrder(document, lists)   // kDayFirst in a German text
//
// Pure; reads the beginning of the text, and only where some date asks.
#pragma once

#include "dates.h"
#include "garner/v1/document.pb.h"
#include "word_lists.h"

namespace garner::metadata_lines {

// The order of day and month that the text's own language suggests: its declared language, its script, its function words.
NumericOrder GuessOrder(const v1::Document& document, const WordLists& lists);

}  // namespace garner::metadata_lines
