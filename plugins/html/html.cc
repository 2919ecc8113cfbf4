// Reads HTML and XHTML pages.
#include <string>

#include "charset_prescan.h"
#include "decode_page.h"
#include "garner/plugin.h"
#include "garner_plugins/html/options.pb.h"

namespace garner::html {

class Html final : public Decoder<HtmlOptions> {
 public:
  Status Decode(const Payload& payload, v1::Document* document) override {
    const CharsetHint hint{.declared = payload.info.declared_charset(), .declared_inside = PrescanCharset(payload.bytes)};
    const Result<DecodedText> decoded = DecodeText(payload.bytes, hint);
    if (!decoded.ok()) return decoded.status();
    return DecodePage(*decoded, payload.info.media_type() == "application/xhtml+xml", options(), context(), document);
  }
};

}  // namespace garner::html

GARNER_PLUGIN(garner::html::Html)
