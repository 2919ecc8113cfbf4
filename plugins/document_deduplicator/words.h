// The words of a text as hashes, whatever its script. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace garner::document_deduplicator {

// Appends a hash for each word of a folded text (FoldForComparison), in order. A word is a run of letters, digits and their
// marks. In scripts that set no spaces between words (Han, kana, Thai, Lao, Khmer, Burmese) each letter is one.
void AppendWords(std::string_view folded, std::vector<uint32_t>& words);

// Hashes of all runs of so many neighbouring words; none where there are fewer.
inline constexpr size_t kShingleWords = 5;
void AppendShingles(const std::vector<uint32_t>& words, std::vector<uint32_t>& shingles);

}  // namespace garner::document_deduplicator
