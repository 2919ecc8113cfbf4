#include "tests/core/manifest/test_plugins.h"

#include <algorithm>
#include <deque>
#include <fstream>
#include <stdexcept>

namespace garner {
namespace {

using Kind = v1::PluginManifest;

// `options` is the stem of a file in options/; empty: the plugin describes no options.
PluginFile MakePlugin(const std::string& name, v1::PluginManifest::Kind kind, const std::string& options, const std::string& message) {
  PluginFile file;
  file.path = "/plugins/" + name + ".so";
  file.manifest.set_name(name);
  file.manifest.set_kind(kind);
  if (options.empty()) return file;
  file.manifest.set_options_message("garner.test." + options + "." + message);
  std::ifstream in(std::string(GARNER_TEST_OPTIONS_DIR "/") + options + ".desc", std::ios::binary);
  if (!file.options.ParseFromIstream(&in)) throw std::runtime_error("no description of the options of " + name);
  return file;
}

std::deque<PluginFile> MakePlugins() {
  std::deque<PluginFile> files;
  files.push_back(MakePlugin("all_kinds", Kind::TRANSFORM, "all_kinds", "AllKindsOptions"));
  files.push_back(MakePlugin("language", Kind::TRANSFORM, "nothing", "NothingOptions"));
  files.back().manifest.add_adds_metadata("language");
  files.push_back(MakePlugin("lines", Kind::SINK, "sink", "SinkOptions"));
  files.push_back(MakePlugin("markup", Kind::DECODER, "decoder", "DecoderOptions"));
  files.push_back(MakePlugin("nothing", Kind::TRANSFORM, "nothing", "NothingOptions"));
  files.push_back(MakePlugin("plain", Kind::DECODER, "nothing", "NothingOptions"));
  files.push_back(MakePlugin("reader", Kind::SOURCE, "reader", "ReaderOptions"));
  files.push_back(MakePlugin("table", Kind::SINK, "sink", "SinkOptions"));
  files.push_back(MakePlugin("ticker", Kind::SOURCE, "", ""));
  return files;
}

}  // namespace

const PluginLookup& TestPlugins() {
  static const std::deque<PluginFile> files = MakePlugins();
  static const PluginLookup lookup = [] {
    PluginLookup made;
    for (const PluginFile& file : files) made.plugins.push_back(&file);
    made.refused.push_back({"/plugins/broken.so", "broken.so: built for SDK 0.0, this is 0.1: rebuild it"});
    made.folders = {"/plugins"};
    return made;
  }();
  return lookup;
}

}  // namespace garner
