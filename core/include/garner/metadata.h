// Reading a document's metadata candidates. Pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner {

// True for keys whose chosen candidates form a list: authors, tags, image_captions, image_credits, author_affiliations, flags.
bool IsListKey(std::string_view key);

// The value that stands in the record for a single-valued key, or an empty view.
std::string_view ChosenValue(const v1::Document& document, std::string_view key);

// The values that stand in the record for a list key, in the order in which they were added.
std::vector<std::string_view> ChosenValues(const v1::Document& document, std::string_view key);

}  // namespace garner
