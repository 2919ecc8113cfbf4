#include "repeated_runs.h"

#include <algorithm>
#include <optional>

#include "tsl/robin_map.h"
#include "words.h"

namespace garner::deduplicator {
namespace {

// Lines that come more often align with nothing.
constexpr int kMaxCopies = 4;
// A run ends where so many such lines follow each other.
constexpr int kMaxUnaligned = 8;

// A doubled text: each copy has this share of the document's words, so that a refrain with one verse between does not count, and
// what stands between them at most that much.
constexpr double kMinDoubledShare = 0.4;
constexpr double kMaxBetween = 0.1;
constexpr int kMinDoubledLines = 4;
constexpr size_t kMinDoubledWords = 20;

// A menu: many lines of few words, without digits (timetables) and punctuation (verse), above or below all running text.
constexpr int kMinMenuLines = 6;
constexpr size_t kMaxMenuLineWords = 6;
constexpr double kMaxMeanMenuWords = 4;
// A menu's document has a paragraph of this many words somewhere.
constexpr size_t kMinRunningWords = 16;

constexpr int kMinTableRows = 3;
constexpr int kMinListItems = 5;
constexpr size_t kMinTableWords = 12;

constexpr int kMinWidgetLines = 2;
constexpr int kMaxWidgetLines = 6;
constexpr size_t kMaxWidgetLineWords = 5;

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool EndsLikeText(std::string_view text) {
  return IsOneOf(LastCharacter(text), U".,;:!?\u2026\u3002\u2014\u2013-\u201D\u00BB\"");
}

bool IsTableRow(v1::Block::Role role) { return role == v1::Block::TABLE || role == v1::Block::TABLE_ROW; }

class RepeatedRuns {
 public:
  RepeatedRuns(const v1::Document& document, const Paragraphs& paragraphs)
      : document_(document), paragraphs_(paragraphs), count_(static_cast<int>(paragraphs.size())) {}

  std::vector<RepeatedRun> Find() {
    std::vector<RepeatedRun> found;
    if (!LinkCopies()) return found;
    CountWords();
    FindRunningText();
    taken_.assign(Index(count_), false);
    for (int i = 0; i < count_; ++i) {
      if (copies_[Index(i)] > kMaxCopies) continue;
      for (int j = next_[Index(i)]; j >= 0 && !taken_[Index(i)]; j = next_[Index(j)]) {
        const std::optional<RepeatedRun> run = RunAround(i, j);
        if (!run || !IsFree(*run)) continue;
        found.push_back(*run);
        Take(*run);
      }
    }
    return found;
  }

 private:
  static size_t Index(int block) { return static_cast<size_t>(block); }
  const Paragraph& At(int block) const { return paragraphs_[block]; }
  v1::Block::Role Role(int block) const { return document_.blocks(block).role(); }

  // Lines without words and code are equal to nothing.
  bool MayRepeat(int block) const {
    return At(block).words.size() > 0 && Role(block) != v1::Block::CODE && Role(block) != v1::Block::TITLE;
  }
  bool Same(int a, int b) const { return MayRepeat(a) && Role(a) == Role(b) && SameWords(At(a), At(b)); }

  // False where too few lines come again for any run.
  bool LinkCopies() {
    next_.assign(Index(count_), -1);
    copies_.assign(Index(count_), 1);
    tsl::robin_map<uint64_t, int> latest;
    latest.reserve(Index(count_));
    std::vector<int> first(Index(count_), -1);
    int repeated = 0;
    for (int i = 0; i < count_; ++i) {
      if (!MayRepeat(i)) continue;
      const auto [at, added] = latest.try_emplace(At(i).hash, i);
      first[Index(i)] = i;
      if (added) continue;
      next_[Index(at->second)] = i;
      first[Index(i)] = first[Index(at->second)];
      ++copies_[Index(first[Index(i)])];
      at.value() = i;
      ++repeated;
    }
    for (int i = 0; i < count_; ++i)
      if (first[Index(i)] >= 0) copies_[Index(i)] = copies_[Index(first[Index(i)])];
    return repeated >= kMinWidgetLines;
  }

  void CountWords() {
    words_before_.assign(Index(count_) + 1, 0);
    for (int i = 0; i < count_; ++i) words_before_[Index(i) + 1] = words_before_[Index(i)] + At(i).words.size();
  }
  size_t WordsIn(int begin, int end) const { return words_before_[Index(end)] - words_before_[Index(begin)]; }

  void FindRunningText() {
    for (int i = 0; i < count_; ++i) {
      if (!At(i).running || At(i).words.size() < kMinRunningWords) continue;
      if (first_running_ < 0) first_running_ = i;
      last_running_ = i;
    }
  }

  // The whole run that these two are part of, if it is of one of the kinds. Each run is looked at once.
  std::optional<RepeatedRun> RunAround(int i, int j) {
    int& seen = seen_.try_emplace(j - i, 0).first.value();  // of this distance the pairs up to here
    if (i < seen) return std::nullopt;
    int above = 0;  // lines that come often and belong to the run
    while (above < kMaxUnaligned && i - above > 0 && copies_[Index(i - above - 1)] > kMaxCopies &&
           Same(i - above - 1, j - above - 1))
      ++above;
    RepeatedRun run{RepeatedRun::Kind::kDoubledText, i - above, j - above, Extend(i - above, j - above), false};
    seen = run.first + run.length;
    return run.length >= kMinWidgetLines && Classify(run) ? std::optional(run) : std::nullopt;
  }

  int Extend(int first, int second) const {
    int length = 0;
    for (int unaligned = 0; first + length < second && second + length < count_ && unaligned <= 2 * kMaxUnaligned; ++length) {
      if (!Same(first + length, second + length)) break;
      unaligned = copies_[Index(first + length)] > kMaxCopies ? unaligned + 1 : 0;
    }
    return length;
  }

  bool Classify(RepeatedRun& run) const {
    if (IsDoubledText(run)) return true;
    run.kind = RepeatedRun::Kind::kWidget;
    if (IsWidget(run)) return true;
    run.kind = RepeatedRun::Kind::kMenu;
    if (IsMenu(run) && ChooseCopy(run)) return true;
    run.kind = RepeatedRun::Kind::kTable;
    return IsTable(run) && ChooseCopy(run);
  }

  bool IsDoubledText(const RepeatedRun& run) const {
    const size_t words = WordsIn(run.first, run.first + run.length);
    const auto all = static_cast<double>(WordsIn(0, count_));
    if (run.length < kMinDoubledLines || words < kMinDoubledWords || static_cast<double>(words) < kMinDoubledShare * all)
      return false;
    return static_cast<double>(WordsIn(run.first + run.length, run.second)) <= kMaxBetween * all;
  }

  template <typename Test>
  bool All(const RepeatedRun& run, Test test) const {
    for (int i = run.first; i < run.first + run.length; ++i)
      if (!test(At(i))) return false;
    return true;
  }

  // Buttons: the first and the last lines of a document that has running text between.
  bool IsWidget(const RepeatedRun& run) const {
    if (run.length > kMaxWidgetLines || run.first != 0 || run.second + run.length != count_) return false;
    if (first_running_ < run.length || last_running_ >= run.second) return false;
    return All(run, [](const Paragraph& line) {
      return line.prose && line.words.size() <= kMaxWidgetLineWords && !EndsLikeText(line.text) && !HasDigit(line.text);
    });
  }

  bool IsMenu(const RepeatedRun& run) const {
    if (run.length < kMinMenuLines || first_running_ < 0) return false;
    const bool outside = run.first + run.length <= first_running_ || run.second > last_running_;
    if (!outside || static_cast<double>(WordsIn(run.first, run.first + run.length)) > kMaxMeanMenuWords * run.length)
      return false;
    return All(run, [](const Paragraph& line) {
      return line.words.size() <= kMaxMenuLineWords && !EndsLikeText(line.text) && !HasDigit(line.text);
    });
  }

  bool IsTable(const RepeatedRun& run) const {
    const v1::Block::Role role = Role(run.first);
    const bool table = IsTableRow(role);
    if (!table && role != v1::Block::LIST_ITEM) return false;
    if (run.length < (table ? kMinTableRows : kMinListItems) || WordsIn(run.first, run.first + run.length) < kMinTableWords)
      return false;
    for (int i = run.first; i < run.first + run.length; ++i)
      if (Role(i) != role) return false;
    return IsWhole(run.first, run.length, role) && IsWhole(run.second, run.length, role);
  }

  bool IsWhole(int begin, int length, v1::Block::Role role) const {
    return (begin == 0 || Role(begin - 1) != role) && (begin + length == count_ || Role(begin + length) != role);
  }

  // The second copy goes, or the first one where the second stands under a heading of its own; none where both do.
  bool ChooseCopy(RepeatedRun& run) const {
    run.keep_second = HasOwnHeading(run.second);
    return !run.keep_second || !HasOwnHeading(run.first);
  }

  bool HasOwnHeading(int begin) const {
    if (begin == 0) return false;
    const Paragraph& above = At(begin - 1);
    return above.heading || above.text.ends_with(':');
  }

  bool IsFree(const RepeatedRun& run) const {
    for (int i = 0; i < run.length; ++i)
      if (taken_[Index(run.first + i)] || taken_[Index(run.second + i)]) return false;
    return true;
  }

  void Take(const RepeatedRun& run) {
    for (int i = 0; i < run.length; ++i) taken_[Index(run.first + i)] = taken_[Index(run.second + i)] = true;
  }

  const v1::Document& document_;
  const Paragraphs& paragraphs_;
  const int count_;
  std::vector<int> next_;    // the next line with the same words, or -1
  std::vector<int> copies_;  // lines with the same words
  std::vector<size_t> words_before_;
  std::vector<bool> taken_;  // in a run that was found
  tsl::robin_map<int, int> seen_;
  int first_running_ = -1;
  int last_running_ = -1;
};

}  // namespace

std::vector<RepeatedRun> FindRepeatedRuns(const v1::Document& document, const Paragraphs& paragraphs) {
  return RepeatedRuns(document, paragraphs).Find();
}

}  // namespace garner::deduplicator
