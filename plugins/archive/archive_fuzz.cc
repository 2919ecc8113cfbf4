// Any bytes as an archive: it ends, in words or in items. Small limits, so that small inputs reach them.
#include <cstdint>
#include <string_view>

#include "garner_plugins/archive/options.pb.h"
#include "tests/support/fuzz_unpacker.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace {

std::string SmallLimits() {
  garner::archive::ArchiveOptions options;
  options.set_max_members(200);
  options.set_max_member_bytes(100'000);
  options.set_max_expanded_bytes(100'000);
  options.set_max_bytes(500'000);
  return options.SerializeAsString();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static garner::testing::FuzzedUnpacker unpacker(garner_plugin, SmallLimits());
  unpacker.Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
