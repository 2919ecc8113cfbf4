// Reads any bytes as an ELF file. Besides not crashing: what it gives lies inside what it was given.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/plugin/elf_notes.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const garner::Result<garner::ElfFile> elf = garner::ReadElfNotes(file, "garner");
  if (!elf.ok()) {
    if (elf.status().message().empty()) abort();
    return 0;
  }
  for (const garner::ElfNote& note : elf->notes) {
    const bool inside = note.description.data() >= file.data() && note.description.data() + note.description.size() <= file.data() + file.size();
    if (!inside) abort();
  }
  return 0;
}
