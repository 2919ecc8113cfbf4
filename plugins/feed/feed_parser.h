// Reads the entries out of a feed, chunk by chunk.
//
//   FeedParser parser({.max_depth = 100});
//   parser.Feed(bytes);                  // as often as there are bytes
//   parser.End();
//   while (parser.Next(entry)) ...
//   parser.status();                     // why it stopped, where it did
//
// libxml2's push parser does the XML, without network, files or entities of the document's own. What is not well formed is got over where that can be done. Memory
// is that of an entry. One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "entry.h"
#include "garner/status.h"

namespace garner::feed {

struct FeedLimits {
  uint64_t max_entry_bytes = 16777216;
  uint32_t max_depth = 100;
};

class FeedParser {
 public:
  explicit FeedParser(const FeedLimits& limits);
  ~FeedParser();
  FeedParser(const FeedParser&) = delete;
  FeedParser& operator=(const FeedParser&) = delete;

  void Feed(std::string_view bytes);
  // No more bytes come. An entry that is open is given as broken.
  void End();
  bool Next(Entry& entry);
  bool any() const;
  // Not ok once nothing more can be read.
  const Status& status() const;
  // Errors in the XML that were got over.
  uint64_t errors() const;

 private:
  class Handler;
  std::unique_ptr<Handler> handler_;
};

}  // namespace garner::feed
