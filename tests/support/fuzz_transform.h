// Runs a transform over any bytes, as text and as a document that was HTML, and checks what must hold for every document.
//
//   extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
//     static garner::testing::FuzzedTransform transform(garner_plugin, DATA_DIR);
//     transform.Run({reinterpret_cast<const char*>(data), size});
//     return 0;
//   }
//
// The options are the defaults. Not for several threads.
#pragma once

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include "garner/html_elements.h"
#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"

namespace garner::testing {

class FuzzedTransform {
 public:
  FuzzedTransform(const PluginDescriptor& plugin, const std::string& data_dir) : context_("stage_under_test", data_dir), stage_(plugin.make()) {
    Demand(stage_->Configure(context_, ""));
    Demand(stage_->Open());
  }

  // Aborts where the stage fails, its edits cannot be applied, or the document is not sound afterwards. `language` is the document's
  // chosen one; empty: unknown.
  void Run(std::string_view bytes, std::string_view language = {}) {
    TestDocument made = DocumentFromText(SanitizeUtf8(bytes));
    if (!language.empty()) AddLanguage(language, made.document);
    Check(made);
    for (v1::Block& block : *made.document.mutable_blocks()) SetHtmlPath(&made.document, &block, "div.post/p");
    Check(made);
  }

 private:
  static void AddLanguage(std::string_view language, v1::Document& document) {
    v1::Metadata* added = document.add_metadata();
    added->set_key("language");
    added->set_value(std::string(language));
    added->set_origin("fuzz");
    added->set_chosen(true);
  }

  void Check(TestDocument made) {
    Demand(RunTransform(dynamic_cast<TransformStage&>(*stage_), made.document));
    if (const ::testing::AssertionResult sound = Sound(made.document, made.payload); !sound) Fail(sound.message());
  }

  static void Demand(const Status& status) {
    if (!status.ok()) Fail(std::string(status.message()).c_str());
  }

  [[noreturn]] static void Fail(const char* message) {
    std::cerr << message << '\n';
    std::abort();
  }

  TestContext context_;
  std::unique_ptr<Stage> stage_;
};

}  // namespace garner::testing
