// The list of the files that a run wrote, a line each: so that an interrupted run goes on with the names it had given, and a later one
// knows what to remove.
//
//   garner text_files 1
//   90b1c5d8e2f3a417 5120 news/harbour.txt        hash and size of the content, name below the sink's folder
//
// Lists come back from the disk, where anybody may have changed them: what is read is checked. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"

namespace garner::text_files {

// What a file holds, as far as it takes to know it again.
struct Fingerprint {
  uint64_t size = 0;
  uint64_t hash = 0;  // Hash64

  friend bool operator==(const Fingerprint& a, const Fingerprint& b) { return a.size == b.size && a.hash == b.hash; }
};
Fingerprint FingerprintOf(std::string_view content);

struct ListedFile {
  std::string name;
  Fingerprint content;
};

inline constexpr std::string_view kListHead = "garner text_files 1\n";
// With its line break.
std::string ListLine(const ListedFile& file);
// Of a whole list, head included. Fails with kInvalidInput, naming the line, where a line is none, or its name is not one that
// FileNames gives: absolute, leading out of the folder, hidden.
Result<std::vector<ListedFile>> ParseList(std::string_view list);

// A name for the list of a folder: one for each folder, whatever the folder's name holds.
std::string ListNameFor(std::string_view folder);

}  // namespace garner::text_files
