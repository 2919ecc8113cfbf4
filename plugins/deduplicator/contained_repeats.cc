#include "contained_repeats.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include "garner/utf8.h"
#include "pair_index.h"
#include "tsl/robin_map.h"
#include "words.h"

namespace garner::deduplicator {
namespace {

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
// Shorter sentences are short forms only of what begins with the same word; still shorter ones are none.
constexpr size_t kMinShortWords = 5;
// A long paragraph may have been edited in one word of so many, a word that is long enough to carry meaning.
constexpr size_t kWordsPerEdit = 30;
constexpr size_t kMinEditedLetters = 5;
// Paragraphs too short to take part that may stand between two neighbours.
constexpr uint32_t kMaxSkipped = 4;
// Teasers stand around the beginning of a text: one of the two is among its first paragraphs, or beside another copy. Elsewhere
// short sentences that fuller ones repeat are the author's, as in reference manuals and threads.
constexpr uint32_t kHeadParagraphs = 8;
constexpr size_t kMinWordsElsewhere = 30;
constexpr double kMinContainmentElsewhere = 0.9;
// Nobody writes longer paragraphs; a page without line breaks is compared with nothing, so that time stays linear.
constexpr size_t kMaxFullerWords = 10000;
// Beginnings are told apart by this many words; the fuller paragraph has this many more at least.
constexpr size_t kBeginningWords = 4;
constexpr size_t kMinGrowth = 3;
constexpr size_t kMinGrowthInOrder = 2;

bool Has(const std::vector<uint64_t>& sorted, uint64_t value) { return std::binary_search(sorted.begin(), sorted.end(), value); }

// All words come again in order, and no negation among them that the others lack.
bool ComeInOrder(Words words, Words in) {
  size_t next = 0;
  bool negated = false;
  for (size_t i = 0; i < in.size() && next < words.size(); ++i) {
    if (in[i] == words[next]) {
      ++next;
    } else if (next > 0) {
      negated = negated || IsNegation(in[i]);
    }
  }
  return next == words.size() && !negated;
}

size_t CountNegations(Words words) { return static_cast<size_t>(std::count_if(words.begin(), words.end(), IsNegation)); }

bool IsBeside(const std::vector<bool>& gone, int block) {
  const auto i = static_cast<size_t>(block);
  return (i > 0 && gone[i - 1]) || (i + 1 < gone.size() && gone[i + 1]);
}

// The words and word pairs of a paragraph, each once, sorted.
struct Vocabulary {
  std::vector<uint64_t> words;
  std::vector<uint64_t> pairs;
};

// What a paragraph is compared with: one paragraph, or two neighbours together.
struct Fuller {
  int block = 0;
  int neighbour = -1;
  const Vocabulary* own = nullptr;
  const Vocabulary* neighbours = nullptr;

  bool HasWord(uint64_t word) const { return Has(own->words, word) || (neighbours && Has(neighbours->words, word)); }
  bool HasPair(uint64_t pair) const { return Has(own->pairs, pair) || (neighbours && Has(neighbours->pairs, pair)); }
};

template <typename HasPair>
double ShareOf(const std::vector<uint64_t>& pairs, HasPair has_pair) {
  if (pairs.empty()) return 0;
  return static_cast<double>(std::count_if(pairs.begin(), pairs.end(), has_pair)) / static_cast<double>(pairs.size());
}

double ShareOf(const std::vector<uint64_t>& pairs, const Fuller& fuller) {
  return ShareOf(pairs, [&](uint64_t pair) { return fuller.HasPair(pair); });
}

double ShareOf(const std::vector<uint64_t>& pairs, const Vocabulary& in) {
  return ShareOf(pairs, [&](uint64_t pair) { return Has(in.pairs, pair); });
}

class ContainedRepeats {
 public:
  ContainedRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone, double min_containment)
      : paragraphs_(paragraphs), gone_(gone), min_containment_(min_containment), out_(gone) {}

  std::vector<Contained> Find() {
    std::vector<Contained> found;
    std::vector<Words> texts;
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const bool takes_part =
          paragraphs_[i].eligible || (paragraphs_[i].sentence && paragraphs_[i].words.size() >= kMinShortWords);
      if (!takes_part || gone_[i]) continue;
      alive_.push_back(static_cast<int>(i));
      texts.push_back(paragraphs_[i].words);
    }
    if (alive_.size() < 2) return found;
    PairIndex index(texts);
    std::vector<uint32_t> order;
    for (uint32_t at = 0; at < alive_.size(); ++at)
      if (MayBeShortForm(alive_[at]) && index.MayBeContained(at, min_containment_)) order.push_back(at);
    if (order.empty()) return found;
    index.Group(order);
    vocabularies_.resize(alive_.size());
    removed_at_.assign(alive_.size(), false);
    pinned_.assign(alive_.size(), false);
    // The longest first: whoever a paragraph is compared with is there to stay.
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return WordsAt(a).size() > WordsAt(b).size(); });
    for (const uint32_t at : order) Try(at, index, found);
    std::sort(found.begin(), found.end(), [](const Contained& a, const Contained& b) { return a.block < b.block; });
    return found;
  }

 private:
  Words WordsAt(uint32_t at) const { return paragraphs_[alive_[at]].words; }

  const Vocabulary& VocabularyAt(uint32_t at) {
    Vocabulary& vocabulary = vocabularies_[at];
    if (!vocabulary.words.empty()) return vocabulary;
    const Words words = WordsAt(at);
    vocabulary.words.assign(words.begin(), words.end());
    std::sort(vocabulary.words.begin(), vocabulary.words.end());
    vocabulary.pairs = WordPairs(words.data, words.count);
    return vocabulary;
  }

  void Try(uint32_t at, PairIndex& index, std::vector<Contained>& found) {
    if (pinned_[at]) return;
    std::optional<Match> match;
    for (const uint32_t candidate : index.Candidates(at)) {
      const std::optional<Match> next = MatchWith(at, candidate);
      if (!next) continue;
      // A short sentence that several paragraphs grow from is a figure of speech.
      if (match) return;
      match = next;
      if (IsLong(at)) break;
    }
    if (!match) return;
    found.push_back({alive_[at], alive_[match->candidate], match->containment});
    removed_at_[at] = true;
    out_[static_cast<size_t>(alive_[at])] = true;
    pinned_[match->candidate] = true;
    if (match->neighbour) pinned_[*match->neighbour] = true;
  }

  struct Match {
    uint32_t candidate = 0;
    std::optional<uint32_t> neighbour;
    double containment = 0;
  };

  std::optional<Match> MatchWith(uint32_t at, uint32_t candidate) {
    if (!MayBeShortFormOf(at, candidate) || ShareOf(VocabularyAt(at).pairs, VocabularyAt(candidate)) < kMinPart) return std::nullopt;
    for (const int side : {-1, 1, 0}) {
      const std::optional<Fuller> fuller = MakeFuller(at, candidate, side);
      if (!fuller) continue;
      const double containment = ShareOf(VocabularyAt(at).pairs, *fuller);
      if (containment < min_containment_ || !IsShortForm(at, *fuller, containment)) continue;
      return Match{candidate, side < 0 ? std::nullopt : NeighbourOf(candidate, side), containment};
    }
    return std::nullopt;
  }

  // Headings, captions and items of a list say again what the text says, each in its place.
  bool MayBeShortForm(int block) const {
    return paragraphs_[block].running && paragraphs_[block].sentence && !paragraphs_[block].quoted &&
           paragraphs_[block].words.size() > 1 && !IsAllUnderItsHeading(block) &&
           paragraphs_[block].words.size() <= kMaxFullerWords && !OpensQuotationForNext(block);
  }

  // Without it the heading would stand for nothing. The first line of a document is its title.
  bool IsAllUnderItsHeading(int block) const {
    const int last = static_cast<int>(paragraphs_.size()) - 1;
    return block > 1 && paragraphs_[block - 1].heading && !gone_[static_cast<size_t>(block) - 1] &&
           (block == last || paragraphs_[block + 1].heading);
  }

  // `side`: -1 the candidate alone, 0 with the paragraph before it, 1 with the one after it.
  std::optional<Fuller> MakeFuller(uint32_t at, uint32_t candidate, int side) {
    size_t length = WordsAt(candidate).size();
    // Below a copy the full text is a short one at times.
    const bool may_be_fuller = IsLong(candidate) || IsBesideCopy(alive_[candidate]);
    if (removed_at_[candidate] || !may_be_fuller || IsSame(at, candidate)) return std::nullopt;
    Fuller fuller{alive_[candidate], -1, &VocabularyAt(candidate), nullptr};
    if (side >= 0) {
      const std::optional<uint32_t> neighbour = NeighbourOf(candidate, side);
      if (!neighbour) return std::nullopt;
      const uint32_t other = *neighbour;
      if (other == at || IsSame(at, other) || removed_at_[other] || WordsAt(other).size() > kMaxFullerWords) return std::nullopt;
      if (ShareOf(VocabularyAt(at).pairs, VocabularyAt(other)) < kMinPart) return std::nullopt;
      fuller.neighbour = alive_[other];
      fuller.neighbours = &VocabularyAt(other);
      length += WordsAt(other).size();
    }
    const size_t own = WordsAt(at).size();
    const bool fits = own < length || (own == length && alive_[candidate] < alive_[at]);
    if (!fits) return std::nullopt;
    return fuller;
  }

  bool IsLong(uint32_t at) const { return paragraphs_[alive_[at]].eligible; }

  // Word for word: whether it is a copy was decided before.
  bool IsSame(uint32_t a, uint32_t b) const { return SameWords(paragraphs_[alive_[a]], paragraphs_[alive_[b]]); }

  // The long paragraph before (side 0) or after (1).
  std::optional<uint32_t> NeighbourOf(uint32_t candidate, int side) const {
    for (uint32_t step = 1; step <= kMaxSkipped; ++step) {
      if (side == 0 ? candidate < step : candidate + step >= alive_.size()) return std::nullopt;
      const uint32_t other = side == 0 ? candidate - step : candidate + step;
      if (IsLong(other)) return other;
    }
    return std::nullopt;
  }

  // What can be told before their words are compared.
  bool MayBeShortFormOf(uint32_t at, uint32_t candidate) const {
    const Words words = WordsAt(at);
    const Words in = WordsAt(candidate);
    if (in.size() > kMaxFullerWords) return false;
    if (words.size() < kMinWordsElsewhere && !IsPlaceOfTeaser(at, alive_[candidate])) return false;
    return IsLong(at) || (words[0] == in[0] && words.size() + kMinGrowthInOrder <= in.size() && MayBeTeaser(alive_[at]));
  }

  bool IsShortForm(uint32_t at, const Fuller& fuller, double containment) const {
    const Paragraph& paragraph = paragraphs_[alive_[at]];
    const Words words = paragraph.words;
    const Words in = paragraphs_[fuller.block].words;
    const auto has = [&](uint64_t word) { return fuller.HasWord(word); };
    if (containment < kMinContainmentElsewhere && !IsPlaceOfTeaser(at, fuller.block)) return false;
    // A new beginning is a new thought, as in tales where each paragraph takes up the one before; the lead has none before it.
    const bool begins = words[0] == in[0] || IsLead(alive_[at]);
    if (!fuller.HasPair(HashPair(words[0], words[1])) && !(begins && ComeInOrder(words, in))) return false;
    if (words.size() < kMinLooseWords && (fuller.neighbour >= 0 || !ComeInOrder(words, in))) return false;
    const std::vector<uint64_t> facts = NumbersAndNames(paragraph.text);
    if (!std::all_of(facts.begin(), facts.end(), has) || HasOwnSign(paragraph, fuller)) return false;
    const bool variant = static_cast<double>(words.size()) >= kNearlyAsLong * static_cast<double>(in.size());
    if (variant && fuller.neighbour < 0) {
      if (CountNegations(words) != CountNegations(in)) return false;
      if (!std::all_of(words.begin(), words.end(), has) && !IsEdited(at, fuller)) return false;
    }
    const std::vector<std::string_view> sentences = SplitSentences(paragraph.text);
    return std::none_of(sentences.begin(), sentences.end(), [&](std::string_view sentence) { return IsOwn(sentence, fuller); });
  }

  bool HasOwnSign(const Paragraph& paragraph, const Fuller& fuller) const {
    if (!HasSignThatLacks(paragraph.text, paragraphs_[fuller.block].text)) return false;
    return fuller.neighbour < 0 || HasSignThatLacks(paragraph.text, paragraphs_[fuller.neighbour].text);
  }

  // The same paragraph with a word or two changed by an editor. Clauses of a contract differ in a word too: so one of the two
  // must be the document's lead or stand beside another copy, and the two must not be neighbours.
  bool IsEdited(uint32_t at, const Fuller& fuller) const {
    const int block = alive_[at];
    const Words words = paragraphs_[block].words;
    const bool expected = IsLead(block) || IsLead(fuller.block) || IsBesideCopy(block) || IsBesideCopy(fuller.block);
    if (!expected || std::abs(block - fuller.block) < 2 || words.size() < kWordsPerEdit) return false;
    const std::vector<std::string> texts = FoldedWords(paragraphs_[block].text);
    size_t edits = 0;
    for (size_t i = 0; i < words.size(); ++i) {
      if (fuller.HasWord(words[i])) continue;
      if (i >= texts.size() || CountCodePoints(texts[i]) < kMinEditedLetters) return false;
      ++edits;
    }
    return edits <= words.size() / kWordsPerEdit;
  }

  bool IsPlaceOfTeaser(uint32_t at, int fuller) const {
    if (at < kHeadParagraphs) return true;
    if (!IsLong(at)) return false;
    const bool head = alive_.size() <= kHeadParagraphs || fuller < alive_[kHeadParagraphs];
    return head || IsBesideCopy(alive_[at]) || IsBesideCopy(fuller);
  }

  bool IsLead(int block) const { return block == alive_[0]; }

  bool IsBesideCopy(int block) const { return IsBeside(out_, block); }

  // A line of speech is one only beside another copy.
  bool MayBeTeaser(int block) const { return IsBesideCopy(block) || !BeginsWithSpeechMark(paragraphs_[block].text); }

  static bool IsOwn(std::string_view sentence, const Fuller& fuller) {
    const std::vector<uint64_t> words = HashWords(sentence);
    return words.size() >= kMinSentenceWords && ShareOf(WordPairs(words.data(), words.size()), fuller) < kMinSentence;
  }

  // What it says goes on in the paragraph below, which would begin in the middle of a quotation.
  bool OpensQuotationForNext(int block) const {
    const size_t next = static_cast<size_t>(block) + 1;
    if (next >= paragraphs_.size() || gone_[next]) return false;
    return BeginsWithQuotationMark(paragraphs_[next].text) && LeavesQuotationOpen(paragraphs_[block].text);
  }

  const Paragraphs& paragraphs_;
  const std::vector<bool>& gone_;
  const double min_containment_;
  std::vector<int> alive_;                // blocks that take part; the others are numbered as they are here
  std::vector<Vocabulary> vocabularies_;  // made when first asked for
  std::vector<bool> removed_at_;
  std::vector<bool> out_;     // of all blocks: gone_, and what was found
  std::vector<bool> pinned_;  // something rests on them: they stay
};

uint64_t HashBeginning(const Paragraph& paragraph) {
  uint64_t hash = 0;
  for (size_t i = 0; i < std::min(paragraph.words.size(), kBeginningWords); ++i) hash = HashPair(hash, paragraph.words[i]);
  return hash;
}

bool GrowsInto(const Paragraph& first, const Paragraph& second) {
  const bool grows = !first.eligible && first.words.size() + kMinGrowth <= second.words.size();
  return grows && std::equal(first.words.begin(), first.words.end(), second.words.begin());
}

// A short sentence that a single later paragraph goes on from, word for word: the beginning of a story that was cut after its
// first words. Where several paragraphs begin like this it is a figure of speech.
void AddBeginnings(const Paragraphs& paragraphs, const std::vector<bool>& gone, std::vector<Contained>& found) {
  struct Alike {
    int first = 0;
    int second = -1;
    bool more = false;
  };
  tsl::robin_map<uint64_t, Alike> by_beginning;
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    if (gone[i] || !paragraphs[i].running || !paragraphs[i].sentence) continue;
    const auto [at, added] = by_beginning.try_emplace(HashBeginning(paragraphs[i]), Alike{static_cast<int>(i), -1, false});
    if (added) continue;
    Alike& alike = at.value();
    alike.more = alike.second >= 0;
    alike.second = static_cast<int>(i);
  }
  const auto may_be_teaser = [&](int i) { return IsBeside(gone, i) || !BeginsWithSpeechMark(paragraphs[i].text); };
  for (const auto& [hash, alike] : by_beginning)
    if (alike.second >= 0 && !alike.more && may_be_teaser(alike.first) &&
        GrowsInto(paragraphs[alike.first], paragraphs[alike.second]))
      found.push_back({alike.first, alike.second, 1});
}

}  // namespace

std::vector<Contained> FindContainedRepeats(const Paragraphs& paragraphs, const std::vector<bool>& gone, double min_containment) {
  if (min_containment > 1) return {};
  std::vector<Contained> found = ContainedRepeats(paragraphs, gone, min_containment).Find();
  std::vector<bool> out = gone;
  for (const Contained& contained : found) out[static_cast<size_t>(contained.block)] = true;
  AddBeginnings(paragraphs, out, found);
  return found;
}

}  // namespace garner::deduplicator
