// Which reader an archive is for, and a stream that suits it.
//
// 7z and ZIP have their tables at the end. A stream that cannot be sought (an archive inside another one, or compressed as a whole) is read into
// memory for them, up to a limit; a ZIP beyond it is read as it comes, which its format allows for.
#pragma once

#include <cstdint>
#include <memory>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::archive {

// By the first bytes: the readers of ZIP and 7z would look for their tables in anything.
enum class Family { kZip, kSevenZip, kOther };

struct PreparedStream {
  Family family = Family::kOther;
  // The same bytes, from their beginning; may read on in the stream that it was made of.
  std::unique_ptr<ByteStream> stream;
};

// `stream` must outlive what is made of it. Fails where the bytes would have to be sought and are too many.
Result<PreparedStream> PrepareStream(ByteStream& stream, uint64_t max_bytes);

}  // namespace garner::archive
