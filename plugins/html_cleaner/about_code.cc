#include "about_code.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>

#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

constexpr int kEnough = 2;

// Folded. Each of them is about programming wherever it stands.
constexpr std::string_view kStrong[] = {
    "api",      "apis",          "bash",       "c#",          "c++",        "codeblock",  "compiler", "css",     "css3",
    "debugger", "django",        "ecmascript", "es6",         "frontend",   "gcc",        "git",      "github",  "gitlab",
    "golang",   "html",          "html5",      "http",        "javascript", "jquery",     "js",       "json",    "jsx",
    "kotlin",   "latex",         "lodash",     "markdown",    "mysql",      "node.js",    "npm",      "perl",    "php",
    "plugin",   "plugins",       "postgres",   "postgresql",  "powershell", "python",     "regex",    "regexp",  "scss",
    "sql",      "stackoverflow", "stylesheet", "stylesheets", "svg",        "typescript", "vue",      "webpack", "xhtml",
    "xml",      "yaml",          "вёрстка",    "джаваскрипт", "компилятор", "питон",      "фронтенд"};

// Beginnings of words that are about programming where several of them stand.
constexpr std::string_view kWeak[] = {
    "algorithm", "array",         "attribut",    "browser",          "code",      "código",      "coding",       "console",
    "datei",     "develop",       "entwickl",    "feuille de style", "fonction",  "function",    "función",      "funktion",
    "java",      "linux",         "loop",        "método",           "parameter", "paramètre",   "programación", "programador",
    "programar", "programmation", "programmer",  "programmeur",      "programmi", "programming", "quellcode",    "quelltext",
    "react",     "script",        "selector",    "selektor",         "server",    "shell",       "snippet",      "software",
    "syntax",    "sélecteur",     "template",    "terminal",         "variable",  "website",     "widget",       "wordpress",
    "алгоритм",  "бағдарламал",   "бағдарламас", "верстк",           "айнымалы",  "атрибут",     "код",          "массив",
    "параметр",  "переменн",      "программир",  "скрипт",           "стил",      "style sheet", "функци",       "шаблон"};

// "Enable", "activate", "switch on", folded beginnings.
constexpr std::string_view kEnable[] = {"enable",  "disable", "turn on", "activ", "aktiv",
                                        "habilit", "включ",   "отключ",  "қос",   "require"};

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Words by their first byte: of all words of a text few begin like one of these.
template <size_t count>
class WordsByFirstByte {
 public:
  constexpr explicit WordsByFirstByte(const std::string_view (&words)[count]) {
    std::copy(std::begin(words), std::end(words), words_.begin());
    std::sort(words_.begin(), words_.end());
    for (size_t i = count; i-- > 0;) first_[Byte(words_[i])] = static_cast<uint8_t>(i);
    for (size_t i = 0; i < count; ++i) end_[Byte(words_[i])] = static_cast<uint8_t>(i + 1);
  }

  // `fits` is true of one of those that begin with this byte.
  template <typename Fits>
  bool AnyOf(char begin, Fits&& fits) const {
    const auto byte = static_cast<unsigned char>(begin);
    return std::any_of(words_.begin() + first_[byte], words_.begin() + end_[byte], fits);
  }

 private:
  static_assert(count < 256);
  static constexpr size_t Byte(std::string_view word) { return static_cast<unsigned char>(word[0]); }

  std::array<std::string_view, count> words_{};
  std::array<uint8_t, 256> first_{};
  std::array<uint8_t, 256> end_{};
};

constexpr WordsByFirstByte kStrongWords(kStrong);
constexpr WordsByFirstByte kWeakStems(kWeak);

bool IsStrong(std::string_view word) {
  return kStrongWords.AnyOf(word[0], [word](std::string_view strong) { return strong == word; });
}

// The word that begins at `from`, or several where the stem has spaces.
bool IsWeak(std::string_view from) {
  return kWeakStems.AnyOf(from[0], [from](std::string_view stem) { return from.substr(0, stem.size()) == stem; });
}

bool DemandsScripts(std::string_view folded) {
  return folded.size() < 300 && folded.find("javascript") != std::string_view::npos &&
         std::any_of(std::begin(kEnable), std::end(kEnable),
                     [&](std::string_view word) { return folded.find(word) != std::string_view::npos; });
}

}  // namespace

ProgrammingWords ProgrammingWordCounter::Count(std::string_view text) {
  FoldForComparison(text, folded_);
  ProgrammingWords found;
  if (DemandsScripts(folded_)) return found;
  const std::string_view all = folded_;
  for (size_t at = 0; at < all.size();) {
    if (!IsWordByte(all[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < all.size() && IsWordByte(all[end])) ++end;
    // `c++`, `c#`, `node.js`
    size_t tail = end;
    while (tail < all.size() && tail - end < 2 && (all[tail] == '+' || all[tail] == '#')) ++tail;
    if (IsStrong(all.substr(at, tail - at)) && found.strong < kEnough) ++found.strong;
    if (IsWeak(all.substr(at)) && found.weak < kEnough) ++found.weak;
    at = end;
  }
  return found;
}

}  // namespace garner::html_cleaner
