// Finds what other systems than HTML left behind: shortcodes of content systems, bulletin-board codes, template placeholders.
// Pure; linear.
#pragma once

#include <string_view>
#include <vector>

#include "find_residue.h"

namespace garner::html_cleaner {

// In order of place.
std::vector<Finding> FindBracketCodes(std::string_view text);

// A short line with a placeholder of a template language (`{{count}} shares`): nothing of it is text.
bool IsUnfilledTemplate(std::string_view text);

// A sentence, or many words, around a placeholder: text that talks about it.
bool HoldsTemplateInProse(std::string_view text);

}  // namespace garner::html_cleaner
