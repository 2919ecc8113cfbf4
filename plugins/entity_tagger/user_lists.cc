#include "user_lists.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>

#include "fields.h"
#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kChunk = size_t{64} << 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Status Bad(const std::string& place, const std::string& what) { return Status(StatusKind::kConfig, place + ": " + what); }

// The key of a run of tokens grows by one.
uint64_t Longer(uint64_t key, std::string_view text, const Token& token, bool first) {
  uint64_t hash = token.hash;
  if (token.type == Token::kPossessive)
    hash = Hash(token.mark == '"' ? "'" : "'s");
  else if (token.type == Token::kPunctuation)
    hash = token.mark != '\0' ? Hash(std::string_view(&token.mark, 1)) : Hash(View(text, token));
  key = (key ^ (hash + (token.space_before && !first ? 1 : 0))) * 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 32);
}

// Which letters of a word are capitals; marks inside it and soft hyphens do not count.
struct Capitals {
  uint64_t pattern = kHashSeed;
  size_t count = 0;
};

Capitals CapitalsOf(std::string_view word) {
  Capitals capitals;
  for (size_t at = 0; at < word.size();) {
    const CodePoint cp = NextCodePoint(word, at);
    at += cp.size;
    const auto letter = static_cast<UChar32>(cp.value);
    const bool upper = u_isUUppercase(letter) != 0;
    if (u_charType(letter) == U_FORMAT_CHAR || u_charType(letter) == U_NON_SPACING_MARK) continue;
    capitals.count += upper ? 1 : 0;
    capitals.pattern = Hash(upper ? "X" : "x", capitals.pattern);
  }
  return capitals;
}

// `left`: how many of the bytes that all lists may have are left.
Result<std::string> ReadFile(const std::string& path, uint64_t left, uint64_t max_bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the list cannot be read");
  std::string content;
  while (in && content.size() <= left) {
    const size_t before = content.size();
    content.resize(before + kChunk);
    in.read(content.data() + before, static_cast<std::streamsize>(kChunk));
    content.resize(before + static_cast<size_t>(in.gcount()));
  }
  if (content.size() > left)
    return Status(StatusKind::kLimit, path + ": more than the lists may have together, " + std::to_string(max_bytes >> 20) +
                                          " MiB (option max_lists_mb)");
  return content;
}

}  // namespace

Result<std::shared_ptr<const UserLists>> UserLists::Load(const std::vector<UserListFile>& files, uint64_t max_bytes) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const UserLists>> loaded;
  std::string key = std::to_string(max_bytes);
  for (const UserListFile& file : files)
    key += '\n' + file.path + '\t' + file.label + '\t' + std::to_string(file.canonical_column);
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::shared_ptr<const UserLists> shared = loaded[key].lock()) return shared;

  auto lists = std::make_shared<UserLists>();
  uint64_t left = max_bytes;
  for (const UserListFile& file : files) {
    const Result<std::string> content = ReadFile(file.path, left, max_bytes);
    if (!content.ok()) return content.status();
    left -= content->size();
    if (Status s = lists->Add(file, *content); !s.ok()) return s;
  }
  loaded[key] = lists;
  return std::shared_ptr<const UserLists>(std::move(lists));
}

Status UserLists::Add(const UserListFile& file, std::string_view content) {
  if (content.substr(0, kByteOrderMark.size()) == kByteOrderMark) content.remove_prefix(kByteOrderMark.size());
  for (size_t number = 1; !content.empty(); ++number) {
    std::string_view line = NextField(content, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::string place = file.path + ":" + std::to_string(number);
    if (!IsValidUtf8(line)) return Bad(place, "not valid UTF-8; a list is a text in UTF-8");
    if (Trim(line).empty() || line.front() == '#') continue;
    std::string_view rest = line;
    const std::string_view name = Trim(NextField(rest, '\t'));
    std::string_view canonical = name;
    for (uint32_t column = 2; column <= file.canonical_column; ++column) {
      if (rest.empty())
        return Bad(place, std::to_string(column - 1) + (column == 2 ? " column" : " columns") + ", and canonical_column is " +
                              std::to_string(file.canonical_column) + "; as many columns with tabs between are wanted");
      canonical = Trim(NextField(rest, '\t'));
    }
    if (canonical.empty()) return Bad(place, "no canonical name in column " + std::to_string(file.canonical_column));
    if (Status s = AddEntry(file, place, name, canonical); !s.ok()) return s;
  }
  return OkStatus();
}

uint32_t UserLists::StringNumber(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto number = static_cast<uint32_t>(strings_.size());
  numbers_.emplace(strings_.emplace_back(text), number);
  return number;
}

Status UserLists::AddEntry(const UserListFile& file, const std::string& place, std::string_view name,
                           std::string_view canonical) {
  Tokens tokens;
  Tokenize(name, {0, name.size()}, tokens);
  const auto word = [](const Token& token) { return token.type == Token::kWord || token.type == Token::kNumber; };
  if (std::none_of(tokens.begin(), tokens.end(), word))
    return Bad(place, "a name with a letter or digit in it is wanted, in the first column");
  if (tokens.size() > kLongestEntry)
    return Bad(place, std::to_string(tokens.size()) + " words, numbers and marks; names of up to " +
                          std::to_string(kLongestEntry) + " are accepted");

  Entry entry;
  entry.label = StringNumber(file.label);
  entry.canonical = StringNumber(canonical);
  entry.capitals = static_cast<uint32_t>(capitals_.size());
  uint64_t key = kHashSeed;
  for (const Token& token : tokens) {
    const Capitals capitals = CapitalsOf(View(name, token));
    capitals_.push_back(capitals.count == 0 ? kAny : (capitals.count == 1 && token.capital ? kFirst : capitals.pattern | 2));
    if (&token != &tokens.front()) nodes_[key].longer = true;
    key = Longer(key, name, token, &token == &tokens.front());
  }
  Node& node = nodes_[key];
  if (Same(node, entry.capitals, tokens.size())) {
    capitals_.resize(entry.capitals);  // the first one given counts
    return OkStatus();
  }
  entries_.push_back(entry);
  const auto number = static_cast<uint32_t>(entries_.size());
  (node.entry == 0 ? node.entry : entries_[node.last - 1].next) = number;
  node.last = number;
  return OkStatus();
}

// Whether an entry of the node asks for the same capitals as those at `capitals`.
bool UserLists::Same(const Node& node, uint32_t capitals, size_t count) const {
  const auto asked = [&](uint32_t begin) { return capitals_.begin() + static_cast<std::ptrdiff_t>(begin); };
  for (uint32_t number = node.entry; number != 0; number = entries_[number - 1].next)
    if (std::equal(asked(capitals), asked(capitals) + static_cast<std::ptrdiff_t>(count), asked(entries_[number - 1].capitals)))
      return true;
  return false;
}

const UserLists::Entry* UserLists::Fitting(const Node& node, std::string_view text, const Token* first, size_t count) const {
  for (uint32_t number = node.entry; number != 0; number = entries_[number - 1].next) {
    const Entry& entry = entries_[number - 1];
    bool fits = true;
    for (size_t k = 0; k < count && fits; ++k) {
      const uint64_t asked = capitals_[entry.capitals + k];
      if (asked == kFirst)
        fits = first[k].capital;
      else if (asked != kAny)
        fits = first[k].all_caps || (CapitalsOf(View(text, first[k])).pattern | 2) == asked;
    }
    if (fits) return &entry;
  }
  return nullptr;
}

std::vector<Name> UserLists::Find(std::string_view text, const Tokens& tokens) const {
  std::vector<Name> names;
  for (size_t i = 0; i < tokens.size();) {
    const Entry* best = nullptr;
    size_t end = i + 1;
    uint64_t key = kHashSeed;
    for (size_t at = i; at < tokens.size() && at < i + kLongestEntry; ++at) {
      key = Longer(key, text, tokens[at], at == i);
      const auto node = nodes_.find(key);
      if (node == nodes_.end()) break;
      if (const Entry* entry = Fitting(node->second, text, &tokens[i], at + 1 - i)) {
        best = entry;
        end = at + 1;
      }
      if (!node->second.longer) break;
    }
    if (best != nullptr) {
      Name name{i, end, strings_[best->label], strings_[best->canonical], 1.0F};
      name.own = true;
      names.push_back(name);
    }
    i = end;
  }
  return names;
}

}  // namespace garner::entity_tagger
