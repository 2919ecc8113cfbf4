#include "elements.h"

#include <algorithm>

#include "ascii.h"

namespace garner::html {
namespace {

struct Known {
  std::string_view name;
  uint32_t traits;
};

#define GARNER_HTML_ROW(identifier, name, traits) {name, traits},
constexpr Known kKnownElements[] = {GARNER_HTML_ELEMENTS(GARNER_HTML_ROW)};
#undef GARNER_HTML_ROW

}  // namespace

uint32_t TraitsOf(ElementId id) { return id < tag::kKnown ? kKnownElements[id].traits : 0; }

ElementNames::ElementNames() {
  ids_.reserve(2 * tag::kKnown);
  for (const Known& known : kKnownElements) {
    names_.emplace_back(known.name);
    ids_.emplace(names_.back(), static_cast<ElementId>(names_.size() - 1));
  }
}

ElementId ElementNames::Find(std::string_view name) {
  char lowered[kMaxNameBytes];
  const size_t size = std::min(name.size(), kMaxNameBytes);
  for (size_t i = 0; i < size; ++i) lowered[i] = IsAlphanumeric(name[i]) || name[i] == ':' || name[i] == '_' ? Lower(name[i]) : '-';
  const std::string_view key(lowered, size);
  if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
  if (names_.size() >= tag::kKnown + kMaxUnknown) return static_cast<ElementId>(names_.size() - 1);
  names_.emplace_back(key);
  ids_.emplace(names_.back(), static_cast<ElementId>(names_.size() - 1));
  return static_cast<ElementId>(names_.size() - 1);
}

}  // namespace garner::html
