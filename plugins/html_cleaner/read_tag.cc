#include "read_tag.h"

#include <algorithm>

#include "elements.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxNameBytes = 40;
// Text that an unterminated tag swallowed goes with it up to this many words: a link label. More is a sentence and stays, and so
// do a few words more or less that end like one.
constexpr int kMaxLabelWords = 4;
constexpr int kMaxLongLabelWords = 6;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsNameByte(char c) { return IsLetter(c) || IsDigit(c) || c == ':' || c == '-' || c == '_'; }
bool IsAttributeByte(char c) { return IsNameByte(c) || c == '.' || c == '@'; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

struct Quote {
  char family = 0;  // '"' or '\''; 0: no quotation mark
  size_t size = 0;
};

// A quotation mark, straight or made typographic by the system that broke the tag.
Quote QuoteAt(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '"' || text[at] == '\'') return {text[at], 1};
  const std::string_view three = text.substr(at, 3);
  for (const std::string_view mark : {"\u201C", "\u201D", "\u201E", "\u2033"})
    if (three == mark) return {'"', 3};
  for (const std::string_view mark : {"\u2018", "\u2019", "\u2032"})
    if (three == mark) return {'\'', 3};
  return {};
}

class Reader {
 public:
  Reader(std::string_view text, size_t at, size_t max_bytes)
      : text_(text), at_(at), limit_(std::min(text.size(), at + max_bytes)) {
    tag_.begin = at;
  }

  std::optional<Tag> ReadWhole() {
    ++at_;
    SkipOneBlank();
    if (Peek() == '\\' && at_ + 1 < limit_ && text_[at_ + 1] == '/') ++at_;  // `<\/p>`: out of a program's string
    if (Peek() == '/') {
      tag_.close = true;
      ++at_;
      SkipOneBlank();
    }
    const size_t name = at_;
    if (!IsLetter(Peek())) return std::nullopt;
    while (IsNameByte(Peek())) ++at_;
    if (at_ - name > kMaxNameBytes) return std::nullopt;
    tag_.name = Lower(text_.substr(name, at_ - name));
    if (at_ < limit_ && !IsBlank(Peek()) && Peek() != '/' && Peek() != '>' && Peek() != '<') return std::nullopt;
    return ReadRest();
  }

  // Attributes up to the end of the tag, whatever ends it.
  std::optional<Tag> ReadRest() {
    while (true) {
      while (IsBlank(Peek())) ++at_;
      const char next = Peek();
      if (next == '>' && tag_.odd <= kMaxLabelWords) return Terminated();
      if (at_ >= limit_ || next == '<') return Unterminated();
      if (next == '/' || (next == '\\' && at_ + 1 < limit_ && text_[at_ + 1] == '/')) {
        ++at_;
        continue;
      }
      if (!ReadAttribute()) return Unterminated();
    }
  }

 private:
  char Peek() const { return at_ < limit_ ? text_[at_] : '\0'; }

  void SkipOneBlank() {
    if (Peek() != ' ') return;
    ++at_;
    tag_.spaced = true;
  }

  std::optional<Tag> Terminated() {
    tag_.terminated = true;
    tag_.end = ++at_;
    return tag_;
  }

  // The tag ends at the block's end, or at the next `<`; what it swallowed of the text is given back unless it is a mere label.
  std::optional<Tag> Unterminated() {
    if (at_ >= limit_ && limit_ < text_.size() && rest_ == kNone) return std::nullopt;  // longer than any tag
    tag_.end = std::min(text_.substr(0, limit_).find('<', at_), limit_);
    // `src="a.jpg alt="Mill">`: the marks do not pair up, but the tag has its end.
    const size_t close = tag_.known > 0 && tag_.quoted > 0 ? text_.substr(0, tag_.end).find('>', at_) : kNone;
    if (close != kNone && (QuoteEndsAt(close) || text_[close - 1] == '/')) {
      at_ = close;
      tag_.odd = 0;
      return Terminated();
    }
    if (rest_ == kNone) rest_ = at_ < tag_.end ? at_ : kNone;
    if (rest_ != kNone && !IsLabel(text_.substr(rest_, tag_.end - rest_))) tag_.end = rest_;
    return tag_;
  }

  bool IsLabel(std::string_view rest) const {
    if (limit_ < text_.size() && tag_.end == limit_) return false;
    int words = 0;
    for (size_t i = 0; i < rest.size(); ++i) words += !IsBlank(rest[i]) && (i == 0 || IsBlank(rest[i - 1]));
    const size_t last = rest.find_last_not_of(' ');
    const bool sentence = last != kNone && std::string_view(".!?,;:").find(rest[last]) != kNone;
    return words <= (sentence ? kMaxLabelWords : kMaxLongLabelWords);
  }

  bool QuoteEndsAt(size_t end) const {
    return QuoteAt(text_, end - 1).size == 1 || (end >= 3 && QuoteAt(text_, end - 3).size == 3);
  }

  // False where no attribute begins here: text.
  bool ReadAttribute() {
    const size_t name = at_;
    if (!IsLetter(Peek()) && Peek() != '_' && Peek() != ':' && Peek() != '@') return false;
    while (IsAttributeByte(Peek())) ++at_;
    if (at_ < limit_ && !IsBlank(Peek()) && Peek() != '=' && Peek() != '>' && Peek() != '/' && Peek() != '<') {
      at_ = name;
      return false;
    }
    const std::string attribute = Lower(text_.substr(name, at_ - name));
    size_t equals = at_;
    while (equals < limit_ && IsBlank(text_[equals])) ++equals;
    if (equals >= limit_ || text_[equals] != '=') {
      NoteBare(attribute, name);
      return true;
    }
    at_ = equals + 1;
    while (IsBlank(Peek())) ++at_;
    ++tag_.valued;
    tag_.known += IsKnownAttribute(attribute);
    return ReadValue();
  }

  void NoteBare(const std::string& attribute, size_t begin) {
    if (IsBooleanAttribute(attribute)) {
      ++tag_.known;
      return;
    }
    ++tag_.odd;
    if (rest_ == kNone) rest_ = begin;
  }

  bool ReadValue() {
    const Quote quote = QuoteAt(text_, at_);
    if (quote.family == 0) {
      ReadUnquoted();
      return true;
    }
    ++tag_.quoted;
    const size_t begin = at_ + quote.size;
    const size_t close = FindQuote(quote.family, begin);
    const size_t angle = text_.substr(0, limit_).find_first_of("<>", begin);
    // A mark that never closes, or closes after another tag began: the tag ends at the first `>` instead.
    const bool broken = close == kNone || (angle < close && text_.substr(0, close).find('<', angle) != kNone);
    if (!broken) {
      at_ = close + QuoteAt(text_, close).size;
      return true;
    }
    if (angle != kNone && text_[angle] == '>') {
      at_ = angle;
      return true;
    }
    at_ = begin + ClassBytes(begin);
    rest_ = rest_ == kNone ? at_ : rest_;
    return false;
  }

  // `class="lead The river rose`: the name of a class, or an address, before words that begin like a sentence.
  size_t ClassBytes(size_t begin) const {
    size_t end = begin;
    while (end < limit_ && (IsAttributeByte(text_[end]) || text_[end] == '/') && !(text_[end] >= 'A' && text_[end] <= 'Z')) ++end;
    if (end == begin || end + 1 >= limit_ || text_[end] != ' ') return 0;
    const char next = text_[end + 1];
    return (next >= 'A' && next <= 'Z') || static_cast<unsigned char>(next) >= 0x80 ? end + 1 - begin : 0;
  }

  size_t FindQuote(char family, size_t from) const {
    for (size_t i = from; i < limit_; ++i)
      if (QuoteAt(text_, i).family == family) return i;
    return kNone;
  }

  // A value that is a plain word may be the first word of swallowed text (`src=See details`).
  void ReadUnquoted() {
    const size_t begin = at_;
    bool plain = true;
    while (at_ < limit_ && !IsBlank(text_[at_]) && text_[at_] != '>' && text_[at_] != '<') {
      plain = plain && text_[at_] != '/' && text_[at_] != '.' && text_[at_] != '#' && text_[at_] != '=' && !IsDigit(text_[at_]);
      ++at_;
    }
    const bool capital =
        begin < at_ && (static_cast<unsigned char>(text_[begin]) >= 0x80 || (text_[begin] >= 'A' && text_[begin] <= 'Z'));
    if (plain && capital && rest_ == kNone) rest_ = begin;
  }

  std::string_view text_;
  size_t at_;
  size_t limit_;
  size_t rest_ = kNone;  // where swallowed text begins
  Tag tag_;
};

}  // namespace

std::optional<Tag> ReadTag(std::string_view text, size_t at, size_t max_bytes) { return Reader(text, at, max_bytes).ReadWhole(); }

std::optional<Tag> ReadAttributeTail(std::string_view text, size_t at, size_t max_bytes) {
  std::optional<Tag> tail = Reader(text, at, max_bytes).ReadRest();
  if (!tail || !tail->terminated) return std::nullopt;
  return tail;
}

}  // namespace garner::html_cleaner
