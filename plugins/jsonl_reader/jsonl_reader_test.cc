#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"
#include "mend_json.h"

GARNER_CASES(JsonlReader)

namespace garner::jsonl_reader {
namespace {

class JsonlReaderTest : public ::testing::Test {
 protected:
  JsonlReaderTest() : stage_(garner_plugin.make()) {
    EXPECT_TRUE(stage_->Configure(context_, "").ok());
    EXPECT_TRUE(stage_->Open().ok());
  }

  UnpackerStage& unpacker() { return dynamic_cast<UnpackerStage&>(*stage_); }

  testing::Unpacked Read(const std::string& bytes, const std::string& media_type = "") {
    MemoryStream stream(bytes);
    v1::PayloadInfo container;
    container.set_media_type(media_type);
    return testing::Unpack(unpacker(), stream, container);
  }

  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
};

std::string Record(size_t text_bytes) { return "{\"text\": \"" + std::string(text_bytes, 'x') + "\", \"n\": [1, {\"a\": \"]}\\\"\"}]}"; }

// Records of every size around those of the buffer, however the stream is cut.
TEST_F(JsonlReaderTest, GivesTheSameForAnyPieces) {
  std::string lines;
  std::string array = "[";
  for (size_t bytes : {0U, 1U, 100U, 262100U, 262144U, 262200U, 600000U, 5U}) {
    lines += Record(bytes) + "\r\n\n";
    array += Record(bytes) + " ,\n";
  }
  array += "]";
  const testing::Unpacked expected = Read(lines);
  ASSERT_TRUE(expected.status.ok()) << expected.status.message();
  ASSERT_EQ(expected.items.size(), 8U);
  EXPECT_EQ(expected.items[7].info.record_key(), "15") << "blank lines count";
  for (uint32_t seed = 0; seed < 4; ++seed) {
    for (const std::string* bytes : {&lines, &array}) {
      testing::OddStream stream(*bytes, seed, 100000);
      const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
      ASSERT_EQ(seen.items.size(), expected.items.size());
      for (size_t i = 0; i < seen.items.size(); ++i) EXPECT_TRUE(seen.items[i].bytes == expected.items[i].bytes) << i;
    }
  }
}

TEST_F(JsonlReaderTest, KeepsWhatCameBeforeABrokenStream) {
  const std::string bytes = Record(10) + "\n" + Record(10) + "\n" + Record(10) + "\n";
  testing::FailingStream stream(bytes, bytes.size() - 20);
  const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
  EXPECT_EQ(seen.items.size(), 2U);
  EXPECT_EQ(seen.status.kind(), StatusKind::kUnreadable);
}

TEST_F(JsonlReaderTest, BeginsAnew) {
  ASSERT_EQ(Read("[{\"text\": \"a\"}, {\"text\": ").items.size(), 2U);
  const testing::Unpacked seen = Read("{\"text\": \"b\"}\n");
  ASSERT_EQ(seen.items.size(), 1U);
  EXPECT_EQ(seen.items[0].bytes, "b");
  EXPECT_EQ(seen.items[0].info.record_key(), "1");
}

TEST_F(JsonlReaderTest, BearsHostileRecords) {
  const auto repeat = [](const std::string& piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  const size_t large = 1U << 18;
  for (const char* piece : {"[", "{", "{\"a\":", "\"", "\\", "]", "}", ",", "\n", " ", "\\ud83d", "9", "NaN", "-", "\"a\":1,", "[]", "{}\n", "\xD0"}) {
    for (const char* type : {"application/jsonl", "application/json"}) {
      for (const char* before : {"", "{\"text\": \"", "{\"text\": "}) {
        const testing::Unpacked seen = Read(before + repeat(piece, large), type);
        for (const testing::UnpackedItem& item : seen.items) EXPECT_TRUE(item.status.ok() || !item.status.message().empty());
      }
    }
  }
  const testing::Unpacked deep = Read("{\"text\": \"x\", \"a\": " + repeat("[", large) + repeat("]", large) + "}\n{\"text\": \"y\"}\n");
  ASSERT_EQ(deep.items.size(), 2U);
  EXPECT_FALSE(deep.items[0].status.ok());
  EXPECT_EQ(deep.items[1].bytes, "y");
}

// A record that was cut off in the middle of an escape once ended its whole file.
TEST(MendJson, TakesWhatIsCutOffAnywhere) {
  const std::string whole = R"({"text": "gate \\ \ud83d\ude00 \n", "n": -12345678901234567890})";
  for (size_t size = 0; size <= whole.size(); ++size) EXPECT_LE(MendJson(whole.substr(0, size)).json.size(), whole.size() + 10) << size;
}

TEST(MendJson, ChangesOnlyWhatNoParserTakes) {
  EXPECT_FALSE(MendJson(R"({"a": "NaN \ud83d\ude00 12345678901234567890 \\ud83d", "b": [-1.5e+300, 123456789012345678.25, null]})").changed);
  EXPECT_EQ(MendJson(R"({"a": NaN, "b": [-Infinity, 12345678901234567890123]})").json, R"({"a": null, "b": [null, "12345678901234567890123"]})");
  EXPECT_EQ(MendJson(R"("\ud83d and \ude00\ud83d\ud83d\ude00")").json, R"("\ufffd and \ufffd\ufffd\ud83d\ude00")");
}

}  // namespace
}  // namespace garner::jsonl_reader
