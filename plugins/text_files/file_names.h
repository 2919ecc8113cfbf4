// Names for the files of documents: those of the input as far as they are safe, and no two alike.
//
//   FileNames names(".md");
//   names.Claim("news/a.html", id);    // "news/a.md"
//   names.Claim("news/a.txt", id2);    // "news/a-<id2>.md"
//
// The same claims in the same order give the same names. One thread.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner::text_files {

// Longer parts of a path are cut (file systems take 255 bytes, and id and suffix follow); deeper paths keep their last parts.
inline constexpr size_t kMaxNameBytes = 100;
inline constexpr size_t kMaxDepth = 16;

// Where a document comes from, as one path: uri, path inside containers, record key.
std::string OriginPath(const v1::PayloadInfo& info);

// One part of a path made safe: no control, separator or reserved character, not hidden, never "." or "..", of limited length,
// valid UTF-8, never empty.
std::string SafeName(std::string_view part);

class FileNames {
 public:
  explicit FileNames(std::string suffix) : suffix_(std::move(suffix)) {}

  // A relative path that no other claim has, and that is no folder of another claim.
  std::string Claim(std::string_view origin, std::string_view id);
  // Claims exactly this path, which an earlier process was given; false where it, or what it needs, has been claimed.
  bool Take(const std::string& path);

 private:

  std::string suffix_;
  std::set<std::string> files_;
  std::set<std::string> folders_;
};

}  // namespace garner::text_files
