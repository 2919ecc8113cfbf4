#include "bands.h"

#include <cmath>

namespace garner::document_deduplicator {
namespace {

constexpr double kWanted = 0.995;

// That documents of so much similarity agree in some band.
double ChanceOfMeeting(double similarity, const Bands& bands) {
  return 1 - std::pow(1 - std::pow(similarity, static_cast<double>(bands.rows)), static_cast<double>(bands.count));
}

}  // namespace

Bands BandsFor(double threshold) {
  Bands best{1, kHashes};
  for (size_t rows = 2; rows <= kHashes; ++rows) {
    const Bands bands{rows, kHashes / rows};
    if (ChanceOfMeeting(threshold, bands) >= kWanted) best = bands;
  }
  return best;
}

std::vector<uint32_t> BandKeys(const MinHashes& hashes, const Bands& bands) {
  std::vector<uint32_t> keys;
  keys.reserve(bands.count);
  for (size_t band = 0; band < bands.count; ++band) {
    uint64_t key = band + 1;
    for (size_t row = 0; row < bands.rows; ++row) {
      key = (key ^ hashes[band * bands.rows + row]) * 0x9E3779B97F4A7C15U;
      key ^= key >> 32;
    }
    keys.push_back(static_cast<uint32_t>(key));
  }
  return keys;
}

}  // namespace garner::document_deduplicator
