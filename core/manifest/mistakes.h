// Collects what is wrong with a manifest and the overrides of one command, so that all of it can be told at once.
//
//   Mistakes mistakes("news.yaml", overrides);
//   mistakes.Add(node.place, "transforms[1] deduplicator", "unknown option 'min_wrods'; did you mean 'min_words'?");
//   return mistakes.Take();
//
// One thread.
#pragma once

#include <string>
#include <vector>

#include "core/manifest/plan.h"

namespace garner {

// Where something was written: in the manifest, or in an argument of the command line.
struct Place {
  enum class Origin { kManifest, kInput, kSet };
  Origin origin = Origin::kManifest;
  int argument = 0;  // which --set, from 0
  // From 1; 0 where there is no place. Columns count code points.
  int line = 0;
  int column = 0;
};

class Mistakes {
 public:
  // More are counted, not kept.
  static constexpr size_t kMaxKept = 100;

  Mistakes(std::string manifest_path, const Overrides& overrides);

  // `path` says which part of the job it is about. A mistake in a --set is named for its argument instead.
  void Add(const Place& place, const std::string& path, std::string message);
  bool empty() const { return found_.empty(); }

  // In order of place, the manifest's first; none twice.
  std::vector<Mistake> Take();

 private:
  struct Found {
    Place place;
    Mistake mistake;
  };
  std::string manifest_path_;
  const Overrides* overrides_;
  std::vector<Found> found_;
  size_t left_out_ = 0;
};

// "source", "transforms[1] deduplicator": the beginning of a --set argument up to '=', which never shows the value.
std::string SetTarget(std::string_view argument);

}  // namespace garner
