#include "exact_repeats.h"

#include <string>
#include <unordered_map>

#include "garner/utf8.h"

namespace garner::deduplicator {
namespace {

// An excerpt consists of repeated paragraphs for the most part.
constexpr double kMinExcerptShare = 0.5;

// A paragraph and the next one with the same words.
struct Pair {
  int first = 0;
  int second = 0;
};

class ExactRepeats {
 public:
  explicit ExactRepeats(const std::vector<Paragraph>& paragraphs) : paragraphs_(paragraphs), loses_(paragraphs.size(), false) {}

  std::vector<int> Find() {
    Classify();
    CountEligible();
    for (size_t begin = 0; begin < pairs_.size();) {
      const size_t end = GroupEnd(begin);
      Decide(begin, end);
      begin = end;
    }
    return Winners();
  }

 private:
  // Pairs in the order of their first members.
  void Classify() {
    class_of_.assign(paragraphs_.size(), -1);
    std::unordered_map<std::string, int> classes;
    std::vector<int> last;
    std::vector<int> next(paragraphs_.size(), -1);
    std::unordered_map<uint64_t, int> count;
    for (const Paragraph& paragraph : paragraphs_)
      if (paragraph.eligible) ++count[paragraph.hash];
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (!paragraphs_[i].eligible || count[paragraphs_[i].hash] < 2) continue;
      const auto [at, added] = classes.emplace(FoldForComparison(paragraphs_[i].text), static_cast<int>(last.size()));
      class_of_[i] = at->second;
      if (added) {
        last.push_back(static_cast<int>(i));
        continue;
      }
      int& previous = last[static_cast<size_t>(at->second)];
      next[static_cast<size_t>(previous)] = static_cast<int>(i);
      previous = static_cast<int>(i);
    }
    for (size_t i = 0; i < next.size(); ++i)
      if (next[i] >= 0) pairs_.push_back({static_cast<int>(i), next[i]});
  }

  void CountEligible() {
    eligible_before_.assign(paragraphs_.size() + 1, 0);
    for (size_t i = 0; i < paragraphs_.size(); ++i) eligible_before_[i + 1] = eligible_before_[i] + (paragraphs_[i].eligible ? 1 : 0);
  }

  int EligibleIn(int first, int last) const { return eligible_before_[static_cast<size_t>(last) + 1] - eligible_before_[static_cast<size_t>(first)]; }

  // The pairs from `begin` on whose copies come in the same order, all of them behind the last of the originals.
  size_t GroupEnd(size_t begin) const {
    size_t end = begin + 1;
    while (end < pairs_.size() && pairs_[end].second > pairs_[end - 1].second && pairs_[end].first < pairs_[begin].second) ++end;
    return end;
  }

  void Decide(size_t begin, size_t end) {
    const int copies = static_cast<int>(end - begin);
    const Pair& first = pairs_[begin];
    const Pair& last = pairs_[end - 1];
    const int earlier = last.first - first.first + 1;
    const int later = last.second - first.second + 1;
    const double share = static_cast<double>(copies) / EligibleIn(first.first, last.first);
    const bool excerpt = copies > 1 && later > earlier && share >= kMinExcerptShare;
    for (size_t i = begin; i < end; ++i) loses_[static_cast<size_t>(excerpt ? pairs_[i].first : pairs_[i].second)] = true;
  }

  // Decisions about neighbouring pairs of three and more copies may leave two of them: the first of these stays.
  std::vector<int> Winners() {
    std::unordered_map<int, int> winner;
    for (size_t i = 0; i < paragraphs_.size(); ++i)
      if (class_of_[i] >= 0 && !loses_[i]) winner.emplace(class_of_[i], static_cast<int>(i));
    std::vector<int> instead(paragraphs_.size(), -1);
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (class_of_[i] < 0) continue;
      const int stays = winner[class_of_[i]];
      if (stays != static_cast<int>(i)) instead[i] = stays;
    }
    return instead;
  }

  const std::vector<Paragraph>& paragraphs_;
  std::vector<bool> loses_;
  std::vector<int> class_of_;
  std::vector<int> eligible_before_;
  std::vector<Pair> pairs_;
};

}  // namespace

std::vector<int> FindExactRepeats(const std::vector<Paragraph>& paragraphs) { return ExactRepeats(paragraphs).Find(); }

}  // namespace garner::deduplicator
