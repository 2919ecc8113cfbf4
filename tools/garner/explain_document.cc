#include "tools/garner/explain_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/job/payload_name.h"
#include "garner/escape.h"
#include "garner/source_map.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr size_t kMarginWidth = 46;
// A removed stretch of more than this is shown by its ends.
constexpr size_t kLongStretch = 600;
constexpr size_t kShownEnd = 200;

// Places in the payload as places in its decoded text.
class SourcePlaces {
 public:
  explicit SourcePlaces(const DecodedText& source) : runs_(source.Runs({0, source.text().size()})), size_(source.text().size()) {}

  size_t TextAt(uint64_t source) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), source, [](uint64_t at, const SourceRun& run) { return at < run.source.end; });
    if (after == runs_.end()) return size_;
    if (source <= after->source.begin) return after->text.begin;
    if (!after->divisible()) return after->text.begin;
    return after->text.begin + (source - after->source.begin) / after->source_unit * after->text_unit;
  }
  Span TextOf(Span source) const { return {TextAt(source.begin), TextAt(source.end)}; }

 private:
  std::vector<SourceRun> runs_;
  size_t size_;
};

bool OnlyWhitespace(std::string_view text) { return Trim(text).empty(); }

std::string Reason(const Stretch& stretch) {
  if (stretch.stage.empty()) return {};
  std::string reason = stretch.stage + ": " + stretch.rule;
  if (stretch.has_score) reason += fmt::format(" {:.2f}", stretch.score);
  if (stretch.has_threshold) reason += fmt::format("/{:.2f}", stretch.threshold);
  return EscapeForTerminal(reason, 80);
}

std::string_view StateWord(Stretch::State state) {
  switch (state) {
    case Stretch::State::kKept: return "kept";
    case Stretch::State::kChanged: return "changed";
    case Stretch::State::kRemoved: return "removed";
  }
  return "kept";
}

// Writes the decoded source line by line.
class Layout {
 public:
  Layout(const DecodedText& source, const std::vector<Stretch>& stretches, const std::vector<Mention>& mentions, const Style& style, bool full)
      : text_(source.text()), places_(source), stretches_(stretches), mentions_(mentions), style_(style), full_(full) {}

  std::string Write() {
    for (const Stretch& stretch : stretches_) WriteStretch(stretch);
    EndLine();
    return std::move(out_);
  }

 private:
  void WriteStretch(const Stretch& stretch) {
    const Span span = places_.TextOf(stretch.source);
    const std::string_view all = text_.substr(span.begin, span.size());
    if (stretch.state != Stretch::State::kKept && !OnlyWhitespace(all)) Note(stretch);
    const bool cut = !full_ && stretch.state == Stretch::State::kRemoved && all.size() > kLongStretch;
    if (!cut) return WriteLines(stretch, span);
    const size_t head_end = Boundary(span.begin + kShownEnd);
    const size_t tail_begin = Boundary(span.end - kShownEnd);
    WriteLines(stretch, {span.begin, head_end});
    line_ += style_.Dim(fmt::format(" [... {} bytes ...] ", tail_begin - head_end));
    has_text_ = true;
    WriteLines(stretch, {tail_begin, span.end});
  }

  size_t Boundary(size_t at) const {
    while (!IsBoundary(text_, at)) --at;
    return at;
  }

  void WriteLines(const Stretch& stretch, Span span) {
    size_t at = span.begin;
    while (at < span.end) {
      const size_t newline = std::min<size_t>(text_.find('\n', at), span.end);
      Piece(stretch, {at, newline});
      if (newline == span.end) return;
      EndLine();
      at = newline + 1;
      if (at < span.end && stretch.state != Stretch::State::kKept && !OnlyWhitespace(text_.substr(at, std::min<size_t>(text_.find('\n', at), span.end) - at))) Note(stretch);
    }
  }

  void Piece(const Stretch& stretch, Span span) {
    if (span.empty()) return;
    has_text_ = has_text_ || !OnlyWhitespace(text_.substr(span.begin, span.size()));
    if (stretch.state == Stretch::State::kRemoved) {
      line_ += style_.colour ? style_.Red(Shown(span)) : "[-" + Shown(span) + "-]";
      return;
    }
    if (!OnlyWhitespace(text_.substr(span.begin, span.size()))) all_removed_ = false;
    if (stretch.state == Stretch::State::kChanged) {
      line_ += style_.colour ? style_.Yellow(Shown(span)) : "{~" + Shown(span) + "~}";
      return;
    }
    WithMentions(span);
  }

  void WithMentions(Span span) {
    size_t at = span.begin;
    while (next_mention_ < mentions_.size()) {
      const Span mention = places_.TextOf(mentions_[next_mention_].source);
      if (mention.begin < at) {
        ++next_mention_;
        continue;
      }
      if (mention.begin >= span.end) break;
      const size_t end = std::min<size_t>(mention.end, span.end);
      line_ += Shown({at, mention.begin});
      line_ += style_.Underline(Shown({mention.begin, end}));
      at = end;
      ++next_mention_;
    }
    line_ += Shown({at, span.end});
  }

  std::string Shown(Span span) const { return EscapeForTerminal(text_.substr(span.begin, span.size())); }

  void Note(const Stretch& stretch) {
    const std::string reason = Reason(stretch);
    if (reason.empty() || margin_.find(reason) != std::string::npos) return;
    margin_ += (margin_.empty() ? "" : ", ") + reason;
  }

  void EndLine() {
    std::string margin = margin_;
    if (CountCodePoints(margin) > kMarginWidth) margin = margin.substr(0, kMarginWidth - 3) + "...";
    const std::string mark = margin.empty() || !has_text_ ? " " : all_removed_ ? "-" : "~";
    const std::string padded = margin + std::string(kMarginWidth - std::min(kMarginWidth, CountCodePoints(margin)), ' ');
    out_ += mark + " " + style_.Cyan(padded) + style_.Dim(" | ") + line_ + "\n";
    line_.clear();
    margin_.clear();
    all_removed_ = true;
    has_text_ = false;
  }

  const std::string_view text_;
  const SourcePlaces places_;
  const std::vector<Stretch>& stretches_;
  const std::vector<Mention>& mentions_;
  const Style style_;
  const bool full_;
  size_t next_mention_ = 0;
  std::string out_;
  std::string line_;
  std::string margin_;
  bool all_removed_ = true;
  bool has_text_ = false;
};

std::string Header(const v1::Document& document, const Style& style) {
  const v1::PayloadInfo& source = document.source();
  std::string out = style.Bold(EscapeForTerminal(PayloadName(source))) + "\n" + fmt::format("{}, {}, {} bytes, id {}\n", EscapeForTerminal(source.media_type()), EscapeForTerminal(source.charset()), source.bytes(), document.id());
  for (const v1::Metadata& metadata : document.metadata()) {
    if (!metadata.chosen()) continue;
    out += fmt::format("  {}: {}", EscapeForTerminal(metadata.key()), EscapeForTerminal(metadata.value(), 160));
    out += style.Dim(fmt::format("  ({}{})", EscapeForTerminal(metadata.origin()), metadata.stage().empty() ? "" : ", " + EscapeForTerminal(metadata.stage()))) + "\n";
  }
  return out + "\n";
}

// Fills in what lies between the marked stretches.
std::vector<Stretch> Complete(std::vector<Stretch> marked, uint64_t payload_bytes) {
  std::stable_sort(marked.begin(), marked.end(), [](const Stretch& a, const Stretch& b) { return a.source.begin < b.source.begin; });
  std::vector<Stretch> all;
  uint64_t at = 0;
  for (Stretch& stretch : marked) {
    stretch.source.begin = std::max(stretch.source.begin, at);
    stretch.source.end = std::min(stretch.source.end, payload_bytes);
    if (stretch.source.begin >= stretch.source.end) continue;
    if (stretch.source.begin > at) all.push_back({Stretch::State::kKept, {at, stretch.source.begin}, "", ""});
    at = stretch.source.end;
    all.push_back(std::move(stretch));
  }
  if (at < payload_bytes) all.push_back({Stretch::State::kKept, {at, payload_bytes}, "", ""});
  return all;
}

void SortMentions(std::vector<Mention>& mentions) {
  std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.source.begin < b.source.begin; });
}

void AddChosen(const std::string& key, const nlohmann::ordered_json& value, v1::Document& document) {
  if (value.is_array()) {
    for (const auto& item : value) AddChosen(key, item, document);
    return;
  }
  if (!value.is_string()) return;
  v1::Metadata* added = document.add_metadata();
  added->set_key(key);
  added->set_value(value.get<std::string>());
  added->set_origin("record");
  added->set_chosen(true);
}

Span SpanOf(const nlohmann::ordered_json& pair) { return {pair.at(0).get<uint64_t>(), pair.at(1).get<uint64_t>()}; }

Explained ReadRecord(const nlohmann::ordered_json& json) {
  Explained explained;
  v1::Document& document = explained.document;
  document.set_id(json.at("id").get<std::string>());
  const auto& source = json.at("source");
  document.mutable_source()->set_uri(source.at("uri").get<std::string>());
  if (source.contains("container_path")) document.mutable_source()->set_container_path(source.at("container_path").get<std::string>());
  if (source.contains("parent_id")) document.mutable_source()->set_parent_id(source.at("parent_id").get<std::string>());
  if (source.contains("record_key")) document.mutable_source()->set_record_key(source.at("record_key").get<std::string>());
  document.mutable_source()->set_media_type(source.value("media_type", ""));
  document.mutable_source()->set_charset(source.value("charset", ""));
  document.mutable_source()->set_sha256(source.value("sha256", ""));
  document.mutable_source()->set_bytes(source.at("bytes").get<uint64_t>());
  AddChosen("title", json.at("title"), document);
  for (const auto& [key, value] : json.at("metadata").items()) AddChosen(key, value, document);
  std::vector<Stretch> marked;
  for (const auto& removed : json.at("removed")) {
    Stretch stretch{Stretch::State::kRemoved, SpanOf(removed.at("source")), removed.value("stage", ""), removed.value("rule", "")};
    stretch.has_score = removed.contains("score");
    stretch.score = removed.value("score", 0.0F);
    stretch.has_threshold = removed.contains("threshold");
    stretch.threshold = removed.value("threshold", 0.0F);
    marked.push_back(std::move(stretch));
  }
  explained.stretches = Complete(std::move(marked), document.source().bytes());
  for (const auto& entity : json.at("entities")) explained.mentions.push_back({SpanOf(entity.at("source")), entity.value("type", ""), entity.value("canonical", "")});
  SortMentions(explained.mentions);
  return explained;
}

}  // namespace

Explained FromDocument(v1::Document document) {
  Explained explained;
  std::vector<Stretch> marked;
  for (const v1::Removal& removal : document.removals()) {
    Stretch stretch{Stretch::State::kRemoved, {removal.source().begin(), removal.source().end()}, removal.stage(), removal.rule()};
    stretch.has_score = removal.has_score();
    stretch.score = removal.score();
    stretch.has_threshold = removal.has_threshold();
    stretch.threshold = removal.threshold();
    marked.push_back(std::move(stretch));
  }
  for (const v1::Change& change : document.changes())
    marked.push_back({Stretch::State::kChanged, {change.source().begin(), change.source().end()}, change.stage(), change.rule()});
  explained.stretches = Complete(std::move(marked), document.source().bytes());

  const SourceMapView map(document.source_map());
  for (const v1::Annotation& annotation : document.annotations())
    if (annotation.set() == "entities") explained.mentions.push_back({map.Find({annotation.begin(), annotation.end()}).source, annotation.label(), annotation.canonical()});
  SortMentions(explained.mentions);
  explained.document = std::move(document);
  return explained;
}

Result<Explained> FromRecord(std::string_view line) {
  const auto json = nlohmann::ordered_json::parse(line, nullptr, false);
  if (!json.is_object()) return Status(StatusKind::kInvalidInput, "is no JSON Lines record of garner");
  if (!json.contains("removed") || !json["removed"].is_array())
    return Status(StatusKind::kInvalidInput, "holds no list of removals: run the job with `removed: full`, or add a `protobuf` sink");
  try {
    return ReadRecord(json);
  } catch (const nlohmann::json::exception& error) {
    return Status(StatusKind::kInvalidInput, std::string("is no JSON Lines record of garner: ") + error.what());
  }
}

std::string ExplainText(const Explained& explained, const DecodedText& source, const Style& style, bool full) {
  return Header(explained.document, style) + Layout(source, explained.stretches, explained.mentions, style, full).Write();
}

std::string ExplainJson(const Explained& explained, const DecodedText& source) {
  using Json = nlohmann::ordered_json;
  const SourcePlaces places(source);
  const auto text_of = [&](Span span) {
    const Span text = places.TextOf(span);
    return std::string(source.text().substr(text.begin, text.size()));
  };
  Json json;
  json["id"] = explained.document.id();
  const v1::PayloadInfo& info = explained.document.source();
  json["uri"] = info.uri();
  if (info.has_container_path()) json["container_path"] = info.container_path();
  if (info.has_record_key()) json["record_key"] = info.record_key();
  json["stretches"] = Json::array();
  for (const Stretch& stretch : explained.stretches) {
    Json entry;
    entry["source"] = {stretch.source.begin, stretch.source.end};
    entry["state"] = StateWord(stretch.state);
    if (!stretch.stage.empty()) entry["stage"] = stretch.stage;
    if (!stretch.rule.empty()) entry["rule"] = stretch.rule;
    if (stretch.has_score) entry["score"] = stretch.score;
    if (stretch.has_threshold) entry["threshold"] = stretch.threshold;
    entry["text"] = text_of(stretch.source);
    json["stretches"].push_back(std::move(entry));
  }
  json["entities"] = Json::array();
  for (const Mention& mention : explained.mentions) {
    Json entry;
    entry["source"] = {mention.source.begin, mention.source.end};
    entry["type"] = mention.label;
    entry["text"] = text_of(mention.source);
    if (!mention.canonical.empty()) entry["canonical"] = mention.canonical;
    json["entities"].push_back(std::move(entry));
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace garner
