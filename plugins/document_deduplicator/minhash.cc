#include "minhash.h"

#include <algorithm>

namespace garner::document_deduplicator {
namespace {

// A hash function each: value -> (value ^ xor_with) * multiply_by, both odd or even as they come, but the factor odd, so that it
// is a permutation.
struct HashFunctions {
  std::array<uint32_t, kHashes> xor_with{};
  std::array<uint32_t, kHashes> multiply_by{};
};

// SplitMix64: a well-known sequence, so that nobody has to trust the numbers.
constexpr uint64_t NextRandom(uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  uint64_t value = state;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

constexpr HashFunctions kFunctions = [] {
  HashFunctions functions;
  uint64_t state = 1;
  for (size_t i = 0; i < kHashes; ++i) {
    const uint64_t random = NextRandom(state);
    functions.xor_with[i] = static_cast<uint32_t>(random);
    functions.multiply_by[i] = static_cast<uint32_t>(random >> 32) | 1;
  }
  return functions;
}();

// So many functions at a time: their values stay in registers while the elements go by.
constexpr size_t kLanes = 32;

// In this form compilers make vector instructions of the inner loop.
inline __attribute__((always_inline)) void TakeMinima(const std::vector<uint32_t>& elements, MinHashes& hashes) {
  for (size_t first = 0; first < kHashes; first += kLanes) {
    uint32_t xor_with[kLanes];
    uint32_t multiply_by[kLanes];
    uint32_t smallest[kLanes];
    for (size_t i = 0; i < kLanes; ++i) {
      xor_with[i] = kFunctions.xor_with[first + i];
      multiply_by[i] = kFunctions.multiply_by[first + i];
      smallest[i] = ~uint32_t{0};
    }
    for (const uint32_t element : elements)
      for (size_t i = 0; i < kLanes; ++i) smallest[i] = std::min(smallest[i], (element ^ xor_with[i]) * multiply_by[i]);
    for (size_t i = 0; i < kLanes; ++i) hashes[first + i] = smallest[i];
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void TakeMinimaAvx2(const std::vector<uint32_t>& elements, MinHashes& hashes) {
  TakeMinima(elements, hashes);
}

bool HasAvx2() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#endif

}  // namespace

MinHashes PortableMinHash(const std::vector<uint32_t>& elements) {
  MinHashes hashes{};
  TakeMinima(elements, hashes);
  return hashes;
}

MinHashes MinHash(const std::vector<uint32_t>& elements) {
#if defined(__x86_64__)
  if (HasAvx2()) {
    MinHashes hashes{};
    TakeMinimaAvx2(elements, hashes);
    return hashes;
  }
#endif
  return PortableMinHash(elements);
}

Signature Shorten(const MinHashes& hashes) {
  Signature signature{};
  std::transform(hashes.begin(), hashes.end(), signature.begin(), [](uint32_t hash) { return static_cast<uint8_t>(hash); });
  return signature;
}

double EstimateSimilarity(const Signature& a, const Signature& b) {
  unsigned equal = 0;
  for (size_t i = 0; i < kHashes; ++i) equal += a[i] == b[i] ? 1 : 0;
  constexpr double kByChance = 1.0 / 256;
  const double share = static_cast<double>(equal) / kHashes;
  return std::clamp((share - kByChance) / (1 - kByChance), 0.0, 1.0);
}

}  // namespace garner::document_deduplicator
