#include "find_repeats.h"

#include <algorithm>

#include "contained_repeats.h"
#include "exact_repeats.h"
#include "paragraphs.h"
#include "tsl/robin_map.h"

namespace garner::deduplicator {
namespace {

// Where less than this share of the words stands in long paragraphs and sentences, the document is a poem, a list or a table: what
// repeats there repeats on purpose.
constexpr double kMinProse = 0.5;

bool IsProse(const Paragraphs& paragraphs) {
  size_t all = 0;
  size_t eligible = 0;
  for (const Paragraph& paragraph : paragraphs) {
    all += paragraph.words.size();
    if (paragraph.eligible || paragraph.sentence) eligible += paragraph.words.size();
  }
  return static_cast<double>(eligible) >= kMinProse * static_cast<double>(all);
}

// Headings whose whole body went, and that stand elsewhere with theirs.
void AddOrphanedHeadings(const Paragraphs& paragraphs, std::vector<bool>& gone, std::vector<Repeat>& repeats) {
  tsl::robin_map<uint64_t, int> elsewhere;  // the first copy of each heading that has a body left
  std::vector<int> orphans;
  const int count = static_cast<int>(paragraphs.size());
  for (int i = 0; i < count; ++i) {
    if (!paragraphs[static_cast<size_t>(i)].heading) continue;
    int next = i + 1;
    while (next < count && gone[static_cast<size_t>(next)]) ++next;
    const bool lost_body = next > i + 1 && (next == count || paragraphs[static_cast<size_t>(next)].heading);
    if (lost_body) {
      orphans.push_back(i);
    } else if (next < count && !paragraphs[static_cast<size_t>(next)].heading) {
      elsewhere.try_emplace(paragraphs[static_cast<size_t>(i)].hash, i);
    }
  }
  for (const int orphan : orphans) {
    const auto other = elsewhere.find(paragraphs[static_cast<size_t>(orphan)].hash);
    if (other == elsewhere.end()) continue;
    repeats.push_back({orphan, other->second, 1, true});
    gone[static_cast<size_t>(orphan)] = true;
  }
}

}  // namespace

std::vector<Repeat> FindRepeats(const v1::Document& document, const RepeatRules& rules) {
  const Paragraphs paragraphs(document, rules.min_words);
  std::vector<Repeat> repeats;
  if (!IsProse(paragraphs)) return repeats;
  std::vector<bool> gone(paragraphs.size(), false);
  const std::vector<int> exact = FindExactRepeats(paragraphs);
  for (size_t i = 0; i < exact.size(); ++i) {
    if (exact[i] < 0) continue;
    repeats.push_back({static_cast<int>(i), exact[i], 1, true});
    gone[i] = true;
  }
  for (const Contained& contained : FindContainedRepeats(paragraphs, gone, rules.min_containment))
    repeats.push_back({contained.block, contained.in, contained.containment, false});
  for (const Repeat& repeat : repeats) gone[static_cast<size_t>(repeat.block)] = true;
  if (!repeats.empty()) AddOrphanedHeadings(paragraphs, gone, repeats);
  std::sort(repeats.begin(), repeats.end(), [](const Repeat& a, const Repeat& b) { return a.block < b.block; });
  return repeats;
}

}  // namespace garner::deduplicator
