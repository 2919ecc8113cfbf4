// All that is known of a document's blocks before anything is decided: one chain for every format.
//
//   Analysis analysis(document, lexicon);
//   analysis.facts[3].words; analysis.judgements[3].evidence;
//
// The document must outlive it. Pure, linear.
#pragma once

#include <vector>

#include "block_features.h"
#include "boundary.h"
#include "extent.h"
#include "facts.h"
#include "page_elements.h"
#include "records.h"
#include "score.h"

namespace garner::boilerplate_stripper {

struct Analysis {
  Analysis(const v1::Document& read, const Lexicon& lexicon)
      : document(read), facts(ReadEntries(read, lexicon, words)), extent(FindExtent(facts)), elements(read, facts), features(ComputeFeatures(read, facts, extent, elements)) {
    judgements.reserve(features.size());
    for (const FeatureVector& block : features) judgements.push_back({.evidence = Evidence(block)});
    DrawBoundaries(facts, extent, judgements);
  }

  static std::vector<Facts> ReadEntries(const v1::Document& read, const Lexicon& lexicon, BlockWords& words) {
    std::vector<Facts> facts = ReadFacts(read, lexicon, words);
    MarkRecords(facts);
    return facts;
  }

  const v1::Document& document;
  BlockWords words;
  std::vector<Facts> facts;
  Extent extent;
  PageElements elements;
  std::vector<FeatureVector> features;
  std::vector<Judgement> judgements;  // what the rules say
};

}  // namespace garner::boilerplate_stripper
