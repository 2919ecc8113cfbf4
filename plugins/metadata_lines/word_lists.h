// The word lists in data/: phrases by language and kind.
//
//   # a comment
//   en published = published; posted on      # LANGUAGE [KIND] = PHRASE; PHRASE ...
//
// A phrase is compared word by word, folded, without punctuation at the edges of words; one that ends in '*' matches any word that
// begins so (single words only). Immutable after loading.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "garner/status.h"
#include "words.h"

namespace garner::metadata_lines {

struct Phrase {
  std::string language;
  std::string kind;
  std::string spelling;  // as in the file
};

class WordList {
 public:
  static Result<WordList> Load(const std::string& path);
  // `name` stands in messages.
  static Result<WordList> Parse(std::string_view text, const std::string& name);

  // The phrase that equals the words [from, to) of a line, or null.
  const Phrase* Find(const std::vector<Word>& words, size_t from, size_t to) const;
  const Phrase* Find(const std::vector<Word>& words) const { return Find(words, 0, words.size()); }
  const Phrase* FindFolded(const std::string& folded) const;

  // The longest phrase that begins at word `from`; `taken` becomes its number of words.
  const Phrase* FindPrefix(const std::vector<Word>& words, size_t from, size_t* taken) const;
  // True where some phrase stands anywhere in the line.
  bool Contains(const std::vector<Word>& words) const;

 private:
  std::unordered_map<std::string, Phrase> phrases_;  // only looked up, never walked
  std::unordered_map<std::string, Phrase> stems_;
  // Longest phrase by its first word, so that most words are dismissed at one look.
  std::unordered_map<std::string, size_t> longest_;
  std::unordered_set<std::string> stem_starts_;  // the first two bytes of each stem
  size_t min_stem_ = 0;
};

// All lists of the plugin.
struct WordLists {
  static Result<WordLists> Load(const std::string& folder);

  WordList months, date_words, date_labels, zones;
  WordList byline_labels, name_words, first_names, roles, institutions;
  WordList credit_labels, agencies;
  WordList tag_labels, sections, ui, widgets, teaser_labels, places;
  WordList notes, function_words;
};

}  // namespace garner::metadata_lines
