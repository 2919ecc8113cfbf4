// The spelling under which words are compared: lower case, without diacritics, one style of apostrophe and hyphen.
//
//   Fold("Düsseldorf’s", key);   // key is "dusseldorf's"
//
// Keys are hashed, never shown. Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace garner::entity_tagger {

// Replaces `key` with the folded form of `text` (valid UTF-8).
void Fold(std::string_view text, std::string& key);

// FNV-1a; a phrase is hashed word by word: Hash("york", Hash(" ", Hash("new"))).
inline constexpr uint64_t kHashSeed = 0xcbf29ce484222325ULL;
constexpr uint64_t Hash(std::string_view bytes, uint64_t hash = kHashSeed) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

// Words that mean something in one language only, named by its two letters, have keys that begin here.
constexpr uint64_t LanguageSeed(std::string_view language) { return Hash(language, Hash("\x02")); }

// The hash of a word that the code names, worked out by the compiler. The word stands there as folded.
struct WordHash {
  uint64_t value;
  consteval WordHash(const char* word) : value(Hash(word)) {}
};

}  // namespace garner::entity_tagger
