#include "layout.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "garner/utf8.h"
#include "lines.h"
#include "list_items.h"
#include "wrapping.h"

namespace garner::text {
namespace {

// Columns by which a group's lines may exceed the document's width.
constexpr uint32_t kOverhang = 2;

// After "Vor-" these keep their space: the hyphen stands for a word that follows.
constexpr std::array<std::string_view, 14> kConjunctions{"und", "oder", "bis", "bzw.", "and", "or", "to", "y", "o", "et", "ou", "en", "of", "i"};

std::string_view Slice(std::string_view text, Span span) { return text.substr(span.begin, span.size()); }

bool IsLetterAt(std::string_view text, size_t at) { return u_isalpha(static_cast<UChar32>(NextCodePoint(text, at).value)) != 0; }

// The last two characters of the line are a letter and a hyphen, and the next line goes on with the word.
bool BreaksAWord(std::string_view text, const Line& line, const Line& next) {
  const std::string_view before = Slice(text, line.span());
  const std::string_view after = Slice(text, next.span());
  size_t hyphen = 0;
  for (const std::string_view mark : {"-", "\u2010", "\u00AD"})
    if (before.size() > mark.size() && before.substr(before.size() - mark.size()) == mark) hyphen = mark.size();
  if (hyphen == 0 || next.start != Start::kLower || !IsLetterAt(after, 0)) return false;
  size_t letter = before.size() - hyphen - 1;
  while (letter > 0 && !IsBoundary(before, letter)) --letter;
  if (!IsLetterAt(before, letter)) return false;
  const std::string_view word = after.substr(0, after.find(' '));
  return std::find(kConjunctions.begin(), kConjunctions.end(), word) == kConjunctions.end();
}

bool JoinsWithoutSpace(std::string_view text, const Line& line, const Line& next) {
  return (line.wide_end && next.wide_start) || BreaksAWord(text, line, next);
}

// A text's groups of lines, to be read twice. The first ones are kept; of a long text the rest is read again.
class Groups {
 public:
  explicit Groups(std::string_view text) : reader_(text) {}

  bool Next(std::vector<Line>& group) {
    if (next_ < ends_.size()) {
      const size_t begin = next_ == 0 ? 0 : ends_[next_ - 1];
      group.assign(kept_.begin() + static_cast<std::ptrdiff_t>(begin), kept_.begin() + static_cast<std::ptrdiff_t>(ends_[next_++]));
      return true;
    }
    if (!reader_.NextGroup(group)) return false;
    if (first_reading_ && kept_.size() + group.size() <= kMaxKept) {
      kept_.insert(kept_.end(), group.begin(), group.end());
      ends_.push_back(kept_.size());
      next_ = ends_.size();
      after_kept_ = reader_;
    } else {
      first_reading_ = false;  // what is kept is the beginning of the text, without a hole
    }
    return true;
  }

  void Rewind() {
    first_reading_ = false;
    next_ = 0;
    reader_ = after_kept_;
  }

 private:
  static constexpr size_t kMaxKept = 1 << 16;

  LineReader reader_;
  LineReader after_kept_ = reader_;
  std::vector<Line> kept_;
  std::vector<size_t> ends_;  // of the groups in kept_
  size_t next_ = 0;
  bool first_reading_ = true;
};

uint32_t LearnWidth(std::string_view text, Groups& groups) {
  DocumentWidth width;
  std::vector<Line> group;
  while (groups.Next(group)) {
    if (group.size() < 3) continue;
    if (const uint32_t own = WrapWidth(group, MarkItems(text, group)); own > 0) width.Add(own, group.size());
  }
  return width.Get();
}

uint32_t WidthFor(const std::vector<Line>& group, const std::vector<ItemMark>& marks, uint32_t document_width) {
  if (const uint32_t own = WrapWidth(group, marks); own > 0) return own;
  const bool fits = std::all_of(group.begin(), group.end(), [&](const Line& line) { return line.width <= document_width + kOverhang; });
  return fits ? document_width : 0;
}

void TakeGroup(std::string_view text, const std::vector<Line>& group, const std::vector<ItemMark>& marks, const std::vector<bool>& joins,
               const std::function<void(const TextBlock&)>& take) {
  for (size_t i = 0; i < group.size(); ++i) {
    TextBlock block;
    block.tight = i > 0;
    block.list_item = marks[i].item;
    block.level = marks[i].level;
    block.span = group[i].span();
    for (; joins[i]; ++i) {
      if (JoinsWithoutSpace(text, group[i], group[i + 1])) block.seams.push_back({group[i].end, group[i + 1].begin});
      block.span.end = group[i + 1].end;
    }
    take(block);
  }
}

}  // namespace

void LayOut(std::string_view text, const LayoutOptions& options, const std::function<void(const TextBlock&)>& take) {
  Groups groups(text);
  const uint32_t document_width = options.join_wrapped_lines ? LearnWidth(text, groups) : 0;
  groups.Rewind();
  std::vector<Line> group;
  while (groups.Next(group)) {
    const std::vector<ItemMark> marks = MarkItems(text, group);
    std::vector<bool> joins(group.size(), false);
    if (options.join_wrapped_lines) joins = JoinsNext(group, marks, WidthFor(group, marks, document_width));
    TakeGroup(text, group, marks, joins, take);
  }
}

}  // namespace garner::text
