#include "garner/markdown.h"

#include <algorithm>

#include "core/sdk/markdown_links.h"
#include "garner/metadata.h"

namespace garner {
namespace {

constexpr uint32_t kMaxHeadingLevel = 6;
// CommonMark takes four spaces for code, so a runaway nesting depth is capped.
constexpr size_t kMaxListLevel = 10;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordByte(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }

// Where a backslash goes because of what the line begins with: "#", "-", "+", "=", "~", ">", "1.", "2)". npos: nowhere.
size_t LineStartMark(std::string_view text) {
  if (text.empty()) return std::string_view::npos;
  constexpr std::string_view kMarks = "#-+=~>";
  if (kMarks.find(text[0]) != std::string_view::npos) return 0;
  size_t digits = 0;
  while (digits < text.size() && digits < 9 && IsDigit(text[digits])) ++digits;
  const bool numbered = digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  const bool ends = numbered && (digits + 1 == text.size() || text[digits + 1] == ' ');
  return ends ? digits : std::string_view::npos;
}

bool NeedsBackslash(std::string_view text, size_t at) {
  switch (text[at]) {
    case '\\': case '*': case '`': case '[': case ']': case '<': return true;
    case '_': {
      // Inside a word it means itself.
      const bool inside = at > 0 && at + 1 < text.size() && IsWordByte(text[at - 1]) && IsWordByte(text[at + 1]);
      return !inside;
    }
    case '~': return at > 0 && text[at - 1] != ' ';  // it may end what is struck through; without an end nothing is
    case '&': return at + 1 < text.size() && (text[at + 1] == '#' || IsWordByte(text[at + 1]));
    default: return false;
  }
}

constexpr std::string_view kCellBorder = " | ";

// Cells of a table's row. Two borders may share a space: an empty cell stands between them.
size_t Cells(std::string_view row) {
  size_t cells = 1;
  for (size_t at = row.find(kCellBorder); at != std::string_view::npos; at = row.find(kCellBorder, at + kCellBorder.size() - 1)) ++cells;
  return cells;
}

// Writes blocks, and notes which stretches of the document's text stand where.
class Writer {
 public:
  explicit Writer(const v1::Document& document) : document_(document), links_(document) {}

  Markdown Run(bool title) {
    if (const std::string_view words = ChosenValue(document_, "title"); title && !words.empty()) Heading(words, kNowhere, 1);
    for (int i = 0; i < document_.blocks_size(); ++i) {
      if (!out_.text.empty()) Insert(i == 0 ? "\n\n" : Separator(i));
      Block(i);
    }
    if (!out_.text.empty()) Insert("\n");
    return std::move(out_);
  }

 private:
  // Of text that is not the document's.
  static constexpr uint64_t kNowhere = ~uint64_t{0};

  void Block(int i) {
    const v1::Block& block = document_.blocks(i);
    const std::string_view text = TextOf(block);
    links_.Seek(block.begin());
    if (block.role() != v1::Block::LIST_ITEM) items_.clear();
    switch (block.role()) {
      case v1::Block::TITLE: return Heading(text, block.begin(), 1);
      case v1::Block::HEADING: return Heading(text, block.begin(), block.has_level() ? block.level() : 2);
      case v1::Block::LIST_ITEM: return ListItem(text, block.begin(), block.level());
      case v1::Block::QUOTE: return Lines(text, block.begin(), "> ", "> ");
      case v1::Block::CODE: return Fenced(text, block.begin());
      case v1::Block::TABLE_ROW: return Row(i);
      default: return Lines(text, block.begin(), "", "");
    }
  }

  std::string_view TextOf(const v1::Block& block) const { return std::string_view(document_.text()).substr(block.begin(), block.end() - block.begin()); }

  void Insert(std::string_view text) { out_.text += text; }

  void Copy(std::string_view text, uint64_t place) {
    if (place != kNowhere && !text.empty()) {
      Markdown::Stretch* last = out_.stretches.empty() ? nullptr : &out_.stretches.back();
      if (last != nullptr && last->text + last->size == place && last->markdown + last->size == out_.text.size()) {
        last->size += text.size();
      } else {
        out_.stretches.push_back({place, out_.text.size(), text.size()});
      }
    }
    out_.text += text;
  }

  // One line. `closing`: another place that takes a backslash.
  void Escaped(std::string_view text, uint64_t place, size_t closing = std::string_view::npos) {
    if (place != kNowhere && links_.edge() < place) links_.Seek(place);
    const size_t mark = LineStartMark(text);
    size_t copied = 0;
    const auto copy_to = [&](size_t end) {
      Copy(text.substr(copied, end - copied), place == kNowhere ? place : place + copied);
      copied = end;
    };
    for (size_t at = 0; at < text.size(); ++at) {
      const uint64_t here = place == kNowhere ? kNowhere / 2 : place + at;
      if (here == links_.edge()) {
        copy_to(at);
        PassEdge(place + text.size());
      }
      if (at != mark && at != closing && !NeedsBackslash(text, at) && !links_.NeedsBackslash(text[at], here) && !PartsCell(text, at)) continue;
      copy_to(at);
      Insert("\\");
    }
    copy_to(text.size());
    if (place != kNowhere && links_.open() && links_.edge() == place + text.size()) PassEdge(links_.edge());
  }

  void PassEdge(uint64_t line_end) { Insert(links_.Pass(line_end, in_row_ ? kCellBorder : std::string_view())); }

  // A bar in a table's row that is no border of cells.
  bool PartsCell(std::string_view text, size_t at) const {
    return in_row_ && text[at] == '|' && (at == 0 || text.substr(at - 1, kCellBorder.size()) != kCellBorder);
  }

  // Every line of the text with what goes before it.
  void Lines(std::string_view text, uint64_t place, std::string_view first, std::string_view others) {
    for (bool begins = true;; begins = false) {
      const size_t end = std::min(text.find('\n'), text.size());
      Insert(begins ? first : others);
      Escaped(text.substr(0, end), place);
      if (end == text.size()) return;
      Copy("\n", place == kNowhere ? place : place + end);
      text.remove_prefix(end + 1);
      place = place == kNowhere ? place : place + end + 1;
    }
  }

  // A heading ends with its line, and a closing run of # would vanish.
  void Heading(std::string_view text, uint64_t place, uint32_t level) {
    Insert(std::string(std::clamp<uint32_t>(level, 1, kMaxHeadingLevel), '#') + " ");
    std::string line(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    Escaped(line, place, !line.empty() && line.back() == '#' ? line.size() - 1 : std::string_view::npos);
  }

  // As deep as there are items around it: a page's third level may stand below a heading, where so many spaces would make code of it.
  void ListItem(std::string_view text, uint64_t place, uint32_t level) {
    while (!items_.empty() && items_.back() >= level) items_.pop_back();
    items_.push_back(level);
    const std::string indent(2 * (std::min(items_.size(), kMaxListLevel) - 1), ' ');
    Lines(text, place, indent + "- ", indent + "  ");
  }

  // A fence is longer than any run of backticks in the code.
  void Fenced(std::string_view code, uint64_t place) {
    size_t longest = 0;
    size_t run = 0;
    for (const char c : code) {
      run = c == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    const std::string fence(std::max<size_t>(3, longest + 1), '`');
    Insert(fence + "\n");
    Copy(code, place);
    Insert("\n" + fence);
  }

  void Row(int i) {
    const v1::Block& row = document_.blocks(i);
    if (i == 0 || document_.blocks(i - 1).role() != v1::Block::TABLE_ROW) ReadTable(i);
    in_row_ = true;
    Lines(TextOf(row), row.begin(), "", "");
    in_row_ = false;
    const size_t cells = i == table_begin_ ? table_cells_ : 0;
    for (size_t cell = 0; cell < cells; ++cell) Insert(cell == 0 ? "\n---" : " | ---");
  }

  // Whether a run of rows begins here that can be a table: every row on one line, of the same number of cells.
  void ReadTable(int begin) {
    table_begin_ = begin;
    table_cells_ = Cells(TextOf(document_.blocks(begin)));
    int end = begin;
    bool even = table_cells_ > 1;
    for (; end < document_.blocks_size() && document_.blocks(end).role() == v1::Block::TABLE_ROW; ++end) {
      const std::string_view text = TextOf(document_.blocks(end));
      even = even && Cells(text) == table_cells_ && text.find('\n') == std::string_view::npos;
    }
    if (!even || end - begin < 2) table_cells_ = 0;
  }

  std::string_view Separator(int i) {
    const v1::Block::Role before = document_.blocks(i - 1).role();
    const v1::Block::Role after = document_.blocks(i).role();
    if (before == v1::Block::LIST_ITEM && after == v1::Block::LIST_ITEM) return "\n";
    if (before == v1::Block::QUOTE && after == v1::Block::QUOTE) return "\n>\n";
    if (before == v1::Block::TABLE_ROW && after == v1::Block::TABLE_ROW) return table_cells_ > 0 ? "\n" : "\\\n";  // a hard line break
    return "\n\n";
  }

  const v1::Document& document_;
  Markdown out_;
  int table_begin_ = -1;
  size_t table_cells_ = 0;  // 0: the rows are no table
  bool in_row_ = false;
  std::vector<uint32_t> items_;  // levels of the list item before and of those around it
  MarkdownLinks links_;
};

}  // namespace

std::string EscapeMarkdown(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  const size_t mark = LineStartMark(text);
  for (size_t at = 0; at < text.size(); ++at) {
    if (at == mark || NeedsBackslash(text, at)) out.push_back('\\');
    out.push_back(text[at]);
  }
  return out;
}

uint64_t Markdown::Begin(uint64_t place) const {
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), place, [](uint64_t at, const Stretch& stretch) { return at < stretch.text; });
  if (after == stretches.begin()) return 0;
  const Stretch& stretch = *(after - 1);
  if (place >= stretch.text + stretch.size) return after == stretches.end() ? text.size() : after->markdown;
  const uint64_t at = stretch.markdown + (place - stretch.text);
  // A backslash belongs to what it escapes.
  return place == stretch.text && at > 0 && text[at - 1] == '\\' ? at - 1 : at;
}

uint64_t Markdown::End(uint64_t place) const {
  if (place == 0) return 0;
  const auto after = std::upper_bound(stretches.begin(), stretches.end(), place - 1, [](uint64_t at, const Stretch& stretch) { return at < stretch.text; });
  if (after == stretches.begin()) return 0;
  const Stretch& stretch = *(after - 1);
  return stretch.markdown + std::min(place - stretch.text, stretch.size);
}

Markdown RenderMarkdown(const v1::Document& document, bool title) { return Writer(document).Run(title); }

std::string ToMarkdown(const v1::Document& document, bool title) { return RenderMarkdown(document, title).text; }

}  // namespace garner
