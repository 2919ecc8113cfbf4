// The source on real folders: what it hands out, in which order, under which names, and what becomes of what cannot be read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner_plugins/files/options.pb.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace garner::files {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

constexpr fs::perms kAnyone = fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec;

std::string Gzip(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string Zstd(const std::string& bytes) {
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
  return packed;
}

class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    std::string name = (fs::temp_directory_path() / "garner_files_XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    dir_ = name;
    fs::permissions(dir_, kAnyone);
    context_.set_manifest_dir(dir_.string());
  }
  ~FilesTest() override {
    std::error_code ignored;
    fs::remove_all(dir_, ignored);
  }

  void Write(const std::string& path, const std::string& bytes) {
    fs::create_directories((dir_ / path).parent_path());
    std::ofstream(dir_ / path, std::ios::binary) << bytes;
  }

  Status Open(const FilesOptions& options) {
    source_.reset(dynamic_cast<SourceStage*>(garner_plugin.make()));
    EXPECT_TRUE(source_->Configure(context_, options.SerializeAsString()).ok());
    return source_->Open();
  }

  std::vector<SourceItem> Rest() {
    std::vector<SourceItem> items;
    SourceItem item;
    while (true) {
      const Result<bool> more = source_->Next(item);
      EXPECT_TRUE(more.ok());
      if (!more.ok() || !*more) return items;
      items.push_back(std::move(item));
      ReadWhole(items.back());
    }
  }

  // As the host does it with what is no container.
  void ReadWhole(SourceItem& item) {
    if (!item.status.ok()) return;
    Result<InputContent> content = ReadInputStream(*item.stream, item.limits);
    item.stream = nullptr;
    item.status = content.status();
    if (!content.ok()) return;
    item.payload.bytes = std::move(content->bytes);
    if (content->ignored_bytes > 0)
      context_.Warn(item.limits.place + ": " + std::to_string(content->ignored_bytes) + " bytes after the end of the compressed data are ignored");
  }

  std::vector<SourceItem> Read(const FilesOptions& options) {
    const Status status = Open(options);
    EXPECT_TRUE(status.ok()) << status.message();
    return status.ok() ? Rest() : std::vector<SourceItem>();
  }

  static FilesOptions Paths(const std::vector<std::string>& paths) {
    FilesOptions options;
    for (const std::string& path : paths) options.add_paths(path);
    return options;
  }

  static std::vector<std::string> Uris(const std::vector<SourceItem>& items) {
    std::vector<std::string> uris;
    for (const SourceItem& item : items) uris.push_back(item.payload.info.uri());
    return uris;
  }

  fs::path dir_;
  testing::TestContext context_;
  std::unique_ptr<SourceStage> source_;
};

using Names = std::vector<std::string>;

TEST_F(FilesTest, NamesFilesFromTheFolderAboveTheInput) {
  Write("data/seeds/b.txt", "bee");
  Write("data/seeds/a.txt", "ay");
  Write("data/seeds/deep/c.txt", "sea");
  const std::vector<SourceItem> items = Read(Paths({"data/seeds"}));
  EXPECT_EQ(Uris(items), (Names{"seeds/a.txt", "seeds/b.txt", "seeds/deep/c.txt"}));
  EXPECT_EQ(items[0].payload.bytes, "ay");
  EXPECT_FALSE(items[0].payload.info.has_declared_media_type());
  EXPECT_FALSE(items[0].payload.info.has_sha256());
}

// The progress of a job rests on it: one for each item of Next, also for those that cannot be read.
TEST_F(FilesTest, KnowsHowManyItemsThereAre) {
  Write("data/a.txt", "ay");
  Write("data/deep/b.txt", "bee");
  fs::create_symlink("nowhere", dir_ / "data/c.txt");
  FilesOptions options = Paths({"data"});
  options.set_follow_symlinks(true);
  ASSERT_TRUE(Open(options).ok());
  const std::optional<uint64_t> total = source_->Total();
  const size_t items = Rest().size();
  EXPECT_GE(items, 2U);
  EXPECT_EQ(total, items);
  EXPECT_EQ(source_->Total(), total) << "it does not count down";
}

// A second run would read what the first one wrote.
TEST_F(FilesTest, StaysOutOfTheOutputFolder) {
  Write("data/a.txt", "ay");
  Write("data/out/documents.txt", "results");
  Write("data/outside/b.txt", "bee");
  fs::create_directory_symlink("out", dir_ / "data/link");
  context_.set_output_dir((dir_ / "data/out").string());
  FilesOptions options = Paths({"data"});
  for (const bool follow : {false, true}) {
    options.set_follow_symlinks(follow);
    EXPECT_EQ(Uris(Read(options)), (Names{"data/a.txt", "data/outside/b.txt"}));
  }
  EXPECT_EQ(Uris(Read(Paths({"data/**/*.txt"}))), (Names{"data/a.txt", "data/outside/b.txt"}));
  EXPECT_EQ(Uris(Read(Paths({"data/out/documents.txt"}))), Names{"documents.txt"}) << "a file that is named is meant";
  for (const char* path : {"data/out", "data/outside/../out/", "data/out/*"}) {
    const Status status = Open(Paths({path}));
    EXPECT_EQ(status.kind(), StatusKind::kConfig) << path;
    EXPECT_NE(status.message().find("reads the output folder itself"), std::string::npos) << status.message();
  }
}

TEST_F(FilesTest, SpellsOneUriForEverySpellingOfAPath) {
  Write("data/seeds/a.txt", "ay");
  for (const std::string& path : Names{"data/seeds", "data/seeds/", "./data/seeds", "data/../data/seeds", "data/seeds/.", "data/seeds/../seeds", (dir_ / "data/seeds").string()})
    EXPECT_EQ(Uris(Read(Paths({path}))), Names{"seeds/a.txt"}) << path;
  EXPECT_EQ(Uris(Read(Paths({"."}))), Names{dir_.filename().string() + "/data/seeds/a.txt"});
  EXPECT_EQ(Uris(Read(Paths({"data/seeds/.."}))), Names{"data/seeds/a.txt"});
  EXPECT_EQ(Uris(Read(Paths({"data/seeds/a.txt"}))), Names{"a.txt"});
}

TEST_F(FilesTest, SortsBytewiseByUri) {
  for (const char* name : {"d/b.txt", "d/B.txt", "d/a/z.txt", "d/a.txt", "d/a-.txt", "d/ä.txt", "d/я.txt"}) Write(name, "x");
  EXPECT_EQ(Uris(Read(Paths({"d"}))), (Names{"d/B.txt", "d/a-.txt", "d/a.txt", "d/a/z.txt", "d/b.txt", "d/ä.txt", "d/я.txt"}));
}

TEST_F(FilesTest, ReadsGlobs) {
  Write("news/2023/a.txt", "");
  Write("news/2024/b.txt", "");
  Write("news/2024/c.html", "");
  Write("news/2024/deep/d.txt", "");
  EXPECT_EQ(Uris(Read(Paths({"news/*/*.txt"}))), (Names{"news/2023/a.txt", "news/2024/b.txt"}));
  EXPECT_EQ(Uris(Read(Paths({"news/**/*.txt"}))), (Names{"news/2023/a.txt", "news/2024/b.txt", "news/2024/deep/d.txt"}));
  EXPECT_EQ(Uris(Read(Paths({"news/*4"}))), (Names{"news/2024/b.txt", "news/2024/c.html", "news/2024/deep/d.txt"})) << "a folder that a glob takes is read whole";
  EXPECT_EQ(Uris(Read(Paths({"n*/2023"}))), Names{dir_.filename().string() + "/news/2023/a.txt"});
}

TEST_F(FilesTest, TakesAnExistingPathWithGlobCharactersAsItIs) {
  Write("what [really]?.txt", "yes");
  EXPECT_EQ(Uris(Read(Paths({"what [really]?.txt"}))), Names{"what [really]?.txt"});
}

TEST_F(FilesTest, FiltersByIncludeAndExclude) {
  for (const char* name : {"d/a.txt", "d/b.html", "d/sub/c.txt", "d/sub/d.txt", "d/cache/e.txt"}) Write(name, "");
  FilesOptions options = Paths({"d", "d/b.html"});
  options.add_include("*.txt");
  options.add_exclude("cache");
  options.add_exclude("sub/d.*");
  EXPECT_EQ(Uris(Read(options)), (Names{"b.html", "d/a.txt", "d/sub/c.txt"})) << "b.html is named in paths";
  EXPECT_EQ(context_.metrics["files_filtered"], 3) << "d/b.html, cache, sub/d.txt";
}

TEST_F(FilesTest, LeavesHiddenNamesOutUnlessAsked) {
  Write("d/.git/config", "");
  Write("d/.note.txt", "");
  Write("d/a.txt", "");
  FilesOptions options = Paths({"d"});
  EXPECT_EQ(Uris(Read(options)), Names{"d/a.txt"});
  EXPECT_EQ(context_.metrics["files_hidden"], 2);
  options.set_hidden(true);
  EXPECT_EQ(Uris(Read(options)), (Names{"d/.git/config", "d/.note.txt", "d/a.txt"}));
  EXPECT_EQ(Uris(Read(Paths({"d/.git"}))), Names{".git/config"}) << "named directly";
}

TEST_F(FilesTest, EscapesNamesThatAreNoUtf8) {
  Write("d/caf\xE9.txt", "latin");
  Write("d/two\nlines.txt", "break");
  Write("d/100%.txt", "percent");
  const std::vector<SourceItem> items = Read(Paths({"d"}));
  EXPECT_EQ(Uris(items), (Names{"d/100%.txt", "d/caf%E9.txt", "d/two%0Alines.txt"}));
  EXPECT_EQ(items[1].payload.bytes, "latin");
  EXPECT_EQ(items[2].payload.bytes, "break");
}

TEST_F(FilesTest, UndoesCompressionByContent) {
  const std::string text = "A line that repeats. A line that repeats.\n";
  Write("d/a.gz", Gzip(text));
  Write("d/b.bin", Zstd(text));
  Write("d/c.gz", text);  // not compressed, whatever its name says
  Write("d/members.gz", Gzip("one ") + Gzip("") + Gzip("two") + std::string(512, '\0'));
  Write("d/frames.zst", Zstd("one ") + Zstd("") + "\x50\x2A\x4D\x18\x03\0\0\0abc"s + Zstd("two"));
  Write("d/empty.gz", Gzip(""));
  std::map<std::string, std::string> read;
  for (const SourceItem& item : Read(Paths({"d"}))) {
    EXPECT_TRUE(item.status.ok()) << item.status.message();
    read[item.payload.info.uri()] = item.payload.bytes;
  }
  EXPECT_EQ(read, (std::map<std::string, std::string>{{"d/a.gz", text}, {"d/b.bin", text}, {"d/c.gz", text}, {"d/empty.gz", ""}, {"d/frames.zst", "one two"}, {"d/members.gz", "one two"}}));
  EXPECT_TRUE(context_.warnings.empty());
}

TEST_F(FilesTest, WarnsOfBytesAfterCompressedData) {
  Write("a.gz", Gzip("text") + "tail");
  Write("b.zst", Zstd("text") + "tailtail");
  for (const SourceItem& item : Read(Paths({"a.gz", "b.zst"}))) EXPECT_EQ(item.payload.bytes, "text");
  ASSERT_EQ(context_.warnings.size(), 2U);
  EXPECT_EQ(context_.warnings[0], "a.gz: 4 bytes after the end of the compressed data are ignored");
  EXPECT_EQ(context_.warnings[1], "b.zst: 8 bytes after the end of the compressed data are ignored");
}

TEST_F(FilesTest, FailsDamagedCompressedFilesByThemselves) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += std::to_string(i * 7919 % 1000) + " ";
  std::string packed = Gzip(text);
  Write("d/cut.gz", packed.substr(0, packed.size() / 2));
  packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 0x55);  // in the check sum
  Write("d/damaged.gz", packed);
  packed = Zstd(text);
  Write("d/cut.zst", packed.substr(0, packed.size() / 2));
  Write("d/good.txt", "good");
  const std::vector<SourceItem> items = Read(Paths({"d"}));
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].status.kind(), StatusKind::kInvalidInput);
  EXPECT_NE(items[0].status.message().find("d/cut.gz: the gzip data end too early"), std::string::npos) << items[0].status.message();
  EXPECT_EQ(items[1].status.kind(), StatusKind::kInvalidInput) << items[1].status.message();
  EXPECT_EQ(items[2].status.kind(), StatusKind::kInvalidInput) << items[2].status.message();
  EXPECT_NE(items[2].status.message().find("d/damaged.gz: the gzip data are corrupt"), std::string::npos) << items[2].status.message();
  EXPECT_EQ(items[3].payload.bytes, "good");
}

TEST_F(FilesTest, StopsABombAtTheLimit) {
  const std::string megabyte = Gzip(std::string(1 << 20, '\0'));
  std::string bomb;
  for (int i = 0; i < 4000; ++i) bomb += megabyte;  // 4 GB in 4 MB
  Write("d/bomb.gz", bomb);
  Write("d/bomb.zst", Zstd(std::string(64 << 20, ' ')));
  FilesOptions options = Paths({"d"});
  options.set_max_expanded_bytes(8 << 20);
  for (const SourceItem& item : Read(options)) {
    EXPECT_EQ(item.status.kind(), StatusKind::kLimit);
    EXPECT_NE(item.status.message().find("max_expanded_bytes"), std::string::npos);
    EXPECT_TRUE(item.payload.bytes.empty());
  }
}

TEST_F(FilesTest, RefusesFilesAboveTheLimit) {
  Write("d/exact.txt", std::string(1000, 'x'));
  Write("d/large.txt", std::string(1001, 'x'));
  FilesOptions options = Paths({"d"});
  options.set_max_file_bytes(1000);
  const std::vector<SourceItem> items = Read(options);
  EXPECT_TRUE(items[0].status.ok());
  EXPECT_EQ(items[1].status.kind(), StatusKind::kLimit);
  EXPECT_EQ(items[1].status.message(), "d/large.txt: larger than 1000 bytes; raise max_file_bytes to read it");
}

TEST_F(FilesTest, NeverOpensPipesSocketsAndDevices) {
  Write("d/a.txt", "good");
  ASSERT_EQ(mkfifo((dir_ / "d/pipe").c_str(), 0666), 0);
  const int listening = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (dir_ / "d/socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const std::vector<SourceItem> items = Read(Paths({"d", "/dev/null"}));
  close(listening);
  ASSERT_EQ(Uris(items), (Names{"d/a.txt", "d/pipe", "d/socket", "null"}));
  EXPECT_EQ(items[1].status.message(), "d/pipe: is a named pipe; only regular files are read");
  EXPECT_EQ(items[2].status.message(), "d/socket: is a socket; only regular files are read");
  EXPECT_EQ(items[3].status.kind(), StatusKind::kUnsupported);
}

TEST_F(FilesTest, DoesNotWaitForAPipeThatTookTheFilesPlace) {
  Write("d/a.txt", "good");
  ASSERT_TRUE(Open(Paths({"d"})).ok());
  fs::remove(dir_ / "d/a.txt");
  ASSERT_EQ(mkfifo((dir_ / "d/a.txt").c_str(), 0666), 0);
  EXPECT_EQ(Rest().at(0).status.kind(), StatusKind::kUnsupported);
}

TEST_F(FilesTest, ReportsVanishedFiles) {
  Write("d/a.txt", "");
  Write("d/b.txt", "still here");
  ASSERT_TRUE(Open(Paths({"d"})).ok());
  fs::remove(dir_ / "d/a.txt");
  const std::vector<SourceItem> items = Rest();
  EXPECT_EQ(items.at(0).status.kind(), StatusKind::kNotFound);
  EXPECT_EQ(items.at(0).status.message(), "d/a.txt: it was there when the job began and is gone");
  EXPECT_EQ(items.at(1).payload.bytes, "still here");
}

TEST_F(FilesTest, LeavesLinksInFoldersAloneByDefault) {
  Write("secret.txt", "keep out");
  Write("d/a.txt", "good");
  fs::create_symlink(dir_ / "secret.txt", dir_ / "d/link.txt");
  fs::create_directory_symlink(dir_ / "d", dir_ / "d/loop");
  const std::vector<SourceItem> items = Read(Paths({"d"}));
  ASSERT_EQ(Uris(items), (Names{"d/a.txt", "d/link.txt", "d/loop"}));
  EXPECT_EQ(items[1].status.message(), "d/link.txt: is a symbolic link, and links in folders are not followed; set follow_symlinks or exclude it");
  EXPECT_FALSE(items[2].status.ok());
}

TEST_F(FilesTest, FollowsLinksThatAreNamedDirectly) {
  Write("real/a.txt", "good");
  fs::create_directory_symlink("real", dir_ / "alias");
  fs::create_symlink("real/a.txt", dir_ / "other.txt");
  EXPECT_EQ(Uris(Read(Paths({"alias", "other.txt"}))), (Names{"alias/a.txt", "other.txt"}));
}

TEST_F(FilesTest, ReadsFoldersBehindLinksOnceAndReportsLoops) {
  Write("d/a.txt", "good");
  Write("elsewhere/b.txt", "good");
  fs::create_directory_symlink("..", dir_ / "d/sub_loop");
  fs::create_directory_symlink(".", dir_ / "d/loop");
  fs::create_directory_symlink(dir_ / "elsewhere", dir_ / "d/other");
  fs::create_directory_symlink(dir_ / "elsewhere", dir_ / "d/twice");
  fs::create_symlink("self", dir_ / "d/self");
  fs::create_symlink("nowhere", dir_ / "d/broken");
  FilesOptions options = Paths({"d"});
  options.set_follow_symlinks(true);
  options.add_exclude("sub_loop");
  const std::vector<SourceItem> items = Read(options);
  ASSERT_EQ(Uris(items), (Names{"d/a.txt", "d/broken", "d/loop", "d/other/b.txt", "d/self", "d/twice"}));
  EXPECT_EQ(items[1].status.kind(), StatusKind::kNotFound);
  EXPECT_EQ(items[2].status.message(), "d/loop: is a symbolic link to a folder that is read already; remove or exclude it");
  EXPECT_TRUE(items[3].status.ok());
  EXPECT_EQ(items[4].status.kind(), StatusKind::kUnreadable);
  EXPECT_EQ(items[5].status.kind(), StatusKind::kInvalidInput);
}

TEST_F(FilesTest, LinksCannotMultiplyFolders) {
  for (int i = 0; i < 30; ++i) {
    fs::create_directories(dir_ / "d" / std::to_string(i));
    for (const char* name : {"left", "right"}) fs::create_directory_symlink("../" + std::to_string(i + 1), dir_ / "d" / std::to_string(i) / name);
  }
  Write("d/30/a.txt", "good");
  FilesOptions options = Paths({"d/0"});
  options.set_follow_symlinks(true);
  EXPECT_LT(Read(options).size(), 100U);
}

// Runs `body` as a user who owns nothing, where the test runs as root, whom no permission stops.
void AsNobody(const std::function<void()>& body) {
  const uid_t before = geteuid();
  ASSERT_EQ(seteuid(before == 0 ? 65534 : before), 0);
  body();
  ASSERT_EQ(seteuid(before), 0);
}

TEST_F(FilesTest, ReportsWhatMayNotBeRead) {
  Write("d/closed/a.txt", "");
  Write("d/locked.txt", "");
  Write("d/open.txt", "good");
  fs::permissions(dir_ / "d", kAnyone);
  fs::permissions(dir_ / "d/open.txt", kAnyone);
  fs::permissions(dir_ / "d/closed", fs::perms::none);
  fs::permissions(dir_ / "d/locked.txt", fs::perms::none);
  std::vector<SourceItem> items;
  AsNobody([&] { items = Read(Paths({"d", "d/closed/a.txt"})); });
  fs::permissions(dir_ / "d/closed", fs::perms::owner_all);
  ASSERT_EQ(Uris(items), (Names{"a.txt", "d/closed", "d/locked.txt", "d/open.txt"}));
  EXPECT_EQ(items[0].status.kind(), StatusKind::kUnreadable);
  EXPECT_EQ(items[1].status.message(), "d/closed: the folder cannot be read: no permission to read it; grant read permission or exclude it");
  EXPECT_EQ(items[2].status.message(), "d/locked.txt: no permission to read it; grant read permission or exclude it");
  EXPECT_TRUE(items[3].status.ok());
}

TEST_F(FilesTest, RefusesTheJobWhereAnInputIsNotThere) {
  Write("d/a.txt", "");
  const Status missing = Open(Paths({"d", "seads"}));
  EXPECT_EQ(missing.kind(), StatusKind::kConfig);
  EXPECT_EQ(missing.message(), "paths[1] 'seads': no such file or folder; relative paths start at the manifest's folder");
  EXPECT_EQ(Open(Paths({"d/*.html"})).message(), "paths[0] 'd/*.html': the glob matches no file");
  EXPECT_EQ(Open(Paths({"e/*.html"})).kind(), StatusKind::kConfig);
  EXPECT_EQ(Open(Paths({""})).kind(), StatusKind::kConfig);
}

TEST_F(FilesTest, RefusesTwoInputsOfOneUri) {
  Write("x/seeds/a.txt", "");
  Write("y/seeds/a.txt", "");
  const Status status = Open(Paths({"x/seeds", "y/seeds"}));
  EXPECT_EQ(status.kind(), StatusKind::kConfig);
  EXPECT_EQ(status.message(),
            "paths[0] 'x/seeds' and paths[1] 'y/seeds' both give a document the uri 'seeds/a.txt', and a uri must name one document; give the folder above them as one path, or rename one");
  EXPECT_FALSE(Open(Paths({"x/seeds", "x/seeds"})).ok());
}

TEST_F(FilesTest, WarnsOfAnEmptyFolder) {
  fs::create_directories(dir_ / "d");
  EXPECT_TRUE(Read(Paths({"d"})).empty());
  EXPECT_EQ(context_.warnings.size(), 1U);
}

TEST_F(FilesTest, ReadsStandardInput) {
  Write("input", Gzip("from a pipe"));
  const int saved = dup(STDIN_FILENO);
  const int input = open((dir_ / "input").c_str(), O_RDONLY);
  ASSERT_EQ(dup2(input, STDIN_FILENO), STDIN_FILENO);
  const std::vector<SourceItem> items = Read(Paths({"-"}));
  dup2(saved, STDIN_FILENO);
  close(saved);
  close(input);
  ASSERT_EQ(Uris(items), Names{"-"});
  EXPECT_EQ(items[0].payload.bytes, "from a pipe");
}

TEST_F(FilesTest, DoesNotDependOnTheCurrentFolder) {
  Write("data/a.txt", "");
  const fs::path before = fs::current_path();
  fs::current_path("/");
  EXPECT_EQ(Uris(Read(Paths({"data"}))), Names{"data/a.txt"});
  fs::current_path(before);
}

TEST_F(FilesTest, SurvivesVeryDeepFolders) {
  // Deeper than a path may be long: built step by step, as hostile archives do.
  fs::create_directories(dir_ / "d");
  const int start = open((dir_ / "d").c_str(), O_DIRECTORY | O_RDONLY);
  int at = dup(start);
  const std::string name(200, 'n');
  for (int i = 0; i < 30; ++i) {
    ASSERT_EQ(mkdirat(at, name.c_str(), 0777), 0);
    const int next = openat(at, name.c_str(), O_DIRECTORY | O_RDONLY);
    close(at);
    at = next;
  }
  close(at);
  close(start);
  const std::vector<SourceItem> items = Read(Paths({"d"}));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].status.kind(), StatusKind::kUnreadable);
  EXPECT_NE(items[0].status.message().find("longer than the system takes"), std::string::npos);
}

}  // namespace
}  // namespace garner::files
