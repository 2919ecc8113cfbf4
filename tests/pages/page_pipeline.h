// Pages through detection, the html decoder and boilerplate_stripper, as a job takes them, and all that must hold of what comes out.
//
//   Result<std::unique_ptr<PagePipeline>> pipeline = PagePipeline::Open();
//   const CleanedPage cleaned = (*pipeline)->Clean(page, "a.html");
//   FindFlaw(cleaned, page)        // empty where the outcome is one that a job may have
//
// One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/job/document_worker.h"
#include "core/job/stage_set.h"
#include "core/plugin/catalog.h"

namespace garner::pages {

struct CleanedPage {
  Processed done;
  double seconds = 0;  // processor time of this thread
};

class PagePipeline {
 public:
  // With the plugins that stand beside this program.
  static Result<std::unique_ptr<PagePipeline>> Open();
  CleanedPage Clean(std::string_view page, const std::string& uri) const;

 private:
  PagePipeline() = default;

  std::unique_ptr<PluginCatalog> catalog_;
  std::unique_ptr<JobPlan> plan_;
  std::unique_ptr<StageSet> stages_;
};

// What is wrong, in words: a failure that says nothing, a document that the host's checks or the invariants of all documents refuse, or
// a claim of its source map that is not true. Empty where nothing is.
std::string FindFlaw(const CleanedPage& cleaned, std::string_view page);

}  // namespace garner::pages
