// Jobs of misbehaving stages, run in the test's own process.
//
//   Job job;
//   job.items = {"a sound", "b decoder:throw"};       // "URI CONTENT"; contents hold orders, see fixtures/orders.h
//   const JobResult result = Run(job);
//   EXPECT_EQ(Written(), (Uris{"a"}));
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/job/run_job.h"
#include "tests/core/job/fixtures/board.h"
#include "tests/support/temp_folder.h"

namespace garner::testing {

using Uris = std::vector<std::string>;

struct Job {
  std::vector<std::string> items;
  // More lines for the source's options, and the other stages, as they stand in a manifest.
  std::string source = "";
  std::string transforms = "[]";
  std::string sinks = "[test_sink]";
  std::string decoders = "[]";
  uint32_t workers = 1;
  uint32_t documents = 64;
  // More limits, and more keys of the manifest, as they stand there.
  std::string limits = "";
  std::string more = "";
};

class JobTest : public ::testing::Test {
 protected:
  JobTest() : JobTest(std::vector<std::string>{GARNER_FIXTURE_FOLDER}) {}
  explicit JobTest(const std::vector<std::string>& plugin_folders);

  // Runs the job and checks what must hold of every report.
  JobResult Run(const Job& job, RunOptions options = {});
  JobPlan Plan(const Job& job);

  // What reached the sink, in its order.
  Uris Written() const;
  v1::Document Document(const std::string& uri) const;
  // The notes that begin with `word`, without it.
  Uris Noted(const std::string& word) const;

  TempFolder folder_;
  PluginCatalog catalog_;
};

}  // namespace garner::testing
