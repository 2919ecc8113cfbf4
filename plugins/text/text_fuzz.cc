// Any bytes, with any declared charset: the decoder fails in words or makes a sound document. The first byte picks the charset.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>

#include "garner/init.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace {

constexpr const char* kCharsets[] = {"", "", "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1251", "windows-1252", "Shift_JIS", "EUC-KR", "GB18030", "ISO-2022-JP", "KOI8-R"};

void Decode(std::string_view bytes, const std::string& charset) {
  garner::testing::TestContext context;
  const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  if (!stage->Configure(context, "").ok() || !stage->Open().ok()) std::abort();
  garner::Payload payload;
  payload.bytes = std::string(bytes);
  payload.info.set_bytes(bytes.size());
  if (!charset.empty()) payload.info.set_declared_charset(charset);
  garner::v1::Document document;
  *document.mutable_source() = payload.info;
  const garner::Status status = dynamic_cast<garner::DecoderStage&>(*stage).Decode(payload, &document);
  if (!status.ok()) {
    if (status.message().empty()) std::abort();
    return;
  }
  if (const ::testing::AssertionResult sound = garner::testing::Sound(document, bytes); !sound) {
    std::cerr << sound.message() << '\n';
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  if (size == 0) return 0;
  Decode({reinterpret_cast<const char*>(data) + 1, size - 1}, kCharsets[data[0] % std::size(kCharsets)]);
  return 0;
}
