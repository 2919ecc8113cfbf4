// A stage that hands its work to a worker process. The host uses it like any other.
#pragma once

#include <memory>
#include <string>

#include "core/isolation/worker_client.h"
#include "core/plugin/plugin_file.h"
#include "garner/stage.h"

namespace garner {

// For a decoder or transform. Configure adds the stage to the client, so the client is started after it; Open does nothing: the worker
// opens the real one. The client outlives the stage's calls.
std::unique_ptr<Stage> MakeIsolatedStage(const PluginFile& plugin, WorkerClient& client);

// The same for the program that `client` runs (WorkerSettings::command): a decoder or transform, whose options are a JSON object. `version`: what the manifest
// says that it is; empty where it does not.
std::unique_ptr<Stage> MakeProgramStage(v1::PluginManifest::Kind kind, const std::string& version, WorkerClient& client);

}  // namespace garner
