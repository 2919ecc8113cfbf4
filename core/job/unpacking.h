// Takes payloads apart that hold others, and those inside them, and hands out what is none: read whole, in order.
//
//   Unpacking unpacking(unpackers);
//   if (unpacking.Offer(std::move(item), {source_label, source_host}, lap, out)) Use(out);
//   while (unpacking.Next(lap, out)) Use(out);        // what was in it
//
// What goes wrong with a container is the failure of a document in its place: nothing is lost in silence. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/job/child_paths.h"
#include "core/job/expansion_budget.h"
#include "core/job/lap_clock.h"
#include "core/job/unpackers.h"
#include "core/sdk/inflating_stream.h"
#include "core/sdk/peeked_stream.h"

namespace garner {

// One payload on its way to a worker, or a word about a container.
struct Unpacked {
  // Read whole, or with a status. Of a container without its bytes, as a rule.
  SourceItem item;
  // The label of the stage that it counts as coming from: of a container, its unpacker.
  std::string stage;
  // It came out of the item that was offered.
  bool inside = false;
  // Of a container, in its place: it failed, held nothing, or (of the one that was offered) is done with: kUnpacked. Absent for payloads.
  std::optional<Outcome> outcome;
};

// Whoever gave an item: time that goes into reading it is that stage's.
struct Giver {
  std::string label;
  StageHost* host = nullptr;  // may be absent
};

class Unpacking {
 public:
  // `unpackers` must outlive it.
  explicit Unpacking(Unpackers& unpackers) : unpackers_(unpackers), budget_(unpackers.limits().ratio) {}
  ~Unpacking();
  Unpacking(const Unpacking&) = delete;
  Unpacking& operator=(const Unpacking&) = delete;

  // True: `out` is what the item is. False: it holds others, and Next gives them. Not while a container is open.
  bool Offer(SourceItem item, const Giver& giver, LapClock& lap, Unpacked& out);
  // The next payload inside, last of all the container itself. False: no container is open.
  bool Next(LapClock& lap, Unpacked& out);

 private:
  // An open container.
  struct Level {
    Unpackers::Kind* kind = nullptr;
    StageHost* host = nullptr;
    v1::PayloadInfo info;
    std::string bytes;                         // of one that was read already
    std::unique_ptr<ByteStream> raw;           // as it stands
    std::unique_ptr<InflatingStream> content;  // where the host undoes its compression
    std::string path;                          // of the records in it
    std::optional<ChildPaths> paths;
    uint64_t items = 0;
  };

  Status Enter(SourceItem& item, const Giver& giver, Unpacked& out, bool& opened);
  Unpackers::Kind* KindOf(std::string_view head, std::string_view compression, const v1::PayloadInfo& info) const;
  Status Open(Unpackers::Kind& kind, SourceItem& item, std::unique_ptr<ByteStream> raw, std::string_view compression);
  Result<bool> NextItem(Level& level, LapClock& lap, SourceItem& item);
  void Close(const Outcome& outcome, Unpacked& out);

  Unpackers& unpackers_;
  ExpansionBudget budget_;  // of the item that was offered last
  std::vector<std::unique_ptr<Level>> levels_;
};

}  // namespace garner
