// Restores documents that garner made before.
#include <optional>
#include <string>

#include "count_entries.h"
#include "garner/plugin.h"
#include "garner_plugins/garner_document/options.pb.h"

namespace garner::garner_document {

class GarnerDocument final : public Decoder<GarnerDocumentOptions> {
 public:
  Status Decode(const Payload& payload, v1::Document* document) override {
    if (payload.bytes.size() > options().max_bytes()) return TooMuch("bytes", payload.bytes.size(), options().max_bytes(), "max_bytes");
    const std::optional<uint64_t> entries = CountEntries(payload.bytes);
    if (!entries) return NoDocument();
    if (*entries > options().max_entries()) return TooMuch("entries", *entries, options().max_entries(), "max_entries");
    if (!document->ParseFromString(payload.bytes)) return NoDocument();
    return OkStatus();
  }

 private:
  static Status NoDocument() { return Status(StatusKind::kInvalidInput, "the bytes are no garner.v1.Document; what the protobuf sink writes is accepted"); }

  static Status TooMuch(const std::string& unit, uint64_t count, uint64_t limit, const std::string& option) {
    return Status(StatusKind::kLimit, "the document has " + std::to_string(count) + " " + unit + "; up to " + std::to_string(limit) + " are accepted: raise " + option +
                                          " of the garner_document decoder");
  }
};

}  // namespace garner::garner_document

GARNER_PLUGIN(garner::garner_document::GarnerDocument)
