// The elements of a page that a block stands in.
//
//   HtmlPath(document, block)                       // "main/div.post.body/p": for people, and for a match of the whole
//   StandsIn(document, block, "figcaption")
//   for (std::optional<uint32_t> at = OwnElement(block); at; at = ElementAround(document, *at)) document.html_elements(*at).name();
//
// Pure functions; each takes as long as the element is deep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner {

// Indices into document.html_elements(); none where there is no such element.
std::optional<uint32_t> OwnElement(const v1::Block& block);
std::optional<uint32_t> ElementAround(const v1::Document& document, uint32_t element);

// Whether the block's own element or one around it is called so.
bool StandsIn(const v1::Document& document, const v1::Block& block, std::string_view name);

// Names with their class words, from the outermost to the block's own, joined by '/'; empty where there is none.
std::string HtmlPath(const v1::Document& document, const v1::Block& block);

// Makes the block, the document's last one, stand in a path as HtmlPath writes it: for tests, and for decoders of formats that are like HTML. As
// far as the path begins like that of the block before, the elements are the same ones; the last is always a new one.
void SetHtmlPath(v1::Document* document, v1::Block* block, std::string_view path);

}  // namespace garner
