// Where a field stands in a record, and what the fields are for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"

namespace garner::jsonl_reader {

// The names on the way from the record to the field.
using FieldPath = std::vector<std::string>;

// "page.text" is {"page", "text"}. A dot that belongs to a name has a backslash before it: "dc\.title".
FieldPath ParsePath(std::string_view written);

// A key of the metadata and the field that holds its value.
struct Mapping {
  std::string key;
  FieldPath path;
};

// Of "KEY=FIELD" each; the usual names where there are none. Fails with kConfig.
Result<std::vector<Mapping>> ParseMappings(const std::vector<std::string>& written);

}  // namespace garner::jsonl_reader
