// Any text: the stage's edits apply, and the document is sound afterwards; so it is where the text stands twice.
#include <cstdint>
#include <string>

#include "tests/support/fuzz_transform.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static garner::testing::FuzzedTransform transform(garner_plugin, "");
  const std::string text(reinterpret_cast<const char*>(data), size);
  transform.Run(text);
  // Random bytes hardly ever repeat a paragraph.
  transform.Run(text + "\n\n" + text);
  transform.Run(text + "\n" + text);
  return 0;
}
