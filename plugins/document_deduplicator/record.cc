#include "record.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::document_deduplicator {
namespace {

// Two bytes, the lower one first. Notes, ids and cut uris are shorter than 65536 bytes.
void AppendPart(std::string_view part, std::string& bytes) {
  bytes += static_cast<char>(part.size() & 0xff);
  bytes += static_cast<char>(part.size() >> 8);
  bytes += part;
}

bool TakePart(std::string_view& bytes, std::string_view& part) {
  if (bytes.size() < 2) return false;
  const size_t size = static_cast<unsigned char>(bytes[0]) | size_t{static_cast<unsigned char>(bytes[1])} << 8;
  bytes.remove_prefix(2);
  if (bytes.size() < size) return false;
  part = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

// A message may hold valid UTF-8 only, and uris are any bytes.
std::string Readable(std::string_view uri) {
  std::string readable = SanitizeUtf8(uri.substr(0, kMaxUriBytes));
  size_t end = std::min(readable.size(), kMaxUriBytes);
  while (!IsBoundary(readable, end)) --end;
  readable.resize(end);
  return readable;
}

}  // namespace

std::string WriteRecord(std::string_view note, const Name& name) {
  std::string bytes;
  AppendPart(note, bytes);
  AppendPart(name.id, bytes);
  AppendPart(Readable(name.uri), bytes);
  return bytes;
}

std::optional<Record> ReadRecord(std::string_view bytes) {
  Record record;
  std::string_view id;
  std::string_view uri;
  if (!TakePart(bytes, record.note) || !TakePart(bytes, id) || !TakePart(bytes, uri) || !bytes.empty()) return std::nullopt;
  record.name = {std::string(id), std::string(uri)};
  return record;
}

}  // namespace garner::document_deduplicator
