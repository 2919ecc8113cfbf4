#include "sentences.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "fold.h"
#include "lists.h"

namespace garner::entity_tagger {
namespace {

bool IsMark(const Token& token, char mark) { return token.type == Token::kPunctuation && token.mark == mark; }

bool EndsSentence(const Token& token) { return IsMark(token, '.') || IsMark(token, '!') || IsMark(token, '?'); }

bool Closes(const Token& token) {
  return !token.space_before && (IsMark(token, '"') || IsMark(token, ')') || IsMark(token, ']'));
}

bool IsAnyOf(const Token& token, std::initializer_list<std::string_view> words) {
  return token.type == Token::kWord &&
         std::any_of(words.begin(), words.end(), [&](std::string_view word) { return token.hash == Hash(word); });
}

// "No. 5", "Art. 14", "Nr. 3".
bool Numbers(const Tokens& tokens, size_t stop) {
  return stop > 0 && stop + 1 < tokens.size() && tokens[stop + 1].type == Token::kNumber &&
         IsAnyOf(tokens[stop - 1], {"no", "nos", "nr", "art", "arts", "abs", "bd", "vol", "vols", "pp", "fig", "figs", "sec", "ch", "para", "ziff", "num"});
}

// "at 5 p.m. The ferry left", "Harbour Inc. It sells rope": after most abbreviations a name may go on, but not with such a word.
bool EndsAtAbbreviation(const Token& before, const Token& token) {
  return before.full_stop && !before.initial && (before.kinds & kTitle) == 0 && token.space_before && token.capital && (token.kinds & kFunction) != 0;
}

// "approx. five" goes on.
bool MayBegin(const Token& token) { return token.space_before && (token.type != Token::kWord || token.capital); }

}  // namespace

std::vector<TokenRange> SentencesOf(const Tokens& tokens) {
  std::vector<TokenRange> sentences;
  size_t begin = 0;
  bool ended = false;  // a mark was seen, and nothing since but marks and what closes
  for (size_t i = 0; i < tokens.size(); ++i) {
    const bool here = (ended && MayBegin(tokens[i])) || (i > begin && EndsAtAbbreviation(tokens[i - 1], tokens[i]));
    if (here || i - begin == kLongestSentence) {
      sentences.push_back({begin, i});
      begin = i;
      ended = false;
    }
    ended = (EndsSentence(tokens[i]) && !Numbers(tokens, i)) || (ended && Closes(tokens[i]));
  }
  if (begin < tokens.size()) sentences.push_back({begin, tokens.size()});
  return sentences;
}

}  // namespace garner::entity_tagger
