#include "core/sdk/markdown_links.h"

#include <algorithm>

#include "garner/link_marks.h"
#include "garner/utf8.h"

namespace garner {
namespace {

bool IsAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "&copy;": in an address too it would be read as the character.
bool IsReference(std::string_view text) {
  size_t at = 1;
  while (at < text.size() && (text[at] == '#' || (IsAlphanumeric(text[at])))) ++at;
  return at > 1 && at < text.size() && text[at] == ';';
}

// An address as it may stand between parentheses, in a table's cell too.
std::string EscapedAddress(std::string_view address) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (size_t at = 0; at < address.size(); ++at) {
    const auto byte = static_cast<unsigned char>(address[at]);
    if (byte <= ' ' || byte == 0x7F || byte == '<' || byte == '>' || byte == '|') {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
      continue;
    }
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '`' || (byte == '&' && IsReference(address.substr(at)))) out += '\\';
    out += address[at];
  }
  return out;
}

// Of the document's text, in order, none overlapping another.
std::vector<const v1::Annotation*> Links(const v1::Document& document) {
  std::vector<const v1::Annotation*> links;
  for (const v1::Annotation& annotation : document.annotations())
    if (annotation.set() == kLinkSet && !annotation.value().empty() && annotation.begin() < annotation.end()) links.push_back(&annotation);
  std::stable_sort(links.begin(), links.end(), [](const v1::Annotation* a, const v1::Annotation* b) { return a->begin() < b->begin(); });
  uint64_t taken = 0;
  const auto overlaps = [&taken](const v1::Annotation* link) {
    if (link->begin() < taken) return true;
    taken = link->end();
    return false;
  };
  links.erase(std::remove_if(links.begin(), links.end(), overlaps), links.end());
  return links;
}

}  // namespace

MarkdownLinks::MarkdownLinks(const v1::Document& document) : document_(document), links_(Links(document)) {}

void MarkdownLinks::Seek(uint64_t place) {
  while (next_ < links_.size() && links_[next_]->begin() < place) ++next_;
  edge_ = next_ < links_.size() ? links_[next_]->begin() : kNowhere;
  open_ = false;
}

std::string MarkdownLinks::Pass(uint64_t line_end, std::string_view border) {
  const uint64_t place = edge_;
  passed_ = place;
  std::string brackets;
  if (open_) {
    brackets = "](" + EscapedAddress(links_[next_++]->value()) + ")";
    Seek(place);
  }
  while (edge_ == place && !Fits(*links_[next_], line_end, border)) {
    ++next_;
    Seek(place);
  }
  if (edge_ != place) return brackets;
  open_ = true;
  edge_ = links_[next_]->end();
  return brackets + "[";
}

bool MarkdownLinks::NeedsBackslash(char c, uint64_t place) const {
  if (c == '_') return place + 1 == edge_ || place == passed_;
  return c == '!' && place + 1 == edge_ && !open_;
}

bool MarkdownLinks::Fits(const v1::Annotation& link, uint64_t line_end, std::string_view border) const {
  if (link.end() > line_end) return false;
  const std::string_view words = std::string_view(document_.text()).substr(link.begin(), link.end() - link.begin());
  return !Trim(words).empty() && (border.empty() || words.find(border) == std::string_view::npos);
}

}  // namespace garner
