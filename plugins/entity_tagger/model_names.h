// The names that the trained model finds in a block, and what becomes of them and those of the rules.
//
//   SentenceFeatures features(scene, rule_names, evidence, model.classes());
//   std::vector<Name> names = MergeNames(scene, rule_names, ModelNames(scene, features, model));
//
// The model knows what the rules found: it is one of its features. So for people, organisations and places its word counts, and
// the rules say what it does not: that a place is a country, a city or a building, the canonical name from a list, and everything
// else (groups, events, laws). Linear in the block. Pure.
#pragma once

#include <vector>

#include "name_model.h"
#include "scene.h"
#include "word_features.h"

namespace garner::entity_tagger {

// PERSON, ORG and GPE (for any place), in order of place, none overlapping.
std::vector<Name> ModelNames(const Scene& scene, SentenceFeatures features, const NameModel& model);

// Both in order of place and without overlaps of their own; so is what comes back. No name lies on an expression.
std::vector<Name> MergeNames(const Scene& scene, const std::vector<Name>& rules, std::vector<Name> found);

}  // namespace garner::entity_tagger
