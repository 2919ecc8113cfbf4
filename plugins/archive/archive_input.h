// A byte stream as libarchive reads it: in pieces, with skipping and seeking where the stream can. Keeps the stream's own failure, which says
// more than what libarchive makes of it.
//
//   ArchiveInput input(stream);
//   input.Attach(reader);       // before archive_read_open1
//
// Both must outlive the reader's use. One thread.
#pragma once

#include <archive.h>

#include <cstdint>
#include <memory>

#include "garner/byte_stream.h"
#include "garner/status.h"

namespace garner::archive {

class ArchiveInput {
 public:
  explicit ArchiveInput(ByteStream& stream);

  void Attach(struct ::archive* reader);

  // Goes back to the beginning, for another reader. Only where the stream can be sought.
  Status Restart();

  // Bytes of the archive that were read; those that were read twice count once, as far as the size is known.
  uint64_t given() const;
  // Of the stream.
  const Status& status() const { return status_; }

 private:
  la_ssize_t Read(struct ::archive* reader, const void** piece);
  la_int64_t Skip(la_int64_t count);
  la_int64_t Seek(struct ::archive* reader, la_int64_t offset, int whence);
  la_ssize_t Fail(struct ::archive* reader, const Status& status);

  ByteStream& stream_;
  std::unique_ptr<char[]> buffer_;
  uint64_t position_ = 0;
  uint64_t read_ = 0;
  Status status_;
};

}  // namespace garner::archive
