// What the headers of a mail say of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "mime_scanner.h"

namespace garner::email {

struct Found {
  std::string key;
  std::string value;
  Span evidence;  // of the payload
};

// title (Subject), authors (From, else Sender), date_published (Date), language (Content-Language), tags (Keywords), message_id, in_reply_to,
// list_id, canonical_url (Archived-At). One candidate for each thing said. Uses GMime for addresses and dates: InitializeGMime comes first.
std::vector<Found> ReadMetadata(std::string_view payload, const Part& mail);

// ISO 8601 with what the header says: no time zone is made up. Empty for what is no date.
std::string NormalizeMailDate(std::string_view header);

// Once a process or more often; any thread.
void InitializeGMime();

}  // namespace garner::email
