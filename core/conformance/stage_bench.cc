#include "core/conformance/stage_bench.h"

#include <utility>

namespace garner {

Result<OpenStage*> StageBench::For(const std::string& options) {
  if (const auto at = stages_.find(options); at != stages_.end()) return &at->second;
  run_.Step("opening a stage");
  Result<OpenStage> stage = run_.subject.Open(options, run_.Folders());
  if (!stage.ok()) return Status(stage.status().kind(), "cannot be opened: " + stage.status().message());
  return &stages_.emplace(options, *std::move(stage)).first->second;
}

Answer StageBench::Try(const Input& input, const StreamManner& manner) {
  Result<OpenStage*> stage = For(input.options);
  if (!stage.ok()) return {stage.status(), {}, {}};
  return run_.Try(**stage, input, manner);
}

}  // namespace garner
