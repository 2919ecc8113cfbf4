// Locality-sensitive hashing: MinHashes cut into bands, so that similar documents agree in a band, and others hardly ever do.
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "minhash.h"

namespace garner::document_deduplicator {

struct Bands {
  size_t rows = 1;   // hashes a band
  size_t count = 1;  // bands
};

// As many rows as leave two documents of the threshold's similarity a band in common 995 times of 1000: 21 bands of 6 rows for
// 0.8.
Bands BandsFor(double threshold);

// A hash for each band, different for each place.
std::vector<uint32_t> BandKeys(const MinHashes& hashes, const Bands& bands);

}  // namespace garner::document_deduplicator
