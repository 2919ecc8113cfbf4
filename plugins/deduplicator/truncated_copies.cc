#include "truncated_copies.h"

#include <algorithm>
#include <optional>
#include <string>

#include "tsl/robin_map.h"
#include "words.h"

namespace garner::deduplicator {
namespace {

// Fewer words may be a coincidence.
constexpr size_t kMinWords = 5;
constexpr size_t kBeginningWords = 4;
// A label such as "Read more" may stand behind the ellipsis.
constexpr size_t kMaxLabelWords = 3;
constexpr size_t kMaxLabelBytes = 60;
// Paragraphs with one beginning that are tried.
constexpr size_t kMaxTried = 4;

// The last place at or behind `from`, or npos.
size_t Find(std::string_view text, std::string_view what, size_t from) {
  const size_t at = text.substr(from).rfind(what);
  return at == std::string_view::npos ? at : from + at;
}

// What stands before the last ellipsis, if hardly anything stands behind it.
std::optional<std::string_view> BeforeEllipsis(std::string_view text) {
  const size_t behind_from = text.size() - std::min(text.size(), kMaxLabelBytes + 3);
  size_t at = Find(text, "\u2026", behind_from);
  const size_t dots = Find(text, "...", behind_from);
  if (at == std::string_view::npos || (dots != std::string_view::npos && dots > at)) at = dots;
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(at + 3);
  if (behind.size() > kMaxLabelBytes || HashWords(behind).size() > kMaxLabelWords) return std::nullopt;
  if (IsOneOf(LastCharacter(behind), U"?!,;")) return std::nullopt;
  // "// ..." and "{ ... }" are left out of an example on purpose.
  if (text.find('{') != std::string_view::npos || text.substr(0, at).ends_with("// ")) return std::nullopt;
  return text.substr(0, at);
}

uint64_t HashBeginning(const uint64_t* words) {
  uint64_t hash = 0;
  for (size_t i = 0; i < kBeginningWords; ++i) hash = HashPair(hash, words[i]);
  return hash;
}

struct Teaser {
  int block = 0;
  std::string_view text;  // up to the ellipsis
  std::vector<uint64_t> words;
};

class TruncatedCopies {
 public:
  TruncatedCopies(const Paragraphs& paragraphs, const std::vector<bool>& gone) : paragraphs_(paragraphs), gone_(gone) {}

  std::vector<TruncatedCopy> Find() {
    std::vector<TruncatedCopy> found;
    FindTeasers();
    if (teasers_.empty()) return found;
    for (size_t i = 0; i < paragraphs_.size(); ++i)
      if (MayBeFuller(i)) Remember(static_cast<int>(i));
    for (const Teaser& teaser : teasers_)
      if (const int of = FullerOf(teaser); of >= 0) found.push_back({teaser.block, of});
    return found;
  }

 private:
  static bool IsText(const Paragraph& paragraph) { return paragraph.prose && !paragraph.verse && !paragraph.quoted; }

  void FindTeasers() {
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Paragraph& paragraph = paragraphs_[i];
      if (gone_[i] || !IsText(paragraph) || paragraph.words.size() < kMinWords) continue;
      const std::optional<std::string_view> text = BeforeEllipsis(paragraph.text);
      if (!text) continue;
      Teaser teaser{static_cast<int>(i), *text, HashWords(*text)};
      if (teaser.words.size() < kMinWords) continue;
      fullers_.try_emplace(HashBeginning(teaser.words.data()), std::vector<int>());
      teasers_.push_back(std::move(teaser));
    }
  }

  bool MayBeFuller(size_t i) const {
    const bool long_enough = static_cast<size_t>(paragraphs_.words().end() - paragraphs_[i].words.begin()) >= kBeginningWords;
    return !gone_[i] && IsText(paragraphs_[i]) && long_enough && paragraphs_[i].words.size() > 0;
  }

  void Remember(int block) {
    const auto at = fullers_.find(HashBeginning(paragraphs_[block].words.begin()));
    if (at != fullers_.end() && at->second.size() < kMaxTried && !BeforeEllipsis(paragraphs_[block].text))
      at.value().push_back(block);
  }

  int FullerOf(const Teaser& teaser) const {
    for (const int block : fullers_.find(HashBeginning(teaser.words.data()))->second)
      if (block != teaser.block && GoesOn(teaser, block)) return block;
    return -1;
  }

  // All words but the last one come again, in this paragraph and those below it, and the last one at least begins there.
  bool GoesOn(const Teaser& teaser, int block) const {
    const uint64_t* at = paragraphs_[block].words.begin();
    const size_t count = teaser.words.size();
    if (static_cast<size_t>(paragraphs_.words().end() - at) < count) return false;
    if (!std::equal(teaser.words.begin(), teaser.words.end() - 1, at)) return false;
    // A text that holds itself: the teaser stands among the paragraphs that it would be compared with.
    if (teaser.block > block && paragraphs_[teaser.block].words.begin() < at + count) return false;
    if (HasSignThatLacks(teaser.text, TextFrom(block, count))) return false;
    return teaser.words.back() == at[count - 1] || (count > kMinWords && LastWordBegins(teaser, block));
  }

  // The text of the paragraphs that these words come from.
  std::string_view TextFrom(int block, size_t words) const {
    int last = block;
    for (size_t seen = paragraphs_[block].words.size(); seen < words; seen += paragraphs_[last].words.size()) ++last;
    const char* begin = paragraphs_[block].text.data();
    return {begin, static_cast<size_t>(paragraphs_[last].text.data() + paragraphs_[last].text.size() - begin)};
  }

  bool LastWordBegins(const Teaser& teaser, int block) const {
    size_t at = teaser.words.size() - 1;
    for (; at >= paragraphs_[block].words.size(); ++block) at -= paragraphs_[block].words.size();
    const std::vector<std::string> there = FoldedWords(paragraphs_[block].text);
    const std::vector<std::string> here = FoldedWords(teaser.text);
    return at < there.size() && !here.empty() && there[at].starts_with(here.back());
  }

  const Paragraphs& paragraphs_;
  const std::vector<bool>& gone_;
  std::vector<Teaser> teasers_;
  tsl::robin_map<uint64_t, std::vector<int>> fullers_;  // by beginning: of a teaser's beginning only
};

}  // namespace

std::vector<TruncatedCopy> FindTruncatedCopies(const Paragraphs& paragraphs, const std::vector<bool>& gone) {
  return TruncatedCopies(paragraphs, gone).Find();
}

}  // namespace garner::deduplicator
