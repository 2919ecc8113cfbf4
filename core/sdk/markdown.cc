#include "garner/markdown.h"

#include <algorithm>

#include "garner/link_marks.h"
#include "garner/metadata.h"
#include "garner/utf8.h"

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

// "&copy;": in an address too it would be read as the character.
bool IsReference(std::string_view text) {
  size_t at = 1;
  while (at < text.size() && (text[at] == '#' || (IsWordByte(text[at]) && static_cast<unsigned char>(text[at]) < 0x80))) ++at;
  return at > 1 && at < text.size() && text[at] == ';';
}

// An address as it may stand between parentheses, in a table's cell too.
std::string EscapedAddress(std::string_view address) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (size_t at = 0; at < address.size(); ++at) {
    const auto byte = static_cast<unsigned char>(address[at]);
    if (byte <= ' ' || byte == 0x7F || byte == '<' || byte == '>' || byte == '|') {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
      continue;
    }
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '`' || (byte == '&' && IsReference(address.substr(at)))) out += '\\';
    out += address[at];
  }
  return out;
}

// Of the document's text, in order, none overlapping another.
std::vector<const v1::Annotation*> Links(const v1::Document& document) {
  std::vector<const v1::Annotation*> links;
  for (const v1::Annotation& annotation : document.annotations())
    if (annotation.set() == kLinkSet && !annotation.value().empty() && annotation.begin() < annotation.end()) links.push_back(&annotation);
  std::stable_sort(links.begin(), links.end(), [](const v1::Annotation* a, const v1::Annotation* b) { return a->begin() < b->begin(); });
  uint64_t taken = 0;
  const auto overlaps = [&taken](const v1::Annotation* link) {
    if (link->begin() < taken) return true;
    taken = link->end();
    return false;
  };
  links.erase(std::remove_if(links.begin(), links.end(), overlaps), links.end());
  return links;
}

// Cells of a table's row. Two borders may share a space: an empty cell stands between them.
size_t Cells(std::string_view row) {
  size_t cells = 1;
  for (size_t at = row.find(kCellBorder); at != std::string_view::npos; at = row.find(kCellBorder, at + kCellBorder.size() - 1)) ++cells;
  return cells;
}

// Writes blocks, and notes which stretches of the document's text stand where.
class Writer {
 public:
  explicit Writer(const v1::Document& document) : document_(document), links_(Links(document)) {}

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
    FindLink(block.begin());
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
    if (place != kNowhere && edge_ < place) FindLink(place);
    const size_t mark = LineStartMark(text);
    size_t copied = 0;
    const auto copy_to = [&](size_t end) {
      Copy(text.substr(copied, end - copied), place == kNowhere ? place : place + copied);
      copied = end;
    };
    for (size_t at = 0; at < text.size(); ++at) {
      const uint64_t here = place == kNowhere ? kNowhere / 2 : place + at;
      if (here == edge_) {
        copy_to(at);
        PassEdge(place + text.size());
      }
      if (at != mark && at != closing && !NeedsBackslash(text, at) && !JoinsEdge(text[at], here) && !PartsCell(text, at)) continue;
      copy_to(at);
      Insert("\\");
    }
    copy_to(text.size());
    if (place != kNowhere && open_ && edge_ == place + text.size()) PassEdge(edge_);
  }

  // A link's bracket makes a mark of what was part of a word, and a picture of an exclamation.
  bool JoinsEdge(char c, uint64_t place) const {
    if (c == '_') return place + 1 == edge_ || place == passed_;
    return c == '!' && place + 1 == edge_ && !open_;
  }

  // A bar in a table's row that is no border of cells.
  bool PartsCell(std::string_view text, size_t at) const {
    return in_row_ && text[at] == '|' && (at == 0 || text.substr(at - 1, kCellBorder.size()) != kCellBorder);
  }

  // The next link at or after a place.
  void FindLink(uint64_t place) {
    while (next_ < links_.size() && links_[next_]->begin() < place) ++next_;
    edge_ = next_ < links_.size() ? links_[next_]->begin() : kNowhere;
    open_ = false;
  }

  // Writes what begins or ends a link here; at one place one may end and another one begin.
  void PassEdge(uint64_t line_end) {
    const uint64_t place = edge_;
    passed_ = place;
    if (open_) {
      Insert("](" + EscapedAddress(links_[next_]->value()) + ")");
      ++next_;
      FindLink(place);
      if (edge_ != place) return;
    }
    while (edge_ == place && !Fits(*links_[next_], line_end)) {
      ++next_;
      FindLink(place);
    }
    if (edge_ != place) return;
    Insert("[");
    open_ = true;
    edge_ = links_[next_]->end();
  }

  // Whether a link ends on its line, in its cell, and has words.
  bool Fits(const v1::Annotation& link, uint64_t line_end) const {
    if (link.end() > line_end) return false;
    const std::string_view words = std::string_view(document_.text()).substr(link.begin(), link.end() - link.begin());
    return !Trim(words).empty() && (!in_row_ || words.find(kCellBorder) == std::string_view::npos);
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
  const std::vector<const v1::Annotation*> links_;
  size_t next_ = 0;                // of the links: the open one, else the next
  bool open_ = false;
  uint64_t edge_ = kNowhere;       // where the open link ends, else where the next one begins
  uint64_t passed_ = kNowhere;     // the last edge that was written
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
