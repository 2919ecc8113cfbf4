#include "name_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <mutex>

namespace garner::entity_tagger {
namespace {

constexpr size_t kSlotBytes = 16;
constexpr size_t kKeyBytes = kSlotBytes - kTags;
constexpr size_t kTransitionBytes = sizeof(Transitions<int16_t>);

// Three bytes of the hash, never 0 in a slot that is used.
uint32_t KeyOf(uint64_t feature) { return (static_cast<uint32_t>(feature) & 0xFFFFFFU) | 1U; }
size_t PlaceOf(uint64_t feature, size_t slots) { return static_cast<size_t>(((feature >> 32) * slots) >> 32); }

uint32_t KeyIn(const char* slot) {
  uint32_t key = 0;
  std::memcpy(&key, slot, sizeof key);
  return key & 0xFFFFFFU;
}

Status NoModel(const std::string& name, const std::string& what) {
  return Status(StatusKind::kConfig,
                name + ": " + what + "; a model that tools/train/entities of this version wrote is accepted");
}

}  // namespace

Result<NameModel> NameModel::Parse(std::string_view bytes, const std::string& name) {
  NameModelHeader header;
  if (bytes.size() < sizeof header + kTransitionBytes) return NoModel(name, "too short for a model of entity_tagger");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic, sizeof header.magic) != kMagic) return NoModel(name, "not a model of entity_tagger");
  if (header.feature_version != kFeatureVersion)
    return NoModel(name, "trained for features of version " + std::to_string(header.feature_version) + ", not " +
                             std::to_string(kFeatureVersion));
  if (header.feature_slots == 0 || header.feature_slots > kMaxSlots || header.class_bytes % 8 != 0 ||
      !std::isfinite(header.slope) || !std::isfinite(header.offset))
    return NoModel(name, "the header makes no sense");
  const size_t wanted = sizeof header + kTransitionBytes + header.class_bytes + header.feature_slots * kSlotBytes;
  if (bytes.size() != wanted)
    return NoModel(name, std::to_string(bytes.size()) + " bytes where the header says " + std::to_string(wanted));

  NameModel model;
  Transitions<int16_t> transitions;
  const char* at = bytes.data() + sizeof header;
  std::memcpy(&transitions, at, kTransitionBytes);
  for (size_t before = 0; before < kTags; ++before)
    for (size_t tag = 0; tag < kTags; ++tag) model.transitions_[before][tag] = transitions[before][tag];
  model.classes_ = WordClasses(std::string_view(at + kTransitionBytes, header.class_bytes));
  model.slots_ = at + kTransitionBytes + header.class_bytes;
  model.slot_count_ = header.feature_slots;
  model.slope_ = header.slope;
  model.offset_ = header.offset;
  return model;
}

Result<std::shared_ptr<const NameModel>> NameModel::Load(const std::string& path) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const NameModel>> loaded;
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::shared_ptr<const NameModel> shared = loaded[path].lock()) return shared;

  Result<MappedFile> file = MappedFile::Open(path, "the model");
  if (!file.ok()) return file.status();
  Result<NameModel> model = Parse(file->bytes(), path);
  if (!model.ok()) return model.status();
  auto shared = std::make_shared<NameModel>(*std::move(model));
  shared->file_ = *std::move(file);
  loaded[path] = shared;
  return std::shared_ptr<const NameModel>(std::move(shared));
}

void NameModel::AddUp(const FeatureList& features, TagRow<int16_t>* sum) const {
  std::array<uint32_t, FeatureList::kMax> places;
  for (size_t f = 0; f < features.count; ++f) {
    places[f] = static_cast<uint32_t>(PlaceOf(features.hashes[f], slot_count_));
    __builtin_prefetch(slots_ + places[f] * kSlotBytes);
  }
  // The key's three bytes are summed up in the lanes behind the tags' and thrown away: sixteen lanes cost a machine less than
  // thirteen.
  std::array<int16_t, kSlotBytes> lanes{};
  for (size_t f = 0; f < features.count; ++f) {
    const uint32_t key = KeyOf(features.hashes[f]);
    size_t place = places[f];
    for (size_t probe = 0; probe < kMaxProbes; ++probe) {
      const char* slot = slots_ + place * kSlotBytes;
      const uint32_t found = KeyIn(slot);
      if (found == 0) break;
      if (found == key) {
        std::array<int8_t, kSlotBytes> bytes;
        std::memcpy(bytes.data(), slot, kSlotBytes);
        for (size_t lane = 0; lane < kSlotBytes; ++lane) lanes[lane] = static_cast<int16_t>(lanes[lane] + bytes[lane]);
        break;
      }
      place = place + 1 == slot_count_ ? 0 : place + 1;
    }
  }
  for (size_t tag = 0; tag < kTags; ++tag) (*sum)[tag] = static_cast<int16_t>((*sum)[tag] + lanes[tag + kKeyBytes]);
}

// In hundredths: more it does not know.
float NameModel::Confidence(float margin) const { return std::round(100.0F / (1.0F + std::exp(-(offset_ + slope_ * margin)))) / 100.0F; }

std::string NameModel::Build(const std::vector<Row>& rows, const Transitions<int16_t>& transitions, std::string_view classes,
                             float slope, float offset) {
  NameModelHeader header{};
  std::memcpy(header.magic, kMagic.data(), sizeof header.magic);
  header.feature_version = kFeatureVersion;
  // Four slots of five are filled: fewer cost memory, more cost probes.
  header.feature_slots = static_cast<uint32_t>(rows.size() + rows.size() / 4 + 1);
  header.class_bytes = static_cast<uint32_t>(classes.size());
  header.slope = slope;
  header.offset = offset;
  std::string table(header.feature_slots * kSlotBytes, '\0');
  for (const Row& row : rows) {
    const uint32_t key = KeyOf(row.feature);
    size_t place = PlaceOf(row.feature, header.feature_slots);
    for (size_t probe = 0; probe < kMaxProbes; ++probe) {
      char* slot = &table[place * kSlotBytes];
      if (KeyIn(slot) == key) break;  // another feature has the same key here: the first stays
      if (KeyIn(slot) == 0) {
        std::memcpy(slot, &key, kKeyBytes);
        std::memcpy(slot + kKeyBytes, row.weights.data(), kTags);
        break;
      }
      place = place + 1 == header.feature_slots ? 0 : place + 1;
    }
  }
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(&transitions), kTransitionBytes);
  bytes.append(classes);
  return bytes + table;
}

}  // namespace garner::entity_tagger
