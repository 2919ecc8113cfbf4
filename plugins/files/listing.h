// Finds the files that a job is to read, in a stable order.
//
//   Result<Listing> listing = ListFiles({.paths = {"data"}, .manifest_dir = "/job"});
//   for (const FoundFile& file : listing->files) Read(listing->PathOf(file));
//
// The order is that of the uris, byte by byte, whatever the file system says. What cannot be read is in the list with its status. Only
// names are kept, no descriptors. Pure apart from the file system; one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "garner/status.h"

namespace garner::files {

struct ListRequest {
  std::vector<std::string> paths;
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::string manifest_dir;
  bool follow_symlinks = false;
  bool hidden = false;
  // Where the job's results go; empty where they go to no folder. Never read: what a run wrote is no input of the next one.
  std::string output_dir;
};

// One entry of `paths`.
struct Input {
  std::string given;       // as the options have it
  std::string root;        // where it is: a file, or the folder that is walked
  std::string place;       // how messages name the root
  std::string uri_prefix;  // the uri of a single file; the folder's name and '/' else
  bool standard_input = false;
  bool single = false;
};

struct FoundFile {
  std::string uri;
  uint32_t input = 0;
  // The path below the input's root where the uri does not spell it byte for byte.
  std::string raw;
  // Why it cannot be read; null where nothing is known against it.
  std::unique_ptr<Status> problem;
};

struct Listing {
  std::vector<Input> inputs;
  std::vector<FoundFile> files;  // sorted by uri, no uri twice
  uint64_t filtered = 0;         // files and folders left out by include and exclude
  uint64_t hidden = 0;           // files and folders left out because their names begin with a dot

  std::string PathOf(const FoundFile& file) const;
  // How messages name it: the input as it was given, and the path below it.
  std::string PlaceOf(const FoundFile& file) const;
};

// Fails with kConfig where an input is not there, is the output folder itself, or where two files would have the same uri.
Result<Listing> ListFiles(const ListRequest& request);

}  // namespace garner::files
