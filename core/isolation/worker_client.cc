#include "core/isolation/worker_client.h"

#include <signal.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/isolation/launcher.h"
#include "core/isolation/reply_children.h"
#include "core/isolation/sandbox.h"
#include "core/isolation/signal_words.h"
#include "core/isolation/waiting_place.h"

namespace garner {
namespace {

constexpr uint32_t kProtocol = 1;
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

// As one would type it, cut where it is long.
std::string CommandLine(const WorkerCommand& command) {
  constexpr size_t kShown = 200;
  std::string line;
  for (const std::string& word : command.words) line += (line.empty() ? "" : " ") + word;
  return line.size() <= kShown ? line : line.substr(0, kShown) + "...";
}

std::string SubjectOf(const WorkerSettings& settings) {
  return settings.command ? "its program '" + CommandLine(*settings.command) + "'" : "its process";
}

std::string Joined(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += "; " + word;
  return joined;
}

}  // namespace

WorkerClient::WorkerClient(WorkerSettings settings) : settings_(std::move(settings)), subject_(SubjectOf(settings_)) {
  v1::WorkerRequest::Start& start = *start_.mutable_start();
  start.set_manifest_dir(settings_.manifest_dir);
  start.set_output_dir(settings_.output_dir);
  start.mutable_limits()->set_memory_mb(settings_.limits.child_memory_mb);
  start.mutable_limits()->set_document_seconds(settings_.limits.document_seconds);
  start.mutable_allowed()->set_files(settings_.rules.files);
  start.mutable_allowed()->set_network(settings_.rules.network);
  start.mutable_allowed()->set_processes(settings_.rules.processes);
  start.set_protocol(kProtocol);
}

uint32_t WorkerClient::Add(v1::WorkerRequest::Stage stage, StageContext& context) {
  *start_.mutable_start()->add_stages() = std::move(stage);
  contexts_.push_back(&context);
  return static_cast<uint32_t>(contexts_.size() - 1);
}

Status WorkerClient::Start() {
  const Status status = StartChild(true);
  if (status.ok() || !settings_.command) return status;
  return Status(status.kind(), contexts_.front()->stage() + ": " + status.message());
}

std::string WorkerClient::DescribeSandbox() const {
  if (!settings_.command) {
    std::string words = "isolated stages run in child processes: ";
    words += started_.call_filter() ? "system calls are filtered" : "system calls are not filtered";
    if (started_.has_landlock()) words += ", Landlock version " + std::to_string(started_.landlock());
    return words + DescribeLimits();
  }
  std::string words = contexts_.front()->stage() + " runs the program '" + CommandLine(*settings_.command) + "'";
  if (started_.has_name() || started_.has_version()) words += " (" + started_.name() + (started_.has_name() ? " " : "") + started_.version() + ")";
  words += ": files " + std::string(settings_.rules.files ? "are all open to it" : "can be read, not written");
  words += settings_.rules.network ? ", sockets are allowed" : ", sockets are refused";
  words += settings_.rules.processes ? ", what it starts may outlive it" : ", what it starts ends with it";
  if (launched_.has_landlock()) words += ", Landlock version " + std::to_string(launched_.landlock());
  return words + DescribeLimits();
}

std::string WorkerClient::DescribeLimits() const {
  std::string words;
  if (memory_limit_) words += ", " + std::to_string(settings_.limits.child_memory_mb) + " MB of memory";
  if (settings_.limits.document_seconds > 0) words += ", " + std::to_string(settings_.limits.document_seconds) + " s a document";
  return words + Joined(missing_);
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
        return Status(StatusKind::kInternal, subject_ + " could not be started again: " + status.message());
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
  if (!reply_.has_done()) return {Garbage("a reply to a document without `done`"), false};
  const v1::WorkerReply::Done& done = reply_.done();
  if (done.out_of_memory()) return {OutOfMemory(), true};
  std::string_view bytes = channel_->body();
  if (children != nullptr && !TakeChildren(done, bytes, *children)) return {Garbage("`done.children` that do not fit the body, or are more than the host takes"), false};
  PassOnCounts();
  if (done.has_failure()) return {Status(KindNamed(done.failure()), done.message()), false};
  if (!result.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return {Garbage("a body that is no garner.v1." + result.GetTypeName().substr(result.GetTypeName().rfind('.') + 1)), false};
  return {};
}

Status WorkerClient::StartChild(bool first) {
  Result<std::unique_ptr<ChildProcess>> child = Spawn();
  if (!child.ok()) return child.status();
  child_ = *std::move(child);
  channel_.emplace(child_->socket(), child_->process());
  last_words_.reset();
  launched_.Clear();
  documents_ = 0;
  used_ = false;
  open_ = false;
  const Status status = Open(first);
  if (!status.ok()) DropChild();
  return status;
}

Result<std::unique_ptr<ChildProcess>> WorkerClient::Spawn() const {
  if (!settings_.command) return ChildProcess::Spawn(settings_.program, {"garner", "worker"});
  const WorkerCommand& command = *settings_.command;
  return ChildProcess::Spawn(settings_.program, LaunchArguments(settings_.rules, command.path, command.words),
                             {.own_group = true, .shows_output = true, .folder = command.folder});
}

// What stages say while they open is heard once, not again from every child that takes another's place.
Status WorkerClient::Open(bool first) {
  start_.set_number(++number_);
  start_.SerializeToString(&head_);
  const Deadline deadline = In(settings_.open_time);
  if (const Channel::Event event = channel_->Send(head_, {}, deadline); event != Channel::Event::kOk && event != Channel::Event::kClosed)
    return Lost(event);
  if (Status status = AwaitAnswer(deadline, first); !status.ok()) return Status(status.kind(), (settings_.command ? "" : "opening isolated stages: ") + status.message());
  if (reply_.has_done()) {
    if (first) PassOnCounts();
    return Status(KindNamed(reply_.done().failure()), reply_.done().message());
  }
  if (!reply_.has_started()) return Garbage("a reply to `start` that is neither `started` nor `done`");
  started_ = reply_.started();
  if (Status status = CheckStarted(); !status.ok()) return status;
  open_ = true;
  return OkStatus();
}

// The memory of a program is bounded from here, once it has all that it starts with.
Status WorkerClient::CheckStarted() {
  if (!settings_.command) {
    missing_.assign(started_.missing().begin(), started_.missing().end());
    memory_limit_ = started_.memory_limit();
    return OkStatus();
  }
  if (started_.protocol() != kProtocol) {
    const std::string says = started_.has_protocol() ? "speaks version " + std::to_string(started_.protocol()) + " of the worker protocol" : "does not say which version of the worker protocol it speaks (started.protocol)";
    return Status(StatusKind::kConfig, subject_ + " " + says + "; this garner speaks version " + std::to_string(kProtocol) + Advice());
  }
  const std::string& wanted = start_.start().stages(0).version();
  if (!wanted.empty() && started_.has_version() && started_.version() != wanted)
    return Status(StatusKind::kConfig, subject_ + " says that it is version '" + started_.version() + "', the manifest that it is '" + wanted + "': change 'version' there, or the program");
  missing_.assign(launched_.missing().begin(), launched_.missing().end());
  memory_limit_ = false;
  if (settings_.limits.child_memory_mb > 0) {
    const int error = child_->LimitMemory(uint64_t{settings_.limits.child_memory_mb} << 20);
    memory_limit_ = error == 0;
    if (error != 0) missing_.push_back(std::string("memory cannot be limited: ") + std::strerror(error));
  }
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
    if (!reply_.ParseFromArray(head.data(), static_cast<int>(head.size()))) return Garbage("a head that is no garner.v1.WorkerReply");
    if (reply_.has_last_words()) {
      last_words_ = reply_.last_words();
    } else if (reply_.has_launched() && !open_) {
      launched_ = reply_.launched();
    } else if (reply_.has_log()) {
      if (heard) PassOn(reply_.log());
    } else if (reply_.number() == number_) {
      return OkStatus();
    } else {
      return Garbage("a reply to request " + std::to_string(reply_.number()) + ", where " + std::to_string(number_) + " is the one to answer");
    }
  }
}

Status WorkerClient::Lost(Channel::Event event) {
  if (event == Channel::Event::kMalformed) return Garbage("lengths that no frame has");
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
  if (!open_ && settings_.command)
    return Status(StatusKind::kLimit, subject_ + " did not answer `start` within " + std::to_string(settings_.open_time.count()) + " s and was killed" + Advice());
  if (!open_) return Status(StatusKind::kLimit, "was not done after " + std::to_string(settings_.open_time.count()) + " s; the process was killed");
  return Status(StatusKind::kLimit, "took longer than " + std::to_string(settings_.limits.document_seconds) +
                                        " s (limits.document_seconds); " + subject_ + " was killed");
}

Status WorkerClient::OutOfMemory() const {
  std::string words = "out of memory";
  if (memory_limit_) words += "; limits.child_memory_mb is " + std::to_string(settings_.limits.child_memory_mb);
  return Status(StatusKind::kLimit, words);
}

Status WorkerClient::Garbage(std::string_view why) {
  DropChild();
  const std::string for_authors = settings_.command ? " (" + std::string(why) + ")" : "";
  return Status(StatusKind::kInternal, subject_ + " sent something that is no answer" + for_authors + "; it was killed" + (open_ ? "" : Advice()));
}

// What to do about a program that does not start.
std::string WorkerClient::Advice() const {
  return settings_.command ? "; a stage reads requests from descriptor 3 and answers there, not on standard output: docs/worker-protocol.md" : "";
}

std::string WorkerClient::CauseOfProgramsDeath(const Ending& ending) const {
  if (launched_.has_failure()) return subject_ + " cannot be started: " + launched_.failure();
  if (ending.killed) return subject_ + " closed the connection to the host; it was killed";
  const std::string others = ending.left_others ? ", and left processes behind, which were killed" : "";
  if (ending.signal == SIGKILL) return subject_ + " was killed from outside by SIGKILL: the machine may be out of memory";
  if (ending.signal != 0) return subject_ + " died of " + SignalWords(ending.signal) + others;
  const std::string exit = " ended with exit status " + std::to_string(ending.exit_status);
  if (open_) return subject_ + exit + " in the middle of its work" + others;
  return subject_ + exit + " before it had answered `start`" + others + "; what it says about that is on standard error" + Advice();
}

std::string WorkerClient::CauseOfDeath(const Ending& ending) const {
  if (settings_.command) return CauseOfProgramsDeath(ending);
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
