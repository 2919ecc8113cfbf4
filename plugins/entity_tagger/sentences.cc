#include "sentences.h"

namespace garner::entity_tagger {
namespace {

bool IsMark(const Token& token, char mark) { return token.type == Token::kPunctuation && token.mark == mark; }

bool EndsSentence(const Token& token) { return IsMark(token, '.') || IsMark(token, '!') || IsMark(token, '?'); }

bool Closes(const Token& token) {
  return !token.space_before && (IsMark(token, '"') || IsMark(token, ')') || IsMark(token, ']'));
}

// "approx. five" goes on.
bool MayBegin(const Token& token) { return token.space_before && (token.type != Token::kWord || token.capital); }

}  // namespace

std::vector<TokenRange> SentencesOf(const Tokens& tokens) {
  std::vector<TokenRange> sentences;
  size_t begin = 0;
  bool ended = false;  // a mark was seen, and nothing since but marks and what closes
  for (size_t i = 0; i < tokens.size(); ++i) {
    if ((ended && MayBegin(tokens[i])) || i - begin == kLongestSentence) {
      sentences.push_back({begin, i});
      begin = i;
      ended = false;
    }
    ended = EndsSentence(tokens[i]) || (ended && Closes(tokens[i]));
  }
  if (begin < tokens.size()) sentences.push_back({begin, tokens.size()});
  return sentences;
}

}  // namespace garner::entity_tagger
