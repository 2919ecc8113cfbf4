// Names that a word gives away: "... Council", "Ministry of ...", "... Inc.", "Lake ...", "... Airport", "... War", "... Act".
#pragma once

#include <optional>

#include "scene.h"

namespace garner::entity_tagger {

// The name that begins at token i, where its head word says what it is. Looks at a bounded number of tokens.
std::optional<Name> MatchHead(const Scene& scene, size_t i);

}  // namespace garner::entity_tagger
