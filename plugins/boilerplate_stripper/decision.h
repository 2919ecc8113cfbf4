// Decides what goes and says why.
//
//   for (const Decided& decided : Decide(analysis, models, policy)) ...
//
// A trained model decides: one about HTML, one about plain text, which knows nothing of a note of five lines; that is left to
// the rules. On a page that is mostly running text the rules have a say too, where they are sure and the model is not.
//
// Pure; linear but for a sort of the blocks.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "analysis.h"
#include "forest.h"
#include "kept_content.h"
#include "page_model.h"

namespace garner::boilerplate_stripper {

struct Policy {
  double rule_threshold = 0.5;      // of the rules' score
  double beta = 1;                  // how much more recall counts than precision where the model cuts
  std::array<bool, kKinds> keep{};  // kinds that stay whatever their score
  std::array<bool, kContents> keep_content{};
  std::set<std::string> languages;  // those whose interfaces the lexicons know, as ISO 639-1 codes
};

struct Decided {
  size_t block = 0;
  Kind rule = Kind::kNone;
  double score = 0;      // how sure it is boilerplate, 0 to 1
  double threshold = 0;  // what the score was compared with
};

// "balanced", "precision" or "recall".
Policy PolicyFor(std::string_view favor);

struct Models {
  std::shared_ptr<const Forest> text;  // over ModelFeatures
  std::shared_ptr<const PageModel> page;
};

std::vector<Decided> Decide(const Analysis& analysis, const Models& models, const Policy& policy);

}  // namespace garner::boilerplate_stripper
