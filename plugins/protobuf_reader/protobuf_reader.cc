// Reads back the documents that the protobuf sink wrote.
#include <memory>
#include <string>

#include "delimited_reader.h"
#include "garner/plugin.h"
#include "garner_plugins/protobuf_reader/options.pb.h"

namespace garner::protobuf_reader {
namespace {

constexpr const char* kDocumentType = "application/x-garner-document";
// The tag of Document.id, which every document of garner's begins with. Files of other programs are called .pb, too.
constexpr char kIdTag = '\x0A';

}  // namespace

class ProtobufReader final : public Unpacker<ProtobufReaderOptions> {
 public:
  Status Begin(const v1::PayloadInfo&, ByteStream& stream) override {
    reader_ = std::make_unique<DelimitedReader>(stream, kIdTag);
    number_ = 0;
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    uint64_t size = 0;
    const Result<bool> more = reader_->Next(options().max_document_bytes(), item.payload.bytes, size);
    if (!more.ok() || !*more) return more;
    const bool too_large = size > options().max_document_bytes();
    item.payload.info.set_record_key(std::to_string(++number_));
    item.payload.info.set_declared_media_type(kDocumentType);
    if (too_large)
      item.status = Status(StatusKind::kLimit, "document " + std::to_string(number_) + ", at byte " + std::to_string(reader_->place()) + ", has " + std::to_string(size) + " bytes; up to " +
                                                   std::to_string(options().max_document_bytes()) + " are accepted: raise max_document_bytes of the protobuf_reader unpacker");
    return true;
  }

 private:
  std::unique_ptr<DelimitedReader> reader_;
  uint64_t number_ = 0;
};

}  // namespace garner::protobuf_reader

GARNER_PLUGIN(garner::protobuf_reader::ProtobufReader)
