// What a document says of its own way: id, lineage, conditions.
#include <set>

#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

using Report = JobTest;

Job One(const std::string& item, const std::string& transforms = "[]") {
  Job job;
  job.items = {item};
  job.transforms = transforms;
  return job;
}

TEST_F(Report, LineageNamesEveryStageInOrder) {
  const Job job = One("a first words",
                      "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second, options: {number: 4}}]");
  Run(job);
  const v1::Document document = Document("a");
  ASSERT_EQ(document.lineage_size(), 3);
  EXPECT_EQ(document.lineage(0).stage(), "test_decoder");
  EXPECT_EQ(document.lineage(1).stage(), "first");
  EXPECT_EQ(document.lineage(2).stage(), "second");
  for (const v1::Lineage& entry : document.lineage()) {
    EXPECT_EQ(entry.version(), "1.2.3");
    EXPECT_EQ(entry.options_hash().size(), 16u);
    EXPECT_FALSE(entry.has_skipped());
  }
  EXPECT_EQ(document.lineage(1).plugin(), "test_transform");
  EXPECT_NE(document.lineage(1).options_hash(), document.lineage(2).options_hash());
  EXPECT_EQ(document.lineage(2).options_hash(), Plan(job).transforms[1].options_hash);
}

TEST_F(Report, ADefaultThatIsWrittenOutHashesTheSame) {
  const JobPlan plan =
      Plan(One("a x", "[{plugin: test_transform, name: first}, {plugin: test_transform, name: second, options: {number: 3}}]"));
  EXPECT_EQ(plan.transforms[0].options_hash, plan.transforms[1].options_hash);
}

TEST_F(Report, IdsAreStableAndTellPlacesApart) {
  Job job;
  job.items = {"a same", "b same", "a!x same", "a!x#1 same", "a!x#2 same", "a!x1 same", "ax same", "a other"};
  Run(job);
  std::vector<std::string> ids;
  for (const std::string& bytes : Board::Get().kept()) {
    v1::Document document;
    ASSERT_TRUE(document.ParseFromString(bytes));
    EXPECT_EQ(document.id().size(), 32u);
    ids.push_back(document.id());
  }
  ASSERT_EQ(ids.size(), job.items.size());
  EXPECT_EQ(ids.front(), ids.back()) << "the content is no part of it";
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), job.items.size() - 1);
  Board::Get().Reset();
  job.workers = 4;
  Run(job);
  EXPECT_EQ(Document("b").id(), ids[1]);
  EXPECT_EQ(Document("a").id(), ids[0]);
}

TEST_F(Report, ADecoderHasNoSayInWhoTheDocumentIs) {
  Run(One("a some words decoder:other_id"));
  const v1::Document document = Document("a");
  EXPECT_EQ(document.id().size(), 32u);
  EXPECT_EQ(document.lineage_size(), 1);
  EXPECT_EQ(document.source().sha256().size(), 64u);
  EXPECT_EQ(document.source().charset(), "UTF-8");
}

TEST_F(Report, EditsAreAppliedAndSigned) {
  Run(One("a gone words first:erase_first first:mark", "[{plugin: test_transform, name: first}]"));
  const v1::Document document = Document("a");
  EXPECT_EQ(document.text(), "words first:erase_first first:mark");
  ASSERT_EQ(document.removals_size(), 1);
  EXPECT_EQ(document.removals(0).stage(), "first");
  EXPECT_EQ(document.removals(0).rule(), "first_word");
  ASSERT_EQ(document.signals_size(), 1);
  EXPECT_EQ(document.signals(0).stage(), "first");
}

struct When {
  const char* condition;
  const char* item;
  const char* skipped;  // empty: the stage ran
};

TEST_F(Report, ConditionsHoldOrSayWhyNot) {
  const When all[] = {
      {"{media_type: [text/plain]}", "a words", ""},
      {"{media_type: [text/html, text/plain]}", "a words", ""},
      {"{media_type: [text/html]}", "a words", "when: the media type is text/plain"},
      {"{uri: [\"a*.txt\"]}", "ab.txt words", ""},
      {"{uri: [\"b*\", \"*.txt\"]}", "x/ab.txt words", ""},
      {"{uri: [\"b*\"]}", "ab.txt words", "when: the uri does not match"},
      {"{language: [en]}", "a decoder:set_language=en", ""},
      {"{language: [en]}", "a decoder:set_language=en-GB", ""},
      {"{language: [de, fr]}", "a decoder:set_language=en", "when: the language is en"},
      {"{language: [en]}", "a words", "when: the language is unknown"},
      {"{metadata: {section: [sport]}}", "a decoder:set_section=sport", ""},
      {"{metadata: {section: [sport]}}", "a decoder:set_section=news", "when: metadata section has another value"},
      {"{metadata: {section: [sport]}}", "a 1", "when: metadata section is not set"},
      {"{media_type: [text/plain], uri: [b]}", "a words", "when: the uri does not match"},
  };
  for (const When& when : all) {
    SCOPED_TRACE(std::string(when.condition) + " / " + when.item);
    Board::Get().Reset();
    const JobResult result = Run(One(when.item, std::string("[{plugin: test_transform, when: ") + when.condition + "}]"));
    const std::string item = when.item;
    const v1::Document document = Document(item.substr(0, item.find(' ')));
    ASSERT_EQ(document.lineage_size(), 2);
    EXPECT_EQ(document.lineage(1).skipped(), when.skipped);
    EXPECT_EQ(document.lineage(1).has_skipped(), *when.skipped != '\0');
    const StageCounts& counts = result.report.stages.at("test_transform");
    EXPECT_EQ(counts.in, 1u);
    EXPECT_EQ(counts.skipped, *when.skipped == '\0' ? 0u : 1u);
    EXPECT_EQ(counts.metrics.count("seen"), *when.skipped == '\0' ? 1u : 0u) << "a skipped stage is not called";
  }
}

TEST_F(Report, CountsTheDocumentsOfEveryStage) {
  Job job;
  job.items = {"a sound", "b fail io", "c words first:drop", "d"};
  job.transforms = "[{plugin: test_transform, name: first}]";
  const JobReport report = Run(job).report;
  EXPECT_EQ(report.stages.at("test_source").in, 4u);
  EXPECT_EQ(report.stages.at("test_source").failed, 1u);
  EXPECT_EQ(report.stages.at("test_source").out, 3u);
  EXPECT_EQ(report.stages.at("detect").in, 3u);
  EXPECT_EQ(report.stages.at("detect").out, 2u);
  EXPECT_EQ(report.stages.at("detect").dropped_by, (std::map<std::string, uint64_t>{{"empty_payload", 1}}));
  EXPECT_EQ(report.stages.at("test_decoder").in, 2u);
  EXPECT_EQ(report.stages.at("test_decoder").out, 2u);
  EXPECT_EQ(report.stages.at("first").in, 2u);
  EXPECT_EQ(report.stages.at("first").out, 1u);
  EXPECT_EQ(report.stages.at("first").dropped, 1u);
  EXPECT_EQ(report.stages.at("first").dropped_by, (std::map<std::string, uint64_t>{{"too_dull", 1}}));
  EXPECT_EQ(report.stages.at("test_sink").in, 1u);
}

}  // namespace
}  // namespace garner::testing
