#include "list_items.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::text {
namespace {

constexpr std::u32string_view kBullets = U"•‣◦▪▫●○■□◆·∙⁃";
constexpr std::u32string_view kSigns = U"-*+–—";
// More digits are years or amounts.
constexpr uint32_t kLargestNumber = 999;

bool SpaceAt(std::string_view line, size_t at) { return at < line.size() && IsSpace(NextCodePoint(line, at).value); }

ItemMark NumberMark(std::string_view line) {
  ItemMark mark;
  size_t at = line[0] == '(' ? 1 : 0;
  const bool bracketed = at == 1;
  const size_t digits = at;
  while (at < line.size() && line[at] >= '0' && line[at] <= '9' && mark.number <= kLargestNumber) mark.number = mark.number * 10 + static_cast<uint32_t>(line[at++] - '0');
  const bool letter = at == digits && at < line.size() && line[at] >= 'a' && line[at] <= 'z';
  if (letter) mark.number = static_cast<uint32_t>(line[at++] - 'a' + 1);
  if (at == digits || at >= line.size() || mark.number > kLargestNumber) return {};
  const char after = line[at];
  const bool closes = after == ')' || (after == '.' && !bracketed && !letter);
  if (!closes || !SpaceAt(line, at + 1)) return {};
  mark.kind = ItemMark::Kind::kNumber;
  mark.sign = static_cast<char32_t>(after) + (bracketed ? 256U : 0U) + (letter ? 512U : 0U);
  return mark;
}

ItemMark MarkOf(std::string_view line) {
  const CodePoint first = NextCodePoint(line, 0);
  ItemMark mark;
  mark.sign = first.value;
  if (SpaceAt(line, first.size)) {
    if (kBullets.find(first.value) != std::u32string_view::npos) mark.kind = ItemMark::Kind::kBullet;
    if (kSigns.find(first.value) != std::u32string_view::npos) mark.kind = ItemMark::Kind::kSign;
    if (mark.kind != ItemMark::Kind::kNone) return mark;
  }
  return NumberMark(line);
}

bool SameList(const ItemMark& a, const ItemMark& b) { return a.kind == b.kind && a.sign == b.sign; }

// Decides for the marks of one kind and sign, given by their lines in order.
void Decide(const std::vector<size_t>& lines, const std::vector<Line>& group, std::vector<ItemMark>& marks) {
  if (lines.empty()) return;
  const ItemMark::Kind kind = marks[lines[0]].kind;
  size_t sentences = 0;
  for (const size_t i : lines) sentences += group[i].ended;
  for (size_t k = 0; k < lines.size(); ++k) {
    ItemMark& mark = marks[lines[k]];
    const bool follows = k > 0 && marks[lines[k - 1]].number + 1 == mark.number;
    const bool precedes = k + 1 < lines.size() && marks[lines[k + 1]].number == mark.number + 1;
    if (kind == ItemMark::Kind::kBullet) mark.item = true;
    if (kind == ItemMark::Kind::kSign) mark.item = lines.size() > 1 && sentences * 2 <= lines.size();
    if (kind == ItemMark::Kind::kNumber) mark.item = follows || precedes;
  }
}

// Depth by indentation: deeper than the item before is one level more.
void SetLevels(const std::vector<Line>& group, std::vector<ItemMark>& marks) {
  std::vector<uint16_t> indents;
  for (size_t i = 0; i < group.size(); ++i) {
    if (!marks[i].item) continue;
    while (!indents.empty() && indents.back() > group[i].indent) indents.pop_back();
    if (indents.empty() || indents.back() < group[i].indent) indents.push_back(group[i].indent);
    marks[i].level = static_cast<uint32_t>(indents.size());
  }
}

}  // namespace

std::vector<ItemMark> MarkItems(std::string_view text, const std::vector<Line>& group) {
  std::vector<ItemMark> marks(group.size());
  std::vector<std::vector<size_t>> lists;  // lines by kind and sign: a handful of lists at most
  for (size_t i = 0; i < group.size(); ++i) {
    marks[i] = MarkOf(text.substr(group[i].begin, group[i].end - group[i].begin));
    if (marks[i].kind == ItemMark::Kind::kNone) continue;
    const auto list = std::find_if(lists.begin(), lists.end(), [&](const std::vector<size_t>& known) { return SameList(marks[known[0]], marks[i]); });
    if (list == lists.end()) {
      lists.push_back({i});
    } else {
      list->push_back(i);
    }
  }
  for (const std::vector<size_t>& list : lists) Decide(list, group, marks);
  SetLevels(group, marks);
  return marks;
}

}  // namespace garner::text
