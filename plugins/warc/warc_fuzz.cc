// Any bytes as a file of records: each ends, in words or in items, and in the same ones however the bytes come. Small limits, so that small
// inputs reach them.
#include <cstdint>
#include <string_view>

#include "garner_plugins/warc/options.pb.h"
#include "tests/support/fuzz_unpacker.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace {

std::string SmallLimits() {
  garner::warc::WarcOptions options;
  options.add_statuses("all");
  options.set_max_record_bytes(20000);
  options.set_max_header_bytes(2000);
  options.set_max_headers(20);
  options.set_max_damages(50);
  return options.SerializeAsString();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static garner::testing::FuzzedUnpacker unpacker(garner_plugin, SmallLimits());
  unpacker.Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
