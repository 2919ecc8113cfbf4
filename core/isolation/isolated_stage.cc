#include "core/isolation/isolated_stage.h"

#include <functional>
#include <utility>

namespace garner {
namespace {

using StageMessage = v1::WorkerRequest::Stage;

// What the worker is to open, but for its kind and label.
using Describe = std::function<Status(std::string_view options, StageMessage& stage)>;

class IsolatedDecoder final : public ParentDecoderStage {
 public:
  IsolatedDecoder(Describe describe, WorkerClient& client) : describe_(std::move(describe)), client_(client) {}
  Status Configure(StageContext& context, std::string_view options) override {
    StageMessage stage;
    stage.set_kind(StageMessage::DECODER);
    stage.set_label(context.stage());
    if (Status status = describe_(options, stage); !status.ok()) return status;
    index_ = client_.Add(std::move(stage), context);
    return OkStatus();
  }
  Status DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) override {
    return client_.Decode(index_, payload, document, children);
  }

 private:
  const Describe describe_;
  WorkerClient& client_;
  uint32_t index_ = 0;
};

class IsolatedTransform final : public TransformStage {
 public:
  IsolatedTransform(Describe describe, WorkerClient& client) : describe_(std::move(describe)), client_(client) {}
  Status Configure(StageContext& context, std::string_view options) override {
    StageMessage stage;
    stage.set_kind(StageMessage::TRANSFORM);
    stage.set_label(context.stage());
    if (Status status = describe_(options, stage); !status.ok()) return status;
    index_ = client_.Add(std::move(stage), context);
    return OkStatus();
  }
  Status Process(const v1::Document& document, Edits& edits) override { return client_.Process(index_, document, edits); }

 private:
  const Describe describe_;
  WorkerClient& client_;
  uint32_t index_ = 0;
};

std::unique_ptr<Stage> Make(v1::PluginManifest::Kind kind, Describe describe, WorkerClient& client) {
  if (kind == v1::PluginManifest::DECODER) return std::make_unique<IsolatedDecoder>(std::move(describe), client);
  return std::make_unique<IsolatedTransform>(std::move(describe), client);
}

}  // namespace

std::unique_ptr<Stage> MakeIsolatedStage(const PluginFile& plugin, WorkerClient& client) {
  const auto describe = [&plugin](std::string_view options, StageMessage& stage) -> Status {
    const Result<uint64_t> fingerprint = PluginFingerprint(plugin);
    if (!fingerprint.ok()) return fingerprint.status();
    stage.set_plugin_path(plugin.path);
    stage.set_plugin_fingerprint(*fingerprint);
    stage.set_options(std::string(options));
    return OkStatus();
  };
  return Make(plugin.manifest.kind(), describe, client);
}

std::unique_ptr<Stage> MakeProgramStage(v1::PluginManifest::Kind kind, const std::string& version, WorkerClient& client) {
  const auto describe = [version](std::string_view options, StageMessage& stage) {
    stage.set_options_json(std::string(options));
    if (!version.empty()) stage.set_version(version);
    return OkStatus();
  };
  return Make(kind, describe, client);
}

}  // namespace garner
