#include "exact_repeats.h"

#include <algorithm>
#include <cstdlib>

#include "tsl/robin_map.h"
#include "words.h"

namespace garner::deduplicator {
namespace {

// An excerpt consists of repeated paragraphs for the most part.
constexpr double kMinExcerptShare = 0.5;
// How far, in blocks, a short sentence may stand from the long paragraph that vouches for it, in either copy.
constexpr int kMaxVouchDistance = 2;
// Formulas of minutes, laws and recipes have fewer words; with headings between their copies, fewer than the second number.
constexpr size_t kMinCopyWords = 24;
constexpr size_t kMinCopyWordsUnderHeadings = 40;
// Paragraphs of its own that a teaser above the text may have.
constexpr int kMaxOwnInTeaser = 2;
constexpr size_t kMinTeaserWords = 4;
// How far below the lead, and below its full form, the two copies stand.
constexpr int kMaxBelowLead = 3;
// Paragraphs that one introduction ("Peter wrote:") reaches.
constexpr int kMaxQuoted = 3;

// A paragraph and the next one with the same words.
struct Pair {
  int first = 0;
  int second = 0;
};

class ExactRepeats {
 public:
  ExactRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone)
      : paragraphs_(paragraphs), gone_(gone), loses_(paragraphs.size(), false), on_purpose_(paragraphs.size(), false) {}

  std::vector<int> Find() {
    Classify();
    LeaveOutQuotations();
    LeaveOutUnvouched();
    if (pairs_.empty()) return std::vector<int>(paragraphs_.size(), -1);
    CountEligible();
    for (size_t begin = 0; begin < pairs_.size();) {
      const size_t end = GroupEnd(begin);
      Decide(begin, end);
      begin = end;
    }
    return Winners();
  }

 private:
  bool MayRepeat(size_t i) const { return !gone_[i] && (paragraphs_[i].eligible || paragraphs_[i].sentence); }

  // Pairs in the order of their first members.
  void Classify() {
    class_of_.assign(paragraphs_.size(), -1);
    std::vector<int> next(paragraphs_.size(), -1);
    tsl::robin_map<uint64_t, int> latest;  // of each text the last paragraph so far
    latest.reserve(paragraphs_.size());
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (!MayRepeat(i)) continue;
      const int here = static_cast<int>(i);
      const auto [at, added] = latest.try_emplace(paragraphs_[i].hash, here);
      if (added || !SameWords(paragraphs_[at->second], paragraphs_[i])) continue;
      const int previous = at->second;
      if (Class(previous) < 0) Class(previous) = previous;
      Class(here) = Class(previous);
      next[static_cast<size_t>(previous)] = here;
      at.value() = here;
    }
    for (size_t i = 0; i < next.size(); ++i)
      if (next[i] >= 0) pairs_.push_back({static_cast<int>(i), next[i]});
  }

  int& Class(int paragraph) { return class_of_[static_cast<size_t>(paragraph)]; }

  bool IsLong(const Pair& pair) const { return paragraphs_[static_cast<size_t>(pair.first)].eligible; }

  bool Vouches(size_t other, const Pair& pair) const {
    if (other >= pairs_.size() || !IsLong(pairs_[other])) return false;
    return std::abs(pairs_[other].first - pair.first) <= kMaxVouchDistance &&
           std::abs(pairs_[other].second - pair.second) <= kMaxVouchDistance;
  }

  // What is quoted to be answered stays with its answer; a text that is introduced in the same way in both places is a copy all
  // the same.
  void LeaveOutQuotations() {
    std::vector<Pair> kept;
    Pair last{-2, -2};
    int reach = 0;
    for (const Pair& pair : pairs_) {
      const bool goes_on = reach > 0 && reach < kMaxQuoted && pair.first == last.first + 1 && pair.second == last.second + 1;
      reach = goes_on ? reach + 1 : IsQuotation(pair);
      last = pair;
      if (reach == 0) {
        kept.push_back(pair);
      } else {
        on_purpose_[static_cast<size_t>(Class(pair.first))] = true;
      }
    }
    pairs_ = std::move(kept);
  }

  bool IsQuotation(const Pair& pair) const {
    if (!paragraphs_[pair.first].quoted && !paragraphs_[pair.second].quoted) return false;
    return pair.first == 0 || !SameWords(paragraphs_[pair.first - 1], paragraphs_[pair.second - 1]);
  }

  void LeaveOutUnvouched() {
    std::vector<Pair> kept;
    for (size_t i = 0; i < pairs_.size(); ++i)
      if (IsLong(pairs_[i]) || (i > 0 && Vouches(i - 1, pairs_[i])) || Vouches(i + 1, pairs_[i])) kept.push_back(pairs_[i]);
    pairs_ = std::move(kept);
  }

  void CountEligible() {
    eligible_before_.assign(paragraphs_.size() + 1, 0);
    headings_before_.assign(paragraphs_.size() + 1, 0);
    text_before_.assign(paragraphs_.size() + 1, 0);
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      eligible_before_[i + 1] = eligible_before_[i] + (MayRepeat(i) ? 1 : 0);
      headings_before_[i + 1] = headings_before_[i] + (paragraphs_[i].heading ? 1 : 0);
      const bool text = !gone_[i] && paragraphs_[i].prose && !paragraphs_[i].heading && paragraphs_[i].words.size() > 0;
      text_before_[i + 1] = text_before_[i] + (text ? 1 : 0);
    }
    while (lead_ + 1 < paragraphs_.size() && !(MayRepeat(lead_) && paragraphs_[lead_].sentence)) ++lead_;
  }

  int EligibleIn(int first, int last) const {
    return eligible_before_[static_cast<size_t>(last) + 1] - eligible_before_[static_cast<size_t>(first)];
  }

  // The pairs from `begin` on whose copies come in the same order, all of them behind the last of the originals.
  size_t GroupEnd(size_t begin) const {
    size_t end = begin + 1;
    while (end < pairs_.size() && pairs_[end].second > pairs_[end - 1].second && pairs_[end].first < pairs_[begin].second) ++end;
    return end;
  }

  // The copies have more between them than the originals; or the originals are the teaser above a text that begins with the
  // copies and goes on behind them.
  bool IsExcerpt(int copies, const Pair& first, const Pair& last) const {
    if (FollowsShortForm(first)) return true;
    if (IsTeaserAbove(copies, first, last)) return true;
    if (copies == 1) return false;
    const int earlier = last.first - first.first;
    const int later = last.second - first.second;
    const double share = static_cast<double>(copies) / EligibleIn(first.first, last.first);
    if (later != earlier) return later > earlier && share >= kMinExcerptShare;
    const int earlier_extent = EligibleIn(first.first, first.second - 1);
    const int later_extent = EligibleIn(first.second, Last());
    return later_extent > earlier_extent && copies > kMinExcerptShare * earlier_extent;
  }

  int Last() const { return static_cast<int>(paragraphs_.size()) - 1; }

  // The document begins with it, hardly anything of its own stands in or below it, and there is more text behind the copies.
  bool IsTeaserAbove(int copies, const Pair& first, const Pair& last) const {
    if (!IsLead(first) || EligibleIn(last.first, first.second) > 2) return false;
    const int own = EligibleIn(first.first, first.second - 1) - copies;
    const int behind = text_before_.back() - text_before_[static_cast<size_t>(last.second) + 1];  // however short
    return own > 0 && own <= kMaxOwnInTeaser && own <= copies && behind >= own &&
           EligibleIn(first.second, last.second) <= EligibleIn(first.first, last.first);
  }

  // The paragraph above the earlier copy is the short form of the one above the later: the later one stands in the full text. Below a lead
  // there may be others between.
  bool FollowsShortForm(const Pair& pair) const {
    if (pair.first == 0 || pair.second <= pair.first + 1) return false;
    if (IsShortForm(pair.first - 1, pair.second - 1)) return true;
    const int lead = static_cast<int>(lead_);
    if (pair.first <= lead || pair.first - lead > kMaxBelowLead) return false;
    for (int fuller = std::max(pair.first + 1, pair.second - kMaxBelowLead); fuller < pair.second; ++fuller)
      if (IsShortForm(lead, fuller)) return true;
    return false;
  }

  // All its words come again in order, with others between.
  bool IsShortForm(int paragraph, int fuller) const {
    const Words words = paragraphs_[paragraph].words;
    const Words in = paragraphs_[fuller].words;
    if (words.size() < kMinTeaserWords || words.size() >= in.size() || words[0] != in[0]) return false;
    size_t next = 0;
    for (size_t i = 0; i < in.size() && next < words.size(); ++i) next += in[i] == words[next];
    return next == words.size();
  }

  bool IsLead(const Pair& pair) const { return static_cast<size_t>(class_of_[static_cast<size_t>(pair.first)]) <= lead_; }

  bool IsSpeech(const Pair& pair) const { return BeginsWithSpeechMark(paragraphs_[pair.first].text); }

  // The lines above and below are the same too: cards of a page.
  bool IsBetweenSame(const Pair& pair) const {
    const bool inside = pair.first > 0 && pair.second < Last();
    return inside && SameWords(paragraphs_[pair.first - 1], paragraphs_[pair.second - 1]) &&
           SameWords(paragraphs_[pair.first + 1], paragraphs_[pair.second + 1]);
  }

  // An entry of a log, a forecast for an area: in both places all that stands below a heading of its own.
  bool IsAllUnderItsHeading(const Pair& pair) const {
    const auto alone = [&](int i) { return i > 0 && paragraphs_[i - 1].heading && (i == Last() || paragraphs_[i + 1].heading); };
    return paragraphs_[pair.first].words.size() < kMinCopyWordsUnderHeadings && alone(pair.first) && alone(pair.second) &&
           !SameWords(paragraphs_[pair.first - 1], paragraphs_[pair.second - 1]);
  }

  // Minutes, laws, recipes and speeches say a sentence again where it is due: short, here and there, among paragraphs of its own
  // in each place. Copies that a page makes are long, come side by side or several in a row, or begin with the document's first
  // sentence.
  bool IsOnPurpose(size_t begin, size_t end) const {
    const int copies = static_cast<int>(end - begin);
    const Pair& first = pairs_[begin];
    const Pair& last = pairs_[end - 1];
    if (copies == 1 && IsAllUnderItsHeading(first)) return true;
    if (IsLead(first) || first.second == first.first + 1 || IsBetweenSame(first) || FollowsShortForm(first)) return false;
    if (IsSpeech(first) && IsSpeech(last)) return true;
    const bool in_a_row = EligibleIn(first.first, last.first) == copies || EligibleIn(first.second, last.second) == copies;
    if (copies > 1 && in_a_row) return false;
    const int headings = headings_before_[static_cast<size_t>(first.second)] - headings_before_[static_cast<size_t>(first.first)];
    const size_t enough = headings > 0 ? kMinCopyWordsUnderHeadings : kMinCopyWords;
    return std::all_of(pairs_.begin() + static_cast<std::ptrdiff_t>(begin), pairs_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const Pair& pair) { return paragraphs_[pair.first].words.size() < enough; });
  }

  void Decide(size_t begin, size_t end) {
    const int copies = static_cast<int>(end - begin);
    const Pair& first = pairs_[begin];
    const Pair& last = pairs_[end - 1];
    if (IsOnPurpose(begin, end)) {
      for (size_t i = begin; i < end; ++i) on_purpose_[static_cast<size_t>(Class(pairs_[i].first))] = true;
      return;
    }
    const bool excerpt = IsExcerpt(copies, first, last);
    for (size_t i = begin; i < end; ++i) loses_[static_cast<size_t>(excerpt ? pairs_[i].first : pairs_[i].second)] = true;
  }

  // Decisions about neighbouring pairs of three and more copies may leave two of them: the first of these stays.
  std::vector<int> Winners() {
    std::vector<int> winner(paragraphs_.size(), -1);  // by class
    for (size_t i = 0; i < paragraphs_.size(); ++i)
      if (class_of_[i] >= 0 && !loses_[i] && winner[static_cast<size_t>(class_of_[i])] < 0)
        winner[static_cast<size_t>(class_of_[i])] = static_cast<int>(i);
    std::vector<int> instead(paragraphs_.size(), -1);
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (class_of_[i] < 0 || !(loses_[i] || (paragraphs_[i].eligible && !on_purpose_[static_cast<size_t>(class_of_[i])])))
        continue;
      const int stays = winner[static_cast<size_t>(class_of_[i])];
      if (stays != static_cast<int>(i)) instead[i] = stays;
    }
    return instead;
  }

  const Paragraphs& paragraphs_;
  const std::vector<bool>& gone_;
  std::vector<bool> loses_;
  std::vector<bool> on_purpose_;  // by class
  std::vector<int> headings_before_;
  std::vector<int> text_before_;
  size_t lead_ = 0;  // the first sentence
  std::vector<int> class_of_;
  std::vector<int> eligible_before_;
  std::vector<Pair> pairs_;
};

}  // namespace

std::vector<int> FindExactRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone) {
  return ExactRepeats(paragraphs, gone).Find();
}

}  // namespace garner::deduplicator
