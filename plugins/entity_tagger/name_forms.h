// How a name is written: its initials, its capitals, its letters in the wrong order. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace garner::entity_tagger {

// Two capitals or more among up to ten letters, digits, hyphens and stops: "ECOWAS", "U.N", "MoD".
bool LooksLikeAcronym(std::string_view word);
// The capitals of `acronym` in this order among the first letters of the words.
bool InitialsMatch(std::string_view acronym, std::string_view initials);
// The capitals that begin its words: "KMRI" of "Kenya Marine Research Institute".
std::string InitialsOf(std::string_view name);
// "Portgual": two letters of the name have changed places, which no other word explains. `folded`: the misspelt word, folded.
bool IsSwap(std::string_view folded, std::string_view name);

inline char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
// Four capitals or more and no small letter.
bool AllCaps(std::string_view text);
// "MARY OKAFOR" as "Mary Okafor".
std::string TitleCase(std::string text);

}  // namespace garner::entity_tagger
