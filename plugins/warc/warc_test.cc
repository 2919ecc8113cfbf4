#include "garner/plugin.h"

#include <gtest/gtest.h>
#include <zdict.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "garner_plugins/warc/options.pb.h"
#include "record_bytes.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"
#include "warc_samples.h"

GARNER_CASES(Warc)

namespace garner::warc {
namespace {

using namespace garner::warc::testing;
using garner::testing::FailingStream;
using garner::testing::OddStream;
using garner::testing::Unpacked;
using garner::testing::UnpackedItem;

struct Seen {
  Unpacked unpacked;
  std::map<std::string, double> metrics;
};

Seen UnpackStream(ByteStream& stream, const WarcOptions& options = {}) {
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, options.SerializeAsString()).ok());
  EXPECT_TRUE(stage->Open().ok());
  Seen run{garner::testing::Unpack(dynamic_cast<UnpackerStage&>(*stage), stream), {}};
  run.metrics = context.metrics;
  return run;
}

Seen UnpackBytes(std::string_view bytes, const WarcOptions& options = {}) {
  MemoryStream stream(bytes);
  return UnpackStream(stream, options);
}

// One line an item: "KEY: BYTES" or "KEY! MESSAGE"; the container's failure in a last line.
std::string Told(const Unpacked& unpacked) {
  std::string told;
  for (const UnpackedItem& item : unpacked.items)
    told += item.info.record_key() + (item.status.ok() ? ": " + item.bytes : "! " + item.status.message()) + "\n";
  return told + (unpacked.status.ok() ? "" : "failed: " + unpacked.status.message() + "\n");
}

std::vector<std::string> Bodies(const Unpacked& unpacked) {
  std::vector<std::string> bodies;
  for (const UnpackedItem& item : unpacked.items) bodies.push_back(item.status.ok() ? item.bytes : "!");
  return bodies;
}

std::string Page(int number, size_t bytes = 300) {
  std::string page = "<html><p>Page " + std::to_string(number) + " of the lighthouse keepers' almanac. ";
  for (uint32_t dice = static_cast<uint32_t>(number) * 2654435761U; page.size() < bytes; dice = dice * 1664525U + 1013904223U) page += std::to_string(dice >> 12) + " ";
  return page;
}

std::string Url(int number) { return "http://almanac.example/" + std::to_string(number); }

using Pack = std::function<std::string(std::string_view)>;
const Pack kPlain = [](std::string_view bytes) { return std::string(bytes); };
const Pack kGzip = [](std::string_view bytes) { return Deflated(bytes); };
const Pack kStored = [](std::string_view bytes) { return Deflated(bytes, 31, 0); };
const Pack kZstd = [](std::string_view bytes) { return ZstdFrame(bytes); };

// `count` pages, a member each; where each of them begins.
std::string PagesFile(const Pack& pack, int count, std::vector<uint64_t>* places = nullptr, size_t page_bytes = 300) {
  std::string file;
  for (int i = 0; i < count; ++i) {
    if (places != nullptr) places->push_back(file.size());
    file += pack(ResponseRecord(Url(i), Page(i, page_bytes)));
  }
  return file;
}

class Packed : public ::testing::TestWithParam<const Pack*> {
 protected:
  const Pack& pack() const { return *GetParam(); }
  bool plain() const { return GetParam() == &kPlain; }
};
INSTANTIATE_TEST_SUITE_P(Each, Packed, ::testing::Values(&kPlain, &kGzip, &kStored, &kZstd));

TEST_P(Packed, RecordsComeWithTheOffsetsThatIndexesHave) {
  std::vector<uint64_t> places;
  const std::string file = PagesFile(pack(), 20, &places);
  const Seen run = UnpackBytes(file);
  ASSERT_TRUE(run.unpacked.status.ok()) << run.unpacked.status.message();
  ASSERT_EQ(run.unpacked.items.size(), 20U);
  for (int i = 0; i < 20; ++i) {
    const UnpackedItem& item = run.unpacked.items[static_cast<size_t>(i)];
    ASSERT_TRUE(item.status.ok()) << item.status.message();
    EXPECT_EQ(item.bytes, Page(i));
    EXPECT_EQ(item.info.record_key(), std::to_string(places[static_cast<size_t>(i)]));
    EXPECT_EQ(item.info.fetch().url(), Url(i));
    EXPECT_EQ(item.info.fetch().time(), "2031-04-05T06:07:08Z");
    EXPECT_EQ(item.info.fetch().http_status(), 200U);
    EXPECT_EQ(item.info.declared_media_type(), "text/html");
    EXPECT_EQ(item.info.declared_charset(), "utf-8");
  }
}

TEST_P(Packed, PiecesOfAnySizeGiveTheSame) {
  std::string file = PagesFile(pack(), 3);
  file += pack()(ResponseRecord(Url(3), Page(3, 700'000)));
  file += pack()(WarcRecord("response", Url(4), "application/http", HttpResponseText(Page(4)), "", 100));
  file += pack()(WarcRecord("response", Url(5), "application/http", HttpResponseText(Page(5)), "", 5'000'000));
  file += PagesFile(pack(), 3);
  const std::string whole = Told(UnpackBytes(file).unpacked);
  EXPECT_NE(whole.find("says that it has 5000000 bytes"), std::string::npos);
  for (const size_t piece : {1UL, 2UL, 3UL, 17UL, 1000UL, 65537UL}) {
    OddStream stream(file, static_cast<uint32_t>(piece), piece);
    EXPECT_EQ(Told(UnpackStream(stream).unpacked), whole) << "pieces of up to " << piece;
  }
}

TEST_P(Packed, ACutAnywhereCostsOneRecord) {
  const std::string file = PagesFile(pack(), 3);
  const std::string two = PagesFile(pack(), 2);
  for (size_t size = two.size(); size < file.size(); ++size) {
    const Seen run = UnpackBytes(std::string_view(file).substr(0, size));
    ASSERT_TRUE(run.unpacked.status.ok()) << size;
    // Plain: what ends the record may be missing without harm.
    const bool whole = plain() && size >= file.size() - 4;
    const bool nothing = size == two.size();
    ASSERT_EQ(run.unpacked.items.size(), nothing ? 2U : 3U) << size << "\n" << Told(run.unpacked);
    EXPECT_EQ(run.unpacked.items[1].bytes, Page(1));
    if (!nothing) {
      EXPECT_EQ(run.unpacked.items[2].status.ok(), whole) << size;
    }
  }
}

TEST_P(Packed, ADamagedByteCostsAtMostItsRecord) {
  std::vector<uint64_t> places;
  const std::string file = PagesFile(pack(), 5, &places, 200);
  for (size_t at = places[2]; at < places[3]; ++at) {
    std::string damaged = file;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
    const Seen run = UnpackBytes(damaged);
    ASSERT_TRUE(run.unpacked.status.ok()) << at;
    const std::vector<std::string> bodies = Bodies(run.unpacked);
    for (const int intact : {0, 1, 3, 4}) EXPECT_EQ(std::count(bodies.begin(), bodies.end(), Page(intact, 200)), 1) << "byte " << at << ", page " << intact;
  }
}

TEST_P(Packed, GarbageBetweenRecordsIsTold) {
  const std::string file = PagesFile(pack(), 2) + "something that a disk put there\n\x1f\x8b\x08 and more" + std::string(3000, 'x') + PagesFile(pack(), 2);
  const Seen run = UnpackBytes(file);
  EXPECT_TRUE(run.unpacked.status.ok());
  EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), Page(1), "!", Page(0), Page(1)}));
}

TEST_P(Packed, ALengthThatIsTooLongCostsItsRecordOnly) {
  const auto file = [&](long long length) {
    return PagesFile(pack(), 1) + pack()(WarcRecord("response", Url(9), "application/http", HttpResponseText(Page(9)), "", length)) + PagesFile(pack(), 3);
  };
  for (const long long length : {800LL, 5000LL, 60'000'000LL, 70'000'000LL, 9'000'000'000'000'000'000LL}) {
    const Seen run = UnpackBytes(file(length));
    EXPECT_TRUE(run.unpacked.status.ok());
    EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), "!", Page(0), Page(1), Page(2)})) << length << "\n" << Told(run.unpacked);
  }
}

TEST_P(Packed, ALengthThatIsTooShortIsTold) {
  const std::string block = HttpResponseText(Page(9));
  const std::string file = PagesFile(pack(), 1) + pack()(WarcRecord("response", Url(9), "application/http", block, "", 100)) + PagesFile(pack(), 2);
  const Seen run = UnpackBytes(file);
  EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), block.substr(0, 100).substr(block.find("\r\n\r\n") + 4), "!", Page(0), Page(1)}));
  EXPECT_NE(run.unpacked.items[2].status.message().find("belong to no record"), std::string::npos);
}

TEST_P(Packed, ArcFilesAreRead) {
  const std::string page = HttpResponseText("<p>An old page</p>", "Last-Modified: Mon, 01 Jan 2001 00:00:00 GMT\r\n");
  const std::string file = pack()(ArcHead()) + pack()(ArcRecord("http://old.example/a b", page)) + pack()(ArcRecord("dns:old.example", "192.0.2.7", "text/dns")) +
                           pack()(ArcRecord("http://old.example/c", "no header, only text", "text/plain"));
  const Seen run = UnpackBytes(file);
  ASSERT_TRUE(run.unpacked.status.ok());
  ASSERT_EQ(Bodies(run.unpacked), (std::vector<std::string>{"<p>An old page</p>", "no header, only text"}));
  EXPECT_EQ(run.unpacked.items[0].info.fetch().url(), "http://old.example/a b");
  EXPECT_EQ(run.unpacked.items[0].info.fetch().time(), "2031-04-05T06:07:08Z");
  EXPECT_EQ(run.unpacked.items[0].info.fetch().last_modified(), "Mon, 01 Jan 2001 00:00:00 GMT");
  EXPECT_EQ(run.unpacked.items[1].info.declared_media_type(), "text/plain");
  EXPECT_EQ(run.metrics.at("passed_over_warcinfo"), 1);
  EXPECT_EQ(run.metrics.at("passed_over_look_ups"), 1);
}

TEST_P(Packed, AnArcFileWhoseBeginningIsLostIsRead) {
  std::string file = pack()(ArcHead()) + pack()(ArcRecord("http://old.example/1", "one")) + pack()(ArcRecord("http://old.example/2", "two"));
  file[1] = '\xFF';
  if (!plain()) return;  // without its magic number it is no compressed file, and no host would hand it out
  const Seen run = UnpackBytes(file);
  EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{"!", "one", "two"})) << Told(run.unpacked);
}

TEST_P(Packed, EveryKeyIsUnique) {
  std::string file;
  for (int i = 0; i < 40; ++i) {
    std::string member = ResponseRecord(Url(i), Page(i)) + ResponseRecord(Url(i), Page(i));
    if (i % 3 == 0) member += "rubbish\n";
    if (i % 5 == 0) member += WarcRecord("response", "", "application/http", "x", "", 77);
    std::string packed = pack()(member);
    if (i % 7 == 6) packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] + 1);
    file += packed;
  }
  std::set<std::string> keys;
  const Seen run = UnpackBytes(file);
  for (const UnpackedItem& item : run.unpacked.items) EXPECT_TRUE(keys.insert(item.info.record_key()).second) << item.info.record_key();
  EXPECT_GT(keys.size(), 80U);
}

TEST_P(Packed, AStreamThatFailsEndsTheContainerWithItsWords) {
  const std::string file = PagesFile(pack(), 3);
  for (size_t good = 0; good < file.size(); good += 37) {
    FailingStream stream(file, good);
    const Seen run = UnpackStream(stream);
    EXPECT_EQ(run.unpacked.status.message(), "the disk is broken") << good;
    EXPECT_EQ(run.unpacked.status.kind(), StatusKind::kUnreadable);
  }
}

TEST_P(Packed, ASecondBeginForgetsTheFirst) {
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  ASSERT_TRUE(stage->Configure(context, "").ok() && stage->Open().ok());
  auto& unpacker = dynamic_cast<UnpackerStage&>(*stage);
  const std::string first = PagesFile(pack(), 5);
  const std::string second = pack()(ArcHead()) + pack()(ArcRecord("http://old.example/1", "one"));
  MemoryStream first_stream(first);
  MemoryStream second_stream(second);
  EXPECT_EQ(garner::testing::Unpack(unpacker, first_stream, {}, 2).items.size(), 2U);
  EXPECT_EQ(Bodies(garner::testing::Unpack(unpacker, second_stream)), std::vector<std::string>{"one"});
}

TEST(Warc, RecordsInOneMemberAreToldApart) {
  const std::string second = ResponseRecord(Url(1), Page(1));
  const std::string file = Deflated(ResponseRecord(Url(0), Page(0)) + second) + Deflated(ResponseRecord(Url(2), Page(2)));
  const Seen run = UnpackBytes(file);
  EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), Page(1), Page(2)}));
  EXPECT_EQ(run.unpacked.items[1].info.record_key(), "0+" + std::to_string(ResponseRecord(Url(0), Page(0)).size()));
}

TEST(Warc, ARecordMayGoOnInFurtherMembers) {
  const std::string record = ResponseRecord(Url(0), Page(0, 5000));
  std::string file;
  for (size_t at = 0; at < record.size(); at += 700) file += Deflated(record.substr(at, 700));
  const Seen run = UnpackBytes(file + PagesFile(kGzip, 2));
  EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0, 5000), Page(0), Page(1)})) << Told(run.unpacked);
}

TEST(Warc, PaddingBetweenMembersIsNoDamage) {
  const Seen gzip = UnpackBytes(PagesFile(kGzip, 1) + std::string(1000, '\0') + PagesFile(kGzip, 1) + std::string(7, '\0'));
  EXPECT_EQ(Bodies(gzip.unpacked), (std::vector<std::string>{Page(0), Page(0)}));
  const Seen zstd = UnpackBytes(PagesFile(kZstd, 1) + SkippableFrame(3, std::string(5000, 'x')) + PagesFile(kZstd, 1) + SkippableFrame(0, ""));
  EXPECT_EQ(Bodies(zstd.unpacked), (std::vector<std::string>{Page(0), Page(0)}));
}

TEST(Warc, EmptyMembersAreNothing) {
  std::string file = PagesFile(kGzip, 1);
  const std::string empty = Deflated("");
  for (int i = 0; i < 100'000; ++i) file += empty;
  std::vector<uint64_t> places;
  const uint64_t offset = file.size();
  file += PagesFile(kGzip, 2, &places);
  const Seen seen = UnpackBytes(file);
  ASSERT_EQ(Bodies(seen.unpacked), (std::vector<std::string>{Page(0), Page(0), Page(1)}));
  EXPECT_EQ(seen.unpacked.items[1].info.record_key(), std::to_string(offset));
}

TEST(Warc, AChecksumThatDoesNotFitFailsTheRecord) {
  std::vector<uint64_t> places;
  std::string file = PagesFile(kGzip, 3, &places);
  file[places[2] - 8] = static_cast<char>(file[places[2] - 8] ^ 1);
  const Seen run = UnpackBytes(file);
  ASSERT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), "!", Page(2)}));
  EXPECT_EQ(run.unpacked.items[1].status.message(), "the gzip member at byte " + std::to_string(places[1]) + " is damaged: its checksum does not fit");
}

std::string TrainedDictionary() {
  std::string samples;
  std::vector<size_t> sizes;
  for (int i = 0; i < 200; ++i) {
    const std::string record = ResponseRecord(Url(i), Page(i));
    samples += record;
    sizes.push_back(record.size());
  }
  std::string dictionary(4096, '\0');
  dictionary.resize(ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(), static_cast<unsigned>(sizes.size())));
  return dictionary;
}

TEST(Warc, TheDictionaryBeforeZstdFramesIsUsed) {
  const std::string dictionary = TrainedDictionary();
  ASSERT_GT(dictionary.size(), 100U);
  std::string frames;
  for (int i = 0; i < 5; ++i) frames += ZstdFrame(ResponseRecord(Url(i), Page(i)), dictionary);
  for (const std::string& head : {SkippableFrame(0xD, dictionary), SkippableFrame(0xD, ZstdFrame(dictionary))}) {
    const Seen run = UnpackBytes(head + frames);
    EXPECT_TRUE(run.unpacked.status.ok()) << run.unpacked.status.message();
    EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), Page(1), Page(2), Page(3), Page(4)}));
    EXPECT_EQ(run.unpacked.items[0].info.record_key(), std::to_string(head.size()));
    const std::string file = head + frames;
    OddStream stream(file, 3, 40);
    EXPECT_EQ(Bodies(UnpackStream(stream).unpacked), Bodies(run.unpacked));
  }
  const Seen cut = UnpackBytes(SkippableFrame(0xD, dictionary).substr(0, 500));
  EXPECT_NE(cut.unpacked.status.message().find("dictionary at the beginning of the file is cut off"), std::string::npos) << cut.unpacked.status.message();
  EXPECT_FALSE(UnpackBytes(SkippableFrame(0xD, ZstdFrame(dictionary).substr(0, 200)) + frames).unpacked.status.ok());
}

TEST(Warc, ARecordThatIsTooLargeFailsByName) {
  WarcOptions options;
  options.set_max_record_bytes(100'000);
  for (const Pack* pack : {&kPlain, &kGzip}) {
    const std::string file = PagesFile(*pack, 1) + (*pack)(ResponseRecord(Url(8), Page(8, 2'500'000))) + (*pack)(WarcRecord("request", "", "application/http", Page(7, 200'000))) +
                             PagesFile(*pack, 2);
    const Seen run = UnpackBytes(file, options);
    EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), "!", Page(0), Page(1)})) << Told(run.unpacked);
    EXPECT_EQ(run.unpacked.items[1].status.kind(), StatusKind::kLimit);
    EXPECT_NE(run.unpacked.items[1].status.message().find("raise max_record_bytes of the warc unpacker"), std::string::npos);
    EXPECT_EQ(run.unpacked.items[1].info.fetch().url(), Url(8));
    EXPECT_EQ(run.metrics.at("passed_over_request"), 1);
  }
}

TEST(Warc, ABombInAMemberCostsTheMember) {
  const std::string bomb = Deflated(ResponseRecord(Url(8), std::string(30 << 20, ' ')), 31, 9);
  const Seen run = UnpackBytes(PagesFile(kGzip, 1) + bomb + PagesFile(kGzip, 2));
  EXPECT_TRUE(run.unpacked.status.ok());
  ASSERT_EQ(Bodies(run.unpacked), (std::vector<std::string>{Page(0), "!", Page(0), Page(1)}));
  EXPECT_EQ(run.unpacked.items[1].status.kind(), StatusKind::kLimit);
  EXPECT_NE(run.unpacked.items[1].status.message().find("raise max_expansion_ratio of the warc unpacker"), std::string::npos);
  WarcOptions generous;
  generous.set_max_expansion_ratio(2000);
  EXPECT_EQ(UnpackBytes(PagesFile(kGzip, 1) + bomb, generous).unpacked.items[1].bytes.size(), 30U << 20);
}

TEST(Warc, AFileFullOfBombsFails) {
  const std::string bomb = Deflated(WarcRecord("request", "", "text/plain", std::string(9 << 20, ' ')), 31, 9);
  std::string file;
  for (int i = 0; i < 40; ++i) file += bomb;
  const Seen run = UnpackBytes(file);
  EXPECT_EQ(run.unpacked.status.kind(), StatusKind::kLimit);
  EXPECT_NE(run.unpacked.status.message().find("the file expands to more than 200 times its size; raise max_expansion_ratio"), std::string::npos);
  EXPECT_LT(run.metrics.at("passed_over_request"), 15);
}

TEST(Warc, HeaderFloodsFailByName) {
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
  const std::string line = "X: " + std::string(300'000, 'y') + "\r\n";
  for (const Pack* pack : {&kPlain, &kGzip}) {
    const auto file = [&](const std::string& record) { return (*pack)(record) + PagesFile(*pack, 1); };
    const auto problem = [&](const std::string& record) {
      const Seen run = UnpackBytes(file(record));
      EXPECT_EQ(Bodies(run.unpacked), (std::vector<std::string>{"!", Page(0)}));
      EXPECT_EQ(run.unpacked.items[0].status.kind(), StatusKind::kLimit);
      return run.unpacked.items[0].status.message();
    };
    EXPECT_EQ(problem(WarcRecord("response", "", "application/http", "x", lines)), "the record at byte 0 has more than 1000 header lines; raise max_headers of the warc unpacker to read it");
    EXPECT_EQ(problem(WarcRecord("response", "", "application/http", "x", line)), "the record at byte 0 has a header of more than 262144 bytes; raise max_header_bytes of the warc unpacker to read it");
    EXPECT_EQ(problem(WarcRecord("response", "", "application/http", HttpResponseText("x", lines))),
              "the record at byte 0: its HTTP header has more than 1000 lines; raise max_headers of the warc unpacker to read it");
    EXPECT_EQ(problem(WarcRecord("response", "", "application/http", HttpResponseText("x", line))),
              "the record at byte 0: its HTTP header has more than 262144 bytes; raise max_header_bytes of the warc unpacker to read it");
  }
}

TEST(Warc, AFileThatIsDamagedThroughoutFails) {
  WarcOptions options;
  options.set_max_damages(3);
  std::string file;
  for (int i = 0; i < 10; ++i) file += WarcRecord("response", Url(i), "application/http", "x", "", 50);
  const Seen run = UnpackBytes(file, options);
  EXPECT_EQ(run.unpacked.items.size(), 3U);
  EXPECT_NE(run.unpacked.status.message().find("more than 3 places are damaged; raise max_damages of the warc unpacker"), std::string::npos) << run.unpacked.status.message();
}

// Every ten bytes something that looks like a member: the search must not try them all.
TEST(Warc, FalseBeginningsOfMembersAreGivenUp) {
  std::string file = PagesFile(kGzip, 1);
  for (int i = 0; i < 200'000; ++i) file += std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03\x05", 11);
  const Seen run = UnpackBytes(file + PagesFile(kGzip, 1));
  EXPECT_EQ(run.unpacked.items[0].bytes, Page(0));
  EXPECT_NE(run.unpacked.status.message().find("too many places that look like records"), std::string::npos) << Told(run.unpacked);
}

// Records whose lengths all reach to the end of the file: each is looked at once.
TEST(Warc, ManyLyingLengthsTakeLinearTime) {
  WarcOptions options;
  options.set_max_damages(1'000'000);
  std::string file;
  for (int i = 0; i < 100'000; ++i) file += WarcRecord("response", "", "application/http", "x", "", 60'000'000);
  const Seen run = UnpackBytes(file, options);
  EXPECT_EQ(run.unpacked.items.size(), 100'000U);
}

// Of Zstandard nothing comes out before the whole first block is there.
TEST(Warc, LargeMembersAreFoundBehindDamage) {
  for (const Pack* pack : {&kGzip, &kStored, &kZstd}) {
    std::string file = PagesFile(*pack, 1) + (*pack)(ResponseRecord(Url(1), Page(1, 400'000)));
    const size_t middle = file.size() - 20'000;
    for (int i = 0; i < 50; ++i) file[middle + static_cast<size_t>(i)] = static_cast<char>(i * 37);
    for (int i = 2; i < 4; ++i) file += (*pack)(ResponseRecord(Url(i), Page(i, 400'000)));
    const Seen seen = UnpackBytes(file);
    ASSERT_EQ(Bodies(seen.unpacked), (std::vector<std::string>{Page(0), "!", Page(2, 400'000), Page(3, 400'000)}));
  }
}

TEST(Warc, RandomDamageNeverStopsTheRest) {
  std::mt19937 dice(11);
  for (const Pack* pack : {&kPlain, &kGzip, &kZstd}) {
    for (int round = 0; round < 200; ++round) {
      std::string file = PagesFile(*pack, 12);
      const std::string head = PagesFile(*pack, 2);
      const std::string tail = PagesFile(*pack, 2);
      const size_t from = dice() % file.size();
      switch (dice() % 3) {
        case 0: file.erase(from, dice() % 3000); break;
        case 1: file.insert(from, std::string(dice() % 3000, static_cast<char>(dice()))); break;
        default: for (size_t at = from; at < std::min(file.size(), from + 200); ++at) file[at] = static_cast<char>(dice());
      }
      const Seen run = UnpackBytes(head + file + tail);
      ASSERT_TRUE(run.unpacked.status.ok()) << run.unpacked.status.message();
      const std::vector<std::string> bodies = Bodies(run.unpacked);
      ASSERT_GE(bodies.size(), 4U);
      EXPECT_EQ(bodies.front(), Page(0));
      EXPECT_EQ(bodies.back(), Page(1)) << round << "\n" << Told(run.unpacked);
    }
  }
}

}  // namespace
}  // namespace garner::warc
