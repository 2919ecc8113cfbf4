// The records of a WARC or ARC file, one after the other, and what is damaged between them.
//
//   RecordReader reader(stream, limits);
//   Status status = reader.Begin();
//   Result<RecordReader::Found> found = reader.Next();
//   if (*found == RecordReader::kRecord) Use(reader.header(), reader.block());
//
// A record is given only after its end was seen: the sum of its gzip member is right, and a record, or nothing, begins behind it. Views hold
// until the next call. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "garner/status.h"
#include "record_bytes.h"
#include "record_header.h"

namespace garner::warc {

struct ReaderLimits {
  uint64_t max_record_bytes = uint64_t{64} << 20;
  uint64_t max_header_bytes = uint64_t{256} << 10;
  uint32_t max_headers = 1000;
  uint32_t max_damages = 1000;
  ExpansionLimit expansion;
};

class RecordReader {
 public:
  enum Found {
    kRecord,
    // A record, or a stretch that belongs to none, cannot be read: problem() says why. Next goes on behind it.
    kDamage,
    kEnd,
  };

  RecordReader(ByteStream& stream, const ReaderLimits& limits);

  // Fails where the stream holds no records.
  Status Begin();
  // A failure is final.
  Result<Found> Next();

  const RecordHeader& header() const { return header_; }
  std::string_view block() const { return bytes_.window().substr(0, header_.content_bytes); }
  const Place& place() const { return place_; }
  // For kDamage. Whether the header of the damaged record is known.
  const Status& problem() const { return problem_; }
  bool knows_header() const { return knows_header_; }
  bool arc() const { return format_ == Format::kArc; }

 private:
  // Unknown until the first record.
  enum class Format { kUnknown, kWarc, kArc };

  bool Starts(std::string_view bytes) const;
  // The first place where a record begins, from `from` on; npos where there is none.
  size_t FindInRecord(std::string_view bytes, size_t from) const;
  size_t FindInRubbish(std::string_view bytes, size_t from) const;
  void SetFormat();
  // Passes over the empty lines between records; false at the end of what can be read.
  bool SkipEmptyLines();
  Result<Found> AtHalt();
  Result<Found> ReadHeader();
  Result<Found> ReadBlock();
  Result<Found> PassOverLarge();
  // What belongs to no record, up to where one begins.
  Result<Found> PassOverGarbage();
  // Takes up to the next place where a record begins, at least `least` bytes; the number of bytes.
  uint64_t TakeToNextRecord(size_t least);
  // The length of the header block in the window, read as far as that takes; 0 where it has no end.
  size_t HeaderSize();
  // Makes `size` bytes of the record available; how many there are: fewer where a member that begins with a record comes before, or a halt.
  size_t Available(size_t size);
  // Whether a record, or nothing, begins `position` bytes into the window, empty lines apart.
  bool EndsCleanly(size_t position);
  // Whether all that is left can be read of a member is in the window, and is no more than `size` bytes.
  bool InDamagedMember(size_t size) const;
  Result<Found> TooLarge(const std::string& what);
  Result<Found> Damage(StatusKind kind, const std::string& what);
  std::string TheRecord() const { return "the record " + place_.Words(); }

  RecordBytes bytes_;
  const ReaderLimits limits_;
  Format format_ = Format::kUnknown;
  RecordHeader header_;
  bool knows_header_ = false;
  Place place_;
  size_t given_ = 0;  // of the window: the record that was given last
  Status problem_;
  uint32_t damages_ = 0;
};

}  // namespace garner::warc
