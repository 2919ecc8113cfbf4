#include "lexicon.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "garner/hash.h"
#include "garner/utf8.h"

namespace garner::boilerplate_stripper {
namespace {

// Longer lines are prose: no whole-line phrase is that long.
constexpr size_t kMaxLineWords = 16;
constexpr size_t kMaxWildcardWords = 6;

// No word hashes to it but by a chance of one in 2^64.
constexpr uint64_t kWildcard = 0;

using Words = std::vector<uint64_t>;

bool WordsMatch(const Words& pattern, size_t p, const uint64_t* words, size_t count, bool to_end) {
  for (; p < pattern.size(); ++p) {
    if (pattern[p] == kWildcard) {
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

Result<std::string> ReadWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the lexicon cannot be read");
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

}  // namespace

Kind KindNamed(std::string_view name) {
  for (size_t i = 1; i < kKinds; ++i)
    if (KindName(static_cast<Kind>(i)) == name) return static_cast<Kind>(i);
  return Kind::kNone;
}

bool IsRule(Kind kind) { return kind != Kind::kNone && kind <= Kind::kTrainedModel; }

Result<std::shared_ptr<const Lexicon>> Lexicon::Load(const std::vector<std::string>& files) {
  std::vector<std::string> texts;
  std::string all;
  for (const std::string& file : files) {
    Result<std::string> text = ReadWhole(file);
    if (!text.ok()) return text.status();
    all += file + '\0' + *text + '\0';
    texts.push_back(*std::move(text));
  }
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const Lexicon>> loaded;  // every worker of a job loads the same
  const std::lock_guard<std::mutex> lock(mutex);
  std::weak_ptr<const Lexicon>& known = loaded[Sha256Hex(all)];
  if (std::shared_ptr<const Lexicon> shared = known.lock()) return shared;
  const auto lexicon = std::make_shared<Lexicon>();
  for (size_t i = 0; i < files.size(); ++i)
    if (Status status = lexicon->Add(texts[i], files[i]); !status.ok()) return status;
  known = lexicon;
  return std::shared_ptr<const Lexicon>(lexicon);
}

Status Lexicon::Add(std::string_view text, const std::string& name) {
  if (!IsValidUtf8(text)) return Status(StatusKind::kConfig, name + ": a lexicon is UTF-8 text");
  Match match;
  Scope scope = Scope::kLine;
  LineKey key;
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
      AddPhrase(line, match, scope, key);
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

void Lexicon::AddPhrase(std::string_view phrase, Match match, Scope scope, LineKey& key) {
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
  static const uint64_t stand_in = WordHash(kStandIn);
  static const uint64_t number = WordHash("#");
  key.Read(prepared);
  Pattern pattern{{}, 0, match};
  bool says_something = false;
  bool has_wildcard = false;
  size_t longest = 0;
  std::string_view rest = key.joined();
  for (size_t i = 0; i < key.hashes().size(); ++i) {
    const uint64_t hash = key.hashes()[i];
    const bool wildcard = hash == stand_in;
    says_something = says_something || (!wildcard && hash != number);
    // The longest word is mostly the rarest. Behind a wildcard the distance to the first word is not known.
    const size_t size = std::min(rest.find(' '), rest.size());
    rest.remove_prefix(std::min(size + 1, rest.size()));
    if (!has_wildcard && !wildcard && size > longest) {
      pattern.anchor = i;
      longest = size;
    }
    has_wildcard = has_wildcard || wildcard;
    pattern.words.push_back(wildcard ? kWildcard : hash);
  }
  // A bare number or wildcard says nothing.
  if (!says_something) return;
  if (scope == Scope::kPart) {
    const uint64_t anchor = pattern.words[pattern.anchor];
    anchors_.Add(anchor);
    parts_[anchor].push_back(std::move(pattern));
  } else if (has_wildcard) {
    const uint64_t end = pattern.words.front() == kWildcard ? pattern.words.back() : pattern.words.front();
    ends_.Add(end);
    wildcards_[end].push_back(std::move(pattern));
  } else {
    const uint64_t hash = PhraseHash(pattern.words.data(), pattern.words.size());
    phrases_.Add(hash);
    Match& at = lines_[hash];
    if (at.strength < match.strength) at = match;
  }
}

Match Lexicon::MatchLine(const LineKey& line) const { return MatchCounted(line.hashes().data(), line.hashes().size()); }

Match Lexicon::MatchLineAndMore(const LineKey& line) const {
  constexpr uint64_t kNoPhraseHasIt = 1;
  std::array<uint64_t, kMaxLineWords> words{};
  const size_t count = line.hashes().size();
  if (count >= words.size()) return {};
  std::copy(line.hashes().begin(), line.hashes().end(), words.begin());
  words[count] = kNoPhraseHasIt;
  return MatchCounted(words.data(), count + 1);
}

Match Lexicon::MatchCounted(const uint64_t* words, size_t count) const {
  static const uint64_t number = WordHash("#");
  if (count == 0 || count > kMaxLineWords) return {};
  if (const Match match = MatchWords(words, count); match.kind != Kind::kNone) return match;
  if (count > 1 && words[count - 1] == number) return MatchWords(words, count - 1);
  if (count > 1 && words[0] == number) return MatchWords(words + 1, count - 1);
  return {};
}

Match Lexicon::MatchWords(const uint64_t* words, size_t count) const {
  const uint64_t hash = PhraseHash(words, count);
  if (phrases_.MayHold(hash))
    if (const auto found = lines_.find(hash); found != lines_.end()) return found->second;
  return MatchWildcards(words, count);
}

Match Lexicon::MatchWildcards(const uint64_t* words, size_t count) const {
  for (const uint64_t end : {words[0], words[count - 1]}) {
    if (!ends_.MayHold(end)) continue;
    const auto found = wildcards_.find(end);
    if (found == wildcards_.end()) continue;
    for (const Pattern& pattern : found->second)
      if (WordsMatch(pattern.words, 0, words, count, true)) return pattern.match;
  }
  return {};
}

bool Lexicon::CountParts(const LineKey& line, KindCounts& counts) const {
  const std::vector<uint64_t>& words = line.hashes();
  bool any = false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!anchors_.MayHold(words[i])) continue;
    const auto found = parts_.find(words[i]);
    if (found == parts_.end()) continue;
    for (const Pattern& pattern : found->second) {
      if (pattern.anchor > i) continue;
      const size_t begin = i - pattern.anchor;
      if (!WordsMatch(pattern.words, 0, &words[begin], words.size() - begin, false)) continue;
      ++counts[static_cast<size_t>(pattern.match.kind)];
      any = true;
    }
  }
  return any;
}

bool Lexicon::HasPartAtAnEnd(const LineKey& line, Kind kind) const {
  const auto is_part = [&](uint64_t word) {
    const auto found = parts_.find(word);
    return found != parts_.end() && std::any_of(found->second.begin(), found->second.end(), [&](const Pattern& pattern) {
             return pattern.match.kind == kind && pattern.words.size() == 1;
           });
  };
  return !line.hashes().empty() && (is_part(line.hashes().front()) || is_part(line.hashes().back()));
}

}  // namespace garner::boilerplate_stripper
