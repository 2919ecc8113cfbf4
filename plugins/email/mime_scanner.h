// Finds the parts of a mail: where each begins and ends, and what its headers say.
//
//   Result<std::vector<Part>> parts = ScanMail(payload, limits);
//   (*parts)[0]      // the mail itself; parts come in the order of the mail, each behind the one that holds it
//
// Reads line by line, once, without recursion: time is linear whatever the nesting. Fails with kLimit, in words that name the option. Not
// done with GMime's parser, because every byte of the mail needs its place and every bound a name. Pure function, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "garner/status.h"
#include "header_words.h"
#include "transfer_encoding.h"

namespace garner::email {

struct Field {
  std::string name;  // lower case
  Span value;        // of the payload, folding included, without white space at its edges
};

struct Part {
  int parent = -1;
  uint32_t depth = 0;
  // The header lines with the empty line behind them.
  Span header;
  Span body;
  std::vector<Field> fields;
  // "text/plain" where nothing is said.
  std::string media_type;
  Parameters content_type;
  Parameters disposition;
  TransferEncoding encoding = TransferEncoding::kNone;
  // Parts inside it.
  uint32_t children = 0;

  // The first field of that name; null where there is none.
  const Field* Find(std::string_view name) const;
  bool IsMultipart() const { return media_type.compare(0, 10, "multipart/") == 0; }
};

struct ScanLimits {
  uint32_t max_depth = 50;
  uint32_t max_parts = 1000;
  uint32_t max_headers = 1000;
  uint64_t max_header_bytes = 262144;
};

Result<std::vector<Part>> ScanMail(std::string_view payload, const ScanLimits& limits);

}  // namespace garner::email
