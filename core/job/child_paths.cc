#include "core/job/child_paths.h"

#include "garner/utf8.h"

namespace garner {
namespace {

constexpr std::string_view kSeparator = "!/";

// Controls and line breaks would be a nuisance in every log and file name.
std::string Readable(std::string_view name) {
  std::string readable;
  for (size_t at = 0; at < name.size();) {
    const CodePoint cp = NextCodePoint(name, at);
    const bool separator = name.substr(at, kSeparator.size()) == kSeparator;
    at += separator ? kSeparator.size() : cp.size;
    if (separator) {
      readable += "!%2F";
    } else {
      AppendUtf8(IsControl(cp.value) || (IsSpace(cp.value) && cp.value != ' ') ? U' ' : cp.value, readable);
    }
  }
  return std::string(Trim(readable));
}

}  // namespace

std::string PathInside(const v1::PayloadInfo& parent) {
  if (!parent.has_record_key()) return parent.container_path();
  return parent.container_path() + std::string(parent.has_container_path() ? kSeparator : "") + "#" + Readable(parent.record_key());
}

ChildPaths::ChildPaths(const v1::PayloadInfo& parent) : prefix_(PathInside(parent)) {
  if (!prefix_.empty()) prefix_ += kSeparator;
}

std::string ChildPaths::Next(std::string_view name) {
  ++count_;
  std::string path = Readable(name);
  if (path.empty()) path = "#" + std::to_string(count_);
  const auto [first, is_free] = taken_.emplace(path, 2);
  if (is_free) return prefix_ + path;
  // Each number is tried once: what is in its way is a name that somebody chose to look like one.
  uint64_t& number = first->second;
  while (true) {
    std::string numbered = path + "#" + std::to_string(number++);
    if (taken_.count(numbered) != 0) continue;
    taken_.emplace(numbered, 2);
    return prefix_ + numbered;
  }
}

}  // namespace garner
