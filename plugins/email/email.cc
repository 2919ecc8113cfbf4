// Reads mail: headers, text, and the payloads inside.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ascii.h"
#include "body_layout.h"
#include "body_text.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/email/options.pb.h"
#include "mail_metadata.h"
#include "mime_scanner.h"
#include "name_removals.h"
#include "part_uses.h"
#include "transfer_encoding.h"

namespace garner::email {
namespace {

constexpr const char* kOrigin = "mail_header";
constexpr double kConfidence = 0.9;

ScanLimits LimitsOf(const EmailOptions& options) {
  return {.max_depth = options.max_depth(), .max_parts = options.max_parts(), .max_headers = options.max_headers(), .max_header_bytes = options.max_header_bytes()};
}

void AddMetadata(const std::vector<Found>& found, v1::Document* document) {
  for (const Found& one : found) {
    v1::Metadata* added = document->add_metadata();
    added->set_key(one.key);
    added->set_value(one.value);
    added->set_origin(kOrigin);
    added->mutable_source()->set_begin(one.evidence.begin);
    added->mutable_source()->set_end(one.evidence.end);
    added->set_confidence(kConfidence);
    added->set_chosen(true);
  }
}

void AddSignal(const char* name, double value, v1::Document* document) {
  if (value == 0) return;
  v1::Signal* signal = document->add_signals();
  signal->set_name(name);
  signal->set_value(value);
}

const char* RuleOf(Use use) {
  switch (use) {
    case Use::kHtml: return "html_body";
    case Use::kAttachment: return "attachment";
    case Use::kAlternative: return "alternative";
    case Use::kReport: return "report";
    case Use::kSeal: return "seal";
    case Use::kContainer:
    case Use::kText: break;
  }
  return nullptr;
}

// A part that was laid out: where its text stands.
struct TextPart {
  size_t part = 0;
  Span text;
};

// One mail, from its parts to its document.
class MailReader {
 public:
  MailReader(const Payload& payload, const EmailOptions& options, StageContext& context, v1::Document* document, Children& children)
      : bytes_(payload.bytes), options_(options), context_(context), document_(document), children_(children) {}

  Status Read() {
    Result<std::vector<Part>> parts = ScanMail(bytes_, LimitsOf(options_));
    if (!parts.ok()) return parts.status();
    parts_ = *std::move(parts);
    uses_ = FindUses(bytes_, parts_, options_.prefer() == EmailOptions::HTML);
    found_ = ReadMetadata(bytes_, parts_[0]);
    for (size_t i = 0; i < parts_.size(); ++i)
      if (Status status = TakePart(i); !status.ok()) return status;
    WriteDocument();
    return OkStatus();
  }

 private:
  Status TakePart(size_t i) {
    const Part& part = parts_[i];
    if (!part.header.empty()) regions_.push_back({part.header, i == 0 ? "mail_header" : "mime"});
    if (uses_[i] == Use::kContainer) return OkStatus();
    if (uses_[i] == Use::kText) {
      if (Status status = TakeText(i); !status.ok()) return status;
    } else if (uses_[i] == Use::kHtml || (uses_[i] == Use::kAttachment && options_.attachments())) {
      HandOver(i);
    } else if (uses_[i] == Use::kAttachment) {
      context_.Count("attachments_left_out");
    }
    if (!part.body.empty()) regions_.push_back({part.body, RuleOf(uses_[i])});
    return OkStatus();
  }

  Status TakeText(size_t i) {
    const Part& part = parts_[i];
    text_bytes_ += MostBytes(part.body, part.encoding);
    if (text_bytes_ > options_.max_text_bytes())
      return Status(StatusKind::kLimit, "the mail has " + std::to_string(text_bytes_) + " bytes of text; up to " + std::to_string(options_.max_text_bytes()) +
                                            " are accepted: raise max_text_bytes of the email decoder");
    const Transferred transferred = UndoTransferEncoding(bytes_, part.body, part.encoding);
    if (transferred.broken > 0 || part.encoding == TransferEncoding::kUnknown) context_.Count("broken_transfer_encodings");
    const Result<Span> added = text_.Add(transferred, part.content_type.Get("charset"));
    if (added.ok()) {
      texts_.push_back({i, *added});
      return CountLines(text_.text().substr(added->begin, added->size()));
    }
    if (parts_.size() == 1) return added.status();
    uses_[i] = Use::kAttachment;  // bytes under the name of a text
    HandOver(i);
    return OkStatus();
  }

  Status CountLines(std::string_view text) {
    lines_ += static_cast<uint64_t>(std::count_if(text.begin(), text.end(), IsLineEnd));
    if (lines_ <= options_.max_lines()) return OkStatus();
    return Status(StatusKind::kLimit, "the mail's text has more than " + std::to_string(options_.max_lines()) + " line ends: raise max_lines of the email decoder");
  }

  // The fewest bytes that a part can have, its encoding undone.
  static uint64_t LeastBytes(const Part& part) {
    if (part.encoding == TransferEncoding::kBase64) return part.body.size() / 2;
    return part.encoding == TransferEncoding::kQuotedPrintable ? part.body.size() / 3 : part.body.size();
  }

  void HandOver(size_t i) {
    const Part& part = parts_[i];
    ChildPayload child;
    child.name = PartName(part, uses_[i], i);
    child.declared_media_type = part.media_type;
    child.declared_charset = part.content_type.Get("charset");
    if (uses_[i] == Use::kHtml) TakeOverHeaders(child);
    ++handed_over_;
    if (part.encoding == TransferEncoding::kUnknown) {
      child.status = Status(StatusKind::kUnsupported, "its transfer encoding is unknown; 7bit, 8bit, binary, quoted-printable and base64 are accepted");
    } else if (LeastBytes(part) > children_.bytes_left()) {
      children_.AddTooLarge(std::move(child));
      return;
    } else {
      child.bytes = BytesOf(part);
    }
    children_.Add(std::move(child));
  }

  // The mail's headers are those of its body.
  void TakeOverHeaders(ChildPayload& child) {
    if (body_name_.empty()) body_name_ = child.name;
    for (const Found& one : found_) {
      v1::RecordField& field = child.record_fields.emplace_back();
      field.set_key(one.key);
      field.set_value(one.value);
      field.set_origin(kOrigin);
    }
  }

  std::string BytesOf(const Part& part) const {
    const std::string_view body = bytes_.substr(part.body.begin, part.body.size());
    if (part.encoding == TransferEncoding::kBase64) return DecodeBase64(body);
    if (part.encoding == TransferEncoding::kQuotedPrintable) return DecodeQuotedPrintable(body);
    return std::string(body);
  }

  void WriteDocument() {
    if (text_.replacements() > 0) context_.Count("ill_formed_sequences", static_cast<double>(text_.replacements()));
    AddMetadata(found_, document_);
    const DecodedText decoded = text_.Take();
    DocumentBuilder builder(decoded, document_);
    for (const TextPart& text : texts_) WriteText(decoded.text(), text, builder);
    builder.Finish(kUnnamed);
    NameRemovals(bytes_, regions_, document_);
    if (document_->text().empty() && !body_name_.empty()) DropForBody();
    AddSignal("quotation_blocks", quotations_, document_);
    AddSignal("signature_blocks", signatures_, document_);
    AddSignal("attachments", handed_over_, document_);
  }

  // What there is to read is in the document of the HTML; this one would say the same again, without a text.
  void DropForBody() {
    document_->mutable_drop()->set_rule("body_in_child");
    document_->mutable_drop()->set_message("the mail's text is HTML: the document of " + SanitizeUtf8(body_name_) + " inside it has the text and the mail's headers");
  }

  void WriteText(std::string_view text, const TextPart& part, DocumentBuilder& builder) {
    const Parameters& type = parts_[part.part].content_type;
    const BodyOptions options{.join_wrapped_lines = options_.join_wrapped_lines(),
                              .flowed = EqualsIgnoringCase(type.Get("format"), "flowed"),
                              .delete_space = EqualsIgnoringCase(type.Get("delsp"), "yes")};
    uint64_t done = part.text.begin;
    for (MailBlock& block : LayOutBody(text.substr(part.text.begin, part.text.size()), options)) {
      for (Span& line : block.lines) line = {line.begin + part.text.begin, line.end + part.text.begin};
      for (MailBlock::Mark& mark : block.marks) mark.span = {mark.span.begin + part.text.begin, mark.span.end + part.text.begin};
      builder.Append(WhiteSpaceAt(text, {done, block.lines.front().begin}));
      done = block.lines.back().end;
      WriteBlock(text, block, builder);
    }
  }

  // The white space that a stretch begins with.
  static Span WhiteSpaceAt(std::string_view text, Span stretch) {
    uint64_t end = stretch.begin;
    while (end < stretch.end && (IsBlank(text[end]) || IsLineEnd(text[end]))) ++end;
    return {stretch.begin, end};
  }

  void WriteBlock(std::string_view text, const MailBlock& block, DocumentBuilder& builder) {
    for (const MailBlock::Mark& mark : block.marks) builder.Remove(mark.span, mark.rule);
    const bool quotation = block.kind == BlockKind::kQuotation;
    const bool signature = block.kind == BlockKind::kSignature;
    quotations_ += quotation;
    signatures_ += signature;
    if ((quotation && options_.remove_quotations()) || (signature && options_.remove_signatures())) {
      for (const Span& line : block.lines) builder.Remove(line, quotation ? "quotation" : "signature");
      return;
    }
    const v1::Block::Role role = quotation ? v1::Block::QUOTE : block.kind == BlockKind::kListItem ? v1::Block::LIST_ITEM : v1::Block::PARAGRAPH;
    v1::Block& made = builder.BeginBlock(role);
    if (role == v1::Block::LIST_ITEM) made.set_level(1);
    if (block.tight) made.set_tight(true);
    auto mark = block.marks.begin();  // they are in order, as the lines are
    for (size_t i = 0; i < block.lines.size(); ++i) {
      if (i > 0) {
        const Span between{block.lines[i - 1].end, block.lines[i].begin};
        while (mark != block.marks.end() && mark->span.begin < between.begin) ++mark;
        const bool deleted = mark != block.marks.end() && mark->span.begin == between.begin && !mark->span.empty();
        if (!deleted) builder.Append(WhiteSpaceAt(text, between));
      }
      builder.Append(block.lines[i]);
    }
    builder.EndBlock();
  }

  const std::string_view bytes_;
  const EmailOptions& options_;
  StageContext& context_;
  v1::Document* document_;
  Children& children_;
  std::vector<Part> parts_;
  std::vector<Use> uses_;
  std::vector<Found> found_;
  std::vector<Region> regions_;
  std::vector<TextPart> texts_;
  BodyText text_;
  uint64_t text_bytes_ = 0;
  uint64_t lines_ = 0;
  int quotations_ = 0;
  int signatures_ = 0;
  int handed_over_ = 0;
  std::string body_name_;  // of the first HTML that was handed over
};

}  // namespace

class Email final : public ParentDecoder<EmailOptions> {
 public:
  Status Open() override {
    InitializeGMime();
    return OkStatus();
  }

  Status DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) override {
    return MailReader(payload, options(), context(), document, children).Read();
  }
};

}  // namespace garner::email

GARNER_PLUGIN(garner::email::Email)
