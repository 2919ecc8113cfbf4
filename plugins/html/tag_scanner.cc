#include "tag_scanner.h"

#include <algorithm>
#include <iterator>

#include "ascii.h"

namespace garner::html {
namespace {

struct NamedAttribute {
  std::string_view name;
  AttributeName value;
};

constexpr NamedAttribute kAttributes[] = {
    {"class", AttributeName::kClass},       {"id", AttributeName::kId},
    {"href", AttributeName::kHref},         {"style", AttributeName::kStyle},
    {"rel", AttributeName::kRel},           {"role", AttributeName::kRole},
    {"content", AttributeName::kContent},   {"name", AttributeName::kName},
    {"property", AttributeName::kProperty}, {"itemprop", AttributeName::kItemprop},
    {"datetime", AttributeName::kDatetime}, {"pubdate", AttributeName::kPubdate},
    {"hidden", AttributeName::kHidden},     {"aria-hidden", AttributeName::kAriaHidden},
    {"lang", AttributeName::kLang},         {"xml:lang", AttributeName::kXmlLang},
    {"type", AttributeName::kType},         {"http-equiv", AttributeName::kHttpEquiv},
    {"charset", AttributeName::kCharset},   {"open", AttributeName::kOpen},
    {"shadowrootmode", AttributeName::kShadowRootMode}};

AttributeName NameOf(std::string_view name) {
  if (name.size() < 2 || name.size() > 14) return AttributeName::kOther;
  for (const NamedAttribute& known : kAttributes)
    if (Lower(name[0]) == known.name[0] && EqualsIgnoringCase(name, known.name)) return known.value;
  return AttributeName::kOther;
}

bool EndsName(char c) { return IsHtmlSpace(c) || c == '/' || c == '>'; }

// The value that follows the '=' before `at`; moves `at` behind it.
Span ScanValue(std::string_view page, size_t& at) {
  while (at < page.size() && IsHtmlSpace(page[at])) ++at;
  if (at == page.size()) return {at, at};
  const size_t begin = at;
  if (page[at] == '"' || page[at] == '\'') {
    const size_t end = std::min(page.find(page[at], at + 1), page.size());
    at = std::min(end + 1, page.size());
    return {begin + 1, end};
  }
  while (at < page.size() && !IsHtmlSpace(page[at]) && page[at] != '>') ++at;
  return {begin, at};
}

}  // namespace

ScannedTag ScanTag(std::string_view page, size_t tag_at, size_t name_at, size_t max_attributes, size_t max_bytes,
                   std::vector<Attribute>& attributes, uint64_t& ignored) {
  ScannedTag tag;
  size_t at = name_at;
  while (at < page.size() && !EndsName(page[at])) ++at;
  tag.name = page.substr(name_at, at - name_at);
  uint32_t seen_names = 0;  // a bit an AttributeName
  size_t seen = 0;
  while (at < page.size() && page[at] != '>') {
    if (IsHtmlSpace(page[at])) {
      ++at;
      continue;
    }
    if (page[at] == '/') {
      tag.self_closing = at + 1 < page.size() && page[at + 1] == '>';
      ++at;
      continue;
    }
    const size_t begin = at++;  // a '=' here is the first character of a name
    while (at < page.size() && !EndsName(page[at]) && page[at] != '=') ++at;
    const AttributeName name = NameOf(page.substr(begin, at - begin));
    size_t after = at;
    while (after < page.size() && IsHtmlSpace(page[after])) ++after;
    Span value{at, at};
    if (after < page.size() && page[after] == '=') {
      at = after + 1;
      value = ScanValue(page, at);
    }
    if (++seen > max_attributes || value.size() > max_bytes) {
      ++ignored;
      continue;
    }
    const uint32_t bit = 1u << static_cast<uint32_t>(name);
    if (name == AttributeName::kOther || (seen_names & bit) != 0) continue;
    seen_names |= bit;
    attributes.push_back({name, value});
  }
  tag.complete = at < page.size();
  tag.source = {tag_at, tag.complete ? at + 1 : page.size()};
  return tag;
}

}  // namespace garner::html
