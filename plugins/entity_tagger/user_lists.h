// The names that a user gives: whatever stands on these lists is marked before anything else is looked for.
//
//   Result<std::shared_ptr<const UserLists>> lists = UserLists::Load({{"job/products.tsv", "PRODUCT", 2}}, max_bytes);
//   std::vector<Name> names = (*lists)->Find(text, tokens);
//
// A file has a name a line, other columns behind tabs, comments behind '#' at the start of a line. The longest entry that begins
// at a word counts, of equal ones the first given. A small letter of an entry stands for both, a capital asks for one: "apple" is
// found in any case, "Apple" where it begins with a capital, "iPhone" and "UNO" as they are written or in a word all of capitals.
// Marks and spaces between words must be there; diacritics and kinds of apostrophes, hyphens and spaces do not matter.
//
// Load fails at the first line that is no entry and names it. Immutable, so safe from any thread; those who load the same files
// while they are in use share them.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "garner/status.h"
#include "scene.h"

namespace garner::entity_tagger {

struct UserListFile {
  std::string path;
  std::string label;
  uint32_t canonical_column = 0;  // 1: the name itself; 0: there is none, the name is its own canonical name
};

class UserLists {
 public:
  // An entry of more words, numbers and marks is refused.
  static constexpr size_t kLongestEntry = 32;

  // `max_bytes`: of all files together.
  static Result<std::shared_ptr<const UserLists>> Load(const std::vector<UserListFile>& files, uint64_t max_bytes);

  // Adds the entries of one file, given as its content; `file` stands in messages.
  Status Add(const UserListFile& file, std::string_view content);
  // In order of place, none overlapping. Linear in the tokens. Views of the names live as long as the lists.
  std::vector<Name> Find(std::string_view text, const Tokens& tokens) const;

 private:
  // What an entry asks of a word's capitals: kAny, kFirst, or the pattern of them all.
  enum : uint64_t { kAny = 0, kFirst = 1 };
  struct Entry {
    uint32_t label = 0;
    uint32_t canonical = 0;
    uint32_t capitals = 0;  // where its words begin in capitals_
    uint32_t next = 0;      // another one under the same key; 0: none
  };
  struct Node {
    uint32_t entry = 0;  // its number and 1; 0: only the beginning of others
    uint32_t last = 0;
    bool longer = false;  // others begin so
  };

  Status AddEntry(const UserListFile& file, const std::string& place, std::string_view name, std::string_view canonical);
  bool Same(const Node& node, uint32_t capitals, size_t count) const;
  const Entry* Fitting(const Node& node, std::string_view text, const Token* first, size_t count) const;
  uint32_t StringNumber(std::string_view text);

  std::unordered_map<uint64_t, Node> nodes_;
  std::vector<Entry> entries_;
  std::vector<uint64_t> capitals_;
  std::deque<std::string> strings_;
  std::unordered_map<std::string_view, uint32_t> numbers_;
};

}  // namespace garner::entity_tagger
