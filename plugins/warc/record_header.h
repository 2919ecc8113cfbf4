// The line or lines that a record begins with: of WARC (1.0, 1.1, and the 0.x before them) and of ARC (1.0 and 2.0).
//
//   if (StartsWarcRecord(bytes)) ...
//   Result<RecordHeader> header = ParseWarcHeader(block, limits);
//
// Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "garner/status.h"

namespace garner::warc {

struct RecordHeader {
  // Of WARC "response", "revisit" ..., lower case; of ARC what comes nearest.
  std::string type;
  std::string url;
  // RFC 3339 as far as the record has it.
  std::string time;
  std::string record_id;
  std::string content_type;
  std::string truncated;
  uint64_t content_bytes = 0;
};

// Whether a record begins with these bytes. More than kMaxStartBytes are not looked at.
bool StartsWarcRecord(std::string_view bytes);
bool StartsArcRecord(std::string_view bytes);
inline constexpr size_t kMaxStartBytes = 4096;

// The first place in `bytes`, from `from` on, where a record begins at the beginning of a line; npos where there is none.
size_t FindWarcRecord(std::string_view bytes, size_t from);
size_t FindArcRecord(std::string_view bytes, size_t from);
// The same, also in the middle of a line: behind rubbish anything may stand before a record.
size_t FindWarcRecordAnywhere(std::string_view bytes, size_t from);

struct HeaderField {
  std::string_view name;
  // Without white space around it. A value that went on in further lines has their line breaks as they stand.
  std::string_view value;
};

// The lines "Name: value" of a block, until its end or an empty line. Lines that have no name are left out. Of more than max_fields the first
// max_fields + 1.
std::vector<HeaderField> ParseFields(std::string_view block, size_t max_fields);

// A value as one line of valid UTF-8.
std::string HeaderText(std::string_view value);

// Compared without case.
bool SameName(std::string_view a, std::string_view b);

// The length of a header block from its beginning to the end of the empty line that ends it; npos where there is no such line. The search
// begins at `from`.
size_t HeaderBlockSize(std::string_view bytes, size_t from = 0);

// `block`: from "WARC/" to the empty line.
Result<RecordHeader> ParseWarcHeader(std::string_view block, size_t max_fields);
// `line`: without its end.
Result<RecordHeader> ParseArcHeader(std::string_view line);

}  // namespace garner::warc
