// Every way in which a plugin can be wrong is refused in one sentence, and nothing of it runs.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "core/plugin/build_tag_check.h"
#include "core/plugin/catalog.h"
#include "garner/build_tag.h"
#include "tests/support/temp_folder.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

const std::string kFixtures = GARNER_FIXTURE_FOLDER;

class Refusal : public ::testing::Test {
 protected:
  Refusal() { unsetenv("GARNER_FIXTURE_RAN"); }

  static const char* CodeRan() { return getenv("GARNER_FIXTURE_RAN"); }

  static std::string Reason(const std::string& path) {
    const Result<PluginFile> file = ReadPluginFile(path);
    EXPECT_EQ(CodeRan(), nullptr) << path;
    return file.ok() ? "accepted" : file.status().message();
  }
  static std::string ReasonOfFixture(const std::string& name) { return Reason(kFixtures + "/" + name + ".so"); }

  // A good plugin with some bytes changed.
  std::string ReasonOfPatched(size_t at, const std::string& bytes) {
    std::string file = testing::ReadBytes(kFixtures + "/good.so");
    file.replace(at, bytes.size(), bytes);
    testing::WriteBytes(folder_ / "good.so", file);
    return Reason(folder_ / "good.so");
  }

  testing::TempFolder folder_;
};

TEST_F(Refusal, DoesNotHitAGoodPlugin) {
  EXPECT_EQ(ReasonOfFixture("good"), "accepted");
  PluginCatalog catalog({kFixtures});
  EXPECT_EQ(CodeRan(), nullptr);
  const Result<std::unique_ptr<Stage>> stage = catalog.Make("good");
  ASSERT_TRUE(stage.ok()) << stage.status().message();
  ASSERT_NE(CodeRan(), nullptr) << "the fixtures do tell when they run";
  EXPECT_STREQ(CodeRan(), "good");
}

TEST_F(Refusal, OfAnotherBuildNamesBothSides) {
  EXPECT_EQ(ReasonOfFixture("old_sdk"), "old_sdk.so: built for SDK 0.9, this is " GARNER_SDK_VERSION ": rebuild it");
  const int version = GOOGLE_PROTOBUF_VERSION;
  EXPECT_EQ(ReasonOfFixture("old_protobuf"),
            "old_protobuf.so: built with Protobuf 3.19.4, this host has " + std::to_string(version / 1000000) + "." +
                std::to_string(version / 1000 % 1000) + "." + std::to_string(version % 1000) + ": rebuild it");
  EXPECT_EQ(ReasonOfFixture("other_messages"),
            "other_messages.so: built with messages of fingerprint 0123456789abcdef, this host has " GARNER_MESSAGES_FINGERPRINT ": rebuild it");
  EXPECT_EQ(ReasonOfFixture("debug_library"), "debug_library.so: built with _GLIBCXX_DEBUG, this host is without: rebuild it");
  EXPECT_EQ(ReasonOfFixture("torn_tag"), "torn_tag.so: has a build tag that cannot be read: rebuild it");
}

// The fixture is really compiled with AddressSanitizer, or without where the host has one.
TEST_F(Refusal, OfAnotherSanitizerNamesBothSides) {
  const std::string host = GARNER_TAG_SANITIZE;
  const std::string expected = host == "none"      ? "built with AddressSanitizer, this host is without"
                               : host == "address" ? "built without a sanitizer, this host has AddressSanitizer"
                                                   : "built without a sanitizer, this host has ThreadSanitizer";
  EXPECT_EQ(ReasonOfFixture("other_sanitizer"), "other_sanitizer.so: " + expected + ": rebuild it");
}

TEST_F(Refusal, OfAnOwnCopyOfTheMessages) {
  EXPECT_EQ(ReasonOfFixture("own_copy"),
            "own_copy.so: contains its own copy of garner/v1/document.proto, which would abort the process: link garner::proto instead");
}

TEST_F(Refusal, OfAManifestThatDoesNotHold) {
  EXPECT_EQ(ReasonOfFixture("no_notes"), "no_notes.so: has no manifest note: build it with garner_add_plugin");
  EXPECT_EQ(ReasonOfFixture("garbled_manifest"), "garbled_manifest.so: its manifest note cannot be read as garner.v1.PluginManifest");
  EXPECT_EQ(ReasonOfFixture("misnamed"), "misnamed.so: its manifest names it 'other': the file must be called other.so");
  EXPECT_EQ(ReasonOfFixture("bad_name"), "bad_name.so: its manifest has no name of lower-case letters, digits and underscores");
  EXPECT_EQ(ReasonOfFixture("no_kind"), "no_kind.so: its manifest names no kind; SOURCE, UNPACKER, DECODER, TRANSFORM and SINK are accepted");
  EXPECT_EQ(ReasonOfFixture("no_version"), "no_version.so: its manifest has no version");
  EXPECT_EQ(ReasonOfFixture("no_media_types"),
            "no_media_types.so: its manifest names no media_types, so it would never be given a payload: name what it takes in plugin.textproto");
  EXPECT_EQ(ReasonOfFixture("no_options"),
            "no_options.so: its options descriptor does not declare 'garner.fixture.Fixture', which its manifest names as options_message");
  fs::copy(kFixtures + "/good.so", folder_ / "renamed.so");
  EXPECT_EQ(Reason(folder_ / "renamed.so"), "renamed.so: its manifest names it 'good': the file must be called good.so");
}

TEST_F(Refusal, OfAFileThatIsNoPlugin) {
  EXPECT_EQ(ReasonOfFixture("no_plugin"), "no_plugin.so: is no garner plugin: it has no build tag");
  EXPECT_EQ(ReasonOfFixture("no_plugin_line"), "no_plugin_line.so: has no build tag: its code has no GARNER_PLUGIN line");
  testing::WriteBytes(folder_ / "notes.so", "Some notes of mine.\n");
  EXPECT_EQ(Reason(folder_ / "notes.so"), "notes.so: is no shared library");
  testing::WriteBytes(folder_ / "empty.so", "");
  EXPECT_EQ(Reason(folder_ / "empty.so"), "empty.so: is empty");
  fs::create_directory(folder_ / "folder.so");
  EXPECT_EQ(Reason(folder_ / "folder.so"), "folder.so: is a folder");
  fs::create_symlink(folder_ / "nowhere", folder_ / "dangling.so");
  EXPECT_EQ(Reason(folder_ / "dangling.so"), "dangling.so: is a link that leads nowhere");
  EXPECT_EQ(Reason(folder_ / "absent.so"), "absent.so: cannot be opened: No such file or directory");
  ASSERT_EQ(mkfifo((folder_ / "pipe.so").c_str(), 0600), 0);
  EXPECT_EQ(Reason(folder_ / "pipe.so"), "pipe.so: is no regular file");
  testing::WriteBytes(folder_ / "huge.so", "");
  fs::resize_file(folder_ / "huge.so", kMaxPluginFileBytes + 1);  // sparse
  EXPECT_EQ(Reason(folder_ / "huge.so"), "huge.so: has 536870913 bytes, at most 536870912 are accepted");
}

TEST_F(Refusal, OfAFileThatCannotBeRead) {
  if (geteuid() == 0) GTEST_SKIP() << "nothing is unreadable for root";
  testing::WriteBytes(folder_ / "locked.so", "x");
  fs::permissions(folder_ / "locked.so", fs::perms::none);
  EXPECT_EQ(Reason(folder_ / "locked.so"), "locked.so: cannot be opened: Permission denied");
}

TEST_F(Refusal, OfATruncatedCopy) {
  const std::string whole = testing::ReadBytes(kFixtures + "/good.so");
  for (const size_t size : {size_t{5}, size_t{63}, size_t{200}, whole.size() / 2, whole.size() - 1}) {
    testing::WriteBytes(folder_ / "good.so", std::string_view(whole).substr(0, size));
    EXPECT_EQ(Reason(folder_ / "good.so"), "good.so: is cut short") << size;
  }
}

TEST_F(Refusal, OfAnotherArchitecture) {
  EXPECT_EQ(ReasonOfPatched(18, std::string("\x28\0", 2)), "good.so: built for arm, this host is " GARNER_TAG_ARCH ": rebuild it");
  EXPECT_EQ(ReasonOfPatched(4, "\1"), "good.so: is a 32-bit library, this host is 64-bit");
  EXPECT_EQ(ReasonOfPatched(5, "\2"), "good.so: is a big-endian library, this host is little-endian");
  EXPECT_EQ(ReasonOfPatched(16, "\2"), "good.so: is an ELF file but no shared library");
}

TEST_F(Refusal, ByTheCatalogRunsNothing) {
  const PluginCatalog catalog({kFixtures});
  EXPECT_EQ(CodeRan(), nullptr);
  EXPECT_EQ(catalog.Find("old_sdk"), nullptr);
  EXPECT_GE(catalog.refused().size(), 14u);
  for (const PluginCatalog::Refused& refused : catalog.refused())
    EXPECT_EQ(refused.reason.rfind(fs::path(refused.path).filename().string() + ": ", 0), 0u) << refused.reason;
}

TEST_F(Refusal, IsWhatMakeSays) {
  PluginCatalog catalog({kFixtures});
  EXPECT_EQ(catalog.Make("old_sdk").status().message(), "old_sdk.so: built for SDK 0.9, this is " GARNER_SDK_VERSION ": rebuild it");
  EXPECT_EQ(CodeRan(), nullptr);
}

TEST_F(Refusal, KeepsALaterFileOfThatNameFromTakingItsPlace) {
  testing::WriteBytes(folder_ / "good.so", "a broken build");
  PluginCatalog catalog({folder_.path(), kFixtures});
  EXPECT_EQ(catalog.Find("good"), nullptr);
  EXPECT_EQ(catalog.Make("good").status().message(), "good.so: is no shared library");
  PluginCatalog other_way({kFixtures, folder_.path()});
  EXPECT_NE(other_way.Find("good"), nullptr);
}

TEST_F(Refusal, OfAFileThatChangedSinceItWasExamined) {
  const std::string whole = testing::ReadBytes(kFixtures + "/good.so");
  testing::WriteBytes(folder_ / "good.so", whole);
  PluginCatalog catalog({folder_.path()});
  testing::WriteBytes(folder_ / "good.so", whole + "x");
  EXPECT_EQ(catalog.Make("good").status().message(), "good.so: has changed since it was examined: start again");
  testing::WriteBytes(folder_ / "good.so", "x");
  EXPECT_EQ(catalog.Make("good").status().message(), "good.so: is no shared library");
  EXPECT_EQ(CodeRan(), nullptr);
}

TEST_F(Refusal, WhenLoadingSaysWhatIsWrong) {
  PluginCatalog catalog({kFixtures});
  const auto reason = [&](const char* name) {
    const Result<std::unique_ptr<Stage>> stage = catalog.Make(name);
    EXPECT_EQ(stage.ok() ? StatusKind::kOk : stage.status().kind(), StatusKind::kConfig);
    return stage.status().message();
  };
  EXPECT_EQ(reason("undefined_symbol"), "undefined_symbol.so: cannot be loaded: undefined symbol: _Z17NobodyDefinesThisv");
  EXPECT_EQ(CodeRan(), nullptr) << "the loader resolves every symbol first";
  EXPECT_EQ(reason("no_descriptor"), "no_descriptor.so: does not export 'garner_plugin': its code has no GARNER_PLUGIN line");
  EXPECT_EQ(reason("wrong_kind"), "wrong_kind.so: its manifest says SINK, its code is a TRANSFORM");
  EXPECT_EQ(reason("decides_unsaid"), "decides_unsaid.so: its manifest says 'decides: false', its code does decide");
  EXPECT_EQ(reason("does_not_decide"), "does_not_decide.so: its manifest says 'decides: true', its code does not");
  EXPECT_TRUE(catalog.Make("decides").ok());
  EXPECT_EQ(reason("throws"), "throws.so: the stage's constructor failed: no model today");
}

TEST(BuildTags, SayTheFirstDifferenceInWords) {
  const std::string host = "sdk=0.2;protobuf=3021012;cxx11_abi=1;debug=0;sanitize=none;arch=x86_64";
  const auto reason = [&](const std::string& plugin, const std::string& other = "") { return CompareBuildTags(plugin, other.empty() ? host : other).message(); };
  EXPECT_TRUE(CompareBuildTags(host, host).ok());
  EXPECT_EQ(reason("sdk=0.1;arch=x86_64"), "built for SDK 0.1, this is 0.2: rebuild it") << "the SDK explains all else";
  EXPECT_EQ(reason("sdk=0.2;protobuf=3021012;cxx11_abi=0;debug=0;sanitize=none;arch=x86_64"), "built with the old C++ string ABI, this host has the new one: rebuild it");
  EXPECT_EQ(reason("sdk=0.2;protobuf=3021012;cxx11_abi=1;debug=0;sanitize=thread;arch=x86_64"), "built with ThreadSanitizer, this host is without: rebuild it");
  EXPECT_EQ(reason("sanitize=thread", "sanitize=address"), "built with ThreadSanitizer, this host with AddressSanitizer: rebuild it");
  EXPECT_EQ(reason("sdk=0.2"), "has a build tag without 'protobuf', this host has 3021012: rebuild it");
  EXPECT_EQ(reason(host + ";colour=red"), "has 'colour=red' in its build tag, which this host does not know: rebuild it");
  for (const char* torn : {"", "sdk", "sdk=", "=0.2", "sdk=0.2;;", "sdk=0.2\n"})
    EXPECT_EQ(reason(torn), "has a build tag that cannot be read: rebuild it") << torn;
}

}  // namespace
}  // namespace garner
