// Says what a payload is, from its bytes first: signatures of the decoders and unpackers at hand, a look at the first bytes for text and HTML;
// extension and declared type only break ties. Pure function of its arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/plugin_file.h"
#include "garner/v1/document.pb.h"

namespace garner {

struct Detected {
  std::string media_type;  // "text/plain", "text/html", "application/pdf", "application/octet-stream" ...
  std::string evidence;    // "signature", "content", "extension" or "declared"
};

// `readers` are the plugins (decoders and unpackers) whose signatures, extensions and media types count. The first 64 KiB of a payload are
// enough.
Detected DetectMediaType(std::string_view payload, const v1::PayloadInfo& info, const std::vector<const PluginFile*>& readers);

}  // namespace garner
