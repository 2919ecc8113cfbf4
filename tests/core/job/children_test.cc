// Payloads inside payloads: what they are called, in which order they come, what bounds them, and that none gets lost.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <random>
#include <set>

#include "core/job/child_paths.h"
#include "core/job/dead_letters.h"
#include "core/job/payload_name.h"
#include "core/job/replay.h"
#include "core/job/replay_plan.h"
#include "tests/core/job/job_fixture.h"

namespace garner::testing {
namespace {

class ChildrenTest : public JobTest {
 protected:
  ChildrenTest() : JobTest({GARNER_FIXTURE_FOLDER, GARNER_TREE_FOLDER}) {}

  // Names of the documents that reached the sink, in its order.
  static Uris Names() {
    Uris names;
    for (const v1::Document& document : Documents()) names.push_back(PayloadName(document.source()));
    return names;
  }
  static std::vector<v1::Document> Documents() {
    std::vector<v1::Document> documents;
    for (const std::string& bytes : Board::Get().kept()) EXPECT_TRUE(documents.emplace_back().ParseFromString(bytes));
    return documents;
  }
  static Job One(const std::string& content) {
    Job job;
    job.items = {content};
    return job;
  }
  static constexpr char kIsolated[] = "default_isolation: process\n";
};

// --- what a decoder hands over -----------------------------------------------------------------------------------------------

TEST(HandedOver, WithinTheAllowance) {
  Children children({.payloads = 3, .bytes = 10});
  EXPECT_TRUE(children.Add({.name = "a", .declared_media_type = "", .declared_charset = "", .bytes = "123456", .status = {}}));
  EXPECT_EQ(children.bytes_left(), 4u);
  EXPECT_TRUE(children.Add({.name = "b", .declared_media_type = "", .declared_charset = "", .bytes = "12345", .status = {}}))
      << "too large; the next may fit";
  EXPECT_TRUE(children.Add({.name = "c", .declared_media_type = "", .declared_charset = "", .bytes = "1234", .status = {}}));
  EXPECT_FALSE(children.Add({.name = "d", .declared_media_type = "", .declared_charset = "", .bytes = "", .status = {}}));
  EXPECT_FALSE(children.Add({.name = "e", .declared_media_type = "", .declared_charset = "", .bytes = "", .status = {}}));
  ASSERT_EQ(children.all().size(), 4u) << "the first that is too many stands for the rest";
  EXPECT_FALSE(children.all()[0].refused);
  EXPECT_TRUE(children.all()[1].refused);
  EXPECT_TRUE(children.all()[1].payload.bytes.empty());
  EXPECT_NE(children.all()[1].payload.status.message().find("limits.nested_mb"), std::string::npos);
  EXPECT_TRUE(children.all()[3].refused);
  EXPECT_NE(children.all()[3].payload.status.message().find("limits.nested_payloads"), std::string::npos);
  EXPECT_EQ(children.bytes(), 10u);
}

TEST(HandedOver, WordsAreValidAndShort) {
  Children children;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "\xc3\xa9";
  children.Add({.name = name,
                .declared_media_type = std::string(1000, 'x'),
                .declared_charset = "\xff",
                .bytes = "",
                .status = Status(StatusKind::kInvalidInput, std::string(5000, 'y'))});
  const ChildPayload& child = children.all()[0].payload;
  EXPECT_EQ(child.name.size(), 254u) << "no character is cut";
  EXPECT_EQ(child.declared_media_type.size(), kMaxChildWordBytes);
  EXPECT_EQ(child.declared_charset, "\xef\xbf\xbd");
  EXPECT_EQ(child.status.message().size(), kMaxChildMessageBytes);
}

// --- names -------------------------------------------------------------------------------------------------------------------

TEST(ChildPaths, TellSiblingsApart) {
  ChildPaths paths({});
  EXPECT_EQ(paths.Next("a.txt"), "a.txt");
  EXPECT_EQ(paths.Next("a.txt#3"), "a.txt#3");
  EXPECT_EQ(paths.Next("a.txt"), "a.txt#2");
  EXPECT_EQ(paths.Next("a.txt"), "a.txt#4");
  EXPECT_EQ(paths.Next("a.txt#2"), "a.txt#2#2");
  EXPECT_EQ(paths.Next(""), "#6");
  EXPECT_EQ(paths.Next(" \t\n"), "#7");
  EXPECT_EQ(paths.Next("#7"), "#7#2");
}

TEST(ChildPaths, StandInsideThoseOfTheirParents) {
  v1::PayloadInfo parent;
  parent.set_container_path("box.zip!/7.eml");
  ChildPaths paths(parent);
  EXPECT_EQ(paths.Next("scans/a.txt"), "box.zip!/7.eml!/scans/a.txt");
  EXPECT_EQ(paths.Next("x!/a\nb"), "box.zip!/7.eml!/x!%2Fa b");
}

// Whatever the names: no two paths of a tree are the same.
TEST(ChildPaths, AreAllDifferent) {
  const char* const names[] = {"a", "a!", "!/a", "a!/a", "/a", "a#2", "", "#1", "#2", "a!%2Fa", "!", "/", " a", "a\n"};
  std::minstd_rand random(11);
  for (int round = 0; round < 50; ++round) {
    std::set<std::string> seen;
    std::vector<v1::PayloadInfo> parents(1);
    for (size_t i = 0; i < parents.size() && i < 20; ++i) {
      ChildPaths paths(parents[i]);
      for (unsigned count = random() % 12; count > 0; --count) {
        v1::PayloadInfo child;
        child.set_container_path(paths.Next(names[random() % std::size(names)]));
        EXPECT_TRUE(seen.insert(child.container_path()).second) << child.container_path();
        parents.push_back(child);
      }
    }
  }
}

// --- the way of a child ------------------------------------------------------------------------------------------------------

TEST_F(ChildrenTest, FollowTheirParentDepthFirst) {
  for (const uint32_t workers : {1U, 3U}) {
    for (const char* more : {"", kIsolated}) {
      SCOPED_TRACE(std::to_string(workers) + more);
      Board::Get().Reset();
      Job job;
      job.workers = workers;
      job.more = more;
      job.items = {"m tree one {a|tree two {x|three}{y|four}}{b|five}", "n six", "o tree seven {a|eight}"};
      const JobResult result = Run(job);
      EXPECT_EQ(Names(), (Uris{"m", "m!/a", "m!/a!/x", "m!/a!/y", "m!/b", "n", "o", "o!/a"}));
      EXPECT_EQ(result.report.read, 8u);
      EXPECT_EQ(result.report.children, 5u);
      EXPECT_EQ(result.report.stages.at("test_source").in, 3u);
      EXPECT_EQ(result.report.stages.at("detect").in, 8u);
      EXPECT_EQ(result.report.stages.at("test_tree").in, 3u);
      EXPECT_EQ(result.report.stages.at("test_decoder").in, 5u);
      EXPECT_EQ(Noted("acknowledge"), (Uris{"m written", "n written", "o written"}));
    }
  }
}

TEST_F(ChildrenTest, KnowTheirParents) {
  Run(One("m!box.zip#k7 tree one {a|tree two {x|three}}"));
  const std::vector<v1::Document> documents = Documents();
  ASSERT_EQ(documents.size(), 3u);
  EXPECT_FALSE(documents[0].source().has_parent_id());
  EXPECT_EQ(documents[1].source().parent_id(), documents[0].id());
  EXPECT_EQ(documents[2].source().parent_id(), documents[1].id());
  EXPECT_EQ(documents[2].source().uri(), "m");
  EXPECT_EQ(documents[2].source().container_path(), "box.zip!/#k7!/a!/x");
  EXPECT_FALSE(documents[2].source().has_record_key());
  EXPECT_EQ(documents[2].source().bytes(), 5u);
  EXPECT_EQ(documents[2].text(), "three");
  std::set<std::string> ids;
  for (const v1::Document& document : documents) ids.insert(document.id());
  EXPECT_EQ(ids.size(), 3u);
}

TEST_F(ChildrenTest, SurviveTheirParent) {
  Job job;
  job.transforms = "[{plugin: test_transform, name: first}]";
  job.items = {"dropped tree {a|text}", "refused tree words first:drop {a|text}", "failed tree words tree:throw {a|text}",
               "late tree words first:limit {a|text}"};
  for (const char* more : {"", kIsolated}) {
    SCOPED_TRACE(more);
    Board::Get().Reset();
    job.more = more;
    const JobResult result = Run(job);
    EXPECT_EQ(Names(), (Uris{"dropped!/a", "refused!/a", "failed!/a", "late!/a"}));
    EXPECT_EQ(result.report.dropped, 2u);
    EXPECT_EQ(result.report.failed, 2u);
    EXPECT_EQ(Noted("acknowledge"), (Uris{"dropped dropped", "refused dropped", "failed failed", "late failed"}));
  }
}

// A queue that forgot the item would lose the attachment.
TEST_F(ChildrenTest, ThatFailFailTheirItem) {
  Job job;
  job.items = {"m tree one {a|text}{b|decoder:throw}{c|text}", "n tree one {a|tree two {x|decoder:limit}}"};
  const JobResult result = Run(job);
  EXPECT_EQ(Noted("acknowledge"), (Uris{"m failed", "n failed"}));
  EXPECT_EQ(Names(), (Uris{"m", "m!/a", "m!/c", "n", "n!/a"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_decoder: internal", 1}, {"test_decoder: limit", 1}}));
}

TEST_F(ChildrenTest, WithoutBytesFailInTheDecoderOfTheirParent) {
  for (const char* more : {"", kIsolated}) {
    Board::Get().Reset();
    Job job = One("m tree one {broken|x}{a|text}");
    job.more = more;
    const JobResult result = Run(job);
    EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"test_tree: invalid_input", 1}}));
    EXPECT_EQ(Names(), (Uris{"m", "m!/a"}));
  }
}

TEST_F(ChildrenTest, AreTheSameBytesWhereverTheyAreDecoded) {
  std::vector<std::string> first;
  for (const uint32_t workers : {1U, 2U, 5U}) {
    for (const char* more : {"", kIsolated}) {
      Board::Get().Reset();
      Job job;
      job.workers = workers;
      job.more = more;
      job.limits = "nested_payloads: 6";
      for (int i = 0; i < 12; ++i)
        job.items.push_back("n" + std::to_string(i) + " tree words {a|tree two " + std::string(i % 3 == 0 ? "tree:throw" : "") +
                            "{x|three}{broken|y}}{a|text}{c|decoder:throw}{|%PDF-1.7}{|late}{|later}");
      Run(job);
      if (first.empty()) first = Board::Get().kept();
      EXPECT_EQ(Board::Get().kept(), first);
    }
  }
  EXPECT_FALSE(first.empty());
}

// --- limits ------------------------------------------------------------------------------------------------------------------

TEST_F(ChildrenTest, TooDeepFail) {
  Job job = One("m tree 0 {a|tree 1 {b|tree 2 {c|text}}}");
  job.limits = "nested_depth: 2";
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"m", "m!/a", "m!/a!/b"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
  EXPECT_EQ(result.report.read, 4u);
}

TEST_F(ChildrenTest, DepthIsFiveUnlessTheManifestSaysOtherwise) {
  std::string content = "text";
  for (int i = 0; i < 7; ++i) content = "tree " + std::to_string(i) + " {a|" + content + "}";
  const JobResult result = Run(One("m " + content));
  EXPECT_EQ(result.report.written, 6u);
  EXPECT_EQ(result.report.failed, 1u);
}

TEST_F(ChildrenTest, TooManyFailAsOne) {
  for (const char* more : {"", kIsolated}) {
    SCOPED_TRACE(more);
    Board::Get().Reset();
    Job job;
    job.items = {"m tree one tree:bomb_100000_10", "n tree one {a|text}"};
    job.limits = "nested_payloads: 20";
    job.more = more;
    const JobResult result = Run(job);
    EXPECT_EQ(result.report.written, 23u);
    EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
    EXPECT_EQ(Names().back(), "n!/a") << "the next item begins anew";
  }
}

TEST_F(ChildrenTest, TheWholeItemSharesOneAllowance) {
  Job job = One("m tree one {a|tree two {x|1}{y|2}}{b|tree three {x|3}{y|4}}{c|5}");
  job.limits = "nested_payloads: 5";
  const JobResult result = Run(job);
  EXPECT_EQ(Names(), (Uris{"m", "m!/a", "m!/a!/x", "m!/a!/y", "m!/b", "m!/c"}));
  EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
}

TEST_F(ChildrenTest, TooLargeFailEach) {
  for (const char* more : {"", kIsolated}) {
    SCOPED_TRACE(more);
    Board::Get().Reset();
    Job job = One("m tree one tree:bomb_4_400000");
    job.limits = "nested_mb: 1";
    job.more = more;
    const JobResult result = Run(job);
    EXPECT_EQ(result.report.written, 3u);
    EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 2}}));
  }
}

TEST_F(ChildrenTest, NoneAreTakenWhereNoneAreAllowed) {
  for (const char* limit : {"nested_depth: 0", "nested_payloads: 0", "nested_mb: 0"}) {
    SCOPED_TRACE(limit);
    Board::Get().Reset();
    Job job = One("m tree one {a|text}");
    job.limits = limit;
    const JobResult result = Run(job);
    EXPECT_EQ(Names(), (Uris{"m"}));
    EXPECT_EQ(result.report.reasons, (std::map<std::string, uint64_t>{{"host: limit", 1}}));
    EXPECT_EQ(Noted("acknowledge"), (Uris{"m failed"}));
  }
}

// --- letters -----------------------------------------------------------------------------------------------------------------

TEST_F(ChildrenTest, HaveLettersOfTheirOwn) {
  RunOptions options;
  options.dead_letters = folder_ / "failed";
  Job job = One("m tree one {a|tree two {x|decoder:throw}}{broken|y}");
  Run(job, options);
  const Result<std::vector<ListedLetter>> listed = ListLetters(folder_ / "failed");
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 2u);
  for (const ListedLetter& entry : *listed) {
    const Result<Letter> letter = ReadLetter(folder_ / ("failed/" + entry.id));
    ASSERT_TRUE(letter.ok()) << letter.status().message();
    if (letter->record.source().container_path() == "broken") {
      EXPECT_EQ(letter->record.payload(), v1::DeadLetter::UNREADABLE);
      continue;
    }
    EXPECT_EQ(letter->record.source().container_path(), "a!/x");
    EXPECT_EQ(letter->payload, "decoder:throw");
    const ReplayPlan planned = PlanReplay(letter->record, "letter", catalog_, {});
    ASSERT_TRUE(planned.result.plan);
    const Result<Replayed> replayed = Replay(*letter, *planned.result.plan, catalog_, "");
    ASSERT_TRUE(replayed.ok());
    EXPECT_EQ(replayed->done.outcome.message, letter->record.failure().message());
    EXPECT_EQ(replayed->done.document->id(), entry.id);
    EXPECT_EQ(replayed->done.document->source().parent_id(), letter->record.source().parent_id());
  }
}

// --- sums --------------------------------------------------------------------------------------------------------------------

std::string RandomContent(std::minstd_rand& random, int depth) {
  const char* const leaves[] = {
      "sound", "", "%PDF-1.7", "decoder:throw", "text first:drop", "text first:limit", "text first:half_bad"};
  if (depth == 4 || random() % 3 == 0) return leaves[random() % std::size(leaves)];
  const char* const words[] = {"", "words", "words tree:throw", "words first:drop", "words first:limit"};
  std::string content = std::string("tree ") + words[random() % std::size(words)] + " ";
  const char* const names[] = {"a", "b", "broken", ""};
  for (unsigned count = random() % 5; count > 0; --count)
    content += std::string("{") + names[random() % std::size(names)] + "|" + RandomContent(random, depth + 1) + "}";
  return content;
}

// Run checks the sums of each job.
TEST_F(ChildrenTest, CountsAddUpForAnyTrees) {
  std::minstd_rand random(5);
  uint64_t children = 0;
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    Board::Get().Reset();
    Job job;
    job.workers = 1 + random() % 4;
    job.documents = 1 + random() % 8;
    job.transforms = "[{plugin: test_transform, name: first, when: {uri: ['n*" + std::to_string(random() % 4) + "', 'n1*']}}]";
    job.limits = "nested_depth: " + std::to_string(random() % 5) + ", nested_payloads: " + std::to_string(1 + random() % 20);
    if (random() % 4 == 0) job.sinks = "[{plugin: test_sink, options: {write: 9, on_write: io}}]";
    if (round % 10 == 0) job.more = kIsolated;
    for (int i = 0; i < 8; ++i) job.items.push_back("n" + std::to_string(i) + " " + RandomContent(random, 0));
    const JobResult result = Run(job);
    EXPECT_NE(result.end, JobEnd::kRefused);
    children += result.report.children;
  }
  EXPECT_GT(children, 100u);
}

TEST_F(ChildrenTest, BytesInsideCountAsInFlight) {
  Job job;
  job.workers = 2;
  for (int i = 0; i < 20; ++i) job.items.push_back("n" + std::to_string(i) + " tree one tree:bomb_3_1000");
  RunOptions options;
  options.max_bytes_in_flight = 2000;
  EXPECT_EQ(Run(job, options).report.written, 80u);
}

}  // namespace
}  // namespace garner::testing
