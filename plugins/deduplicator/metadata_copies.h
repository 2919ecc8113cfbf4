// Finds further copies in the text of what an earlier stage took out of it as title or description. Pure; linear.
#pragma once

#include <cstdint>
#include <vector>

#include "garner/v1/document.pb.h"
#include "paragraphs.h"

namespace garner::deduplicator {

// Blocks, in order of place. A title's copy counts above the running text, or anywhere from `min_words` words on: a shorter one
// may head a section.
std::vector<int> FindMetadataCopies(const v1::Document& document, const Paragraphs& paragraphs, uint32_t min_words);

}  // namespace garner::deduplicator
