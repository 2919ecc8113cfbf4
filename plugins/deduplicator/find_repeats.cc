#include "find_repeats.h"

#include <algorithm>

#include "contained_repeats.h"
#include "exact_repeats.h"
#include "metadata_copies.h"
#include "paragraphs.h"
#include "repeated_runs.h"
#include "truncated_copies.h"
#include "tsl/robin_map.h"

namespace garner::deduplicator {
namespace {

// Where less than this share of the words stands in long paragraphs and sentences, the document is a poem, a list or a table:
// what repeats there repeats on purpose.
constexpr double kMinProse = 0.5;

bool IsProse(const Paragraphs& paragraphs, const std::vector<bool>& gone) {
  size_t all = 0;
  size_t eligible = 0;
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    if (gone[i]) continue;
    all += paragraphs[i].words.size();
    if (paragraphs[i].eligible || paragraphs[i].sentence) eligible += paragraphs[i].words.size();
  }
  return static_cast<double>(eligible) >= kMinProse * static_cast<double>(all);
}

class Search {
 public:
  Search(const v1::Document& document, const RepeatRules& rules)
      : document_(document), rules_(rules), paragraphs_(document, rules.min_words), gone_(paragraphs_.size(), false) {}

  std::vector<Repeat> Find() {
    AddMetadataCopies();
    AddRuns();
    if (IsProse(paragraphs_, gone_)) {
      AddTruncated();
      AddExact();
      AddContained();
    }
    if (!repeats_.empty()) AddOrphanedHeadings();
    std::sort(repeats_.begin(), repeats_.end(), [](const Repeat& a, const Repeat& b) { return a.block < b.block; });
    return std::move(repeats_);
  }

 private:
  void Add(const Repeat& repeat) {
    if (gone_[static_cast<size_t>(repeat.block)]) return;
    gone_[static_cast<size_t>(repeat.block)] = true;
    repeats_.push_back(repeat);
  }

  void AddMetadataCopies() {
    for (const int block : FindMetadataCopies(document_, paragraphs_, rules_.min_words))
      Add({block, block, Repeat::Rule::kMetadata, 1});
  }

  void AddRuns() {
    for (const RepeatedRun& run : FindRepeatedRuns(document_, paragraphs_)) {
      const Repeat::Rule rule = run.both() ? Repeat::Rule::kWidget : Repeat::Rule::kRun;
      for (int i = 0; i < run.length; ++i) {
        Add({run.gone() + i, run.kept() + i, rule, 1});
        if (run.both()) Add({run.kept() + i, run.gone() + i, rule, 1});
      }
    }
  }

  void AddTruncated() {
    for (const TruncatedCopy& copy : FindTruncatedCopies(paragraphs_, gone_))
      Add({copy.block, copy.of, Repeat::Rule::kTruncated, 1});
  }

  void AddExact() {
    const std::vector<int> exact = FindExactRepeats(paragraphs_, gone_);
    for (size_t i = 0; i < exact.size(); ++i)
      if (exact[i] >= 0) Add({static_cast<int>(i), exact[i], Repeat::Rule::kExact, 1});
  }

  void AddContained() {
    for (const Contained& contained : FindContainedRepeats(paragraphs_, gone_, rules_.min_containment))
      Add({contained.block, contained.in, Repeat::Rule::kContained, contained.containment});
  }

  // Headings whose whole body went, and that stand elsewhere with theirs.
  void AddOrphanedHeadings() {
    tsl::robin_map<uint64_t, int> elsewhere;  // the first copy of each heading that has a body left
    std::vector<int> orphans;
    const int count = static_cast<int>(paragraphs_.size());
    int next = count;  // the next block that stays
    for (int i = count - 1; i >= 0; --i) {
      if (IsGone(i)) continue;
      const bool has_body = next < count && !paragraphs_[next].heading;
      if (paragraphs_[i].heading && has_body) elsewhere[paragraphs_[i].hash] = i;
      if (paragraphs_[i].heading && !has_body && i + 1 < count && next > i + 1) orphans.push_back(i);
      next = i;
    }
    for (const int orphan : orphans)
      if (const auto other = elsewhere.find(paragraphs_[orphan].hash); other != elsewhere.end())
        Add({orphan, other->second, Repeat::Rule::kExact, 1});
  }

  bool IsGone(int block) const { return gone_[static_cast<size_t>(block)]; }

  const v1::Document& document_;
  const RepeatRules& rules_;
  const Paragraphs paragraphs_;
  std::vector<bool> gone_;
  std::vector<Repeat> repeats_;
};

}  // namespace

std::vector<Repeat> FindRepeats(const v1::Document& document, const RepeatRules& rules) { return Search(document, rules).Find(); }

}  // namespace garner::deduplicator
