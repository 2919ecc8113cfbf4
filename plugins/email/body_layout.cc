#include "body_layout.h"

#include <algorithm>
#include <utility>

#include "ascii.h"
#include "garner/utf8.h"

namespace garner::email {
namespace {

// Lines that programs wrapped are at least about so wide: shorter ones are addresses, verses, lists.
constexpr uint64_t kNarrowest = 55;
// A longer line was not wrapped.
constexpr uint64_t kWidest = 100;
constexpr size_t kMaxSignatureLines = 20;

struct Line {
  Span mark;     // ">> " before it
  Span content;  // without the mark and without white space at its edges
  uint32_t depth = 0;       // of quotation
  uint64_t width = 0;       // characters, white space at the end not counted, the mark counted; kWidest + 1 for more
  uint64_t first_word = 0;  // characters
  bool blank = true;
  bool indented = false;
  bool soft = false;  // flowed: it goes on in the next line
  bool signature_mark = false;
};

bool IsBullet(std::string_view content) {
  for (const std::string_view bullet : {"- ", "* ", "\u2022 ", "\u2013 "})
    if (content.substr(0, bullet.size()) == bullet) return true;
  return false;
}

// "1. ", "12) ": a list or the steps of something.
bool IsNumbered(std::string_view content) {
  size_t at = 0;
  while (at < content.size() && at < 3 && IsDigit(content[at])) ++at;
  return at > 0 && at + 1 < content.size() && (content[at] == '.' || content[at] == ')') && content[at + 1] == ' ';
}

bool IsSpaceAt(std::string_view text, uint64_t at) { return IsBlank(text[at]); }

uint64_t CountUpTo(std::string_view text, uint64_t most) {
  uint64_t count = 0;
  for (const char c : text) {
    count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (count > most) break;
  }
  return count;
}

class LineReader {
 public:
  LineReader(std::string_view text, const BodyOptions& options) : text_(text), options_(options) {}

  std::vector<Line> ReadAll() {
    std::vector<Line> lines;
    while (at_ < text_.size()) lines.push_back(ReadOne());
    return lines;
  }

 private:
  Line ReadOne() {
    size_t end = text_.find_first_of("\r\n", at_);
    if (end == std::string_view::npos) end = text_.size();
    Line line;
    const size_t begin = at_;
    line.mark = {begin, TakeMark(begin, end, line.depth)};
    line.content = {line.mark.end, end};
    LookAt(line, begin, end);
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n' && (at_ == end || text_[end] == '\r')) ++at_;
    return line;
  }

  // ">", ">>", "> > ": where the mark ends.
  size_t TakeMark(size_t at, size_t end, uint32_t& depth) const {
    size_t mark_end = at;
    while (at < end && text_[at] == '>') {
      ++depth;
      mark_end = ++at;
      if (at + 1 < end && text_[at] == ' ' && text_[at + 1] == '>') ++at;
    }
    return mark_end;
  }

  void LookAt(Line& line, size_t begin, size_t end) {
    const std::string_view raw = text_.substr(line.content.begin, line.content.size());
    // With or without the space that is stuffed behind the mark.
    const std::string_view unstuffed = line.depth > 0 && !raw.empty() && raw[0] == ' ' ? raw.substr(1) : raw;
    line.signature_mark = unstuffed == "-- " || unstuffed == "--";
    line.soft = options_.flowed && unstuffed != "-- " && !raw.empty() && raw.back() == ' ';
    line.indented = unstuffed.size() > 1 && (unstuffed[0] == '\t' || (IsBlank(unstuffed[0]) && IsBlank(unstuffed[1])));
    while (line.content.begin < line.content.end && IsSpaceAt(text_, line.content.begin)) ++line.content.begin;
    while (line.content.end > line.content.begin && IsSpaceAt(text_, line.content.end - 1)) --line.content.end;
    const std::string_view content = text_.substr(line.content.begin, line.content.size());
    line.blank = Trim(content).empty();
    line.width = CountUpTo(text_.substr(begin, std::min<uint64_t>(line.content.end, end) - begin), kWidest);
    line.first_word = CountUpTo(content.substr(0, content.find_first_of(" \t")), kWidest);
  }

  const std::string_view text_;
  const BodyOptions& options_;
  size_t at_ = 0;
};

class Layout {
 public:
  Layout(std::string_view text, const BodyOptions& options) : text_(text), options_(options), lines_(LineReader(text, options).ReadAll()) {}

  std::vector<MailBlock> Find() {
    signature_ = FindSignature();
    forwarded_ = FindForwarded();
    size_t at = 0;
    while (at < lines_.size()) {
      if (lines_[at].blank || at == signature_) {
        if (at == signature_) marks_.push_back({lines_[at].content, "signature_mark"});
        ++at;
        continue;
      }
      size_t end = at + 1;
      while (end < lines_.size() && !lines_[end].blank && lines_[end].depth == lines_[at].depth && end != signature_ && end != forwarded_) ++end;
      TakeGroup(at, end);
      at = end;
    }
    return std::move(blocks_);
  }

 private:
  std::string_view Content(size_t line) const { return text_.substr(lines_[line].content.begin, lines_[line].content.size()); }

  // The last mark that is not quoted. "--" without its space, as many programs cut it off, only near the end.
  size_t FindSignature() const {
    for (size_t i = lines_.size(); i-- > 0;) {
      if (!lines_[i].signature_mark || lines_[i].depth > 0) continue;
      const bool exact = lines_[i].content.begin + 2 < text_.size() && text_[lines_[i].content.begin + 2] == ' ';
      if (exact || lines_.size() - i <= kMaxSignatureLines) return i;
      return lines_.size();
    }
    return lines_.size();
  }

  // "From: Joe", "Gesendet: Montag, ..."
  bool LooksLikeHeader(size_t line) const {
    std::string_view content = Content(line);
    while (!content.empty() && content[0] == '*') content.remove_prefix(1);
    const size_t colon = content.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > 40) return false;
    return colon + 1 < content.size() && IsBlank(content[colon + 1]) && content.substr(0, colon).find("  ") == std::string_view::npos;
  }

  bool IsRule(size_t line) const {
    const std::string_view content = Content(line);
    if (content.size() >= 10 && content.find_first_not_of('_') == std::string_view::npos) return true;
    return content.size() >= 8 && content.substr(0, 3) == "---" && content.substr(content.size() - 3) == "---" && content.find_first_not_of('-') != std::string_view::npos;
  }

  // A mail that is quoted or forwarded whole, without marks: a rule, and a block of headers behind it, one of them with an address or a time.
  size_t FindForwarded() const {
    for (size_t i = 0; i + 2 < lines_.size(); ++i) {
      if (lines_[i].blank || lines_[i].depth > 0 || !IsRule(i)) continue;
      size_t at = i + 1;
      if (at < lines_.size() && lines_[at].blank) ++at;
      size_t headers = 0;
      bool evidence = false;
      for (; at < lines_.size() && !lines_[at].blank && LooksLikeHeader(at) && headers < 12; ++at, ++headers) {
        const std::string_view content = Content(at);
        const size_t colon = content.find(':', content.find(':') + 1);
        evidence = evidence || content.find('@') != std::string_view::npos || (colon != std::string_view::npos && IsDigit(content[colon - 1]));
      }
      if (headers >= 2 && evidence) return i;
    }
    return lines_.size();
  }

  // "On Monday, Joe <joe@example.org> wrote:" before a quotation: one paragraph that ends in a colon and holds a number or an address.
  bool Introduces(size_t begin, size_t end) const {
    size_t next = end;
    if (next < lines_.size() && lines_[next].blank) ++next;
    if (next >= lines_.size() || lines_[next].blank || lines_[next].depth <= lines_[begin].depth || end - begin > 3) return false;
    const std::string_view last = Content(end - 1);
    if (last.back() != ':') return false;
    for (size_t i = begin; i < end; ++i)
      if (Content(i).find_first_of("0123456789@") != std::string_view::npos) return true;
    return false;
  }

  BlockKind KindOf(size_t begin, size_t end) const {
    if (begin > signature_ && begin < forwarded_) return BlockKind::kSignature;
    if (lines_[begin].depth > 0 || begin >= forwarded_ || Introduces(begin, end)) return BlockKind::kQuotation;
    return BlockKind::kParagraph;
  }

  // Whether a line end stands where the next word would not have fitted.
  bool IsWrapped(size_t line, uint64_t width) const {
    const Line& here = lines_[line];
    const Line& next = lines_[line + 1];
    if (here.width > kWidest || next.indented || IsBullet(Content(line + 1)) || IsNumbered(Content(line + 1))) return false;
    return here.width + 1 + next.first_word > width;
  }

  bool Joins(size_t line, BlockKind kind, uint64_t width) const {
    if (lines_[line].soft) return true;
    return options_.join_wrapped_lines && !options_.flowed && kind != BlockKind::kSignature && IsWrapped(line, width);
  }

  uint64_t GroupWidth(size_t begin, size_t end) const {
    uint64_t width = kNarrowest;
    for (size_t i = begin; i < end; ++i)
      if (lines_[i].width <= kWidest) width = std::max(width, lines_[i].width);
    return width;
  }

  // A list is two items or more.
  bool HoldsList(size_t begin, size_t end) const {
    size_t items = 0;
    for (size_t i = begin; i < end && items < 2; ++i) items += IsBullet(Content(i));
    return items >= 2;
  }

  // Lines without a blank line between them, of one depth.
  void TakeGroup(size_t begin, size_t end) {
    const BlockKind kind = KindOf(begin, end);
    const uint64_t width = GroupWidth(begin, end);
    const bool list = kind == BlockKind::kParagraph && HoldsList(begin, end);
    for (size_t i = begin; i < end; ++i) {
      MailBlock block;
      block.tight = i > begin;
      block.marks.swap(marks_);
      block.kind = list && IsBullet(Content(i)) ? BlockKind::kListItem : kind;
      AddLine(i, block);
      for (; i + 1 < end && Joins(i, kind, width); ++i) {
        if (lines_[i].soft && options_.delete_space) block.marks.push_back({{lines_[i].content.end, lines_[i + 1].mark.begin}, "soft_line_break"});
        AddLine(i + 1, block);
      }
      blocks_.push_back(std::move(block));
    }
  }

  void AddLine(size_t line, MailBlock& block) const {
    if (lines_[line].depth > 0) block.marks.push_back({lines_[line].mark, "quote_mark"});
    block.lines.push_back(lines_[line].content);
  }

  const std::string_view text_;
  const BodyOptions& options_;
  const std::vector<Line> lines_;
  size_t signature_ = 0;
  size_t forwarded_ = 0;
  std::vector<MailBlock::Mark> marks_;  // for the next block
  std::vector<MailBlock> blocks_;
};

}  // namespace

std::vector<MailBlock> LayOutBody(std::string_view text, const BodyOptions& options) { return Layout(text, options).Find(); }

}  // namespace garner::email
