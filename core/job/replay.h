// Runs the document of one dead letter again, in this process and thread.
//
//   Result<Replayed> replayed = Replay(letter, *planned.result.plan, catalog, output_dir);
//   replayed->done.outcome, replayed->done.document
//
// `output_dir`: where the plan's sinks write; it exists. Not looked at where the plan has none. Fails where a stage cannot be
// opened, in words; the document's own failure is its outcome. Stages that compare documents know no other one here.
#pragma once

#include <string>

#include "core/job/document_worker.h"
#include "core/job/letter_folder.h"
#include "core/manifest/plan.h"

namespace garner {

struct Replayed {
  Processed done;
  // Not ok where a sink could not take or finish a document that was ready.
  Status delivered;
};

Result<Replayed> Replay(const Letter& letter, const JobPlan& plan, PluginCatalog& catalog, const std::string& output_dir);

}  // namespace garner
