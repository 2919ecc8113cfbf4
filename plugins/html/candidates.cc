#include "candidates.h"

#include <algorithm>

#include "ascii.h"
#include "garner/utf8.h"
#include "references.h"

namespace garner::html {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;  // says where a word may be broken, on a page; it is no part of a name

std::string OneLine(std::string_view text) {
  std::string out;
  bool space = false;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    const std::string_view character = text.substr(at, cp.size);
    at += cp.size;
    if (IsSpace(cp.value)) {
      space = !out.empty();
    } else if (!IsControl(cp.value) && cp.value != kSoftHyphen) {
      if (space) out.push_back(' ');
      space = false;
      out.append(character);
    }
  }
  return out;
}

}  // namespace

void Candidates::Add(std::string_view key, std::string_view value, std::string_view origin, double confidence, std::optional<Span> evidence) {
  if (all_.size() >= kMaxCandidates || value.size() > kMaxValueBytes) return;
  std::string clean = OneLine(value);
  // Generators escape what is escaped already: a title that still shows `&amp;` means `&`. What a page shows stays as shown.
  if (origin != "h1" && clean.find('&') != std::string::npos && clean.find(';') != std::string::npos) clean = OneLine(DecodeReferences(clean, true));
  if (clean.empty()) return;
  const bool known = std::any_of(all_.begin(), all_.end(), [&](const Candidate& other) {
    return other.key == key && other.origin == origin && other.value == clean;
  });
  if (!known) all_.push_back({std::string(key), std::move(clean), std::string(origin), confidence, evidence, false, false});
}

std::string_view Candidates::First(std::string_view key, std::string_view origin) const {
  for (const Candidate& candidate : all_)
    if (candidate.key == key && (origin.empty() || candidate.origin == origin)) return candidate.value;
  return {};
}

bool LooksLikeUrl(std::string_view text) {
  return text.find("://") != std::string_view::npos || StartsIgnoringCase(text, "www.") || text.substr(0, 1) == "/" || text.substr(0, 1) == "@";
}

}  // namespace garner::html
