#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/utf8.h"
#include "garner_plugins/jsonl/options.pb.h"
#include "json_writer.h"
#include "record.h"
#include "tests/support/temp_folder.h"

extern "C" const garner::PluginDescriptor garner_plugin;

namespace garner::jsonl {
namespace {

using Json = nlohmann::ordered_json;
using std::string_literals::operator""s;

void Choose(v1::Document& document, const char* key, const std::string& value, bool chosen = true) {
  v1::Metadata* added = document.add_metadata();
  added->set_key(key);
  added->set_value(value);
  added->set_chosen(chosen);
}

void Annotate(v1::Document& document, uint64_t begin, uint64_t end, const char* label, const char* set = "entities") {
  v1::Annotation* added = document.add_annotations();
  added->set_set(set);
  added->set_label(label);
  added->set_begin(begin);
  added->set_end(end);
}

// Text of one, two and four bytes a character: "Zoë 🐝 met Ödön.\n\nThe end."
v1::Document Bees() {
  v1::Document document = testing::DocumentFromText("Zo\xc3\xab \xf0\x9f\x90\x9d met \xc3\x96" "d\xc3\xb6n.\n\n\n\nThe end.").document;
  document.set_id("0123456789abcdef0123456789abcdef");
  document.mutable_source()->set_media_type("text/plain");
  document.mutable_source()->set_sha256("ab12");
  return document;
}

std::string Line(const v1::Document& document, const RecordOptions& options = {}) {
  std::string line;
  AppendRecord(document, options, &line);
  return line;
}

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(JsonWriter, ANumberIsWrittenTheSameWhateverCameBefore) {
  RecentFloats recent;
  for (int round = 0; round < 2; ++round) {
    for (uint32_t bits = 0; bits < 0x7F800000U; bits += 65521) {
      float value = 0;
      std::memcpy(&value, &bits, sizeof value);
      ASSERT_EQ(std::strtof(std::string(recent.Digits(value)).c_str(), nullptr), value);
      ASSERT_EQ(recent.Digits(-value), RecentFloats().Digits(-value));
    }
  }
}

TEST(Record, HasItsKeysInOrder) {
  v1::Document document = Bees();
  const Json record = Json::parse(Line(document));
  EXPECT_EQ(Keys(record), (std::vector<std::string>{"id", "source", "title", "language", "text", "metadata", "entities", "removed", "signals"}));
  EXPECT_EQ(Keys(record["source"]), (std::vector<std::string>{"uri", "media_type", "charset", "sha256", "bytes"}));
  EXPECT_EQ(record["id"], document.id());
  EXPECT_EQ(record["source"]["uri"], "test.txt");
  EXPECT_EQ(record["source"]["charset"], "UTF-8");
  EXPECT_EQ(record["source"]["bytes"], document.source().bytes());
  EXPECT_EQ(record["text"], document.text());
  EXPECT_TRUE(record["title"].is_null()) << "no evidence, no value";
  EXPECT_TRUE(record["language"].is_null());
  EXPECT_TRUE(record["metadata"].empty());
  EXPECT_TRUE(record["signals"].is_object());

  document.mutable_source()->set_container_path("a.zip/b.txt");
  document.mutable_source()->set_record_key("7");
  document.mutable_source()->set_parent_id("0123456789abcdef0123456789abcdef");
  EXPECT_EQ(Keys(Json::parse(Line(document))["source"]),
            (std::vector<std::string>{"uri", "container_path", "record_key", "parent_id", "media_type", "charset", "sha256", "bytes"}));
}

TEST(Record, ShowsChosenMetadataOnly) {
  v1::Document document = Bees();
  Choose(document, "reading_time", "4 min");
  Choose(document, "tags", "bees");
  Choose(document, "title", "A rejected title", false);
  Choose(document, "title", "Bees can count");
  Choose(document, "language", "en");
  Choose(document, "authors", "Ada Ek");
  Choose(document, "publisher", "Nobody", false);
  Choose(document, "authors", "Bo Ask");
  Choose(document, "author_affiliations", "The Hive");
  Choose(document, "date_published", "2019-05");
  Choose(document, "aardvark", "1");
  const Json record = Json::parse(Line(document));
  EXPECT_EQ(record["title"], "Bees can count");
  EXPECT_EQ(record["language"], "en");
  const Json& metadata = record["metadata"];
  EXPECT_EQ(Keys(metadata), (std::vector<std::string>{"authors", "author_affiliations", "date_published", "tags", "reading_time", "aardvark"}));
  EXPECT_EQ(metadata["authors"], (Json{"Ada Ek", "Bo Ask"}));
  EXPECT_EQ(metadata["author_affiliations"], (Json::array({"The Hive"})));
  EXPECT_EQ(metadata["date_published"], "2019-05");
}

TEST(Record, CountsEntitiesTheWayTheReaderDoes) {
  v1::Document document = Bees();
  const uint64_t bee = document.text().find("\xf0\x9f\x90\x9d");
  const uint64_t odon = document.text().find("\xc3\x96");
  Annotate(document, odon, odon + 6, "PERSON");
  document.mutable_annotations(0)->set_canonical("\xc3\x96" "d\xc3\xb6n K\xc3\xbcrti");
  document.mutable_annotations(0)->set_value("x");
  document.mutable_annotations(0)->set_confidence(0.95F);
  Annotate(document, bee, bee + 4, "ANIMAL");
  Annotate(document, 0, 4, "WORD", "grammar");
  struct Expected {
    OffsetUnit unit;
    std::vector<int> bee;
    std::vector<int> odon;
  };
  for (const Expected& expected : {Expected{OffsetUnit::kCodePoints, {4, 5}, {10, 14}}, Expected{OffsetUnit::kUtf16, {4, 6}, {11, 15}},
                                   Expected{OffsetUnit::kBytes, {5, 9}, {static_cast<int>(odon), static_cast<int>(odon) + 6}}}) {
    RecordOptions options;
    options.offsets = expected.unit;
    const Json entities = Json::parse(Line(document, options))["entities"];
    ASSERT_EQ(entities.size(), 2u) << "only the set of entities";
    EXPECT_EQ(Keys(entities[0]), (std::vector<std::string>{"type", "text", "begin", "end", "canonical", "source", "verbatim"}));
    EXPECT_EQ(Keys(entities[1]), (std::vector<std::string>{"type", "text", "begin", "end", "canonical", "value", "confidence", "source", "verbatim"}));
    EXPECT_EQ(entities[0]["type"], "ANIMAL") << "in order of place";
    EXPECT_EQ((std::vector<int>{entities[0]["begin"], entities[0]["end"]}), expected.bee);
    EXPECT_EQ((std::vector<int>{entities[1]["begin"], entities[1]["end"]}), expected.odon);
    EXPECT_EQ(entities[0]["canonical"], "\xf0\x9f\x90\x9d") << "without a canonical name the text itself";
    EXPECT_EQ(entities[1]["text"], "\xc3\x96" "d\xc3\xb6n");
    EXPECT_EQ(entities[0]["source"], (Json{5, 9}));
    EXPECT_EQ(entities[1]["confidence"].dump(), "0.95");
    EXPECT_EQ(entities[0]["verbatim"], true);
  }
}

// The same document as Markdown: what an entity's offsets mark there is the entity.
TEST(Record, ShowsMarkdownWithItsOwnOffsets) {
  v1::Document document;
  document.set_text("The [old] light\n\nSkagen *point*");
  v1::Block* heading = document.add_blocks();
  heading->set_end(15);
  heading->set_role(v1::Block::HEADING);
  v1::Block* item = document.add_blocks();
  item->set_begin(17);
  item->set_end(31);
  item->set_role(v1::Block::LIST_ITEM);
  item->set_level(1);
  v1::Annotation* place = document.add_annotations();
  place->set_set("entities");
  place->set_label("LOC");
  place->set_begin(17);
  place->set_end(31);
  RecordOptions options;
  options.markdown = true;
  std::string line;
  AppendRecord(document, options, &line);
  EXPECT_NE(line.find(R"("text":"## The \\[old\\] light\n\n- Skagen \\*point\\*")"), std::string::npos) << line;
  // "- " stands before it, and two backslashes in it.
  EXPECT_NE(line.find(R"("text":"Skagen *point*","begin":24,"end":40)"), std::string::npos) << line;
}

TEST(Record, ListsLinksWhereThereAreAny) {
  v1::Document document = Bees();
  const uint64_t odon = document.text().find("\xc3\x96");
  Annotate(document, odon, odon + 6, "link", "links");
  document.mutable_annotations(0)->set_value("https://bees.example/?a=1&b=2");
  Annotate(document, 0, 4, "link", "links");
  document.mutable_annotations(1)->set_value("/zoe");
  const std::string line = Line(document);
  const Json record = Json::parse(line);
  EXPECT_EQ(Keys(record), (std::vector<std::string>{"id", "source", "title", "language", "text", "metadata", "entities", "links", "removed", "signals"}));
  EXPECT_TRUE(record["entities"].empty());
  EXPECT_NE(line.find(R"("links":[{"begin":0,"end":3,"url":"/zoe"},{"begin":10,"end":14,"url":"https://bees.example/?a=1&b=2"}])"), std::string::npos) << line;
  RecordOptions options;
  options.offsets = OffsetUnit::kUtf16;
  EXPECT_NE(Line(document, options).find(R"({"begin":11,"end":15,)"), std::string::npos) << "counted as entities are";
  options.markdown = true;
  const Json rendered = Json::parse(Line(document, options));
  EXPECT_FALSE(rendered.contains("links")) << "they stand in the text";
  EXPECT_EQ(rendered["text"], "[Zo\xc3\xab](/zoe) \xf0\x9f\x90\x9d met [\xc3\x96" "d\xc3\xb6n](https://bees.example/?a=1&b=2).\n\nThe end.");
}

TEST(Record, SaysWhatWasRemoved) {
  v1::Document document = Bees();
  document.clear_removals();
  const auto add = [&](uint64_t begin, uint64_t end, const char* stage, const char* rule) {
    v1::Removal* removal = document.add_removals();
    removal->mutable_source()->set_begin(begin);
    removal->mutable_source()->set_end(end);
    removal->set_stage(stage);
    removal->set_rule(rule);
    return removal;
  };
  add(3, 5, "text", "whitespace");
  v1::Removal* scored = add(7, 20, "stripper", "appeal");
  scored->set_score(0.93F);
  scored->set_threshold(0.5F);
  add(30, 31, "text", "whitespace");

  const Json full = Json::parse(Line(document))["removed"];
  ASSERT_EQ(full.size(), 3u);
  EXPECT_EQ(full[0].dump(), R"({"source":[3,5],"stage":"text","rule":"whitespace"})");
  EXPECT_NE(Line(document).find(R"({"source":[7,20],"stage":"stripper","rule":"appeal","score":0.93,"threshold":0.5})"), std::string::npos)
      << "a float prints as itself, not as the nearest double";

  RecordOptions options;
  options.removed = RemovedDetail::kSummary;
  const Json summary = Json::parse(Line(document, options))["removed"];
  EXPECT_EQ(summary.dump(), R"([{"stage":"stripper","rule":"appeal","count":1,"bytes":13},{"stage":"text","rule":"whitespace","count":2,"bytes":3}])");

  options.removed = RemovedDetail::kNone;
  EXPECT_FALSE(Json::parse(Line(document, options)).contains("removed"));
}

TEST(Record, ShowsSignalsByName) {
  v1::Document document = Bees();
  for (const auto& [name, value] : std::vector<std::pair<const char*, double>>{{"words", 3}, {"density", 0.1}, {"broken", std::numeric_limits<double>::quiet_NaN()}}) {
    v1::Signal* signal = document.add_signals();
    signal->set_name(name);
    signal->set_value(value);
  }
  EXPECT_NE(Line(document).find(R"("signals":{"broken":null,"density":0.1,"words":3}})"), std::string::npos);
}

TEST(Record, IsOneLineOfValidUtf8WhateverItIsGiven) {
  v1::Document document = Bees();
  Choose(document, "title", "quote \" backslash \\ newline \n tab \t bell \x07 nul \0 lone \xed\xa0\x80 line \xe2\x80\xa8 cut \xe2\x82"s);
  Choose(document, "bad\xffkey\n", "\xc0\xaf");
  document.mutable_source()->set_uri("caf\xe9.txt");
  const std::string line = Line(document);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_TRUE(IsValidUtf8(line));
  EXPECT_EQ(line.find("\\u0000"), std::string::npos);
  EXPECT_NE(line.find("\xe2\x80\xa8"), std::string::npos) << "U+2028 needs no escape in JSON";
  const Json record = Json::parse(line);
  EXPECT_EQ(record["title"], "quote \" backslash \\ newline \n tab \t bell \x07 nul  lone \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd line \xe2\x80\xa8 cut \xef\xbf\xbd");
  EXPECT_EQ(record["source"]["uri"], "caf\xef\xbf\xbd.txt");
}

TEST(Record, OfAnEmptyDocumentIsComplete) {
  const Json record = Json::parse(Line(v1::Document()));
  EXPECT_EQ(record["text"], "");
  EXPECT_TRUE(record["entities"].is_array());
  EXPECT_TRUE(record["source"]["media_type"].is_null());
}

TEST(TextOffsets, ConvertsUnsortedPlacesInOnePass) {
  const std::string text = "a\xc3\xa9\xf0\x9f\x90\x9dz";
  EXPECT_EQ(ConvertOffsets(text, {8, 0, 3, 3, 7, 1, 99}, OffsetUnit::kCodePoints), (std::vector<uint64_t>{4, 0, 2, 2, 3, 1, 4}));
  EXPECT_EQ(ConvertOffsets(text, {8, 0, 3, 7}, OffsetUnit::kUtf16), (std::vector<uint64_t>{5, 0, 2, 4}));
  EXPECT_TRUE(ConvertOffsets(text, {}, OffsetUnit::kUtf16).empty());
}

// --- the sink itself ----------------------------------------------------------------------------------------------------------

class JsonlSink : public ::testing::Test {
 protected:
  JsonlSink() { context_.set_output_dir(folder_.path()); }

  Status Configure(const JsonlOptions& options) {
    stage_.reset();  // gives its file up before the next one takes it
    stage_.reset(garner_plugin.make());
    sink_ = dynamic_cast<SinkStage*>(stage_.get());
    return stage_->Configure(context_, options.SerializeAsString());
  }

  Status Open(const JsonlOptions& options) {
    const Status status = Configure(options);
    return status.ok() ? stage_->Open() : status;
  }

  Status Reopen(const JsonlOptions& options, const std::string& position) {
    const Status status = Configure(options);
    return status.ok() ? sink_->Reopen(position) : status;
  }

  std::string WriteTwo(const std::string& path) {
    JsonlOptions options;
    options.set_path(path);
    EXPECT_TRUE(Open(options).ok());
    EXPECT_TRUE(sink_->Write(Bees()).ok());
    EXPECT_TRUE(sink_->Write(Bees()).ok());
    const Status finished = sink_->Finish();
    EXPECT_TRUE(finished.ok()) << finished.message();
    return testing::ReadBytes(folder_ / path);
  }

  testing::TempFolder folder_;
  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
  SinkStage* sink_ = nullptr;
};

TEST_F(JsonlSink, WritesALineADocument) { EXPECT_EQ(WriteTwo("documents.jsonl"), Line(Bees()) + Line(Bees())); }

TEST_F(JsonlSink, CompressesByNameAndAlwaysToTheSameBytes) {
  const std::string plain = Line(Bees()) + Line(Bees());
  const std::string gzip = WriteTwo("a.jsonl.gz");
  EXPECT_EQ(gzip, WriteTwo("other/name.gz"));
  EXPECT_EQ(gzip.substr(4, 4), std::string(4, '\0')) << "no time in the header";
  std::string out(plain.size(), '\0');
  z_stream stream = {};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data()));
  stream.avail_in = static_cast<uInt>(gzip.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  inflateEnd(&stream);
  EXPECT_EQ(out, plain);

  const std::string zstd = WriteTwo("a.jsonl.zst");
  out.assign(plain.size(), '\0');
  ASSERT_EQ(ZSTD_decompress(out.data(), out.size(), zstd.data(), zstd.size()), plain.size());
  EXPECT_EQ(out, plain);
}

TEST_F(JsonlSink, RefusesAPathOutsideTheOutputFolder) {
  for (const char* path : {"/tmp/x.jsonl", "../x.jsonl", "a/../../x.jsonl", "", "a/", "."}) {
    JsonlOptions options;
    options.set_path(path);
    const Status status = Open(options);
    EXPECT_EQ(status.kind(), StatusKind::kConfig) << path;
  }
}

TEST_F(JsonlSink, LeavesTheEarlierFileWhereItDoesNotFinish) {
  testing::WriteBytes(folder_ / "documents.jsonl", "earlier\n");
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(sink_->Write(Bees()).ok());
  stage_.reset();
  EXPECT_EQ(testing::ReadBytes(folder_ / "documents.jsonl"), "earlier\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "documents.jsonl.part"));
}

TEST_F(JsonlSink, GoesOnFromACommitWithoutATrace) {
  for (const char* path : {"a.jsonl", "a.jsonl.gz", "a.jsonl.zst"}) {
    JsonlOptions options;
    options.set_path(path);
    options.set_offsets(JsonlOptions::BYTES);
    v1::Document other = Bees();
    other.set_id("ffff");
    Annotate(other, 5, 9, "BEE");
    const std::vector<v1::Document> documents = {Bees(), other, Bees(), other};

    ASSERT_TRUE(Open(options).ok());
    EXPECT_TRUE(sink_->Resumable());
    for (const v1::Document& document : documents) ASSERT_TRUE(sink_->Write(document).ok());
    ASSERT_TRUE(sink_->Finish().ok());
    const std::string undisturbed = testing::ReadBytes(folder_ / path);

    for (size_t commit = 0; commit <= documents.size(); ++commit) {
      ASSERT_TRUE(Open(options).ok());
      for (size_t i = 0; i < commit; ++i) ASSERT_TRUE(sink_->Write(documents[i]).ok());
      const Result<std::string> position = sink_->Commit();
      ASSERT_TRUE(position.ok()) << position.status().message();
      ASSERT_TRUE(sink_->Write(other).ok());
      ASSERT_TRUE(Reopen(options, *position).ok());
      for (size_t i = commit; i < documents.size(); ++i) ASSERT_TRUE(sink_->Write(documents[i]).ok());
      const Result<std::string> last = sink_->Commit();
      ASSERT_TRUE(last.ok());
      ASSERT_TRUE(sink_->Finish().ok());
      EXPECT_TRUE(testing::ReadBytes(folder_ / path) == undisturbed) << path << ", commit after " << commit;

      ASSERT_TRUE(Reopen(options, *last).ok()) << "the journal did not hear of Finish";
      ASSERT_TRUE(sink_->Finish().ok());
      EXPECT_TRUE(testing::ReadBytes(folder_ / path) == undisturbed) << path;
    }
  }
}

TEST_F(JsonlSink, SaysWhyItCannotGoOn) {
  ASSERT_TRUE(Open({}).ok());
  ASSERT_TRUE(sink_->Write(Bees()).ok());
  const std::string position = *sink_->Commit();
  EXPECT_EQ(Reopen({}, "").kind(), StatusKind::kInvalidInput);
  EXPECT_EQ(Reopen({}, position + "x").kind(), StatusKind::kInvalidInput);
  std::filesystem::remove(folder_ / "documents.jsonl.part");
  const Status gone = Reopen({}, position);
  EXPECT_EQ(gone.kind(), StatusKind::kIo);
  EXPECT_NE(gone.message().find(folder_ / "documents.jsonl.part"), std::string::npos) << gone.message();
}

}  // namespace
}  // namespace garner::jsonl
