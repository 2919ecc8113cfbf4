// Any bytes as a serialised Edits message over a small document: refused, or applied with everything in order. The first byte picks the
// document.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "core/sdk/edit_applier.h"
#include "garner/testing/invariants.h"
#include "tests/core/edits/random_documents.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  garner::testing::RandomSource random(data[0]);
  garner::testing::RandomDocument made = garner::testing::MakeRandomDocument(random);
  garner::v1::Edits edits;
  const bool parsed = edits.ParseFromArray(data + 1, static_cast<int>(size - 1));
  // Bytes that are no message steer the random edits instead.
  if (!parsed) {
    for (size_t i = 1; i < size && i < 9; ++i) random.Below(data[i] + 1U);
    edits = garner::testing::MakeRandomEdits(made.document, random).proto();
  }
  const std::string before = made.document.SerializeAsString();
  const garner::Status status = garner::ApplyEdits(edits, "stage", &made.document);
  if (!status.ok() && made.document.SerializeAsString() != before) std::abort();
  const testing::AssertionResult sound = garner::testing::Sound(made.document, made.payload);
  if (!sound) {
    std::cerr << sound.message() << "\n";
    std::abort();
  }
  return 0;
}
