// An archive that is open for reading by libarchive, with what it may expand to.
//
//   OpenedArchive archive(stream, limits);
//   Status status = archive.Open();
//   while (true) { Result<OpenedArchive::Found> found = archive.NextMember(); ... archive.Read(buffer, size); }
//
// Only formats and filters that are asked for by name: libarchive would start programs for others. One thread.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "archive_input.h"
#include "garner/byte_stream.h"
#include "garner/status.h"
#include "prepared_stream.h"

namespace garner::archive {

struct ArchiveLimits {
  uint64_t max_bytes = uint64_t{64} << 30;
  uint32_t max_ratio = 200;
  // What any archive may expand to, whatever its size.
  uint64_t free_bytes = uint64_t{10} << 20;
  // At most 24, where libarchive ends.
  uint32_t max_compression_layers = 5;
};

class OpenedArchive {
 public:
  // The stream must outlive it.
  OpenedArchive(ByteStream& stream, Family family, const ArchiveLimits& limits);

  Status Open();

  enum class Found {
    kMember,
    // Its header cannot be read; problem() says why, and what follows can.
    kBadMember,
    kEnd,
  };
  // Passes over what is left of the member before. A failure is final.
  Result<Found> NextMember();
  struct archive_entry* entry() const { return entry_; }
  const std::string& problem() const { return problem_; }
  // It is no archive, only compressed: one member without a name.
  bool raw() const;

  // Of the current member; 0 at its end. A failure is the member's end; where it is the archive's too, NextMember fails with it.
  Result<size_t> Read(char* buffer, size_t size);

 private:
  struct Free {
    void operator()(struct ::archive* reader) const;
  };

  Status Enable();
  Status EnableFormat();
  // Passes over what is left of a member by reading, so that the limits hold: libarchive would unpack without bounds to get behind it.
  Status Drain();
  bool SkipsByItself() const;
  bool IsZip() const;
  // libarchive gives up a ZIP of which a member is damaged, though the table at its end leads to the others: goes back to where it was.
  bool Reopen();
  Status WithinLimits() const;
  Status TooManyLayers() const;
  std::string Words() const;

  ArchiveInput input_;
  const Family family_;
  const ArchiveLimits limits_;
  const bool seekable_;
  std::unique_ptr<struct ::archive, Free> reader_;
  struct archive_entry* entry_ = nullptr;
  bool inside_member_ = false;
  uint64_t made_ = 0;
  uint64_t members_ = 0;
  bool reopens_ = false;
  int reopened_ = 0;
  std::string problem_;
  Status broken_;
};

}  // namespace garner::archive
