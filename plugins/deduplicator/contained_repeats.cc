#include "contained_repeats.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace garner::deduplicator {
namespace {

// A word pair that more paragraphs share says nothing about who copied whom ("of the", a template's words).
constexpr size_t kMaxSharers = 16;
// Paragraphs compared in full with each one: those that share most pairs with it. Real short forms have one or two fuller forms.
constexpr size_t kMaxCandidates = 8;
// Share of a sentence's word pairs that must come again, or the sentence is the paragraph's own.
constexpr double kMinSentence = 0.4;
// Shorter sentences ("He agrees.") are too common to tell.
constexpr size_t kMinSentenceWords = 4;
// Paragraphs nearly as long as each other are variants, not short and full form: then no word may be new.
constexpr double kNearlyAsLong = 0.8;
// A paragraph of fewer words is a short form only if its words come again in the same order, others between them.
constexpr size_t kMinLooseWords = 16;
// Of two neighbours together each must hold this much of it.
constexpr double kMinPart = 0.2;
// Beginnings are told apart by this many words; the fuller paragraph has this many more at least.
constexpr size_t kBeginningWords = 4;
constexpr size_t kMinGrowth = 3;

size_t CountShared(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  size_t shared = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    shared += a[i] == b[j];
    const bool step_a = a[i] <= b[j];
    const bool step_b = b[j] <= a[i];
    i += step_a;
    j += step_b;
  }
  return shared;
}

double ShareOf(const std::vector<uint64_t>& pairs, const std::vector<uint64_t>& in) {
  return pairs.empty() ? 0 : static_cast<double>(CountShared(pairs, in)) / static_cast<double>(pairs.size());
}

std::vector<uint64_t> Sorted(std::vector<uint64_t> values) {
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<uint64_t> Union(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  std::vector<uint64_t> both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

bool ComeInOrder(const std::vector<uint64_t>& words, const std::vector<uint64_t>& in) {
  size_t next = 0;
  for (size_t i = 0; i < in.size() && next < words.size(); ++i) next += in[i] == words[next];
  return next == words.size();
}

std::vector<uint64_t> FirstWords(const Paragraph& paragraph) {
  const size_t count = std::min(paragraph.words.size(), kBeginningWords);
  return {paragraph.words.begin(), paragraph.words.begin() + static_cast<std::ptrdiff_t>(count)};
}

// What a paragraph is compared with: one paragraph, or two neighbours together.
struct Fuller {
  int block = 0;
  int neighbour = -1;
  std::vector<uint64_t> words;  // sorted
  std::vector<uint64_t> pairs;
};

class ContainedRepeats {
 public:
  ContainedRepeats(const std::vector<Paragraph>& paragraphs, const std::vector<bool>& gone, double min_containment)
      : paragraphs_(paragraphs), gone_(gone), min_containment_(min_containment), pinned_(paragraphs.size(), false), shared_(paragraphs.size(), 0) {}

  std::vector<Contained> Find() {
    for (size_t i = 0; i < paragraphs_.size(); ++i)
      if (paragraphs_[i].eligible && !gone_[i]) alive_.push_back(static_cast<int>(i));
    removed_at_.assign(alive_.size(), false);
    Index();
    // The longest first: whoever a paragraph is compared with is there to stay.
    std::vector<size_t> order(alive_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return Words(alive_[a]).size() > Words(alive_[b]).size(); });
    std::vector<Contained> found;
    for (const size_t at : order) Try(at, found);
    std::sort(found.begin(), found.end(), [](const Contained& a, const Contained& b) { return a.block < b.block; });
    return found;
  }

 private:
  const std::vector<uint64_t>& Words(int block) const { return paragraphs_[static_cast<size_t>(block)].words; }

  // For each paragraph the groups of paragraphs that share one of its rarer pairs.
  void Index() {
    pairs_.resize(alive_.size());
    std::vector<std::pair<uint64_t, uint32_t>> all;
    for (size_t at = 0; at < alive_.size(); ++at) {
      pairs_[at] = WordPairs(Words(alive_[at]));
      for (const uint64_t pair : pairs_[at]) all.emplace_back(pair, static_cast<uint32_t>(at));
    }
    std::sort(all.begin(), all.end());
    groups_of_.resize(alive_.size());
    for (size_t begin = 0; begin < all.size();) {
      size_t end = begin;
      while (end < all.size() && all[end].first == all[begin].first) ++end;
      if (end - begin > 1 && end - begin <= kMaxSharers) AddGroup(all, begin, end);
      begin = end;
    }
  }

  void AddGroup(const std::vector<std::pair<uint64_t, uint32_t>>& all, size_t begin, size_t end) {
    std::vector<uint32_t> members;
    for (size_t i = begin; i < end; ++i) {
      members.push_back(all[i].second);
      groups_of_[all[i].second].push_back(static_cast<uint32_t>(groups_.size()));
    }
    groups_.push_back(std::move(members));
  }

  // The paragraphs that share most of the rarer pairs, the earlier one first where they share as many.
  std::vector<uint32_t> Candidates(size_t at) {
    std::vector<uint32_t> seen;
    for (const uint32_t group : groups_of_[at])
      for (const uint32_t other : groups_[group]) {
        if (other == at) continue;
        if (shared_[other]++ == 0) seen.push_back(other);
      }
    const auto better = [&](uint32_t a, uint32_t b) { return shared_[a] != shared_[b] ? shared_[a] > shared_[b] : a < b; };
    const size_t wanted = std::min(seen.size(), kMaxCandidates);
    std::partial_sort(seen.begin(), seen.begin() + static_cast<std::ptrdiff_t>(wanted), seen.end(), better);
    for (const uint32_t other : seen) shared_[other] = 0;
    seen.resize(wanted);
    return seen;
  }

  void Try(size_t at, std::vector<Contained>& found) {
    const int block = alive_[at];
    if (!MayBeShortForm(block)) return;
    for (const uint32_t candidate : Candidates(at)) {
      for (const int neighbour : {-1, 1, 0}) {
        const std::optional<Fuller> fuller = MakeFuller(at, candidate, neighbour);
        if (!fuller) continue;
        const double containment = ShareOf(pairs_[at], fuller->pairs);
        if (containment < min_containment_ || !IsShortForm(at, *fuller)) continue;
        found.push_back({block, fuller->block, containment});
        removed_at_[at] = true;
        if (fuller->neighbour >= 0) pinned_[static_cast<size_t>(fuller->neighbour)] = true;
        pinned_[static_cast<size_t>(fuller->block)] = true;
        return;
      }
    }
  }

  // Headings, captions and items of a list say again what the text says, each in its place.
  bool MayBeShortForm(int block) const {
    const Paragraph& paragraph = paragraphs_[static_cast<size_t>(block)];
    return paragraph.running && paragraph.sentence && !pinned_[static_cast<size_t>(block)] && !OpensQuotationForNext(block);
  }

  // `side`: -1 the candidate alone, 0 with the paragraph before it, 1 with the one after it.
  std::optional<Fuller> MakeFuller(size_t at, uint32_t candidate, int side) {
    if (removed_at_[candidate]) return std::nullopt;
    Fuller fuller{alive_[candidate], -1, Sorted(Words(alive_[candidate])), pairs_[candidate]};
    size_t length = Words(fuller.block).size();
    if (side >= 0) {
      if ((side == 0 && candidate == 0) || (side == 1 && candidate + 1 >= alive_.size())) return std::nullopt;
      const size_t other = side == 0 ? candidate - 1 : candidate + 1;
      if (other == at || removed_at_[other]) return std::nullopt;
      if (std::min(ShareOf(pairs_[at], pairs_[candidate]), ShareOf(pairs_[at], pairs_[other])) < kMinPart) return std::nullopt;
      fuller.neighbour = alive_[other];
      fuller.words = Union(fuller.words, Sorted(Words(fuller.neighbour)));
      fuller.pairs = Union(fuller.pairs, pairs_[other]);
      length += Words(fuller.neighbour).size();
    }
    const size_t own = Words(alive_[at]).size();
    const bool fits = own < length || (own == length && alive_[candidate] < alive_[at]);
    if (!fits) return std::nullopt;
    return fuller;
  }

  bool IsShortForm(size_t at, const Fuller& fuller) const {
    const Paragraph& paragraph = paragraphs_[static_cast<size_t>(alive_[at])];
    const auto has = [&](uint64_t word) { return std::binary_search(fuller.words.begin(), fuller.words.end(), word); };
    if (paragraph.words.size() < kMinLooseWords && (fuller.neighbour >= 0 || !ComeInOrder(paragraph.words, Words(fuller.block)))) return false;
    const std::vector<uint64_t> facts = NumbersAndNames(paragraph.text);
    if (!std::all_of(facts.begin(), facts.end(), has)) return false;
    const bool variant = static_cast<double>(paragraph.words.size()) >= kNearlyAsLong * static_cast<double>(Words(fuller.block).size());
    if (variant && fuller.neighbour < 0 && !std::all_of(paragraph.words.begin(), paragraph.words.end(), has)) return false;
    for (const std::string_view sentence : SplitSentences(paragraph.text)) {
      const std::vector<uint64_t> words = HashWords(sentence);
      if (words.size() >= kMinSentenceWords && ShareOf(WordPairs(words), fuller.pairs) < kMinSentence) return false;
    }
    return true;
  }

  // What it says goes on in the paragraph below, which would begin in the middle of a quotation.
  bool OpensQuotationForNext(int block) const {
    const size_t next = static_cast<size_t>(block) + 1;
    if (next >= paragraphs_.size() || gone_[next]) return false;
    return LeavesQuotationOpen(paragraphs_[static_cast<size_t>(block)].text) && BeginsWithQuotationMark(paragraphs_[next].text);
  }

  const std::vector<Paragraph>& paragraphs_;
  const std::vector<bool>& gone_;
  const double min_containment_;
  std::vector<int> alive_;                   // blocks that take part
  std::vector<std::vector<uint64_t>> pairs_;  // of alive_
  std::vector<std::vector<uint32_t>> groups_;
  std::vector<std::vector<uint32_t>> groups_of_;
  std::vector<bool> removed_at_;  // of alive_
  std::vector<bool> pinned_;      // something rests on them: they stay
  std::vector<uint32_t> shared_;  // scratch of Candidates
};

// A short sentence that a single later paragraph goes on from, word for word: the beginning of a story that was cut after its first
// words. Where several paragraphs begin like this it is a figure of speech.
void AddBeginnings(const std::vector<Paragraph>& paragraphs, const std::vector<bool>& gone, std::vector<Contained>& found) {
  std::map<std::vector<uint64_t>, std::vector<int>> by_beginning;
  for (size_t i = 0; i < paragraphs.size(); ++i)
    if (!gone[i] && paragraphs[i].running && paragraphs[i].sentence) by_beginning[FirstWords(paragraphs[i])].push_back(static_cast<int>(i));
  for (const auto& [beginning, blocks] : by_beginning) {
    if (blocks.size() != 2) continue;
    const Paragraph& first = paragraphs[static_cast<size_t>(blocks[0])];
    const Paragraph& second = paragraphs[static_cast<size_t>(blocks[1])];
    const bool grows = !first.eligible && first.words.size() + kMinGrowth <= second.words.size();
    if (grows && std::equal(first.words.begin(), first.words.end(), second.words.begin())) found.push_back({blocks[0], blocks[1], 1});
  }
}

}  // namespace

std::vector<Contained> FindContainedRepeats(const std::vector<Paragraph>& paragraphs, const std::vector<bool>& gone, double min_containment) {
  std::vector<Contained> found = ContainedRepeats(paragraphs, gone, min_containment).Find();
  if (min_containment <= 1) AddBeginnings(paragraphs, gone, found);
  return found;
}

}  // namespace garner::deduplicator
