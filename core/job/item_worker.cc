#include "core/job/item_worker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/job/child_paths.h"
#include "core/job/clean_info.h"
#include "core/job/payload_name.h"

namespace garner {
namespace {

constexpr uint64_t kMegabyte = uint64_t{1} << 20;

class ItemWorker {
 public:
  ItemWorker(const StageSet& stages, const NestedLimits& limits)
      : stages_(stages), max_depth_(limits.depth), left_{limits.payloads, limits.megabytes * kMegabyte} {}

  std::vector<Processed> Run(Unpacked& unpacked) {
    if (unpacked.outcome) {
      done_.push_back(AboutContainer(unpacked));
      return std::move(done_);
    }
    Children children(left_);
    done_.push_back(ProcessPayload(std::move(unpacked.item), stages_, unpacked.stage, &children));
    const Status status = Guarded([&] {
      Queue(children, 0);
      while (!waiting_.empty()) {
        Waiting next = std::move(waiting_.back());
        waiting_.pop_back();
        Visit(std::move(next));
      }
      return OkStatus();
    });
    if (!status.ok()) GiveUp(status);
    for (const auto& kind : stages_.unpackers().kinds())
      if (kind->first() != nullptr) kind->first()->TakeTally(done_.front().tallies);
    return std::move(done_);
  }

 private:
  struct Waiting {
    Payload payload;
    // Of a container, in place of a document.
    std::optional<Outcome> outcome;
    // Not ok: it comes no further. `stage` says where.
    Status status;
    std::string stage;
    uint32_t depth = 0;
    bool read = true;
  };

  void Visit(Waiting next) {
    if (next.outcome) return Add(PayloadWithOutcome(next.payload.info, *next.outcome));
    if (!next.status.ok()) {
      Processed failed = FailedPayload(next.payload.info, next.stage, next.status);
      failed.payload = {std::move(next.payload.bytes), next.read};
      Add(std::move(failed));
      return;
    }
    const uint32_t depth = next.depth;
    Unpacking unpacking(stages_.unpackers());
    Unpacked unpacked;
    SourceItem item;
    item.payload = std::move(next.payload);
    if (!unpacking.Offer(std::move(item), {kHostStage}, lap_, unpacked)) return QueueMembers(unpacking, depth + 1);
    if (unpacked.outcome) {
      unpacked.outcome = AsTheHosts(*unpacked.outcome);
      return Add(AboutContainer(unpacked));
    }
    Children children(left_);
    Add(ProcessPayload(std::move(unpacked.item), stages_, kHostStage, &children));
    Queue(children, depth);
  }

  // Opening a container inside another payload is the host's work, in reports.
  static Outcome AsTheHosts(Outcome outcome) {
    if (outcome.stage == kHostStage) return outcome;
    outcome.message = outcome.stage + ": " + outcome.message;
    outcome.stage = kHostStage;
    return outcome;
  }

  // A container in the place of a document.
  static Processed AboutContainer(Unpacked& unpacked) {
    Processed done = PayloadWithOutcome(unpacked.item.payload.info, *unpacked.outcome);
    done.payload = {std::move(unpacked.item.payload.bytes), false};
    done.payload.read = !done.payload.bytes.empty();
    return done;
  }

  // What a container holds that is a child itself.
  void QueueMembers(Unpacking& unpacking, uint32_t depth) {
    std::vector<Waiting> queue;
    Unpacked unpacked;
    while (unpacking.Next(lap_, unpacked)) {
      if (unpacked.outcome && unpacked.outcome->kind == Outcome::Kind::kUnpacked) continue;
      queue.push_back(MemberOf(std::move(unpacked), depth));
      if (left_.payloads == 0) break;
      --left_.payloads;
      left_.bytes -= std::min<uint64_t>(left_.bytes, queue.back().payload.bytes.size());
    }
    waiting_.insert(waiting_.end(), std::make_move_iterator(queue.rbegin()), std::make_move_iterator(queue.rend()));
  }

  Waiting MemberOf(Unpacked unpacked, uint32_t depth) const {
    Waiting waiting;
    waiting.payload = std::move(unpacked.item.payload);
    waiting.status = unpacked.item.status;
    if (unpacked.outcome) waiting.outcome = AsTheHosts(*unpacked.outcome);
    waiting.stage = kHostStage;
    waiting.depth = depth;
    waiting.read = waiting.status.ok();
    if (left_.payloads == 0) {
      waiting.outcome.reset();
      Refuse(Children::TooMany(), waiting);
    } else if (waiting.payload.bytes.size() > left_.bytes) {
      Refuse(Children::TooLarge(), waiting);
    }
    return waiting;
  }

  static void Refuse(const Status& status, Waiting& waiting) {
    waiting.status = status;
    waiting.read = false;
    std::string().swap(waiting.payload.bytes);
  }

  void Add(Processed done) {
    done.is_child = true;
    done_.push_back(std::move(done));
  }

  // Memory is at its end: what was still to come is the item's failure.
  void GiveUp(const Status& status) {
    Processed& item = done_.front();
    item.outcome = Failed(kHostStage, Status(status.kind(), "the payloads inside it: " + status.message()));
    item.payload.read = !item.payload.bytes.empty();
  }

  // What was found inside the last document. The last of them goes in first: the stack gives them back in order.
  void Queue(Children& found, uint32_t depth) {
    if (found.all().empty()) return;
    left_.payloads -= std::min<uint64_t>(left_.payloads, found.all().size());
    left_.bytes -= std::min(left_.bytes, found.bytes());
    const v1::Document& parent = *done_.back().document;
    const std::string decoder = parent.lineage_size() > 0 ? parent.lineage(0).stage() : kHostStage;
    ChildPaths paths(parent.source());
    std::vector<Waiting> queue;
    for (Children::Child& child : found.Take()) queue.push_back(MakeWaiting(std::move(child), parent, decoder, depth + 1, paths));
    waiting_.insert(waiting_.end(), std::make_move_iterator(queue.rbegin()), std::make_move_iterator(queue.rend()));
  }

  Waiting MakeWaiting(Children::Child child, const v1::Document& parent, const std::string& decoder, uint32_t depth,
                      ChildPaths& paths) const {
    Waiting waiting;
    v1::PayloadInfo& info = waiting.payload.info;
    info.set_uri(parent.source().uri());
    info.set_container_path(paths.Next(child.payload.name));
    if (!child.payload.declared_media_type.empty()) info.set_declared_media_type(child.payload.declared_media_type);
    if (!child.payload.declared_charset.empty()) info.set_declared_charset(child.payload.declared_charset);
    for (const v1::RecordField& field : child.payload.record_fields) *info.add_record_fields() = field;
    CleanInfo(info);
    info.set_parent_id(parent.id());
    waiting.payload.bytes = std::move(child.payload.bytes);
    waiting.status = child.payload.status;
    waiting.stage = child.refused ? kHostStage : decoder;
    waiting.read = child.payload.status.ok();
    waiting.depth = depth;
    if (waiting.status.ok() && depth > max_depth_) {
      waiting.status =
          Status(StatusKind::kLimit, "stands " + std::to_string(depth) + " deep inside its item; limits.nested_depth is " +
                                         std::to_string(max_depth_));
      waiting.stage = kHostStage;
    }
    return waiting;
  }

  const StageSet& stages_;
  LapClock lap_;
  const uint32_t max_depth_;
  ChildAllowance left_;
  std::vector<Waiting> waiting_;
  std::vector<Processed> done_;
};

}  // namespace

std::vector<Processed> ProcessItem(Unpacked& unpacked, const StageSet& stages, const NestedLimits& limits) {
  return ItemWorker(stages, limits).Run(unpacked);
}

uint64_t ChildBytes(const std::vector<Processed>& documents) {
  uint64_t bytes = 0;
  for (size_t i = 1; i < documents.size(); ++i) bytes += documents[i].document->source().bytes();
  return bytes;
}

Outcome FailureInside(const v1::PayloadInfo& inside, Outcome failure) {
  failure.message = PayloadName(inside) + ": " + failure.message;
  return failure;
}

Outcome OutcomeOfItem(const std::vector<Processed>& documents) {
  const auto failed = std::find_if(documents.begin(), documents.end(),
                                   [](const Processed& done) { return done.outcome.kind == Outcome::Kind::kFailed; });
  if (failed == documents.end() || failed == documents.begin()) return documents.front().outcome;
  return FailureInside(ReadFrom(*failed), failed->outcome);
}

}  // namespace garner
