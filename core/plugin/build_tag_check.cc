#include "core/plugin/build_tag_check.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace garner {
namespace {

// "key=value;key=value", in order.
using Tag = std::vector<std::pair<std::string_view, std::string_view>>;

std::optional<Tag> ParseTag(std::string_view text) {
  Tag tag;
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    const std::string_view entry = text.substr(0, end);
    const size_t equals = entry.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == entry.size()) return std::nullopt;
    for (const char c : entry)
      if (c < 0x21 || c > 0x7E) return std::nullopt;
    tag.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (tag.empty()) return std::nullopt;
  return tag;
}

std::optional<std::string_view> Find(const Tag& tag, std::string_view key) {
  for (const auto& [name, value] : tag)
    if (name == key) return value;
  return std::nullopt;
}

// 3021012 is 3.21.12.
std::string ProtobufVersion(std::string_view number) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) return std::string(number);
  return std::to_string(value / 1000000) + "." + std::to_string(value / 1000 % 1000) + "." + std::to_string(value % 1000);
}

std::string SanitizerName(std::string_view word) {
  if (word == "address") return "AddressSanitizer";
  if (word == "thread") return "ThreadSanitizer";
  return std::string(word);
}

std::string SanitizerDifference(std::string_view plugin, std::string_view host) {
  if (plugin == "none") return "built without a sanitizer, this host has " + SanitizerName(host);
  if (host == "none") return "built with " + SanitizerName(plugin) + ", this host is without";
  return "built with " + SanitizerName(plugin) + ", this host with " + SanitizerName(host);
}

std::string Describe(std::string_view key, std::string_view plugin, std::string_view host) {
  const std::string theirs(plugin);
  const std::string ours(host);
  if (key == "sdk") return "built for SDK " + theirs + ", this is " + ours;
  if (key == "arch") return "built for " + theirs + ", this host is " + ours;
  if (key == "protobuf") return "built with Protobuf " + ProtobufVersion(plugin) + ", this host has " + ProtobufVersion(host);
  if (key == "messages") return "built with messages of fingerprint " + theirs + ", this host has " + ours;
  if (key == "cxx11_abi") return plugin == "0" ? "built with the old C++ string ABI, this host has the new one" : "built with the new C++ string ABI, this host has the old one";
  if (key == "debug") return plugin == "1" ? "built with _GLIBCXX_DEBUG, this host is without" : "built without _GLIBCXX_DEBUG, this host has it";
  if (key == "sanitize") return SanitizerDifference(plugin, host);
  return "built with " + std::string(key) + " " + theirs + ", this host has " + ours;
}

}  // namespace

Status CompareBuildTags(std::string_view plugin, std::string_view host) {
  const std::optional<Tag> theirs = ParseTag(plugin);
  const std::optional<Tag> ours = ParseTag(host);
  if (!theirs || !ours) return Status(StatusKind::kConfig, "has a build tag that cannot be read: rebuild it");
  // In the host's order, which begins with the SDK: keys may come and go between its versions.
  for (const auto& [key, value] : *ours) {
    const std::optional<std::string_view> other = Find(*theirs, key);
    if (!other) return Status(StatusKind::kConfig, "has a build tag without '" + std::string(key) + "', this host has " + std::string(value) + ": rebuild it");
    if (*other != value) return Status(StatusKind::kConfig, Describe(key, *other, value) + ": rebuild it");
  }
  for (const auto& [key, value] : *theirs)
    if (!Find(*ours, key))
      return Status(StatusKind::kConfig, "has '" + std::string(key) + "=" + std::string(value) + "' in its build tag, which this host does not know: rebuild it");
  return OkStatus();
}

}  // namespace garner
