// One entry of a feed, as it stands there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace garner::feed {

// Text of the feed, and whether it is HTML.
struct Construct {
  std::string text;
  bool html = false;
};

// The forms of an entry's text, the fullest first.
enum class Form { kEncoded, kContent, kBody, kDescription, kSummary, kCount };

struct Entry {
  uint64_t number = 0;  // from 1
  uint64_t line = 0;    // where it begins
  std::string id;
  bool id_is_link = false;
  Construct title;
  Construct forms[static_cast<size_t>(Form::kCount)];
  // What the feed says of the form's media type, where it says one that is neither text nor HTML.
  std::string content_type;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  std::string published;
  std::string updated;
  std::string link;
  std::string original_link;
  std::string publisher;
  std::string language;
  // Addresses in it count from here.
  std::string base;
  uint64_t bytes = 0;
  // Not empty: why it is not whole.
  std::string broken;
  bool too_large = false;
};

}  // namespace garner::feed
