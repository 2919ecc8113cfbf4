// Any text in any language: the marks are in order, apart, on character boundaries, inside their blocks, and the document stays
// sound.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "core/sdk/edit_applier.h"
#include "garner/init.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "tests/support/documents.h"
#include "tests/support/invariants.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace {

constexpr const char* kLanguages[] = {"", "en", "de", "fr", "es", "ru", "kk", "xx"};

garner::TransformStage& Tagger() {
  static garner::testing::TestContext context("entity_tagger", GARNER_ENTITY_DATA_DIR);
  static const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  static const bool open = [] {
    garner::InitializeLibraries();
    return stage->Configure(context, "").ok() && stage->Open().ok();
  }();
  if (!open) std::abort();
  return dynamic_cast<garner::TransformStage&>(*stage);
}

void Fail(const char* what) {
  std::cerr << what << '\n';
  std::abort();
}

}  // namespace

// The first byte chooses the language, the rest is the text.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  garner::TransformStage& tagger = Tagger();
  const std::string text = garner::SanitizeUtf8({reinterpret_cast<const char*>(data) + 1, size - 1});
  garner::testing::TestDocument made = garner::testing::DocumentFromText(text);
  if (const std::string language = kLanguages[data[0] % std::size(kLanguages)]; !language.empty()) {
    garner::v1::Metadata* added = made.document.add_metadata();
    added->set_key("language");
    added->set_value(language);
    added->set_origin("fuzz");
    added->set_chosen(true);
  }
  garner::Edits edits;
  if (!tagger.Process(made.document, edits).ok()) Fail("Process failed");
  if (const garner::Status applied = garner::ApplyEdits(edits.proto(), "entity_tagger", &made.document); !applied.ok())
    Fail("the edits do not apply");
  if (const ::testing::AssertionResult sound = garner::testing::Sound(made.document, made.payload); !sound) Fail(sound.message());
  uint64_t last = 0;
  for (const garner::v1::Annotation& annotation : made.document.annotations()) {
    if (annotation.begin() < last || annotation.begin() >= annotation.end()) Fail("marks overlap or are empty");
    if (annotation.canonical().empty()) Fail("a mark without a canonical name");
    last = annotation.end();
  }
  return 0;
}
