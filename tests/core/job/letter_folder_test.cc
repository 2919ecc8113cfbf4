// Letters on disk: what is written is read again, and what somebody changed in between is refused in words.
#include "core/job/letter_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "garner/hash.h"
#include "tests/support/temp_folder.h"

namespace garner::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kId[] = "0123456789abcdef0123456789abcdef";
constexpr char kOtherId[] = "ffffffffffffffffffffffffffffffff";

v1::DeadLetter Record(const std::string& payload, const std::string& uri = "in/a.txt") {
  v1::DeadLetter record;
  record.set_format(kLetterFormat);
  record.set_id(kId);
  record.mutable_source()->set_uri(uri);
  record.mutable_source()->set_sha256(Sha256Hex(payload));
  record.set_payload(v1::DeadLetter::KEPT);
  record.mutable_failure()->set_stage("html");
  record.mutable_plan()->set_name("job");
  return record;
}

class LetterFolderTest : public ::testing::Test {
 protected:
  LetterFolder Open() {
    Result<LetterFolder> folder = LetterFolder::Open(temp_ / "failed");
    EXPECT_TRUE(folder.ok());
    return *std::move(folder);
  }
  void Write(const std::string& payload) {
    const Status status = Open().Write(Record(payload), payload);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  std::string Place(const std::string& name = "") const {
    return temp_ / ("failed/" + std::string(kId) + (name.empty() ? "" : "/" + name));
  }
  std::string WhyRefused() const {
    const Result<Letter> letter = ReadLetter(Place());
    return letter.ok() ? "" : letter.status().message();
  }
  // What stands in the folder of letters.
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(temp_ / "failed")) names.push_back(entry.path().filename().string());
    return names;
  }

  TempFolder temp_;
};

TEST_F(LetterFolderTest, WhatIsWrittenIsRead) {
  const std::string payload("a\0b\xff", 4);
  Write(payload);
  const Result<Letter> letter = ReadLetter(Place() + "/");
  ASSERT_TRUE(letter.ok()) << letter.status().message();
  EXPECT_EQ(letter->payload, payload);
  EXPECT_EQ(letter->record.SerializeAsString(), Record(payload).SerializeAsString());
  EXPECT_EQ(Names(), std::vector<std::string>{kId}) << "nothing unfinished is left";
}

// The options of a stage are a map, whose order is not the same in every run of a program.
TEST_F(LetterFolderTest, OneRecordIsAlwaysTheSameBytes) {
  const auto with_options = [](bool backwards) {
    v1::DeadLetter record = Record("x");
    auto& fields = *record.mutable_plan()->add_stages()->mutable_options()->mutable_fields();
    for (int i = 0; i < 50; ++i) fields["option" + std::to_string(backwards ? 49 - i : i)].set_number_value(1);
    return record;
  };
  ASSERT_TRUE(Open().Write(with_options(false), "x").ok());
  const std::string first = ReadBytes(Place("letter.json"));
  ASSERT_TRUE(Open().Write(with_options(true), "x").ok());
  EXPECT_EQ(ReadBytes(Place("letter.json")), first);
}

TEST_F(LetterFolderTest, ALaterLetterTakesThePlaceOfTheEarlier) {
  Write("first");
  WriteBytes(Place("stray"), "of the earlier letter");
  Write("second");
  EXPECT_EQ(ReadLetter(Place())->payload, "second");
  EXPECT_FALSE(fs::exists(Place("stray")));
  EXPECT_EQ(Names(), std::vector<std::string>{kId});
}

TEST_F(LetterFolderTest, ALetterWithoutPayloadHasNoFile) {
  Write("earlier");
  v1::DeadLetter record = Record("");
  record.set_payload(v1::DeadLetter::UNREADABLE);
  ASSERT_TRUE(Open().Write(record, "").ok());
  EXPECT_FALSE(fs::exists(Place("payload")));
  EXPECT_TRUE(ReadLetter(Place()).ok());
}

TEST_F(LetterFolderTest, ALinkInTheLettersPlaceIsReplacedNotFollowed) {
  fs::create_directories(temp_ / "elsewhere");
  WriteBytes(temp_ / "elsewhere/precious", "kept");
  Open();
  fs::create_directory_symlink(temp_ / "elsewhere", Place());
  Write("payload");
  EXPECT_FALSE(fs::is_symlink(Place()));
  EXPECT_EQ(ReadLetter(Place())->payload, "payload");
  EXPECT_EQ(ReadBytes(temp_ / "elsewhere/precious"), "kept");
  EXPECT_FALSE(fs::exists(temp_ / "elsewhere/payload"));
}

TEST_F(LetterFolderTest, AnIdThatIsNoneIsNeverAName) {
  for (const std::string id :
       {"", "..", "../../etc", "0123", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcde/"}) {
    v1::DeadLetter record = Record("x");
    record.set_id(id);
    EXPECT_FALSE(Open().Write(record, "x").ok()) << id;
  }
  EXPECT_TRUE(Names().empty());
}

TEST_F(LetterFolderTest, AFileInTheFoldersPlaceIsRefused) {
  WriteBytes(temp_ / "file", "");
  EXPECT_EQ(LetterFolder::Open(temp_ / "file").status().kind(), StatusKind::kIo);
  EXPECT_EQ(LetterFolder::Open(temp_ / "file/below").status().kind(), StatusKind::kIo);
}

TEST_F(LetterFolderTest, ALetterThatCannotBeWrittenFailsAndTheEarlierStays) {
  const LetterFolder folder = Open();
  fs::remove_all(temp_ / "failed");
  const Status status = folder.Write(Record("x"), "x");
  EXPECT_EQ(status.kind(), StatusKind::kIo);
  EXPECT_NE(status.message().find(kId), std::string::npos) << status.message();
}

// --- letters that somebody changed -----------------------------------------------------------------------

TEST_F(LetterFolderTest, AnotherPayloadIsRefused) {
  Write("payload");
  WriteBytes(Place("payload"), "Payload");
  EXPECT_NE(WhyRefused().find("SHA-256"), std::string::npos) << WhyRefused();
}

TEST_F(LetterFolderTest, LinksAndOddFilesAreRefused) {
  WriteBytes(temp_ / "secret", "payload");
  for (const std::string name : {"payload", "letter.json"}) {
    Write("payload");
    const std::string bytes = ReadBytes(Place(name));
    WriteBytes(temp_ / "same", bytes);
    fs::remove(Place(name));
    fs::create_symlink(temp_ / "same", Place(name));
    EXPECT_NE(WhyRefused().find(name + ": is a symbolic link"), std::string::npos) << WhyRefused();
    fs::remove(Place(name));
    ASSERT_EQ(mkfifo(Place(name).c_str(), 0600), 0);
    EXPECT_NE(WhyRefused().find("a named pipe"), std::string::npos) << WhyRefused();
    fs::remove(Place(name));
    EXPECT_NE(WhyRefused().find("no such file"), std::string::npos) << WhyRefused();
  }
}

TEST_F(LetterFolderTest, ALinkToALetterIsNone) {
  Write("payload");
  fs::rename(Place(), temp_ / "moved");
  EXPECT_TRUE(ReadLetter(temp_ / "moved").ok()) << "a folder may have any name";
  for (const std::string& link : {Place(), temp_ / "link"}) {
    fs::create_directory_symlink(temp_ / "moved", link);
    for (const std::string end : {"", "/", "//"}) {
      const Result<Letter> letter = ReadLetter(link + end);
      ASSERT_FALSE(letter.ok());
      EXPECT_NE(letter.status().message().find("symbolic link"), std::string::npos) << letter.status().message();
    }
  }
  const Result<std::vector<ListedLetter>> listed = ListLetters(temp_ / "failed");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_FALSE(listed->front().record.ok());
}

TEST_F(LetterFolderTest, ALetterOfAnotherDocumentIsRefused) {
  Write("payload");
  fs::rename(Place(), temp_ / (std::string("failed/") + kOtherId));
  EXPECT_NE(ReadLetter(temp_ / (std::string("failed/") + kOtherId)).status().message().find("not of this folder's document"),
            std::string::npos);
}

TEST_F(LetterFolderTest, TheListTakesLettersAndNothingElse) {
  Write("payload");
  fs::create_directories(temp_ / ("failed/." + std::string(kOtherId) + ".part-1"));
  fs::create_directories(temp_ / "failed/notes");
  WriteBytes(temp_ / "failed/readme", "");
  const Result<std::vector<ListedLetter>> listed = ListLetters(temp_ / "failed");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front().id, kId);
  EXPECT_TRUE(listed->front().record.ok());
  EXPECT_FALSE(ListLetters(temp_ / "nowhere").ok());
}

// Every prefix of a record and every single changed byte: a record or a sentence, never more.
TEST_F(LetterFolderTest, DamagedRecordsAreReadOrRefused) {
  Write("payload");
  const std::string whole = ReadBytes(Place("letter.json"));
  ASSERT_TRUE(ParseLetterRecord(whole).ok());
  for (size_t size = 0; size + 2 < whole.size(); ++size) EXPECT_FALSE(ParseLetterRecord(whole.substr(0, size)).ok()) << size;
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '"', '}', '9', '\xff'}) {
      std::string changed = whole;
      changed[at] = c;
      const Result<v1::DeadLetter> record = ParseLetterRecord(changed);
      EXPECT_TRUE(record.ok() || !record.status().message().empty());
    }
  }
}

TEST_F(LetterFolderTest, RecordsThatSayTooLittleOrTooMuch) {
  const struct {
    const char* json;
    const char* words;
  } cases[] = {
      {"", "no record of a letter"},
      {"[]", "no record of a letter"},
      {"{}", "'format' is missing"},
      {R"({"format": 2})", "format 2 is not known here"},
      {R"({"format": 1, "id": "../../../etc"})", "'id': 32 hexadecimal digits"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef"})", "'source.uri' is missing"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "source": {"uri": "a"}})", "'payload' is missing"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "source": {"uri": "a"}, "payload": "/etc/passwd"})",
       "no record of a letter"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "source": {"uri": "a"}, "payload": "KEPT"})",
       "'source.sha256'"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "source": {"uri": "a"}, "payload": "UNREADABLE"})",
       "'failure' is missing"},
      {R"({"format": 1, "id": "0123456789abcdef0123456789abcdef", "source": {"uri": "a"}, "payload": "UNREADABLE", "failure": {}})",
       "'plan' is missing"},
      {R"({"format": 1, "payload_path": "/etc/passwd"})", "no record of a letter"},
  };
  for (const auto& expected : cases) {
    const Result<v1::DeadLetter> record = ParseLetterRecord(expected.json);
    ASSERT_FALSE(record.ok()) << expected.json;
    EXPECT_NE(record.status().message().find(expected.words), std::string::npos) << record.status().message();
  }
}

TEST_F(LetterFolderTest, DeeplyNestedRecordsAreRefused) {
  std::string json = R"({"format": 1, "plan": {"stages": [{"options": )";
  for (int i = 0; i < 100000; ++i) json += R"({"a":)";
  EXPECT_FALSE(ParseLetterRecord(json).ok());
  EXPECT_FALSE(ParseLetterRecord(std::string(1000000, '[')).ok());
}

}  // namespace
}  // namespace garner::testing
