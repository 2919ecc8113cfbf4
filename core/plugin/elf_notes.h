// Reads the notes of an ELF shared object, without the loader and without running anything.
//
//   Result<ElfFile> elf = ReadElfNotes(bytes, "garner");
//   for (const ElfNote& note : elf->notes) ...
//
// ELF64, little-endian. The bytes may be hostile: every length and offset is checked, and the work is bounded by the limits below.
// A failure is the end of a sentence whose subject is the file: "is no shared library". The views are into what was given. Of a file
// that is read in pieces only the headers and the notes are looked at: a few kilobytes, however large it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"

namespace garner {

// Real libraries have about a dozen program headers and a handful of notes.
inline constexpr size_t kMaxElfProgramHeaders = 512;
inline constexpr size_t kMaxElfNotes = 4096;
// Of all note segments together. The largest of the bundled plugins has 4 KiB.
inline constexpr uint64_t kMaxElfNoteBytes = uint64_t{16} << 20;

struct ElfNote {
  uint32_t type = 0;
  std::string_view description;
};

// A part of the file that the loader maps.
struct ElfSegment {
  uint64_t offset = 0;
  uint64_t size = 0;
  bool writable = false;
  bool executable = false;
};

struct ElfFile {
  // e_machine: 62 for x86_64, 183 for aarch64.
  uint16_t machine = 0;
  // The notes of the owner that was asked for, in file order.
  std::vector<ElfNote> notes;
  // In file order; each lies inside the file.
  std::vector<ElfSegment> segments;
};

// The bytes of a file, in memory or on disk.
class ElfBytes {
 public:
  virtual ~ElfBytes() = default;
  virtual uint64_t size() const = 0;
  // Never asked for what lies beyond size(). The view lives as long as this object.
  virtual Result<std::string_view> At(uint64_t offset, uint64_t size) = 0;
};

class ElfBytesInMemory final : public ElfBytes {
 public:
  // The bytes must outlive it.
  explicit ElfBytesInMemory(std::string_view bytes) : bytes_(bytes) {}
  uint64_t size() const override { return bytes_.size(); }
  Result<std::string_view> At(uint64_t offset, uint64_t size) override { return bytes_.substr(offset, size); }

 private:
  std::string_view bytes_;
};

Result<ElfFile> ReadElfNotes(ElfBytes& file, std::string_view owner);
Result<ElfFile> ReadElfNotes(std::string_view file, std::string_view owner);

// "x86_64", "aarch64" ..., "machine 7" for one that has no name here.
std::string ElfMachineName(uint16_t machine);

}  // namespace garner
