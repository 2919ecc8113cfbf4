// The word lists in data/: phrases by language and kind.
//
//   # a comment
//   en published = published; posted on      # LANGUAGE [KIND] = PHRASE; PHRASE ...
//
// A phrase is compared word by word, folded, without punctuation at the edges of words; one that ends in '*' matches any word
// that begins so (single words only, four bytes at least).
//
//   Result<std::shared_ptr<const WordLists>> lists = WordLists::Load(data_dir);
//   const std::vector<Word> words = (*lists)->Split("Posted on 4 May 2018");
//   (*lists)->date_labels.FindPrefix(words, 0, &taken)->kind   // "published", two words taken
//
// All lists live in one table: a word is looked up once, when a line is split, and learns there which lists have a phrase
// that begins with it. Most words begin none, so most questions are answered by that one look. Immutable after loading; safe to
// share between threads.
#pragma once

#include <tsl/robin_map.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"
#include "hash_index.h"
#include "words.h"

namespace garner::metadata_lines {

struct Phrase {
  std::string language;
  std::string kind;
  std::string spelling;  // as in the file
};

inline uint32_t FirstFour(std::string_view text) {
  uint32_t four = 0;
  std::memcpy(&four, text.data(), sizeof four);
  return four;
}

// A hash of the first four bytes, ASCII letters in whichever case.
inline uint64_t SpreadFirstFour(uint32_t four) { return (four | 0x20202020U) * 0x9E3779B97F4A7C15U; }
inline uint64_t SpreadFirstFour(std::string_view text) { return SpreadFirstFour(FirstFour(text)); }

// The phrases of all lists, by list and hash.
class PhraseTable {
 public:
  // Adds the lines of one file; `name` stands in messages.
  Status Parse(std::string_view text, uint32_t list, const std::string& name);
  // Gives `list` the phrases of another list that have this kind, under their first words.
  void Repeat(uint32_t list, uint32_t from, std::string_view kind);
  // After the last phrase: words that begin alike share what is known of them, which then stays in the fastest cache.
  void ShareStarts();
  // The first words of a list's phrases, folded.
  std::vector<std::string> FirstWords(uint32_t list) const;

  const Phrase* Find(uint32_t list, Words words) const;
  const Phrase* FindFolded(uint32_t list, std::string_view folded) const;
  const Phrase* FindPrefix(uint32_t list, Words words, size_t* taken) const;
  // Fills in `hash`, `lists` and `plain`; `folded` is a buffer.
  void LookUp(Word& word, std::string& folded) const;

 private:
  struct Start {
    uint32_t lists = 0;
    uint32_t alone = 0;    // those that have the word as a phrase of its own
    uint32_t longest = 1;  // words of the longest phrase that begins so, in any list
    auto operator<=>(const Start&) const = default;
  };
  struct Stem {
    std::string text;
    uint32_t list = 0;
    uint32_t phrase = 0;
  };
  struct Entry {
    uint32_t list = 0;
    uint64_t first = 0;  // hash of the first word
    uint64_t words = 0;  // hash of all words
    uint32_t count = 0;
    uint32_t phrase = 0;
  };
  void Add(const Entry& entry);
  Start& StartOf(uint64_t first);
  void LookUpStart(Word& word) const;
  void LookUpStems(Word& word, std::string_view folded) const;
  const Phrase* FindStem(uint32_t list, std::string_view folded) const;
  const Phrase* At(uint32_t list, uint64_t words) const;

  std::vector<Phrase> kept_;
  std::vector<Entry> entries_;                          // to repeat from
  std::vector<Start> starts_ = {Start()};              // the first is that of words that begin no phrase
  HashIndex start_at_;                                 // by hash of the first word: in starts_
  HashIndex phrase_at_;                                // by hash of all words and list: in kept_, plus one
  tsl::robin_map<uint32_t, std::vector<Stem>> stems_;  // by their first four bytes
  BitFilter<12> stems_seen_;                           // most words end here
};

// One list of the table.
class WordList {
 public:
  WordList(const PhraseTable& table, uint32_t list) : table_(table), list_(list) {}

  // The bit that words have in `lists` where a phrase of this list begins with them.
  uint32_t bit() const { return uint32_t{1} << list_; }
  bool BeginsWith(const Word& word) const { return (word.lists & bit()) != 0; }
  // False where no phrase of this list stands anywhere in the line.
  bool MayStandIn(const Glance& glance) const { return (glance.lists & bit()) != 0; }

  // The phrase that equals the words, or null.
  const Phrase* Find(Words words) const {
    return words.empty() || !BeginsWith(words.front()) ? nullptr : table_.Find(list_, words);
  }
  const Phrase* Find(const Word& word) const { return Find(Words(&word, 1)); }
  // Find(word) != nullptr, without a look into the table.
  bool Holds(const Word& word) const { return (word.alone & bit()) != 0; }
  const Phrase* FindFolded(std::string_view folded) const { return table_.FindFolded(list_, folded); }

  // The longest phrase that begins at word `from`; `taken` becomes its number of words.
  const Phrase* FindPrefix(Words words, size_t from, size_t* taken) const {
    return from >= words.size() || !BeginsWith(words[from]) ? nullptr : table_.FindPrefix(list_, words.subspan(from), taken);
  }
  // True where some phrase stands anywhere in the line.
  bool Contains(Words words) const;

 private:
  const PhraseTable& table_;
  uint32_t list_;
};

// All lists of the plugin.
class WordLists {
 public:
  // The lists of a folder, read once in the life of the process.
  static Result<std::shared_ptr<const WordLists>> Load(const std::string& folder);

  WordLists(const WordLists&) = delete;
  WordLists& operator=(const WordLists&) = delete;

  std::vector<Word> Split(std::string_view text) const;
  // Fills in what the lists know about words that AppendWords made. Returns the bits of the lists that some word begins a phrase of.
  uint32_t LookUp(std::span<Word> words) const;
  // False for most words that begin no phrase of note_views: tells without folding.
  bool MayBeView(const Word& word) const { return word.core().size() >= 4 && views_seen_.MayHold(SpreadFirstFour(word.core())); }

 private:
  WordLists() = default;
  Status Read(const std::string& folder);
  PhraseTable table_;
  BitFilter<12> views_seen_;

 public:
  const WordList months{table_, 0}, date_words{table_, 1}, date_labels{table_, 2}, zones{table_, 3};
  const WordList byline_labels{table_, 4}, name_words{table_, 5}, first_names{table_, 6}, roles{table_, 7},
      institutions{table_, 8};
  const WordList credit_labels{table_, 9}, agencies{table_, 10};
  const WordList tag_labels{table_, 11}, sections{table_, 12}, ui{table_, 13}, widgets{table_, 14}, teaser_labels{table_, 15},
      places{table_, 16};
  const WordList notes{table_, 17}, function_words{table_, 18}, buttons{table_, 19};
  // Those of `notes` that a disclaimer has: most paragraphs have none and are no note.
  const WordList note_views{table_, 20};
};

}  // namespace garner::metadata_lines
