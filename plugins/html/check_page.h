// Decodes arbitrary bytes with the plugin and checks what must hold for any of them. For tests and the fuzz target.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner_plugins/html/options.pb.h"

extern "C" const ::garner::PluginDescriptor garner_plugin;

namespace garner::html {

struct Checked {
  Status status;
  v1::Document document;
  testing::TestContext context;
};

inline std::unique_ptr<Checked> DecodeBytes(std::string_view bytes, const HtmlOptions& options = {}, const std::string& media_type = "text/html") {
  auto checked = std::make_unique<Checked>();
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(checked->context, options.SerializeAsString()).ok());
  Payload payload;
  payload.bytes = std::string(bytes);
  payload.info.set_bytes(bytes.size());
  payload.info.set_media_type(media_type);
  *checked->document.mutable_source() = payload.info;
  checked->status = dynamic_cast<DecoderStage&>(*stage).Decode(payload, &checked->document);
  return checked;
}

// Failed or sound, nothing else.
inline ::testing::AssertionResult DecodesSoundly(std::string_view bytes, const std::string& media_type = "text/html") {
  const std::unique_ptr<Checked> checked = DecodeBytes(bytes, {}, media_type);
  if (!checked->status.ok()) return ::testing::AssertionSuccess();
  if (checked->context.metrics.count("text_bytes_not_located") > 0) return ::testing::AssertionFailure() << "text was not located";
  return testing::Sound(checked->document, bytes);
}

}  // namespace garner::html
