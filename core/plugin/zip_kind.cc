#include "core/plugin/zip_kind.h"

#include <algorithm>
#include <cstdint>

namespace garner {
namespace {

using std::string_view_literals::operator""sv;

// Members looked at; most formats name their kind within the first few.
constexpr int kMembers = 16;
constexpr size_t kHeaderBytes = 30;
constexpr std::string_view kMagic = "PK\x03\x04"sv;

struct NamedKind {
  std::string_view name;
  std::string_view media_type;
  // A whole name, not the beginning of one.
  bool whole = false;
};

constexpr NamedKind kKinds[] = {
    {"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"visio/", "application/vnd.ms-visio.drawing"},
    {"META-INF/container.xml", "application/epub+zip", true},
    {"AndroidManifest.xml", "application/vnd.android.package-archive", true},
    {"classes.dex", "application/vnd.android.package-archive", true},
    {"doc.kml", "application/vnd.google-earth.kmz", true},
    {"Index/Document.iwa", "application/vnd.apple.iwork", true},
};
// What several formats begin with: it counts where nothing else is found.
constexpr NamedKind kFamilies[] = {
    {"[Content_Types].xml", "application/x-opc-package", true},
    {"META-INF/MANIFEST.MF", "application/java-archive", true},
};

uint64_t LittleEndian(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i > 0; --i) value = value << 8 | static_cast<uint8_t>(bytes[at + i - 1]);
  return value;
}

bool IsMediaType(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '+' || c == '-'; };
  return text.find('/') != std::string_view::npos && std::all_of(text.begin(), text.end(), fits);
}

template <size_t N>
std::string_view Find(const NamedKind (&kinds)[N], std::string_view name) {
  for (const NamedKind& kind : kinds)
    if (kind.whole ? name == kind.name : name.substr(0, kind.name.size()) == kind.name) return kind.media_type;
  return {};
}

struct Member {
  std::string_view name;
  std::string_view packed;  // as far as the head goes; without a known size all that follows
  bool stored = false;
  bool size_follows = false;
};

// The member that begins with `rest`, which is moved behind it; false where none does.
bool TakeMember(std::string_view& rest, Member& member) {
  if (rest.substr(0, kMagic.size()) != kMagic || rest.size() < kHeaderBytes) return false;
  const uint64_t flags = LittleEndian(rest, 6, 2);
  const uint64_t packed_size = LittleEndian(rest, 18, 4);
  const uint64_t name_size = LittleEndian(rest, 26, 2);
  const uint64_t extra_size = LittleEndian(rest, 28, 2);
  member.stored = LittleEndian(rest, 8, 2) == 0;
  member.size_follows = (flags & 8) != 0 && packed_size == 0;
  rest.remove_prefix(kHeaderBytes);
  if (rest.size() < name_size + extra_size) return false;
  member.name = rest.substr(0, name_size);
  rest.remove_prefix(name_size + extra_size);
  // Where the size stands behind the member, the next one is looked for.
  const size_t size = member.size_follows ? rest.find(kMagic) : packed_size;
  member.packed = rest.substr(0, size);
  rest.remove_prefix(std::min(size, rest.size()));
  return true;
}

}  // namespace

std::string ZipKind(std::string_view head) {
  std::string_view family;
  Member member;
  for (int i = 0; i < kMembers && TakeMember(head, member); ++i) {
    // EPUB and OpenDocument: the first member, stored, is the media type.
    if (i == 0 && member.name == "mimetype" && member.stored && !member.size_follows && member.packed.size() <= 100 && IsMediaType(member.packed))
      return std::string(member.packed);
    if (const std::string_view found = Find(kKinds, member.name); !found.empty()) return std::string(found);
    if (family.empty()) family = Find(kFamilies, member.name);
  }
  return std::string(family.empty() ? "application/zip"sv : family);
}

}  // namespace garner
