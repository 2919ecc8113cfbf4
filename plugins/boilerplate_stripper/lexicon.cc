#include "lexicon.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

constexpr std::array<std::string_view, kKinds> kNames = {
    "",
    "donation_appeal",
    "platform_footer",
    "rating_widget",
    "share_buttons",
    "comment_form",
    "pager",
    "navigation",
    "embed_placeholder",
    "template_placeholder",
    "form_labels",
    "charity_statement",
    "cookie_notice",
    "newsletter",
    "copyright_footer",
    "related_items",
    "app_or_login_prompt",
    "promotion",
    "short_repeat",
    "outlet_voice",
    "outlet_business",
    "money_request",
    "reader_address",
};

// Longer lines are prose: no whole-line phrase is that long.
constexpr size_t kMaxLineWords = 16;
constexpr size_t kMaxWildcardWords = 6;

bool IsWordCharacter(char32_t c) {
  const auto value = static_cast<UChar32>(c);
  if (u_isalnum(value)) return true;
  const int8_t type = u_charType(value);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool WordsMatch(const std::vector<std::string>& pattern, size_t p, const std::string_view* words, size_t count, bool to_end) {
  for (; p < pattern.size(); ++p) {
    if (pattern[p] == "*") {
      for (size_t taken = 1; taken <= kMaxWildcardWords && taken <= count; ++taken)
        if (WordsMatch(pattern, p + 1, words + taken, count - taken, to_end)) return true;
      return false;
    }
    if (count == 0 || words[0] != pattern[p]) return false;
    ++words;
    --count;
  }
  return !to_end || count == 0;
}

}  // namespace

std::string_view KindName(Kind kind) { return kNames[static_cast<size_t>(kind)]; }

Kind KindNamed(std::string_view name) {
  for (size_t i = 1; i < kKinds; ++i)
    if (kNames[i] == name) return static_cast<Kind>(i);
  return Kind::kNone;
}

bool IsRule(Kind kind) { return kind != Kind::kNone && kind <= Kind::kShortRepeat; }

LineKey::LineKey(std::string_view text) {
  const std::string folded = FoldForComparison(text);
  bool in_word = false;
  bool in_number = false;
  std::vector<size_t> starts;
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    const std::string_view character = std::string_view(folded).substr(at, cp.size);
    at += cp.size;
    const bool digit = u_isdigit(static_cast<UChar32>(cp.value));
    if (!digit && !IsWordCharacter(cp.value)) {
      in_word = in_number = false;
      continue;
    }
    if (digit && !in_word) {
      const bool after_number = !starts.empty() && joined.back() == '#';
      if (!in_number && !after_number) {
        if (!joined.empty()) joined += ' ';
        starts.push_back(joined.size());
        joined += '#';
      }
      in_number = true;
      continue;
    }
    if (!in_word) {
      if (!joined.empty()) joined += ' ';
      starts.push_back(joined.size());
    }
    in_word = true;
    in_number = false;
    joined += character;
  }
  words.reserve(starts.size());
  for (size_t i = 0; i < starts.size(); ++i) {
    const size_t end = i + 1 < starts.size() ? starts[i + 1] - 1 : joined.size();
    words.push_back(std::string_view(joined).substr(starts[i], end - starts[i]));
  }
}

Status Lexicon::AddFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the lexicon cannot be read");
  std::stringstream bytes;
  bytes << in.rdbuf();
  return Add(bytes.str(), path);
}

Status Lexicon::Add(std::string_view text, const std::string& name) {
  if (!IsValidUtf8(text)) return Status(StatusKind::kConfig, name + ": a lexicon is UTF-8 text");
  Match match;
  Scope scope = Scope::kLine;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = Trim(text.substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.empty() || line[0] == ';') continue;
    const std::string place = name + ":" + std::to_string(number) + ": ";
    if (line[0] != '[') {
      if (match.kind == Kind::kNone) return Status(StatusKind::kConfig, place + "a phrase before the first [section]");
      AddPhrase(line, match, scope);
      continue;
    }
    if (line.back() != ']') return Status(StatusKind::kConfig, place + "a section has no closing ']'");
    const std::string_view head = Trim(line.substr(1, line.size() - 2));
    const size_t space = std::min(head.find(' '), head.size());
    const std::string_view how = Trim(head.substr(space));
    match.kind = KindNamed(head.substr(0, space));
    if (match.kind == Kind::kNone)
      return Status(StatusKind::kConfig, place + "unknown section '" + std::string(head.substr(0, space)) + "'");
    if (how != "" && how != "weak" && how != "part")
      return Status(StatusKind::kConfig,
                    place + "'" + std::string(how) + "' after a section's name; 'weak' and 'part' are accepted");
    match.strength = how == "weak" ? Strength::kWeak : Strength::kStrong;
    scope = how == "part" ? Scope::kPart : Scope::kLine;
  }
  return OkStatus();
}

void Lexicon::AddPhrase(std::string_view phrase, Match match, Scope scope) {
  // A wildcard goes through the folding as a letter that no phrase has.
  constexpr std::string_view kStandIn = "\U00010330";
  std::string prepared;
  for (const char c : phrase) {
    if (c == '*') {
      prepared += kStandIn;
    } else {
      prepared += c == '#' ? '0' : c;
    }
  }
  const LineKey key(prepared);
  // A bare number or wildcard says nothing.
  const bool says_something =
      std::any_of(key.words.begin(), key.words.end(), [&](std::string_view word) { return word != "#" && word != kStandIn; });
  if (!says_something) return;
  Pattern pattern{{}, match};
  for (const std::string_view word : key.words) pattern.words.emplace_back(word == kStandIn ? "*" : word);
  if (scope == Scope::kPart) {
    parts_[pattern.words.front()].push_back(pattern);
    return;
  }
  if (key.joined.find(kStandIn) == std::string::npos) {
    Match& at = lines_[key.joined];
    if (at.strength < match.strength) at = match;
    return;
  }
  const std::string& index = pattern.words.front() == "*" ? pattern.words.back() : pattern.words.front();
  wildcards_[index].push_back(pattern);
}

Match Lexicon::MatchLine(const LineKey& line) const {
  const size_t count = line.words.size();
  if (count == 0 || count > kMaxLineWords) return {};
  if (const Match match = MatchWords(line.joined, line.words.data(), count); match.kind != Kind::kNone) return match;
  const std::string_view joined = line.joined;
  if (count > 1 && line.words.back() == "#") return MatchWords(joined.substr(0, joined.size() - 2), line.words.data(), count - 1);
  if (count > 1 && line.words.front() == "#") return MatchWords(joined.substr(2), line.words.data() + 1, count - 1);
  return {};
}

Match Lexicon::MatchWords(std::string_view joined, const std::string_view* words, size_t count) const {
  const auto found = lines_.find(std::string(joined));
  if (found != lines_.end()) return found->second;
  return MatchWildcards(words, count);
}

Match Lexicon::MatchWildcards(const std::string_view* words, size_t count) const {
  for (const std::string_view index : {words[0], words[count - 1]}) {
    const auto found = wildcards_.find(std::string(index));
    if (found == wildcards_.end()) continue;
    for (const Pattern& pattern : found->second)
      if (WordsMatch(pattern.words, 0, words, count, true)) return pattern.match;
  }
  return {};
}

void Lexicon::CountParts(const LineKey& line, KindCounts& counts) const {
  for (size_t i = 0; i < line.words.size(); ++i) {
    const auto found = parts_.find(std::string(line.words[i]));
    if (found == parts_.end()) continue;
    for (const Pattern& pattern : found->second)
      if (WordsMatch(pattern.words, 0, &line.words[i], line.words.size() - i, false))
        ++counts[static_cast<size_t>(pattern.match.kind)];
  }
}

}  // namespace garner::boilerplate_stripper
