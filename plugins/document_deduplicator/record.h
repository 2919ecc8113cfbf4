// What the stage remembers of a document that was kept: its fingerprint's bytes, its id and its uri. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "seen_documents.h"

namespace garner::document_deduplicator {

// Longer uris are cut: they are for people.
inline constexpr size_t kMaxUriBytes = 500;

struct Record {
  std::string_view note;  // a view into what was read
  Name name;
};

std::string WriteRecord(std::string_view note, const Name& name);
std::optional<Record> ReadRecord(std::string_view bytes);

}  // namespace garner::document_deduplicator
