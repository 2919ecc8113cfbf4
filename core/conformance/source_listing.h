// What a source hands out, from its first item to its end.
#pragma once

#include <string>
#include <vector>

#include "core/conformance/checks.h"

namespace garner {

// Names and bytes of the items, a text each, in order; at most kMaxItems of them. Fails where the source does.
Result<std::vector<std::string>> ListItems(const CheckRun& run);

// The names alone: uri, container path, record key.
Result<std::vector<std::string>> ListNames(const CheckRun& run);

}  // namespace garner
