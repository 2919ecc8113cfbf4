// 7z and ZIP have their tables at the end. A stream that cannot be sought (an archive inside another one, or compressed as a whole) is read into
// memory for them, up to a limit; a ZIP beyond it is read as it comes, which its format allows for.
#pragma once

#include <cstdint>
#include <memory>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::archive {

// A stream with the same bytes: `stream` itself where it can be sought or needs not, or one that owns what was read of it. `stream` must outlive
// it. Fails where the bytes would have to be sought and are too many.
Result<std::unique_ptr<ByteStream>> MakeSeekable(ByteStream& stream, uint64_t max_bytes);

}  // namespace garner::archive
