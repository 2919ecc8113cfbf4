// Which blocks hold sentences. Menus, lists of names and tables mislead a detector that counts letters.
//
// Pure functions, safe from any thread. Each looks at a bounded part of its block.
#pragma once

#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner::language {

// Enough words to be a sentence, not most of them with a capital.
bool ReadsAsSentence(std::string_view text);

// Few digits, slashes and signs: commands, addresses and columns of numbers are in no language.
bool IsMostlyLetters(std::string_view text);

// A sentence in a place where pages have sentences: no code, no table, not mostly links, no menu.
bool IsRunningText(const v1::Block& block, std::string_view text);

// The writing system of most letters, as far as bytes tell: 'L' Latin, 'C' Cyrillic, 'G' Greek, 'H' Hebrew, 'A' Arabic, 'I' Indic and other
// scripts of South Asia, 'J' kana, 'Z' Han, 'K' Hangul, 'O' others; ' ' where there are none.
char MainScript(std::string_view text);

}  // namespace garner::language
