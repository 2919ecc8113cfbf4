#include "glob.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::files {
namespace {

// Matches text against a pattern of elements where one kind, the star, takes any stretch. `one(p, t)` compares the element at p with
// the text at t and advances both. Going back only to the last star is enough, and keeps the time at pattern times text.
template <typename IsStar, typename One>
bool MatchWithStars(size_t pattern_size, size_t text_size, IsStar is_star, One one) {
  size_t p = 0;
  size_t t = 0;
  bool starred = false;
  size_t star_p = 0;
  size_t star_t = 0;
  while (true) {
    if (p < pattern_size && is_star(p)) {
      starred = true;
      star_p = ++p;
      star_t = t;
      continue;
    }
    if (t == text_size && p == pattern_size) return true;
    if (t < text_size && p < pattern_size && one(p, t)) continue;
    if (!starred || star_t >= text_size) return false;
    p = star_p;
    t = ++star_t;
  }
}

// One past the ']' that closes the set at pattern[at] == '[', or npos: then the bracket stands for itself.
size_t SetEnd(std::string_view pattern, size_t at) {
  size_t i = at + 1;
  if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) ++i;
  if (i < pattern.size() && pattern[i] == ']') ++i;
  const size_t close = pattern.find(']', i);
  return close == std::string_view::npos ? close : close + 1;
}

bool InSet(std::string_view set, char32_t value) {
  size_t at = 1;
  const bool negated = at < set.size() && (set[at] == '!' || set[at] == '^');
  at += negated;
  bool in = false;
  while (at + 1 < set.size()) {
    const CodePoint low = NextCodePoint(set, at);
    at += low.size;
    char32_t high = low.value;
    if (at + 2 < set.size() && set[at] == '-') {
      const CodePoint end = NextCodePoint(set, at + 1);
      high = end.value;
      at += 1 + end.size;
    }
    in = in || (low.value <= value && value <= high);
  }
  return in != negated;
}

// Compares one element of a name pattern and advances; `p` and `t` stay where they are on failure.
bool MatchCharacter(std::string_view pattern, std::string_view text, size_t& p, size_t& t) {
  const CodePoint cp = NextCodePoint(text, t);
  if (pattern[p] == '?') {
    ++p;
    t += cp.size;
    return true;
  }
  if (const size_t end = pattern[p] == '[' ? SetEnd(pattern, p) : std::string_view::npos; end != std::string_view::npos) {
    if (!InSet(pattern.substr(p, end - p), cp.value)) return false;
    p = end;
    t += cp.size;
    return true;
  }
  const size_t literal = pattern[p] == '\\' && p + 1 < pattern.size() ? p + 1 : p;
  if (pattern[literal] != text[t]) return false;
  p = literal + 1;
  ++t;
  return true;
}

bool MatchesName(std::string_view pattern, std::string_view name) {
  return MatchWithStars(
      pattern.size(), name.size(), [&](size_t p) { return pattern[p] == '*'; }, [&](size_t& p, size_t& t) { return MatchCharacter(pattern, name, p, t); });
}

}  // namespace

bool HasWildcard(std::string_view text) { return text.find_first_of("*?[") != std::string_view::npos; }

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> names;
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    if (end > at) names.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

bool MatchesPath(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  return MatchWithStars(
      pattern.size(), path.size(), [&](size_t p) { return pattern[p] == "**"; },
      [&](size_t& p, size_t& t) {
        if (!MatchesName(pattern[p], path[t])) return false;
        ++p;
        ++t;
        return true;
      });
}

bool MayMatchBelow(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  for (size_t i = 0; i < path.size(); ++i) {
    if (i >= pattern.size()) return false;
    if (pattern[i] == "**") return true;
    if (!MatchesName(pattern[i], path[i])) return false;
  }
  return path.size() < pattern.size();
}

bool MatchesGlob(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == std::string_view::npos) return MatchesName(pattern, path.substr(path.rfind('/') + 1));
  return MatchesPath(SplitPath(pattern), SplitPath(path));
}

}  // namespace garner::files
