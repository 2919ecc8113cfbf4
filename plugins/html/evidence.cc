#include "evidence.h"

#include <algorithm>
#include <string>

#include "ascii.h"

namespace garner::html {
namespace {

constexpr int kMaxWords = 32;
constexpr size_t kMaxWordBytes = 32;
constexpr AttributeName kTelling[] = {AttributeName::kClass, AttributeName::kId, AttributeName::kRole, AttributeName::kItemprop};

bool IsContainer(ElementId element) { return element == tag::Html || element == tag::Body || element >= kTextNode; }

// Appends the words of an attribute: "relatedPosts nav-2" has related, posts, nav and 2.
void AddWords(std::string_view value, int& count, std::string& words) {
  for (size_t at = 0; at < value.size() && count < kMaxWords;) {
    size_t end = at;
    while (end < value.size() && IsAlphanumeric(value[end]) && (end == at || !IsCapital(value[end]) || IsCapital(value[end - 1]))) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    if (!words.empty()) words.push_back(' ');
    for (size_t i = at; i < std::min(end, at + kMaxWordBytes); ++i) words.push_back(Lower(value[i]));
    ++count;
    at = end;
  }
}

}  // namespace

void EvidenceWriter::Fill(const Draft& draft, v1::HtmlEvidence* evidence) {
  WriteElements(draft.node);
  if (!around_.empty()) evidence->set_element(around_.back().index);
  if (draft.links > 0) evidence->set_links(draft.links);
  if (!draft.landmark.empty()) evidence->set_landmark(std::string(draft.landmark));
}

void EvidenceWriter::WriteElements(NodeId node) {
  const std::vector<Node>& nodes = page_.tree.nodes;
  while (!around_.empty() && (around_.back().node > node || nodes[around_.back().node].next <= node)) around_.pop_back();
  const NodeId written = around_.empty() ? 0 : around_.back().node;
  for (NodeId at = node; at != kNoNode && at != written; at = nodes[at].parent)
    if (!IsContainer(nodes[at].element)) missing_.push_back(at);
  for (; !missing_.empty(); missing_.pop_back()) WriteElement(missing_.back());
}

void EvidenceWriter::WriteElement(NodeId node) {
  v1::HtmlElement* element = document_->add_html_elements();
  element->set_name(std::string(page_.names.Name(page_.tree.nodes[node].element)));
  if (!around_.empty()) element->set_parent(around_.back().index);
  std::string words;
  int count = 0;
  for (const AttributeName attribute : kTelling) AddWords(page_.attributes().Raw(page_.tree.nodes[node], attribute), count, words);
  if (!words.empty()) element->set_class_words(std::move(words));
  around_.push_back({node, static_cast<uint32_t>(document_->html_elements_size()) - 1});
}

}  // namespace garner::html
