#include "mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace garner::entity_tagger {

Result<MappedFile> MappedFile::Open(const std::string& path, const std::string& what) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (file < 0 || fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size == 0) {
    const std::string why = file < 0 ? std::strerror(errno) : "not a file with content";
    if (file >= 0) close(file);
    return Status(StatusKind::kNotFound, path + ": " + what + " cannot be read: " + why);
  }
  MappedFile mapped;
  mapped.size_ = static_cast<size_t>(facts.st_size);
  void* mapping = mmap(nullptr, mapped.size_, PROT_READ, MAP_SHARED, file, 0);
  const int error = errno;
  close(file);
  if (mapping == MAP_FAILED)
    return Status(StatusKind::kNotFound, path + ": " + what + " cannot be mapped: " + std::strerror(error));
  mapped.mapping_ = mapping;
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : mapping_(std::exchange(other.mapping_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(mapping_, other.mapping_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (mapping_ != nullptr) munmap(mapping_, size_);
}

}  // namespace garner::entity_tagger
