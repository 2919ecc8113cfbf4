// Containers: what comes out of them, in which order, what it is called, what bounds it, and that nothing in them gets lost.
#include <atomic>
#include <filesystem>
#include <set>

#include "core/job/journal.h"
#include "core/job/payload_name.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

class UnpackingTest : public JobTest {
 protected:
  UnpackingTest() : JobTest({GARNER_FIXTURE_FOLDER, GARNER_BOX_FOLDER, GARNER_TREE_FOLDER}) {}

  static std::vector<v1::Document> Documents() {
    std::vector<v1::Document> documents;
    for (const std::string& bytes : Board::Get().kept()) EXPECT_TRUE(documents.emplace_back().ParseFromString(bytes));
    return documents;
  }
  static Uris Names() {
    Uris names;
    for (const v1::Document& document : Documents()) names.push_back(PayloadName(document.source()));
    return names;
  }
  static Job One(const std::string& content) {
    Job job;
    job.items = {content};
    return job;
  }
};

// --- the way out -------------------------------------------------------------------------------------------------------------

TEST_F(UnpackingTest, WhatIsInsideComesInItsPlaceAndOrder) {
  for (const uint32_t workers : {1U, 3U}) {
    for (const char* source : {"", "streams: true"}) {
      SCOPED_TRACE(std::to_string(workers) + source);
      Board::Get().Reset();
      Job job;
      job.workers = workers;
      job.source = source;
      job.items = {"a one", "m box {x|two}{y|box {p|three}{~q|four}}{z|five}", "n box {x|six}", "o seven"};
      const JobResult result = Run(job);
      EXPECT_EQ(Names(), (Uris{"a", "m!/x", "m!/y!/p", "m!/y!/q", "m!/z", "n!/x", "o"}));
      EXPECT_EQ(result.report.read, 7u);
      EXPECT_EQ(result.report.unpacked, 5u);
      EXPECT_EQ(result.report.children, 0u);
      EXPECT_EQ(result.report.items, 4u);
      EXPECT_EQ(result.report.stages.at("test_source").in, 2u) << "what is no container";
      EXPECT_EQ(result.report.stages.at("test_box").in, 5u);
      EXPECT_EQ(result.report.stages.at("test_box").metrics.at("containers_opened"), 3);
      EXPECT_EQ(result.report.stages.at("test_box").metrics.at("boxed"), 6);
      EXPECT_EQ(result.report.stages.at("detect").in, 7u);
      EXPECT_EQ(Noted("acknowledge"), (Uris{"a written", "m unpacked", "n unpacked", "o written"}));
    }
  }
}

TEST_F(UnpackingTest, NamesAreUnique) {
  Run(One("m box {x|one}{x|two}{|three}{#7|four}{#8|box {x|five}{#1|six}}"));
  EXPECT_EQ(Names(), (Uris{"m!/x", "m!/x#2", "m!/#3", "m#7", "m!/#8!/x", "m!/#8#1"}));
  std::set<std::string> ids;
  for (const v1::Document& document : Documents()) {
    ids.insert(document.id());
    EXPECT_EQ(document.source().uri(), "m");
    EXPECT_FALSE(document.source().has_parent_id());
  }
  EXPECT_EQ(ids.size(), 6u);
}

TEST_F(UnpackingTest, WhatARecordSaysGoesBeforeWhatThePayloadSays) {
  Run(One("m box {!title|A harbour town}{plain|text}"));
  const std::vector<v1::Document> documents = Documents();
  ASSERT_EQ(documents.size(), 2u);
  ASSERT_EQ(documents[0].metadata_size(), 1);
  EXPECT_EQ(documents[0].metadata(0).value(), "A harbour town");
  EXPECT_EQ(documents[0].metadata(0).origin(), "box");
  EXPECT_TRUE(documents[0].metadata(0).chosen());
  EXPECT_EQ(documents[1].metadata_size(), 0);
}

// --- what goes wrong ---------------------------------------------------------------------------------------------------------

TEST_F(UnpackingTest, OneItemFailsAndTheRestGoesOn) {
  const JobResult result = Run(One("m box {x|one}{!broken|two}{z|decoder:throw}{y|three}"));
  EXPECT_EQ(Names(), (Uris{"m!/x", "m!/y"}));
  EXPECT_EQ(result.report.failed, 2u);
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_box: invalid_input", 1}, {"test_decoder: internal", 1}}));
  EXPECT_EQ(Noted("acknowledge"), (Uris{"m failed"}));
}

TEST_F(UnpackingTest, ABoxThatBreaksOffIsAFailureInItsPlace) {
  Job job;
  job.items = {"m box {x|one}{!limit|}{y|two}", "n box {v|box {w|three}{!invalid_input|}}{u|four}", "o five"};
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"m!/x", "n!/v!/w", "n!/u", "o"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_box: invalid_input", 1}, {"test_box: limit", 1}}));
  EXPECT_EQ(result.report.read, 6u);
  EXPECT_EQ(Noted("acknowledge"), (Uris{"m failed", "n failed", "o written"}));
}

TEST_F(UnpackingTest, ABoxThatCannotBeOpenedIsAFailure) {
  Job job;
  job.items = {"m box box:throw {x|one}", "n box {v|box box:limit {w|two}}{u|three}"};
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"n!/u"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_box: internal", 1}, {"test_box: limit", 1}}));
  EXPECT_EQ(Noted("acknowledge"), (Uris{"m failed", "n failed"}));
}

TEST_F(UnpackingTest, AnEmptyBoxIsDropped) {
  Job job;
  job.items = {"m box nothing", "n box {v|box nothing}{u|text}"};
  const JobResult result = Run(job);
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_box: empty_container", 2}}));
  EXPECT_EQ(Noted("acknowledge"), (Uris{"m dropped", "n unpacked"}));
}

TEST_F(UnpackingTest, AnUnpackerThatDoesNotOpenRefusesTheJob) {
  Job job = One("m text");
  job.more = "unpackers: [{plugin: test_box, options: {on_open: limit}}]\n";
  const JobResult result = Run(job);
  EXPECT_EQ(result.end, JobEnd::kRefused);
  EXPECT_NE(result.status.message().find("test_box"), std::string::npos);
}

// --- limits ------------------------------------------------------------------------------------------------------------------

TEST_F(UnpackingTest, DepthIsLimited) {
  Job job = One("m box {a|box {b|box {c|text}}{d|text}}{e|text}");
  job.limits = "container_depth: 2";
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"m!/a!/d", "m!/e"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
}

TEST_F(UnpackingTest, WithoutDepthAContainerIsAPayloadLikeAnyOther) {
  Job job = One("m box {a|text}");
  job.limits = "container_depth: 0";
  const JobResult result = Run(job);
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"detect: unsupported", 1}}));
}

TEST_F(UnpackingTest, AStreamIsReadWithinItsLimits) {
  const JobResult result = Run(One("m box {~x|" + std::string(2000, 'y') + "}{~z|short}"));
  EXPECT_EQ(Names(), (Uris{"m!/z"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_box: limit", 1}}));
}

// --- containers inside documents ---------------------------------------------------------------------------------------------

TEST_F(UnpackingTest, AttachmentsMayBeContainers) {
  const JobResult result = Run(One("m tree one {a|box {x|two}{y|box {z|three}}{t|tree four {u|five}}}{b|six}"));
  EXPECT_EQ(Names(), (Uris{"m", "m!/a!/x", "m!/a!/y!/z", "m!/a!/t", "m!/a!/t!/u", "m!/b"}));
  const std::vector<v1::Document> documents = Documents();
  EXPECT_EQ(documents[1].source().parent_id(), documents[0].id());
  EXPECT_EQ(documents[2].source().parent_id(), documents[0].id());
  EXPECT_EQ(documents[4].source().parent_id(), documents[3].id());
  EXPECT_EQ(result.report.children, 5u);
  EXPECT_EQ(result.report.unpacked, 0u);
}

TEST_F(UnpackingTest, AttachedContainersCountAgainstTheLimitsOfTheirItem) {
  Job job = One("m tree one {a|box {x|two}{y|three}{z|four}}{b|five}");
  job.limits = "nested_payloads: 3";
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"m", "m!/a!/x", "m!/b"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
}

TEST_F(UnpackingTest, AttachedContainersThatFailAreTheHostsWord) {
  const JobResult result = Run(One("m tree one {a|box box:limit {x|two}}{b|box nothing}{c|box {x|three}{!invalid_input|}}"));
  EXPECT_EQ(Names(), (Uris{"m", "m!/c!/x"}));
  EXPECT_EQ(result.report.failed, 2u);
  EXPECT_EQ(result.report.dropped, 1u);
}

// --- jobs that go on ---------------------------------------------------------------------------------------------------------

TEST_F(UnpackingTest, AJobGoesOnInTheMiddleOfABox) {
  Job job;
  job.sinks = "[{plugin: test_sink, options: {path: words.txt}}]";
  job.items = {"m box {a|one}{b|box {c|two}{!broken|x}{d|three}}{e|box nothing}{f|four}", "n five", "o box {a|six}{!limit|}"};
  RunOptions options;
  options.journal = true;
  options.commit.items = 1;
  ASSERT_EQ(Run(job, options).end, JobEnd::kFinished);
  const std::string whole = ReadBytes(folder_ / "words.txt");
  const Uris acknowledged = Noted("acknowledge");
  EXPECT_EQ(acknowledged, (Uris{"m failed", "n written", "o failed"}));
  for (uint64_t after = 1; after < 9; ++after) {
    SCOPED_TRACE(after);
    std::filesystem::remove_all(folder_ / ".garner");
    std::filesystem::remove(folder_ / "words.txt");
    std::atomic<bool> stop{false};
    RunOptions interrupted = options;
    interrupted.stop = &stop;
    uint64_t seen = 0;
    interrupted.on_progress = [&](const JobReport&) { stop.store(++seen == after || stop.load()); };
    ASSERT_EQ(Run(job, interrupted).end, JobEnd::kInterrupted);
    Board::Get().Reset();
    const JobResult result = Run(job, options);
    EXPECT_EQ(result.end, JobEnd::kFinished);
    EXPECT_GT(result.report.resumed, 0u);
    EXPECT_EQ(ReadBytes(folder_ / "words.txt"), whole);
    EXPECT_EQ(Noted("acknowledge"), acknowledged);
  }
}

TEST_F(UnpackingTest, TheJournalKnowsContainersAsOneItemOfTheSource) {
  Job job;
  job.items = {"l zero", "m box {a|one}{b|decoder:throw}{c|two}", "n box {a|three}"};
  RunOptions options;
  options.journal = true;
  Run(job, options);
  EXPECT_EQ(Noted("acknowledge"), (Uris{"l written", "m failed", "n unpacked"}));
}

}  // namespace
}  // namespace garner::testing
