#include "evidence.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ascii.h"

namespace garner::html {
namespace {

constexpr size_t kMaxPathBytes = 256;
constexpr size_t kMaxElements = 7;
constexpr int kMaxWords = 32;
constexpr size_t kMaxWordBytes = 32;

bool IsContainer(ElementId element) { return element == tag::Html || element == tag::Body || element >= kTextNode; }

void AddWords(std::string_view value, v1::HtmlEvidence* evidence) {
  for (size_t at = 0; at < value.size() && evidence->class_words_size() < kMaxWords;) {
    size_t end = at;
    while (end < value.size() && IsAlphanumeric(value[end])) ++end;
    if (end > at) evidence->add_class_words(Lowered(value.substr(at, std::min(end - at, kMaxWordBytes))));
    at = end + 1;
  }
}

}  // namespace

void FillEvidence(const Page& page, const Draft& draft, v1::HtmlEvidence* evidence) {
  const Attributes attributes = page.attributes();
  std::vector<std::string_view> path;
  size_t bytes = 0;
  uint32_t depth = 0;
  size_t elements = 0;
  for (NodeId at = draft.node; at != kNoNode && at != 0; at = page.tree.nodes[at].parent) {
    const Node& node = page.tree.nodes[at];
    if (elements++ < kMaxElements) {
      AddWords(attributes.Raw(node, AttributeName::kClass), evidence);
      AddWords(attributes.Raw(node, AttributeName::kId), evidence);
    }
    if (IsContainer(node.element)) continue;
    ++depth;
    const std::string_view name = page.names.Name(node.element);
    bytes += name.size() + 1;
    if (bytes <= kMaxPathBytes + 1) path.push_back(name);
  }
  std::string joined;
  for (auto name = path.rbegin(); name != path.rend(); ++name) {
    if (!joined.empty()) joined.push_back('/');
    joined.append(*name);
  }
  if (!joined.empty()) evidence->set_tag_path(std::move(joined));
  evidence->set_depth(depth);
  if (draft.links > 0) evidence->set_links(draft.links);
  if (!draft.landmark.empty()) evidence->set_landmark(std::string(draft.landmark));
}

}  // namespace garner::html
