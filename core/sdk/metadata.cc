#include "garner/metadata.h"

#include <algorithm>
#include <iterator>

namespace garner {

bool IsListKey(std::string_view key) {
  static constexpr std::string_view kListKeys[] = {"authors", "author_affiliations", "tags", "image_captions", "image_credits", "flags"};
  return std::find(std::begin(kListKeys), std::end(kListKeys), key) != std::end(kListKeys);
}

std::string_view ChosenValue(const v1::Document& document, std::string_view key) {
  for (const v1::Metadata& candidate : document.metadata())
    if (candidate.chosen() && candidate.key() == key) return candidate.value();
  return {};
}

std::vector<std::string_view> ChosenValues(const v1::Document& document, std::string_view key) {
  std::vector<std::string_view> values;
  for (const v1::Metadata& candidate : document.metadata())
    if (candidate.chosen() && candidate.key() == key) values.push_back(candidate.value());
  return values;
}

}  // namespace garner
