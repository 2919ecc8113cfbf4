// A file's bytes, mapped and never copied: processes that map the same file share its pages.
//
//   Result<MappedFile> file = MappedFile::Open(path, "the lists");
//   Use(file->bytes());
//
// The file must not be written to while it is in use; replace it by renaming. Open fails, with a message that begins with the
// path, where there is no regular file with content. Read-only, so safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner::entity_tagger {

class MappedFile {
 public:
  // `what` names the content in messages.
  static Result<MappedFile> Open(const std::string& path, const std::string& what);

  MappedFile() = default;
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Begins at a page.
  std::string_view bytes() const { return {static_cast<const char*>(mapping_), size_}; }

 private:
  void* mapping_ = nullptr;
  size_t size_ = 0;
};

}  // namespace garner::entity_tagger
