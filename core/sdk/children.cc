#include "garner/children.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner {
namespace {

// Valid UTF-8 of at most so many bytes.
std::string Cut(std::string_view text, size_t max_bytes) {
  constexpr size_t kLongestCharacter = 4;
  std::string cut = SanitizeUtf8(text.substr(0, max_bytes + kLongestCharacter));
  size_t end = std::min(cut.size(), max_bytes);
  while (!IsBoundary(cut, end)) --end;
  cut.resize(end);
  return cut;
}

void CutWords(ChildPayload& child) {
  child.name = Cut(child.name, kMaxChildNameBytes);
  child.declared_media_type = Cut(child.declared_media_type, kMaxChildWordBytes);
  child.declared_charset = Cut(child.declared_charset, kMaxChildWordBytes);
  if (!child.status.ok()) child.status = Status(child.status.kind(), Cut(child.status.message(), kMaxChildMessageBytes));
}

}  // namespace

bool Children::Add(ChildPayload child) {
  if (full_) return false;
  if (left_.payloads == 0) {
    full_ = true;
    child.status = Status(StatusKind::kLimit,
                          "there are more payloads inside one item than limits.nested_payloads allows: this one and all that "
                          "follow it are not taken");
    AddRefused(std::move(child));
    return false;
  }
  if (!child.status.ok()) child.bytes.clear();
  if (child.bytes.size() > left_.bytes) return AddTooLarge(std::move(child));
  --left_.payloads;
  left_.bytes -= child.bytes.size();
  bytes_ += child.bytes.size();
  CutWords(child);
  children_.push_back({std::move(child), false});
  return true;
}

bool Children::AddTooLarge(ChildPayload child) {
  if (full_ || left_.payloads == 0) return Add(std::move(child));
  --left_.payloads;
  child.status =
      Status(StatusKind::kLimit, "the payloads inside one item are larger than limits.nested_mb allows: this one is not taken");
  AddRefused(std::move(child));
  return true;
}

void Children::AddRefused(ChildPayload child) {
  std::string().swap(child.bytes);
  CutWords(child);
  children_.push_back({std::move(child), true});
}

}  // namespace garner
