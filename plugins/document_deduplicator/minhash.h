// MinHash: a fixed number of hashes that says how much two sets have in common, however large they are.
//
//   const Signature a = MinHash(shingles_of_a), b = MinHash(shingles_of_b);
//   EstimateSimilarity(a, b);       // of the sets' Jaccard similarity J; standard deviation sqrt(J (1 - J) / kHashes): 0.035 for
//   J = 0.8
//
// 128 hashes, because 64 would blur the threshold (0.05), and twice as many would double memory and time for little (0.025). Each
// keeps its lowest eight bits: two that differ agree in those by chance once in 256, which the estimate takes into account (b-bit
// minwise hashing, Li and König 2010). Pure; the same values on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace garner::document_deduplicator {

inline constexpr size_t kHashes = 128;

// The smallest values that the set's elements take under 128 hash functions; all ones for an empty set.
using MinHashes = std::array<uint32_t, kHashes>;
// Their lowest bytes.
using Signature = std::array<uint8_t, kHashes>;

MinHashes MinHash(const std::vector<uint32_t>& elements);
// The same without special instructions of the processor, for comparison.
MinHashes PortableMinHash(const std::vector<uint32_t>& elements);

Signature Shorten(const MinHashes& hashes);

// 0 to 1.
double EstimateSimilarity(const Signature& a, const Signature& b);

}  // namespace garner::document_deduplicator
