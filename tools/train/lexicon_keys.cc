// Folds lines as boilerplate_stripper does, for tools/train/lexicon_evidence.
//
//   lexicon_keys LEXICON... < lines > keys
//
// One line out for each line in: what the lexicons call it as a whole ("share_buttons", "share_buttons weak", or
// nothing), a tab, its words.
#include <cstdio>
#include <iostream>
#include <string>

#include "lexicon.h"
#include "line_key.h"

using namespace garner::boilerplate_stripper;

int main(int argc, char** argv) {
  const auto lexicon = Lexicon::Load({argv + 1, argv + argc});
  if (!lexicon.ok()) {
    std::fprintf(stderr, "%s\n", lexicon.status().message().c_str());
    return 2;
  }
  std::ios::sync_with_stdio(false);
  LineKey key;
  for (std::string line; std::getline(std::cin, line);) {
    key.Read(line);
    const Match match = (*lexicon)->MatchLine(key);
    std::cout << KindName(match.kind) << (match.strength == Strength::kWeak ? " weak\t" : "\t") << key.joined() << '\n';
  }
  return 0;
}
