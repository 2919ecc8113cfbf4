// Documents for transforms and sinks, made from cases as a decoder would make them.
#pragma once

#include <vector>

#include "garner/testing/case.pb.h"
#include "garner/v1/document.pb.h"

namespace garner {

// Blocks, map and removals are those of a payload that is the blocks' texts joined by empty lines; chosen metadata is added.
v1::Document DocumentOf(const testing::Case& content);

// News, a list, code, dialogue, a page with roles and HTML evidence, several scripts, an empty document.
std::vector<testing::Case> SampleDocuments();

}  // namespace garner
