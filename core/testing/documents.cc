#include "garner/testing/documents.h"

#include "core/sdk/edit_applier.h"
#include "garner/decoded_text.h"
#include "garner/document_builder.h"
#include "garner/utf8.h"

namespace garner::testing {

TestDocument DocumentFromText(std::string_view text) {
  TestDocument made;
  made.payload = std::string(text);
  made.document.mutable_source()->set_uri("test.txt");
  made.document.mutable_source()->set_bytes(text.size());
  const Result<DecodedText> decoded = DecodeText(made.payload, {});
  if (!decoded.ok()) return made;
  DocumentBuilder builder(*decoded, &made.document);
  const std::string_view all = decoded->text();
  bool after_blank = true;
  for (size_t at = 0; at < all.size();) {
    const size_t end = std::min(all.find('\n', at), all.size());
    const bool blank = Trim(all.substr(at, end - at)).empty();
    if (!blank) {
      v1::Block& block = builder.BeginBlock(v1::Block::PARAGRAPH);
      if (!after_blank) block.set_tight(true);
    }
    builder.Append({at, end});
    builder.EndBlock();
    if (end < all.size()) builder.Append({end, end + 1});
    after_blank = blank;
    at = end + 1;
  }
  builder.Finish("whitespace");
  return made;
}

Status RunTransform(TransformStage& stage, v1::Document& document) {
  Edits edits;
  Status status = stage.Process(document, edits);
  if (status.ok()) status = ApplyEdits(edits.proto(), "stage_under_test", &document);
  auto* deciding = dynamic_cast<DecidingStage*>(&stage);
  if (!status.ok() || deciding == nullptr || document.has_drop()) return status;
  Edits decided;
  std::string record;
  status = deciding->Decide(document, edits.proto().note(), decided, record);
  if (status.ok()) status = ApplyEdits(decided.proto(), "stage_under_test", &document);
  return status.ok() && !record.empty() ? deciding->Remember(record) : status;
}

Status Apply(const Edits& edits, TestDocument& made) { return ApplyEdits(edits.proto(), "stage_under_test", &made.document); }

}  // namespace garner::testing
