#include "core/conformance/answer.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/sdk/document_check.h"
#include "core/sdk/edit_applier.h"
#include "core/sdk/guarded.h"
#include "garner/escape.h"
#include "garner/utf8.h"

namespace garner {
namespace {

class PiecewiseStream final : public ByteStream {
 public:
  PiecewiseStream(std::string bytes, const StreamManner& manner) : bytes_(std::move(bytes)), memory_(bytes_), manner_(manner) {}

  Result<size_t> Read(char* buffer, size_t size) override { return memory_.Read(buffer, manner_.piece == 0 ? size : std::min(size, manner_.piece)); }
  std::optional<uint64_t> size() const override { return manner_.seekable ? memory_.size() : std::nullopt; }
  bool seekable() const override { return manner_.seekable; }
  Status Seek(uint64_t position) override { return manner_.seekable ? memory_.Seek(position) : ByteStream::Seek(position); }

 private:
  const std::string bytes_;
  MemoryStream memory_;
  const StreamManner manner_;
};

void Append(std::string_view word, std::string& rest) {
  rest += std::to_string(word.size()) + ":";
  rest += word;
  rest += "\n";
}

void AppendStatus(const Status& status, std::string& rest) {
  rest += KindName(status.kind());
  rest += " ";
  Append(status.message(), rest);
}

Answer Decode(DecoderStage& stage, const Input& input) {
  v1::Document document;
  *document.mutable_source() = input.payload.info;
  Children children({.payloads = kMaxChildren, .bytes = kMaxItemBytes});
  Answer answer;
  answer.status = Guarded([&] { return stage.DecodeWithChildren(input.payload, &document, children); });
  if (answer.status.ok()) answer.message = document.SerializeAsString();
  for (const Children::Child& child : children.all()) {
    Append(child.payload.name, answer.rest);
    Append(child.payload.declared_media_type, answer.rest);
    Append(child.payload.declared_charset, answer.rest);
    Append(child.payload.bytes, answer.rest);
    AppendStatus(child.payload.status, answer.rest);
  }
  return answer;
}

Answer Process(TransformStage& stage, const Input& input) {
  Edits edits;
  Answer answer;
  answer.status = Guarded([&] { return stage.Process(input.document, edits); });
  if (answer.status.ok()) answer.message = edits.proto().SerializeAsString();
  return answer;
}

void AppendItem(SourceItem& item, std::string& rest) {
  Append(item.payload.info.SerializeAsString(), rest);
  AppendStatus(item.status, rest);
  if (item.stream == nullptr) return Append(item.payload.bytes, rest);
  const Result<InputContent> content = ReadInputStream(*item.stream, item.limits);
  if (content.ok()) return Append(content->bytes, rest);
  AppendStatus(content.status(), rest);
}

// Whether the host can tell an item from the others. Names of members it makes different itself.
Status CheckItem(const v1::PayloadInfo& info, std::set<std::string>& record_keys) {
  if (info.has_uri()) return Status(StatusKind::kInternal, "an item sets uri, which is the host's");
  if (!info.container_path().empty()) return OkStatus();
  if (info.record_key().empty()) return Status(StatusKind::kInternal, "an item has neither a container_path nor a record_key");
  if (record_keys.insert(info.record_key()).second) return OkStatus();
  return Status(StatusKind::kInternal, "two items have the record_key '" + Shortened(info.record_key()) + "'");
}

Answer Unpack(OpenStage& opened, const Input& input, const StreamManner& manner) {
  auto& stage = opened.As<UnpackerStage>();
  auto stream = std::make_unique<PiecewiseStream>(input.payload.bytes, manner);
  Answer answer;
  std::set<std::string> record_keys;
  answer.status = Guarded([&]() -> Status {
    const Status begun = stage.Begin(input.payload.info, *stream);
    opened.stream = std::move(stream);  // the last one's end
    if (!begun.ok()) return begun;
    for (size_t items = 0; items < kMaxItems && answer.rest.size() < kMaxItemBytes; ++items) {
      SourceItem item;
      const Result<bool> more = stage.Next(item);
      if (!more.ok()) return more.status();
      if (!*more) return OkStatus();
      if (answer.trouble.ok()) answer.trouble = CheckItem(item.payload.info, record_keys);
      AppendItem(item, answer.rest);
    }
    return OkStatus();
  });
  return answer;
}

Status CheckEdits(const Answer& answer, const PluginFile& plugin, const Input& input) {
  v1::Edits edits;
  edits.ParseFromString(answer.message);
  if (edits.has_note() && !plugin.manifest.decides())
    return Status(StatusKind::kInvalidEdits, "leaves a note, which is for stages whose plugin.textproto says 'decides: true'");
  if (edits.note().size() > kMaxNoteBytes)
    return Status(StatusKind::kLimit, "leaves a note of " + std::to_string(edits.note().size()) + " bytes; " + std::to_string(kMaxNoteBytes) + " are accepted");
  v1::Document document = input.document;
  return Guarded([&] { return ApplyEdits(edits, plugin.manifest.name(), &document); });
}

std::string TextOf(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(message, &text);
  return text;
}

std::string TextOf(const std::string& bytes, v1::PluginManifest::Kind kind) {
  v1::Document document;
  v1::Edits edits;
  if (kind == v1::PluginManifest::DECODER && document.ParseFromString(bytes)) return TextOf(document);
  if (kind == v1::PluginManifest::TRANSFORM && edits.ParseFromString(bytes)) return TextOf(edits);
  return bytes;
}

std::string Quoted(std::string_view line) { return "'" + Shortened(line) + "'"; }

std::string FirstDifferentLine(const std::string& one, const std::string& other) {
  std::istringstream first(one);
  std::istringstream second(other);
  std::string a;
  std::string b;
  for (size_t number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(first, a));
    const bool more_b = static_cast<bool>(std::getline(second, b));
    if (!more_a && !more_b) return "the bytes differ";
    if (more_a && more_b && a == b) continue;
    return "line " + std::to_string(number) + " is " + (more_a ? Quoted(a) : "missing") + " once and " + (more_b ? Quoted(b) : "missing") + " once";
  }
}

std::string Words(const Status& status) { return status.ok() ? "it succeeded" : "it failed: " + Shortened(status.message()); }

}  // namespace

std::string Shortened(std::string_view text, size_t bytes) {
  return EscapeForTerminal(text, bytes);
}

Answer Work(OpenStage& stage, v1::PluginManifest::Kind kind, const Input& input, const StreamManner& manner) {
  switch (kind) {
    case v1::PluginManifest::DECODER: return Decode(stage.As<DecoderStage>(), input);
    case v1::PluginManifest::TRANSFORM: return Process(stage.As<TransformStage>(), input);
    case v1::PluginManifest::UNPACKER: return Unpack(stage, input, manner);
    default: return {Status(StatusKind::kInternal, "there is no work of this kind"), {}, {}};
  }
}

Status CheckAnswer(const Answer& answer, const PluginFile& plugin, const Input& input) {
  if (!answer.status.ok()) {
    const bool out_of_memory = answer.status.kind() == StatusKind::kLimit && answer.status.message() == "out of memory";
    return out_of_memory ? answer.status : OkStatus();
  }
  if (plugin.manifest.kind() == v1::PluginManifest::TRANSFORM) return CheckEdits(answer, plugin, input);
  if (plugin.manifest.kind() != v1::PluginManifest::DECODER) return answer.trouble;
  // What a damaged file says of a document is for the host to refuse, not for who restores it.
  if (plugin.manifest.restores_documents()) return OkStatus();
  v1::Document document;
  document.ParseFromString(answer.message);
  return CheckDocument(document, input.payload.bytes.size());
}

std::string DescribeDifference(const Answer& one, const Answer& other, v1::PluginManifest::Kind kind) {
  if (one.status.ok() != other.status.ok() || one.status.message() != other.status.message())
    return "once " + Words(one.status) + "; once " + Words(other.status);
  if (one.message != other.message) return FirstDifferentLine(TextOf(one.message, kind), TextOf(other.message, kind));
  return FirstDifferentLine(one.rest, other.rest);
}

}  // namespace garner
