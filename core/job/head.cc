#include "core/job/head.h"

#include "garner/escape.h"
#include "garner/hash.h"

namespace garner {
namespace {

// In what an item is not the one of the journal; empty where it is.
std::string Difference(const SourceItem& item, const v1::PayloadInfo& before) {
  const v1::PayloadInfo& now = item.payload.info;
  const bool same_item = now.uri() == before.uri() && now.container_path() == before.container_path() && now.record_key() == before.record_key();
  if (!same_item) return EscapeForTerminal(now.uri()) + " stands where " + EscapeForTerminal(before.uri()) + " was";
  if (item.status.ok() != before.has_sha256()) return EscapeForTerminal(now.uri()) + (item.status.ok() ? " can be read now" : " cannot be read any more");
  if (item.status.ok() && Sha256Hex(item.payload.bytes) != before.sha256()) return EscapeForTerminal(now.uri()) + " has changed";
  return {};
}

}  // namespace

Result<bool> Head::Skip(Journal& journal, uint64_t items, std::string& difference) {
  const auto take = [&](const JournalEntry& entry) -> Status {
    if (Interrupted()) return Status(StatusKind::kIo, "interrupted before it went on; nothing has changed");
    if (!difference.empty()) return OkStatus();
    SourceItem item;
    const Result<bool> more = source_->As<SourceStage>().Next(item);
    if (!more.ok()) return Status(more.status().kind(), source_->plan().label + ": " + more.status().message());
    difference = *more ? Difference(item, entry.source) : EscapeForTerminal(entry.source.uri()) + " is gone";
    ++next_;
    return OkStatus();
  };
  if (Status status = Guarded([&] { return journal.ForEachItem(take); }); !status.ok()) return status;
  if (difference.empty() && next_ != items) difference = "the journal is incomplete";
  if (!difference.empty()) next_ = 0;
  lap_.Take();
  return difference.empty();
}

std::unique_ptr<Task> Head::Next() {
  waited_ += lap_.Take();
  std::unique_ptr<Task> task;
  if (const Status status = Guarded([&] { return Take(task); }); !status.ok()) {
    status_ = status;
    ended_ = true;
  }
  source_->AddBusy(lap_.Take());
  if (task == nullptr) return task;
  task->lap = lap_;
  task->number = next_++;
  source_->TakeTally(task->source_tallies);
  task->waited.head_for_room = std::exchange(waited_, std::chrono::nanoseconds(0));
  return task;
}

// Leaves `task` empty where the input or the round ends.
Status Head::Take(std::unique_ptr<Task>& task) {
  if (stopped_.load() || Interrupted()) {
    ended_ = true;
    return OkStatus();
  }
  if (const uint64_t bytes = bytes_in_flight_.load(); bytes > 0 && bytes >= options_.max_bytes_in_flight) return OkStatus();
  auto taken = std::make_unique<Task>();
  const Result<bool> more = source_->As<SourceStage>().Next(taken->item);
  if (!more.ok()) return more.status();
  ended_ = !*more;
  if (ended_) return OkStatus();
  taken->bytes = taken->item.payload.bytes.size();
  bytes_in_flight_ += taken->bytes;
  task = std::move(taken);
  return OkStatus();
}

}  // namespace garner
