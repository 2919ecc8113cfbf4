// Any bytes as a feed: entries or words, the same however the stream is cut. The first byte says the
// sizes of the pieces.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "garner/init.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  if (size == 0) return 0;
  garner::testing::TestContext context;
  const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  if (!stage->Configure(context, "").ok() || !stage->Open().ok()) std::abort();
  auto& unpacker = dynamic_cast<garner::UnpackerStage&>(*stage);
  garner::v1::PayloadInfo container;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  garner::testing::OddStream odd(bytes, data[0]);
  const garner::testing::Unpacked pieces = garner::testing::Unpack(unpacker, odd, container);
  garner::MemoryStream memory(bytes);
  const garner::testing::Unpacked whole = garner::testing::Unpack(unpacker, memory, container);
  if (pieces.items.size() != whole.items.size() || pieces.status.ok() != whole.status.ok()) std::abort();
  for (size_t i = 0; i < whole.items.size(); ++i) {
    if (whole.items[i].bytes != pieces.items[i].bytes || whole.items[i].status.ok() != pieces.items[i].status.ok()) std::abort();
    if (!whole.items[i].status.ok() && whole.items[i].status.message().empty()) std::abort();
  }
  return 0;
}
