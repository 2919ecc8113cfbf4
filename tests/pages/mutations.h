// Pages made worse, by seeded chance: the same kind, page and seed give the same bytes on every machine.
//
//   for (const Mutation& mutation : Mutations()) Use(mutation.name, mutation.make(page, random));
//
// Pure functions. Where there is nothing to work on, the page comes back as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/pages/random.h"

namespace garner::pages {

struct Mutation {
  std::string_view name;
  std::string (*make)(std::string_view page, Random& random);
};

const std::vector<Mutation>& Mutations();

}  // namespace garner::pages
