#include "core/job/journal.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/job/item_worker.h"
#include "core/job/outcome_words.h"
#include "core/job/state_file.h"

namespace garner {
namespace {

constexpr StateLayout kLayout = {"journal", 2, R"(
  CREATE TABLE job (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
  CREATE TABLE sinks (label TEXT PRIMARY KEY, position BLOB) WITHOUT ROWID;
  CREATE TABLE records (number INTEGER PRIMARY KEY, stage TEXT, record BLOB);
  CREATE TABLE outcomes (
    item INTEGER, part INTEGER,
    uri TEXT, container_path TEXT, record_key TEXT, bytes INTEGER, sha256 TEXT,
    outcome TEXT, stage TEXT, reason TEXT, message TEXT, inside INTEGER,
    PRIMARY KEY (item, part)) WITHOUT ROWID;
)"};

constexpr std::string_view kPlan = "plan";
constexpr std::string_view kPhase = "phase";
constexpr std::string_view kItems = "items";
constexpr std::string_view kCounts = "counts";
constexpr std::string_view kResumable = "resumable";

uint64_t ToNumber(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

JournalEntry EntryOf(const Statement& row) {
  JournalEntry entry;
  entry.item = static_cast<uint64_t>(row.Int(0));
  entry.part = static_cast<uint32_t>(row.Int(1));
  entry.source.set_uri(std::string(row.Bytes(2)));
  if (!row.Bytes(3).empty()) entry.source.set_container_path(std::string(row.Bytes(3)));
  if (!row.Bytes(4).empty()) entry.source.set_record_key(std::string(row.Bytes(4)));
  entry.source.set_bytes(static_cast<uint64_t>(row.Int(5)));
  if (!row.Bytes(6).empty()) entry.source.set_sha256(std::string(row.Bytes(6)));
  entry.outcome.kind = OutcomeOfWord(row.Bytes(7));
  entry.outcome.stage = row.Bytes(8);
  entry.outcome.reason = row.Bytes(9);
  entry.outcome.message = row.Bytes(10);
  entry.inside = row.Int(11) != 0;
  return entry;
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::Open(const std::string& output_dir, bool fresh) {
  Result<Database> database = OpenStateFile(output_dir, kLayout, fresh);
  if (!database.ok()) return database.status();
  std::unique_ptr<Journal> journal(new Journal(*std::move(database)));
  if (Status status = journal->Prepare(); !status.ok()) return status;
  return journal;
}

Status Journal::Prepare() {
  if (Status status = database_.Prepare("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", add_outcome_); !status.ok()) return status;
  if (Status status = database_.Prepare("INSERT INTO records (stage, record) VALUES (?, ?)", add_record_); !status.ok()) return status;
  if (Status status = database_.Prepare("INSERT OR REPLACE INTO job VALUES (?, ?)", set_); !status.ok()) return status;
  return database_.Prepare("INSERT OR REPLACE INTO sinks VALUES (?, ?)", set_position_);
}

Status Journal::BeginTransaction() { return database_.InTransaction() ? OkStatus() : database_.Execute("BEGIN"); }

void Journal::RollBack() {
  if (database_.InTransaction()) (void)database_.Execute("ROLLBACK");
}

Status Journal::Set(std::string_view name, std::string_view value) { return set_->Bind(name, value).Run(); }

Result<std::string> Journal::Get(std::string_view name) {
  Result<Statement> query = database_.Prepare("SELECT value FROM job WHERE name = ?");
  if (!query.ok()) return query.status();
  const Result<bool> row = query->Bind(name).Row();
  if (!row.ok()) return row.status();
  return *row ? std::string(query->Bytes(0)) : std::string();
}

Result<std::map<std::string, std::string>> Journal::LoadPositions() {
  Result<Statement> query = database_.Prepare("SELECT label, position FROM sinks");
  if (!query.ok()) return query.status();
  std::map<std::string, std::string> positions;
  for (;;) {
    const Result<bool> row = query->Row();
    if (!row.ok()) return row.status();
    if (!*row) return positions;
    positions.emplace(query->Bytes(0), query->Bytes(1));
  }
}

Result<std::optional<JournalState>> Journal::Load() {
  std::map<std::string_view, std::string> values;
  for (const std::string_view name : {kPlan, kPhase, kItems, kCounts, kResumable}) {
    Result<std::string> value = Get(name);
    if (!value.ok()) return value.status();
    values[name] = *std::move(value);
  }
  if (values[kPlan].empty()) return std::optional<JournalState>();
  JournalState state;
  state.plan = values[kPlan];
  state.checkpoint.phase = static_cast<JobPhase>(std::min<uint64_t>(ToNumber(values[kPhase]), static_cast<uint64_t>(JobPhase::kFinished)));
  state.checkpoint.items = ToNumber(values[kItems]);
  if (!state.checkpoint.counts.ParseFromString(values[kCounts])) return Status(StatusKind::kIo, "the journal: the counts of the run cannot be read; --fresh starts over");
  if (values[kResumable] == "yes") {
    Result<std::map<std::string, std::string>> positions = LoadPositions();
    if (!positions.ok()) return positions.status();
    state.checkpoint.positions = *std::move(positions);
  }
  return std::optional<JournalState>(std::move(state));
}

Status Journal::Begin(std::string_view plan) {
  RollBack();
  if (Status status = database_.Execute("BEGIN; DELETE FROM job; DELETE FROM sinks; DELETE FROM records; DELETE FROM outcomes"); !status.ok()) return status;
  if (Status status = Set(kPlan, plan); !status.ok()) return status;
  if (Status status = WriteCheckpoint({}); !status.ok()) return status;
  return database_.Execute("COMMIT");
}

Status Journal::Add(uint64_t item, uint32_t part, const v1::PayloadInfo& source, const Outcome& outcome, bool inside) {
  if (Status status = BeginTransaction(); !status.ok()) return status;
  return add_outcome_
      ->Bind(item, part, source.uri(), source.container_path(), source.record_key(), source.bytes(), source.sha256(), WordOf(outcome.kind), outcome.stage,
             outcome.reason, outcome.message, uint64_t{inside})
      .Run();
}

Status Journal::AddRecord(std::string_view stage, std::string_view record) {
  if (Status status = BeginTransaction(); !status.ok()) return status;
  return add_record_->Bind(stage, record).Run();
}

Status Journal::WriteCheckpoint(const Checkpoint& checkpoint) {
  if (Status status = Set(kPhase, std::to_string(static_cast<int>(checkpoint.phase))); !status.ok()) return status;
  if (Status status = Set(kItems, std::to_string(checkpoint.items)); !status.ok()) return status;
  if (Status status = Set(kCounts, checkpoint.counts.SerializeAsString()); !status.ok()) return status;
  if (Status status = Set(kResumable, checkpoint.positions ? "yes" : "no"); !status.ok()) return status;
  if (!checkpoint.positions) return OkStatus();
  for (const auto& [label, position] : *checkpoint.positions)
    if (Status status = set_position_->Bind(label, position).Run(); !status.ok()) return status;
  return OkStatus();
}

Status Journal::Commit(const Checkpoint& checkpoint) {
  if (Status status = BeginTransaction(); !status.ok()) return status;
  if (Status status = WriteCheckpoint(checkpoint); !status.ok()) return status;
  return database_.Execute("COMMIT");
}

Status Journal::SetPhase(JobPhase phase) { return Set(kPhase, std::to_string(static_cast<int>(phase))); }

Status Journal::ForEachEntry(const std::function<Status(const JournalEntry&)>& visit) {
  Result<Statement> query = database_.Prepare("SELECT * FROM outcomes ORDER BY item, part");
  if (!query.ok()) return query.status();
  for (;;) {
    const Result<bool> row = query->Row();
    if (!row.ok()) return row.status();
    if (!*row) return OkStatus();
    if (Status status = visit(EntryOf(*query)); !status.ok()) return status;
  }
}

Status Journal::ForEachItem(const std::function<Status(const JournalEntry&)>& visit) {
  std::optional<JournalEntry> item;
  const auto collect = [&](const JournalEntry& entry) {
    if (item && entry.part > 0) {
      const bool fails = entry.outcome.kind == Outcome::Kind::kFailed && item->outcome.kind != Outcome::Kind::kFailed;
      if (!fails) return OkStatus();
      item->outcome = FailureInside(entry.source, entry.outcome);
      return OkStatus();
    }
    const Status status = item ? visit(*item) : OkStatus();
    item = entry;
    return status;
  };
  if (Status status = ForEachEntry(collect); !status.ok()) return status;
  return item ? visit(*item) : OkStatus();
}

Status Journal::ForEachSourceItem(const std::function<Status(const JournalEntry&)>& visit) {
  std::optional<Outcome> failure;
  return ForEachItem([&](const JournalEntry& entry) {
    const bool failed = entry.outcome.kind == Outcome::Kind::kFailed;
    if (entry.inside) {
      if (failed && !failure) failure = FailureInside(entry.source, entry.outcome);
      return OkStatus();
    }
    JournalEntry item = entry;
    if (failure && !failed) item.outcome = *failure;
    failure.reset();
    return visit(item);
  });
}

Status Journal::ForEachRecord(std::string_view stage, const std::function<Status(std::string_view)>& visit) {
  Result<Statement> query = database_.Prepare("SELECT record FROM records WHERE stage = ? ORDER BY number");
  if (!query.ok()) return query.status();
  query->Bind(stage);
  for (;;) {
    const Result<bool> row = query->Row();
    if (!row.ok()) return row.status();
    if (!*row) return OkStatus();
    if (Status status = visit(query->Bytes(0)); !status.ok()) return status;
  }
}

}  // namespace garner
