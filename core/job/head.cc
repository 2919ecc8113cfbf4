#include "core/job/head.h"

namespace garner {

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
