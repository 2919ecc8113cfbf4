// A quick look whether a payload may be one that an unpacker takes. The thread that reads all input asks it of each payload, so that the
// whole detection (detection.h) is left to the few that may be.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/plugin_file.h"
#include "garner/v1/document.pb.h"

namespace garner {

class ContainerLook {
 public:
  explicit ContainerLook(const std::vector<const PluginFile*>& unpackers);

  // False: it is none for sure. `head`: the first bytes, transport compression undone.
  bool MayBeContainer(std::string_view head, const v1::PayloadInfo& info) const;

 private:
  bool HasSignature(std::string_view head) const;
  bool LooksLikeMarkup(std::string_view head) const;

  std::vector<v1::Signature> signatures_;
  std::set<std::string, std::less<>> extensions_;
  std::set<std::string, std::less<>> media_types_;
  bool takes_xml_ = false;
  bool takes_json_ = false;
};

}  // namespace garner
