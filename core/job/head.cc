#include "core/job/head.h"

#include "core/job/busy_lap.h"
#include "core/job/payload_name.h"
#include "garner/escape.h"
#include "garner/hash.h"

namespace garner {
namespace {

// In what an item is not the one of the journal; empty where it is.
std::string Difference(const Unpacked& unpacked, const JournalEntry& entry) {
  const SourceItem& item = unpacked.item;
  const v1::PayloadInfo& now = item.payload.info;
  const v1::PayloadInfo& before = entry.source;
  const bool same_item = now.uri() == before.uri() && now.container_path() == before.container_path() && now.record_key() == before.record_key();
  const std::string name = EscapeForTerminal(PayloadName(now));
  if (!same_item) return name + " stands where " + EscapeForTerminal(PayloadName(before)) + " was";
  if (unpacked.outcome) return unpacked.outcome->kind == entry.outcome.kind ? "" : name + " has changed";
  if (item.status.ok() != before.has_sha256()) return name + (item.status.ok() ? " can be read now" : " cannot be read any more");
  if (item.status.ok() && Sha256Hex(item.payload.bytes) != before.sha256()) return name + " has changed";
  return {};
}

}  // namespace

void Head::SetSource(std::unique_ptr<StageHost> source, std::unique_ptr<Unpackers> unpackers) {
  unpacking_ = nullptr;
  source_ = std::move(source);
  unpackers_ = std::move(unpackers);
  unpacking_ = std::make_unique<Unpacking>(*unpackers_);
}

Result<bool> Head::Skip(Journal& journal, uint64_t items, std::string& difference) {
  const auto take = [&](const JournalEntry& entry) -> Status {
    if (Interrupted()) return Status(StatusKind::kIo, "interrupted before it went on; nothing has changed");
    if (!difference.empty()) return OkStatus();
    Unpacked unpacked;
    const Result<bool> more = NextPayload(unpacked);
    if (!more.ok()) return Status(more.status().kind(), source_->plan().label + ": " + more.status().message());
    difference = *more ? Difference(unpacked, entry) : EscapeForTerminal(PayloadName(entry.source)) + " is gone";
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
  if (task == nullptr) return task;
  task->lap = lap_;
  task->number = next_++;
  source_->TakeTally(task->source_tallies);
  for (const auto& kind : unpackers_->kinds())
    if (kind->first() != nullptr) kind->first()->TakeTally(task->source_tallies);
  task->waited.head_for_room = std::exchange(waited_, std::chrono::nanoseconds(0));
  return task;
}

// Leaves `task` empty where the input or the round ends.
Status Head::Take(std::unique_ptr<Task>& task) {
  if (stopped_.load() || Interrupted()) {
    ended_ = true;
    return OkStatus();
  }
  if (const uint64_t bytes = bytes_in_flight_.load(); bytes > 0 && bytes >= max_bytes_in_flight_) return OkStatus();
  auto taken = std::make_unique<Task>();
  const Result<bool> more = NextPayload(taken->unpacked);
  if (!more.ok()) return more.status();
  ended_ = !*more;
  if (ended_) return OkStatus();
  taken->bytes = taken->unpacked.item.payload.bytes.size();
  bytes_in_flight_ += taken->bytes;
  task = std::move(taken);
  return OkStatus();
}

// False: the source has no more.
Result<bool> Head::NextPayload(Unpacked& out) {
  while (true) {
    if (unpacking_->Next(lap_, out)) return true;
    SourceItem item;
    {
      const BusyLap busy(*source_, lap_);
      const Result<bool> more = source_->As<SourceStage>().Next(item);
      if (!more.ok() || !*more) return more;
    }
    if (unpacking_->Offer(std::move(item), {source_->plan().label, source_.get()}, lap_, out)) return true;
  }
}

}  // namespace garner
