// Opened stages for a list of inputs: one for each set of options among them, made when it is first needed.
#pragma once

#include <map>
#include <string>

#include "core/conformance/checks.h"

namespace garner {

class StageBench {
 public:
  explicit StageBench(const CheckRun& run) : run_(run) {}

  // Fails where no stage can be opened with the input's options.
  Answer Try(const Input& input, const StreamManner& manner = {});
  Result<OpenStage*> For(const std::string& options);

 private:
  const CheckRun& run_;
  std::map<std::string, OpenStage> stages_;
};

}  // namespace garner
