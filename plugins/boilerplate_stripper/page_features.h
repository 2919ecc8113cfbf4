// What the trained model for pages is told of a block besides what that for plain text is told: its links, the elements and class words around it,
// what the containers it stands in hold and how often the page repeats them, what its markup shares with the running text, and what its words and those around it are worth. Of the page as a whole
// it is told nothing: from twelve hundred pages trees learn such numbers by heart.
//
//   PageFeatures features(analysis, model.words);
//   features.WriteRow(7, row.data());        // row[i] belongs to PageFeatures::Names()[i]
//
// Linear in the document, times how deep its elements are.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analysis.h"
#include "model_features.h"
#include "page_words.h"

namespace garner::boilerplate_stripper {

class PageFeatures {
 public:
  // Refers to `analysis`, which must outlive it.
  PageFeatures(const Analysis& analysis, const WordWeights& weights);

  static const std::vector<std::string_view>& Names();
  // Of these the last, which rest on weights of words.
  static std::vector<std::string_view> NamesOfWords();

  // Writes one number a name to `values`.
  void WriteRow(size_t block, float* values) const;
  // The last of these alone, one a name of NamesOfWords().
  void WriteRowOfWords(size_t block, float* values) const;

 private:
  // Blocks whose elements and classes are the same from the body down.
  struct Alike {
    Inside inside;
    double score = 0;
    double odds = 0;
  };
  // The heading that a block stands under.
  struct Heading {
    uint32_t distance = 0;  // in blocks
    uint32_t block = 0;
    uint32_t level = 0;
    float score = 0;
    Kind kind = Kind::kNone;
  };

  template <typename Sink> void Visit(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitBlock(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitElements(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitContainers(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitAlike(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitHolders(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitNeighbours(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitHeadings(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitWords(size_t i, Sink&& sink) const;

  const v1::Block& block(size_t i) const { return analysis_.document.blocks(static_cast<int>(i)); }
  const PageElement* own(size_t i) const { return analysis_.elements.Own(block(i)); }
  const PageElement* Around(const PageElement* element, size_t steps) const;
  // Steps out from the first to what holds both.
  size_t StepsToCommon(const PageElement* from, const PageElement* to) const;
  void ReadAlike();
  void ReadHeadings();
  void ReadTitle();
  void ReadWords(const WordWeights& weights);

  const Analysis& analysis_;
  ModelFeatures text_;
  Series links_;                         // share of a block's bytes that stand in links
  std::vector<uint32_t> alike_of_;       // of each block
  std::vector<Alike> alike_;
  std::vector<Heading> headings_;
  size_t first_h1_ = 0;                  // the number of blocks where there is none
  size_t title_ = 0;                     // blocks before the title that went into the metadata, likewise
  uint32_t holder_ = 0, wide_holder_ = 0;
  std::array<uint64_t, 8> landmark_words_{};
  // Of each block the log-odds that it is text by its words, and how much they count in a mean.
  WordOdds odds_;
  Series weighted_odds_, odds_weights_;
};

}  // namespace garner::boilerplate_stripper
