#include "garner/plugin.h"

#include <gtest/gtest.h>

#include <clocale>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "archive_samples.h"
#include "garner_plugins/archive/options.pb.h"
#include "member_name.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"

GARNER_CASES(Archive)

namespace garner::archive {
namespace {

using namespace garner::archive::testing;
using garner::testing::FailingStream;
using garner::testing::OddStream;
using garner::testing::Unpacked;
using garner::testing::UnpackedItem;

struct Seen {
  Unpacked unpacked;
  std::map<std::string, double> metrics;
};

Seen UnpackStream(ByteStream& stream, const ArchiveOptions& options = {}, const std::string& uri = "box.bin") {
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, options.SerializeAsString()).ok());
  EXPECT_TRUE(stage->Open().ok());
  v1::PayloadInfo info;
  info.set_uri(uri);
  Seen seen{garner::testing::Unpack(dynamic_cast<UnpackerStage&>(*stage), stream, info), {}};
  seen.metrics = context.metrics;
  return seen;
}

Seen UnpackBytes(std::string_view bytes, const ArchiveOptions& options = {}, const std::string& uri = "box.bin") {
  MemoryStream stream(bytes);
  return UnpackStream(stream, options, uri);
}

// One line an item: "NAME: BYTES" or "NAME! MESSAGE"; the container's failure in a last line.
std::string Told(const Unpacked& unpacked) {
  std::string told;
  for (const UnpackedItem& item : unpacked.items)
    told += item.info.container_path() + (item.status.ok() ? ": " + item.bytes : "! " + item.status.message()) + "\n";
  return told + (unpacked.status.ok() ? "" : "failed: " + unpacked.status.message() + "\n");
}

std::string Text(int number, size_t bytes = 200) {
  std::string text = "Ledger " + std::to_string(number) + " of the mill. ";
  for (uint32_t dice = static_cast<uint32_t>(number) * 2654435761U; text.size() < bytes; dice = dice * 1664525U + 1013904223U) text += std::to_string(dice >> 14) + " ";
  return text;
}

std::vector<Member> Ledgers(int count, size_t bytes = 200) {
  std::vector<Member> members;
  for (int i = 0; i < count; ++i) members.push_back({"ledgers/" + std::to_string(i) + ".txt", Text(i, bytes)});
  return members;
}

std::string ToldOf(const std::vector<Member>& members) {
  std::string told;
  for (const Member& member : members) told += member.name + ": " + member.bytes + "\n";
  return told;
}

struct Kind {
  const char* format;
  const char* filter;
};
class EachKind : public ::testing::TestWithParam<Kind> {
 protected:
  std::string Pack(const std::vector<Member>& members) const { return Packed(GetParam().format, members, GetParam().filter); }
  bool has_checksums() const { return std::string(GetParam().filter) != "none" || std::string(GetParam().format) != "ustar"; }
};
INSTANTIATE_TEST_SUITE_P(Of, EachKind,
                         ::testing::Values(Kind{"zip", "none"}, Kind{"ustar", "none"}, Kind{"pax", "none"}, Kind{"gnutar", "none"}, Kind{"7zip", "none"},
                                           Kind{"ustar", "gzip"}, Kind{"ustar", "bzip2"}, Kind{"ustar", "xz"}, Kind{"ustar", "zstd"}, Kind{"ustar", "lz4"},
                                           Kind{"ustar", "lzma"}),
                         [](const auto& kind) { return std::string(kind.param.format) + "_" + kind.param.filter; });

TEST_P(EachKind, MembersComeInTheirOrder) {
  const std::vector<Member> members = Ledgers(30);
  const std::string file = Pack(members);
  EXPECT_EQ(Told(UnpackBytes(file).unpacked), ToldOf(members));
}

TEST_P(EachKind, PiecesOfAnySizeGiveTheSame) {
  std::vector<Member> members = Ledgers(5);
  members.push_back({"large.txt", Text(9, 300'000)});
  members.push_back({"empty.txt", ""});
  const std::string file = Pack(members);
  const std::string whole = Told(UnpackBytes(file).unpacked);
  for (const size_t piece : {1UL, 2UL, 511UL, 70'000UL}) {
    OddStream stream(file, static_cast<uint32_t>(piece), piece);
    EXPECT_EQ(Told(UnpackStream(stream).unpacked), whole) << "pieces of up to " << piece;
  }
}

TEST_P(EachKind, MembersThatNobodyReadsAreGotOver) {
  const std::vector<Member> members = Ledgers(10, 100'000);
  const std::string file = Pack(members);
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  ASSERT_TRUE(stage->Configure(context, "").ok() && stage->Open().ok());
  auto& unpacker = dynamic_cast<UnpackerStage&>(*stage);
  MemoryStream stream(file);
  ASSERT_TRUE(unpacker.Begin({}, stream).ok());
  for (size_t i = 0; i < members.size(); ++i) {
    SourceItem item;
    const Result<bool> next = unpacker.Next(item);
    ASSERT_TRUE(next.ok() && *next) << i;
    EXPECT_EQ(item.payload.info.container_path(), members[i].name);
    std::string beginning(50, '\0');
    if (i % 3 == 0) continue;
    ASSERT_EQ(*item.stream->Read(beginning.data(), beginning.size()), 50U);
    EXPECT_EQ(beginning, members[i].bytes.substr(0, 50));
  }
  SourceItem end;
  EXPECT_FALSE(*unpacker.Next(end));
}

TEST_P(EachKind, ACutNeverPassesForAWhole) {
  const std::vector<Member> members = Ledgers(6, 3000);
  const std::string file = Pack(members);
  const std::string whole = ToldOf(members);
  for (size_t size = 0; size < file.size(); size += 1 + file.size() / 150) {
    const Unpacked unpacked = UnpackBytes(std::string_view(file).substr(0, size)).unpacked;
    for (size_t i = 0; i < unpacked.items.size(); ++i) {
      if (unpacked.items[i].status.ok()) {
        EXPECT_EQ(unpacked.items[i].bytes, members[i].bytes) << size;
      }
    }
    const bool all_told = !unpacked.status.ok() || std::any_of(unpacked.items.begin(), unpacked.items.end(), [](const UnpackedItem& item) { return !item.status.ok(); });
    // A tar ends where its blocks end; nothing says that there were more.
    const bool plain_tar = std::string(GetParam().filter) == "none" && std::string(GetParam().format).find("tar") != std::string::npos;
    if (!plain_tar && std::string(GetParam().format) != "pax") {
      EXPECT_TRUE(all_told || Told(unpacked) == whole) << size;
    }
  }
}

TEST_P(EachKind, DamageIsNeverFatalAndNeverSilent) {
  const std::vector<Member> members = Ledgers(6, 3000);
  const std::string file = Pack(members);
  std::mt19937 dice(5);
  for (int round = 0; round < 300; ++round) {
    std::string damaged = file;
    const size_t at = dice() % file.size();
    for (size_t i = at; i < std::min(file.size(), at + 1 + dice() % 8); ++i) damaged[i] = static_cast<char>(dice());
    const Unpacked unpacked = UnpackBytes(damaged).unpacked;
    EXPECT_TRUE(unpacked.status.ok() || !unpacked.status.message().empty());
    for (const UnpackedItem& item : unpacked.items) EXPECT_TRUE(item.status.ok() || !item.status.message().empty());
  }
}

TEST_P(EachKind, AStreamThatFailsEndsTheContainerWithItsWords) {
  const std::string file = Pack(Ledgers(6, 3000));
  for (size_t good = 0; good < file.size(); good += 1 + file.size() / 40) {
    FailingStream stream(file, good);
    EXPECT_EQ(UnpackStream(stream).unpacked.status.message(), "the disk is broken") << good;
  }
}

TEST_P(EachKind, ASecondBeginForgetsTheFirst) {
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  ASSERT_TRUE(stage->Configure(context, "").ok() && stage->Open().ok());
  auto& unpacker = dynamic_cast<UnpackerStage&>(*stage);
  const std::string first = Pack(Ledgers(5));
  const std::string second = Packed("zip", {{"other.txt", "other"}});
  MemoryStream first_stream(first);
  MemoryStream second_stream(second);
  EXPECT_EQ(garner::testing::Unpack(unpacker, first_stream, {}, 2).items.size(), 2U);
  EXPECT_EQ(Told(garner::testing::Unpack(unpacker, second_stream)), "other.txt: other\n");
}

TEST(Archive, WhatIsNoFileIsCounted) {
  const std::vector<Member> members = {{"folder/", "", AE_IFDIR}, {"folder/a.txt", "a"}, {"soft", "", AE_IFLNK, "folder/a.txt"}, {"hard", "", AE_IFREG, "folder/a.txt"}, {"pipe", "", AE_IFIFO}};
  const Seen tar = UnpackBytes(Packed("pax", members));
  EXPECT_EQ(Told(tar.unpacked), "folder/a.txt: a\n");
  EXPECT_EQ(tar.metrics, (std::map<std::string, double>{{"passed_over_folders", 1}, {"passed_over_links", 2}, {"passed_over_devices", 1}}));
  const Seen zip = UnpackBytes(Packed("zip", {members[0], members[1], members[2]}));
  EXPECT_EQ(Told(zip.unpacked), "folder/a.txt: a\n");
  EXPECT_EQ(zip.metrics, (std::map<std::string, double>{{"passed_over_folders", 1}, {"passed_over_links", 1}}));
}

TEST(Archive, WhatMacOsPutsBesideFilesIsPassedOver) {
  const std::string apple(std::string("\0\5\x16\7", 4) + std::string(50, '\0'));
  const Seen seen = UnpackBytes(Packed("zip", {{"a.txt", "a"}, {"__MACOSX/._a.txt", apple}, {"._note", "a text with an odd name"}, {"._", ""}}));
  EXPECT_EQ(Told(seen.unpacked), "a.txt: a\n._note: a text with an odd name\n._: \n");
  EXPECT_EQ(seen.metrics.at("passed_over_apple_double_files"), 1);
}

TEST(Archive, ACompressedFileIsOneMember) {
  for (const char* filter : {"gzip", "bzip2", "xz", "zstd", "lz4", "lzma"}) {
    const std::string file = Packed("raw", {{"x", Text(1)}}, filter);
    EXPECT_EQ(Told(UnpackBytes(file, {}, "in/letter.txt.bz2").unpacked), "letter.txt: " + Text(1) + "\n") << filter;
  }
}

TEST(Archive, NamesOfAnyCharsetBecomeUtf8) {
  OddZip zip;
  zip.Add("\xD0\xBC\xD0\xB5\xD0\xBB\xD1\x8C.txt", "declared", 0x800);
  zip.Add("\xD1\x85\xD0\xBB\xD0\xB5\xD0\xB1.txt", "not declared");
  zip.Add("\x8C\xA5\xAB\xEC\xAD\xA8\xE6\xA0.txt", "code page 866");
  ArchiveOptions options;
  options.set_name_charset("IBM866");
  EXPECT_EQ(Told(UnpackBytes(zip.Finish(), options).unpacked), "мель.txt: declared\nхлеб.txt: not declared\nМельница.txt: code page 866\n");
  const Unpacked guessed = UnpackBytes(zip.Finish()).unpacked;
  ASSERT_EQ(guessed.items.size(), 3U);
  EXPECT_EQ(Told(UnpackBytes(Packed("pax", {{"хлеб.txt", "x"}})).unpacked), "хлеб.txt: x\n");
  EXPECT_EQ(Told(UnpackBytes(Packed("gnutar", {{"caf\xE9.txt", "x"}})).unpacked), "café.txt: x\n");
  EXPECT_STREQ(setlocale(LC_CTYPE, nullptr), "C") << "the locale of the process stays as it was";
}

TEST(Archive, NamesThatLeadElsewhereAreOnlyNames) {
  OddZip zip;
  zip.Add("../../etc/passwd", "x");
  zip.Add("/absolute", "y");
  zip.Add("a\\b", "z");
  EXPECT_EQ(Told(UnpackBytes(zip.Finish()).unpacked), "../../etc/passwd: x\n/absolute: y\na/b: z\n");
}

TEST(Archive, EncryptedMembersFailByName) {
  OddZip zip;
  zip.Add("open.txt", "open");
  zip.Add("closed.txt", Text(3), 1);
  zip.Add("open too.txt", "open too");
  EXPECT_EQ(Told(UnpackBytes(zip.Finish()).unpacked),
            "open.txt: open\nclosed.txt! it is encrypted; unpack it with its password, and give what is in it\nopen too.txt: open too\n");
}

TEST(Archive, ADamagedMemberOfAZipCostsItself) {
  OddZip zip;
  zip.Add("1.txt", Text(1));
  const uint32_t from = zip.size();
  zip.Add("2.txt", Text(2));
  const uint32_t to = zip.size();
  zip.Add("3.txt", Text(3));
  std::string file = zip.Finish();
  file[(from + to) / 2] = static_cast<char>(file[(from + to) / 2] ^ 0x10);
  const Seen seen = UnpackBytes(file);
  ASSERT_EQ(seen.unpacked.items.size(), 3U) << Told(seen.unpacked);
  EXPECT_EQ(seen.unpacked.items[1].status.message().compare(0, 22, "2.txt: it is damaged: "), 0) << Told(seen.unpacked);
  EXPECT_EQ(seen.unpacked.items[2].bytes, Text(3));
}

TEST(Archive, DamagedMembersOfAZipAreNotWithoutNumber) {
  OddZip zip;
  for (int i = 0; i < 300; ++i) zip.Add(std::to_string(i) + ".txt", Text(i));
  std::string file = zip.Finish();
  for (size_t at = file.find("PK\3\4"); at != std::string::npos; at = file.find("PK\3\4", at + 1)) file[at + 60] = static_cast<char>(file[at + 60] ^ 0x55);
  const Seen seen = UnpackBytes(file);
  EXPECT_GT(seen.unpacked.items.size(), 100U);
  EXPECT_LT(seen.unpacked.items.size(), 300U);
  EXPECT_NE(seen.unpacked.status.message().find("cannot be read behind the beginning of member"), std::string::npos) << seen.unpacked.status.message();
}

TEST(Archive, WhatIsNoArchiveFailsInWords) {
  for (const std::string& bytes : {std::string(), std::string("only a text"), std::string(5000, 'x'), std::string("PK\3\4 and nothing more")}) {
    const Unpacked unpacked = UnpackBytes(bytes).unpacked;
    EXPECT_FALSE(unpacked.status.ok() && !unpacked.items.empty()) << Told(unpacked);
    if (!bytes.empty()) {
      EXPECT_FALSE(unpacked.status.message().empty());
    }
  }
}

TEST(Archive, ATooLargeMemberFailsByNameAndTheNextIsRead) {
  ArchiveOptions options;
  options.set_max_member_bytes(1000);
  options.set_max_expanded_bytes(2000);
  const std::vector<Member> members = {{"large.txt", Text(1, 5000)}, {"large.txt.gz", Packed("raw", {{"x", std::string(9000, 'y')}}, "gzip")}, {"small.txt", "small"}};
  EXPECT_EQ(Told(UnpackBytes(Packed("ustar", members), options).unpacked),
            "large.txt! large.txt: larger than 1000 bytes; raise max_member_bytes of the archive unpacker to read it\n"
            "large.txt.gz! large.txt.gz: expands to more than 2000 bytes; raise max_expanded_bytes of the archive unpacker to read it\nsmall.txt: small\n");
}

TEST(Archive, LimitsOfTheWholeAreNamed) {
  ArchiveOptions members;
  members.set_max_members(3);
  const Unpacked three = UnpackBytes(Packed("ustar", Ledgers(10)), members).unpacked;
  EXPECT_EQ(three.items.size(), 3U);
  EXPECT_EQ(three.status.message(), "it has more than 3 members; raise max_members of the archive unpacker to read the rest");
  EXPECT_EQ(three.status.kind(), StatusKind::kLimit);
  ArchiveOptions bytes;
  bytes.set_max_bytes(1000);
  const Unpacked some = UnpackBytes(Packed("ustar", Ledgers(10, 300)), bytes).unpacked;
  EXPECT_EQ(some.items.size(), 4U);
  EXPECT_NE(some.status.message().find("more than 1000 bytes; raise max_bytes of the archive unpacker"), std::string::npos) << some.status.message();
}

// The bombs: none of them may cost more than its limit.
constexpr const char* kTooMuch = "the archive expands to more than 200 times its size; raise max_expansion_ratio of the archive unpacker to read it";

TEST(Bomb, OfOneMember) {
  const std::vector<Member> members = {{"zeros", std::string(24 << 20, ' ')}};
  for (const auto& [format, filter] : {std::pair<const char*, const char*>{"zip", "none"}, {"7zip", "none"}, {"ustar", "bzip2"}, {"ustar", "xz"}, {"raw", "bzip2"}, {"raw", "zstd"}}) {
    const std::string file = Packed(format, members, filter);
    ASSERT_LT(file.size(), 100'000U);
    const Unpacked unpacked = UnpackBytes(file).unpacked;
    EXPECT_EQ(unpacked.status.message(), kTooMuch) << format << filter;
    EXPECT_EQ(unpacked.status.kind(), StatusKind::kLimit);
    ASSERT_EQ(unpacked.items.size(), 1U);
    EXPECT_EQ(unpacked.items[0].status.kind(), StatusKind::kLimit);
  }
}

TEST(Bomb, ThatNobodyReadsIsNotUnpackedToGetBehindIt) {
  const std::vector<Member> members = {{"zeros", std::string(24 << 20, ' ')}, {"after", "x"}};
  for (const auto& [format, filter] : {std::pair<const char*, const char*>{"7zip", "none"}, {"ustar", "bzip2"}, {"ustar", "xz"}, {"ustar", "gzip"}}) {
    const std::string file = Packed(format, members, filter);
    garner::testing::TestContext context;
    const std::unique_ptr<Stage> stage(garner_plugin.make());
    ASSERT_TRUE(stage->Configure(context, "").ok() && stage->Open().ok());
    auto& unpacker = dynamic_cast<UnpackerStage&>(*stage);
    MemoryStream stream(file);
    ASSERT_TRUE(unpacker.Begin({}, stream).ok());
    SourceItem first, second;
    ASSERT_TRUE(*unpacker.Next(first));
    const Result<bool> next = unpacker.Next(second);
    EXPECT_EQ(next.status().message(), kTooMuch) << format << filter;
  }
}

// Thousands of members that are all the same bytes.
TEST(Bomb, OfOverlappingMembers) {
  const std::string zeros(1 << 20, '\0');
  const std::string packed = BareDeflated(zeros);
  OddZip zip;
  OddZip::Entry entry{"0", 0, 8, static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), static_cast<uInt>(zeros.size()))), static_cast<uint32_t>(packed.size()),
                      static_cast<uint32_t>(zeros.size()), 0};
  zip.Append(OddZip::LocalHeader(entry) + packed);
  for (int i = 0; i < 5000; ++i) zip.List(entry);
  const std::string file = zip.Finish();
  ASSERT_LT(file.size(), 300'000U);
  const Unpacked unpacked = UnpackBytes(file).unpacked;
  EXPECT_LT(unpacked.items.size(), 100U);
  EXPECT_FALSE(unpacked.status.ok() && unpacked.items.size() > 1) << Told(unpacked).substr(0, 500);
}

TEST(Bomb, OfManyLayersOfCompression) {
  std::string file = Text(1);
  for (int i = 0; i < 40; ++i) file = Packed("raw", {{"x", file}}, "gzip");
  const Unpacked unpacked = UnpackBytes(file).unpacked;
  EXPECT_EQ(unpacked.status.kind(), StatusKind::kLimit);
  EXPECT_EQ(unpacked.status.message(), "it is compressed more than 5 times over; raise max_compression_layers of the archive unpacker to read it");
}

TEST(Layers, UpToTheLimitAreUndone) {
  std::string file = Text(1);
  for (int i = 0; i < 5; ++i) file = Packed("raw", {{"x", file}}, "gzip");
  EXPECT_TRUE(UnpackBytes(file).unpacked.status.ok());
  file = Packed("raw", {{"x", file}}, "xz");
  EXPECT_EQ(UnpackBytes(file).unpacked.status.kind(), StatusKind::kLimit);
  ArchiveOptions options;
  options.set_max_compression_layers(6);
  EXPECT_TRUE(UnpackBytes(file, options).unpacked.status.ok());
}

TEST(Bomb, OfHoles) {
  // A sparse file of a terabyte, of which nothing is there.
  struct ::archive* writer = archive_write_new();
  std::string file(1 << 20, '\0');
  size_t used = 0;
  archive_write_set_format_pax(writer);
  archive_write_open_memory(writer, file.data(), file.size(), &used);
  struct archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, "holes");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, la_int64_t{1} << 40);
  archive_entry_sparse_add_entry(entry, (la_int64_t{1} << 40) - 1, 1);
  archive_write_header(writer, entry);
  archive_write_data(writer, "x", 1);
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  file.resize(used);
  ASSERT_LT(file.size(), 20'000U);
  EXPECT_EQ(UnpackBytes(file).unpacked.status.message(), kTooMuch);
}

TEST(Archive, ASevenZipInsideSomethingElseIsBuffered) {
  const std::vector<Member> members = Ledgers(3);
  const std::string file = Packed("7zip", members);
  ArchiveOptions options;
  options.set_max_buffered_bytes(file.size());
  OddStream enough(file, 1, 1000);
  EXPECT_EQ(Told(UnpackStream(enough, options).unpacked), ToldOf(members));
  options.set_max_buffered_bytes(file.size() - 1);
  OddStream little(file, 1, 1000);
  const Status status = UnpackStream(little, options).unpacked.status;
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  EXPECT_NE(status.message().find("raise max_buffered_bytes of the archive unpacker"), std::string::npos);
}

TEST(Archive, AZipThatCannotBeSoughtIsReadAsItComes) {
  const std::vector<Member> members = Ledgers(20, 3000);
  const std::string file = Packed("zip", members);
  ArchiveOptions options;
  options.set_max_buffered_bytes(2000);
  OddStream stream(file, 1, 1000);
  EXPECT_EQ(Told(UnpackStream(stream, options).unpacked), ToldOf(members));
}

TEST(MemberName, LosesTheEndingOfTheCompression) {
  EXPECT_EQ(NameWithoutCompression("a/b.txt.bz2"), "b.txt");
  EXPECT_EQ(NameWithoutCompression("b.tar"), "b.tar");
  EXPECT_EQ(NameWithoutCompression("mail.zip!/x.gz"), "x");
  EXPECT_EQ(NameWithoutCompression(".gz"), ".gz");
  EXPECT_EQ(NameWithoutCompression(""), "data");
}

}  // namespace
}  // namespace garner::archive
