// What the words of a page say: those of a block's text, and the class words and names of the elements around it. Each, and each two that stand side
// by side, is a feature by its hash. A trained weight for each makes one number of a block: the log-odds that it is text, by its words alone.
//
//   PageWords words(analysis);
//   const WordOdds odds = words.LogOdds(weights);                // one a block
//   words.Visit(7, [](uint32_t feature) { ... });                // the features of block 7, for training
//
// The analysis must outlive it. Pure. Linear: of a text the first BlockWords::kMost words count, of an element kMostWords, and a class word counts
// again where the kFarthest elements around have not got it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis.h"
#include "word_weights.h"

namespace garner::boilerplate_stripper {

struct WordOdds {
  std::vector<float> text;  // of the text alone
  std::vector<float> all;   // of the text and of what it stands in
};

class PageWords {
 public:
  explicit PageWords(const Analysis& analysis);

  WordOdds LogOdds(const WordWeights& weights) const;

  template <typename Sink>
  void Visit(size_t block, Sink&& sink) const {
    VisitText(block, sink);
    const PageElement* const own = analysis_.elements.Own(Block(block));
    if (own == nullptr) return;
    const auto element = static_cast<uint32_t>(own - &analysis_.elements.at(0));
    VisitElement(element, sink);
    for (uint32_t at = element; at != PageElement::kNone; at = analysis_.elements.at(at).parent) VisitNew(at, sink);
  }

 private:
  static constexpr uint32_t kMostWords = 12;
  static constexpr size_t kFarthest = 8;

  enum Salt : uint64_t { kWord, kWordOfShort, kWordOfLine, kWordOfLong, kPair, kFirst, kLast, kWhole, kRole, kOwnClass, kNearClass, kClass, kOwnName, kNearName };

  // The words of an element that count; its name's hash stands first.
  struct Words {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t fresh = 0;  // bit n: none of the elements around has word n
  };

  static uint32_t Feature(Salt salt, uint64_t hash) {
    constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;
    const uint64_t mixed = (hash + (static_cast<uint64_t>(salt) + 1) * 0xD1B54A32D192ED03) * kOdd;
    return static_cast<uint32_t>((mixed ^ (mixed >> 29)) * kOdd >> 32);
  }

  const v1::Block& Block(size_t i) const { return analysis_.document.blocks(static_cast<int>(i)); }
  void ReadElement(const PageElement& element);
  bool StandsAround(uint64_t word, uint32_t element) const;

  template <typename Sink> void VisitText(size_t block, Sink&& sink) const;
  // What its own element and the two around that are.
  template <typename Sink> void VisitElement(uint32_t element, Sink&& sink) const;
  // What an element is the first to say.
  template <typename Sink> void VisitNew(uint32_t element, Sink&& sink) const;

  const Analysis& analysis_;
  const std::vector<uint64_t>& hashes_;
  std::vector<Words> elements_;
};

template <typename Sink>
void PageWords::VisitText(size_t block, Sink&& sink) const {
  constexpr size_t kShort = 6;
  const uint64_t* const begin = analysis_.words.begin(block);
  const uint64_t* const end = analysis_.words.end(block);
  const auto count = static_cast<size_t>(end - begin);
  const Salt size = count <= kShort ? kWordOfShort : count < BlockWords::kMost ? kWordOfLine : kWordOfLong;
  sink(Feature(kRole, static_cast<uint64_t>(Block(block).role()) * kPair + size));
  for (const uint64_t* word = begin; word != end; ++word) {
    sink(Feature(kWord, *word));
    sink(Feature(size, *word));
    if (word + 1 != end) sink(Feature(kPair, PhraseHash(word, 2)));
  }
  if (count == 0) return;
  sink(Feature(kFirst, *begin));
  sink(Feature(kLast, end[-1]));
  if (count <= kShort) sink(Feature(kWhole, PhraseHash(begin, count)));
}

template <typename Sink>
void PageWords::VisitElement(uint32_t element, Sink&& sink) const {
  constexpr size_t kNear = 2;
  const auto visit = [&](const Words& words, Salt name, Salt word) {
    sink(Feature(name, hashes_[words.begin]));
    for (uint32_t i = words.begin + 1; i < words.end; ++i) sink(Feature(word, hashes_[i]));
  };
  visit(elements_[element], kOwnName, kOwnClass);
  uint32_t at = analysis_.elements.at(element).parent;
  for (size_t steps = 0; steps < kNear && at != PageElement::kNone; ++steps, at = analysis_.elements.at(at).parent)
    visit(elements_[at], kNearName, kNearClass);
}

template <typename Sink>
void PageWords::VisitNew(uint32_t element, Sink&& sink) const {
  const Words& words = elements_[element];
  for (uint32_t i = words.begin; i < words.end; ++i)
    if ((words.fresh >> (i - words.begin) & 1) != 0) sink(Feature(kClass, hashes_[i]));
}

}  // namespace garner::boilerplate_stripper
