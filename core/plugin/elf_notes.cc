#include "core/plugin/elf_notes.h"

#include <algorithm>
#include <utility>

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
constexpr uint32_t kSegmentExecutable = 1;
constexpr uint32_t kSegmentWritable = 2;

Status Refuse(std::string words) { return Status(StatusKind::kConfig, std::move(words)); }

Status CutShort() { return Refuse("is cut short"); }

// True where [offset, offset + size) lies inside `total` bytes; immune to overflow.
bool Inside(uint64_t total, uint64_t offset, uint64_t size) { return offset <= total && size <= total - offset; }

// The caller has checked that the place is inside.
template <typename T>
T Read(std::string_view bytes, uint64_t offset) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>(value | static_cast<T>(static_cast<T>(static_cast<uint8_t>(bytes[offset + i])) << (8 * i)));
  return value;
}

uint64_t AlignUp(uint64_t value, uint64_t alignment) { return (value + alignment - 1) / alignment * alignment; }

// `file` may be no more than the file's beginning.
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
Status CheckSectionHeaders(std::string_view header, uint64_t file_size) {
  const auto offset = Read<uint64_t>(header, 40);
  const auto entry_size = Read<uint16_t>(header, 58);
  const auto entries = Read<uint16_t>(header, 60);
  if (offset != 0 && !Inside(file_size, offset, static_cast<uint64_t>(entry_size) * entries)) return CutShort();
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
    if (!Inside(segment.size(), name_at, name_size) || !Inside(segment.size(), description_at, description_size))
      return Refuse("is damaged: a note reaches beyond its segment");
    // The stored name ends in a zero byte.
    const bool ours = name_size == owner.size() + 1 && segment.substr(name_at, owner.size()) == owner && segment[name_at + owner.size()] == '\0';
    if (ours) notes.push_back({type, segment.substr(description_at, description_size)});
    at = AlignUp(description_at + description_size, alignment);
    if (at > segment.size()) break;
  }
  return OkStatus();
}

// The table of program headers, whole.
struct ProgramHeaders {
  std::string_view bytes;
  uint64_t count = 0;
  uint64_t entry_size = 0;
};

Result<ProgramHeaders> ReadProgramHeaders(ElfBytes& file, std::string_view header) {
  const auto at = Read<uint64_t>(header, 32);
  ProgramHeaders headers;
  headers.entry_size = Read<uint16_t>(header, 54);
  headers.count = Read<uint16_t>(header, 56);
  if (headers.count > kMaxElfProgramHeaders) return Refuse("has more than " + std::to_string(kMaxElfProgramHeaders) + " program headers");
  if (headers.count > 0 && headers.entry_size < kProgramHeaderSize) return Refuse("is damaged: its program headers are too small");
  const uint64_t size = headers.entry_size * headers.count;
  if (!Inside(file.size(), at, size)) return CutShort();
  const Result<std::string_view> bytes = file.At(at, size);
  if (!bytes.ok()) return bytes.status();
  headers.bytes = *bytes;
  return headers;
}

class NoteReader {
 public:
  NoteReader(ElfBytes& file, std::string_view owner) : file_(file), owner_(owner) {}

  Result<ElfFile> Run(uint16_t machine, const ProgramHeaders& headers) {
    elf_.machine = machine;
    for (uint64_t i = 0; i < headers.count; ++i) {
      const Status status = ReadSegment(headers.bytes.substr(i * headers.entry_size, kProgramHeaderSize));
      if (!status.ok()) return status;
    }
    return std::move(elf_);
  }

 private:
  Status ReadSegment(std::string_view header) {
    const auto type = Read<uint32_t>(header, 0);
    if (type != kSegmentLoad && type != kSegmentNote) return OkStatus();
    const auto flags = Read<uint32_t>(header, 4);
    const auto offset = Read<uint64_t>(header, 8);
    const auto size = Read<uint64_t>(header, 32);
    if (!Inside(file_.size(), offset, size)) return CutShort();
    if (type == kSegmentNote) return ReadNotes(offset, size, Read<uint64_t>(header, 48) == 8 ? 8 : 4);
    elf_.segments.push_back({offset, size, (flags & kSegmentWritable) != 0, (flags & kSegmentExecutable) != 0});
    return OkStatus();
  }

  Status ReadNotes(uint64_t offset, uint64_t size, uint64_t alignment) {
    if (size > kMaxElfNoteBytes - note_bytes_) return Refuse("has more than " + std::to_string(kMaxElfNoteBytes) + " bytes of notes");
    note_bytes_ += size;
    const Result<std::string_view> segment = file_.At(offset, size);
    return segment.ok() ? WalkNotes(*segment, alignment, owner_, walked_, elf_.notes) : segment.status();
  }

  ElfBytes& file_;
  const std::string_view owner_;
  ElfFile elf_;
  size_t walked_ = 0;
  uint64_t note_bytes_ = 0;
};

}  // namespace

Result<ElfFile> ReadElfNotes(ElfBytes& file, std::string_view owner) {
  const Result<std::string_view> header = file.At(0, std::min(file.size(), kFileHeaderSize));
  if (!header.ok()) return header.status();
  if (Status status = CheckIdentity(*header); !status.ok()) return status;
  if (Status status = CheckSectionHeaders(*header, file.size()); !status.ok()) return status;
  const Result<ProgramHeaders> headers = ReadProgramHeaders(file, *header);
  if (!headers.ok()) return headers.status();
  return NoteReader(file, owner).Run(Read<uint16_t>(*header, 18), *headers);
}

Result<ElfFile> ReadElfNotes(std::string_view file, std::string_view owner) {
  ElfBytesInMemory bytes(file);
  return ReadElfNotes(bytes, owner);
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
