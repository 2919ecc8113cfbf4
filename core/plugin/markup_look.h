// A look at the first bytes of a text, as browsers do it: is this HTML, XML, or just text that mentions a tag?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace garner {

// Bytes of a payload that the look rests on.
inline constexpr size_t kMarkupWindow = 64 * 1024;

// The first part of a text in ASCII, whatever its encoding: no byte order mark, UTF-16 and UTF-32 narrowed (characters beyond ASCII
// become 0xFF), other bytes as they are. Empty `text` for an empty payload.
struct TextHead {
  std::string text;
  bool wide = false;  // UTF-16 or UTF-32, by its byte order mark or by where its zero bytes stand
};
TextHead ReadTextHead(std::string_view payload);

enum class MarkupStart {
  kNone,         // begins with no tag
  kHtml,         // <!DOCTYPE html>, <html>, <head>, <script> ...: what only a page begins with
  kHtmlElement,  // <p>, <b>, <div> ...: a fragment, or a text with residue of markup
  kXhtml,
  kRss,
  kAtom,
  kSvg,
  kXml,
};

// What the text begins with after white space and comments. A tag counts only where its name ends as a tag's name does.
MarkupStart LookAtStart(std::string_view head);

// Tags of HTML elements anywhere in the head.
struct TagCount {
  size_t tags = 0;
  // <!DOCTYPE html>, <html>, <head> or <body> at the beginning of a line, near the beginning.
  bool page = false;
  // At least three, and one in every 400 bytes.
  bool dense = false;
};
TagCount CountTags(std::string_view head);

}  // namespace garner
