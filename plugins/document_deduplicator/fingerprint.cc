#include "fingerprint.h"

#include <algorithm>

#include "garner/hash.h"
#include "garner/utf8.h"
#include "words.h"

namespace garner::document_deduplicator {
namespace {

uint8_t HexDigit(char digit) { return static_cast<uint8_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10); }

TextHash HashText(std::string_view folded) {
  const std::string hex = Sha256Hex(folded);
  TextHash hash{};
  for (size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<uint8_t>(HexDigit(hex[2 * i]) << 4 | HexDigit(hex[2 * i + 1]));
  return hash;
}

// Little-endian, whatever the machine.
void AppendKey(uint32_t key, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(key >> shift & 0xff);
}

uint32_t ReadKey(std::string_view bytes) {
  uint32_t key = 0;
  for (size_t i = 0; i < sizeof key; ++i) key |= uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return key;
}

}  // namespace

std::optional<Fingerprint> FingerprintMaker::Make(std::string_view text) {
  FoldForComparison(text, folded_);
  words_.clear();
  AppendWords(folded_, words_);
  if (words_.empty()) return std::nullopt;
  Fingerprint fingerprint;
  fingerprint.text = HashText(folded_);
  if (!settings_.near || words_.size() < std::max(settings_.min_words, kShingleWords)) return fingerprint;
  shingles_.clear();
  AppendShingles(words_, shingles_);
  const MinHashes hashes = MinHash(shingles_);
  fingerprint.near = Near{Shorten(hashes), BandKeys(hashes, settings_.bands)};
  return fingerprint;
}

std::string Write(const Fingerprint& fingerprint) {
  std::string bytes(fingerprint.text.begin(), fingerprint.text.end());
  if (!fingerprint.near) return bytes;
  bytes.append(fingerprint.near->signature.begin(), fingerprint.near->signature.end());
  for (const uint32_t key : fingerprint.near->band_keys) AppendKey(key, bytes);
  return bytes;
}

std::optional<Fingerprint> Read(std::string_view bytes, const Bands& bands) {
  Fingerprint fingerprint;
  const size_t short_size = fingerprint.text.size();
  const size_t whole_size = short_size + kHashes + bands.count * sizeof(uint32_t);
  if (bytes.size() != short_size && bytes.size() != whole_size) return std::nullopt;
  std::copy_n(bytes.begin(), short_size, fingerprint.text.begin());
  if (bytes.size() == short_size) return fingerprint;
  Near near;
  std::copy_n(bytes.begin() + static_cast<ptrdiff_t>(short_size), kHashes, near.signature.begin());
  for (size_t at = short_size + kHashes; at < whole_size; at += sizeof(uint32_t))
    near.band_keys.push_back(ReadKey(bytes.substr(at)));
  fingerprint.near = std::move(near);
  return fingerprint;
}

}  // namespace garner::document_deduplicator
