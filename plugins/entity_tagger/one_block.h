// For tests: a document of one block.
#pragma once

#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner::entity_tagger {

inline void AddChosen(v1::Document* document, std::string_view key, std::string_view value) {
  v1::Metadata* metadata = document->add_metadata();
  metadata->set_key(std::string(key));
  metadata->set_value(std::string(value));
  metadata->set_chosen(true);
}

inline v1::Document OneBlock(const std::string& text, std::string_view language) {
  v1::Document document;
  document.set_text(text);
  v1::Block* block = document.add_blocks();
  block->set_begin(0);
  block->set_end(text.size());
  if (!language.empty()) AddChosen(&document, "language", language);
  return document;
}

}  // namespace garner::entity_tagger
