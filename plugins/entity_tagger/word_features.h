// What the trained model sees of a word, as hashes: the word and its neighbours, their shapes, beginnings and ends, what the
// lists and the rules say of them, their classes, and how the document writes them elsewhere.
//
//   SentenceFeatures features(scene, names, evidence, classes);
//   for (TokenRange sentence : SentencesOf(tokens)) {
//     features.Read(sentence);
//     for (size_t i = sentence.begin; i < sentence.end; ++i) features.Write(i, &list);
//   }
//
// No strings are built, and no more is held than one sentence. The trainer uses the same code, and kFeatureVersion changes with
// it: a model of another version is refused. Linear in the sentence. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scene.h"
#include "sentences.h"
#include "word_classes.h"
#include "word_evidence.h"

namespace garner::entity_tagger {

inline constexpr uint32_t kFeatureVersion = 1;

struct FeatureList {
  static constexpr size_t kMax = 96;
  std::array<uint64_t, kMax> hashes;
  size_t count = 0;
};

// A word and the same with a capital have classes of their own; `other` asks for the other one's.
inline uint64_t ClassKey(const Token& token, bool other) {
  return token.capital != other ? token.hash * 0x9E3779B97F4A7C15ULL : token.hash;
}

class SentenceFeatures {
 public:
  // `names` are what the rules found, in order of place.
  SentenceFeatures(const Scene& scene, const std::vector<Name>& names, const WordEvidence& evidence, const WordClasses& classes);

  // Call for one sentence after the other.
  void Read(const TokenRange& sentence);
  // Replaces `list` with the features of token i of that sentence.
  void Write(size_t i, FeatureList* list) const;

 private:
  struct Word {
    uint64_t word = 0;   // folded
    uint64_t exact = 0;  // as it stands
    uint64_t shape = 0;
    std::array<uint64_t, 4> head{};  // its first 1 to 4 bytes
    std::array<uint64_t, 4> tail{};
    uint32_t kinds = 0;
    uint32_t seen = 0;
    uint32_t phrase = 0;  // of the lists: kinds, and where in it the word stands
    uint16_t rule = 0;    // label, place in the name, confidence
    WordClasses::Classes classes;
    bool glued = false;  // no space before it
  };

  Word ReadWord(size_t i) const;
  void ReadPhrases();
  void ReadNames();
  const Word& At(size_t i, int offset) const;

  const Scene& scene_;
  const std::vector<Name>& names_;
  const WordEvidence& evidence_;
  const WordClasses& classes_;
  TokenRange sentence_;
  std::vector<Word> words_;  // of the sentence
  size_t next_name_ = 0;
  Word before_, after_;  // what stands outside the sentence
};

}  // namespace garner::entity_tagger
