#include "core/job/dead_letters.h"

#include <google/protobuf/util/json_util.h>

#include <utility>

#include "core/job/job_log.h"
#include "core/job/payload_name.h"
#include "core/manifest/recorded_options.h"
#include "garner/build_tag.h"
#include "garner/escape.h"
#include "garner/hash.h"
#include "garner/utf8.h"

namespace garner {
namespace {

v1::RecordedCondition RecordCondition(const Condition& when) {
  v1::RecordedCondition recorded;
  for (const std::string& word : when.language) recorded.add_language(word);
  for (const std::string& word : when.media_type) recorded.add_media_type(word);
  for (const std::string& word : when.uri) recorded.add_uri(word);
  for (const auto& [key, accepted] : when.metadata) {
    v1::RecordedMetadata& metadata = *recorded.add_metadata();
    metadata.set_key(key);
    for (const std::string& word : accepted) metadata.add_accepted(word);
  }
  return recorded;
}

Status RecordOptionsOf(const StagePlan& stage, v1::RecordedStage& recorded) {
  const Result<RecordedOptions> options = RecordOptions(*stage.plugin, stage.options);
  if (!options.ok()) return Status(options.status().kind(), stage.label + ": " + options.status().message());
  const auto parsed = google::protobuf::util::JsonStringToMessage(options->json, recorded.mutable_options());
  if (!parsed.ok())
    return Status(StatusKind::kInternal, stage.label + ": the options cannot be recorded: " + std::string(parsed.message()));
  for (const std::string& name : options->left_out) recorded.add_left_out(name);
  // A hash over a short secret would give it away to anybody who can try all of them.
  if (options->left_out.empty()) recorded.set_options_hash(stage.options_hash);
  return OkStatus();
}

Status AddStage(const char* role, const StagePlan& stage, v1::RecordedPlan& plan) {
  v1::RecordedStage& recorded = *plan.add_stages();
  recorded.set_role(role);
  recorded.set_label(stage.label);
  recorded.set_plugin(stage.plugin->manifest.name());
  recorded.set_version(stage.plugin->manifest.version());
  if (const Result<std::string> hash = PluginSha256(*stage.plugin); hash.ok()) recorded.set_sha256(*hash);
  if (stage.when) *recorded.mutable_when() = RecordCondition(*stage.when);
  return RecordOptionsOf(stage, recorded);
}

void Sanitize(std::string* text) {
  if (!IsValidUtf8(*text)) *text = SanitizeUtf8(*text);
}

// JSON holds valid UTF-8 only, and what sources and plugins say may be anything.
void SanitizeRecord(v1::DeadLetter& record) {
  v1::PayloadInfo& source = *record.mutable_source();
  for (std::string* text :
       {source.mutable_uri(), record.mutable_failure()->mutable_stage(), record.mutable_failure()->mutable_message()})
    Sanitize(text);
  if (source.has_container_path()) Sanitize(source.mutable_container_path());
  if (source.has_record_key()) Sanitize(source.mutable_record_key());
  if (source.has_declared_media_type()) Sanitize(source.mutable_declared_media_type());
  if (source.has_declared_charset()) Sanitize(source.mutable_declared_charset());
  if (source.has_charset()) Sanitize(source.mutable_charset());
  if (source.has_charset_evidence()) Sanitize(source.mutable_charset_evidence());
}

v1::DeadLetter::Payload KindOf(const LetterPayload& payload) {
  if (!payload.read) return v1::DeadLetter::UNREADABLE;
  return payload.bytes.size() > kMaxLetterPayloadBytes ? v1::DeadLetter::TOO_LARGE : v1::DeadLetter::KEPT;
}

v1::DeadLetter RecordOf(const v1::Document& document, const Outcome& outcome, const LetterPayload& payload) {
  v1::DeadLetter record;
  record.set_format(kLetterFormat);
  record.set_id(document.id());
  *record.mutable_source() = document.source();
  record.set_payload(KindOf(payload));
  if (payload.read && !record.source().has_sha256()) {  // it failed before the host had looked at it
    record.mutable_source()->set_bytes(payload.bytes.size());
    record.mutable_source()->set_sha256(Sha256Hex(payload.bytes));
  }
  record.mutable_failure()->set_stage(outcome.stage);
  record.mutable_failure()->set_kind(outcome.reason);
  record.mutable_failure()->set_message(outcome.message);
  record.set_garner_version(GARNER_SDK_VERSION);
  SanitizeRecord(record);
  return record;
}

}  // namespace

Result<v1::RecordedPlan> RecordPlan(const JobPlan& plan) {
  v1::RecordedPlan recorded;
  recorded.set_name(plan.name);
  recorded.set_manifest(SanitizeUtf8(plan.manifest_path));
  recorded.set_manifest_dir(SanitizeUtf8(plan.manifest_dir));
  for (const std::string& folder : plan.plugin_dirs) recorded.add_plugin_dirs(SanitizeUtf8(folder));
  Status status = AddStage("source", plan.source, recorded);
  for (const StagePlan& stage : plan.unpackers)
    if (status.ok()) status = AddStage("unpacker", stage, recorded);
  for (const StagePlan& stage : plan.decoders)
    if (status.ok()) status = AddStage("decoder", stage, recorded);
  for (const StagePlan& stage : plan.transforms)
    if (status.ok()) status = AddStage("transform", stage, recorded);
  for (const StagePlan& stage : plan.sinks)
    if (status.ok()) status = AddStage("sink", stage, recorded);
  if (!status.ok()) return status;
  return recorded;
}

Result<std::unique_ptr<DeadLetters>> DeadLetters::Open(const JobPlan& plan, const std::string& folder) {
  Result<LetterFolder> opened = LetterFolder::Open(folder);
  if (!opened.ok()) return opened.status();
  return std::unique_ptr<DeadLetters>(new DeadLetters(plan, *std::move(opened)));
}

Status DeadLetters::Keep(const v1::Document& document, const Outcome& outcome, const LetterPayload& payload) {
  if (!recorded_) {
    Result<v1::RecordedPlan> plan = RecordPlan(plan_);
    if (!plan.ok()) return plan.status();
    recorded_ = *std::move(plan);
  }
  if (!kept_.insert(document.id()).second)
    LogLine(LogLevel::kWarning, EscapeForTerminal(PayloadName(document.source()), 500) +
                                    ": failed before in this job; the later letter takes the place of the earlier");
  v1::DeadLetter record = RecordOf(document, outcome, payload);
  *record.mutable_plan() = *recorded_;
  return folder_.Write(record, payload.bytes);
}

}  // namespace garner
