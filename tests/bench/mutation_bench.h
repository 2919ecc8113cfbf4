// The pages of a folder, mutated: none may crash, fail without a word, come out broken or take long.
#pragma once

#include <cstddef>
#include <string>

namespace garner::bench {

// Each page in a child of its own, each kind of mutation so many times. Prints a line a kind. The exit status: 1 where anything was wrong.
int MutatePages(const std::string& folder, size_t every, size_t times);

// Writes the page that MutatePages calls "NAME KIND TIME".
int WriteMutated(const std::string& folder, const std::string& name, size_t kind, size_t time);

}  // namespace garner::bench
