// Any text in any language: the stage's edits apply, and the document is sound afterwards.
#include <cstdint>
#include <iterator>

#include "tests/support/fuzz_transform.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

// The first byte chooses the language, the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static constexpr const char* kLanguages[] = {"", "en", "de", "fr", "es", "ru", "kk", "xx"};
  static garner::testing::FuzzedTransform transform(garner_plugin, GARNER_PLUGIN_DATA_DIR);
  if (size > 0) transform.Run({reinterpret_cast<const char*>(data) + 1, size - 1}, kLanguages[data[0] % std::size(kLanguages)]);
  return 0;
}
