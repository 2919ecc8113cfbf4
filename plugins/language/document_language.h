// The language that a document is in, from a sample of its running text.
//
//   const Sample sample = TakeSample(document);
//   const Detection detection = Detect(sample.text);
//
// Pure function, safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "garner/span.h"
#include "garner/v1/document.pb.h"

namespace garner::language {

struct Piece {
  int block = 0;
  Span span;  // in the sample
};

struct Sample {
  std::string text;
  std::vector<Piece> pieces;  // in order
  std::vector<bool> running;  // for each block of the document: it is running text
  // Every block that was to be sampled is in it whole.
  bool complete = true;
};

// Short documents whole, long ones in pieces spread over all of the text. Running text only, where there is enough of it.
Sample TakeSample(const v1::Document& document);

}  // namespace garner::language
