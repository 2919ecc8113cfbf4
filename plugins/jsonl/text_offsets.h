// Places in a text, counted the way the reader of the record counts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace garner::jsonl {

enum class OffsetUnit { kCodePoints, kBytes, kUtf16 };

// Converts places from UTF-8 bytes, in their order; they need not be sorted. One pass over the text: O(text + places log places).
// A place inside a character counts as the character's end; one beyond the text as the text's end.
std::vector<uint64_t> ConvertOffsets(std::string_view text, const std::vector<uint64_t>& places, OffsetUnit unit);

}  // namespace garner::jsonl
