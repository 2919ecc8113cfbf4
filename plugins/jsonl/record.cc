#include "record.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "garner/markdown.h"
#include "garner/metadata.h"
#include "garner/source_map.h"
#include "json_writer.h"

namespace garner::jsonl {
namespace {

constexpr std::string_view kEntitySet = "entities";
constexpr std::string_view kLinkSet = "links";

// The order of well-known keys; others follow in the order in which the document has them.
constexpr std::string_view kMetadataOrder[] = {"authors", "author_affiliations", "date_published", "publisher", "original_publisher", "section",
                                               "tags", "description", "image_captions", "image_credits", "dateline_location"};
// Keys that stand at the top of the record.
constexpr std::string_view kTopKeys[] = {"title", "language"};

void WriteStringOrNull(std::string_view text, JsonWriter& json) { text.empty() ? json.Null() : json.String(text); }

void WriteFetch(const v1::Fetch& fetch, JsonWriter& json) {
  const auto write = [&json](const char* key, const std::string& value) {
    if (!value.empty()) json.Key(key).String(value);
  };
  json.Key("fetch").BeginObject();
  write("url", fetch.url());
  write("time", fetch.time());
  if (fetch.has_http_status()) json.Key("http_status").Unsigned(fetch.http_status());
  write("content_language", fetch.content_language());
  write("last_modified", fetch.last_modified());
  write("record_id", fetch.record_id());
  write("truncated", fetch.truncated());
  json.EndObject();
}

void WriteSource(const v1::PayloadInfo& info, JsonWriter& json) {
  json.Key("source").BeginObject();
  json.Key("uri").String(info.uri());
  if (info.has_container_path()) json.Key("container_path").String(info.container_path());
  if (info.has_record_key()) json.Key("record_key").String(info.record_key());
  if (info.has_parent_id()) json.Key("parent_id").String(info.parent_id());
  WriteStringOrNull(info.media_type(), json.Key("media_type"));
  WriteStringOrNull(info.charset(), json.Key("charset"));
  WriteStringOrNull(info.sha256(), json.Key("sha256"));
  json.Key("bytes").Unsigned(info.bytes());
  if (info.has_fetch()) WriteFetch(info.fetch(), json);
  json.EndObject();
}

// The well-known keys, then the document's own in order of first appearance. Those without a chosen value are left out later.
std::vector<std::string_view> MetadataKeys(const v1::Document& document) {
  std::vector<std::string_view> keys(std::begin(kMetadataOrder), std::end(kMetadataOrder));
  std::map<std::string_view, bool> known;
  for (const std::string_view key : kMetadataOrder) known[key] = true;
  for (const std::string_view key : kTopKeys) known[key] = true;
  for (const v1::Metadata& candidate : document.metadata())
    if (candidate.chosen() && known.emplace(candidate.key(), true).second) keys.push_back(candidate.key());
  return keys;
}

void WriteMetadata(const v1::Document& document, JsonWriter& json) {
  std::map<std::string_view, std::vector<std::string_view>> chosen;
  for (const v1::Metadata& candidate : document.metadata())
    if (candidate.chosen()) chosen[candidate.key()].push_back(candidate.value());
  json.Key("metadata").BeginObject();
  for (const std::string_view key : MetadataKeys(document)) {
    const auto values = chosen.find(key);
    if (values == chosen.end()) continue;
    json.Key(key);
    if (!IsListKey(key)) {
      json.String(values->second.front());
      continue;
    }
    json.BeginArray();
    for (const std::string_view value : values->second) json.String(value);
    json.EndArray();
  }
  json.EndObject();
}

void WritePair(uint64_t begin, uint64_t end, JsonWriter& json) {
  json.BeginArray();
  json.Unsigned(begin);
  json.Unsigned(end);
  json.EndArray();
}

// The annotations of one set, in order of place.
std::vector<const v1::Annotation*> MarksOf(std::string_view set, const v1::Document& document) {
  std::vector<const v1::Annotation*> marks;
  for (const v1::Annotation& annotation : document.annotations())
    if (annotation.set() == set && annotation.begin() < annotation.end() && annotation.end() <= document.text().size()) marks.push_back(&annotation);
  std::stable_sort(marks.begin(), marks.end(), [](const v1::Annotation* a, const v1::Annotation* b) {
    return std::pair(a->begin(), b->end()) < std::pair(b->begin(), a->end());  // the longer of two first
  });
  return marks;
}

// `rendered`: what the record shows as text, null where that is the document's own.
void WriteEntities(const v1::Document& document, const Markdown* rendered, OffsetUnit unit, JsonWriter& json) {
  const std::vector<const v1::Annotation*> entities = MarksOf(kEntitySet, document);
  if (entities.empty()) {
    json.Key("entities").BeginArray();
    json.EndArray();
    return;
  }
  const SourceMapView map(document.source_map());
  std::vector<uint64_t> places;
  for (const v1::Annotation* entity : entities) {
    places.push_back(rendered == nullptr ? entity->begin() : rendered->Begin(entity->begin()));
    places.push_back(rendered == nullptr ? entity->end() : rendered->End(entity->end()));
  }
  const std::vector<uint64_t> offsets = ConvertOffsets(rendered == nullptr ? document.text() : rendered->text, places, unit);
  json.Key("entities").BeginArray();
  for (size_t i = 0; i < entities.size(); ++i) {
    const v1::Annotation& entity = *entities[i];
    const Origin origin = map.Find({entity.begin(), entity.end()});
    const std::string_view text = std::string_view(document.text()).substr(entity.begin(), entity.end() - entity.begin());
    json.BeginObject();
    json.Key("type").String(entity.label());
    json.Key("text").String(text);
    json.Key("begin").Unsigned(offsets[2 * i]);
    json.Key("end").Unsigned(offsets[2 * i + 1]);
    json.Key("canonical").String(entity.has_canonical() ? std::string_view(entity.canonical()) : text);
    if (entity.has_value()) json.Key("value").String(entity.value());
    if (entity.has_confidence()) json.Key("confidence").Float(entity.confidence());
    json.Key("source");
    WritePair(origin.source.begin, origin.source.end, json);
    json.Key("verbatim").Bool(origin.verbatim);
    json.EndObject();
  }
  json.EndArray();
}

// Absent where there are none: a document has them only where its decoder was asked to mark them.
void WriteLinks(const v1::Document& document, OffsetUnit unit, JsonWriter& json) {
  const std::vector<const v1::Annotation*> links = MarksOf(kLinkSet, document);
  if (links.empty()) return;
  std::vector<uint64_t> places;
  for (const v1::Annotation* link : links) {
    places.push_back(link->begin());
    places.push_back(link->end());
  }
  const std::vector<uint64_t> offsets = ConvertOffsets(document.text(), places, unit);
  json.Key("links").BeginArray();
  for (size_t i = 0; i < links.size(); ++i) {
    json.BeginObject();
    json.Key("begin").Unsigned(offsets[2 * i]);
    json.Key("end").Unsigned(offsets[2 * i + 1]);
    json.Key("url").String(links[i]->value());
    json.EndObject();
  }
  json.EndArray();
}

void WriteRemovedInFull(const v1::Document& document, JsonWriter& json) {
  json.Key("removed").BeginArray();
  for (const v1::Removal& removal : document.removals()) {
    json.BeginObject();
    json.Key("source");
    WritePair(removal.source().begin(), removal.source().end(), json);
    json.Key("stage").String(removal.stage());
    json.Key("rule").String(removal.rule());
    if (removal.has_score()) json.Key("score").Float(removal.score());
    if (removal.has_threshold()) json.Key("threshold").Float(removal.threshold());
    json.EndObject();
  }
  json.EndArray();
}

void WriteRemovedSummary(const v1::Document& document, JsonWriter& json) {
  struct Sum {
    uint64_t count = 0;
    uint64_t bytes = 0;
  };
  std::map<std::pair<std::string_view, std::string_view>, Sum> sums;
  for (const v1::Removal& removal : document.removals()) {
    Sum& sum = sums[{removal.stage(), removal.rule()}];
    ++sum.count;
    sum.bytes += removal.source().end() - removal.source().begin();
  }
  json.Key("removed").BeginArray();
  for (const auto& [reason, sum] : sums) {
    json.BeginObject();
    json.Key("stage").String(reason.first);
    json.Key("rule").String(reason.second);
    json.Key("count").Unsigned(sum.count);
    json.Key("bytes").Unsigned(sum.bytes);
    json.EndObject();
  }
  json.EndArray();
}

// By name; of several stages' signals of one name the last counts.
void WriteSignals(const v1::Document& document, JsonWriter& json) {
  std::map<std::string_view, double> signals;
  for (const v1::Signal& signal : document.signals()) signals[signal.name()] = signal.value();
  json.Key("signals").BeginObject();
  for (const auto& [name, value] : signals) json.Key(name).Double(value);
  json.EndObject();
}

}  // namespace

void AppendRecord(const v1::Document& document, const RecordOptions& options, std::string* out) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("id").String(document.id());
  WriteSource(document.source(), json);
  WriteStringOrNull(ChosenValue(document, "title"), json.Key("title"));
  WriteStringOrNull(ChosenValue(document, "language"), json.Key("language"));
  std::optional<Markdown> rendered;
  if (options.markdown) rendered = RenderMarkdown(document, false);
  if (rendered && !rendered->text.empty()) rendered->text.pop_back();  // no line break at the end, as in the plain text
  json.Key("text").String(rendered ? rendered->text : document.text());
  WriteMetadata(document, json);
  WriteEntities(document, rendered ? &*rendered : nullptr, options.offsets, json);
  if (!rendered) WriteLinks(document, options.offsets, json);
  if (options.removed == RemovedDetail::kFull) WriteRemovedInFull(document, json);
  if (options.removed == RemovedDetail::kSummary) WriteRemovedSummary(document, json);
  WriteSignals(document, json);
  json.EndObject();
  out->push_back('\n');
}

}  // namespace garner::jsonl
