#include "core/plugin/elf_notes.h"

namespace garner {
namespace {

// Sizes and values from the System V ABI, "Object Files".
constexpr uint64_t kFileHeaderSize = 64;
constexpr uint64_t kProgramHeaderSize = 56;
constexpr uint64_t kNoteHeaderSize = 12;
constexpr uint8_t kClass64 = 2;
constexpr uint8_t kLittleEndian = 1;
constexpr uint16_t kTypeSharedObject = 3;
constexpr uint32_t kSegmentLoad = 1;
constexpr uint32_t kSegmentNote = 4;

Status Refuse(std::string words) { return Status(StatusKind::kConfig, std::move(words)); }

Status CutShort() { return Refuse("is cut short"); }

// True where [offset, offset + size) lies inside; immune to overflow.
bool Inside(std::string_view bytes, uint64_t offset, uint64_t size) { return offset <= bytes.size() && size <= bytes.size() - offset; }

// The caller has checked that the place is inside.
template <typename T>
T Read(std::string_view bytes, uint64_t offset) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | static_cast<T>(static_cast<T>(static_cast<uint8_t>(bytes[offset + i])) << (8 * i)));
  return value;
}

uint64_t AlignUp(uint64_t value, uint64_t alignment) { return (value + alignment - 1) / alignment * alignment; }

Status CheckIdentity(std::string_view file) {
  if (file.empty()) return Refuse("is empty");
  if (file.substr(0, 4) != "\x7f" "ELF") return Refuse("is no shared library");
  if (file.size() < kFileHeaderSize) return CutShort();
  if (Read<uint8_t>(file, 4) != kClass64) return Refuse("is a 32-bit library, this host is 64-bit");
  if (Read<uint8_t>(file, 5) != kLittleEndian) return Refuse("is a big-endian library, this host is little-endian");
  if (Read<uint16_t>(file, 16) != kTypeSharedObject) return Refuse("is an ELF file but no shared library");
  return OkStatus();
}

// The section headers usually stand last: where they end beyond the file, its tail is missing, even if all notes are there.
Status CheckSectionHeaders(std::string_view file) {
  const auto offset = Read<uint64_t>(file, 40);
  const auto entry_size = Read<uint16_t>(file, 58);
  const auto entries = Read<uint16_t>(file, 60);
  if (offset != 0 && !Inside(file, offset, static_cast<uint64_t>(entry_size) * entries)) return CutShort();
  return OkStatus();
}

// Walks one PT_NOTE segment. `walked` counts notes over all segments, which may overlap in a hostile file.
Status WalkNotes(std::string_view segment, uint64_t alignment, std::string_view owner, size_t& walked, std::vector<ElfNote>& notes) {
  uint64_t at = 0;
  while (segment.size() - at >= kNoteHeaderSize) {
    if (++walked > kMaxElfNotes) return Refuse("has more than " + std::to_string(kMaxElfNotes) + " notes");
    const uint64_t name_size = Read<uint32_t>(segment, at);
    const uint64_t description_size = Read<uint32_t>(segment, at + 4);
    const auto type = Read<uint32_t>(segment, at + 8);
    const uint64_t name_at = at + kNoteHeaderSize;
    const uint64_t description_at = AlignUp(name_at + name_size, alignment);
    if (!Inside(segment, name_at, name_size) || !Inside(segment, description_at, description_size))
      return Refuse("is damaged: a note reaches beyond its segment");
    // The stored name ends in a zero byte.
    const bool ours = name_size == owner.size() + 1 && segment.substr(name_at, owner.size()) == owner && segment[name_at + owner.size()] == '\0';
    if (ours) notes.push_back({type, segment.substr(description_at, description_size)});
    at = AlignUp(description_at + description_size, alignment);
    if (at > segment.size()) break;
  }
  return OkStatus();
}

}  // namespace

Result<ElfFile> ReadElfNotes(std::string_view file, std::string_view owner) {
  if (Status status = CheckIdentity(file); !status.ok()) return status;
  if (Status status = CheckSectionHeaders(file); !status.ok()) return status;
  ElfFile elf;
  elf.machine = Read<uint16_t>(file, 18);
  const auto headers_at = Read<uint64_t>(file, 32);
  const auto header_size = Read<uint16_t>(file, 54);
  const auto headers = Read<uint16_t>(file, 56);
  if (headers > kMaxElfProgramHeaders) return Refuse("has more than " + std::to_string(kMaxElfProgramHeaders) + " program headers");
  if (headers > 0 && header_size < kProgramHeaderSize) return Refuse("is damaged: its program headers are too small");
  if (!Inside(file, headers_at, static_cast<uint64_t>(header_size) * headers)) return CutShort();
  size_t walked = 0;
  for (uint64_t i = 0; i < headers; ++i) {
    const uint64_t header = headers_at + i * header_size;
    const auto type = Read<uint32_t>(file, header);
    if (type != kSegmentLoad && type != kSegmentNote) continue;
    const auto offset = Read<uint64_t>(file, header + 8);
    const auto size = Read<uint64_t>(file, header + 32);
    if (!Inside(file, offset, size)) return CutShort();
    if (type != kSegmentNote) continue;
    const uint64_t alignment = Read<uint64_t>(file, header + 48) == 8 ? 8 : 4;
    if (Status status = WalkNotes(file.substr(offset, size), alignment, owner, walked, elf.notes); !status.ok()) return status;
  }
  return elf;
}

std::string ElfMachineName(uint16_t machine) {
  switch (machine) {
    case 3: return "i386";
    case 21: return "ppc64";
    case 22: return "s390x";
    case 40: return "arm";
    case 62: return "x86_64";
    case 183: return "aarch64";
    case 243: return "riscv";
    case 258: return "loongarch";
    default: return "machine " + std::to_string(machine);
  }
}

}  // namespace garner
