// What holds for every document at any time, checked against its payload.
#pragma once

#include <string_view>

#include <gtest/gtest.h>

#include "garner/v1/document.pb.h"

namespace garner::testing {

// Text valid UTF-8 without controls; blocks tile it with exactly one empty line between; the map tiles it; every VERBATIM run
// equals the payload's bytes; TRANSCODED runs decode to their text; annotations lie in the text; text and removals account for
// every byte of the payload, and no removal overlaps a VERBATIM or TRANSCODED run or another removal.
::testing::AssertionResult Sound(const v1::Document& document, std::string_view payload);

}  // namespace garner::testing
