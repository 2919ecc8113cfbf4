// The name that somebody probably meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner {

// The closest of `names` that is at most a third of its length (and at most 3 steps) away: a step inserts, deletes, changes or
// swaps neighbouring characters; case, '-' and '_' make no difference. Empty where nothing is near. The first of equals wins.
std::string Nearest(std::string_view name, const std::vector<std::string>& names);

// How a message about an unknown name ends: "; did you mean 'min_length'?", or "; accepted: a, b" where there are few, or "".
std::string SuggestNames(std::string_view name, const std::vector<std::string>& names);

}  // namespace garner
