// The tags of the trained model, and the best sequence of them for a sentence.
//
//   BestTags(transitions, emissions, &tags);
//
// Each name is a begin, insides and a last, or a unit of its own, so that what cannot follow each other is never weighed. Time is
// linear in the sentence. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace garner::entity_tagger {

// kOutside, then four of each type: begin, inside, last, unit.
inline constexpr size_t kTypes = 3;  // person, organisation, place
inline constexpr size_t kTags = 1 + 4 * kTypes;
// Rows are padded to what a machine adds at once.
inline constexpr size_t kTagLanes = 16;

enum TagPart : uint8_t { kBegin = 1, kInside = 2, kLast = 3, kAlone = 4 };
constexpr uint8_t TagOf(size_t type, TagPart part) { return static_cast<uint8_t>(type * 4 + part); }
constexpr size_t TypeOf(uint8_t tag) { return (tag - 1U) / 4; }
constexpr TagPart PartOf(uint8_t tag) { return static_cast<TagPart>((tag - 1U) % 4 + 1); }

// Whether a name is open behind the tag.
constexpr bool Opens(uint8_t tag) { return tag != 0 && PartOf(tag) <= kInside; }
constexpr bool Continues(uint8_t tag) { return tag != 0 && (PartOf(tag) == kInside || PartOf(tag) == kLast); }
constexpr bool MayFollow(uint8_t before, uint8_t tag) {
  return Opens(before) ? Continues(tag) && TypeOf(before) == TypeOf(tag) : !Continues(tag);
}

template <typename Number>
using TagRow = std::array<Number, kTagLanes>;
// [before][tag].
template <typename Number>
using Transitions = std::array<TagRow<Number>, kTags>;

// Replaces `tags`: as many as there are emissions.
template <typename Number>
void BestTags(const Transitions<Number>& transitions, const std::vector<TagRow<Number>>& emissions, std::vector<uint8_t>* tags) {
  const size_t size = emissions.size();
  tags->assign(size, 0);
  if (size == 0) return;
  static thread_local std::vector<std::array<uint8_t, kTags>> from;
  from.resize(size);
  constexpr Number kNever = Number{-1000000000};
  TagRow<Number> best{}, next{};
  for (uint8_t tag = 0; tag < kTags; ++tag) best[tag] = Continues(tag) ? kNever : emissions[0][tag];
  for (size_t i = 1; i < size; ++i) {
    // What is open leads into its own type only; all that is closed competes for the rest.
    for (uint8_t tag = 0; tag < kTags; ++tag) {
      Number most = kNever;
      uint8_t came = 0;
      const auto weigh = [&](uint8_t before) {
        const Number score = best[before] + transitions[before][tag];
        if (score > most) {
          most = score;
          came = before;
        }
      };
      if (Continues(tag)) {
        weigh(TagOf(TypeOf(tag), kBegin));
        weigh(TagOf(TypeOf(tag), kInside));
      } else {
        weigh(0);
        for (size_t type = 0; type < kTypes; ++type) {
          weigh(TagOf(type, kLast));
          weigh(TagOf(type, kAlone));
        }
      }
      next[tag] = most + emissions[i][tag];
      from[i][tag] = came;
    }
    best = next;
  }
  uint8_t last = 0;
  for (uint8_t tag = 1; tag < kTags; ++tag)
    if (!Opens(tag) && best[tag] > best[last]) last = tag;
  for (size_t i = size; i-- > 0;) {
    (*tags)[i] = last;
    last = from[i][last];
  }
}

}  // namespace garner::entity_tagger
