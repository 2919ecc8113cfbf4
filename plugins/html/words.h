// Texts reduced to their words, for comparing titles.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace garner::html {

// The letters and digits, folded, without anything between: "The Harbour-Post" and "harbourpost" are the same; a leading "the" is
// left out of longer names.
std::string Squashed(std::string_view text);

// The different words, folded.
std::set<std::string> Words(std::string_view text);

// Without the marks that pages put behind a heading to link to it: a pilcrow, a number sign, a symbol of an icon font.
std::string_view WithoutAnchorMark(std::string_view heading);

}  // namespace garner::html
