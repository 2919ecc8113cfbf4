// HTML as a line of text, for titles and summaries.
#pragma once

#include <string>
#include <string_view>

namespace garner::feed {

// Without tags, references resolved. What is not well written stays. Linear time. Pure functions.
std::string PlainText(std::string_view html);

// Whether a text holds a tag or a character reference.
bool LooksHtml(std::string_view text);

}  // namespace garner::feed
