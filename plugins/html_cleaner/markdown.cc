#include "markdown.h"

#include <algorithm>
#include <optional>

#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kRule = "markdown";
constexpr size_t kMaxLabelBytes = 500;
constexpr size_t kMaxTargetBytes = 2000;
constexpr size_t kMaxStrongBytes = 500;
// "Editor's note:", "Update:" at a paragraph's start: the marks around it say what it is, and metadata_lines wants to see them.
constexpr size_t kMaxNoteLabelBytes = 40;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool IsAsciiWord(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool IsLetterByte(char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsWordByte(char c) { return IsLetterByte(c) || (c >= '0' && c <= '9'); }
bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

// An address, or a path inside a site. `f[x](y)` has none.
bool IsTarget(std::string_view target) {
  if (target.empty() || target.find_first_of("<>{}\\ ") != kNone) return false;
  if (target.find("://") != kNone || StartsWith(target, "//") || StartsWith(target, "www.") || StartsWith(target, "mailto:"))
    return true;
  const bool path =
      target.size() > 1 && (target[0] == '/' || StartsWith(target, "./") || StartsWith(target, "../") || target[0] == '#');
  if (path && IsWordByte(target.back() == '/' ? target[target.size() - 2] : target.back())) return true;
  const size_t dot = target.rfind('.');
  constexpr std::string_view kEndings[] = {"html", "htm", "php", "aspx", "pdf", "md", "jpg", "jpeg", "png", "gif", "webp", "svg"};
  return dot != kNone && dot > 0 &&
         std::find(std::begin(kEndings), std::end(kEndings), target.substr(dot + 1)) != std::end(kEndings);
}

// `(target)`, `(target "title")`, `(<target>)` from `at`: behind its parenthesis. Without one, the block's end will do.
std::optional<size_t> ReadTarget(std::string_view text, size_t at, bool image) {
  if (at >= text.size() || text[at] != '(') return std::nullopt;
  const std::string_view reach = text.substr(0, std::min(text.size(), at + kMaxTargetBytes));
  // Addresses may hold parentheses in pairs.
  size_t end = at + 1;
  int depth = 0;
  while (end < reach.size() && std::string_view(" \t\n[]").find(reach[end]) == kNone && !(reach[end] == ')' && depth == 0)) {
    depth += reach[end] == '(';
    depth -= reach[end] == ')';
    ++end;
  }
  std::string_view target = reach.substr(at + 1, end - at - 1);
  if (target.size() > 2 && target.front() == '<' && target.back() == '>') target = target.substr(1, target.size() - 2);
  if (!IsTarget(target) && !(image && target.empty())) return std::nullopt;
  if (end == text.size()) return target.find("://") != kNone ? std::optional<size_t>(end) : std::nullopt;
  if (end < reach.size() && reach[end] == ')') return end + 1;
  // A title in quotation marks, or the measures that some systems add.
  const size_t title = reach.find_first_not_of(' ', end);
  if (title == kNone || std::string_view("\"'=").find(reach[title]) == kNone) return std::nullopt;
  const size_t close = reach.find(')', reach[title] == '=' ? title : std::min(reach.size(), reach.find(reach[title], title + 1)));
  return close == kNone ? std::nullopt : std::optional<size_t>(close + 1);
}

// `[1]` or `[report]` behind a link's label.
std::optional<size_t> ReadReference(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '[') return std::nullopt;
  const size_t close = text.substr(0, std::min(text.size(), at + 40)).find(']', at);
  return close == kNone || close == at + 1 ? std::nullopt : std::optional<size_t>(close + 1);
}

struct Open {
  size_t at = 0;
  bool image = false;
};

class Finder {
 public:
  Finder(std::string_view text, bool has_definitions) : text_(text), has_definitions_(has_definitions) {}

  std::vector<Finding> Find() {
    if (text_.find('[') != kNone) FindLinks();
    if (text_.find("**") != kNone) FindStrong("**");
    if (text_.find("__") != kNone) FindStrong("__");
    FindEdges();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
    return std::move(found_);
  }

 private:
  void Take(size_t begin, size_t end) { found_.push_back({{begin, end}, kRule}); }

  // --- links ------------------------------------------------------------------------------------------------------------------

  void FindLinks() {
    std::vector<Open> open;
    for (size_t at = text_.find_first_of("[]"); at != kNone; at = text_.find_first_of("[]", at + 1)) {
      if (at > 0 && text_[at - 1] == '\\') continue;
      if (text_[at] == '[') {
        open.push_back({at, at > 0 && text_[at - 1] == '!'});
        continue;
      }
      if (open.empty()) continue;
      const Open label = open.back();
      open.pop_back();
      if (at - label.at > kMaxLabelBytes) continue;
      if (const size_t end = LinkEnd(label, at); end != kNone) TakeLink(label, at, end);
    }
  }

  size_t LinkEnd(const Open& label, size_t close) const {
    // `array[i](j)`: glued to a word.
    if (!label.image && label.at > 0 && IsAsciiWord(text_[label.at - 1])) return kNone;
    if (const std::optional<size_t> end = ReadTarget(text_, close + 1, label.image)) return *end;
    if (!has_definitions_ || close == label.at + 1) return kNone;
    return ReadReference(text_, close + 1).value_or(kNone);
  }

  void TakeLink(const Open& label, size_t close, size_t end) {
    const size_t begin = label.at - label.image;
    // What was found inside goes along where nothing else is there: an image that is a link.
    const size_t inside = FirstFoundFrom(begin);
    const bool covered =
        inside < found_.size() && IsBlankBetween(label.at + 1, found_[inside].span.begin) && found_[inside].span.end >= close;
    if (label.image || covered) {
      found_.resize(inside);
      Take(begin, end);
      return;
    }
    const std::string_view words = Trim(text_.substr(label.at + 1, close - label.at - 1));
    if (words.empty()) {
      Take(begin, end);
      return;
    }
    Take(begin, begin + 1);
    Take(close, end);
  }

  // Links are found by their ends; those inside of this one are the last of the list.
  size_t FirstFoundFrom(size_t begin) const {
    size_t first = found_.size();
    while (first > 0 && found_[first - 1].span.begin >= begin) --first;
    return first;
  }

  bool IsBlankBetween(size_t begin, size_t end) const { return begin >= end || Trim(text_.substr(begin, end - begin)).empty(); }

  // --- emphasis
  // -----------------------------------------------------------------------------------------------------------------

  // `**strong words**`; `2**8**2` and `**kwargs, **more` are none, nor is `__init__`.
  void FindStrong(std::string_view mark) {
    size_t open = kNone;
    for (size_t at = text_.find(mark); at != kNone;) {
      size_t end = at + 2;
      while (end < text_.size() && text_[end] == mark[0]) ++end;
      const bool opens = end < text_.size() && !IsBlank(text_[end]) && (at == 0 || !IsWordByte(text_[at - 1]));
      const bool closes = at > 0 && !IsBlank(text_[at - 1]) && (end == text_.size() || !IsWordByte(text_[end]));
      const bool pair = open != kNone && closes && end - at <= 3 && RunAt(open) == end - at;
      if (pair && IsStrong(open, at, mark)) {
        Take(open, open + RunAt(open));
        Take(at, end);
        open = kNone;
      } else if (opens && end - at <= 3) {
        open = at;
      } else if (!pair) {
        open = kNone;
      }
      at = text_.find(mark, end);
    }
  }

  size_t RunAt(size_t at) const {
    size_t end = at;
    while (end < text_.size() && text_[end] == text_[at]) ++end;
    return end - at;
  }

  bool IsStrong(size_t open, size_t close, std::string_view mark) const {
    const std::string_view inside = text_.substr(open + RunAt(open), close - open - RunAt(open));
    if (inside.size() > kMaxStrongBytes || !std::any_of(inside.begin(), inside.end(), IsLetterByte)) return false;
    if (inside.find(mark[0]) != kNone) return false;
    if (mark == "__" && inside.find(' ') == kNone) return false;
    const bool label = inside.find(':') != kNone || (close + 2 < text_.size() && text_[close + 2] == ':');
    return open > 0 || !label;
  }

  // --- edges
  // --------------------------------------------------------------------------------------------------------------------

  void FindEdges() {
    if (text_.size() < 2) return FindLoneMark();
    const size_t first = text_.find_first_not_of(' ');
    if (first == kNone) return;
    const size_t last = text_.find_last_not_of(' ');
    if (!IsMark(text_[first]) && !IsMark(text_[last])) return;
    if (IsMarksOnly(first, last + 1)) return Take(first, last + 1);
    FindWrappedBracket(first, last + 1);
    FindUnderscore(first, last + 1);
  }

  void FindLoneMark() {
    if (text_ == "[" || text_ == "]" || text_ == "_") Take(0, 1);
  }

  static bool IsMark(char c) { return c == '*' || c == '_' || c == '[' || c == ']'; }

  // `]*`, `*[`, `_]` and nothing else. Stars alone part the scenes of a story; an empty pair of brackets is a box to tick.
  bool IsMarksOnly(size_t begin, size_t end) const {
    const std::string_view marks = text_.substr(begin, end - begin);
    if (marks.size() > 4 || marks.find_first_not_of("*_[]") != kNone) return false;
    const bool opens = marks.find('[') != kNone;
    const bool closes = marks.find(']') != kNone;
    return opens != closes || marks == "_";
  }

  // `*[This piece first appeared elsewhere.]`: the star's other half is gone; and the bracket's, in `*[This piece first`.
  void FindWrappedBracket(size_t begin, size_t end) {
    size_t bracket = begin;
    while (bracket < end && (text_[bracket] == '*' || text_[bracket] == '_')) ++bracket;
    size_t tail = end;
    while (tail > begin && (text_[tail - 1] == '*' || text_[tail - 1] == '_')) --tail;
    const bool opens = bracket > begin && bracket - begin <= 3 && bracket < end && text_[bracket] == '[';
    const bool closes = tail < end && end - tail <= 3 && tail > begin && text_[tail - 1] == ']';
    const bool balanced = std::count(text_.begin(), text_.end(), '[') == std::count(text_.begin(), text_.end(), ']');
    if (opens && !closes) Take(begin, bracket + (!balanced && !IsLabelled(bracket)));
    if (closes && !opens) Take(tail - !balanced, end);
  }

  bool IsLabelled(size_t at) const { return text_.substr(at, kMaxNoteLabelBytes).find(':') != kNone; }

  // `_The court was silent.` and `The court was silent._`: one underscore in all, at the edge of a sentence.
  void FindUnderscore(size_t begin, size_t end) {
    if (text_[begin] != '_' && text_[end - 1] != '_') return;
    if (std::count(text_.begin(), text_.end(), '_') != 1 || std::count(text_.begin(), text_.end(), ' ') < 1) return;
    if (text_[begin] == '_') {
      const char next = text_[begin + 1];
      const bool capital = (next >= 'A' && next <= 'Z') || static_cast<unsigned char>(next) >= 0x80;
      if (capital) Take(begin, begin + 1);
    } else {
      const char before = text_[end - 2];
      const bool sentence = std::string_view(".!?\")]").find(before) != kNone || static_cast<unsigned char>(before) >= 0x80;
      if (sentence) Take(end - 1, end);
    }
  }

  const std::string_view text_;
  const bool has_definitions_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> FindMarkdown(std::string_view text, bool has_definitions) { return Finder(text, has_definitions).Find(); }

bool IsLinkDefinition(std::string_view text) {
  text = Trim(text);
  if (text.size() < 8 || text[0] != '[' || text[1] == '^') return false;
  const size_t close = text.substr(0, kMaxLabelBytes).find("]:");
  if (close == kNone || close == 1) return false;
  const std::string_view target = Trim(text.substr(close + 2));
  const size_t end = std::min(target.find(' '), target.size());
  if (!StartsWith(target, "http://") && !StartsWith(target, "https://") && !StartsWith(target, "<http")) return false;
  const std::string_view title = Trim(target.substr(end));
  return title.empty() || (title.size() > 2 && std::string_view("\"'(").find(title.front()) != kNone &&
                           std::string_view("\"')").find(title.back()) != kNone);
}

}  // namespace garner::html_cleaner
