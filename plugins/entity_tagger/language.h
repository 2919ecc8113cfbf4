// The language that a document is written in, as far as the rules care.
//
//   Language language = LanguageOf(document, lists);
//   LookUpKinds(text, lists, language, tokens);
//
// English rules rest on capitals and English words; elsewhere a name needs other evidence, and the words that make one are those
// of data/languages.txt. Pure functions, safe from any thread.
#pragma once

#include <string_view>

#include "garner/v1/document.pb.h"
#include "lists.h"
#include "tokens.h"
#include "tongue.h"

namespace garner::entity_tagger {

struct Language {
  char code[3] = {'e', 'n', '\0'};  // ISO 639-1; "xx" where nothing is known of it
  uint64_t seed = 0;                // where the hashes of its words begin

  bool Is(std::string_view other) const { return std::string_view(code, 2) == other; }
  Tongue tongue() const { return TongueOf(std::string_view(code, 2)); }
  bool english() const { return Is("en"); }
  bool cyrillic() const { return Is("ru") || Is("kk") || Is("uk") || Is("be") || Is("ky") || Is("bg"); }
};

// The chosen metadata "language"; without one the text's own words tell English from all others.
Language LanguageOf(const v1::Document& document, const Lists& lists);

// Language from its code ("de", "pt-BR").
Language MakeLanguage(std::string_view code);

// Fills Token::kinds: what the lists say of each word, in this language.
void LookUpKinds(std::string_view text, const Lists& lists, const Language& language, Tokens& tokens);

// The country or large city of which a word is a case form: "России", "Астанада". Null where there is none, and in languages of
// which no endings are known here.
const Listed* FindInflected(const Lists& lists, const Language& language, std::string_view folded);

}  // namespace garner::entity_tagger
