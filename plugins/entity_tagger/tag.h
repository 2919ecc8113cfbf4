// The whole tagger: a document in, its mentions out.
//
//   std::vector<Mention> mentions = Tag(document, *lists, model.get(), {});
//
// In order of place, none overlapping another or crossing a block; blocks of code are left alone. Time is linear in the text.
// Pure.
#pragma once

#include <vector>

#include "document_pass.h"
#include "garner/v1/document.pb.h"
#include "lists.h"
#include "name_model.h"
#include "reading.h"

namespace garner::entity_tagger {

// Without a model (null) the rules alone; it is asked about English only.
std::vector<Mention> Tag(const v1::Document& document, const Lists& lists, const NameModel* model, const TagOptions& options);

}  // namespace garner::entity_tagger
