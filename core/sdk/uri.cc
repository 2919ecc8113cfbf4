#include "garner/uri.h"

#include <algorithm>
#include <optional>

namespace garner {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSchemeCharacter(char c) { return IsLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; }

struct Parts {
  std::string_view scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

// Takes what follows the first `mark` off the end of `rest`.
std::optional<std::string_view> TakeBehind(char mark, std::string_view& rest) {
  const size_t at = rest.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view behind = rest.substr(at + 1);
  rest = rest.substr(0, at);
  return behind;
}

Parts Split(std::string_view uri) {
  Parts parts;
  parts.fragment = TakeBehind('#', uri);
  parts.query = TakeBehind('?', uri);
  parts.scheme = UriScheme(uri);
  if (!parts.scheme.empty()) uri.remove_prefix(parts.scheme.size() + 1);
  if (uri.substr(0, 2) == "//") {
    uri.remove_prefix(2);
    parts.authority = uri.substr(0, uri.find('/'));
    uri.remove_prefix(parts.authority->size());
  }
  parts.path = uri;
  return parts;
}

std::string Join(const Parts& parts, std::string_view path) {
  std::string uri(parts.scheme);
  uri += ':';
  if (parts.authority) uri.append("//").append(*parts.authority);
  uri += path;
  if (parts.query) uri.append("?").append(*parts.query);
  if (parts.fragment) uri.append("#").append(*parts.fragment);
  return uri;
}

void DropLastSegment(std::string& path) {
  const size_t slash = path.rfind('/');
  path.resize(slash == std::string::npos ? 0 : slash);
}

// RFC 3986, 5.2.4, a segment with the slash before it at a time.
std::string WithoutDots(std::string_view path) {
  while (path.substr(0, 2) == "./" || path.substr(0, 3) == "../") path.remove_prefix(path.find('/') + 1);
  std::string out;
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string_view segment = path.substr(at, end - at);
    const bool slash = segment[0] == '/';
    const std::string_view name = segment.substr(slash);
    if (name == "..") DropLastSegment(out);
    if (name != "." && name != "..") {
      out += segment;
    } else if (slash && end == path.size()) {
      out += '/';
    }
    at = end;
  }
  return out;
}

// RFC 3986, 5.2.3: the reference's path beside the last segment of the base's.
std::string Merged(const Parts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string(path);
  const size_t slash = base.path.rfind('/');
  return std::string(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) + std::string(path);
}

}  // namespace

std::string_view UriScheme(std::string_view uri) {
  if (uri.empty() || !IsLetter(uri[0])) return {};
  size_t size = 1;
  while (size < uri.size() && IsSchemeCharacter(uri[size])) ++size;
  return size < uri.size() && uri[size] == ':' ? uri.substr(0, size) : std::string_view();
}

std::string_view UriAuthority(std::string_view uri) { return Split(uri).authority.value_or(std::string_view()); }

std::string ResolveUri(std::string_view base, std::string_view reference) {
  Parts target = Split(reference);
  if (!target.scheme.empty()) return Join(target, WithoutDots(target.path));
  const Parts from = Split(base);
  target.scheme = from.scheme;
  if (target.authority) return Join(target, WithoutDots(target.path));
  target.authority = from.authority;
  if (target.path.empty()) {
    if (!target.query) target.query = from.query;
    return Join(target, from.path);
  }
  return Join(target, WithoutDots(target.path[0] == '/' ? std::string(target.path) : Merged(from, target.path)));
}

}  // namespace garner
