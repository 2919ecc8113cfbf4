#include "core/plugin/hints.h"

#include <algorithm>

namespace garner {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// Transport compression has been undone before: `a.txt.gz` is a text.
std::string_view WithoutCompression(std::string_view name) {
  for (const std::string_view ending : {".gz", ".zst"})
    if (name.size() > ending.size() && Lower(name.substr(name.size() - ending.size())) == ending) return name.substr(0, name.size() - ending.size());
  return name;
}

// The name of a file says nothing of the records in it; where they were fetched from does.
std::string_view InnermostName(const v1::PayloadInfo& info) {
  if (info.has_record_key()) return info.fetch().url();
  return info.container_path().empty() ? info.uri() : info.container_path();
}

}  // namespace

std::string BareMediaType(std::string_view declared) {
  std::string type = Lower(declared.substr(0, declared.find(';')));
  type.erase(std::remove_if(type.begin(), type.end(), [](char c) { return c == ' ' || c == '\t'; }), type.end());
  return type;
}

std::string ExtensionOf(const v1::PayloadInfo& info) {
  std::string_view name = InnermostName(info);
  if (name.find("://") != std::string_view::npos) name = name.substr(0, name.find_first_of("?#"));
  name = WithoutCompression(name.substr(name.rfind('/') + 1));
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string() : Lower(name.substr(dot + 1));
}

}  // namespace garner
