#include "records.h"

#include <unordered_map>

namespace garner::boilerplate_stripper {
namespace {

// A label with its value tight below it, and nothing tight below that.
bool IsLabelOfValue(const std::vector<Facts>& facts, size_t i) {
  constexpr uint32_t kMaxWords = 6;
  if (i + 1 >= facts.size() || facts[i].tight || !facts[i + 1].tight || (i + 2 < facts.size() && facts[i + 2].tight))
    return false;
  const auto is_short = [](const Facts& line) {
    return line.short_line() && line.words <= kMaxWords && line.key != 0 && !line.ends_sentence && !line.ends_comma &&
           !line.strong_ui();
  };
  return is_short(facts[i]) && !facts[i].ui() && is_short(facts[i + 1]);
}

// A heading with its text tight below it.
bool HeadsText(const std::vector<Facts>& facts, size_t i) {
  constexpr uint32_t kMaxWords = 4;
  if (i + 1 >= facts.size() || facts[i].tight || !facts[i + 1].tight) return false;
  const Facts& heading = facts[i];
  const bool is_heading = heading.short_line() && heading.words > 0 && heading.words <= kMaxWords && !heading.ends_sentence &&
                          !heading.ends_colon && !heading.bullet && !heading.quoted && !heading.placeholder && !heading.one_link;
  return is_heading && facts[i + 1].sentence() && !facts[i + 1].ui();
}

// A text that is made of such sections: "Read more" over a paragraph about links is one of them.
void MarkSections(std::vector<Facts>& facts) {
  constexpr size_t kLeastSections = 6;
  // Of the headings, those that no lexicon knows.
  constexpr double kLeastPlain = 0.33;
  size_t sections = 0;
  size_t plain = 0;
  size_t blocks = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    blocks += facts[i].tight ? 0 : 1;
    if (!HeadsText(facts, i)) continue;
    ++sections;
    plain += facts[i].ui() ? 0 : 1;
  }
  const bool most = 2 * sections > blocks;
  if (sections < kLeastSections || !most || static_cast<double>(plain) < kLeastPlain * static_cast<double>(sections)) return;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (!HeadsText(facts, i)) continue;
    facts[i].record = facts[i + 1].record = true;
    facts[i].line = {};
  }
}

void MarkEntries(std::vector<Facts>& facts) {
  constexpr size_t kLeastEntries = 3;
  constexpr size_t kLeastLabels = 3;
  std::unordered_map<uint64_t, size_t> seen;
  for (size_t i = 0; i < facts.size(); ++i)
    if (IsLabelOfValue(facts, i)) ++seen[facts[i].key];
  size_t labels = 0;
  for (const auto& label : seen) labels += label.second >= kLeastEntries ? 1 : 0;
  if (labels < kLeastLabels) return;
  for (size_t i = 0; i + 1 < facts.size(); ++i) {
    const auto label = seen.find(facts[i].key);
    if (label == seen.end() || label->second < kLeastEntries || !IsLabelOfValue(facts, i)) continue;
    facts[i].record = facts[i + 1].record = true;
    facts[i + 1].line = {};
  }
}

}  // namespace

void MarkRecords(std::vector<Facts>& facts) {
  MarkEntries(facts);
  MarkSections(facts);
}

}  // namespace garner::boilerplate_stripper
