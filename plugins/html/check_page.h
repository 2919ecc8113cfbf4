// Decodes arbitrary bytes with the plugin and checks what must hold for any of them. For tests and the fuzz target.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "garner/plugin.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"
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

// Each link stands inside one block, without space at its edges.
inline ::testing::AssertionResult LinksStandInBlocks(const v1::Document& document) {
  int block = 0;
  for (const v1::Annotation& link : document.annotations()) {
    while (block < document.blocks_size() && document.blocks(block).end() <= link.begin()) ++block;
    const bool inside = block < document.blocks_size() && document.blocks(block).begin() <= link.begin() && link.end() <= document.blocks(block).end();
    if (!inside) return ::testing::AssertionFailure() << "link " << link.begin() << ".." << link.end() << " is in no block";
    if (document.text()[link.begin()] == ' ' || document.text()[link.end() - 1] == ' ') return ::testing::AssertionFailure() << "a link has space at its edge";
    if (!IsValidUtf8(link.value()) || link.value().find_first_of(" \t\n<>") != std::string::npos) return ::testing::AssertionFailure() << "address '" << link.value() << "'";
  }
  return ::testing::AssertionSuccess();
}

// Failed or sound, nothing else; and marking links changes nothing else.
inline ::testing::AssertionResult DecodesSoundly(std::string_view bytes, const std::string& media_type = "text/html") {
  const std::unique_ptr<Checked> checked = DecodeBytes(bytes, {}, media_type);
  HtmlOptions options;
  options.set_links(true);
  const std::unique_ptr<Checked> marked = DecodeBytes(bytes, options, media_type);
  if (checked->status.ok() != marked->status.ok()) return ::testing::AssertionFailure() << "with links another status";
  if (!checked->status.ok()) return ::testing::AssertionSuccess();
  if (checked->context.metrics.count("text_bytes_not_located") > 0) return ::testing::AssertionFailure() << "text was not located";
  if (checked->document.annotations_size() > 0) return ::testing::AssertionFailure() << "links that nobody asked for";
  if (const ::testing::AssertionResult stand = LinksStandInBlocks(marked->document); !stand) return stand;
  marked->document.clear_annotations();
  if (marked->document.SerializeAsString() != checked->document.SerializeAsString()) return ::testing::AssertionFailure() << "with links another document";
  return testing::Sound(checked->document, bytes);
}

}  // namespace garner::html
