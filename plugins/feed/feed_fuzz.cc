// Any bytes as a feed: each ends, in words or in items, and in the same ones however the bytes come.
#include <cstdint>

#include "garner/init.h"
#include "tests/support/fuzz_unpacker.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  static garner::testing::FuzzedUnpacker unpacker(garner_plugin, "");
  unpacker.Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
