#include "code_lines.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "garner/utf8.h"
#include "style_rules.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
// Code rarely has more plain words in a row than `else return new Date`.
constexpr int kMaxWordsInARow = 4;
constexpr int kSurely = 2;
constexpr int kPage = 4;

// What scripts of pages name and prose does not: measuring, advertisements, players, content systems, the page itself.
constexpr std::string_view kPageNames[] = {"dataLayer",
                                           "adsbygoogle",
                                           "gtag(",
                                           "googletag",
                                           "fbq(",
                                           "_gaq",
                                           "ga('",
                                           "ga(\"",
                                           "__gaTracker",
                                           "GoogleAnalyticsObject",
                                           "google_ad_",
                                           "_taboola",
                                           "OBR.extern",
                                           "disqus_",
                                           "yaCounter",
                                           "yandex_metrika",
                                           "ym(",
                                           "Ya.Metrika",
                                           "VK.Widgets",
                                           "VK.init",
                                           "FB.init",
                                           "FB.XFBML",
                                           "twttr",
                                           "instgrm.",
                                           "addthis_",
                                           "stLight",
                                           "_comscore",
                                           "_sf_async_config",
                                           "_satellite",
                                           "OneSignal",
                                           "hbspt.",
                                           "jwplayer(",
                                           "wp.i18n",
                                           "wpcf7",
                                           "ajaxurl",
                                           "admin-ajax.php",
                                           "document.write",
                                           "document.getElement",
                                           "document.createElement",
                                           "document.cookie",
                                           "document.location",
                                           "document.querySelector",
                                           "document.addEventListener",
                                           "document.ready",
                                           "window.location",
                                           "window.onload",
                                           "window.addEventListener",
                                           "window._",
                                           "jQuery(",
                                           "$(document)",
                                           "$(window)",
                                           "$(function",
                                           "$('",
                                           "$(\"",
                                           "//<![CDATA[",
                                           "//]]>",
                                           "<![CDATA[ */",
                                           "insertBefore(",
                                           ".appendChild(",
                                           "addEventListener(",
                                           "setTimeout(",
                                           "Liveinternet",
                                           "mc.yandex.ru",
                                           "\"@context\"",
                                           "\"@type\"",
                                           "\"@graph\"",
                                           "xitiConf",
                                           "_paq.push",
                                           "var_adunit",
                                           "criteo",
                                           "sas_",
                                           "Piwik",
                                           "_hmt",
                                           "cookieconsent",
                                           "pbjs.",
                                           "apntag",
                                           "OA_show("};

bool IsLetterByte(char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; }
bool IsNameByte(char c) { return IsNameStart(c) || IsDigit(c); }
bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
bool Has(std::string_view text, std::string_view part) { return text.find(part) != kNone; }

bool NamesPageScript(std::string_view line) {
  return std::any_of(std::begin(kPageNames), std::end(kPageNames), [&](std::string_view name) { return Has(line, name); });
}

struct Shape {
  int words_in_a_row = 0;
  int depth = 0;
  size_t open_quote = kNone;
};

// Skips what stands in quotation marks; an apostrophe inside a word opens nothing.
class ShapeReader {
 public:
  explicit ShapeReader(std::string_view line) : line_(line) {}

  Shape Read() {
    while (at_ < line_.size()) Step();
    EndWord();
    return shape_;
  }

 private:
  void Step() {
    const char c = line_[at_];
    if (IsLetterByte(c)) {
      in_word_ = true;
      ++at_;
      return;
    }
    const bool apart = c == ' ' || (c == ',' && at_ + 1 < line_.size() && line_[at_ + 1] == ' ');
    if (apart) {
      EndWord();
    } else if (c == '\'' && in_word_) {
      // an apostrophe
    } else if ((c == '"' || c == '\'' || c == '`') && SkipQuoted(c)) {
      return;
    } else if (StartsComment()) {
      SkipComment();
      return;
    } else {
      // A full stop before a space ends a sentence; any other sign is code's.
      const bool stop = (c == '.' || c == ':') && at_ + 1 < line_.size() && line_[at_ + 1] == ' ';
      if (stop) EndWord();
      if (!stop) {
        in_word_ = false;
        row_ = 0;
      }
      shape_.depth += c == '(' || c == '[' || c == '{';
      shape_.depth -= c == ')' || c == ']' || c == '}';
    }
    ++at_;
  }

  void EndWord() {
    if (in_word_) shape_.words_in_a_row = std::max(shape_.words_in_a_row, ++row_);
    in_word_ = false;
  }

  // False where the mark has no partner: then it is a sign like others. Each kind is searched to the end at most once.
  bool SkipQuoted(char mark) {
    bool& lost = mark == '"' ? lost_double_ : mark == '\'' ? lost_single_ : lost_back_;
    if (lost) return false;
    size_t close = at_ + 1;
    while ((close = line_.find(mark, close)) != kNone && line_[close - 1] == '\\') ++close;
    if (close == kNone) {
      lost = true;
      return false;
    }
    in_word_ = false;
    row_ = 0;
    at_ = close + 1;
    return true;
  }

  bool StartsComment() const {
    if (line_[at_] != '/' || at_ + 1 >= line_.size()) return false;
    if (line_[at_ + 1] == '*') return true;
    return line_[at_ + 1] == '/' && (at_ == 0 || line_[at_ - 1] == ' ' || line_[at_ - 1] == ';');
  }

  void SkipComment() {
    const size_t close = line_[at_ + 1] == '*' ? line_.find("*/", at_ + 2) : kNone;
    at_ = close == kNone ? line_.size() : close + 2;
    row_ = 0;
  }

  std::string_view line_;
  size_t at_ = 0;
  bool in_word_ = false;
  int row_ = 0;
  bool lost_double_ = false;
  bool lost_single_ = false;
  bool lost_back_ = false;
  Shape shape_;
};

// `a.b[0].c`, followed by nothing else: where it ends; `begin` where none is.
size_t ReadPath(std::string_view line, size_t begin, bool* dotted) {
  size_t at = begin;
  while (at < line.size() && IsNameStart(line[at])) {
    while (at < line.size() && IsNameByte(line[at])) ++at;
    if (at < line.size() && line[at] == '[') {
      const size_t close = line.substr(0, std::min(line.size(), at + 100)).find(']', at);
      if (close == kNone) break;
      at = close + 1;
      *dotted = true;
    }
    if (at + 1 >= line.size() || line[at] != '.' || !IsNameStart(line[at + 1])) break;
    *dotted = true;
    ++at;
  }
  return at;
}

bool StartsWithWord(std::string_view line, std::string_view word) {
  return StartsWith(line, word) && (line.size() == word.size() || !IsNameByte(line[word.size()]));
}

// `x = ...`, `x.y = ...`, `x(...)`, `x.y(...)`.
int JudgePath(std::string_view line, size_t begin) {
  bool dotted = false;
  const size_t end = ReadPath(line, begin, &dotted);
  if (end == begin || end >= line.size()) return 0;
  if (line[end] == '(') return dotted || StartsWith(line, "$(") || StartsWith(line, "jQuery(") ? kSurely : 1;
  const size_t sign = line.find_first_not_of(' ', end);
  if (sign == kNone || line[sign] != '=' || (sign + 1 < line.size() && line[sign + 1] == '=')) return 0;
  return dotted ? kSurely : 1;
}

int JudgeKeyword(std::string_view line) {
  if (StartsWithWord(line, "function")) return Has(line, "(") && Has(line, "{") ? kSurely : 0;
  if (StartsWithWord(line, "var") || StartsWithWord(line, "let") || StartsWithWord(line, "const")) {
    const size_t name = line.find_first_not_of(' ', line.find(' '));
    bool dotted = false;
    const size_t end = name == kNone ? kNone : ReadPath(line, name, &dotted);
    if (end == kNone || end == name) return 0;
    const size_t sign = line.find_first_not_of(' ', end);
    if (sign == kNone || std::string_view("=;,").find(line[sign]) == kNone) return 0;
    return line[0] == 'v' ? kSurely : 1;
  }
  for (const std::string_view word : {"if", "for", "while", "switch", "catch"})
    if (StartsWithWord(line, word)) return StartsWith(Trim(line.substr(word.size())), "(");
  for (const std::string_view word : {"return", "else", "try", "new", "case", "throw"})
    if (StartsWithWord(line, word)) return 1;
  return -1;
}

// What a statement that begins like this is worth, if its end fits.
int JudgeStart(std::string_view line) {
  for (const std::string_view opening : {"(function", "!function", ";(function", "+function", "(() =>", "(()=>", "(async"})
    if (StartsWith(line, opening)) return kSurely;
  if (line[0] == '(') return JudgePath(line, 1);
  const int keyword = JudgeKeyword(line);
  return keyword >= 0 ? keyword : JudgePath(line, 0);
}

// Behind `/* a comment */` at the line's beginning.
std::string_view SkipLeadingComment(std::string_view line) {
  if (!StartsWith(line, "/*")) return line;
  const size_t close = line.find("*/", 2);
  if (close == kNone) return line;
  const std::string_view rest = Trim(line.substr(close + 2));
  return rest.empty() ? line : rest;
}

bool IsCommentLine(std::string_view line) {
  if (line == "/*" || line == "*/" || line == "-->" || line == "//-->" || line == "// -->" || line == "<!--" || line == "//]]>")
    return true;
  if (StartsWith(line, "/*")) return line.find("*/") == line.size() - 2;
  return StartsWith(line, "// ") || StartsWith(line, "//<") || StartsWith(line, "//]");
}

bool IsClosers(std::string_view line) {
  return line.find_first_not_of("{}()[];, ") == kNone && line.find_first_of("{})];(") != kNone;
}

// `{"a": ..., "b": ...}` in one line, or a line of it.
int JudgeData(std::string_view line) {
  const bool whole = (line.front() == '{' && line.back() == '}') || (line.front() == '[' && line.back() == ']');
  size_t keys = 0;
  for (size_t at = line.find("\":"); at != kNone; at = line.find("\":", at + 2)) ++keys;
  for (size_t at = line.find("\" :"); at != kNone; at = line.find("\" :", at + 2)) ++keys;
  if (whole) return keys >= 2 ? kSurely : 0;
  return line.front() == '"' && keys > 0 && std::string_view(",{[\"}]").find(line.back()) != kNone ? 1 : 0;
}

bool HoldsRawElement(std::string_view line) {
  if (line.find('<') == kNone) return false;
  return Has(line, "<script") || Has(line, "</script") || Has(line, "<style") || Has(line, "</style");
}

CodeLine JudgeStyle(std::string_view line) {
  CodeLine found;
  found.web = true;
  const size_t end = ReadStyleRules(line, 0);
  if (end > 0 && Trim(line.substr(end)).find_first_not_of("} ") == kNone) {
    found.is_code = true;
    found.strength = kSurely;
  } else if (OpensStyleRule(line)) {
    found.is_code = true;
    found.strength = 1;
    found.depth = 1;
  } else if (line.find('{') == kNone && AreDeclarations(line.substr(0, line.find('}')))) {
    found.is_code = true;
    found.strength = line.back() == ';' || line.back() == '}' ? 1 : 0;
    found.depth = line.back() == '}' ? -1 : 0;
  } else if (IsSelectorPart(line)) {
    found.is_code = true;
  }
  found.terse = found.is_code;
  return found;
}

bool NamesBrowser(std::string_view line) {
  for (const std::string_view name : {"var ", "function(", "function (", "function ", "document.", "window.", "$(", "$."})
    if (Has(line, name)) return true;
  return false;
}

bool EndsLikeCode(std::string_view line) {
  if (std::string_view(";{},([").find(line.back()) != kNone) return true;
  for (const std::string_view end : {"//]]>", "-->", "*/", "});", "})", "])"})
    if (line.size() > end.size() && line.substr(line.size() - end.size()) == end) return true;
  return false;
}

}  // namespace

CodeLine JudgeCodeLine(std::string_view raw) {
  CodeLine found;
  const std::string_view line = SkipLeadingComment(Trim(raw));
  if (line.empty() || HoldsRawElement(line)) return found;
  found = JudgeStyle(line);
  if (found.is_code) return found;
  const Shape shape = ShapeReader(line).Read();
  found.web = false;
  found.depth = shape.depth;
  found.terse = shape.words_in_a_row <= kMaxWordsInARow;
  if (IsCommentLine(line) || IsClosers(line)) {
    found.is_code = true;
    found.strength = StartsWith(line, "//<![") ? 1 : 0;
    found.web = found.strength > 0;
    return found;
  }
  if (!found.terse) return found;
  int strength = 0;
  if (const int data = JudgeData(line); data > 0) {
    strength = data;
    found.web = true;
  } else if (EndsLikeCode(line)) {
    strength = JudgeStart(line);
    if (strength == 0 && line.front() == '}') strength = 1;
    found.web = strength > 0 && NamesBrowser(line);
  }
  if (strength > 0 && NamesPageScript(line)) {
    strength = kPage;
    found.web = true;
  }
  found.is_code = strength > 0;
  found.strength = strength;
  return found;
}

namespace {

// After the last sentence end before `at`, or the line's beginning.
size_t SentenceBegin(std::string_view line, size_t at) {
  for (size_t i = at; i > 1; --i) {
    if (line[i - 1] != ' ') continue;
    const size_t before = line.find_last_not_of(' ', i - 1);
    if (before != kNone &&
        (std::string_view(".!?:\"'").find(line[before]) != kNone || static_cast<unsigned char>(line[before]) >= 0x80))
      return i;
  }
  return 0;
}

bool IsSentence(std::string_view rest) {
  rest = Trim(rest);
  return rest.empty() || (rest.find_first_of("{}=;") == kNone && !JudgeCodeLine(rest).is_code && IsLetterByte(rest[0]));
}

}  // namespace

std::optional<Span> FindCodeInside(std::string_view line) {
  const size_t brace = line.find('{');
  if (brace != kNone) {
    const size_t begin = SentenceBegin(line, brace);
    const size_t end = ReadStyleRules(line, begin);
    if (end > begin && IsSentence(line.substr(end))) return Span{begin, end};
  }
  const size_t mark = line.find_first_of("(=");
  if (mark == kNone || !NamesPageScript(line)) return std::nullopt;
  // `. (adsbygoogle = ...`: the parenthesis is the script's.
  const size_t begin = SentenceBegin(line, mark);
  const size_t last = line.find_last_of(";})");
  if (begin == 0 || last == kNone || last <= begin) return std::nullopt;
  const std::string_view code = line.substr(begin, last + 1 - begin);
  if (JudgeCodeLine(code).strength < kPage || !IsSentence(line.substr(last + 1))) return std::nullopt;
  return Span{begin, last + 1};
}

}  // namespace garner::html_cleaner
