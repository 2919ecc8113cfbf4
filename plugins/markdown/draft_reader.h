// Reads a Markdown text into drafts of blocks.
//
//   Result<Drafts> drafts = ReadDrafts(text, begin, {.max_depth = 100});
//
// md4c parses (CommonMark with tables, strikethrough and task lists); what it says is put back to the places where it stands in the text.
// Linear time but for link definitions, which have a limit. Fails with kLimit. Pure function, safe from any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "draft.h"
#include "garner/status.h"

namespace garner::markdown {

struct ReadLimits {
  uint32_t max_depth = 100;
  uint32_t max_link_definitions = 10000;
  bool links = false;           // say which link a text stands in
  uint32_t max_link_bytes = 0;  // of an address that is looked at
  uint32_t max_links = 0;       // the others are not told of: many may share one long address
};

// Of the text from `begin` on. Positions count from the text's beginning.
Result<Drafts> ReadDrafts(std::string_view text, uint64_t begin, const ReadLimits& limits);

}  // namespace garner::markdown
