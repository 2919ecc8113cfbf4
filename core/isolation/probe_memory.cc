#include "core/isolation/probe_memory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "garner/build_tag.h"
#include "garner/descriptor.h"
#include "garner/hash.h"

namespace garner {
namespace {

// A file holds this, then "ok" or the refusal, then a hash of all before it: a disk that was full leaves half of one.
constexpr std::string_view kHeader = "garner probe 1\n";
constexpr std::string_view kGood = "ok";
constexpr size_t kMaxFileBytes = 64 << 10;
constexpr size_t kHashDigits = 64;

// Nobody but this user can have written to it.
bool IsOurs(const struct stat& about) { return about.st_uid == geteuid() && (about.st_mode & (S_IWGRP | S_IWOTH)) == 0; }

bool IsOurFolder(const std::string& path) {
  struct stat about {};
  return lstat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode) && IsOurs(about);
}

std::optional<std::string> ReadOurs(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat about {};
  if (!file.ok() || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode) || !IsOurs(about)) return std::nullopt;
  if (about.st_size < 0 || static_cast<size_t>(about.st_size) > kMaxFileBytes) return std::nullopt;
  std::string bytes(static_cast<size_t>(about.st_size), '\0');
  const ssize_t got = read(file.get(), bytes.data(), bytes.size());
  if (got != static_cast<ssize_t>(bytes.size())) return std::nullopt;
  return bytes;
}

std::string Sealed(const std::string& key, std::string_view said) {
  const std::string content = std::string(kHeader) + std::string(said) + "\n";
  return content + Sha256Hex(key + content) + "\n";
}

// The part between header and hash; none where it is not what was written under this key.
std::optional<std::string> Unsealed(const std::string& key, const std::string& bytes) {
  if (bytes.size() < kHeader.size() + 1 + kHashDigits + 1 || bytes.compare(0, kHeader.size(), kHeader) != 0) return std::nullopt;
  const std::string said = bytes.substr(kHeader.size(), bytes.size() - kHeader.size() - 1 - kHashDigits - 1);
  if (Sealed(key, said) != bytes) return std::nullopt;
  return said;
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// For this user alone, whatever the process's mask of file modes is.
void MakeFolders(const std::string& path) {
  for (size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    mkdir(path.substr(0, at).c_str(), 0700);
    if (at == std::string::npos) return;
  }
}

// Unlike those of other threads and processes.
std::string TemporaryName(const std::string& path) {
  static std::atomic<unsigned> number{0};
  return path + "." + std::to_string(getpid()) + "." + std::to_string(number++) + ".part";
}

}  // namespace

std::string ProbeFolder() {
  const auto absolute = [](const char* value) { return value != nullptr && value[0] == '/'; };
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); absolute(cache)) return std::string(cache) + "/garner/probes";
  if (const char* home = std::getenv("HOME"); absolute(home)) return std::string(home) + "/.cache/garner/probes";
  return {};
}

std::string ProbeKey(const std::string& sha256) { return sha256 + "-" + Sha256Hex(GARNER_BUILD_TAG).substr(0, 16); }

std::optional<Status> ProbeMemory::Find(const std::string& key) const {
  if (folder_.empty() || !IsOurFolder(folder_)) return std::nullopt;
  const std::optional<std::string> bytes = ReadOurs(PathOf(key));
  const std::optional<std::string> said = bytes ? Unsealed(key, *bytes) : std::nullopt;
  if (!said) return std::nullopt;
  if (*said == kGood) return OkStatus();
  return Status(StatusKind::kConfig, *said + "; remembered from an earlier try in " + PathOf(key));
}

void ProbeMemory::Keep(const std::string& key, const Status& status) const {
  if (folder_.empty()) return;
  MakeFolders(folder_);
  if (!IsOurFolder(folder_)) return;
  const std::string part = TemporaryName(PathOf(key));
  {
    const Descriptor file(open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.ok()) return;
    const std::string bytes = Sealed(key, status.ok() ? std::string(kGood) : status.message());
    if (bytes.size() > kMaxFileBytes || !WriteAll(file.get(), bytes)) {
      unlink(part.c_str());
      return;
    }
  }
  // At once, so that others see all of it or nothing.
  if (std::rename(part.c_str(), PathOf(key).c_str()) != 0) unlink(part.c_str());
}

}  // namespace garner
