// Cuts a stream of JSON into its records.
//
//   RecordStream records(stream, {.max_record_bytes = 16777216});
//   Record record;
//   while (true) {
//     Result<bool> more = records.Next(record);
//     if (!more.ok() || !*more) break;
//     Use(record.json, record.number);
//   }
//
// A record is a line, unless the stream begins with "[", with a line that leaves an object open ("{", "\"a\": 1,"), or is said to hold one JSON value:
// then it is an element of the array, or the value itself, wherever lines end. Memory is that of the longest record. Time is linear. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::jsonl_reader {

struct Record {
  // Good until the next call. At least kPaddingBytes readable bytes stand behind it.
  std::string_view json;
  // Of the line, or of the element: from 1.
  uint64_t number = 0;
  // It is longer than the limit, and `json` is empty.
  bool too_long = false;
};

// simdjson looks so far beyond the end of what it parses.
inline constexpr size_t kPaddingBytes = 64;

class RecordStream {
 public:
  struct Options {
    uint64_t max_record_bytes = 16777216;
    // Not lines, but one value: an array of records, or a record.
    bool one_value = false;
  };
  // The stream must outlive it.
  RecordStream(ByteStream& stream, const Options& options);

  // Blank lines are passed over. Fails where the stream does, and for UTF-16.
  Result<bool> Next(Record& record);
  // What a record is called: "line" or "record".
  const char* unit() const { return values_ ? "record" : "line"; }

 private:
  Status Start();
  Result<bool> FirstLineIsOpen();
  Result<bool> NextLine(Record& record);
  Result<bool> NextValue(Record& record);
  Result<size_t> FindValueEnd(bool& too_long);
  Result<bool> SkipToValue();
  // Reads more behind what there is. False at the end of the stream.
  Result<bool> Fill();
  std::string_view Unread() const { return {buffer_.get() + begin_, end_ - begin_}; }

  ByteStream& stream_;
  const Options options_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;  // of what was not given yet
  size_t end_ = 0;
  bool started_ = false;
  bool values_ = false;
  bool ended_ = false;
  uint64_t number_ = 0;
};

}  // namespace garner::jsonl_reader
