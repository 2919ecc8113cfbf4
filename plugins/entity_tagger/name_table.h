// Names and what they stand for, written as one string: "USD=dollar,dollars;EUR=euro,euros".
//
//   static const NameTable names("USD=dollar,dollars;EUR=euro,euros");
//   names.Find(token.hash);   // "USD"; empty for any other
//
// The string must outlive the table. Safe to read from several threads.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "fold.h"

namespace garner::entity_tagger {

class NameTable {
 public:
  explicit NameTable(std::string_view groups) {
    while (!groups.empty()) {
      const size_t end = groups.find(';');
      AddGroup(groups.substr(0, end));
      if (end == std::string_view::npos) break;
      groups.remove_prefix(end + 1);
    }
  }
  std::string_view Find(uint64_t hash) const {
    const auto at = values_.find(hash);
    return at == values_.end() ? std::string_view() : at->second;
  }

 private:
  void AddGroup(std::string_view group) {
    const size_t equals = group.find('=');
    const std::string_view value = group.substr(0, equals);
    group.remove_prefix(equals + 1);
    while (true) {
      const size_t comma = group.find(',');
      values_.emplace(Hash(group.substr(0, comma)), value);
      if (comma == std::string_view::npos) return;
      group.remove_prefix(comma + 1);
    }
  }
  std::unordered_map<uint64_t, std::string_view> values_;
};

}  // namespace garner::entity_tagger
