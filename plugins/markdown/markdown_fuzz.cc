// Any bytes as Markdown: the decoder fails in words or makes a sound document.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string_view>

#include "garner/init.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner_plugins/markdown/options.pb.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  garner::testing::TestContext context;
  const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  garner::markdown::MarkdownOptions options;
  options.set_links(size % 2 == 0);
  if (!stage->Configure(context, options.SerializeAsString()).ok() || !stage->Open().ok()) std::abort();
  garner::Payload payload;
  payload.bytes.assign(reinterpret_cast<const char*>(data), size);
  payload.info.set_bytes(size);
  garner::v1::Document document;
  *document.mutable_source() = payload.info;
  const garner::Status status = dynamic_cast<garner::DecoderStage&>(*stage).Decode(payload, &document);
  if (!status.ok()) {
    if (status.message().empty()) std::abort();
    return 0;
  }
  if (const ::testing::AssertionResult sound = garner::testing::Sound(document, payload.bytes); !sound) {
    std::cerr << sound.message() << '\n';
    std::abort();
  }
  return 0;
}
