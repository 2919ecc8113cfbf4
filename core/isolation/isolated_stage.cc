#include "core/isolation/isolated_stage.h"

namespace garner {
namespace {

Result<uint32_t> AddTo(WorkerClient& client, const PluginFile& plugin, v1::WorkerRequest::Stage::Kind kind, StageContext& context, std::string_view options) {
  const Result<uint64_t> fingerprint = PluginFingerprint(plugin);
  if (!fingerprint.ok()) return fingerprint.status();
  v1::WorkerRequest::Stage stage;
  stage.set_kind(kind);
  stage.set_label(context.stage());
  stage.set_plugin_path(plugin.path);
  stage.set_plugin_fingerprint(*fingerprint);
  stage.set_options(std::string(options));
  return client.Add(std::move(stage), context);
}

class IsolatedDecoder final : public ParentDecoderStage {
 public:
  IsolatedDecoder(const PluginFile& plugin, WorkerClient& client) : plugin_(plugin), client_(client) {}
  Status Configure(StageContext& context, std::string_view options) override {
    const Result<uint32_t> index = AddTo(client_, plugin_, v1::WorkerRequest::Stage::DECODER, context, options);
    if (index.ok()) index_ = *index;
    return index.status();
  }
  Status DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) override {
    return client_.Decode(index_, payload, document, children);
  }

 private:
  const PluginFile& plugin_;
  WorkerClient& client_;
  uint32_t index_ = 0;
};

class IsolatedTransform final : public TransformStage {
 public:
  IsolatedTransform(const PluginFile& plugin, WorkerClient& client) : plugin_(plugin), client_(client) {}
  Status Configure(StageContext& context, std::string_view options) override {
    const Result<uint32_t> index = AddTo(client_, plugin_, v1::WorkerRequest::Stage::TRANSFORM, context, options);
    if (index.ok()) index_ = *index;
    return index.status();
  }
  Status Process(const v1::Document& document, Edits& edits) override { return client_.Process(index_, document, edits); }

 private:
  const PluginFile& plugin_;
  WorkerClient& client_;
  uint32_t index_ = 0;
};

}  // namespace

std::unique_ptr<Stage> MakeIsolatedStage(const PluginFile& plugin, WorkerClient& client) {
  if (plugin.manifest.kind() == v1::PluginManifest::DECODER) return std::make_unique<IsolatedDecoder>(plugin, client);
  return std::make_unique<IsolatedTransform>(plugin, client);
}

}  // namespace garner
