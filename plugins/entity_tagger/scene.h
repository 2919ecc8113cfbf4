// One block of text as the name rules see it: tokens, what the lists say of them, and what is already marked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "fold.h"
#include "language.h"
#include "lists.h"
#include "tokens.h"

namespace garner::entity_tagger {

// A name that a rule found, in tokens.
struct Name {
  size_t begin = 0;
  size_t end = 0;
  std::string_view label;
  std::string_view canonical;  // from the lists; empty: the text itself
  float confidence = 0;
  bool own = false;  // on a list of the user's own
};

struct Phrase {
  size_t end = 0;
  const Listed* listed = nullptr;
  std::string_view canonical;  // empty where the lists give none
  bool exact = false;          // found by its spelling in capitals
  bool own = false;            // a name of the text's own language
};

struct Scene {
  std::string_view text;
  const Tokens& tokens;
  const Lists& lists;
  std::vector<bool>& taken;  // by token
  bool headline = false;     // most words have a capital: a capital says little
  Language language;

  bool english() const { return language.english(); }
  size_t size() const { return tokens.size(); }
  bool IsWord(size_t i) const { return i < size() && tokens[i].type == Token::kWord; }
  bool Capital(size_t i) const { return IsWord(i) && tokens[i].capital && !taken[i]; }
  bool Has(size_t i, uint32_t kinds) const { return IsWord(i) && (tokens[i].kinds & kinds) != 0; }
  bool Is(size_t i, std::string_view folded) const { return IsWord(i) && tokens[i].hash == Hash(folded); }
  bool Mark(size_t i, char mark) const { return i < size() && tokens[i].type == Token::kPunctuation && tokens[i].mark == mark; }
  std::string_view Word(size_t i) const { return View(text, tokens[i]); }
  // An ordinary word whose capital may be that of a sentence or headline.
  bool Ordinary(size_t i) const { return Has(i, kOrdinary | kFunction); }
  bool WeakCapital(size_t i) const { return tokens[i].sentence_start || headline; }

  // The longest listed phrase that begins at i and has one of `kinds`. Words are joined across single spaces only.
  std::optional<Phrase> Longest(size_t i, uint32_t kinds) const;
  // The same among the keys that begin with `seed`.
  std::optional<Phrase> LongestFrom(size_t i, uint32_t kinds, uint64_t seed) const;
};

}  // namespace garner::entity_tagger
