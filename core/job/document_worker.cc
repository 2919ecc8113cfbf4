#include "core/job/document_worker.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <set>

#include "core/job/busy_lap.h"
#include "core/job/payload_name.h"
#include "core/plugin/detection.h"
#include "core/sdk/document_check.h"
#include "core/sdk/edit_applier.h"
#include "garner/hash.h"
#include "garner/metadata.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr size_t kIdDigits = 32;

// NUL cannot stand in any of the parts, so different parts never give the same key.
std::string DocumentId(const v1::PayloadInfo& info) {
  const char nul = '\0';
  return Sha256Hex(info.uri() + nul + info.container_path() + nul + info.record_key()).substr(0, kIdDigits);
}

v1::Lineage* AddLineage(const StagePlan& plan, v1::Document& document) {
  v1::Lineage* entry = document.add_lineage();
  entry->set_stage(plan.label);
  entry->set_plugin(plan.plugin->manifest.name());
  entry->set_version(plan.plugin->manifest.version());
  entry->set_options_hash(plan.options_hash);
  return entry;
}

bool IsDocumentId(std::string_view text) {
  return text.size() == kIdDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string TakenMediaTypes(const StageSet& stages) {
  std::vector<std::string> types;
  for (const auto& host : stages.decoders())
    for (const std::string& type : host->plan().plugin->manifest.media_types()) types.push_back(type);
  std::sort(types.begin(), types.end());
  std::string joined;
  for (const std::string& type : types) joined += (joined.empty() ? "" : ", ") + type;
  return joined.empty() ? "nothing: there is no decoder" : joined;
}

bool AnyGlobMatches(const std::vector<std::string>& globs, const std::string& text) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return fnmatch(glob.c_str(), text.c_str(), 0) == 0; });
}

bool Contains(const std::vector<std::string>& accepted, std::string_view value) {
  return std::find(accepted.begin(), accepted.end(), value) != accepted.end();
}

// Why the condition does not hold; empty where it does.
std::string WhyNot(const Condition& when, const v1::Document& document) {
  const std::string language(ChosenValue(document, "language"));
  if (!when.language.empty() && !Contains(when.language, language) && !Contains(when.language, language.substr(0, language.find('-'))))
    return language.empty() ? "when: the language is unknown" : "when: the language is " + language;
  if (!when.media_type.empty() && !Contains(when.media_type, document.source().media_type())) return "when: the media type is " + document.source().media_type();
  if (!when.uri.empty() && !AnyGlobMatches(when.uri, document.source().uri())) return "when: the uri does not match";
  for (const auto& [key, accepted] : when.metadata) {
    const std::vector<std::string_view> values = ChosenValues(document, key);
    const bool matches = std::any_of(values.begin(), values.end(), [&accepted = accepted](std::string_view value) { return Contains(accepted, value); });
    if (!matches) return "when: metadata " + key + (values.empty() ? " is not set" : " has another value");
  }
  return {};
}

Status CheckRestored(const v1::Document& document) {
  if (!IsDocumentId(document.id())) return Status(StatusKind::kInvalidInput, "holds no document's id; 32 hexadecimal digits are wanted");
  const Status status = CheckFinishedDocument(document);
  // Not the decoder's fault: whoever wrote the payload made it up.
  return status.ok() ? status : Status(StatusKind::kInvalidInput, status.message());
}

// What the record around the payload says goes before what the payload says of itself.
void AddRecordFields(v1::Document& document) {
  std::set<std::string_view> keys;
  for (const v1::RecordField& field : document.source().record_fields()) {
    if (field.key().empty() || field.value().empty()) continue;
    const bool first = keys.insert(field.key()).second;
    if (first)
      for (v1::Metadata& candidate : *document.mutable_metadata())
        if (candidate.key() == field.key()) candidate.set_chosen(false);
    v1::Metadata& added = *document.add_metadata();
    added.set_key(field.key());
    added.set_value(field.value());
    added.set_origin(field.origin());
    added.set_chosen(first || IsListKey(field.key()));
    added.set_stage(kHostStage);
  }
}

// Of the blocks of memory that an arena asks for. A news article with its marks takes about a hundred kilobytes.
constexpr size_t kFirstArenaBlock = 32 << 10;
constexpr size_t kLargestArenaBlock = 1 << 20;

class Worker {
 public:
  // Keeps the payload's bytes as they are and fills in what becomes known of it.
  Worker(Payload& payload, const StageSet& stages, Children& children)
      : payload_(payload),
        stages_(stages),
        children_(children),
        name_(PayloadName(payload.info)),
        owned_(OwnedDocument::Make()),
        document_(*owned_) {}

  Processed Run() {
    Identify();
    const std::chrono::nanoseconds detecting = lap_.Take();
    Outcome outcome = Decode();
    if (outcome.kind == Outcome::Kind::kWritten) outcome = Transform();
    lap_.Take();
    if (outcome.kind == Outcome::Kind::kWritten) outcome = CheckSize();
    return {std::move(owned_), std::move(outcome), {}, {}, false, std::move(restored_), std::move(notes_), {}, detecting, lap_.Take()};
  }

 private:
  void Identify() {
    const Detected detected = DetectMediaType(payload_.bytes, payload_.info, stages_.reader_files());
    payload_.info.set_bytes(payload_.bytes.size());
    payload_.info.set_sha256(Sha256Hex(payload_.bytes));
    payload_.info.set_media_type(detected.media_type);
    payload_.info.set_media_type_evidence(detected.evidence);
    document_.set_id(DocumentId(payload_.info));
    *document_.mutable_source() = payload_.info;
  }

  Outcome Decode() {
    if (payload_.bytes.empty()) return {Outcome::Kind::kDropped, "empty_payload", kDetectStage, "the payload has no bytes"};
    StageHost* host = stages_.DecoderFor(payload_.info.media_type());
    if (host == nullptr) {
      return Failed(kDetectStage, Status(StatusKind::kUnsupported, "no decoder takes " + payload_.info.media_type() + " (by " + payload_.info.media_type_evidence() +
                                                                   "); the decoders at hand take " + TakenMediaTypes(stages_)));
    }
    const BusyLap busy(*host, lap_);
    const std::string& label = host->plan().label;
    host->set_document(name_);
    AddLineage(host->plan(), document_);
    v1::Document& decoded = *google::protobuf::Arena::CreateMessage<v1::Document>(document_.GetArena());
    *decoded.mutable_source() = payload_.info;
    Status status = Guarded([&] { return host->As<DecoderStage>().DecodeWithChildren(payload_, &decoded, children_); });
    const bool restores = host->plan().plugin->manifest.restores_documents();
    if (status.ok()) status = restores ? CheckRestored(decoded) : CheckDocument(decoded, payload_.bytes.size());
    if (!status.ok()) return Failed(label, status);
    restores ? Restore(decoded, label) : TakeOver(decoded, label);
    if (document_.has_drop()) return DroppedBecause(document_.drop(), label);
    if (document_.text().empty() && document_.metadata_size() == 0) return {Outcome::Kind::kDropped, "no_text", label, "the payload holds no text"};
    return {};
  }

  // What the decoder made, without its word on things that are the host's: who the document is, what the payload is, who worked on it.
  void TakeOver(v1::Document& decoded, const std::string& label) {
    for (v1::Removal& removal : *decoded.mutable_removals()) removal.set_stage(label);
    for (v1::Metadata& metadata : *decoded.mutable_metadata()) metadata.set_stage(label);
    for (v1::Annotation& annotation : *decoded.mutable_annotations()) annotation.set_stage(label);
    for (v1::Signal& signal : *decoded.mutable_signals()) signal.set_stage(label);
    if (decoded.has_drop()) decoded.mutable_drop()->set_stage(label);
    payload_.info.set_charset(decoded.source().charset());
    payload_.info.set_charset_evidence(decoded.source().charset_evidence());
    *decoded.mutable_source() = payload_.info;
    decoded.set_id(document_.id());
    decoded.mutable_lineage()->Swap(document_.mutable_lineage());
    document_.Swap(&decoded);
    AddRecordFields(document_);
  }

  // A document that was written before says itself who it is.
  void Restore(v1::Document& decoded, const std::string& label) {
    restored_ = Restored{payload_.info, label, decoded.lineage_size()};
    document_.Swap(&decoded);
  }

  Outcome Transform() {
    for (size_t place = 0; place < stages_.transforms().size(); ++place) {
      const auto& host = stages_.transforms()[place];
      const std::string& label = host->plan().label;
      v1::Lineage* lineage = AddLineage(host->plan(), document_);
      if (host->plan().when) {
        const std::string skipped = WhyNot(*host->plan().when, document_);
        if (!skipped.empty()) {
          lineage->set_skipped(skipped);
          continue;
        }
      }
      const BusyLap busy(*host, lap_);
      host->set_document(name_);
      Edits& edits = host->NewEdits();
      Status status = Guarded([&] { return host->As<TransformStage>().Process(document_, edits); });
      if (status.ok()) status = TakeNote(place, *host, edits.proto());
      if (status.ok()) status = Guarded([&] { return ApplyEdits(edits.proto(), label, &document_); });
      if (!status.ok()) return Failed(label, status);
      if (document_.has_drop()) return DroppedBecause(document_.drop(), label);
    }
    return {};
  }

  Status TakeNote(size_t place, const StageHost& host, v1::Edits& edits) {
    const bool decides = host.plan().plugin->manifest.decides();
    const size_t bytes = edits.note().size();
    if (!decides && edits.has_note())
      return Status(StatusKind::kInvalidEdits, "leaves a note, which is for stages whose plugin.textproto says 'decides: true'");
    if (bytes > kMaxNoteBytes)
      return Status(StatusKind::kLimit, fmt::format("leaves a note of {} bytes; {} are accepted", bytes, kMaxNoteBytes));
    if (decides) notes_.push_back({place, std::move(*edits.mutable_note())});
    return OkStatus();
  }

  Outcome CheckSize() const {
    const Status status = CheckDocumentSize(document_, kMaxDocumentBytes);
    return status.ok() ? Outcome() : Failed(kHostStage, status);
  }

  Payload& payload_;
  const StageSet& stages_;
  Children& children_;
  const std::string name_;
  OwnedDocument owned_;
  v1::Document& document_;  // the same
  std::optional<Restored> restored_;
  std::vector<StageNote> notes_;
  LapClock lap_;
};

}  // namespace

Outcome Failed(std::string_view stage, const Status& status) {
  return {Outcome::Kind::kFailed, std::string(KindName(status.kind())), std::string(stage), status.message()};
}

Outcome DroppedBecause(const v1::Drop& drop, std::string_view stage) {
  return {Outcome::Kind::kDropped, drop.rule(), std::string(stage), drop.message()};
}

std::string DecisionLabel(const StagePlan& transform) { return transform.label + ".decide"; }

bool Decides(const StagePlan& transform) { return transform.plugin->manifest.decides(); }

OwnedDocument OwnedDocument::Make() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = kFirstArenaBlock;
  options.max_block_size = kLargestArenaBlock;
  OwnedDocument made;
  made.arena_ = std::make_unique<google::protobuf::Arena>(options);
  made.document_ = google::protobuf::Arena::CreateMessage<v1::Document>(made.arena_.get());
  return made;
}

const v1::PayloadInfo& ReadFrom(const Processed& done) { return done.restored ? done.restored->read_from : done.document->source(); }

Processed PayloadWithOutcome(const v1::PayloadInfo& info, Outcome outcome) {
  Processed done{OwnedDocument::Make(), std::move(outcome), {}};
  *done.document->mutable_source() = info;
  done.document->set_id(DocumentId(info));
  return done;
}

Processed FailedPayload(const v1::PayloadInfo& info, std::string_view stage, const Status& status) { return PayloadWithOutcome(info, Failed(stage, status)); }

Processed ProcessPayload(SourceItem item, const StageSet& stages, const std::string& source_label, Children* children) {
  const v1::PayloadInfo info = item.payload.info;
  if (!item.status.ok()) {
    Processed processed = FailedPayload(info, source_label, item.status);
    processed.payload.read = false;
    return processed;
  }
  Children unwanted({.payloads = 0, .bytes = 0});
  Processed processed;
  const Status status = Guarded([&] {
    processed = Worker(item.payload, stages, children != nullptr ? *children : unwanted).Run();
    return OkStatus();
  });
  if (!status.ok()) processed = FailedPayload(info, kHostStage, status);
  for (const auto& host : stages.decoders()) host->TakeTally(processed.tallies);
  for (const auto& host : stages.transforms()) host->TakeTally(processed.tallies);
  if (processed.outcome.kind == Outcome::Kind::kFailed || !processed.notes.empty()) processed.payload.bytes = std::move(item.payload.bytes);
  return processed;
}

}  // namespace garner
