#include "core/isolation/reply_children.h"

#include <utility>

namespace garner {
namespace {

bool AreSound(const v1::WorkerReply::Done& done, std::string_view body, const ChildAllowance& allowed) {
  uint64_t bytes = 0;
  for (int i = 0; i < done.children_size(); ++i) {
    const v1::WorkerReply::Child& child = done.children(i);
    if (child.bytes() > body.size() - bytes) return false;
    bytes += child.bytes();
    if (child.refused() && (child.bytes() > 0 || !child.has_failure())) return false;
    // One more than is allowed may be there, to say that there are more.
    const auto number = static_cast<uint64_t>(i);
    if (number > allowed.payloads || (number == allowed.payloads && !child.refused())) return false;
  }
  return bytes <= allowed.bytes;
}

}  // namespace

bool TakeChildren(const v1::WorkerReply::Done& done, std::string_view& body, Children& children) {
  if (!AreSound(done, body, children.left())) return false;
  uint64_t bytes = 0;
  for (const v1::WorkerReply::Child& child : done.children()) bytes += child.bytes();
  std::string_view rest = body.substr(body.size() - bytes);
  body.remove_suffix(bytes);
  for (const v1::WorkerReply::Child& child : done.children()) {
    ChildPayload taken{
        child.name(), child.declared_media_type(), child.declared_charset(), std::string(rest.substr(0, child.bytes())), {}};
    rest.remove_prefix(child.bytes());
    taken.record_fields.assign(child.record_fields().begin(), child.record_fields().end());
    if (child.has_failure()) taken.status = Status(KindNamed(child.failure()), child.message());
    if (child.refused()) {
      children.AddRefused(std::move(taken));
    } else {
      children.Add(std::move(taken));
    }
  }
  return true;
}

StatusKind KindNamed(std::string_view name) {
  for (int kind = 1; kind <= static_cast<int>(StatusKind::kInternal); ++kind)
    if (KindName(static_cast<StatusKind>(kind)) == name) return static_cast<StatusKind>(kind);
  return StatusKind::kInternal;
}

}  // namespace garner
