// The result of an item as bytes, and back: what the cache keeps. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/job/document_worker.h"

namespace garner {

// Whether the same payload will give the same result: a failure may be one of the moment, and is tried again.
bool MayBeKept(const std::vector<Processed>& documents);

// Compressed.
std::string PackItem(const std::vector<Processed>& documents);
// What was written is unchanged now. Absent where the bytes are damaged.
std::optional<std::vector<Processed>> UnpackItem(std::string_view bytes);

}  // namespace garner
