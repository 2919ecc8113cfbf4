// A library that is not known is tried in a process of its own, and what was found is remembered where nobody else can have written.
#include "core/isolation/probe.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "core/isolation/probe_gate.h"
#include "core/isolation/probe_memory.h"
#include "core/isolation/sanitizers.h"
#include "core/plugin/catalog.h"
#include "tests/support/temp_folder.h"

namespace garner::testing {
namespace {

namespace fs = std::filesystem;

PluginFile BadPlugin(const std::string& name) {
  Result<PluginFile> file = ReadPluginFile(std::string(GARNER_BAD_PLUGIN_FOLDER) + "/" + name + ".so");
  EXPECT_TRUE(file.ok()) << file.status().message();
  return file.ok() ? *std::move(file) : PluginFile();
}

ProbeVerdict Try(const std::string& name) { return ProbePlugin(BadPlugin(name), {}); }

void ExpectRefused(const std::string& name, const std::string& words, const std::string& advice) {
  const ProbeVerdict verdict = Try(name);
  EXPECT_FALSE(verdict.status.ok()) << name;
  EXPECT_EQ(verdict.status.message().rfind(name + ".so: ", 0), 0u) << verdict.status.message();
  EXPECT_NE(verdict.status.message().find(words), std::string::npos) << verdict.status.message();
  EXPECT_NE(verdict.status.message().find(advice), std::string::npos) << verdict.status.message();
  EXPECT_NE(verdict.status.message().find("garner test-plugin"), std::string::npos) << verdict.status.message();
  EXPECT_TRUE(verdict.lasting) << name;
}

TEST(Probe, AcceptsWhatLoads) {
  for (const char* name : {"good_transform", "good_decoder", "good_unpacker", "good_source", "good_sink", "reads_at_load", "changes_locale"}) {
    const ProbeVerdict verdict = Try(name);
    EXPECT_TRUE(verdict.status.ok()) << verdict.status.message();
    EXPECT_TRUE(verdict.lasting) << name;
  }
}

TEST(Probe, RefusesWhatItsStaticConstructorsDo) {
  const std::string advice = "move what they do to the stage's Open";
  if (!kSanitized) ExpectRefused("crashes_at_load", "its static constructors died of SIGSEGV (Segmentation fault)", advice);
  ExpectRefused("exits_at_load", "its static constructors ended the process with exit status 7", advice);
  ExpectRefused("connects_at_load", "the sandbox refused the system call socket", advice);
  ExpectRefused("prints_at_load", "wrote to standard output: 'loaded\\n' while it was loaded", "log by context().Log");
}

TEST(Probe, LetsNothingBeWritten) {
  const TempFolder folder;
  setenv("GARNER_TEST_FOLDER", folder.path().c_str(), 1);
  ExpectRefused("writes_at_load", "the sandbox refused the system call openat", "move what they do to the stage's Open");
  EXPECT_FALSE(fs::exists(folder / "written"));
}

TEST(Probe, LetsNoProgramBeStarted) {
  const ProbeVerdict verdict = Try("runs_a_program_at_load");
  EXPECT_FALSE(verdict.status.ok());
  EXPECT_EQ(verdict.status.message().rfind("runs_a_program_at_load.so: its static constructors ", 0), 0u) << verdict.status.message();
}

TEST(Probe, RefusesExceptionsOfStaticConstructors) {
  const ProbeVerdict verdict = Try("throws_at_load");
  EXPECT_FALSE(verdict.status.ok());
  EXPECT_EQ(verdict.status.message().rfind("throws_at_load.so: ", 0), 0u) << verdict.status.message();
}

TEST(Probe, RefusesAStageThatCannotBeMade) {
  ExpectRefused("throws_in_constructor", "its stage's constructor failed: exception: no model today", "move what it does to Open, and return a Status there");
}

TEST(Probe, WaitsOnlySoLong) {
  const PluginFile file = BadPlugin("hangs_at_load");
  const ProbeVerdict verdict = ProbePlugin(file, {.time = std::chrono::seconds(1)});
  EXPECT_NE(verdict.status.message().find("its static constructors did not end within 1 s"), std::string::npos) << verdict.status.message();
  EXPECT_FALSE(verdict.lasting) << "a busy machine is no property of the file";
}

TEST(Probe, TriesTheFileThatWasExamined) {
  const TempFolder folder;
  const std::string path = folder / "good_transform.so";
  fs::copy_file(BadPlugin("good_transform").path, path);
  const Result<PluginFile> file = ReadPluginFile(path);
  ASSERT_TRUE(file.ok());
  WriteBytes(path, "something else");
  const ProbeVerdict verdict = ProbePlugin(*file, {});
  EXPECT_FALSE(verdict.status.ok());
  EXPECT_FALSE(verdict.lasting);
}

// A probe that would run now cannot be started: what is said comes from memory.
const ProbeSettings kNoMoreProbes = {.time = std::chrono::seconds(20), .program = "/nowhere/garner"};

TEST(ProbeGate, AsksOnceForAFileAndRemembersTheReason) {
  const TempFolder cache;
  const ProbeMemory memory(cache / "probes");
  const PluginFile good = BadPlugin("good_transform");
  const PluginFile bad = BadPlugin("exits_at_load");
  EXPECT_TRUE(MakeProbeGate("", memory)(good).ok());
  EXPECT_FALSE(MakeProbeGate("", memory)(bad).ok());
  const auto later = MakeProbeGate("", memory, kNoMoreProbes);
  EXPECT_TRUE(later(good).ok());
  const Status refused = later(bad);
  EXPECT_NE(refused.message().find("exit status 7"), std::string::npos) << refused.message();
  EXPECT_NE(refused.message().find("remembered from an earlier try in " + (cache / "probes")), std::string::npos) << refused.message();
  EXPECT_FALSE(later(BadPlugin("good_sink")).ok()) << "another file is tried";
}

TEST(ProbeGate, TrustsTheProgramsOwnFolder) {
  EXPECT_TRUE(MakeProbeGate(GARNER_BAD_PLUGIN_FOLDER, ProbeMemory(""), kNoMoreProbes)(BadPlugin("exits_at_load")).ok());
}

TEST(ProbeGate, StandsBeforeTheCatalog) {
  PluginCatalog catalog({GARNER_BAD_PLUGIN_FOLDER});
  catalog.set_gate(MakeProbeGate("", ProbeMemory("")));
  const Result<std::unique_ptr<Stage>> stage = catalog.Make("exits_at_load");
  ASSERT_FALSE(stage.ok());
  EXPECT_NE(stage.status().message().find("exit status 7"), std::string::npos);
  EXPECT_TRUE(catalog.Make("good_transform").ok());
  EXPECT_FALSE(catalog.Admit("exits_at_load").ok());
}

TEST(ProbeMemoryTest, KeepsWordsByKey) {
  const TempFolder cache;
  const ProbeMemory memory(cache / "a/b/probes");
  EXPECT_FALSE(memory.Find("one").has_value());
  memory.Keep("one", OkStatus());
  memory.Keep("two", Status(StatusKind::kConfig, "two.so: not today"));
  EXPECT_TRUE(memory.Find("one")->ok());
  EXPECT_EQ(memory.Find("two")->message(), "two.so: not today; remembered from an earlier try in " + (cache / "a/b/probes/two"));
  struct stat about {};
  ASSERT_EQ(stat((cache / "a/b/probes").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0700u);
}

TEST(ProbeMemoryTest, DoesNotTrustWhatIsDamagedOrOfAnotherKey) {
  const TempFolder cache;
  const ProbeMemory memory(cache.path());
  chmod(cache.path().c_str(), 0700);
  memory.Keep("one", OkStatus());
  const std::string bytes = ReadBytes(cache / "one");
  for (size_t size = 0; size < bytes.size(); ++size) {
    WriteBytes(cache / "one", bytes.substr(0, size));
    EXPECT_FALSE(memory.Find("one").has_value()) << size;
  }
  WriteBytes(cache / "one", bytes);
  EXPECT_TRUE(memory.Find("one").has_value());
  WriteBytes(cache / "two", bytes);
  EXPECT_FALSE(memory.Find("two").has_value());
}

TEST(ProbeMemoryTest, DoesNotTrustWhatOthersMayWrite) {
  const TempFolder cache;
  chmod(cache.path().c_str(), 0700);
  const ProbeMemory memory(cache.path());
  memory.Keep("one", OkStatus());
  chmod((cache / "one").c_str(), 0666);
  EXPECT_FALSE(memory.Find("one").has_value());
  chmod((cache / "one").c_str(), 0600);
  EXPECT_TRUE(memory.Find("one").has_value());
  chmod(cache.path().c_str(), 0777);
  EXPECT_FALSE(memory.Find("one").has_value());
  memory.Keep("two", OkStatus());
  EXPECT_FALSE(fs::exists(cache / "two"));
  chmod(cache.path().c_str(), 0700);
  fs::create_symlink(cache / "one", cache / "three");
  EXPECT_FALSE(memory.Find("three").has_value()) << "a link may lead anywhere";
}

TEST(ProbeMemoryTest, DoesWithoutAFolder) {
  const TempFolder cache;
  WriteBytes(cache / "file", "no folder");
  for (const std::string& folder : {std::string(), cache / "file", std::string("/proc/nowhere")}) {
    const ProbeMemory memory(folder);
    memory.Keep("one", OkStatus());
    EXPECT_FALSE(memory.Find("one").has_value()) << folder;
  }
}

// Words beyond all measure are no verdict.
TEST(ProbeMemoryTest, KeepsNothingThatIsTooLong) {
  const TempFolder cache;
  chmod(cache.path().c_str(), 0700);
  ProbeMemory(cache.path()).Keep("long", Status(StatusKind::kConfig, std::string(100'000, 'x')));
  EXPECT_TRUE(fs::is_empty(cache.path()));
}

TEST(ProbeMemoryTest, BearsManyAtOnce) {
  const TempFolder cache;
  chmod(cache.path().c_str(), 0700);
  const ProbeMemory memory(cache.path());
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        memory.Keep("same", Status(StatusKind::kConfig, "same.so: no"));
        const std::optional<Status> found = memory.Find("same");
        ASSERT_TRUE(found.has_value()) << "once it is there, it is there whole";
        EXPECT_EQ(found->message().rfind("same.so: no; ", 0), 0u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::distance(fs::directory_iterator(cache.path()), fs::directory_iterator()), 1);
}

}  // namespace
}  // namespace garner::testing
