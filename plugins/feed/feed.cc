// Reads the entries of RSS and Atom feeds.
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "entry.h"
#include "feed_parser.h"
#include "garner/dates.h"
#include "garner/decoded_text.h"
#include "garner/hash.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/feed/options.pb.h"
#include "plain_text.h"

namespace garner::feed {
namespace {

constexpr const char* kOrigin = "feed";
constexpr size_t kChunkBytes = size_t{1} << 16;
// A summary that is longer is no description.
constexpr size_t kMaxDescriptionBytes = 4096;

// libxml2 lets bytes through that are not of the charset that the feed declares.
std::string AsUtf8(std::string text) {
  if (IsValidUtf8(text)) return text;
  const Result<DecodedText> decoded = DecodeText(text, {});
  return decoded.ok() ? std::string(decoded->text()) : SanitizeUtf8(text);
}

void AddField(const char* key, std::string_view value, v1::PayloadInfo& info) {
  const std::string clean = SanitizeUtf8(Trim(AsUtf8(std::string(value))));
  if (clean.empty()) return;
  v1::RecordField* field = info.add_record_fields();
  field->set_key(key);
  field->set_value(clean);
  field->set_origin(kOrigin);
}

std::string AsText(const Construct& construct) { return construct.html ? PlainText(construct.text) : std::string(Trim(construct.text)); }

bool IsUsable(const Entry& entry, Form form) {
  if (Trim(entry.forms[static_cast<size_t>(form)].text).empty()) return false;
  return form != Form::kContent || entry.content_type.empty() || entry.content_type.compare(0, 5, "text/") == 0;
}

// The fullest form that there is; kCount where there is none.
Form ChooseForm(const Entry& entry) {
  for (size_t i = 0; i < static_cast<size_t>(Form::kCount); ++i)
    if (IsUsable(entry, static_cast<Form>(i))) return static_cast<Form>(i);
  return Form::kCount;
}

const char* MediaTypeOf(const Entry& entry, Form form) {
  const Construct& construct = entry.forms[static_cast<size_t>(form)];
  if (form == Form::kContent && !entry.content_type.empty()) return entry.content_type.c_str();
  if (!construct.html) return "text/plain";
  // A description of RSS is HTML by custom, and mostly plain.
  return form == Form::kDescription && !LooksHtml(construct.text) ? "text/plain" : "text/html";
}

void TakeText(Entry& entry, Payload& payload) {
  const Form form = ChooseForm(entry);
  for (const Form summary : {Form::kDescription, Form::kSummary}) {
    if (form >= summary) break;
    const std::string text = AsText(entry.forms[static_cast<size_t>(summary)]);
    if (text.empty() || text.size() > kMaxDescriptionBytes) continue;
    AddField("description", text, payload.info);
    break;
  }
  if (form == Form::kCount) return;
  payload.info.set_declared_media_type(MediaTypeOf(entry, form));
  payload.info.set_declared_charset("UTF-8");
  payload.bytes = AsUtf8(std::move(entry.forms[static_cast<size_t>(form)].text));
}

}  // namespace

class Feed final : public Unpacker<FeedOptions> {
 public:
  Status Begin(const v1::PayloadInfo&, ByteStream& stream) override {
    stream_ = &stream;
    parser_ = std::make_unique<FeedParser>(FeedLimits{.max_entry_bytes = options().max_entry_bytes(), .max_depth = options().max_depth()});
    chunk_.resize(kChunkBytes);
    keys_.clear();
    entries_ = 0;
    ended_ = false;
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    while (!parser_->any() && !ended_ && parser_->status().ok())
      if (Status status = ReadChunk(); !status.ok()) return status;
    Entry entry;
    if (!parser_->Next(entry)) {
      if (!parser_->status().ok()) return parser_->status();
      if (parser_->errors() > 0) context().Warn("the feed is no well-formed XML; what could be read was read");
      return false;
    }
    if (++entries_ > options().max_entries())
      return Status(StatusKind::kLimit, "the feed has more than " + std::to_string(options().max_entries()) + " entries: raise max_entries of the feed unpacker");
    Take(entry, item);
    return true;
  }

 private:
  // Whole chunks, so that what is read does not depend on the pieces in which it comes.
  Status ReadChunk() {
    size_t size = 0;
    while (size < kChunkBytes && !ended_) {
      const Result<size_t> read = stream_->Read(chunk_.data() + size, kChunkBytes - size);
      if (!read.ok()) return read.status();
      ended_ = *read == 0;
      size += *read;
    }
    if (size > 0) parser_->Feed({chunk_.data(), size});
    if (ended_) parser_->End();
    return OkStatus();
  }

  void Take(Entry& entry, SourceItem& item) {
    v1::PayloadInfo& info = item.payload.info;
    info.set_record_key(KeyOf(entry));
    item.status = StatusOf(entry);
    const std::string& link = entry.original_link.empty() ? entry.link : entry.original_link;
    if (!link.empty()) info.mutable_fetch()->set_url(SanitizeUtf8(link));
    AddField("title", AsText(entry.title), info);
    for (const std::string& author : entry.authors) AddField("authors", author, info);
    AddField("date_published", DateOf(entry), info);
    AddField("publisher", entry.publisher, info);
    AddField("language", entry.language, info);
    AddField("canonical_url", link, info);
    for (const std::string& tag : entry.tags) AddField("tags", tag, info);
    if (item.status.ok()) TakeText(entry, item.payload);
  }

  Status StatusOf(const Entry& entry) const {
    const std::string place = "entry " + std::to_string(entry.number) + ", at line " + std::to_string(entry.line);
    if (entry.too_large)
      return Status(StatusKind::kLimit, place + ", has more than " + std::to_string(options().max_entry_bytes()) + " bytes: raise max_entry_bytes of the feed unpacker");
    if (!entry.broken.empty()) return Status(StatusKind::kInvalidInput, place + ", is not whole: " + entry.broken);
    return OkStatus();
  }

  std::string DateOf(const Entry& entry) {
    for (const std::string* written : {&entry.published, &entry.updated}) {
      if (written->empty()) continue;
      if (std::string date = NormalizeDate(*written); !date.empty()) return date;
      context().Count("dates_not_understood");
    }
    return {};
  }

  // The id, else the address, where no other entry has it; else the number.
  std::string KeyOf(const Entry& entry) {
    for (const std::string* key : {&entry.id, &entry.link})
      if (!key->empty() && keys_.insert(Hash64(*key)).second) return SanitizeUtf8(*key);
    return "#" + std::to_string(entry.number);
  }

  ByteStream* stream_ = nullptr;
  std::unique_ptr<FeedParser> parser_;
  std::string chunk_;
  std::unordered_set<uint64_t> keys_;
  uint64_t entries_ = 0;
  bool ended_ = false;
};

}  // namespace garner::feed

GARNER_PLUGIN(garner::feed::Feed)
