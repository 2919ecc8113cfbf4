// Finds the blocks that are in another language than their document.
//
// Suspects are found cheaply: by what the detector said of the sample, by their script, and by how few of the document's small words they
// have. Each suspect is then read by the detector on its own. Pure function, safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "detect.h"
#include "document_language.h"
#include "garner/v1/document.pb.h"

namespace garner::language {

struct ForeignBlock {
  int block = 0;
  std::string code;
  double share = 0;
};

// `detection` is that of the sample; its language is known.
std::vector<ForeignBlock> FindForeignBlocks(const v1::Document& document, const Sample& sample, const Detection& detection);

}  // namespace garner::language
