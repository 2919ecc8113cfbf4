#include "core/plugin/binary_magic.h"

#include "core/plugin/zip_kind.h"

namespace garner {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  size_t offset;
  std::string_view bytes;
  std::string_view media_type;
  // The bytes may also begin a text: they count only in a payload that looks binary.
  bool only_binary = false;
};

// The first that fits wins, so longer ones of one prefix stand first.
constexpr Magic kMagics[] = {
    {0, "%PDF-"sv, "application/pdf"},
    {0, "{\\rtf"sv, "application/rtf"},
    {0, "%!PS-Adobe-"sv, "application/postscript"},
    {0, "WARC/0."sv, "application/warc"},
    {0, "WARC/1."sv, "application/warc"},
    {0, "filedesc://"sv, "application/x-internet-archive"},
    {0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    {0, "\x1f\x8b\x08"sv, "application/gzip"},
    {0, "\x28\xb5\x2f\xfd"sv, "application/zstd"},
    {0, "\xfd" "7zXZ\0"sv, "application/x-xz"},
    {0, "\x04\x22\x4d\x18"sv, "application/x-lz4"},
    {0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    {0, "Rar!\x1a\x07"sv, "application/vnd.rar"},
    {0, "BZh"sv, "application/x-bzip2", true},
    {257, "ustar"sv, "application/x-tar", true},
    {0, "\x89PNG\r\n\x1a\n"sv, "image/png"},
    {0, "\xff\xd8\xff"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "BM"sv, "image/bmp", true},
    {0, "\0\0\x01\0"sv, "image/x-icon"},
    {0, "AT&TFORM"sv, "image/vnd.djvu"},
    {0, "OggS\0"sv, "application/ogg"},
    {0, "fLaC"sv, "audio/flac", true},
    {0, "ID3"sv, "audio/mpeg", true},
    {0, "\x1a\x45\xdf\xa3"sv, "video/x-matroska"},
    {0, "FLV\x01"sv, "video/x-flv"},
    {0, "\x7f" "ELF"sv, "application/x-elf"},
    {0, "\0asm"sv, "application/wasm"},
    {0, "MZ"sv, "application/vnd.microsoft.portable-executable", true},
    {0, "\xca\xfe\xba\xbe"sv, "application/java-vm"},
    {0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
    {60, "BOOKMOBI"sv, "application/x-mobipocket-ebook", true},
    {0, "PAR1"sv, "application/vnd.apache.parquet", true},
    {0, "Obj\x01"sv, "application/avro"},
    {0, "wOFF"sv, "font/woff", true},
    {0, "wOF2"sv, "font/woff2", true},
    {0, "\x93NUMPY"sv, "application/x-numpy"},
};

bool HasAt(std::string_view payload, size_t offset, std::string_view bytes) {
  return payload.size() >= offset && payload.substr(offset, bytes.size()) == bytes;
}

// RIFF and ISO base media files say what they hold in a four-letter word behind the size.
std::string ByInnerWord(std::string_view payload) {
  if (payload.size() < 12) return {};
  const std::string_view word = payload.substr(8, 4);
  if (HasAt(payload, 0, "RIFF")) {
    if (word == "WEBP") return "image/webp";
    if (word == "WAVE") return "audio/wav";
    if (word == "AVI ") return "video/x-msvideo";
    return {};
  }
  if (payload[0] != '\0' || !HasAt(payload, 4, "ftyp")) return {};
  if (word.substr(0, 3) == "M4A") return "audio/mp4";
  if (word == "qt  ") return "video/quicktime";
  if (word == "avif") return "image/avif";
  if (word.substr(0, 3) == "hei" || word == "mif1") return "image/heic";
  return "video/mp4";
}

}  // namespace

std::string MediaTypeByMagic(std::string_view payload, bool looks_binary) {
  if (HasAt(payload, 0, "PK\x03\x04") || HasAt(payload, 0, "PK\x05\x06")) return ZipKind(payload);
  for (const Magic& magic : kMagics)
    if ((looks_binary || !magic.only_binary) && HasAt(payload, magic.offset, magic.bytes)) return std::string(magic.media_type);
  return ByInnerWord(payload);
}

}  // namespace garner
