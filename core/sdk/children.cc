#include "garner/children.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner {
namespace {

void CutWords(ChildPayload& child) {
  child.name = SanitizeUtf8(child.name, kMaxChildNameBytes);
  child.declared_media_type = SanitizeUtf8(child.declared_media_type, kMaxChildWordBytes);
  child.declared_charset = SanitizeUtf8(child.declared_charset, kMaxChildWordBytes);
  if (!child.status.ok()) child.status = Status(child.status.kind(), SanitizeUtf8(child.status.message(), kMaxChildMessageBytes));
}

}  // namespace

Status Children::TooMany() {
  return Status(StatusKind::kLimit, "there are more payloads inside one item than limits.nested_payloads allows: this one and all that follow it are not taken");
}

Status Children::TooLarge() {
  return Status(StatusKind::kLimit, "the payloads inside one item are larger than limits.nested_mb allows: this one is not taken");
}

bool Children::Add(ChildPayload child) {
  if (full_) return false;
  if (left_.payloads == 0) {
    full_ = true;
    child.status = TooMany();
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
  child.status = TooLarge();
  AddRefused(std::move(child));
  return true;
}

void Children::AddRefused(ChildPayload child) {
  std::string().swap(child.bytes);
  CutWords(child);
  children_.push_back({std::move(child), true});
}

}  // namespace garner
