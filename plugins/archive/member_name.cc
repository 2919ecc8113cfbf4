#include "member_name.h"

#include "garner/decoded_text.h"
#include "garner/utf8.h"

namespace garner::archive {
namespace {

// What DOS wrote, and what the format says where nothing else is said.
constexpr const char* kZipCharset = "IBM437";

std::string_view LastPart(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::string MemberName(std::string_view bytes, const std::string& charset) {
  if (IsValidUtf8(bytes)) return SanitizeUtf8(bytes);
  for (const std::string& declared : {charset, std::string(kZipCharset)}) {
    const Result<DecodedText> decoded = DecodeText(bytes, {.declared = declared, .declared_inside = ""});
    if (decoded.ok()) return SanitizeUtf8(decoded->text());
  }
  return SanitizeUtf8(bytes);
}

std::string NameWithoutCompression(std::string_view path) {
  std::string_view name = LastPart(path);
  for (const std::string_view ending : {".gz", ".bz2", ".xz", ".lzma", ".zst", ".lz4"})
    if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) {
      name.remove_suffix(ending.size());
      break;
    }
  return name.empty() ? "data" : std::string(name);
}

bool MayBeAppleDouble(std::string_view name) { return LastPart(name).substr(0, 2) == "._"; }

bool IsAppleDouble(std::string_view head) {
  using std::string_view_literals::operator""sv;
  return head.substr(0, 4) == "\0\5\x16\7"sv;
}

}  // namespace garner::archive
