// Drops documents whose text repeats that of an earlier one of the job.
#include <memory>
#include <optional>
#include <string>

#include "fingerprint.h"
#include "garner/plugin.h"
#include "garner_plugins/document_deduplicator/options.pb.h"
#include "record.h"
#include "seen_documents.h"

namespace garner::document_deduplicator {

namespace {

// For people: "mail/7.eml!/minutes.txt".
std::string PlaceOf(const v1::PayloadInfo& source) {
  return source.has_container_path() ? source.uri() + "!/" + source.container_path() : source.uri();
}

}  // namespace

class DocumentDeduplicator final : public DecidingTransform<DocumentDeduplicatorOptions> {
 public:
  Status Open() override {
    bands_ = BandsFor(options().threshold());
    maker_ =
        std::make_unique<FingerprintMaker>(FingerprintMaker::Settings{bands_, !options().exact_only(), options().min_words()});
    seen_ = std::make_unique<SeenDocuments>(options().threshold());
    return OkStatus();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    if (const std::optional<Fingerprint> fingerprint = maker_->Make(document.text())) edits.set_note(Write(*fingerprint));
    return OkStatus();
  }

  Status Decide(const v1::Document& document, std::string_view note, Edits& edits, std::string& record) override {
    if (note.empty()) return OkStatus();
    const std::optional<Fingerprint> fingerprint = Read(note, bands_);
    if (!fingerprint) return Status(StatusKind::kInternal, "the note of its first half cannot be read");
    if (const std::optional<Match> match = seen_->Find(*fingerprint)) {
      Tell(*match, edits);
    } else {
      record = WriteRecord(note, {document.id(), PlaceOf(document.source())});
    }
    return OkStatus();
  }

  Status Remember(std::string_view record) override {
    const std::optional<Record> read = ReadRecord(record);
    const std::optional<Fingerprint> fingerprint = read ? Read(read->note, bands_) : std::nullopt;
    if (!fingerprint) return Status(StatusKind::kInvalidInput, "what was remembered of a document cannot be read");
    seen_->Add(*fingerprint, read->name);
    return OkStatus();
  }

 private:
  void Tell(const Match& match, Edits& edits) const {
    const Name& kept = seen_->name(match.document);
    const std::string_view rule = match.exact ? "duplicate_text" : "near_duplicate";
    const double threshold = match.exact ? 1 : options().threshold();
    edits.Signal("duplicate_similarity", match.similarity);
    if (options().action() == DocumentDeduplicatorOptions::DROP)
      return edits.Drop(rule, match.similarity, threshold, "repeats " + kept.id + " (" + kept.uri + ")");
    edits.AddMetadata({.key = "duplicate_of", .value = kept.id, .origin = rule, .confidence = match.similarity, .chosen = true});
  }

  Bands bands_;
  std::unique_ptr<FingerprintMaker> maker_;
  std::unique_ptr<SeenDocuments> seen_;
};

}  // namespace garner::document_deduplicator

GARNER_PLUGIN(garner::document_deduplicator::DocumentDeduplicator)
