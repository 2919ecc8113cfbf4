// What is wrong with this plugin: a word that CMakeLists.txt links into each library beside the same objects.
#pragma once

#include <string_view>

extern const char* const kBadness;

inline bool Bad(std::string_view word) { return word == kBadness; }
