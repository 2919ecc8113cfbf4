// Hashes that name a plan: what runs, in which order, with which options. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/plan.h"

namespace garner {

// Collects parts of which a hash is made; different parts, or the same ones in another order, give another hash.
class PartsHash {
 public:
  // A part holds no NUL.
  void Add(std::string_view part) { (parts_ += part) += '\0'; }
  void Add(const std::vector<std::string>& list);
  // Label, plugin, version, options, condition; of a program also its command and what it takes.
  void Add(const StagePlan& stage);
  // SHA-256, first 16 hexadecimal digits.
  std::string Take() const;

 private:
  void AddProgram(const StageProgram& program);

  std::string parts_;
};

// The limits of payloads inside payloads.
void AddNestedLimits(const JobPlan& plan, PartsHash& hash);

// Names the stages of a plan; see RunReport.plan_hash.
std::string PlanHash(const JobPlan& plan);

}  // namespace garner
