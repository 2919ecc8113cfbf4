#include "plain_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <iterator>

#include "garner/utf8.h"

namespace garner::feed {
namespace {

constexpr size_t kMaxReference = 32;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The value of a reference's name or number; 0 where it means nothing.
char32_t ValueOf(std::string_view name) {
  if (name.empty()) return 0;
  if (name == "apos") return '\'';
  if (name[0] != '#') {
    const htmlEntityDesc* found = htmlEntityLookup(reinterpret_cast<const xmlChar*>(std::string(name).c_str()));
    return found == nullptr ? 0 : static_cast<char32_t>(found->value);
  }
  name.remove_prefix(1);
  const bool hexadecimal = !name.empty() && (name[0] == 'x' || name[0] == 'X');
  if (hexadecimal) name.remove_prefix(1);
  if (name.empty() || name.size() > 7) return 0;
  char32_t value = 0;
  for (const char c : name) {
    const char lower = static_cast<char>(c | 0x20);
    if (!IsDigit(c) && !(hexadecimal && lower >= 'a' && lower <= 'f')) return 0;
    value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(IsDigit(c) ? c - '0' : lower - 'a' + 10);
  }
  return value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) ? 0 : value;
}

// The size of the reference at html[at], '&', with its value; 0 where there is none.
size_t ReadReference(std::string_view html, size_t at, char32_t& value) {
  const std::string_view near = html.substr(at + 1, kMaxReference);
  const size_t end = near.find(';');
  if (end == std::string_view::npos) return 0;
  value = ValueOf(near.substr(0, end));
  return value == 0 ? 0 : end + 2;
}

// A tag or comment begins here.
bool IsMarkup(std::string_view html, size_t at) {
  const char next = at + 1 < html.size() ? html[at + 1] : ' ';
  return IsLetter(next) || next == '/' || next == '!' || next == '?';
}

// Words on either side of it are apart.
bool PartsWords(std::string_view tag) {
  constexpr std::string_view kNames[] = {"p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "hr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "img", "figure", "figcaption"};
  std::string name;
  for (const char c : tag.substr(!tag.empty() && tag[0] == '/' ? 1 : 0)) {
    if ((!IsLetter(c) && !IsDigit(c)) || name.size() > 10) break;
    name += static_cast<char>(IsLetter(c) ? c | 0x20 : c);
  }
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

std::string PlainText(std::string_view html) {
  std::string text;
  size_t last_end = 0;  // no '>' stands behind it once the search for one has failed
  bool closed = true;
  for (size_t at = 0; at < html.size();) {
    char32_t value = 0;
    if (html[at] == '<' && closed && IsMarkup(html, at)) {
      const size_t end = html.find('>', std::max(at, last_end));
      closed = end != std::string_view::npos;
      if (closed) {
        if (PartsWords(html.substr(at + 1, end - at - 1))) text += ' ';
        at = last_end = end + 1;
        continue;
      }
    } else if (const size_t size = html[at] == '&' ? ReadReference(html, at, value) : 0; size > 0) {
      AppendUtf8(value, text);
      at += size;
      continue;
    }
    text += html[at++];
  }
  std::string collapsed;
  bool space = false;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (IsSpace(cp.value)) {
      space = true;
    } else {
      if (space && !collapsed.empty()) collapsed += ' ';
      space = false;
      collapsed.append(text, at, cp.size);
    }
    at += cp.size;
  }
  return collapsed;
}

bool LooksHtml(std::string_view text) {
  for (size_t at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    char32_t value = 0;
    if (text[at] == '&' ? ReadReference(text, at, value) > 0 : IsMarkup(text, at)) return true;
  }
  return false;
}

}  // namespace garner::feed
