// Reads documents out of JSON Lines.
#include <simdjson.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "field_path.h"
#include "garner/dates.h"
#include "garner/decoded_text.h"
#include "garner/escape.h"
#include "garner/metadata.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/jsonl_reader/options.pb.h"
#include "json_error.h"
#include "mend_json.h"
#include "record_stream.h"

namespace garner::jsonl_reader {
namespace {

namespace dom = simdjson::dom;

static_assert(simdjson::SIMDJSON_PADDING <= kPaddingBytes);

constexpr const char* kOrigin = "jsonl";
constexpr size_t kMaxNamesShown = 200;

// The value at the path, if there is one that is not null.
std::optional<dom::element> Find(dom::object record, const FieldPath& path) {
  dom::element at;
  dom::object object = record;
  for (size_t i = 0; i < path.size(); ++i) {
    if (i > 0 && at.get(object) != simdjson::SUCCESS) return std::nullopt;
    if (object.at_key(path[i]).get(at) != simdjson::SUCCESS) return std::nullopt;
  }
  return at.is_null() ? std::nullopt : std::optional(at);
}

// A string, number or truth value as text; of an object its name; nothing for other things.
std::optional<std::string> AsText(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  dom::element name;
  if (value.is_object()) return value["name"].get(name) == simdjson::SUCCESS && name.is_string() ? AsText(name) : std::nullopt;
  if (value.is_array() || value.is_null()) return std::nullopt;
  return simdjson::minify(value);
}

std::vector<std::string> Values(dom::element value) {
  std::vector<std::string> values;
  const auto add = [&](dom::element one) {
    if (std::optional<std::string> text = AsText(one); text && !Trim(*text).empty()) values.push_back(SanitizeUtf8(Trim(*text)));
  };
  dom::array list;
  if (value.get(list) != simdjson::SUCCESS) {
    add(value);
  } else {
    for (const dom::element one : list) add(one);
  }
  return values;
}

std::string NamesOf(dom::object record) {
  std::string names;
  for (const dom::key_value_pair field : record) {
    names += (names.empty() ? "" : ", ") + std::string(field.key);
    if (names.size() > kMaxNamesShown) break;
  }
  return names.empty() ? "nothing" : EscapeForTerminal(names, kMaxNamesShown);
}

bool IsWhole(const v1::PayloadInfo& container) { return container.media_type() == "application/json"; }

}  // namespace

class JsonlReader final : public Unpacker<JsonlReaderOptions> {
 public:
  Status Open() override {
    text_path_ = ParsePath(options().text_field());
    html_path_ = ParsePath(options().html_field());
    id_path_ = ParsePath(options().id_field());
    url_path_ = ParsePath(options().url_field());
    Result<std::vector<Mapping>> mappings = ParseMappings({options().metadata().begin(), options().metadata().end()});
    if (!mappings.ok()) return mappings.status();
    mappings_ = *std::move(mappings);
    return OkStatus();
  }

  Status Begin(const v1::PayloadInfo& container, ByteStream& stream) override {
    records_ = std::make_unique<RecordStream>(stream, RecordStream::Options{.max_record_bytes = options().max_record_bytes(), .one_value = IsWhole(container)});
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    Record record;
    Result<bool> more = records_->Next(record);
    if (!more.ok() || !*more) return more;
    item.payload.info.set_record_key(std::to_string(record.number));
    item.status = Take(record, item.payload);
    return true;
  }

 private:
  Status Bad(const Record& record, StatusKind kind, const std::string& what) const {
    return Status(kind, std::string(records_->unit()) + " " + std::to_string(record.number) + ", " + what);
  }

  Status Take(const Record& record, Payload& payload) {
    if (record.too_long)
      return Bad(record, StatusKind::kLimit, "which has more than " + std::to_string(options().max_record_bytes()) + " bytes: raise max_record_bytes of the jsonl_reader unpacker");
    dom::element value;
    if (Status status = Parse(record, value); !status.ok()) return status;
    dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return Bad(record, StatusKind::kInvalidInput, "column 1: an object is wanted, as {\"text\": \"...\"}");
    TakeName(object, payload.info);
    TakeMetadata(object, payload.info);
    return TakeText(record, object, payload);
  }

  // As it stands, and where that is no JSON, as it was meant.
  Status Parse(const Record& record, dom::element& value) {
    simdjson::error_code error = parser_.parse(record.json.data(), record.json.size(), false).get(value);
    if (error == simdjson::SUCCESS) return OkStatus();
    std::string_view json = record.json;
    std::optional<DecodedText> decoded;
    if (error == simdjson::UTF8_ERROR) {
      Result<DecodedText> made = DecodeText(json, {});
      if (!made.ok()) return Bad(record, StatusKind::kInvalidInput, made.status().message());
      context().Count("records_in_other_charsets");
      decoded = *std::move(made);
      json = decoded->text();
    }
    Mended mended = MendJson(json);
    if (mended.lone_surrogates > 0) context().Count("lone_surrogates", static_cast<double>(mended.lone_surrogates));
    if (decoded || mended.changed) {
      padded_ = simdjson::padded_string(mended.json);
      error = parser_.parse(padded_).get(value);
      if (error == simdjson::SUCCESS) return OkStatus();
    }
    std::string what = DescribeJsonError(json);
    if (what.empty()) what = std::string("column 1: ") + simdjson::error_message(error);
    return Bad(record, StatusKind::kInvalidInput, what);
  }

  void TakeName(dom::object record, v1::PayloadInfo& info) const {
    if (!options().id_field().empty())
      if (const std::optional<dom::element> value = Find(record, id_path_))
        if (std::optional<std::string> id = AsText(*value); id && !Trim(*id).empty()) info.set_record_key(*std::move(id));
    if (options().url_field().empty()) return;
    const std::optional<dom::element> value = Find(record, url_path_);
    std::string_view url;
    if (value && value->get(url) == simdjson::SUCCESS && !url.empty()) info.mutable_fetch()->set_url(std::string(url));
  }

  void TakeMetadata(dom::object record, v1::PayloadInfo& info) {
    std::set<std::string_view> done;
    for (const Mapping& mapping : mappings_) {
      if (done.count(mapping.key) > 0) continue;
      const std::optional<dom::element> value = Find(record, mapping.path);
      if (!value) continue;
      for (std::string& one : Values(*value)) {
        if (mapping.key == "date_published") one = NormalizeDate(one);
        if (one.empty()) {
          context().Count("dates_not_understood");
          continue;
        }
        if (!IsListKey(mapping.key) && done.count(mapping.key) > 0) break;
        done.insert(mapping.key);
        v1::RecordField* field = info.add_record_fields();
        field->set_key(mapping.key);
        field->set_value(std::move(one));
        field->set_origin(kOrigin);
      }
    }
  }

  Status TakeText(const Record& record, dom::object object, Payload& payload) const {
    std::string_view text;
    if (!options().html_field().empty()) {
      const std::optional<dom::element> html = Find(object, html_path_);
      if (html && html->get(text) == simdjson::SUCCESS && !Trim(text).empty()) {
        SetText(text, "text/html", payload);
        return OkStatus();
      }
    }
    const std::optional<dom::element> value = Find(object, text_path_);
    if (!value) return Bad(record, StatusKind::kInvalidInput, "where no field is called '" + options().text_field() + "': it has " + NamesOf(object) + "; name the text's in text_field");
    if (value->get(text) != simdjson::SUCCESS) return Bad(record, StatusKind::kInvalidInput, "whose field '" + options().text_field() + "' is no string");
    SetText(text, options().media_type(), payload);
    return OkStatus();
  }

  static void SetText(std::string_view text, const std::string& media_type, Payload& payload) {
    payload.bytes.assign(text);
    payload.info.set_declared_media_type(media_type);
    payload.info.set_declared_charset("UTF-8");
  }

  FieldPath text_path_;
  FieldPath html_path_;
  FieldPath id_path_;
  FieldPath url_path_;
  std::vector<Mapping> mappings_;
  std::unique_ptr<RecordStream> records_;
  dom::parser parser_;
  simdjson::padded_string padded_;
};

}  // namespace garner::jsonl_reader

GARNER_PLUGIN(garner::jsonl_reader::JsonlReader)
