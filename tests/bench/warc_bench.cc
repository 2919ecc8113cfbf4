// Times the warc unpacker beside bare decompression of the same file, in turns, on one core.
//
//   warc_bench                          256 MB of records in memory, five turns
//   warc_bench --megabytes N            another size
//   warc_bench --write FILE --megabytes N    only writes the file that would be measured
//   warc_bench --read FILE              unpacks a file once, and says how much memory that took
#include <isa-l/igzip_lib.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <ctime>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "garner/input_file.h"
#include "garner/plugin.h"
#include "tests/bench/warc_pages.h"
#include "garner/testing/documents.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace garner::bench {
namespace {

constexpr size_t kRoom = size_t{1} << 18;

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "warc_bench: %s\n", what.c_str());
  std::exit(1);
}

double ProcessorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// All of these return the bytes that they made.
uint64_t Zlib(std::string_view file) {
  std::vector<char> out(kRoom);
  z_stream stream = {};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(file.data()));
  stream.avail_in = static_cast<uInt>(file.size());
  uint64_t made = 0;
  while (stream.avail_in > 0) {
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_NO_FLUSH);
    made += out.size() - stream.avail_out;
    if (result == Z_STREAM_END) inflateReset(&stream);
    else if (result != Z_OK) Fail("zlib does not take the file");
  }
  inflateEnd(&stream);
  return made;
}

uint64_t IsaL(std::string_view file) {
  std::vector<char> out(kRoom);
  const auto state = std::make_unique<inflate_state>();
  isal_inflate_init(state.get());
  state->crc_flag = ISAL_GZIP;
  state->next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(file.data()));
  state->avail_in = static_cast<uint32_t>(file.size());
  uint64_t made = 0;
  while (state->avail_in > 0 || state->block_state != ISAL_BLOCK_FINISH) {
    state->next_out = reinterpret_cast<uint8_t*>(out.data());
    state->avail_out = static_cast<uint32_t>(out.size());
    if (isal_inflate(state.get()) != ISAL_DECOMP_OK) Fail("ISA-L does not take the file");
    made += out.size() - state->avail_out;
    if (state->block_state != ISAL_BLOCK_FINISH || state->avail_in == 0) continue;
    isal_inflate_reset(state.get());
    state->crc_flag = ISAL_GZIP;
  }
  return made;
}

uint64_t Unpacked(ByteStream& stream, uint64_t* records = nullptr) {
  garner::testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  auto& unpacker = dynamic_cast<UnpackerStage&>(*stage);
  if (!stage->Configure(context, "").ok() || !stage->Open().ok()) Fail("the plugin does not open");
  if (Status status = unpacker.Begin({}, stream); !status.ok()) Fail(status.message());
  uint64_t made = 0;
  while (true) {
    SourceItem item;
    const Result<bool> more = unpacker.Next(item);
    if (!more.ok()) Fail(more.status().message());
    if (!*more) return made;
    if (!item.status.ok()) Fail(item.status.message());
    made += item.payload.bytes.size();
    if (records != nullptr) ++*records;
  }
}

struct Way {
  const char* name;
  std::function<uint64_t(std::string_view)> run;
  std::vector<double> seconds = {};
};

void Measure(uint64_t megabytes) {
  WarcPages pages;
  uint64_t bytes = 0;
  std::string file;
  while (bytes < megabytes * 1'000'000) file += pages.NextMember(bytes);
  std::printf("%.0f MB of records in %.0f MB of gzip members (%.1f times)\n", static_cast<double>(bytes) / 1e6, static_cast<double>(file.size()) / 1e6,
              static_cast<double>(bytes) / static_cast<double>(file.size()));
  std::vector<Way> ways = {{"zlib, bare", Zlib}, {"ISA-L, bare", IsaL}, {"warc unpacker", [](std::string_view given) {
                                                                             MemoryStream stream(given);
                                                                             return Unpacked(stream);
                                                                           }}};
  for (int turn = 0; turn < 5; ++turn)
    for (Way& way : ways) {
      const double begun = ProcessorSeconds();
      if (way.run(file) == 0) Fail("nothing was made");
      way.seconds.push_back(ProcessorSeconds() - begun);
    }
  for (Way& way : ways) {
    std::sort(way.seconds.begin(), way.seconds.end());
    std::printf("%-14s %6.0f MB/s of records at the median, %6.0f at best\n", way.name, static_cast<double>(bytes) / 1e6 / way.seconds[way.seconds.size() / 2],
                static_cast<double>(bytes) / 1e6 / way.seconds[0]);
  }
}

void Write(const std::string& path, uint64_t megabytes) {
  WarcPages pages;
  std::ofstream out(path, std::ios::binary);
  for (uint64_t bytes = 0; bytes < megabytes * 1'000'000;) out << pages.NextMember(bytes);
}

void Read(const std::string& path) {
  const Result<std::unique_ptr<ByteStream>> stream = OpenInputFile(path, {});
  if (!stream.ok()) Fail(stream.status().message());
  uint64_t records = 0;
  const double begun = ProcessorSeconds();
  const uint64_t made = Unpacked(**stream, &records);
  const double seconds = ProcessorSeconds() - begun;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%llu records, %.0f MB of pages, %.1f s processor, %ld MB of memory at most\n", static_cast<unsigned long long>(records),
              static_cast<double>(made) / 1e6, seconds, usage.ru_maxrss / 1024);
}

}  // namespace
}  // namespace garner::bench

int main(int count, char** words) {
  uint64_t megabytes = 256;
  std::string write, read;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string word = words[i];
    if (word == "--megabytes") megabytes = std::strtoull(words[i + 1], nullptr, 10);
    else if (word == "--write") write = words[i + 1];
    else if (word == "--read") read = words[i + 1];
    else garner::bench::Fail("unknown option " + word + "; --megabytes, --write and --read are accepted");
  }
  if (!write.empty()) garner::bench::Write(write, megabytes);
  else if (!read.empty()) garner::bench::Read(read);
  else garner::bench::Measure(megabytes);
}
