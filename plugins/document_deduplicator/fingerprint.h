// What is known of a document's text once the text is gone: enough to say whether another one repeats it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bands.h"
#include "minhash.h"

namespace garner::document_deduplicator {

// The first half of SHA-256 of the folded text: nobody finds two texts with the same one.
using TextHash = std::array<uint8_t, 16>;

struct Near {
  Signature signature{};
  std::vector<uint32_t> band_keys;
};

struct Fingerprint {
  TextHash text{};
  // Absent for documents that are compared word for word only.
  std::optional<Near> near;
};

// Of one document, with buffers that are used again. One thread.
class FingerprintMaker {
 public:
  struct Settings {
    Bands bands;
    bool near = true;
    size_t min_words = 0;
  };
  explicit FingerprintMaker(const Settings& settings) : settings_(settings) {}

  // None for a text without words: there is nothing to repeat.
  std::optional<Fingerprint> Make(std::string_view text);

 private:
  const Settings settings_;
  std::string folded_;
  std::vector<uint32_t> words_;
  std::vector<uint32_t> shingles_;
};

// The bytes of a note.
std::string Write(const Fingerprint& fingerprint);
// None where the bytes are something else. `bands`: how many keys there are.
std::optional<Fingerprint> Read(std::string_view bytes, const Bands& bands);

}  // namespace garner::document_deduplicator
