// Names the payloads inside one payload, so that no two have the same container path and none can be taken for what is elsewhere.
//
//   ChildPaths paths(parent_info);
//   info.set_container_path(paths.Next("minutes.pdf"));   // "minutes.pdf", "letters/7.eml!/minutes.pdf"
//   info.set_container_path(paths.Next("minutes.pdf"));   // "minutes.pdf#2" ...
//
// Names come from outside: "!/" in one is written "!%2F", so that a path falls into its names in one way only. Which child has
// which name depends on their order alone. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "garner/v1/document.pb.h"

namespace garner {

// Where payloads inside this one stand. A record names itself by its key, what is inside it by the way there: "crawl.warc!/#1072".
std::string PathInside(const v1::PayloadInfo& parent);

class ChildPaths {
 public:
  explicit ChildPaths(const v1::PayloadInfo& parent);

  // Of the next child; `name` is valid UTF-8 and may be empty.
  std::string Next(std::string_view name);

 private:
  std::string prefix_;
  uint64_t count_ = 0;
  // Names that are taken, with the number that the next of the same name begins with.
  std::unordered_map<std::string, uint64_t> taken_;
};

}  // namespace garner
