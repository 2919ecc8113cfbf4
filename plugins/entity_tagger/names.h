// Finds the names of a block: people, groups, organisations, places, events, laws.
#pragma once

#include <vector>

#include "scene.h"

namespace garner::entity_tagger {

// Names in order, none overlapping another or a taken token. Marks their tokens as taken. Linear in the number of tokens.
std::vector<Name> FindNames(Scene& scene);

}  // namespace garner::entity_tagger
