#include "tree.h"

#include "ascii.h"
#include "references.h"

namespace garner::html {

const Attribute* Attributes::Find(const Tag& tag, AttributeName name) const {
  for (uint32_t i = 0; i < tag.attributes; ++i)
    if (const Attribute& attribute = prepared_.attributes[tag.first_attribute + i]; attribute.name == name) return &attribute;
  return nullptr;
}

std::string_view Attributes::Raw(const Tag& tag, AttributeName name) const {
  const Attribute* found = Find(tag, name);
  return found == nullptr ? std::string_view() : page_.substr(found->value.begin, found->value.size());
}

std::string Attributes::Value(const Tag& tag, AttributeName name) const {
  return std::string(TrimHtmlSpace(DecodeReferences(TrimHtmlSpace(Raw(tag, name)), true)));
}

std::string_view Attributes::Raw(const Node& node, AttributeName name) const {
  return node.tag == kNoTag ? std::string_view() : Raw(prepared_.tags[node.tag], name);
}

std::string Attributes::Value(const Node& node, AttributeName name) const {
  return node.tag == kNoTag ? std::string() : Value(prepared_.tags[node.tag], name);
}

}  // namespace garner::html
