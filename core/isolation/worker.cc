#include "core/isolation/worker.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/isolation/channel.h"
#include "core/isolation/last_words.h"
#include "core/isolation/sandbox.h"
#include "core/isolation/waiting_place.h"
#include "core/plugin/load_library.h"
#include "core/plugin/plugin_file.h"
#include "core/sdk/guarded.h"
#include "garner/plugin.h"
#include "garner/stage.h"
#include "garner/v1/worker.pb.h"

namespace garner {
namespace {

constexpr int kExitDone = 0;
constexpr int kExitBadRequest = 2;
constexpr int kExitOutOfMemory = 3;
// Documents and edits of larger bodies are not kept for the next one.
constexpr size_t kKeptBytes = size_t{4} << 20;

// Passes on to the host what a stage says.
class WorkerContext final : public StageContext {
 public:
  WorkerContext(uint32_t index, const v1::WorkerRequest::Stage& stage, const v1::WorkerRequest::Start& start, Channel& channel)
      : index_(index),
        label_(stage.label()),
        data_dir_(DataFolder(stage.plugin_path())),
        manifest_dir_(start.manifest_dir()),
        output_dir_(start.output_dir()),
        channel_(channel) {}

  void Log(LogLevel level, std::string_view message) override { Send(level, message, false); }
  void Warn(std::string_view message) override { Send(LogLevel::kWarning, message, true); }
  void Count(std::string_view metric, double by) override { counts_[std::string(metric)] += by; }
  const std::string& stage() const override { return label_; }
  const std::string& data_dir() const override { return data_dir_; }
  const std::string& manifest_dir() const override { return manifest_dir_; }
  const std::string& output_dir() const override { return output_dir_; }

  // Moves what was counted since the last call.
  void TakeCounts(v1::WorkerReply::Done& done) {
    for (const auto& [metric, by] : counts_) {
      v1::WorkerReply::Count& count = *done.add_counts();
      count.set_stage(index_);
      count.set_metric(metric);
      count.set_by(by);
    }
    counts_.clear();
  }

 private:
  // At once, so that the host has heard it if the stage dies.
  void Send(LogLevel level, std::string_view message, bool warning) {
    v1::WorkerReply reply;
    v1::WorkerReply::Log& log = *reply.mutable_log();
    log.set_stage(index_);
    log.set_level(static_cast<uint32_t>(level));
    log.set_message(std::string(message));
    log.set_warning(warning);
    (void)channel_.Send(reply.SerializeAsString(), {}, {});
  }

  const uint32_t index_;
  const std::string label_;
  const std::string data_dir_;
  const std::string manifest_dir_;
  const std::string output_dir_;
  Channel& channel_;
  std::map<std::string, double> counts_;
};

// One opened stage.
struct WorkerStage {
  v1::WorkerRequest::Stage::Kind kind;
  std::unique_ptr<WorkerContext> context;
  std::unique_ptr<Stage> stage;
};

v1::PluginManifest::Kind PluginKind(v1::WorkerRequest::Stage::Kind kind) {
  switch (kind) {
    case v1::WorkerRequest::Stage::DECODER: return v1::PluginManifest::DECODER;
    case v1::WorkerRequest::Stage::TRANSFORM: return v1::PluginManifest::TRANSFORM;
    case v1::WorkerRequest::Stage::UNSPECIFIED: break;
  }
  return v1::PluginManifest::KIND_UNSPECIFIED;
}

// The host has examined the file; here it must still be the same one.
Result<std::unique_ptr<Stage>> MakeStage(const v1::WorkerRequest::Stage& spec) {
  const Result<PluginFile> file = ReadPluginFile(spec.plugin_path());
  if (!file.ok()) return file.status();
  const Result<uint64_t> fingerprint = PluginFingerprint(*file);
  if (!fingerprint.ok()) return fingerprint.status();
  if (*fingerprint != spec.plugin_fingerprint())
    return Status(StatusKind::kConfig, spec.plugin_path() + ": has changed since it was examined: start again");
  const Result<const PluginDescriptor*> descriptor = LoadPluginLibrary(spec.plugin_path());
  if (!descriptor.ok()) return descriptor.status();
  if ((*descriptor)->kind != PluginKind(spec.kind()))
    return Status(StatusKind::kConfig, spec.plugin_path() + ": its code is of another kind than its manifest says");
  return std::unique_ptr<Stage>((*descriptor)->make());
}

class Worker {
 public:
  explicit Worker(int socket) : socket_(socket), channel_(socket) {}

  int Run() {
    try {
      return Serve();
    } catch (const std::bad_alloc&) {
      // A request or an answer did not fit. What a stage runs out of is caught nearer to it.
      v1::WorkerReply reply;
      reply.mutable_last_words()->set_out_of_memory(true);
      Send(reply, {});
      return kExitOutOfMemory;
    }
  }

 private:
  int Serve() {
    if (!Receive()) return kExitDone;
    if (!request_.has_start()) return kExitBadRequest;
    const uint32_t document_seconds = request_.start().limits().document_seconds();
    if (!Start()) return kExitDone;
    // Should the host be gone when a stage hangs, nobody else would end this process.
    const unsigned alarm_seconds = document_seconds > 0 ? 2 * document_seconds + 60 : 0;
    while (Receive()) {
      if (!request_.has_work() || request_.work().stage() >= stages_.size()) return kExitBadRequest;
      alarm(alarm_seconds);
      const bool sent = Work();
      alarm(0);
      if (!sent) break;
    }
    return kExitDone;
  }

  // False where the host is gone, or talks nonsense.
  bool Receive() {
    const WaitingPlace near_host(request_.has_processor() ? static_cast<int>(request_.processor()) : -1);
    if (channel_.Receive({}) != Channel::Event::kOk) return false;
    const std::string_view head = channel_.head();
    return request_.ParseFromArray(head.data(), static_cast<int>(head.size()));
  }

  bool Start() {
    const v1::WorkerRequest::Start start = request_.start();
    std::string label;
    const Status status = Guarded([&] { return OpenStages(start, label); });
    if (!status.ok()) {
      SendDone(Status(status.kind(), label + ": " + status.message()), {});
      return false;
    }
    InstallLastWords(socket_);
    const SandboxState state =
        CloseSandbox({start.allowed().files(), start.allowed().network(), start.allowed().processes()}, start.limits().memory_mb());
    v1::WorkerReply reply;
    v1::WorkerReply::Started& started = *reply.mutable_started();
    started.set_protocol(request_.start().protocol());
    started.set_call_filter(state.call_filter);
    if (state.landlock) started.set_landlock(*state.landlock);
    started.set_memory_limit(state.memory_limit);
    for (const std::string& missing : state.missing) started.add_missing(missing);
    return Send(reply, {});
  }

  Status OpenStages(const v1::WorkerRequest::Start& start, std::string& label) {
    for (const v1::WorkerRequest::Stage& spec : start.stages()) {
      label = spec.label();
      Result<std::unique_ptr<Stage>> stage = MakeStage(spec);
      if (!stage.ok()) return stage.status();
      WorkerStage opened{spec.kind(), std::make_unique<WorkerContext>(static_cast<uint32_t>(stages_.size()), spec, start, channel_), *std::move(stage)};
      if (Status status = opened.stage->Configure(*opened.context, spec.options()); !status.ok()) return status;
      if (Status status = opened.stage->Open(); !status.ok()) return status;
      stages_.push_back(std::move(opened));
    }
    return OkStatus();
  }

  bool Work() {
    WorkerStage& stage = stages_[request_.work().stage()];
    out_of_memory_ = false;
    std::string result;
    result.swap(result_);  // its memory is used again
    result.clear();
    Children children({request_.work().child_payloads(), request_.work().child_bytes()});
    Status status = Guarded([&] {
      try {
        return stage.kind == v1::WorkerRequest::Stage::DECODER ? Decode(*stage.stage, children, result) : Process(*stage.stage, result);
      } catch (const std::bad_alloc&) {
        out_of_memory_ = true;
        throw;
      }
    });
    if (status.ok() && result.size() + children.bytes() > kMaxFrameBodyBytes)
      status = Status(StatusKind::kLimit, "the result and the payloads inside are larger than 2 GiB");
    if (!status.ok()) result.clear();
    AppendBytes(children, result);
    const bool sent = SendDone(status, result, &children);
    if (result.capacity() <= kKeptBytes) result_.swap(result);
    return sent;
  }

  // The bytes alone are within kMaxFrameBodyBytes: the host allows no more.
  static void AppendBytes(const Children& children, std::string& body) {
    if (children.bytes() == 0) return;
    body.reserve(body.size() + children.bytes());
    for (const Children::Child& child : children.all()) body += child.payload.bytes;
  }

  Status Decode(Stage& stage, Children& children, std::string& result) {
    Payload payload;
    payload.info = request_.work().payload();
    payload.bytes = channel_.body();
    Renew();
    *document_->mutable_source() = payload.info;
    const Status status = static_cast<DecoderStage&>(stage).DecodeWithChildren(payload, document_.get(), children);
    if (!status.ok()) return status;
    return Serialize(*document_, result);
  }

  Status Process(Stage& stage, std::string& result) {
    Renew();
    const std::string_view body = channel_.body();
    if (!document_->ParseFromArray(body.data(), static_cast<int>(body.size())))
      return Status(StatusKind::kInternal, "the host sent something that is no document");
    if (Status status = static_cast<TransformStage&>(stage).Process(*document_, edits_); !status.ok()) return status;
    return Serialize(edits_.proto(), result);
  }

  // The memory of the last document is used again, unless it was a large one.
  void Renew() {
    const bool large = last_body_ > kKeptBytes;
    last_body_ = channel_.body().size();
    if (large || document_ == nullptr) document_ = std::make_unique<v1::Document>();
    document_->Clear();
    if (large) edits_ = Edits();
    edits_.proto().Clear();
  }

  static Status Serialize(const google::protobuf::MessageLite& message, std::string& bytes) {
    if (message.ByteSizeLong() > kMaxFrameBodyBytes) return Status(StatusKind::kLimit, "the result is larger than 2 GiB as a message");
    message.SerializeToString(&bytes);
    return OkStatus();
  }

  static void Describe(const Children::Child& child, v1::WorkerReply::Child& to) {
    to.set_name(child.payload.name);
    to.set_declared_media_type(child.payload.declared_media_type);
    to.set_declared_charset(child.payload.declared_charset);
    to.set_bytes(child.payload.bytes.size());
    to.set_refused(child.refused);
    for (const v1::RecordField& field : child.payload.record_fields) *to.add_record_fields() = field;
    if (child.payload.status.ok()) return;
    to.set_failure(std::string(KindName(child.payload.status.kind())));
    to.set_message(child.payload.status.message());
  }

  bool SendDone(const Status& status, std::string_view body, const Children* children = nullptr) {
    v1::WorkerReply reply;
    v1::WorkerReply::Done& done = *reply.mutable_done();
    if (!status.ok()) {
      done.set_failure(std::string(KindName(status.kind())));
      done.set_message(status.message());
    }
    if (out_of_memory_) done.set_out_of_memory(true);
    if (children != nullptr)
      for (const Children::Child& child : children->all()) Describe(child, *done.add_children());
    for (const WorkerStage& stage : stages_) stage.context->TakeCounts(done);
    return Send(reply, body);
  }

  bool Send(v1::WorkerReply& reply, std::string_view body) {
    reply.set_number(request_.number());
    return channel_.Send(reply.SerializeAsString(), body, {}) == Channel::Event::kOk;
  }

  const int socket_;
  Channel channel_;
  std::vector<WorkerStage> stages_;
  v1::WorkerRequest request_;
  std::unique_ptr<v1::Document> document_;
  Edits edits_;
  std::string result_;
  size_t last_body_ = 0;
  bool out_of_memory_ = false;
};

}  // namespace

int RunWorker(int socket) {
  // Ctrl-C and a service's stop reach the whole group of processes. The host decides what becomes of documents in flight.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  fcntl(socket, F_SETFD, FD_CLOEXEC);
  return Worker(socket).Run();
}

}  // namespace garner
