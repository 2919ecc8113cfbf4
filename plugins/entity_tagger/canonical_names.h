// The canonical names of a document, each held once, by number.
//
//   CanonicalNames names;
//   uint32_t number = names.Number("Kenya");
//   std::string_view name = names[number];
//
// One thread. Views stay good for as long as the object.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace garner::entity_tagger {

class CanonicalNames {
 public:
  uint32_t Number(std::string_view name) {
    if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
    const auto number = static_cast<uint32_t>(names_.size());
    numbers_.emplace(names_.emplace_back(name), number);
    return number;
  }
  std::optional<uint32_t> Find(std::string_view name) const {
    const auto known = numbers_.find(name);
    return known == numbers_.end() ? std::nullopt : std::optional(known->second);
  }
  std::string_view operator[](uint32_t number) const { return names_[number]; }
  size_t size() const { return names_.size(); }

 private:
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, uint32_t> numbers_;
};

}  // namespace garner::entity_tagger
