#include "core/job/unpacking.h"

#include <utility>

#include "core/job/busy_lap.h"
#include "core/job/clean_info.h"
#include "core/job/document_worker.h"
#include "core/job/payload_name.h"
#include "core/plugin/markup_look.h"

namespace garner {
namespace {

// As much as detection looks at.
constexpr size_t kHeadBytes = kMarkupWindow;
// What gzip or Zstandard around a container may expand to in any case.
constexpr uint64_t kExpansionAfterBytes = uint64_t{10} << 20;

// An inflater gives what it makes in pieces of up to so many bytes, and of a piece that passes its limit nothing.
constexpr size_t kInflatedPieceBytes = size_t{128} << 10;

// The first bytes of what is compressed, as far as they are there.
std::string InflateHead(std::string_view head) {
  std::string content;
  (void)MakeInflater(head, {kHeadBytes + kInflatedPieceBytes})->Feed(head, content);
  return content;
}

Status ReadWhole(PeekedStream& stream, bool compressed, StageHost* giver, SourceItem& item) {
  InputOptions& limits = item.limits;
  if (limits.place.empty()) limits.place = PayloadName(item.payload.info);
  if (!compressed && stream.whole() && stream.head().size() <= limits.max_file_bytes) {
    item.payload.bytes = stream.TakeHead();
    return OkStatus();
  }
  Result<InputContent> content = ReadInputStream(stream, limits);
  if (!content.ok()) return content.status();
  if (content->ignored_bytes > 0 && giver != nullptr)
    giver->Warn(limits.place + ": " + std::to_string(content->ignored_bytes) + " bytes after the end of the compressed data are ignored");
  item.payload.bytes = std::move(content->bytes);
  return OkStatus();
}

}  // namespace

Unpacking::~Unpacking() {
  for (; !levels_.empty(); levels_.pop_back()) unpackers_.Return(*levels_.back()->kind, levels_.back()->host);
}

bool Unpacking::Offer(SourceItem item, const Giver& giver, LapClock& lap, Unpacked& out) {
  std::optional<BusyLap> busy;
  if (giver.host != nullptr) busy.emplace(*giver.host, lap);
  out = Unpacked();
  out.stage = giver.label;
  out.inside = !levels_.empty();
  bool opened = false;
  if (item.status.ok()) {
    const Status status = Guarded([&] { return Enter(item, giver, out, opened); });
    if (!status.ok()) item.status = status;
  }
  item.stream = nullptr;
  if (!opened) out.item = std::move(item);
  return !opened;
}

// Opens the item where it holds others, reads it where it does not. A failure is that of reading.
Status Unpacking::Enter(SourceItem& item, const Giver& giver, Unpacked& out, bool& opened) {
  std::unique_ptr<PeekedStream> stream;
  std::string_view head = std::string_view(item.payload.bytes).substr(0, kHeadBytes);
  if (levels_.empty()) budget_.Reset();
  if (levels_.empty() && item.stream == nullptr) budget_.AddGiven(item.payload.bytes.size());
  if (item.stream != nullptr) {
    stream = std::make_unique<PeekedStream>(levels_.empty() ? budget_.Given(std::move(item.stream)) : budget_.Made(std::move(item.stream)));
    const Result<std::string_view> peeked = stream->Peek(kHeadBytes);
    if (!peeked.ok()) return peeked.status();
    head = *peeked;
  }
  const std::string_view compression = stream == nullptr ? std::string_view() : CompressionOf(head);
  Unpackers::Kind* kind = KindOf(head, compression, item.payload.info);
  if (kind == nullptr) return stream == nullptr ? OkStatus() : ReadWhole(*stream, !compression.empty(), giver.host, item);
  const size_t depth = levels_.size() + 1;
  std::string stage = kHostStage;
  if (depth > unpackers_.limits().depth) {
    item.status = Status(StatusKind::kLimit, "is a container, and stands " + std::to_string(depth) + " deep inside others; limits.container_depth is " +
                                                 std::to_string(unpackers_.limits().depth));
  } else {
    stage = out.stage = kind->plan().label;
    item.status = Open(*kind, item, std::move(stream), compression);
  }
  opened = item.status.ok();
  if (!opened) out.outcome = Failed(stage, item.status);
  return item.status;
}

Unpackers::Kind* Unpacking::KindOf(std::string_view head, std::string_view compression, const v1::PayloadInfo& info) const {
  if (unpackers_.limits().depth == 0 || unpackers_.kinds().empty()) return nullptr;
  return compression.empty() ? unpackers_.For(head, info) : unpackers_.For(InflateHead(head), info);
}

Status Unpacking::Open(Unpackers::Kind& kind, SourceItem& item, std::unique_ptr<ByteStream> raw, std::string_view compression) {
  const Result<StageHost*> host = unpackers_.Take(kind);
  if (!host.ok()) return host.status();
  auto level = std::make_unique<Level>();
  level->kind = &kind;
  level->host = *host;
  level->info = item.payload.info;
  level->bytes = std::move(item.payload.bytes);
  level->raw = raw != nullptr ? std::move(raw) : std::make_unique<MemoryStream>(level->bytes);
  if (!compression.empty() && !kind.TakesRaw(compression))
    level->content = std::make_unique<InflatingStream>(*level->raw, ExpansionLimit{unpackers_.limits().ratio, kExpansionAfterBytes, "limits.container_ratio"});
  level->path = PathInside(level->info);
  level->paths.emplace(level->info);
  level->host->set_document(PayloadName(level->info));
  ByteStream& stream = level->content != nullptr ? static_cast<ByteStream&>(*level->content) : *level->raw;
  const Status status = Guarded([&] { return level->host->As<UnpackerStage>().Begin(level->info, stream); });
  if (status.ok()) {
    level->host->Count("containers_opened", 1);
    levels_.push_back(std::move(level));
  } else {
    unpackers_.Return(kind, level->host);
  }
  return status;
}

bool Unpacking::Next(LapClock& lap, Unpacked& out) {
  while (!levels_.empty()) {
    Level& level = *levels_.back();
    SourceItem item;
    const Result<bool> more = NextItem(level, lap, item);
    const std::string& label = level.kind->plan().label;
    if (!more.ok()) {
      Close(Failed(label, more.status()), out);
      return true;
    }
    if (*more) {
      if (Offer(std::move(item), {label, level.kind->first()}, lap, out)) return true;
      continue;
    }
    const bool empty = level.items == 0;
    const bool outermost = levels_.size() == 1;
    Close(empty ? Outcome{Outcome::Kind::kDropped, "empty_container", label, "there is nothing in it that could be a document"}
                : Outcome{Outcome::Kind::kUnpacked, "", label, ""},
          out);
    if (empty || outermost) return true;
  }
  return false;
}

Result<bool> Unpacking::NextItem(Level& level, LapClock& lap, SourceItem& item) {
  const BusyLap busy(*level.kind->first(), lap);
  bool more = false;
  const Status status = Guarded([&] {
    const Result<bool> next = level.host->As<UnpackerStage>().Next(item);
    more = next.ok() && *next;
    return next.status();
  });
  if (!status.ok()) return status;
  if (!more) return false;
  ++level.items;
  budget_.AddMade(item.payload.bytes.size());
  if (Status used_up = budget_.status(); !used_up.ok()) return used_up;
  v1::PayloadInfo& info = item.payload.info;
  CleanInfo(info);
  info.set_uri(level.info.uri());
  if (level.info.has_parent_id()) info.set_parent_id(level.info.parent_id());
  if (info.has_container_path() || !info.has_record_key()) {
    info.set_container_path(level.paths->Next(info.container_path()));
  } else if (!level.path.empty()) {
    info.set_container_path(level.path);
  }
  return true;
}

// Takes the innermost container off; `out` is the word about it.
void Unpacking::Close(const Outcome& outcome, Unpacked& out) {
  const std::unique_ptr<Level> level = std::move(levels_.back());
  levels_.pop_back();
  if (level->content != nullptr && level->content->ignored_bytes() > 0)
    level->host->Warn(std::to_string(level->content->ignored_bytes()) + " bytes after the end of the compressed data are ignored");
  unpackers_.Return(*level->kind, level->host);
  out = Unpacked();
  out.item.payload.info = std::move(level->info);
  out.stage = outcome.stage;
  out.inside = !levels_.empty();
  out.outcome = outcome;
}

}  // namespace garner
