#include "charset_prescan.h"

#include <algorithm>
#include <vector>

#include "ascii.h"
#include "tag_scanner.h"

namespace garner::html {
namespace {

constexpr size_t kPrescanBytes = 4096;

// The charset named after "charset=" in the content of a meta element.
std::string_view CharsetInContent(std::string_view content) {
  for (size_t at = 0; at + 7 < content.size(); ++at) {
    if (!StartsIgnoringCase(content.substr(at), "charset")) continue;
    std::string_view rest = TrimHtmlSpace(content.substr(at + 7));
    if (rest.empty() || rest.front() != '=') continue;
    rest = TrimHtmlSpace(rest.substr(1));
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
      const size_t end = rest.find(rest.front(), 1);
      return end == std::string_view::npos ? std::string_view() : rest.substr(1, end - 1);
    }
    return rest.substr(0, rest.find_first_of("; \t\r\n\f"));
  }
  return {};
}

std::string_view CharsetOfMeta(std::string_view head, const std::vector<Attribute>& attributes) {
  std::string_view content;
  bool content_type = false;
  for (const Attribute& attribute : attributes) {
    const std::string_view value = TrimHtmlSpace(head.substr(attribute.value.begin, attribute.value.size()));
    if (attribute.name == AttributeName::kCharset) return value;
    if (attribute.name == AttributeName::kContent) content = value;
    if (attribute.name == AttributeName::kHttpEquiv) content_type = EqualsIgnoringCase(value, "content-type");
  }
  return content_type ? CharsetInContent(content) : std::string_view();
}

std::string_view EncodingOfXmlDeclaration(std::string_view head) {
  if (!StartsIgnoringCase(head, "<?xml")) return {};
  const std::string_view declaration = head.substr(0, head.find("?>"));
  const size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  std::string_view rest = TrimHtmlSpace(declaration.substr(at + 8));
  if (rest.empty() || rest.front() != '=') return {};
  rest = TrimHtmlSpace(rest.substr(1));
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
  return rest.substr(1, rest.find(rest.front(), 1) - 1);
}

std::string_view CharsetInMarkup(std::string_view head) {
  std::vector<Attribute> attributes;
  for (size_t at = head.find('<'); at != std::string_view::npos; at = head.find('<', at)) {
    if (head.substr(at, 4) == "<!--") {
      at = head.find("-->", at + 2);
      continue;
    }
    const size_t name = at + 1;
    if (name >= head.size() || !IsLetter(head[name])) {
      ++at;
      continue;
    }
    attributes.clear();
    uint64_t ignored = 0;
    const ScannedTag tag = ScanTag(head, at, name, 64, kPrescanBytes, attributes, ignored);
    if (!tag.complete) return {};
    at = tag.source.end;
    if (!EqualsIgnoringCase(tag.name, "meta")) continue;
    if (const std::string_view charset = CharsetOfMeta(head, attributes); !charset.empty()) return charset;
  }
  return {};
}

}  // namespace

std::string PrescanCharset(std::string_view payload) {
  const std::string_view head = payload.substr(0, kPrescanBytes);
  std::string_view charset = CharsetInMarkup(head);
  if (charset.empty()) charset = EncodingOfXmlDeclaration(head);
  if (StartsIgnoringCase(charset, "utf-16") || StartsIgnoringCase(charset, "utf16")) return "UTF-8";
  return std::string(charset);
}

}  // namespace garner::html
