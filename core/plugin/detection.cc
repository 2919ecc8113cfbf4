#include "core/plugin/detection.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/plugin/binary_magic.h"
#include "core/plugin/hints.h"
#include "core/plugin/mail_look.h"
#include "core/plugin/markup_look.h"
#include "garner/decoded_text.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr std::string_view kPlain = "text/plain";
constexpr std::string_view kHtml = "text/html";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kJsonLines = "application/jsonl";

// What extension or origin say. They decide only where the bytes leave a choice.
struct Hint {
  std::string media_type;
  std::string evidence;

  explicit operator bool() const { return !media_type.empty(); }
  bool html() const { return media_type == kHtml || media_type == "application/xhtml+xml"; }
};

bool HasSignature(const PluginFile& reader, std::string_view media_type) {
  for (const v1::Signature& signature : reader.manifest.signatures())
    if (signature.media_type() == media_type) return true;
  return false;
}

Hint ByExtension(const v1::PayloadInfo& info, const std::vector<const PluginFile*>& readers) {
  const std::string extension = ExtensionOf(info);
  if (extension.empty()) return {};
  for (const PluginFile* reader : readers)
    for (const v1::Extension& entry : reader->manifest.extensions())
      // A type with a signature would have been recognised by it.
      if (entry.extension() == extension && !HasSignature(*reader, entry.media_type())) return {entry.media_type(), "extension"};
  if (extension == "html" || extension == "htm" || extension == "xhtml") return {std::string(kHtml), "extension"};
  if (extension == "txt") return {std::string(kPlain), "extension"};
  return {};
}

Hint ByDeclaration(const v1::PayloadInfo& info, const std::vector<const PluginFile*>& readers) {
  std::string type = BareMediaType(info.declared_media_type());
  if (type == kHtml || type == kPlain) return {std::move(type), "declared"};
  for (const PluginFile* reader : readers)
    for (const std::string& taken : reader->manifest.media_types())
      if (taken == type && !HasSignature(*reader, type)) return {std::move(type), "declared"};
  return {};
}

// A declared type names the bytes that were sent, a name is only a name; but servers say text/plain for whatever they do not know.
Hint BestHint(const v1::PayloadInfo& info, const std::vector<const PluginFile*>& readers) {
  Hint declared = ByDeclaration(info, readers);
  if (declared && declared.media_type != kPlain) return declared;
  Hint extension = ByExtension(info, readers);
  return extension ? extension : declared;
}

// The longest signature that fits; of equals the first.
std::optional<Detected> BySignature(std::string_view payload, const std::vector<const PluginFile*>& readers) {
  const v1::Signature* best = nullptr;
  for (const PluginFile* reader : readers)
    for (const v1::Signature& signature : reader->manifest.signatures()) {
      const bool fits = !signature.magic().empty() && payload.size() >= signature.offset() &&
                        payload.substr(signature.offset(), signature.magic().size()) == signature.magic();
      if (fits && (best == nullptr || signature.magic().size() > best->magic().size())) best = &signature;
    }
  if (best == nullptr) return std::nullopt;
  return Detected{best->media_type(), "signature"};
}

std::optional<Detected> ByMarkup(std::string_view head, const Hint& hint) {
  const auto content = [](std::string_view type) { return Detected{std::string(type), "content"}; };
  switch (LookAtStart(head)) {
    case MarkupStart::kHtml: return content(kHtml);
    case MarkupStart::kXhtml: return content("application/xhtml+xml");
    case MarkupStart::kRss: return content("application/rss+xml");
    case MarkupStart::kAtom: return content("application/atom+xml");
    case MarkupStart::kSvg: return content("image/svg+xml");
    case MarkupStart::kXml: return content("application/xml");
    case MarkupStart::kHtmlElement:
      // A fragment of a page, or a text with residue of markup.
      if (hint) return Detected{hint.media_type, hint.evidence};
      if (CountTags(head).dense) return content(kHtml);
      return std::nullopt;
    case MarkupStart::kNone: break;
  }
  const TagCount count = CountTags(head);
  if (hint.html()) {
    if (count.dense || count.page) return content(kHtml);
    if (count.tags > 0) return Detected{hint.media_type, hint.evidence};
    return std::nullopt;  // a text under a page's name: reading it as HTML would lose its lines
  }
  // A page behind something else: captured headers, a warning of the server.
  if (!hint && count.dense && count.page) return content(kHtml);
  return std::nullopt;
}

bool IsTextType(std::string_view type) {
  const auto ends = [&](std::string_view ending) { return type.size() >= ending.size() && type.substr(type.size() - ending.size()) == ending; };
  return type.substr(0, 5) == "text/" || ends("json") || ends("xml");
}

// {"key": or [{"key": at the beginning.
bool LooksJson(std::string_view head) {
  const auto skip = [&] {
    while (!head.empty() && (head[0] == ' ' || head[0] == '\t' || head[0] == '\n' || head[0] == '\r')) head.remove_prefix(1);
  };
  const auto take = [&](char c) {
    skip();
    if (head.empty() || head[0] != c) return false;
    head.remove_prefix(1);
    return true;
  };
  take('[');
  if (!take('{') || !take('"')) return false;
  const size_t end = head.find_first_of("\"\n");
  if (end == std::string_view::npos || head[end] != '"') return false;
  head.remove_prefix(end + 1);
  return take(':');
}

// A whole object on the first line, and another one begins on the next.
bool LooksJsonLines(std::string_view head) {
  const size_t end = head.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view first = Trim(head.substr(0, end));
  const std::string_view next = head.substr(end + 1);
  const size_t start = next.find_first_not_of(" \t\r\n");
  return !first.empty() && first.front() == '{' && first.back() == '}' && start != std::string_view::npos && next[start] == '{';
}

bool IsTaken(std::string_view type, const std::vector<const PluginFile*>& readers) {
  return std::any_of(readers.begin(), readers.end(), [type](const PluginFile* reader) {
    const auto& taken = reader->manifest.media_types();
    return std::find(taken.begin(), taken.end(), type) != taken.end();
  });
}

Detected TextKind(std::string_view head, const Hint& hint, const std::vector<const PluginFile*>& readers) {
  if (const std::string mail = MailKind(head); !mail.empty()) return {mail, "content"};
  if ((!hint || hint.html()) && LooksJson(head)) {
    const bool lines = LooksJsonLines(head) && IsTaken(kJsonLines, readers);
    return {std::string(lines ? kJsonLines : kJson), "content"};
  }
  if (hint && !hint.html() && hint.media_type != kPlain) return {hint.media_type, hint.evidence};
  return {std::string(kPlain), "content"};
}

}  // namespace

Detected DetectMediaType(std::string_view payload, const v1::PayloadInfo& info, const std::vector<const PluginFile*>& readers) {
  if (std::optional<Detected> found = BySignature(payload, readers)) return *found;
  const Hint hint = BestHint(info, readers);
  const TextHead head = ReadTextHead(payload);
  const bool binary = !head.wide && LooksBinary(payload);
  if (!head.wide)
    if (std::string type = MediaTypeByMagic(payload, binary); !type.empty()) return {std::move(type), "signature"};
  // Even a page with a stray control byte is a page.
  const MarkupStart start = LookAtStart(head.text);
  if (binary && start == MarkupStart::kNone) {
    if (hint && !IsTextType(hint.media_type)) return {hint.media_type, hint.evidence};
    return {"application/octet-stream", "content"};
  }
  if (std::optional<Detected> found = ByMarkup(head.text, hint)) return *found;
  return TextKind(head.text, hint, readers);
}

}  // namespace garner
