// RE2 expressions for JSON Schema, whose patterns are those of ECMAScript: only where both mean the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace garner {

// An expression that matches the same whole texts, with its own anchors. Nothing where it holds what only RE2 has (flags, Unicode
// classes, POSIX classes, \Q..\E, named groups, anchors other than ^ and $): then there is none to be trusted.
std::optional<std::string> EcmaPattern(std::string_view re2);

// "drop|mark": the words, where the expression is a choice of plain words (letters, digits, '_', '-') and nothing else.
std::vector<std::string> PatternWords(std::string_view re2);

// An expression that matches these words and no other text, in any case of their letters.
std::string AnyCasePattern(const std::vector<std::string>& words);

}  // namespace garner
