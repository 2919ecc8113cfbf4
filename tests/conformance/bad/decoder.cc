// A decoder that takes its payload as one paragraph, and does one thing wrong.
#include "badness.h"
#include "garner/plugin.h"
#include "garner_plugins/bad/options.pb.h"

namespace garner::bad {

class BadDecoder final : public Decoder<BadOptions> {
 public:
  Status Decode(const Payload& payload, v1::Document* document) override {
    const Result<DecodedText> decoded = DecodeText(payload.bytes, {});
    if (!decoded.ok()) return decoded.status();
    DocumentBuilder builder(*decoded, document);
    builder.BeginBlock(v1::Block::PARAGRAPH);
    builder.Append({0, decoded->text().size()});
    builder.EndBlock();
    builder.Finish("whitespace");
    if (Bad("unsound_document")) document->set_text(document->text() + "\xff");
    return OkStatus();
  }
};

}  // namespace garner::bad

GARNER_PLUGIN(garner::bad::BadDecoder)
