#include "core/job/kept_item.h"

#include <zstd.h>

#include <algorithm>
#include <limits>

#include "core/job/outcome_words.h"
#include "garner/hash.h"
#include "garner/v1/kept_result.pb.h"

namespace garner {
namespace {

// The fastest: what is kept is read once a run.
constexpr int kLevel = 1;
// An item may hold many documents, each of a few hundred megabytes at most.
constexpr uint64_t kMaxBytes = uint64_t{2} << 30;
constexpr size_t kHashBytes = sizeof(uint64_t);

void Pack(const Processed& done, v1::KeptDocument& kept) {
  kept.set_document(done.document->SerializeAsString());
  if (done.outcome.kind == Outcome::Kind::kDropped) {
    v1::KeptDocument::Drop& drop = *kept.mutable_drop();
    drop.set_stage(done.outcome.stage);
    drop.set_reason(done.outcome.reason);
    drop.set_message(done.outcome.message);
  }
  kept.set_is_child(done.is_child);
  for (const StageNote& note : done.notes) {
    v1::KeptDocument::Note& added = *kept.add_notes();
    added.set_transform(static_cast<uint32_t>(note.transform));
    added.set_note(note.note);
  }
  for (const StageTally& tally : done.tallies) {
    v1::KeptDocument::Tally& added = *kept.add_tallies();
    added.set_stage(tally.stage);
    added.set_warnings(tally.warnings);
    for (const auto& [name, by] : tally.metrics) {
      v1::KeptDocument::Metric& metric = *added.add_metrics();
      metric.set_name(name);
      metric.set_by(by);
    }
  }
}

bool Unpack(const v1::KeptDocument& kept, Processed& done) {
  done.document = OwnedDocument::Make();
  if (!done.document->ParseFromString(kept.document())) return false;
  done.outcome.kind = kept.has_drop() ? Outcome::Kind::kDropped : Outcome::Kind::kUnchanged;
  done.outcome.stage = kept.drop().stage();
  done.outcome.reason = kept.drop().reason();
  done.outcome.message = kept.drop().message();
  done.is_child = kept.is_child();
  for (const v1::KeptDocument::Note& note : kept.notes()) done.notes.push_back({note.transform(), note.note()});
  for (const v1::KeptDocument::Tally& tally : kept.tallies()) {
    StageTally& added = done.tallies.emplace_back();
    added.stage = tally.stage();
    added.warnings = tally.warnings();
    for (const v1::KeptDocument::Metric& metric : tally.metrics()) added.metrics.emplace_back(metric.name(), metric.by());
  }
  return true;
}

// The hash of what follows stands in front.
std::string Seal(const std::string& plain) {
  const uint64_t hash = Hash64(plain);
  std::string sealed(reinterpret_cast<const char*>(&hash), kHashBytes);
  sealed.resize(kHashBytes + ZSTD_compressBound(plain.size()));
  const size_t size = ZSTD_compress(sealed.data() + kHashBytes, sealed.size() - kHashBytes, plain.data(), plain.size(), kLevel);
  sealed.resize(ZSTD_isError(size) != 0 ? 0 : kHashBytes + size);
  return sealed;
}

std::optional<std::string> Unseal(std::string_view sealed) {
  if (sealed.size() < kHashBytes) return std::nullopt;
  const std::string_view packed = sealed.substr(kHashBytes);
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMaxBytes) return std::nullopt;
  std::string plain(size, '\0');
  if (ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size()) != plain.size()) return std::nullopt;
  const uint64_t hash = Hash64(plain);
  if (sealed.substr(0, kHashBytes) != std::string_view(reinterpret_cast<const char*>(&hash), kHashBytes)) return std::nullopt;
  return plain;
}

}  // namespace

bool MayBeKept(const std::vector<Processed>& documents) {
  const bool failed = std::any_of(documents.begin(), documents.end(), [](const Processed& done) { return done.outcome.kind == Outcome::Kind::kFailed; });
  // A child that fails in a second half needs its bytes for its letter, and they are not kept.
  const bool children_decide =
      documents.size() > 1 && std::any_of(documents.begin(), documents.end(), [](const Processed& done) { return !done.notes.empty(); });
  const bool restored = std::any_of(documents.begin(), documents.end(), [](const Processed& done) { return done.restored.has_value(); });
  return !failed && !children_decide && !restored;
}

std::string PackItem(const std::vector<Processed>& documents) {
  v1::KeptItem item;
  for (const Processed& done : documents) Pack(done, *item.add_documents());
  const bool too_large = item.ByteSizeLong() > static_cast<size_t>(std::numeric_limits<int>::max());
  return too_large ? std::string() : Seal(item.SerializeAsString());
}

std::optional<std::vector<Processed>> UnpackItem(std::string_view bytes) {
  const std::optional<std::string> plain = Unseal(bytes);
  v1::KeptItem item;
  if (!plain || !item.ParseFromString(*plain) || item.documents_size() == 0) return std::nullopt;
  std::vector<Processed> documents(static_cast<size_t>(item.documents_size()));
  for (size_t i = 0; i < documents.size(); ++i)
    if (!Unpack(item.documents(static_cast<int>(i)), documents[i])) return std::nullopt;
  return documents;
}

}  // namespace garner
