#include "core/manifest/ecma_pattern.h"

#include <algorithm>

namespace garner {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Copies an expression piece by piece; stops at the first piece that it does not know.
class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  std::optional<std::string> Run() {
    while (at_ < text_.size())
      if (!Piece()) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool Piece() {
    switch (text_[at_]) {
      case '\\':
        return Escape(false);
      case '[':
        return Class();
      case '(':
        return Group();
      case '{':
        return Counted();
      case '.':
        return Copy(1, "[^\n]");  // ECMAScript's leaves out more line ends
      case '}':
      case ']':
        return Copy(1, text_[at_] == '}' ? "\\}" : "\\]");  // literal in RE2; an error in ECMAScript's Unicode mode
      default:
        return Copy(1, text_.substr(at_, 1));
    }
  }

  bool Copy(size_t length, std::string_view as) {
    out_ += as;
    at_ += length;
    return true;
  }

  // Classes by their ASCII meaning, which is the only one that RE2 has; other readers have wider ones.
  bool Escape(bool in_class) {
    if (at_ + 1 >= text_.size()) return false;
    const char c = text_[at_ + 1];
    if (c == 'd') return Copy(2, in_class ? "0-9" : "[0-9]");
    if (c == 'w') return Copy(2, in_class ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
    if (c == 's') return Copy(2, in_class ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
    if (c == 'D' && !in_class) return Copy(2, "[^0-9]");
    if (c == 'W' && !in_class) return Copy(2, "[^0-9A-Za-z_]");
    if (c == 'S' && !in_class) return Copy(2, "[^\\t\\n\\f\\r ]");
    if (c == 't' || c == 'n' || c == 'r' || c == 'f') return Copy(2, text_.substr(at_, 2));
    // Of other characters ECMAScript's Unicode mode lets only its own signs be escaped.
    if (std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos) return Copy(2, text_.substr(at_, 2));
    if (c == '-') return Copy(2, in_class ? "\\-" : "-");
    if (IsAscii(c) && !IsLetter(c) && !IsDigit(c) && c != '_') return Copy(2, text_.substr(at_ + 1, 1));
    return false;
  }

  bool Class() {
    Copy(1, "[");
    if (at_ < text_.size() && text_[at_] == '^') Copy(1, "^");
    bool first = true;
    for (; at_ < text_.size(); first = false) {
      const char c = text_[at_];
      if (c == ']' && !first) return Copy(1, "]");
      if (c == '[' && at_ + 1 < text_.size() && text_[at_ + 1] == ':') return false;
      const bool sound = c == '\\'                ? Escape(true)
                         : (c == '[' || c == ']') ? Copy(1, std::string("\\") + c)
                                                  : Copy(1, text_.substr(at_, 1));
      if (!sound) return false;
    }
    return false;
  }

  bool Group() {
    const std::string_view rest = text_.substr(at_);
    if (rest.substr(0, 3) == "(?:") return Copy(3, "(?:");
    if (rest.substr(0, 2) == "(?") return false;
    return Copy(1, "(");
  }

  // "{2,5}"; anything else is literal in RE2.
  bool Counted() {
    const size_t end = text_.find('}', at_);
    const std::string_view inside = end == std::string_view::npos ? std::string_view() : text_.substr(at_ + 1, end - at_ - 1);
    const bool counts = !inside.empty() && IsDigit(inside[0]) && std::count(inside.begin(), inside.end(), ',') <= 1 &&
                        std::all_of(inside.begin(), inside.end(), [](char c) { return IsDigit(c) || c == ','; });
    if (!counts) return Copy(1, "\\{");
    return Copy(inside.size() + 2, text_.substr(at_, inside.size() + 2));
  }

  const std::string_view text_;
  size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::string> EcmaPattern(std::string_view re2) {
  const std::optional<std::string> translated = Translator(re2).Run();
  if (!translated) return std::nullopt;
  return "^(?:" + *translated + ")$";
}

std::vector<std::string> PatternWords(std::string_view re2) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin <= re2.size();) {
    const size_t end = std::min(re2.find('|', begin), re2.size());
    const std::string_view word = re2.substr(begin, end - begin);
    const auto plain = [](char c) { return IsLetter(c) || IsDigit(c) || c == '_' || c == '-'; };
    if (word.empty() || !std::all_of(word.begin(), word.end(), plain)) return {};
    words.emplace_back(word);
    begin = end + 1;
  }
  return words;
}

std::string AnyCasePattern(const std::vector<std::string>& words) {
  std::string pattern;
  for (const std::string& word : words) {
    pattern += pattern.empty() ? "" : "|";
    for (const char c : word) {
      const char other = static_cast<char>(c ^ 0x20);
      pattern += IsLetter(c) ? std::string("[") + std::min(c, other) + std::max(c, other) + "]" : std::string(1, c);
    }
  }
  return "^(?:" + pattern + ")$";
}

}  // namespace garner
