#include "tags.h"

#include <algorithm>
#include <set>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMinItems = 4;
constexpr size_t kMaxItems = 60;
constexpr size_t kMaxItemWords = 5;
constexpr size_t kMaxTagBytes = 1500;

std::vector<std::string_view> SplitAt(std::string_view text, char separator) {
  std::vector<std::string_view> items;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find(separator, from), text.size());
    items.push_back(Trim(text.substr(from, to - from)));
    from = to + 1;
  }
  if (!items.empty() && items.back().empty()) items.pop_back();
  return items;
}

// An item is a few words without the marks of a sentence; "3 eggs" counts things and tags nothing.
bool IsItem(std::string_view item, const WordLists& lists) {
  const std::vector<Word> words = lists.Split(item);
  if (words.empty() || words.size() > kMaxItemWords || !HasLetter(item)) return false;
  if (HasAnyOf(item, ":?!\"")) return false;
  const bool counted = words.size() > 1 && HasDigit(words.front().core()) && !HasLetter(words.front().core());
  if (counted) return false;
  const Phrase* joiner = lists.name_words.Find(words.front());
  if (joiner != nullptr && joiner->kind == "joiner") return false;
  // A list has names of things; two function words of one language make a clause.
  const auto small = std::count_if(words.begin(), words.end(), [&](const Word& word) {
    const Phrase* found = lists.function_words.Find(word);
    return found != nullptr && found->language != "ambiguous" && word.plain;
  });
  const Phrase* first = lists.function_words.Find(words.front());
  return small <= 1 && (first == nullptr || words.size() == 1 || first->language == "ambiguous" || !words.front().plain);
}

std::optional<Tags> Hashtags(std::string_view text, const WordLists& lists) {
  if (text.find('#') == std::string_view::npos) return std::nullopt;
  Tags tags;
  tags.labelled = true;
  for (const Word& word : lists.Split(text)) {
    if (word.core().size() < 2 || word.core().front() != '#' || word.core().find('#', 1) != std::string_view::npos)
      return std::nullopt;
    if (!HasLetter(word.core())) return std::nullopt;
    tags.values.emplace_back(word.core().substr(1));
  }
  if (tags.values.size() < 2) return std::nullopt;
  return tags;
}

}  // namespace

bool IsTagLabel(Words words, const WordLists& lists) {
  if (words.empty() || words.size() > 4) return false;
  return lists.tag_labels.Find(words.first(words.back().core().empty() ? words.size() - 1 : words.size())) != nullptr;
}

std::optional<Tags> ParseTagItems(std::string_view text, const WordLists& lists, size_t min_items) {
  if (text.size() > kMaxTagBytes || EndsSentence(text)) return std::nullopt;
  if (auto hashtags = Hashtags(text, lists)) return hashtags;
  if (min_items > 1 && !HasAnyOf(text, ";|,")) return std::nullopt;
  const char separators[] = {';', '|', ','};
  for (const char separator : separators) {
    const auto marks = static_cast<size_t>(std::count(text.begin(), text.end(), separator));
    if (marks + 1 < std::max<size_t>(min_items, 2)) continue;  // SplitAt has one item more at most
    const std::vector<std::string_view> items = SplitAt(text, separator);
    if (items.size() < std::max<size_t>(min_items, 2) || items.size() > kMaxItems) continue;
    Tags tags;
    std::set<std::string> seen;
    for (const std::string_view item : items) {
      if (!IsItem(item, lists)) return std::nullopt;
      if (seen.insert(FoldForComparison(item)).second) tags.values.emplace_back(item);
    }
    // "rain, rain, rain, rain" is a line of a song.
    if (tags.values.size() < items.size()) return std::nullopt;
    return tags;
  }
  if (min_items > 1 || !IsItem(text, lists)) return std::nullopt;
  return Tags{{std::string(Trim(text))}, false};
}

std::optional<Tags> ParseTags(std::string_view text, Words words, const WordLists& lists) {
  if (text.size() > kMaxTagBytes) return std::nullopt;
  size_t taken = 0;
  if (lists.tag_labels.FindPrefix(words, 0, &taken) != nullptr && taken < words.size()) {
    const bool lone_colon = words[taken].core().empty() && words[taken].raw() == ":";
    const bool colon = lone_colon || words[taken - 1].trail().find(':') != std::string_view::npos;
    const size_t value = taken + (lone_colon ? 1 : 0);
    if (value < words.size() && (colon || words[value].core().substr(0, 1) == "#")) {
      auto tags = ParseTagItems(text.substr(words[value].begin), lists, 1);
      if (tags) tags->labelled = true;
      return tags;
    }
  }
  return ParseTagItems(text, lists, kMinItems);
}

}  // namespace garner::metadata_lines
