#include "core/plugin/elf_notes.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "garner/build_tag.h"
#include "tests/support/temp_folder.h"

namespace garner {
namespace {

std::string Good() { return testing::ReadBytes(GARNER_FIXTURE_FOLDER "/good.so"); }

TEST(ElfNotes, FindsTheNotesOfAnOwner) {
  const std::string file = Good();
  const Result<ElfFile> elf = ReadElfNotes(file, "garner");
  ASSERT_TRUE(elf.ok()) << elf.status().message();
  EXPECT_EQ(ElfMachineName(elf->machine), GARNER_TAG_ARCH);
  ASSERT_EQ(elf->notes.size(), 3u);
  bool tag = false;
  for (const ElfNote& note : elf->notes) tag = tag || (note.type == GARNER_NOTE_BUILD_TAG && note.description == GARNER_BUILD_TAG);
  EXPECT_TRUE(tag);
  const Result<ElfFile> other = ReadElfNotes(file, "garne");
  ASSERT_TRUE(other.ok());
  EXPECT_TRUE(other->notes.empty());
}

TEST(ElfNotes, RefusesEveryPrefix) {
  const std::string file = Good();
  // Every length near the beginning, then in steps: the file is a megabyte. A copy each, so that a sanitizer sees its end.
  for (size_t size = 0; size < file.size(); size += size < 2000 ? 1 : 4001) {
    const std::string prefix = file.substr(0, size);
    EXPECT_FALSE(ReadElfNotes(prefix, "garner").ok()) << size;
  }
}

// Every byte of the headers and notes set to values that overflow or point elsewhere: nothing to compare, only to survive.
TEST(ElfNotes, SurvivesAnyDamageToItsHeaders) {
  const std::string file = Good().substr(0, 4096);
  for (size_t at = 0; at < 1500; ++at) {
    for (const unsigned char value : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(value);
      (void)ReadElfNotes(damaged, "garner");
      if (at + 8 <= damaged.size()) std::memset(damaged.data() + at, value, 8);
      (void)ReadElfNotes(damaged, "garner");
    }
  }
}

// A file made by hand: one PT_NOTE segment that holds `notes`, repeated by `headers` program headers.
std::string Handmade(const std::string& notes, uint16_t headers) {
  std::string file(64 + size_t{headers} * 56, '\0');
  const auto put = [&](size_t at, auto value) { std::memcpy(file.data() + at, &value, sizeof value); };
  std::memcpy(file.data(), "\x7f" "ELF\2\1\1", 7);
  put(16, uint16_t{3});
  put(18, uint16_t{62});
  put(32, uint64_t{64});
  put(54, uint16_t{56});
  put(56, headers);
  for (uint16_t i = 0; i < headers; ++i) {
    const size_t header = 64 + size_t{i} * 56;
    put(header, uint32_t{4});
    put(header + 8, uint64_t{file.size()});
    put(header + 32, uint64_t{notes.size()});
    put(header + 48, uint64_t{4});
  }
  return file + notes;
}

TEST(ElfNotes, BoundsTheWorkOfOverlappingSegments) {
  const std::string empty_note(12, '\0');
  std::string notes;
  for (int i = 0; i < 1000; ++i) notes += empty_note;
  EXPECT_TRUE(ReadElfNotes(Handmade(notes, 1), "garner").ok());
  EXPECT_EQ(ReadElfNotes(Handmade(notes, 500), "garner").status().message(), "has more than 4096 notes");
  EXPECT_EQ(ReadElfNotes(Handmade(notes, 600), "garner").status().message(), "has more than 512 program headers");
}

TEST(ElfNotes, BoundsWhatIsReadOfNotes) {
  const uint32_t large = kMaxElfNoteBytes / 2;
  std::string notes(12 + large, '\0');
  std::memcpy(notes.data() + 4, &large, 4);  // one note, nearly all of it description
  EXPECT_TRUE(ReadElfNotes(Handmade(notes, 1), "garner").ok());
  EXPECT_EQ(ReadElfNotes(Handmade(notes, 2), "garner").status().message(), "has more than 16777216 bytes of notes");
}

TEST(ElfNotes, NamesTheSegmentsThatTheLoaderMaps) {
  const std::string file = Good();
  const Result<ElfFile> elf = ReadElfNotes(file, "garner");
  ASSERT_TRUE(elf.ok()) << elf.status().message();
  bool code = false, data = false;
  for (const ElfSegment& segment : elf->segments) {
    EXPECT_LE(segment.offset + segment.size, file.size());
    code = code || (segment.executable && !segment.writable);
    data = data || segment.writable;
  }
  EXPECT_TRUE(code && data);
}

// Counts what is read of a file that is given in pieces.
class Counted final : public ElfBytes {
 public:
  explicit Counted(std::string_view bytes) : bytes_(bytes) {}
  uint64_t size() const override { return bytes_.size(); }
  Result<std::string_view> At(uint64_t offset, uint64_t size) override {
    read_ += size;
    return bytes_.substr(offset, size);
  }
  uint64_t read() const { return read_; }

 private:
  std::string_view bytes_;
  uint64_t read_ = 0;
};

TEST(ElfNotes, ReadsLittleOfAFile) {
  const std::string file = Good();
  Counted bytes(file);
  ASSERT_TRUE(ReadElfNotes(bytes, "garner").ok());
  EXPECT_GT(bytes.read(), 64u);
  EXPECT_LT(bytes.read(), 16u * 1024);
}

TEST(ElfNotes, RefusesANoteBeyondItsSegment) {
  const auto note = [](uint32_t name, uint32_t description) {
    std::string bytes(12, '\0');
    std::memcpy(bytes.data(), &name, 4);
    std::memcpy(bytes.data() + 4, &description, 4);
    return bytes + std::string("garner\0\0", 8);
  };
  EXPECT_TRUE(ReadElfNotes(Handmade(note(7, 0), 1), "garner").ok());
  for (const uint32_t huge : {21u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
    EXPECT_FALSE(ReadElfNotes(Handmade(note(7, huge), 1), "garner").ok()) << huge;
    EXPECT_FALSE(ReadElfNotes(Handmade(note(huge, 0), 1), "garner").ok()) << huge;
  }
}

}  // namespace
}  // namespace garner
