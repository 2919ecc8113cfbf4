// Tells text that talks about markup ("the <p> element", "write &amp; for an ampersand") from text that is littered with it.
// Pure; each look is bounded.
#pragma once

#include <string_view>

#include "garner/span.h"

namespace garner::html_cleaner {

// The tag at `tag` is spoken of: quoted alone, in backticks, or beside a word such as "tag", "balise", "элемент".
bool IsTagMention(std::string_view text, Span tag);

// "In a page <script> opens a program and </script> ends it": words before the tag, and nothing but words up to the next end tag.
bool SentenceGoesOn(std::string_view text, Span tag);

// As IsTagMention, of a character reference.
bool IsReferenceMention(std::string_view text, Span reference);

// The text names a markup language: HTML, XML, CSS ...
bool NamesMarkup(std::string_view text);

// A line of a program or of a page's source, by two signs at least.
bool LooksLikeCode(std::string_view text);

}  // namespace garner::html_cleaner
