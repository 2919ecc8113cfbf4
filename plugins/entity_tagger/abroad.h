// People and organisations in text that is not English, where a capital alone says less or something else.
//
// German gives every noun a capital, the Romance languages and Russian write organisations with few of them: a person needs a
// known first name and a surname, or a title; an organisation needs a head word and what it is of. What convinces neither is left
// alone.
#pragma once

#include <optional>

#include "scene.h"

namespace garner::entity_tagger {

// The person whose name begins at token i. `titled`: a title stands before it.
std::optional<Name> MatchPersonAbroad(const Scene& scene, size_t i, bool titled);

// "Universidad de Sevilla", "Banque de France", "Universität Heidelberg".
std::optional<Name> MatchOrganisationAbroad(const Scene& scene, size_t i);

// "the Keller" in German: a trade more often than a person.
bool AfterGermanArticle(const Scene& scene, size_t i);

}  // namespace garner::entity_tagger
