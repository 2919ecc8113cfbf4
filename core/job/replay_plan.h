// The plan of a dead letter, made of what is installed now.
//
//   ReplayPlan planned = PlanReplay(letter.record, "failed/0123...", catalog, {.sets = {"deduplicator.min_words=9"}});
//   if (!planned.result.plan) ... planned.result.mistakes ...
//   planned.differences: what is not as it was
//
// A record is trusted like a manifest where it names plugins and options, and checked like one. Runs no plugin code.
#pragma once

#include <string>
#include <vector>

#include "core/manifest/plan.h"
#include "core/manifest/plugin_lookup.h"
#include "garner/v1/dead_letter.pb.h"

namespace garner {

struct ReplayRequest {
  // "STAGE.OPTION=VALUE", as in Overrides.
  std::vector<std::string> sets;
  // The recorded sinks take part.
  bool with_sinks = false;
};

struct ReplayPlan {
  // The plan has no source: the payload is the letter's. Every decoder that is installed takes part, also one that was not there
  // when the document failed; one that is gone does not.
  PlanResult result;
  // Sentences: versions and files that differ, decoders that came or went. Filled in where there is a plan.
  std::vector<std::string> differences;
};

// The plan alone, without a catalog: everything it depends on is an argument.
PlanResult BuildReplayPlan(const v1::DeadLetter& record, const std::string& place, const PluginLookup& plugins,
                           const ReplayRequest& request);

// `place` names the letter in mistakes.
ReplayPlan PlanReplay(const v1::DeadLetter& record, const std::string& place, const PluginCatalog& catalog,
                      const ReplayRequest& request);

}  // namespace garner
