#include "metadata_copies.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "words.h"

namespace garner::deduplicator {
namespace {

constexpr size_t kMinDescriptionWords = 4;
constexpr size_t kMinTitleWords = 3;

// The words of a chosen value that was a line of the text. Where it comes from the page's head, the text may hold its only copy.
std::vector<uint64_t> TakenLine(const v1::Document& document, std::string_view key) {
  for (const v1::Metadata& candidate : document.metadata())
    if (candidate.chosen() && candidate.key() == key && candidate.origin() == "text_line") return HashWords(candidate.value());
  return {};
}

bool HasWords(const Paragraph& paragraph, const std::vector<uint64_t>& words) {
  return paragraph.words.size() == words.size() && std::equal(words.begin(), words.end(), paragraph.words.begin());
}

// A short line that stands here and there is no headline, whatever it was taken for.
std::ptrdiff_t CountCopies(const Paragraphs& paragraphs, const std::vector<uint64_t>& words) {
  return std::count_if(paragraphs.begin(), paragraphs.end(),
                       [&](const Paragraph& paragraph) { return HasWords(paragraph, words); });
}

}  // namespace

std::vector<int> FindMetadataCopies(const v1::Document& document, const Paragraphs& paragraphs, uint32_t min_words) {
  std::vector<int> found;
  const std::vector<uint64_t> title = TakenLine(document, "title");
  const std::vector<uint64_t> description = TakenLine(document, "description");
  if (title.empty() && description.empty()) return found;
  bool above = title.size() >= kMinTitleWords && CountCopies(paragraphs, title) == 1;  // and no running text so far
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    const Paragraph& paragraph = paragraphs[i];
    const bool is_title = !title.empty() && (above || title.size() >= min_words) && HasWords(paragraph, title);
    const bool is_description = description.size() >= kMinDescriptionWords && HasWords(paragraph, description);
    const bool may_go = document.blocks(static_cast<int>(i)).role() != v1::Block::CODE && !paragraph.quoted;
    if ((is_title || is_description) && may_go) {
      found.push_back(static_cast<int>(i));
    } else if (paragraph.eligible && paragraph.sentence) {
      above = false;
    }
  }
  return found;
}

}  // namespace garner::deduplicator
