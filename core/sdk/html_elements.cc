#include "garner/html_elements.h"

#include <algorithm>
#include <vector>

namespace garner {
namespace {

std::string Named(const v1::HtmlElement& element) {
  std::string name = element.name();
  if (!element.class_words().empty()) name += "." + element.class_words();
  std::replace(name.begin(), name.end(), ' ', '.');
  return name;
}

uint32_t AddElement(v1::Document* document, std::string_view named, std::optional<uint32_t> parent) {
  v1::HtmlElement* element = document->add_html_elements();
  const size_t dot = std::min(named.find('.'), named.size());
  element->set_name(std::string(named.substr(0, dot)));
  if (parent) element->set_parent(*parent);
  if (dot < named.size()) {
    std::string words(named.substr(dot + 1));
    std::replace(words.begin(), words.end(), '.', ' ');
    element->set_class_words(std::move(words));
  }
  return static_cast<uint32_t>(document->html_elements_size()) - 1;
}

// The element of this name that was added last below `parent`, and is still open: on the way to the last element of all.
std::optional<uint32_t> OpenElement(const v1::Document& document, std::string_view named, std::optional<uint32_t> parent) {
  if (document.html_elements().empty()) return std::nullopt;
  std::optional<uint32_t> at = static_cast<uint32_t>(document.html_elements_size()) - 1;
  while (at && ElementAround(document, *at) != parent) at = ElementAround(document, *at);
  return at && Named(document.html_elements(static_cast<int>(*at))) == named ? at : std::nullopt;
}

}  // namespace

std::optional<uint32_t> OwnElement(const v1::Block& block) {
  return block.html().has_element() ? std::optional(block.html().element()) : std::nullopt;
}

std::optional<uint32_t> ElementAround(const v1::Document& document, uint32_t element) {
  const v1::HtmlElement& inner = document.html_elements(static_cast<int>(element));
  return inner.has_parent() ? std::optional(inner.parent()) : std::nullopt;
}

bool StandsIn(const v1::Document& document, const v1::Block& block, std::string_view name) {
  for (std::optional<uint32_t> at = OwnElement(block); at; at = ElementAround(document, *at))
    if (document.html_elements(static_cast<int>(*at)).name() == name) return true;
  return false;
}

std::string HtmlPath(const v1::Document& document, const v1::Block& block) {
  std::vector<uint32_t> elements;
  for (std::optional<uint32_t> at = OwnElement(block); at; at = ElementAround(document, *at)) elements.push_back(*at);
  std::string path;
  for (auto at = elements.rbegin(); at != elements.rend(); ++at) path += (path.empty() ? "" : "/") + Named(document.html_elements(static_cast<int>(*at)));
  return path;
}

void SetHtmlPath(v1::Document* document, v1::Block* block, std::string_view path) {
  v1::HtmlEvidence* html = block->mutable_html();
  std::optional<uint32_t> parent;
  while (!path.empty()) {
    const std::string_view named = path.substr(0, path.find('/'));
    const bool own = named.size() == path.size();
    std::optional<uint32_t> element = own ? std::nullopt : OpenElement(*document, named, parent);
    if (!element) element = AddElement(document, named, parent);
    parent = element;
    path.remove_prefix(std::min(named.size() + 1, path.size()));
  }
  if (parent) html->set_element(*parent);
}

}  // namespace garner
