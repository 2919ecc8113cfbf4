// Pages made to be hard, at full size: time and peak of memory of each.
#pragma once

#include <cstddef>

namespace garner::bench {

// Each in a child of its own, so many times smaller. Prints a line each. The exit status: 1 where anything was wrong.
int CleanMonsters(size_t smaller);

}  // namespace garner::bench
