// The trained model that tells people, organisations and places: weights by the hash of a feature, in a file that is mapped and
// never copied.
//
//   Result<std::shared_ptr<const NameModel>> model = NameModel::Load(path);
//   TagRow<int16_t> sum{};
//   (*model)->AddUp(list, &sum);
//
// The file, little-endian: a header (below); the weights of one tag behind another; the table of word classes (word_classes.h);
// the table of features, 16 bytes a slot: three of the hash, then a signed byte a tag. tools/train/entities writes it.
//
// Those who load the same path share one mapping, and processes share its pages. Nobody changes it: safe from any thread. The
// file must not be written to while it is in use; replace it by renaming. Load fails, with a message, where the file is not a
// model of this version; what stands in the tables cannot do harm, whoever wrote them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "garner/status.h"
#include "mapped_file.h"
#include "tag_sequence.h"
#include "word_classes.h"
#include "word_features.h"

namespace garner::entity_tagger {

struct NameModelHeader {
  char magic[8];
  uint32_t feature_version;
  uint32_t feature_slots;
  uint32_t class_bytes;
  // How sure a name is by what its tags are worth above those of no name: 1 / (1 + exp(-(offset + slope * margin))).
  float slope;
  float offset;
  uint32_t reserved;
};
static_assert(sizeof(NameModelHeader) == 32);

class NameModel {
 public:
  static constexpr std::string_view kMagic = "GARNERN1";
  static constexpr uint32_t kMaxSlots = 1U << 26;
  // A feature is found within so many slots or not at all.
  static constexpr size_t kMaxProbes = 64;

  static Result<std::shared_ptr<const NameModel>> Load(const std::string& path);
  // Over bytes that outlive the model; `name` stands in messages.
  static Result<NameModel> Parse(std::string_view bytes, const std::string& name);

  // The bytes of a model file. Rows in order of importance: where there is no room within kMaxProbes a row is left out.
  struct Row {
    uint64_t feature;
    TagRow<int8_t> weights;
  };
  static std::string Build(const std::vector<Row>& rows, const Transitions<int16_t>& transitions, std::string_view classes,
                           float slope, float offset);

  // Adds the weights of all features of a word.
  void AddUp(const FeatureList& features, TagRow<int16_t>* sum) const;
  const Transitions<int32_t>& transitions() const { return transitions_; }
  const WordClasses& classes() const { return classes_; }
  float Confidence(float margin) const;

 private:
  NameModel() = default;

  Transitions<int32_t> transitions_{};
  WordClasses classes_;
  const char* slots_ = nullptr;
  uint32_t slot_count_ = 0;
  float slope_ = 0;
  float offset_ = 0;
  MappedFile file_;  // none where the bytes are somebody else's
};

}  // namespace garner::entity_tagger
