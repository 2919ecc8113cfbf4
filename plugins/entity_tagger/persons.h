// Names of people, by first names, titles, initials and what stands around them.
#pragma once

#include <optional>

#include "scene.h"

namespace garner::entity_tagger {

// The person whose name begins at token i. `titled`: a title stands before it.
std::optional<Name> MatchPerson(const Scene& scene, size_t i, bool titled);

// The title that begins at token i ("Prime Minister"): one past it, or i.
size_t PastTitle(const Scene& scene, size_t i);

}  // namespace garner::entity_tagger
