// The documents that were kept so far, and which of them a new one repeats.
//
//   SeenDocuments seen(0.8);
//   if (const std::optional<Match> match = seen.Find(fingerprint)) ... seen.name(match->document) ...
//   else seen.Add(fingerprint, {id, uri});
//
// Memory a document: its text hash, signature, id and uri, and for each band a place in a table: some 500 bytes and the uri.
// Which document is found depends on the order of Add alone. Find looks at 64 candidates at most. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "fingerprint.h"

namespace garner::document_deduplicator {

// How a document is spoken of.
struct Name {
  std::string id;
  std::string uri;
};

struct Match {
  uint32_t document = 0;  // the number of its Add
  bool exact = false;
  double similarity = 1;  // an estimate, unless exact
};

// Numbers by key: a hash table of 8 bytes a place that keeps up to kMaxPerKey numbers for a key, the first ones.
class BandTable {
 public:
  // More would not find more copies: documents that share a band with so many others share others too.
  static constexpr size_t kMaxPerKey = 8;

  void Add(uint32_t key, uint32_t number);
  // In the order of Add, at most kMaxPerKey.
  template <typename Visit>
  void ForEach(uint32_t key, const Visit& visit) const {
    if (places_.empty()) return;
    for (size_t at = PlaceOf(key); places_[at] != 0; at = (at + 1) & (places_.size() - 1))
      if (static_cast<uint32_t>(places_[at] >> 32) == key) visit(static_cast<uint32_t>(places_[at]) - 1);
  }

 private:
  size_t PlaceOf(uint32_t key) const { return static_cast<size_t>((key * 0x9E3779B97F4A7C15U) >> shift_); }
  void Insert(uint64_t entry);
  void Grow();

  // Key in the upper half, number + 1 in the lower; 0: free. A power of two of them.
  std::vector<uint64_t> places_;
  int shift_ = 64;
  size_t used_ = 0;
};

class SeenDocuments {
 public:
  explicit SeenDocuments(double threshold) : threshold_(threshold) {}

  // The document that `fingerprint` repeats: the one with the same text, else the most similar one of the threshold or more, the
  // first of equals.
  std::optional<Match> Find(const Fingerprint& fingerprint) const;
  void Add(const Fingerprint& fingerprint, Name name);

  const Name& name(uint32_t document) const { return documents_[document].name; }
  size_t size() const { return documents_.size(); }

 private:
  struct Seen {
    Name name;
    TextHash text{};
    bool has_signature = false;
    Signature signature{};
  };

  std::optional<Match> FindExact(const TextHash& text) const;
  std::optional<Match> FindNear(const Near& near) const;

  const double threshold_;
  std::deque<Seen> documents_;  // grows without copying
  BandTable texts_;             // by the first bytes of the text hash
  BandTable bands_;
};

}  // namespace garner::document_deduplicator
