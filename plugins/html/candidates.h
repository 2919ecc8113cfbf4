// Candidates for a page's metadata on their way into the document.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::html {

struct Candidate {
  std::string key;
  std::string value;
  std::string origin;
  double confidence = 0;
  std::optional<Span> evidence;  // in the decoded text
  bool chosen = false;
  bool beside_title = false;  // a date that stands beside the page's title
};

// The candidates of one page, in the order in which they were found. Bounded: a page has no use for thousands.
class Candidates {
 public:
  // Leaves out what is blank, overlong or there already; trims white space.
  void Add(std::string_view key, std::string_view value, std::string_view origin, double confidence, std::optional<Span> evidence);

  // The value of the first candidate of that key (and origin), or an empty view.
  std::string_view First(std::string_view key, std::string_view origin = {}) const;

  std::vector<Candidate>& all() { return all_; }
  const std::vector<Candidate>& all() const { return all_; }

 private:
  static constexpr size_t kMaxCandidates = 512;
  static constexpr size_t kMaxValueBytes = 8192;

  std::vector<Candidate> all_;
};

// True for text that is an address, not a name.
bool LooksLikeUrl(std::string_view text);

}  // namespace garner::html
