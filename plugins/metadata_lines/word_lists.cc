#include "word_lists.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

std::string Key(const std::vector<Word>& words, size_t from, size_t to) {
  std::string key;
  for (size_t i = from; i < to; ++i) {
    if (words[i].core.empty()) return {};
    if (i > from) key.push_back(' ');
    key += words[i].folded;
  }
  return key;
}

}  // namespace

Result<WordList> WordList::Load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the word list cannot be read: " + std::strerror(errno));
  std::stringstream bytes;
  bytes << in.rdbuf();
  return Parse(bytes.str(), path);
}

Result<WordList> WordList::Parse(std::string_view text, const std::string& name) {
  WordList list;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = Trim(text.substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find(" = ");
    if (equals == std::string_view::npos)
      return Status(StatusKind::kConfig, name + ":" + std::to_string(number) + ": no ' = '; a line is LANGUAGE [KIND] = PHRASE; PHRASE ...");
    const std::string_view left = Trim(line.substr(0, equals));
    const size_t space = left.find(' ');
    Phrase phrase{std::string(left.substr(0, space)), space == std::string_view::npos ? "" : std::string(Trim(left.substr(space))), ""};
    const std::string_view right = line.substr(equals + 3);
    for (size_t from = 0; from <= right.size();) {
      const size_t to = std::min(right.find(';', from), right.size());
      const std::string_view spelling = Trim(right.substr(from, to - from));
      from = to + 1;
      if (spelling.empty()) continue;
      phrase.spelling = std::string(spelling);
      const bool stem = spelling.back() == '*';
      const std::vector<Word> words = SplitWords(stem ? spelling.substr(0, spelling.size() - 1) : spelling);
      const std::string key = Key(words, 0, words.size());
      if (key.empty()) return Status(StatusKind::kConfig, name + ":" + std::to_string(number) + ": '" + phrase.spelling + "' has a word without letters");
      (stem ? list.stems_ : list.phrases_).emplace(key, phrase);
      size_t& longest = list.longest_[words.front().folded];
      if (!stem) longest = std::max(longest, words.size());
      if (stem) list.stem_starts_.insert(key.substr(0, 2));
      if (stem) list.min_stem_ = list.min_stem_ == 0 ? key.size() : std::min(list.min_stem_, key.size());
    }
  }
  return list;
}

const Phrase* WordList::FindFolded(const std::string& folded) const {
  if (const auto at = phrases_.find(folded); at != phrases_.end()) return &at->second;
  if (stems_.empty() || folded.find(' ') != std::string::npos || stem_starts_.count(folded.substr(0, 2)) == 0) return nullptr;
  for (size_t size = folded.size(); size >= min_stem_ && size > 0; --size)
    if (const auto at = stems_.find(folded.substr(0, size)); at != stems_.end()) return &at->second;
  return nullptr;
}

const Phrase* WordList::Find(const std::vector<Word>& words, size_t from, size_t to) const {
  if (to <= from) return nullptr;
  if (to - from == 1) return words[from].core.empty() ? nullptr : FindFolded(words[from].folded);
  const auto longest = longest_.find(words[from].folded);
  if (longest == longest_.end() || to - from > longest->second) return nullptr;
  const std::string key = Key(words, from, to);
  return key.empty() ? nullptr : FindFolded(key);
}

const Phrase* WordList::FindPrefix(const std::vector<Word>& words, size_t from, size_t* taken) const {
  if (from >= words.size() || words[from].core.empty()) return nullptr;
  const auto longest = longest_.find(words[from].folded);
  const size_t most = longest == longest_.end() ? 1 : std::max<size_t>(longest->second, 1);
  for (size_t count = std::min(most, words.size() - from); count > 0; --count) {
    if (const Phrase* phrase = Find(words, from, from + count)) {
      *taken = count;
      return phrase;
    }
  }
  return nullptr;
}

bool WordList::Contains(const std::vector<Word>& words) const {
  size_t taken = 0;
  for (size_t i = 0; i < words.size(); ++i)
    if (FindPrefix(words, i, &taken) != nullptr) return true;
  return false;
}

Result<WordLists> WordLists::Load(const std::string& folder) {
  WordLists lists;
  const struct {
    const char* file;
    WordList* list;
  } files[] = {
      {"months.txt", &lists.months},         {"date_words.txt", &lists.date_words},     {"date_labels.txt", &lists.date_labels},
      {"zones.txt", &lists.zones},           {"byline_labels.txt", &lists.byline_labels}, {"name_words.txt", &lists.name_words},
      {"first_names.txt", &lists.first_names}, {"roles.txt", &lists.roles},             {"institutions.txt", &lists.institutions},
      {"credit_labels.txt", &lists.credit_labels}, {"agencies.txt", &lists.agencies},   {"tag_labels.txt", &lists.tag_labels},
      {"sections.txt", &lists.sections},     {"ui.txt", &lists.ui},                     {"widgets.txt", &lists.widgets},         {"teaser_labels.txt", &lists.teaser_labels},
      {"places.txt", &lists.places},         {"notes.txt", &lists.notes},               {"function_words.txt", &lists.function_words},
  };
  for (const auto& entry : files) {
    Result<WordList> list = WordList::Load(folder + "/" + entry.file);
    if (!list.ok()) return list.status();
    *entry.list = *std::move(list);
  }
  return lists;
}

}  // namespace garner::metadata_lines
