#include "metadata.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ascii.h"
#include "choose_metadata.h"
#include "choose_title.h"
#include "dateline.h"
#include "garner/utf8.h"
#include "heading_text.h"
#include "json_ld.h"
#include "markup_candidates.h"
#include "words.h"
#include "write_blocks.h"

namespace garner::html {
namespace {

// Where the title stands in the text: the highest heading that equals it, else the first paragraph outside of navigation that does.
size_t FindTitleDraft(const Page& page, const PageText& text, std::string_view title) {
  const std::string folded = FoldForComparison(title);
  size_t best = kNoDraft;
  uint32_t best_rank = 100;
  for (size_t i = 0; i < text.drafts.size(); ++i) {
    const Draft& draft = text.drafts[i];
    const bool heading = draft.role == v1::Block::HEADING;
    const bool paragraph = draft.role == v1::Block::PARAGRAPH && draft.landmark != "nav" && draft.landmark != "footer" && draft.landmark != "form";
    if (!heading && !paragraph) continue;
    const uint32_t rank = heading ? draft.level : 50;
    if (rank >= best_rank) continue;
    const size_t enough = 4 * title.size() + 256;
    const std::string shown = heading ? HeadingText(page, text, draft, enough) : DraftText(page, text, draft, enough);
    if (shown.size() < title.size() / 2 || FoldForComparison(WithoutAnchorMark(shown)) != folded) continue;
    best = i;
    best_rank = rank;
  }
  return best;
}

// Where no block shows the title, the first heading of the first level stands in its place.
size_t FirstHeading(const PageText& text) {
  const auto first = std::find_if(text.drafts.begin(), text.drafts.end(), [](const Draft& draft) { return draft.role == v1::Block::HEADING && draft.level == 1; });
  return first == text.drafts.end() ? kNoDraft : static_cast<size_t>(first - text.drafts.begin());
}

// The first full addresses that the page links.
std::vector<std::string> LinkedAddresses(const Page& page) {
  constexpr size_t kEnough = 64;
  constexpr size_t kMaxBytes = 200;
  std::vector<std::string> found;
  const Attributes attributes = page.attributes();
  for (NodeId i = 1; i < NodeCount(page.tree) && found.size() < kEnough; ++i) {
    const Node& node = page.tree.nodes[i];
    if (node.element != tag::A) continue;
    const std::string_view address = attributes.Raw(node, AttributeName::kHref);
    if (StartsIgnoringCase(address, "http")) found.emplace_back(address.substr(0, kMaxBytes));
  }
  return found;
}

}  // namespace

PageMetadata WriteMetadata(const Page& page, const PageText& text, size_t max_json_ld_bytes, StageContext& context, DocumentBuilder& builder) {
  Candidates candidates;
  AddMarkupCandidates(page, text, candidates);
  JsonLdLimits limits;
  limits.max_bytes = max_json_ld_bytes;
  const std::string canonical(candidates.First("canonical_url"));
  JsonLdResult read = AddJsonLdCandidates(page.text, page.prepared.json_ld, canonical, limits, candidates);
  if (read.invalid > 0) context.Count("json_ld_invalid", static_cast<double>(read.invalid));
  if (read.refused > 0) {
    context.Count("json_ld_refused", static_cast<double>(read.refused));
    context.Warn("a JSON-LD block is longer than max_json_ld_bytes (" + std::to_string(max_json_ld_bytes) + ") or nested too deeply: not read");
  }
  const size_t heading = FirstHeading(text);
  const std::vector<std::string> linked = canonical.empty() ? LinkedAddresses(page) : std::vector<std::string>();
  ChooseTitle(HasDateline(page, text, heading), linked, candidates.all());

  size_t title_draft = kNoDraft;
  for (Candidate& candidate : candidates.all()) {
    if (candidate.key != "title" || !candidate.chosen) continue;
    title_draft = FindTitleDraft(page, text, candidate.value);
    if (title_draft != kNoDraft) candidate.evidence = DraftSource(text, text.drafts[title_draft]);
  }
  AddDateline(page, text, title_draft != kNoDraft ? title_draft : heading, candidates);
  ChooseMetadata(candidates);

  for (const Candidate& candidate : candidates.all()) {
    v1::Metadata* added = builder.AddMetadata(candidate.key, candidate.value, candidate.origin, candidate.confidence, candidate.evidence);
    if (added != nullptr && candidate.chosen) added->set_chosen(true);
  }
  return {title_draft, std::move(read)};
}

}  // namespace garner::html
