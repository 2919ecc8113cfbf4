#include "front_matter.h"

#include <algorithm>

#include "garner/dates.h"
#include "garner/utf8.h"

namespace garner::markdown {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// What a key of the front matter is called in the record; empty for all others.
std::string_view RecordKey(std::string_view key) {
  struct Name {
    std::string_view written;
    std::string_view key;
  };
  constexpr Name kNames[] = {
      {"title", "title"},        {"date", "date_published"}, {"published", "date_published"}, {"pubdate", "date_published"}, {"date_published", "date_published"},
      {"author", "authors"},     {"authors", "authors"},     {"tags", "tags"},                {"keywords", "tags"},          {"description", "description"},
      {"summary", "description"}, {"excerpt", "description"}, {"lang", "language"},            {"language", "language"},      {"canonical_url", "canonical_url"},
      {"section", "section"},    {"publisher", "publisher"}, {"license", "licence"},          {"licence", "licence"}};
  const std::string lower = Lower(key);
  for (const Name& name : kNames)
    if (name.written == lower) return name.key;
  return {};
}

struct Line {
  Span span;  // without the line end
  uint64_t next = 0;
};

Line LineAt(std::string_view text, uint64_t at) {
  const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  uint64_t next = end;
  if (next < text.size() && text[next] == '\r') ++next;
  if (next < text.size() && text[next] == '\n') ++next;
  return {{at, end}, next};
}

std::string_view TrimEnd(std::string_view line) {
  while (!line.empty() && IsBlank(line.back())) line.remove_suffix(1);
  return line;
}

class Reader {
 public:
  Reader(std::string_view text, uint64_t max_bytes) : text_(text), max_bytes_(max_bytes) {}

  FrontMatter Read() {
    const Line first = LineAt(text_, 0);
    const std::string_view fence = TrimEnd(Of(first.span));
    if (fence != "---" && fence != "+++") return {};
    separator_ = fence == "---" ? ':' : '=';
    if (!FindLines(first.next, fence)) return {};
    bool any_key = false;
    for (size_t i = 0; i < lines_.size();) any_key = TakeKey(i) || any_key;
    if (!any_key) return {};
    return std::move(matter_);
  }

 private:
  std::string_view Of(Span span) const { return text_.substr(span.begin, span.size()); }

  bool FindLines(uint64_t at, std::string_view fence) {
    while (at < text_.size() && at <= max_bytes_) {
      const Line line = LineAt(text_, at);
      const std::string_view content = TrimEnd(Of(line.span));
      if (content == fence || (separator_ == ':' && content == "...")) {
        matter_.end = line.next;
        return true;
      }
      lines_.push_back(line.span);
      at = line.next;
    }
    return false;
  }

  Span Trimmed(Span span) const {
    while (span.begin < span.end && IsBlank(text_[span.begin])) ++span.begin;
    while (span.end > span.begin && IsBlank(text_[span.end - 1])) --span.end;
    return span;
  }

  bool IsIndented(size_t i) const { return !lines_[i].empty() && IsBlank(text_[lines_[i].begin]); }
  bool IsItem(size_t i) const {
    const std::string_view line = Of(Trimmed(lines_[i]));
    return line == "-" || line.substr(0, 2) == "- ";
  }

  // A line with a key at its left edge, and the lines that belong to it. False where it is none; `i` moves on in any case.
  bool TakeKey(size_t& i) {
    const Span line = lines_[i];
    const size_t separator = Of(line).find(separator_);
    const bool key_line = separator != std::string_view::npos && separator > 0 && !IsIndented(i) && !IsItem(i) && text_[line.begin] != '#';
    ++i;
    const size_t begin = i;
    while (i < lines_.size() && (IsIndented(i) || IsItem(i) || Of(lines_[i]).empty())) ++i;
    if (!key_line) return false;
    std::string_view name = TrimEnd(Of({line.begin, line.begin + separator}));
    if (name.size() > 1 && name.front() == name.back() && (name.front() == '"' || name.front() == '\'')) name = name.substr(1, name.size() - 2);
    key_ = RecordKey(name);
    if (!key_.empty()) TakeValue(Trimmed({line.begin + separator + 1, line.end}), begin, i);
    return true;
  }

  void TakeValue(Span value, size_t begin, size_t end) {
    const std::string_view written = Of(value);
    if (written.empty()) return TakeItems(begin, end);
    if (written.front() == '|' || written.front() == '>') return TakeBlock(begin, end);
    if (written.front() == '[') return TakeInlineList(value, begin, end);
    if (written.front() == '{' || written.front() == '&' || written.front() == '*' || written.front() == '!') return;
    Add(value);
  }

  void TakeItems(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      Span line = Trimmed(lines_[i]);
      const bool item = IsItem(i);
      if (item) line = Trimmed({line.begin + 1, line.end});
      const std::string_view content = Of(line);
      // "- name: Joe", and what else is said of an author on the lines behind.
      if (key_ == "authors" && content.substr(0, 5) == "name:") {
        Add(Trimmed({line.begin + 5, line.end}));
      } else if (item && content.find(": ") == std::string_view::npos && !content.empty() && content.back() != ':') {
        Add(line);
      }
    }
  }

  void TakeBlock(size_t begin, size_t end) {
    std::string value;
    Span evidence;
    for (size_t i = begin; i < end; ++i) {
      const Span line = Trimmed(lines_[i]);
      if (line.empty()) continue;
      if (value.empty()) evidence.begin = line.begin;
      evidence.end = line.end;
      if (!value.empty()) value += ' ';
      value += Of(line);
    }
    Push(std::move(value), evidence);
  }

  // [a, "b, c"], perhaps over several lines.
  void TakeInlineList(Span value, size_t begin, size_t end) {
    if (end > begin) value.end = lines_[end - 1].end;
    const std::string_view written = Of(value);
    uint64_t from = value.begin + 1;
    char quote = 0;
    for (size_t i = 1; i < written.size(); ++i) {
      const char c = written[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == ',' || c == ']') {
        Add(TrimmedLines({from, value.begin + i}));
        from = value.begin + i + 1;
        if (c == ']') return;
      }
    }
  }

  Span TrimmedLines(Span span) const {
    const std::string_view trimmed = Trim(Of(span));
    if (trimmed.empty()) return {span.begin, span.begin};
    const uint64_t begin = static_cast<uint64_t>(trimmed.data() - text_.data());
    return {begin, begin + trimmed.size()};
  }

  // A scalar: quoted, or plain with a comment behind it perhaps.
  void Add(Span value) {
    const std::string_view written = Of(value);
    if (written.empty()) return;
    if (written.front() == '"' || written.front() == '\'') return Push(Unquoted(written), value);
    const size_t comment = std::min(written.find(" #"), written.size());
    const Span plain = Trimmed({value.begin, value.begin + comment});
    const std::string lower = Lower(Of(plain));
    if (lower == "null" || lower == "~") return;
    Push(std::string(Of(plain)), plain);
  }

  static std::string Unquoted(std::string_view written) {
    const char quote = written.front();
    std::string value;
    for (size_t i = 1; i < written.size(); ++i) {
      if (written[i] == quote) {
        if (quote != '\'' || i + 1 >= written.size() || written[i + 1] != '\'') break;
        ++i;
      } else if (quote == '"' && written[i] == '\\' && i + 1 < written.size()) {
        ++i;
        if (written[i] == 'n' || written[i] == 't') {
          value += ' ';
          continue;
        }
      }
      value += written[i];
    }
    return value;
  }

  void Push(std::string value, Span evidence) {
    if (key_ == "date_published") value = NormalizeDate(value);
    if (!Trim(value).empty()) matter_.fields.push_back({std::string(key_), std::move(value), evidence});
  }

  const std::string_view text_;
  const uint64_t max_bytes_;
  char separator_ = ':';
  std::vector<Span> lines_;
  std::string_view key_;  // of the record, while its values are read
  FrontMatter matter_;
};

}  // namespace

FrontMatter ReadFrontMatter(std::string_view text, uint64_t max_bytes) { return Reader(text, max_bytes).Read(); }

}  // namespace garner::markdown
