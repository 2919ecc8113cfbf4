#include "decoded_block.h"

#include <algorithm>
#include <optional>

#include "about_markup.h"
#include "character_references.h"
#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

// `&amp;amp;` and `&amp;nbsp;` were escaped twice; more often than that is somebody's example of escaping.
constexpr int kMaxDepth = 2;

struct Reference {
  char32_t value = 0;
  size_t end = 0;
};

// `& nbsp;`, `& #39;`: torn apart by a translator. A few names only, for `R & lambda;` may be somebody's formula.
bool IsTorn(std::string_view behind) {
  if (behind.substr(0, 2) == " #") return true;
  for (const std::string_view name : {" amp;", " nbsp;", " quot;", " lt;", " gt;", " ndash;", " mdash;", " rsquo;", " lsquo;",
                                      " rdquo;", " ldquo;", " hellip;", " laquo;", " raquo;"})
    if (behind.substr(0, name.size()) == name) return true;
  return false;
}

// The reference whose ampersand is at `at`, escaped once or more.
std::optional<Reference> ReadReference(std::string_view raw, size_t at) {
  std::optional<Reference> found;
  size_t from = at + 1;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const bool torn = depth == 0 && IsTorn(raw.substr(from));
    from += torn;
    const std::optional<ReferenceBody> body = ReadReferenceBody(raw.substr(from));
    if (torn && (!body || !body->closed)) break;
    if (!body || (depth > 0 && !body->closed)) break;
    found = Reference{body->value, from + body->size};
    if (body->value != '&') break;
    from = found->end;
  }
  return found;
}

// In an address `&copy=2` and even `&reg;` are parameters; only the ampersand itself was ever escaped there.
bool InAddress(std::string_view raw, size_t at) {
  constexpr size_t kMaxLookBack = 200;
  const size_t low = at > kMaxLookBack ? at - kMaxLookBack : 0;
  const std::string_view before = raw.substr(low, at - low);
  const size_t space = before.find_last_of(" <>\"");
  const std::string_view token = space == std::string_view::npos ? before : before.substr(space + 1);
  return token.find("://") != std::string_view::npos || token.substr(0, 4) == "www." || (token.find('?') != std::string_view::npos && token.find('=') != std::string_view::npos);
}

// An ampersand as a word of its own, "<, > and &,": this text was never escaped, so the references in it are meant.
bool HasBareAmpersand(std::string_view raw) {
  constexpr std::string_view kAfter = " ,.;:)";
  for (size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', at + 1)) {
    const bool opens = at == 0 || raw[at - 1] == ' ' || raw[at - 1] == '(';
    const bool closes = at + 1 == raw.size() || kAfter.find(raw[at + 1]) != std::string_view::npos;
    if (opens && closes) return true;
  }
  return false;
}

std::string TextOf(char32_t value) {
  std::string text;
  if (IsSpace(value)) return " ";
  if (value == 0x00AD || value == 0x200B || value == 0x2060 || IsControl(value)) return "";
  AppendUtf8(value, text);
  return text;
}

bool IsWanted(const Reference& reference, std::string_view raw, size_t at, const DecodingRules& rules) {
  if (rules.keep_angles && (reference.value == '<' || reference.value == '>')) return false;
  if (reference.value != '&' && InAddress(raw, at)) return false;
  return !IsReferenceMention(raw, {at, reference.end});
}

}  // namespace

uint64_t DecodedBlock::ToRaw(uint64_t at) const {
  const auto after = std::upper_bound(decodings.begin(), decodings.end(), at, [](uint64_t value, const Decoding& d) { return value < d.decoded.end; });
  if (after == decodings.begin()) return at;
  const Decoding& last = *(after - 1);
  return last.raw.end + (at - last.decoded.end);
}

DecodedBlock DecodeReferences(std::string_view raw, const DecodingRules& rules) {
  DecodedBlock block;
  block.text.reserve(raw.size());
  const bool off = rules.off || (rules.keep_angles && HasBareAmpersand(raw));
  for (size_t at = 0; at < raw.size();) {
    const size_t next = std::min(off ? std::string_view::npos : raw.find('&', at), raw.size());
    block.text.append(raw, at, next - at);
    at = next;
    if (at == raw.size()) break;
    const std::optional<Reference> reference = ReadReference(raw, at);
    if (!reference || !IsWanted(*reference, raw, at, rules)) {
      block.text.push_back(raw[at++]);
      continue;
    }
    const uint64_t begin = block.text.size();
    block.text += TextOf(reference->value);
    block.decodings.push_back({{at, reference->end}, {begin, block.text.size()}});
    at = reference->end;
  }
  return block;
}

}  // namespace garner::html_cleaner
