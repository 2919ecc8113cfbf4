// Any bytes as a document: restored, so that it can be written again, or refused in words.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "garner/init.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  garner::testing::TestContext context;
  const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  if (!stage->Configure(context, "").ok() || !stage->Open().ok()) std::abort();
  auto& decoder = dynamic_cast<garner::DecoderStage&>(*stage);
  garner::Payload payload;
  payload.bytes.assign(reinterpret_cast<const char*>(data), size);
  garner::v1::Document document;
  const garner::Status status = decoder.Decode(payload, &document);
  if (!status.ok()) {
    if (status.message().empty()) std::abort();
    return 0;
  }
  payload.bytes = document.SerializeAsString();
  garner::v1::Document again;
  if (!decoder.Decode(payload, &again).ok() || again.SerializeAsString() != payload.bytes) std::abort();
  return 0;
}
