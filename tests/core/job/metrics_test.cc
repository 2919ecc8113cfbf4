// Metrics: the text is parsed back by the format's own rules, and the file never holds half of it, nor somebody else's results.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <thread>

#include "core/job/metrics_file.h"
#include "core/job/metrics_text.h"
#include "tests/support/temp_folder.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using testing::ReadBytes;
using testing::TempFolder;
using testing::WriteBytes;

// --- a reader of the format, strict ---------------------------------------------------------------------------------------

using Labels = std::map<std::string, std::string>;

struct Parsed {
  std::map<std::string, std::string> types;
  std::map<std::pair<std::string, Labels>, std::string> samples;
};

bool IsName(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

// `at` stands after the opening quote, and then after the closing one.
std::string ReadQuoted(const std::string& line, size_t& at) {
  std::string value;
  for (; at < line.size() && line[at] != '"'; ++at) {
    if (line[at] != '\\') {
      value += line[at];
      continue;
    }
    ++at;
    EXPECT_TRUE(at < line.size() && std::string("\\\"n").find(line[at]) != std::string::npos) << line;
    value += line[at] == 'n' ? '\n' : line[at];
  }
  EXPECT_LT(at, line.size()) << "no closing quote: " << line;
  ++at;
  return value;
}

void ReadSample(const std::string& line, const std::string& family, Parsed& parsed) {
  size_t at = line.find('{');
  ASSERT_NE(at, std::string::npos) << line;
  EXPECT_EQ(line.substr(0, at), family) << "samples stand below their family";
  Labels labels;
  for (++at; at < line.size() && line[at] != '}';) {
    const size_t equals = line.find("=\"", at);
    ASSERT_NE(equals, std::string::npos) << line;
    const std::string name = line.substr(at, equals - at);
    EXPECT_TRUE(IsName(name)) << line;
    at = equals + 2;
    EXPECT_TRUE(labels.emplace(name, ReadQuoted(line, at)).second) << "twice: " << line;
    if (line[at] == ',') ++at;
  }
  ASSERT_EQ(line.compare(at, 2, "} "), 0) << line;
  EXPECT_TRUE(parsed.samples.emplace(std::pair(family, labels), line.substr(at + 2)).second) << "twice: " << line;
}

Parsed Parse(const std::string& text) {
  Parsed parsed;
  std::string family;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string hash, keyword, name, type;
    words >> hash >> keyword >> name >> type;
    if (hash == "#" && keyword == "HELP") {
      family = name;
      EXPECT_TRUE(IsName(family)) << line;
    } else if (hash == "#" && keyword == "TYPE") {
      EXPECT_EQ(name, family);
      EXPECT_TRUE(type == "gauge" || type == "counter") << line;
      EXPECT_TRUE(parsed.types.emplace(name, type).second) << "a family stands in one place";
    } else {
      ReadSample(line, family, parsed);
    }
  }
  EXPECT_TRUE(text.empty() || text.back() == '\n');
  return parsed;
}

v1::RunReport SomeReport() {
  v1::RunReport report;
  report.set_manifest("quay");
  report.set_plan_hash("0123456789abcdef");
  report.set_garner_version("9.8");
  report.set_end(v1::RunReport::INTERRUPTED);
  report.mutable_started()->set_seconds(1772357400);
  report.mutable_started()->set_nanos(250000000);
  report.mutable_ended()->set_seconds(1772357461);
  report.mutable_documents()->set_written(7);
  report.mutable_documents()->set_dropped(2);
  report.mutable_documents()->set_failed(1);
  report.set_payload_bytes(std::numeric_limits<uint64_t>::max());
  report.set_workers(4);
  report.set_peak_memory_bytes(123456789);
  v1::StageReport* stage = report.add_stages();
  stage->set_stage("lamp");
  stage->set_in(10);
  stage->set_out(8);
  stage->set_dropped(2);
  stage->set_skipped(3);
  stage->set_warnings(5);
  stage->set_busy_seconds(0.125);
  v1::Reason* reason = stage->add_reasons();
  reason->set_outcome(v1::Reason::DROPPED);
  reason->set_reason("too_dim");
  reason->set_documents(2);
  v1::Metric* metric = stage->add_metrics();
  metric->set_name("wicks");
  metric->set_value(-1.5);
  report.mutable_waits()->set_head_for_input(2.5);
  return report;
}

TEST(MetricsText, SaysWhatTheReportSays) {
  const Parsed parsed = Parse(MetricsText(SomeReport()));
  const auto value = [&](const std::string& family, Labels labels) {
    labels["manifest"] = "quay";
    const auto found = parsed.samples.find({"garner_" + family, labels});
    return found == parsed.samples.end() ? "absent" : found->second;
  };
  EXPECT_EQ(value("run_info", {{"version", "9.8"}, {"plan_hash", "0123456789abcdef"}}), "1");
  EXPECT_EQ(value("run_state", {{"state", "interrupted"}}), "1");
  for (const char* state : {"running", "finished", "refused", "stopped"}) EXPECT_EQ(value("run_state", {{"state", state}}), "0");
  EXPECT_EQ(value("run_start_time_seconds", {}), "1772357400.25");
  EXPECT_EQ(std::stod(value("run_end_time_seconds", {})), 1772357461);
  EXPECT_EQ(value("workers", {}), "4");
  EXPECT_EQ(value("peak_memory_bytes", {}), "123456789");
  EXPECT_EQ(value("documents_total", {{"outcome", "written"}}), "7");
  EXPECT_EQ(value("documents_total", {{"outcome", "dropped"}}), "2");
  EXPECT_EQ(value("documents_total", {{"outcome", "failed"}}), "1");
  EXPECT_EQ(value("payload_bytes_total", {}), "18446744073709551615") << "no digit is lost";
  EXPECT_EQ(value("stage_documents_total", {{"stage", "lamp"}, {"flow", "in"}}), "10");
  EXPECT_EQ(value("stage_documents_total", {{"stage", "lamp"}, {"flow", "out"}}), "8");
  EXPECT_EQ(value("stage_documents_total", {{"stage", "lamp"}, {"flow", "dropped"}}), "2");
  EXPECT_EQ(value("stage_documents_total", {{"stage", "lamp"}, {"flow", "failed"}}), "0");
  EXPECT_EQ(value("stage_documents_total", {{"stage", "lamp"}, {"flow", "skipped"}}), "3");
  EXPECT_EQ(value("lost_documents_total", {{"stage", "lamp"}, {"outcome", "dropped"}, {"reason", "too_dim"}}), "2");
  EXPECT_EQ(value("stage_warnings_total", {{"stage", "lamp"}}), "5");
  EXPECT_EQ(value("stage_busy_seconds_total", {{"stage", "lamp"}}), "0.125");
  EXPECT_EQ(value("stage_metric", {{"stage", "lamp"}, {"metric", "wicks"}}), "-1.5");
  EXPECT_EQ(value("wait_seconds_total", {{"wait", "head_for_input"}}), "2.5");
  EXPECT_EQ(parsed.types.at("garner_documents_total"), "counter");
  EXPECT_EQ(parsed.types.at("garner_workers"), "gauge");
}

TEST(MetricsText, BeginsAsTheFileExpects) { EXPECT_EQ(MetricsText(v1::RunReport()).rfind(kMetricsStart, 0), 0u); }

TEST(MetricsText, OfARunningJobHasNoEnd) {
  v1::RunReport report = SomeReport();
  report.clear_ended();
  report.set_end(v1::RunReport::RUNNING);
  const std::string text = MetricsText(report);
  EXPECT_EQ(text.find("run_end_time"), std::string::npos);
  EXPECT_EQ(Parse(text).samples.at({"garner_run_state", {{"manifest", "quay"}, {"state", "running"}}}), "1");
}

TEST(MetricsText, LabelsComeBackWhateverTheyHold) {
  for (const std::string odd : {"a\"b", "a\\", "a\nb", "\\n", "\"} 1\ngarner_fake{x=\"", "Каспий", "a=\"b\",c"}) {
    v1::RunReport report = SomeReport();
    report.set_manifest(odd);
    report.mutable_stages(0)->mutable_reasons(0)->set_reason(odd);
    const Parsed parsed = Parse(MetricsText(report));
    const Labels labels = {{"manifest", odd}, {"stage", "lamp"}, {"outcome", "dropped"}, {"reason", odd}};
    EXPECT_EQ(parsed.samples.count({"garner_lost_documents_total", labels}), 1u) << odd;
    EXPECT_EQ(parsed.samples.size(), Parse(MetricsText(SomeReport())).samples.size()) << odd;
  }
}

TEST(MetricsText, SpellsOddNumbersAsTheFormatDoes) {
  for (const auto& [number, spelled] : {std::pair(std::nan(""), "NaN"), std::pair(double{INFINITY}, "+Inf"), std::pair(double{-INFINITY}, "-Inf")}) {
    v1::RunReport report = SomeReport();
    report.mutable_stages(0)->mutable_metrics(0)->set_value(number);
    EXPECT_EQ(Parse(MetricsText(report)).samples.at({"garner_stage_metric", {{"manifest", "quay"}, {"stage", "lamp"}, {"metric", "wicks"}}}), spelled);
  }
}

// --- the file ---------------------------------------------------------------------------------------------------------------

Status Replace(const std::string& path, const std::string& text) {
  Result<MetricsFile> file = MetricsFile::Open(path);
  return file.ok() ? file->Replace(text) : file.status();
}

const std::string kText = MetricsText(SomeReport());

TEST(MetricsFile, ReplacesItsOwnAndLeavesNothingBeside) {
  const TempFolder folder;
  ASSERT_TRUE(Replace(folder / "m.prom", kText).ok());
  ASSERT_TRUE(Replace(folder / "m.prom", kText + kText).ok());
  EXPECT_EQ(ReadBytes(folder / "m.prom"), kText + kText);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(MetricsFile, LeavesEverythingElseAlone) {
  const TempFolder folder;
  WriteBytes(folder / "results.jsonl", "{\"id\": 1}\n");
  const Status status = Replace(folder / "results.jsonl", kText);
  EXPECT_EQ(status.kind(), StatusKind::kConfig);
  EXPECT_NE(status.message().find("results.jsonl: holds something else than garner's metrics"), std::string::npos) << status.message();
  EXPECT_EQ(ReadBytes(folder / "results.jsonl"), "{\"id\": 1}\n");
  EXPECT_EQ(Replace(folder.path(), kText).kind(), StatusKind::kConfig) << "a folder";
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(Replace(folder / "pipe", kText).kind(), StatusKind::kConfig);
  EXPECT_EQ(Replace("/dev/null", kText).kind(), StatusKind::kConfig);
  EXPECT_EQ(Replace(folder / "nowhere/m.prom", kText).kind(), StatusKind::kConfig);
}

// A sink that was given the same name put its results there while the job ran.
TEST(MetricsFile, LeavesAloneWhatTookItsPlace) {
  const TempFolder folder;
  Result<MetricsFile> file = MetricsFile::Open(folder / "m");
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->Replace(kText).ok());
  WriteBytes(folder / "m", "results");
  EXPECT_FALSE(file->Replace(kText).ok());
  EXPECT_EQ(ReadBytes(folder / "m"), "results");
}

TEST(MetricsFile, FollowsALink) {
  const TempFolder folder;
  WriteBytes(folder / "real", "");
  fs::create_symlink(folder / "real", folder / "link");
  ASSERT_TRUE(Replace(folder / "link", kText).ok());
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(ReadBytes(folder / "real"), kText);
}

// A reader beside the writer sees a whole state each time it looks.
TEST(MetricsFile, IsNeverHalf) {
  const TempFolder folder;
  const std::string path = folder / "m.prom";
  const std::string longer = kText + kText;
  ASSERT_TRUE(Replace(path, kText).ok());
  std::atomic<bool> done{false};
  std::thread writer([&] {
    Result<MetricsFile> file = MetricsFile::Open(path);
    for (int i = 0; i < 500; ++i) EXPECT_TRUE(file->Replace(i % 2 == 0 ? longer : kText).ok());
    done = true;
  });
  while (!done) {
    const std::string seen = ReadBytes(path);
    EXPECT_TRUE(seen == kText || seen == longer) << seen.size();
  }
  writer.join();
}

}  // namespace
}  // namespace garner
