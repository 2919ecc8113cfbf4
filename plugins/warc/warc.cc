// Hands out the records of WARC and ARC files.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "garner/plugin.h"
#include "garner_plugins/warc/options.pb.h"
#include "http_body.h"
#include "http_response.h"
#include "record_reader.h"

namespace garner::warc {
namespace {

bool StatusFits(std::string_view wanted, uint32_t status) {
  if (wanted == "all") return true;
  const std::string code = std::to_string(status);
  return code.size() == 3 && (wanted == code || (wanted.substr(1) == "xx" && wanted[0] == code[0]));
}

std::string StatusClass(uint32_t status) {
  const std::string code = std::to_string(status);
  return code.size() == 3 ? code.substr(0, 1) + "xx" : "unknown";
}

// The types of the standard; names of counters are not for a file to choose.
std::string CounterName(std::string_view type) {
  for (const std::string_view known : {"response", "resource", "conversion", "metadata", "request", "warcinfo", "revisit", "continuation"})
    if (type == known) return "passed_over_" + std::string(known);
  return "passed_over_other_types";
}

// Look-ups of names and owners stand among the responses.
bool IsLookUp(std::string_view url) { return url.substr(0, 4) == "dns:" || url.substr(0, 6) == "whois:"; }

void Describe(const RecordHeader& header, v1::PayloadInfo& info) {
  if (header.url.empty() && header.time.empty() && header.record_id.empty() && header.truncated.empty()) return;
  v1::Fetch* const fetch = info.mutable_fetch();
  if (!header.url.empty()) fetch->set_url(header.url);
  if (!header.time.empty()) fetch->set_time(header.time);
  if (!header.record_id.empty()) fetch->set_record_id(header.record_id);
  if (!header.truncated.empty()) fetch->set_truncated(header.truncated);
}

void Declare(std::string_view media_type, std::string_view charset, v1::PayloadInfo& info) {
  if (!media_type.empty()) info.set_declared_media_type(std::string(media_type));
  if (!charset.empty()) info.set_declared_charset(std::string(charset));
}

}  // namespace

class Warc final : public Unpacker<WarcOptions> {
 public:
  Status Open() override {
    bodies_ = std::make_unique<BodyDecoder>(BodyLimits{options().max_record_bytes(), options().max_expansion_ratio()});
    return OkStatus();
  }

  Status Begin(const v1::PayloadInfo& container, ByteStream& stream) override {
    (void)container;
    ReaderLimits limits;
    limits.max_record_bytes = options().max_record_bytes();
    limits.max_header_bytes = options().max_header_bytes();
    limits.max_headers = options().max_headers();
    limits.max_damages = options().max_damages();
    limits.expansion.max_ratio = options().max_expansion_ratio();
    reader_ = std::make_unique<RecordReader>(stream, limits);
    return reader_->Begin();
  }

  Result<bool> Next(SourceItem& item) override {
    while (reader_ != nullptr) {
      const Result<RecordReader::Found> found = reader_->Next();
      if (!found.ok()) return found.status();
      if (*found == RecordReader::kEnd) return false;
      if (*found == RecordReader::kDamage ? TakeDamage(item) : TakeRecord(item)) return true;
    }
    return false;
  }

 private:
  // Both are false where the record is passed over.
  bool TakeDamage(SourceItem& item) {
    const bool large = reader_->problem().kind() == StatusKind::kLimit && reader_->knows_header();
    if (large && PassesOver(reader_->header())) return false;
    item.payload.info.set_record_key(reader_->place().Key());
    if (reader_->knows_header()) Describe(reader_->header(), item.payload.info);
    item.status = reader_->problem();
    return true;
  }

  bool TakeRecord(SourceItem& item) {
    const RecordHeader& header = reader_->header();
    if (PassesOver(header)) return false;
    v1::PayloadInfo& info = item.payload.info;
    if (header.type == "response" && LooksLikeHttpResponse(reader_->block())) return TakeResponse(item);
    info.set_record_key(reader_->place().Key());
    Describe(header, info);
    const MediaType type = SplitMediaType(header.content_type);
    // That of the record around it, where there is no HTTP in it.
    if (type.bare != "application/http" && type.bare != "no-type") Declare(type.bare, type.charset, info);
    item.payload.bytes.assign(reader_->block());
    return true;
  }

  bool TakeResponse(SourceItem& item) {
    v1::PayloadInfo& info = item.payload.info;
    const Result<HttpResponse> response = ParseHttpResponse(reader_->block(), {options().max_header_bytes(), options().max_headers()});
    if (response.ok() && !WantsStatus(response->status)) {
      context().Count("passed_over_status_" + StatusClass(response->status));
      return false;
    }
    info.set_record_key(reader_->place().Key());
    Describe(reader_->header(), info);
    item.status = response.ok() ? TakeBody(*response, item.payload) : response.status();
    if (!item.status.ok()) item.status = Status(item.status.kind(), "the record " + reader_->place().Words() + ": " + item.status.message());
    return true;
  }

  Status TakeBody(const HttpResponse& response, Payload& payload) {
    v1::Fetch* const fetch = payload.info.mutable_fetch();
    if (response.status != 0) fetch->set_http_status(response.status);
    if (!response.content_language.empty()) fetch->set_content_language(response.content_language);
    if (!response.last_modified.empty()) fetch->set_last_modified(response.last_modified);
    Declare(response.media_type, response.charset, payload.info);
    Result<Body> body = bodies_->Decode(reader_->block().substr(response.head_bytes), response);
    if (!body.ok()) return body.status();
    if (body->header_was_wrong) context().Count("bodies_without_their_coding");
    if (body->cut_off) context().Count("bodies_cut_off");
    if (body->cut_off && !fetch->has_truncated()) fetch->set_truncated("unspecified");
    payload.bytes = std::move(body->bytes);
    return OkStatus();
  }

  bool PassesOver(const RecordHeader& header) {
    if (!WantsType(header.type)) {
      context().Count(CounterName(header.type));
      return true;
    }
    if (!IsLookUp(header.url)) return false;
    context().Count("passed_over_look_ups");
    return true;
  }

  bool WantsType(std::string_view type) const {
    const auto is = [&](int wanted) {
      switch (wanted) {
        case WarcOptions::RESPONSE: return type == "response";
        case WarcOptions::RESOURCE: return type == "resource";
        case WarcOptions::CONVERSION: return type == "conversion";
        default: return type == "metadata";
      }
    };
    if (options().record_types().empty()) return type == "response" || type == "resource" || type == "conversion";
    return std::any_of(options().record_types().begin(), options().record_types().end(), is);
  }

  bool WantsStatus(uint32_t status) const {
    if (options().statuses().empty()) return status / 100 == 2;
    return std::any_of(options().statuses().begin(), options().statuses().end(), [&](const std::string& wanted) { return StatusFits(wanted, status); });
  }

  std::unique_ptr<BodyDecoder> bodies_;
  std::unique_ptr<RecordReader> reader_;
};

}  // namespace garner::warc

GARNER_PLUGIN(garner::warc::Warc)
