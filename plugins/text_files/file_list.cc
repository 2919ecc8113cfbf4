#include "file_list.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "garner/escape.h"
#include "garner/hash.h"
#include "garner/utf8.h"

namespace garner::text_files {
namespace {

constexpr size_t kHashDigits = 16;
constexpr size_t kMaxShownBytes = 200;

std::string HexDigits(uint64_t number) {
  std::string digits(kHashDigits, '0');
  for (size_t i = digits.size(); i > 0; --i, number >>= 4) digits[i - 1] = "0123456789abcdef"[number & 15];
  return digits;
}

// All of `text` as a number.
bool TakeNumber(std::string_view text, int base, uint64_t& number) {
  const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool IsNameBelow(std::string_view name) {
  if (!IsValidUtf8(name)) return false;
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(name.begin(), name.end(), control)) return false;
  // Empty parts are what an absolute name begins with, and a folder's ends with; ".", ".." and hidden ones begin with a dot.
  for (;;) {
    const size_t end = std::min(name.find('/'), name.size());
    if (end == 0 || name.front() == '.') return false;
    if (end == name.size()) return true;
    name.remove_prefix(end + 1);
  }
}

std::optional<ListedFile> ParseLine(std::string_view line) {
  const size_t hash_end = line.find(' ');
  const size_t size_end = hash_end == std::string_view::npos ? hash_end : line.find(' ', hash_end + 1);
  if (hash_end != kHashDigits || size_end == std::string_view::npos) return std::nullopt;
  ListedFile file;
  if (!TakeNumber(line.substr(0, hash_end), 16, file.content.hash)) return std::nullopt;
  if (!TakeNumber(line.substr(hash_end + 1, size_end - hash_end - 1), 10, file.content.size)) return std::nullopt;
  file.name = line.substr(size_end + 1);
  return IsNameBelow(file.name) ? std::optional(std::move(file)) : std::nullopt;
}

bool IsPlain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }

}  // namespace

Fingerprint FingerprintOf(std::string_view content) { return {content.size(), Hash64(content)}; }

std::string ListLine(const ListedFile& file) { return HexDigits(file.content.hash) + " " + std::to_string(file.content.size) + " " + file.name + "\n"; }

Result<std::vector<ListedFile>> ParseList(std::string_view list) {
  if (list.substr(0, kListHead.size()) != kListHead) return Status(StatusKind::kInvalidInput, "is no list of files by this version of text_files");
  std::vector<ListedFile> files;
  size_t number = 1;
  for (list.remove_prefix(kListHead.size()); !list.empty();) {
    ++number;
    const size_t end = list.find('\n');
    const std::string_view line = list.substr(0, end);
    std::optional<ListedFile> file = end == std::string_view::npos ? std::nullopt : ParseLine(line);
    if (!file)
      return Status(StatusKind::kInvalidInput, "line " + std::to_string(number) + " names no file below the folder: '" + EscapeForTerminal(line, kMaxShownBytes) + "'");
    files.push_back(*std::move(file));
    list.remove_prefix(end + 1);
  }
  return files;
}

std::string ListNameFor(std::string_view folder) {
  constexpr size_t kMaxBytes = 100;
  std::string normal = std::filesystem::path(folder).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  std::string name;
  for (const char c : normal) {
    if (IsPlain(c) || (c == '.' && !name.empty())) {
      name.push_back(c);
    } else {
      name += "%" + HexDigits(static_cast<unsigned char>(c)).substr(kHashDigits - 2);
    }
  }
  // A prefix alone would not tell two of them apart.
  if (name.size() > kMaxBytes) name = name.substr(0, kMaxBytes) + "-" + HexDigits(Hash64(normal));
  return name + ".files";
}

}  // namespace garner::text_files
