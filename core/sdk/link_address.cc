#include "garner/link_address.h"

#include <algorithm>

#include "garner/uri.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr std::string_view kNeverInAddresses = " \"<>\\^`{|}";

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

bool IsWeb(std::string_view scheme) { return scheme == "http" || scheme == "https"; }

// Marks and overrides of direction, zero-width characters: an address that holds them looks like another one.
constexpr bool IsDisguise(char32_t value) {
  return (value >= 0x200B && value <= 0x200F) || (value >= 0x202A && value <= 0x202E) || (value >= 0x2060 && value <= 0x206F) || value == 0x061C;
}

bool IsEncoded(char32_t value) {
  if (value < 0x80) return value < 0x20 || value == 0x7F || kNeverInAddresses.find(static_cast<char>(value)) != std::string_view::npos;
  return IsSpace(value) || IsControl(value) || IsDisguise(value);
}

void AppendPercent(std::string_view bytes, std::string& out) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
}

bool IsEdge(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view WithoutEdges(std::string_view text) {
  while (!text.empty() && IsEdge(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsEdge(text.back())) text.remove_suffix(1);
  return text;
}

std::string Clean(std::string_view written) {
  std::string out;
  bool path = true;  // before a query or fragment
  for (size_t at = 0; at < written.size();) {
    const CodePoint cp = NextCodePoint(written, at);
    const std::string_view bytes = written.substr(at, cp.size);
    at += cp.size;
    if (cp.value == '\t' || cp.value == '\n' || cp.value == '\r') continue;
    if (cp.value == '?' || cp.value == '#') path = false;
    if (cp.value == '\\' && path) {
      out.push_back('/');
    } else if (!cp.valid) {
      AppendUtf8(kReplacementCharacter, out);
    } else if (IsEncoded(cp.value)) {
      AppendPercent(bytes, out);
    } else {
      out.append(bytes);
    }
  }
  return out;
}

// Whether the address, all of it but the case of its scheme, leads somewhere.
bool LeadsSomewhere(std::string_view scheme, std::string_view address) {
  if (scheme == "mailto") return address.size() > scheme.size() + 1;
  return IsWeb(scheme) && !UriAuthority(address).empty();
}

std::string WebAddress(std::string_view written, size_t max_bytes) {
  std::string address = LinkAddress(written, {}, max_bytes);
  return IsWebAddress(address) ? address : std::string();
}

}  // namespace

std::string LinkAddress(std::string_view written, std::string_view base, size_t max_bytes) {
  if (written.size() > max_bytes) return {};
  std::string address = Clean(WithoutEdges(written));
  if (address.empty() || address == "#") return {};
  const std::string scheme = Lowered(UriScheme(address));
  if (!scheme.empty()) {
    if (!LeadsSomewhere(scheme, address)) return {};
    std::copy(scheme.begin(), scheme.end(), address.begin());
  } else if (!base.empty()) {
    address = ResolveUri(base, address);
    if (UriAuthority(address).empty()) return {};
  }
  return address.size() <= max_bytes ? address : std::string();
}

bool IsWebAddress(std::string_view address) { return IsWeb(UriScheme(address)) && !UriAuthority(address).empty(); }

std::string DocumentAddress(const v1::Document& document, size_t max_bytes) {
  std::string address = WebAddress(document.source().fetch().url(), max_bytes);
  for (const bool chosen : {true, false})
    for (const v1::Metadata& candidate : document.metadata())
      if (address.empty() && candidate.key() == "canonical_url" && candidate.chosen() == chosen) address = WebAddress(candidate.value(), max_bytes);
  return address;
}

}  // namespace garner
