#include "core/plugin/container_look.h"

#include <algorithm>

#include "core/plugin/binary_magic.h"
#include "core/plugin/hints.h"

namespace garner {
namespace {

// What stands in front of a feed's first element is seldom longer.
constexpr size_t kFeedWindow = 4096;

bool EndsWith(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

ContainerLook::ContainerLook(const std::vector<const PluginFile*>& unpackers) {
  for (const PluginFile* unpacker : unpackers) {
    for (const v1::Signature& signature : unpacker->manifest.signatures()) signatures_.push_back(signature);
    for (const v1::Extension& extension : unpacker->manifest.extensions()) extensions_.insert(extension.extension());
    for (const std::string& type : unpacker->manifest.media_types()) {
      media_types_.insert(type);
      takes_xml_ = takes_xml_ || EndsWith(type, "xml");
      takes_json_ = takes_json_ || Contains(type, "json");
    }
  }
}

bool ContainerLook::MayBeContainer(std::string_view head, const v1::PayloadInfo& info) const {
  if (media_types_.empty()) return false;
  if (HasSignature(head) || media_types_.count(MediaTypeByMagic(head, true)) != 0) return true;
  if (info.has_declared_media_type() && media_types_.count(BareMediaType(info.declared_media_type())) != 0) return true;
  if (!extensions_.empty() && extensions_.count(ExtensionOf(info)) != 0) return true;
  return LooksLikeMarkup(head);
}

bool ContainerLook::HasSignature(std::string_view head) const {
  return std::any_of(signatures_.begin(), signatures_.end(), [head](const v1::Signature& signature) {
    return head.size() >= signature.offset() && head.substr(signature.offset(), signature.magic().size()) == signature.magic();
  });
}

bool ContainerLook::LooksLikeMarkup(std::string_view head) const {
  const size_t start = head.find_first_not_of(std::string_view(" \t\r\n\xEF\xBB\xBF\xFE\xFF\0", 10));
  if (start == std::string_view::npos) return false;
  if (takes_json_ && head[start] == '{') return true;
  if (!takes_xml_ || head[start] != '<') return false;
  const bool wide = start + 1 < head.size() && head[start + 1] == '\0';
  const std::string_view window = head.substr(start, kFeedWindow);
  return wide || Contains(window, "<?xml") || Contains(window, "<rss") || Contains(window, "<feed") || Contains(window, "RDF");
}

}  // namespace garner
