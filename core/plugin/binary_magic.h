// Well-known file formats by their first bytes, so that a payload that nobody decodes is at least called by its name.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// The media type, or an empty string. With `looks_binary` also formats whose magic is a plausible beginning of a text ("BM", "MZ").
// Looks into a ZIP's first entries to tell EPUB and office documents from plain archives. Pure function.
std::string MediaTypeByMagic(std::string_view payload, bool looks_binary);

}  // namespace garner
