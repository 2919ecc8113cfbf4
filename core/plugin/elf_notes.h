// Reads the notes of an ELF shared object from memory, without the loader and without running anything.
//
//   Result<ElfFile> elf = ReadElfNotes(bytes, "garner");
//   for (const ElfNote& note : elf->notes) ...
//
// ELF64, little-endian. The bytes may be hostile: every length and offset is checked, and the work is bounded by the limits below.
// A failure is the end of a sentence whose subject is the file: "is no shared library". Pure function; the views are into `file`.
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

struct ElfNote {
  uint32_t type = 0;
  std::string_view description;
};

struct ElfFile {
  // e_machine: 62 for x86_64, 183 for aarch64.
  uint16_t machine = 0;
  // The notes of the owner that was asked for, in file order.
  std::vector<ElfNote> notes;
};

Result<ElfFile> ReadElfNotes(std::string_view file, std::string_view owner);

// "x86_64", "aarch64" ..., "machine 7" for one that has no name here.
std::string ElfMachineName(uint16_t machine);

}  // namespace garner
