// Kinds of content that a user may ask to stay, whatever models and rules say of them.
//
//   if (IsContent(analysis, 7, Content::kTables)) ...
//
// A block is of no kind where it stands in the frame of a page (navigation, footer, forms) or is a button by its own words. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analysis.h"

namespace garner::boilerplate_stripper {

enum class Content : uint8_t {
  kComments,  // HTML: what readers wrote, inside an element whose class words say so
  kTables,    // rows of tables of data
  kCaptions,  // of pictures and tables
  kLinks,     // HTML: blocks that are links for the most part
  kCount,
};
inline constexpr size_t kContents = static_cast<size_t>(Content::kCount);
// As the option `keep` has them.
inline constexpr std::array<std::string_view, kContents> kContentNames = {"comments", "tables", "captions", "links"};

bool IsContent(const Analysis& analysis, size_t block, Content kind);

}  // namespace garner::boilerplate_stripper
