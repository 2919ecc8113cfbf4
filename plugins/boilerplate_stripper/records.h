// Finds entries that are described line by line, each by the same labels with a value right below: "Timer / Yes", "Window / No".
// Also texts that are made of headings with a paragraph tight below each: one that reads like a button is a heading there.
//
//   MarkRecords(facts);   // sets Facts::record of labels and values; a value such as "Yes" is no button any more
//
// Buttons under every post repeat as well: no label may be a phrase of interfaces. Pure, linear.
#pragma once

#include <vector>

#include "facts.h"

namespace garner::boilerplate_stripper {

void MarkRecords(std::vector<Facts>& facts);

}  // namespace garner::boilerplate_stripper
