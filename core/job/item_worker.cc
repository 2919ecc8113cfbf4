#include "core/job/item_worker.h"

#include <algorithm>
#include <utility>

#include "core/job/child_paths.h"
#include "core/job/payload_name.h"

namespace garner {
namespace {

constexpr uint64_t kMegabyte = uint64_t{1} << 20;

class ItemWorker {
 public:
  ItemWorker(const StageSet& stages, const NestedLimits& limits)
      : stages_(stages), max_depth_(limits.depth), left_{limits.payloads, limits.megabytes * kMegabyte} {}

  std::vector<Processed> Run(SourceItem item, const std::string& source_label) {
    Children children(left_);
    done_.push_back(ProcessPayload(std::move(item), stages_, source_label, &children));
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
    return std::move(done_);
  }

 private:
  struct Waiting {
    Payload payload;
    // Not ok: it comes no further. `stage` says where.
    Status status;
    std::string stage;
    uint32_t depth = 0;
    bool read = true;
  };

  void Visit(Waiting next) {
    if (!next.status.ok()) {
      Processed failed = FailedPayload(next.payload.info, next.stage, next.status);
      failed.payload = {std::move(next.payload.bytes), next.read};
      Add(std::move(failed));
      return;
    }
    Children children(left_);
    Add(ProcessPayload({std::move(next.payload), OkStatus()}, stages_, kHostStage, &children));
    Queue(children, next.depth);
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
    if (parent.source().has_record_key()) info.set_record_key(parent.source().record_key());
    if (!child.payload.declared_media_type.empty()) info.set_declared_media_type(child.payload.declared_media_type);
    if (!child.payload.declared_charset.empty()) info.set_declared_charset(child.payload.declared_charset);
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
  const uint32_t max_depth_;
  ChildAllowance left_;
  std::vector<Waiting> waiting_;
  std::vector<Processed> done_;
};

}  // namespace

std::vector<Processed> ProcessItem(SourceItem item, const StageSet& stages, const std::string& source_label,
                                   const NestedLimits& limits) {
  return ItemWorker(stages, limits).Run(std::move(item), source_label);
}

uint64_t ChildBytes(const std::vector<Processed>& documents) {
  uint64_t bytes = 0;
  for (size_t i = 1; i < documents.size(); ++i) bytes += documents[i].document->source().bytes();
  return bytes;
}

Outcome OutcomeOfItem(const std::vector<Processed>& documents) {
  const auto failed = std::find_if(documents.begin(), documents.end(),
                                   [](const Processed& done) { return done.outcome.kind == Outcome::Kind::kFailed; });
  if (failed == documents.end() || failed == documents.begin()) return documents.front().outcome;
  Outcome outcome = failed->outcome;
  outcome.message = PayloadName(failed->document->source()) + ": " + outcome.message;
  return outcome;
}

}  // namespace garner
