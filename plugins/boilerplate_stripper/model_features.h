// What the trained model is told of a block: its text, its neighbours, what stands between it and the running text, its place, and the
// document as a whole. Names are in one order with the values.
//
//   ModelFeatures features(analysis);
//   std::vector<float> row(ModelFeatures::Names().size());
//   features.WriteRow(7, row.data());        // row[i] belongs to Names()[i]
//
// Empty lines between blocks count for nothing: whether there are any depends on who saved the page. Linear in the document.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "analysis.h"
#include "text_shape.h"

namespace garner::boilerplate_stripper {

// A number of each block, with sums before each block, so that the mean over any window costs the same.
class Series {
 public:
  explicit Series(size_t size) : sums_(size + 1, 0.0) {}
  void Set(size_t i, float value) { sums_[i + 1] = sums_[i] + value; }  // in order
  float operator[](size_t i) const { return static_cast<float>(sums_[i + 1] - sums_[i]); }
  // Mean over blocks [begin, end) that exist; 0 where there is none.
  float Mean(std::ptrdiff_t begin, std::ptrdiff_t end) const;
  size_t size() const { return sums_.size() - 1; }

 private:
  std::vector<double> sums_;
};

class ModelFeatures {
 public:
  // Refers to `analysis`, which must outlive it.
  explicit ModelFeatures(const Analysis& analysis);

  static const std::vector<std::string_view>& Names();
  // The first of these, those that say something of the block itself; the others are of the document as a whole.
  static const std::vector<std::string_view>& BlockNames();

  // Writes one number a name to `values`.
  void WriteRow(size_t block, float* values) const;
  void WriteBlockRow(size_t block, float* values) const;

 private:
  // Of the document as a whole.
  struct Whole {
    float blocks = 0, words = 0, prose = 0, short_blocks = 0, sentences = 0, repeated = 0, interface = 0, head_interface = 0,
          tail_interface = 0, longest = 0, mean_words = 0;
    bool copyright_at_end = false;
  };

  // Distances to the nearest block of a kind, before and after, in blocks.
  struct Distances {
    std::vector<uint32_t> before, after;
  };

  template <typename Sink> void VisitBlock(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitText(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitRules(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitNeighbours(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitPlace(size_t i, Sink&& sink) const;
  template <typename Sink> void VisitWhole(Sink&& sink) const;

  template <typename Is> Distances Measure(Is is) const;
  void MeasureRuns();
  void Summarise();

  const std::vector<Facts>& facts_;
  const Extent& extent_;
  const std::vector<FeatureVector>& rules_;
  const std::vector<Judgement>& judgements_;
  std::vector<TextShape> shapes_;
  Series words_, sentence_, capitals_, shorts_, score_, repeated_;
  std::vector<uint64_t> words_before_, prose_before_;
  Distances prose_, long_prose_, interface_, opener_, sentence_distance_;
  std::vector<uint32_t> run_begin_, run_end_;  // of the run of short lines around each block
  Whole whole_;
};

}  // namespace garner::boilerplate_stripper
