#include "garner/markdown.h"

#include <algorithm>

#include "garner/metadata.h"

namespace garner {
namespace {

constexpr uint32_t kMaxHeadingLevel = 6;
// CommonMark takes four spaces for code, so a runaway nesting depth is capped.
constexpr uint32_t kMaxListLevel = 10;

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
    case '&': return at + 1 < text.size() && (text[at + 1] == '#' || IsWordByte(text[at + 1]));
    default: return false;
  }
}

std::string Prefixed(std::string_view text, std::string_view prefix) {
  std::string out;
  for (;;) {
    const size_t end = std::min(text.find('\n'), text.size());
    out.append(prefix).append(EscapeMarkdown(text.substr(0, end)));
    if (end == text.size()) return out;
    out.push_back('\n');
    text.remove_prefix(end + 1);
  }
}

// A fence is longer than any run of backticks in the code.
std::string Fenced(std::string_view code) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<size_t>(3, longest + 1), '`');
  return fence + "\n" + std::string(code) + "\n" + fence;
}

std::string Heading(std::string_view text, uint32_t level) {
  std::string line(std::clamp<uint32_t>(level, 1, kMaxHeadingLevel), '#');
  std::string escaped = EscapeMarkdown(text);
  // A heading ends with its line, and a closing run of # would vanish.
  std::replace(escaped.begin(), escaped.end(), '\n', ' ');
  if (!escaped.empty() && escaped.back() == '#') escaped.insert(escaped.size() - 1, "\\");
  return line + " " + escaped;
}

std::string ListItem(std::string_view text, uint32_t level) {
  const std::string indent(2 * (std::clamp<uint32_t>(level, 1, kMaxListLevel) - 1), ' ');
  std::string item = Prefixed(text, indent + "  ");
  item[indent.size()] = '-';
  return item;
}

std::string RenderBlock(const v1::Block& block, std::string_view text) {
  switch (block.role()) {
    case v1::Block::TITLE: return Heading(text, 1);
    case v1::Block::HEADING: return Heading(text, block.has_level() ? block.level() : 2);
    case v1::Block::LIST_ITEM: return ListItem(text, block.level());
    case v1::Block::QUOTE: return Prefixed(text, "> ");
    case v1::Block::CODE: return Fenced(text);
    default: return Prefixed(text, "");
  }
}

std::string_view Separator(v1::Block::Role before, v1::Block::Role after) {
  if (before == v1::Block::LIST_ITEM && after == v1::Block::LIST_ITEM) return "\n";
  if (before == v1::Block::QUOTE && after == v1::Block::QUOTE) return "\n>\n";
  if (before == v1::Block::TABLE_ROW && after == v1::Block::TABLE_ROW) return "\\\n";  // a hard line break
  return "\n\n";
}

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

std::string ToMarkdown(const v1::Document& document, bool title) {
  std::string out;
  if (const std::string_view words = ChosenValue(document, "title"); title && !words.empty()) out = Heading(words, 1);
  const v1::Block* before = nullptr;
  for (const v1::Block& block : document.blocks()) {
    if (!out.empty()) out += before == nullptr ? "\n\n" : Separator(before->role(), block.role());
    out += RenderBlock(block, std::string_view(document.text()).substr(block.begin(), block.end() - block.begin()));
    before = &block;
  }
  if (!out.empty()) out.push_back('\n');
  return out;
}

}  // namespace garner
