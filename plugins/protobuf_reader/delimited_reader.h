// Reads Protobuf's stream format: messages, each behind its size as a varint.
//
//   DelimitedReader reader(stream, '\x0A');
//   std::string bytes;
//   Result<bool> more = reader.Next(max_bytes, bytes, too_large);
//
// A size is believed no further than bytes come: a lie costs nothing. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::protobuf_reader {

class DelimitedReader {
 public:
  // The stream must outlive it. `first_byte`: what each message begins with.
  DelimitedReader(ByteStream& stream, char first_byte);

  // The next message, or false at the end. One of more than `max_bytes` is passed over: `size` says how many it has, and `bytes` is empty. Fails
  // where the stream does, ends inside a message, or holds no size or no message where one should be.
  Result<bool> Next(uint64_t max_bytes, std::string& bytes, uint64_t& size);
  // Where the last message began, its size included.
  uint64_t place() const { return place_; }

 private:
  Status Broken(const std::string& what) const;
  Result<bool> ReadSize(uint64_t& size);
  Status CheckBeginning();
  Status Take(uint64_t size, std::string* bytes);
  Result<bool> Fill();

  ByteStream& stream_;
  const char first_byte_;
  std::unique_ptr<char[]> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t read_ = 0;  // bytes taken so far
  uint64_t place_ = 0;
};

}  // namespace garner::protobuf_reader
