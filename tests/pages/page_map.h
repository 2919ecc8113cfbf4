// Holds the source map of a cleaned page against the bytes of the page: what a run claims must be so.
//
//   MapReport report;
//   CheckPageMap(document, page, report);       // adds up over many pages
//   report.characters[size_t(Share::kReference)];
//   report.mistakes                             // empty where every claim is true
//
// None of it uses the decoder's code: bytes are decoded by ICU, references by reference_text.h. Linear in page and text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"

namespace garner::pages {

// What stands behind a character of the text.
enum class Share {
  kVerbatim,        // the page's bytes
  kTranscoded,      // the page's bytes, decoded from its charset
  kReference,       // a character reference
  kJsonEscape,      // an escape of a JSON string: text from JSON-LD
  kRepaired,        // UTF-8 that was read as Latin-1 and written again
  kReplacement,     // U+FFFD for bytes that the charset does not have
  kCollapsedSpace,  // one space for white space of the page, inside a block
  kSpaceBetween,    // the empty line between two blocks, from white space of the page
  kBlockBorder,     // the empty line between two blocks, inserted
  kCellBorder,      // inserted between the cells of a table
  kLineBreak,       // inserted for a br element in code
  kSpace,           // inserted between elements
};
inline constexpr size_t kShares = static_cast<size_t>(Share::kSpace) + 1;

// "verbatim", "decoded from the charset" ...
std::string_view ShareName(Share share);

struct MapReport {
  std::array<uint64_t, kShares> characters{};
  std::array<uint64_t, kShares> white_space{};  // of these
  uint64_t wrong = 0;                           // claims that are not true
  std::vector<std::string> mistakes;            // the first of them, in words

  uint64_t Of(Share share) const { return characters[static_cast<size_t>(share)]; }
};

// `document` has passed CheckFinishedDocument: its map tiles the text and points into the page.
void CheckPageMap(const v1::Document& document, std::string_view page, MapReport& report);

}  // namespace garner::pages
