// Any text: the stage's edits apply, and the document is sound afterwards.
#include <cstdint>

#include "tests/support/fuzz_transform.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static garner::testing::FuzzedTransform transform(garner_plugin, GARNER_PLUGIN_DATA_DIR);
  transform.Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
