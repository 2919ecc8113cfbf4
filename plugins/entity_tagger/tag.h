// The whole tagger: a document in, its mentions out.
//
//   std::vector<Mention> mentions = Tag(document, *lists, {});
//
// In order of place, none overlapping another or crossing a block; blocks of code are left alone. Time is linear in the text.
// Pure.
#pragma once

#include <vector>

#include "document_pass.h"
#include "garner/v1/document.pb.h"
#include "lists.h"

namespace garner::entity_tagger {

struct TagOptions {
  bool month_first = true;
};

std::vector<Mention> Tag(const v1::Document& document, const Lists& lists, const TagOptions& options);

}  // namespace garner::entity_tagger
