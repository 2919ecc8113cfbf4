// A line's words for comparing: folded, punctuation left out, each number as "#", neighbouring numbers as one.
//
//   LineKey key;                          // reused for many lines: its buffers grow to the longest
//   key.Read("Share THIS article (12)");
//   key.joined();                         // "share this article #"
//   key.hashes().size();                  // 4, a hash for each word
//
// One pass over the text. For one thread at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace garner::boilerplate_stripper {

// What a line holds besides words, as bits of LineKey::marks(): what is dear to look for is looked for only where these are.
enum Mark : uint8_t {
  kColon = 1U << 0,
  kTemplateMark = 1U << 1,  // one of % { [ < _ $ #, with one of which every placeholder begins
};

class LineKey {
 public:
  LineKey() = default;
  explicit LineKey(std::string_view text) { Read(text); }
  LineKey(const LineKey&) = delete;
  LineKey& operator=(const LineKey&) = delete;

  void Read(std::string_view text);

  // The words with single spaces between; valid until the next Read.
  std::string_view joined() const { return {joined_.data(), size_}; }
  // WordHash of each word, of "#" for a number.
  const std::vector<uint64_t>& hashes() const { return hashes_; }
  uint8_t marks() const { return marks_; }
  bool has_number() const { return has_number_; }
  bool ascii() const { return ascii_; }

 private:
  struct Table;
  static const Table& TheTable();

  void Split(std::string_view folded);
  void AddNumber();
  // The word at `at`; returns where it ends.
  size_t AddLetters(const Table& table, std::string_view folded, size_t at);

  std::string folded_;
  std::string joined_;  // a buffer: the first size_ bytes count
  size_t size_ = 0;
  std::vector<uint64_t> hashes_;
  uint8_t marks_ = 0;
  bool has_number_ = false;
  bool ascii_ = true;
};

// The hash of a word that is already folded.
uint64_t WordHash(std::string_view folded);
// The hash of words in a row, from their hashes.
uint64_t PhraseHash(const uint64_t* words, size_t count);

}  // namespace garner::boilerplate_stripper
