#include "bio.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iostream>
#include <string_view>

namespace garner::entity_tagger {
namespace {

struct TaggedToken {
  std::string token;
  std::string tag;
};
using Sentence = std::vector<TaggedToken>;

constexpr size_t kNoType = SIZE_MAX;

size_t TypeNumber(std::string_view tag) {
  const std::string_view type = tag.substr(std::min<size_t>(2, tag.size()));
  if (type == "PER") return 0;
  if (type == "ORG") return 1;
  return type == "LOC" ? 2 : kNoType;
}

bool IsAny(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool JoinsLeft(std::string_view token) {
  return IsAny(token, {",",  ".",  ";",  ":",   "!",   "?",   ")",   "]",  "}",  "%", "'s",
                       "'S", "’s", "’S", "n't", "'re", "'ve", "'ll", "'d", "'m", "”", "’"});
}
bool JoinsRight(std::string_view token) { return IsAny(token, {"(", "[", "{", "$", "£", "€", "“", "‘", "#"}); }

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string Written(std::string token, Writing writing) {
  for (size_t i = 0; i < token.size(); ++i) {
    if (writing == Writing::kCapitals || (writing == Writing::kTitleCase && i == 0)) token[i] = Upper(token[i]);
    if (writing == Writing::kLowerCase) token[i] = Lower(token[i]);
  }
  return token;
}

std::vector<Sentence> ReadSentences(const std::string& path) {
  std::ifstream in(path);
  if (!in) {
    std::cerr << path << ": cannot be read\n";
    std::exit(2);
  }
  std::vector<Sentence> sentences(1);
  for (std::string line; std::getline(in, line);) {
    const size_t tab = line.rfind('\t');
    if (tab != std::string::npos)
      sentences.back().push_back({line.substr(0, tab), line.substr(tab + 1)});
    else if (!sentences.back().empty())
      sentences.emplace_back();
  }
  if (sentences.back().empty()) sentences.pop_back();
  return sentences;
}

void Append(const Sentence& sentence, Writing writing, MarkedText* out) {
  if (!out->text.empty()) out->text += "\n\n";
  const size_t start = out->text.size();
  std::vector<MarkedName> names;
  std::string_view previous;
  bool open = false;
  for (const auto& [token, tag] : sentence) {
    if (out->text.size() > start && !JoinsLeft(token) && !JoinsRight(previous)) out->text += ' ';
    const size_t begin = out->text.size();
    out->text += Written(token, writing);
    const size_t type = TypeNumber(tag);
    if (tag[0] == 'I' && open && type == names.back().type) {
      names.back().end = out->text.size();
    } else {
      open = type != kNoType;
      if (open) names.push_back({begin, out->text.size(), type});
    }
    previous = token;
  }
  out->blocks.push_back({start, out->text.size()});
  out->names.push_back(std::move(names));
}

}  // namespace

std::vector<MarkedText> ReadBio(const std::string& path, Writing writing) {
  std::vector<MarkedText> texts;
  size_t number = 0;
  for (const Sentence& sentence : ReadSentences(path)) {
    if (number++ % kSentencesOfText == 0) texts.emplace_back();
    Append(sentence, writing, &texts.back());
  }
  return texts;
}

}  // namespace garner::entity_tagger
