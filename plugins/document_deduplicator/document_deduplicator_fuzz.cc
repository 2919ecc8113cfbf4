// Any text, and the same again: the stage's edits apply, and the document is sound afterwards. Notes and records may be any
// bytes.
#include <cstdint>
#include <memory>
#include <string>

#include "fingerprint.h"
#include "record.h"
#include "tests/support/fuzz_transform.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace garner::document_deduplicator;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  // A new one each time: it remembers.
  garner::testing::FuzzedTransform transform(garner_plugin, "");
  transform.Run(bytes);
  transform.Run(bytes + " again");
  const Bands bands = BandsFor(0.8);
  if (const auto fingerprint = Read(bytes, bands); fingerprint && Write(*fingerprint) != bytes) abort();
  if (const auto record = ReadRecord(bytes)) (void)Read(record->note, bands);
  return 0;
}
