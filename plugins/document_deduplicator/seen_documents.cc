#include "seen_documents.h"

#include <algorithm>
#include <utility>

namespace garner::document_deduplicator {
namespace {

constexpr size_t kMaxCandidates = 64;
constexpr size_t kFirstPlaces = 1024;

uint32_t KeyOf(const TextHash& text) {
  uint32_t key = 0;
  for (size_t i = 0; i < sizeof key; ++i) key = key << 8 | text[i];
  return key;
}

}  // namespace

void BandTable::Add(uint32_t key, uint32_t number) {
  size_t same = 0;
  ForEach(key, [&](uint32_t) { ++same; });
  if (same >= kMaxPerKey) return;
  // Three quarters full at most: beyond that the rows of taken places grow long.
  if (4 * (used_ + 1) > 3 * places_.size()) Grow();
  Insert(uint64_t{key} << 32 | (number + 1));
  ++used_;
}

void BandTable::Insert(uint64_t entry) {
  size_t at = PlaceOf(static_cast<uint32_t>(entry >> 32));
  while (places_[at] != 0) at = (at + 1) & (places_.size() - 1);
  places_[at] = entry;
}

void BandTable::Grow() {
  std::vector<uint64_t> old = std::exchange(places_, std::vector<uint64_t>(std::max(kFirstPlaces, 2 * places_.size())));
  shift_ = 64;
  for (size_t size = places_.size(); size > 1; size /= 2) --shift_;
  if (old.empty()) return;
  // From behind a free place on, so that the entries of a key, which may run over the end, keep their order.
  size_t begin = 0;
  while (old[begin] != 0) ++begin;
  for (size_t i = 0; i < old.size(); ++i)
    if (const uint64_t entry = old[(begin + i) & (old.size() - 1)]; entry != 0) Insert(entry);
}

std::optional<Match> SeenDocuments::Find(const Fingerprint& fingerprint) const {
  std::optional<Match> match = FindExact(fingerprint.text);
  if (!match && fingerprint.near) match = FindNear(*fingerprint.near);
  return match;
}

std::optional<Match> SeenDocuments::FindExact(const TextHash& text) const {
  std::optional<Match> match;
  texts_.ForEach(KeyOf(text), [&](uint32_t document) {
    if (!match && documents_[document].text == text) match = Match{document, true, 1};
  });
  return match;
}

std::optional<Match> SeenDocuments::FindNear(const Near& near) const {
  std::vector<uint32_t> candidates;
  for (const uint32_t key : near.band_keys)
    bands_.ForEach(key, [&](uint32_t document) {
      if (candidates.size() < kMaxCandidates && std::find(candidates.begin(), candidates.end(), document) == candidates.end())
        candidates.push_back(document);
    });
  std::optional<Match> best;
  for (const uint32_t document : candidates) {
    if (!documents_[document].has_signature) continue;
    const double similarity = EstimateSimilarity(near.signature, documents_[document].signature);
    if (similarity < threshold_) continue;
    const bool better = !best || similarity > best->similarity || (similarity == best->similarity && document < best->document);
    if (better) best = Match{document, false, similarity};
  }
  return best;
}

void SeenDocuments::Add(const Fingerprint& fingerprint, Name name) {
  const auto number = static_cast<uint32_t>(documents_.size());
  Seen& seen = documents_.emplace_back();
  seen.name = std::move(name);
  seen.text = fingerprint.text;
  texts_.Add(KeyOf(seen.text), number);
  if (!fingerprint.near) return;
  seen.has_signature = true;
  seen.signature = fingerprint.near->signature;
  for (const uint32_t key : fingerprint.near->band_keys) bands_.Add(key, number);
}

}  // namespace garner::document_deduplicator
