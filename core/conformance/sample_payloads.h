// Small sound payloads of well-known formats, so that a plugin without cases has something to work on.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "garner/testing/case.pb.h"
#include "garner/v1/plugin.pb.h"

namespace garner {

// Payloads of the media types that the plugin names, as far as there are any here; for the others their signature and some text behind it.
std::vector<testing::Case> SamplePayloads(const v1::PluginManifest& manifest);

// Files for a source: path below a folder, and bytes.
std::vector<std::pair<std::string, std::string>> SampleFiles();

// One member of an archive.
struct Member {
  std::string_view name;
  std::string_view bytes;
};
// Stored, not compressed.
std::string ZipOf(const std::vector<Member>& members);
std::string TarOf(const std::vector<Member>& members);

}  // namespace garner
