// Random documents and random edits for the property tests and the fuzz target: any script, any charset of origin, any shape.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "garner/edits.h"
#include "garner/v1/document.pb.h"

namespace garner::testing {

class RandomSource {
 public:
  explicit RandomSource(uint64_t seed) : engine_(seed) {}
  // 0 to below - 1; 0 for 0. By remainder, so that the sequence is the same with every standard library.
  uint64_t Below(uint64_t below) { return below == 0 ? 0 : engine_() % below; }
  bool OneIn(uint64_t n) { return Below(n) == 0; }

 private:
  std::mt19937_64 engine_;
};

struct RandomDocument {
  std::string payload;
  v1::Document document;
};

// Built through DocumentBuilder from text in one of several scripts, encoded in one of several charsets.
RandomDocument MakeRandomDocument(RandomSource& random);

// Edits that are valid for the document: erasures (overlapping ones too), replacements, insertions, splits, annotations (whose
// `value` is the text that they cover), metadata, roles, signals.
Edits MakeRandomEdits(const v1::Document& document, RandomSource& random);

// Edits with arbitrary numbers, mostly invalid.
Edits MakeGarbageEdits(const v1::Document& document, RandomSource& random);

}  // namespace garner::testing
