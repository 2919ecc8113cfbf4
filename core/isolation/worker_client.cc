#include "core/isolation/worker_client.h"

#include <signal.h>

#include <algorithm>
#include <utility>

#include "core/isolation/reply_children.h"
#include "core/isolation/sandbox.h"
#include "core/isolation/signal_words.h"
#include "core/isolation/waiting_place.h"

namespace garner {
namespace {

// Models may take their time; a worker that never gets ready must not hold the job for ever.
constexpr std::chrono::seconds kOpenTime{600};
// Buffers beyond this are given back.
constexpr size_t kKeptBytes = size_t{8} << 20;

Deadline In(std::chrono::seconds time) {
  if (time.count() == 0) return {};
  return std::chrono::steady_clock::now() + time;
}

Status Serialize(const google::protobuf::MessageLite& message, std::string& bytes) {
  if (message.ByteSizeLong() > kMaxFrameBodyBytes)
    return Status(StatusKind::kLimit, "the document is larger than 2 GiB as a message, which is more than a process can be given");
  message.SerializeToString(&bytes);
  return OkStatus();
}

}  // namespace

WorkerClient::WorkerClient(WorkerSettings settings) : settings_(std::move(settings)) {
  v1::WorkerRequest::Start& start = *start_.mutable_start();
  start.set_manifest_dir(settings_.manifest_dir);
  start.set_output_dir(settings_.output_dir);
  start.mutable_limits()->set_memory_mb(settings_.limits.child_memory_mb);
  start.mutable_limits()->set_document_seconds(settings_.limits.document_seconds);
  start.mutable_allowed()->set_files(settings_.rules.files);
  start.mutable_allowed()->set_network(settings_.rules.network);
  start.mutable_allowed()->set_processes(settings_.rules.processes);
}

uint32_t WorkerClient::Add(v1::WorkerRequest::Stage stage, StageContext& context) {
  *start_.mutable_start()->add_stages() = std::move(stage);
  contexts_.push_back(&context);
  return static_cast<uint32_t>(contexts_.size() - 1);
}

Status WorkerClient::Start() { return StartChild(true); }

std::string WorkerClient::DescribeSandbox() const {
  std::string words = "isolated stages run in child processes: ";
  words += started_.call_filter() ? "system calls are filtered" : "system calls are not filtered";
  if (started_.has_landlock()) words += ", Landlock version " + std::to_string(started_.landlock());
  if (started_.memory_limit()) words += ", " + std::to_string(settings_.limits.child_memory_mb) + " MB of memory";
  if (settings_.limits.document_seconds > 0) words += ", " + std::to_string(settings_.limits.document_seconds) + " s a document";
  for (const std::string& missing : started_.missing()) words += "; " + missing;
  return words;
}

Status WorkerClient::Decode(uint32_t stage, const Payload& payload, v1::Document* document, Children& children) {
  v1::WorkerRequest::Work& work = *request_.mutable_work();
  *work.mutable_payload() = payload.info;
  work.set_child_payloads(children.left().payloads);
  work.set_child_bytes(children.left().bytes);
  return Call(stage, payload.bytes, *document, &children);
}

Status WorkerClient::Process(uint32_t stage, const v1::Document& document, Edits& edits) {
  request_.mutable_work()->Clear();
  if (Status status = Serialize(document, body_); !status.ok()) return status;
  const Status status = Call(stage, body_, edits.proto(), nullptr);
  if (body_.capacity() > kKeptBytes) std::string().swap(body_);
  return status;
}

Status WorkerClient::Call(uint32_t stage, std::string_view body, google::protobuf::MessageLite& result, Children* children) {
  const bool begins = BeginsDocument(stage);
  last_stage_ = stage;
  if (begins && settings_.limits.child_documents > 0 && documents_ >= settings_.limits.child_documents) DropChild();
  while (true) {
    // Something that nobody asked for, or a death between two documents: not the fault of the one that comes now.
    if (channel_ && !channel_->Quiet()) DropChild();
    if (!channel_) {
      if (Status status = StartChild(false); !status.ok())
        return Status(StatusKind::kInternal, "its process could not be started again: " + status.message());
    }
    if (begins || documents_ == 0) ++documents_;
    const bool used = std::exchange(used_, true);
    const Answer answer = Ask(stage, body, result, children);
    if (!answer.out_of_memory) return answer.status;
    DropChild();
    // Earlier documents may have left too little behind them. Which ones they were depends on the number of workers, and results must
    // not: a fresh process decides.
    if (!used) return answer.status;
  }
}

// Stages are called in ascending order for a document.
bool WorkerClient::BeginsDocument(uint32_t stage) { return !last_stage_ || stage <= *last_stage_; }

WorkerClient::Answer WorkerClient::Ask(uint32_t stage, std::string_view body, google::protobuf::MessageLite& result, Children* children) {
  if (body.size() > kMaxFrameBodyBytes)
    return {Status(StatusKind::kLimit, "the payload is larger than 2 GiB, which is more than a process can be given"), false};
  request_.set_number(++number_);
  request_.mutable_work()->set_stage(stage);
  const int processor = settings_.wait_together ? CurrentProcessor() : -1;
  if (processor >= 0) request_.set_processor(static_cast<uint32_t>(processor));
  request_.SerializeToString(&head_);
  const Deadline deadline = In(std::chrono::seconds(settings_.limits.document_seconds));
  if (const Channel::Event event = channel_->Send(head_, body, deadline); event != Channel::Event::kOk && event != Channel::Event::kClosed)
    return {Lost(event), false};
  // One that closed in the middle may have left last words.
  if (Status status = AwaitAnswerHere(processor, deadline); !status.ok()) return {status, last_words_ && last_words_->out_of_memory()};
  if (!reply_.has_done()) return {Garbage(), false};
  const v1::WorkerReply::Done& done = reply_.done();
  if (done.out_of_memory()) return {OutOfMemory(), true};
  std::string_view bytes = channel_->body();
  if (children != nullptr && !TakeChildren(done, bytes, *children)) return {Garbage(), false};
  PassOnCounts();
  if (done.has_failure()) return {Status(KindNamed(done.failure()), done.message()), false};
  if (!result.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return {Garbage(), false};
  return {};
}

Status WorkerClient::StartChild(bool first) {
  Result<std::unique_ptr<ChildProcess>> child = ChildProcess::Spawn(settings_.program, {"garner", "worker"});
  if (!child.ok()) return child.status();
  child_ = *std::move(child);
  channel_.emplace(child_->socket());
  last_words_.reset();
  documents_ = 0;
  used_ = false;
  open_ = false;
  const Status status = Open(first);
  if (!status.ok()) DropChild();
  return status;
}

// What stages say while they open is heard once, not again from every child that takes another's place.
Status WorkerClient::Open(bool first) {
  start_.set_number(++number_);
  start_.SerializeToString(&head_);
  const Deadline deadline = In(kOpenTime);
  if (const Channel::Event event = channel_->Send(head_, {}, deadline); event != Channel::Event::kOk && event != Channel::Event::kClosed)
    return Lost(event);
  if (Status status = AwaitAnswer(deadline, first); !status.ok()) return Status(status.kind(), "opening isolated stages: " + status.message());
  if (reply_.has_done()) {
    if (first) PassOnCounts();
    return Status(KindNamed(reply_.done().failure()), reply_.done().message());
  }
  if (!reply_.has_started()) return Garbage();
  started_ = reply_.started();
  open_ = true;
  return OkStatus();
}

Status WorkerClient::AwaitAnswerHere(int processor, const Deadline& deadline) {
  const WaitingPlace here(processor);
  return AwaitAnswer(deadline, true);
}

Status WorkerClient::AwaitAnswer(const Deadline& deadline, bool heard) {
  while (true) {
    if (const Channel::Event event = channel_->Receive(deadline); event != Channel::Event::kOk) return Lost(event);
    const std::string_view head = channel_->head();
    if (!reply_.ParseFromArray(head.data(), static_cast<int>(head.size()))) return Garbage();
    if (reply_.has_last_words()) {
      last_words_ = reply_.last_words();
    } else if (reply_.has_log()) {
      if (heard) PassOn(reply_.log());
    } else if (reply_.number() == number_) {
      return OkStatus();
    } else {
      return Garbage();
    }
  }
}

Status WorkerClient::Lost(Channel::Event event) {
  if (event == Channel::Event::kMalformed) return Garbage();
  Status status;
  if (event == Channel::Event::kTooLate) {
    status = TooLate();
  } else if (last_words_ && last_words_->out_of_memory()) {
    status = OutOfMemory();
  } else {
    status = Status(StatusKind::kInternal, CauseOfDeath(child_->WaitForEnd()));
  }
  DropChild();
  return status;
}

Status WorkerClient::TooLate() {
  child_->Kill();
  if (!open_) return Status(StatusKind::kLimit, "was not done after " + std::to_string(kOpenTime.count()) + " s; the process was killed");
  return Status(StatusKind::kLimit, "took longer than " + std::to_string(settings_.limits.document_seconds) +
                                        " s (limits.document_seconds); its process was killed");
}

Status WorkerClient::OutOfMemory() const {
  std::string words = "out of memory";
  if (started_.memory_limit()) words += "; limits.child_memory_mb is " + std::to_string(settings_.limits.child_memory_mb);
  return Status(StatusKind::kLimit, words);
}

Status WorkerClient::Garbage() {
  DropChild();
  return Status(StatusKind::kInternal, "its process sent something that is no answer; it was killed");
}

std::string WorkerClient::CauseOfDeath(const Ending& ending) const {
  if (last_words_ && last_words_->signal() == SIGSYS) return DescribeRefusal(last_words_->system_call());
  // Whoever starts a program blocks all signals meanwhile, and the handler that would name the call with them.
  if (ending.signal == SIGSYS)
    return "the sandbox refused a system call that was made with all signals blocked, as programs are started; 'sandbox: {processes: true}' in the "
           "manifest would allow that";
  if (ending.killed) return "its process closed the connection to the host; it was killed";
  if (last_words_ && last_words_->stack_overflow()) return "its process used up its stack and died of " + SignalWords(ending.signal);
  if (ending.signal == SIGKILL) return "its process was killed from outside by SIGKILL: the machine may be out of memory";
  if (ending.signal != 0) return "its process died of " + SignalWords(ending.signal);
  return "its process ended with exit status " + std::to_string(ending.exit_status) + " in the middle of its work";
}

void WorkerClient::PassOn(const v1::WorkerReply::Log& log) const {
  if (log.stage() >= contexts_.size()) return;
  StageContext& context = *contexts_[log.stage()];
  if (log.warning()) return context.Warn(log.message());
  context.Log(static_cast<LogLevel>(std::min<uint32_t>(log.level(), static_cast<uint32_t>(LogLevel::kError))), log.message());
}

void WorkerClient::PassOnCounts() const {
  for (const v1::WorkerReply::Count& count : reply_.done().counts())
    if (count.stage() < contexts_.size()) contexts_[count.stage()]->Count(count.metric(), count.by());
}

void WorkerClient::DropChild() {
  channel_.reset();
  child_.reset();
}

}  // namespace garner
