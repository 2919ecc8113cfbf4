#include "file_names.h"

#include <algorithm>
#include <vector>

#include "garner/utf8.h"

namespace garner::text_files {
namespace {

// What file systems or shells give a meaning.
bool IsReserved(char32_t value) {
  constexpr std::string_view kReserved = "/\\<>:\"|?*";
  if (value < 0x80 && kReserved.find(static_cast<char>(value)) != std::string_view::npos) return true;
  const bool direction = (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069) || value == 0x200E || value == 0x200F;
  const bool line_break = value == '\t' || (value >= '\n' && value <= '\r') || value == 0x85 || value == 0x2028 || value == 0x2029;
  return IsControl(value) || direction || line_break;
}

// The longest beginning of at most `limit` bytes that ends between characters.
std::string_view CutAtBoundary(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && !IsBoundary(text, limit)) --limit;
  return text.substr(0, limit);
}

std::vector<std::string> SafeParts(std::string_view origin) {
  std::vector<std::string> parts;
  while (!origin.empty()) {
    const size_t end = std::min(origin.find('/'), origin.size());
    if (end > 0) parts.push_back(SafeName(origin.substr(0, end)));
    origin.remove_prefix(std::min(end + 1, origin.size()));
  }
  if (parts.size() > kMaxDepth) parts.erase(parts.begin(), parts.end() - kMaxDepth);
  if (parts.empty()) parts.emplace_back("document");
  return parts;
}

// "a.html" without ".html". What follows the last dot of "Vol. 2" or "2.10" is no extension.
std::string_view WithoutExtension(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return name;
  const std::string_view extension = name.substr(dot + 1);
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto fits = [&](char c) { return letter(c) || (c >= '0' && c <= '9'); };
  const bool real = !extension.empty() && extension.size() <= 5 && std::all_of(extension.begin(), extension.end(), fits) &&
                    std::any_of(extension.begin(), extension.end(), letter);
  return real ? name.substr(0, dot) : name;
}

}  // namespace

std::string OriginPath(const v1::PayloadInfo& info) {
  std::string path = info.uri();
  if (info.has_container_path()) path += "/" + info.container_path();
  if (info.has_record_key()) path += "/" + info.record_key();
  return path;
}

std::string SafeName(std::string_view part) {
  const std::string valid = SanitizeUtf8(part);
  std::string name;
  for (size_t at = 0; at < valid.size() && name.size() <= kMaxNameBytes;) {
    const CodePoint cp = NextCodePoint(valid, at);
    at += cp.size;
    AppendUtf8(IsReserved(cp.value) ? U'_' : cp.value, name);
  }
  name = std::string(CutAtBoundary(name, kMaxNameBytes));
  if (name.empty()) return "_";
  if (name.front() == '.' || name.front() == ' ' || name.front() == '-') name.front() = '_';
  if (name.back() == '.' || name.back() == ' ') name.back() = '_';
  return name;
}

bool FileNames::Take(const std::string& path) {
  if (files_.count(path) != 0 || folders_.count(path) != 0) return false;
  for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
    if (files_.count(path.substr(0, slash)) != 0) return false;
  for (size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) folders_.insert(path.substr(0, slash));
  files_.insert(path);
  return true;
}

std::string FileNames::Claim(std::string_view origin, std::string_view id) {
  const std::vector<std::string> parts = SafeParts(origin);
  std::string folder;
  for (size_t i = 0; i + 1 < parts.size(); ++i) folder += parts[i] + "/";
  const std::string stem(WithoutExtension(parts.back()));
  const std::string mark = "-" + SafeName(id);
  // The id tells names apart that are alike; in a folder whose name a file has, nothing fits, and the last form is unique by count.
  for (const std::string& path : {folder + stem + suffix_, folder + stem + mark + suffix_, stem + mark + suffix_})
    if (Take(path)) return path;
  for (size_t count = files_.size();; ++count) {
    std::string path = stem + mark + "-" + std::to_string(count) + suffix_;
    if (Take(path)) return path;
  }
}

}  // namespace garner::text_files
