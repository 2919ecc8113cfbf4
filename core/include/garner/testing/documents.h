// Documents made from text, for tests of transforms, and a context for stages under test.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "garner/stage.h"
#include "garner/v1/document.pb.h"

namespace garner::testing {

// A document together with the payload that it was made from.
struct TestDocument {
  std::string payload;
  v1::Document document;
};

// The payload is `text` itself; each non-blank line becomes a block, `tight` where no blank line stands before it.
TestDocument DocumentFromText(std::string_view text);

// Runs a transform as the host does: both halves, where it has two, and what it remembers then.
Status RunTransform(TransformStage& stage, v1::Document& document);

// Applies edits as the host does.
Status Apply(const Edits& edits, TestDocument& made);

// Records what a stage says.
class TestContext final : public StageContext {
 public:
  explicit TestContext(std::string stage = "stage_under_test", std::string data_dir = "") : stage_(std::move(stage)), data_dir_(std::move(data_dir)) {}

  void Log(LogLevel, std::string_view message) override { log.emplace_back(message); }
  void Warn(std::string_view message) override { warnings.emplace_back(message); }
  void Count(std::string_view metric, double by) override { metrics[std::string(metric)] += by; }
  const std::string& stage() const override { return stage_; }
  const std::string& data_dir() const override { return data_dir_; }
  const std::string& manifest_dir() const override { return manifest_dir_; }
  const std::string& output_dir() const override { return output_dir_; }
  void set_manifest_dir(std::string dir) { manifest_dir_ = std::move(dir); }
  void set_output_dir(std::string dir) { output_dir_ = std::move(dir); }

  std::vector<std::string> log;
  std::vector<std::string> warnings;
  std::map<std::string, double> metrics;

 private:
  std::string stage_;
  std::string data_dir_;
  std::string manifest_dir_;
  std::string output_dir_;
};

}  // namespace garner::testing
