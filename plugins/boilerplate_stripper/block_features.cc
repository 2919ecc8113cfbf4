#include "block_features.h"

#include <algorithm>
#include <string_view>

#include "garner/source_map.h"
#include "html_features.h"

namespace garner::boilerplate_stripper {
namespace {

void AddOwnText(const Facts& facts, FeatureVector& out) {
  constexpr uint32_t kMaxPhrases = 3;
  constexpr uint32_t kVeryShortWords = 4;
  constexpr uint32_t kLongWords = 40;
  out[Feature::kStrongLine] = facts.line.strength == Strength::kStrong;
  out[Feature::kWeakLine] = facts.line.strength == Strength::kWeak;
  out[Feature::kPlaceholder] = facts.placeholder && !facts.prose();
  const uint32_t phrases = std::min(facts.TellingPhrases(), kMaxPhrases);
  if (facts.prose()) {
    out[Feature::kPhrasesInProse] = static_cast<float>(phrases);
  } else if (facts.line.strength != Strength::kStrong && facts.words >= 2) {
    out[Feature::kPhraseInLine] = static_cast<float>(std::min<uint32_t>(phrases, 2));
  }
  out[Feature::kVeryShort] = facts.words <= kVeryShortWords;
  out[Feature::kProse] = facts.prose();
  out[Feature::kLongProse] = facts.prose() && facts.words >= kLongWords;
  out[Feature::kSentence] = !facts.prose() && facts.sentence() && facts.line.strength != Strength::kStrong;
  out[Feature::kCode] = facts.code;
}

// A link to one other article stands in the text: it tells nothing about its neighbours.
bool IsInterface(const Facts& facts) { return (facts.ui() && !facts.one_link) || facts.placeholder; }

// Says something, and is no phrase of the lexicon: the buttons around it tell nothing about it.
bool IsPlainText(const Facts& facts) {
  const bool speaks = facts.prose() || facts.sentence() || (facts.quoted && facts.ends_sentence);
  return speaks && !IsInterface(facts) && facts.TellingPhrases() == 0;
}

// How much user interface stands in the run of short lines around each block.
void AddClusters(const std::vector<Facts>& facts, std::vector<FeatureVector>& out) {
  constexpr size_t kReach = 6;
  std::vector<uint32_t> hits(facts.size() + 1, 0);
  for (size_t i = 0; i < facts.size(); ++i) hits[i + 1] = hits[i] + (IsInterface(facts[i]) ? 1 : 0);
  for (size_t begin = 0; begin < facts.size();) {
    size_t end = begin;
    while (end < facts.size() && !facts[end].prose() && !facts[end].code && !IsPlainText(facts[end])) ++end;
    for (size_t i = begin; i < end; ++i) {
      const size_t from = std::max(begin, i - std::min(i, kReach));
      const size_t to = std::min(end, i + kReach + 1);
      const uint32_t own = hits[i + 1] - hits[i];
      const uint32_t others = hits[to] - hits[from] - own;
      if (others >= 2) out[i][Feature::kUiCluster] = static_cast<float>(others) / static_cast<float>(to - from - 1);
    }
    begin = std::max(end, begin + 1);
  }
  for (size_t i = 0; i < facts.size(); ++i) {
    if (IsPlainText(facts[i])) continue;
    const bool before = i > 0 && hits[i] > hits[i - 1];
    const bool after = i + 1 < facts.size() && hits[i + 2] > hits[i + 1];
    out[i][Feature::kUiNeighbours] = static_cast<float>(before) + static_cast<float>(after);
  }
}

void AddEdges(const std::vector<Facts>& facts, std::vector<FeatureVector>& out) {
  for (size_t i = 0; i < facts.size() && IsInterface(facts[i]); ++i) out[i][Feature::kDocumentEdge] = 1;
  for (size_t i = facts.size(); i > 0 && IsInterface(facts[i - 1]); --i) out[i - 1][Feature::kDocumentEdge] = 1;
}

uint64_t LoneNumber() {
  const uint64_t number = WordHash("#");
  return PhraseHash(&number, 1);
}

// Short lines that stand in several places.
void AddRepeats(const std::vector<Facts>& facts, std::vector<FeatureVector>& out) {
  static const uint64_t number = LoneNumber();
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].copies < 2 || facts[i].key == number) continue;
    const bool before = i > 0 && facts[i - 1].key == facts[i].key;
    const bool after = i + 1 < facts.size() && facts[i + 1].key == facts[i].key;
    out[i][Feature::kDoubled] = before || after;
    // "Features" over every entry of a list is a heading: one word that may be one needs interface beside it.
    const bool beside = (i > 0 && facts[i - 1].ui()) || (i + 1 < facts.size() && facts[i + 1].ui());
    const bool heads = facts[i].words == 1 && facts[i].line.strength == Strength::kWeak && !beside;
    out[i][Feature::kEcho] = !heads && (!(before || after) || facts[i].copies > 2);
  }
}

bool CouldBeMenuEntry(const Facts& facts, uint32_t max_words) {
  return facts.words > 0 && facts.words <= max_words && !facts.ends_sentence && !facts.ends_colon && !facts.ends_comma && !facts.bullet &&
         !facts.quoted && !facts.has_digit && !facts.code && !facts.heading;
}

// Three or more lines that hang together outside the main text, one of them a button: Private clients, Small firms, Investors.
void MarkMenus(const std::vector<Facts>& facts, const Extent& extent, std::vector<FeatureVector>& out) {
  constexpr std::ptrdiff_t kLeast = 3;
  constexpr uint32_t kMaxWords = 3;
  const auto could_be_entry = [](const Facts& line) { return CouldBeMenuEntry(line, kMaxWords) && !line.record; };
  const auto place = [&](auto at) { return static_cast<size_t>(at - facts.begin()); };
  for (auto begin = facts.begin(); begin != facts.end();) {
    const auto end = std::find_if(begin + 1, facts.end(), [](const Facts& line) { return !line.tight; });
    const bool outside = place(end) <= extent.begin || place(begin) >= extent.end;
    const bool led_in = begin != facts.begin() && (begin - 1)->ends_colon;
    if (end - begin >= kLeast && outside && !led_in && std::all_of(begin, end, could_be_entry) && std::any_of(begin, end, IsInterface))
      for (auto at = begin; at != end; ++at) out[place(at)][Feature::kParallelMenu] = 1;
    begin = end;
  }
}

// Three or more lines that begin with the same word, or end with it, with no running text beyond them: For homes, For schools,
// For offices.
void MarkParallels(const std::vector<Facts>& facts, const Extent& extent, uint64_t Facts::*shared,
                   std::vector<FeatureVector>& out) {
  constexpr size_t kLeast = 3;
  constexpr uint32_t kMaxWords = 6;
  const auto could_be_entry = [](const Facts& line) { return line.words >= 2 && CouldBeMenuEntry(line, kMaxWords); };
  for (size_t begin = 0; begin < facts.size();) {
    size_t end = begin + 1;
    if (could_be_entry(facts[begin]))
      while (end < facts.size() && could_be_entry(facts[end]) && facts[end].*shared == facts[begin].*shared) ++end;
    const bool outside = end <= extent.begin || begin >= extent.end;
    const bool led_in = begin > 0 && facts[begin - 1].ends_colon;
    if (end - begin >= kLeast && outside && !led_in)
      for (size_t i = begin; i < end; ++i) out[i][Feature::kParallelMenu] = 1;
    begin = end;
  }
}

void AddPlace(const std::vector<Facts>& facts, const Extent& extent, std::vector<FeatureVector>& out) {
  for (size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].code) continue;
    const bool head = i < extent.head_ui_end;
    const bool tail = i >= extent.tail_ui_begin;
    if (!head && !tail) continue;
    out[i][Feature::kOutside] = 1;
    out[i][Feature::kOutsideDirty] = static_cast<float>(head ? extent.head_dirt : extent.tail_dirt);
  }
}

// "Read on" between an excerpt and the full text: the paragraph below stands above it too.
bool LeadsOnFromExcerpt(const v1::Document& document, const std::vector<Facts>& facts, size_t i) {
  constexpr size_t kReach = 3;  // paragraphs that an excerpt has
  constexpr uint32_t kLeastWords = 6;
  const Kind kind = facts[i].line.kind;
  if (kind != Kind::kNavigation && kind != Kind::kRelatedItems && kind != Kind::kPager) return false;
  if (facts[i].one_link || i + 1 >= facts.size() || facts[i + 1].words < kLeastWords) return false;
  const auto text = [&](size_t at) {
    const v1::Block& block = document.blocks(static_cast<int>(at));
    return std::string_view(document.text()).substr(block.begin(), block.end() - block.begin());
  };
  const std::string_view below = text(i + 1);
  for (size_t above = i; above > 0 && i - above < kReach; --above)
    if (text(above - 1) == below) return true;
  return false;
}

// Lists that a line ending in a colon leads in, and bulleted ones inside the main text; headings with text under them.
void AddBodyStructure(const v1::Document& document, const std::vector<Facts>& facts, const Extent& extent,
                      std::vector<FeatureVector>& out) {
  constexpr size_t kLeastItems = 2;
  bool led_in = false;
  bool bulleted = false;  // the list that was led in
  size_t items = 0;       // of it
  for (size_t i = 0; i < facts.size(); ++i) {
    const Facts& block = facts[i];
    // A sentence of its own below the bullets, or below items that are none: the list is over.
    if (led_in && (bulleted || items >= kLeastItems) && !block.bullet && !block.tight && block.sentence()) led_in = false;
    bulleted = led_in && (bulleted || block.bullet);
    items = !led_in ? 0 : block.sentence() ? items : items + 1;
    const bool inside = i >= extent.begin && i < extent.end;
    if (led_in && block.short_line()) out[i][Feature::kListInBody] = 1;
    if (inside && block.bullet && !block.ui()) out[i][Feature::kListInBody] = 1;
    if (block.ends_colon && !block.ui() && (block.words >= 4 || inside)) led_in = true;
    if (block.prose() || block.strong_ui()) led_in = block.ends_colon && !block.ui();
    const bool text_below = i + 1 < facts.size() && (facts[i + 1].prose() || facts[i + 1].sentence());
    // A button that names its platform is no heading.
    const bool named = block.ui() && block.words >= 2 && block.TellingPhrases() > 0;
    // Under a button, and again elsewhere: one of the buttons that every post or entry has.
    const bool again = block.ui() && i > 0 && facts[i - 1].ui() && out[i][Feature::kEcho] > 0;
    // A heading has its empty line above, not below.
    const bool hangs =
        (block.ui() && block.tight && i > 0 && facts[i - 1].sentence() && i + 1 < facts.size() && !facts[i + 1].tight) ||
        LeadsOnFromExcerpt(document, facts, i);
    out[i][Feature::kHangsOn] = hangs;
    // The second of two buttons in a row.
    const bool in_a_row = block.ui() && block.tight && i > 0 && facts[i - 1].ui();
    // One word may name a section as well as a button.
    const bool surely_interface = block.placeholder || named || again || hangs || in_a_row ||
                                  (block.strong_ui() && (block.words > 1 || block.line.kind == Kind::kPromotion));
    const bool entry = out[i][Feature::kParallelMenu] > 0;
    out[i][Feature::kHeadingOfBody] = block.short_line() && !surely_interface && !entry && text_below;
  }
}

// Gaps of the source between blocks, and metadata whose evidence lies in them.
void AddMetadataNeighbours(const v1::Document& document, std::vector<FeatureVector>& out) {
  std::vector<uint64_t> evidence;
  for (const v1::Metadata& metadata : document.metadata())
    if (metadata.chosen() && metadata.has_source()) evidence.push_back(metadata.source().begin());
  if (evidence.empty()) return;
  std::sort(evidence.begin(), evidence.end());
  const SourceMapView map(document.source_map());
  uint64_t gap_begin = 0;
  for (int i = 0; i < document.blocks_size(); ++i) {
    const Span source = map.Find({document.blocks(i).begin(), document.blocks(i).end()}).source;
    const auto found = std::lower_bound(evidence.begin(), evidence.end(), gap_begin);
    if (found != evidence.end() && *found < source.begin) {
      out[static_cast<size_t>(i)][Feature::kNextToMetadata] = 1;
      if (i > 0) out[static_cast<size_t>(i) - 1][Feature::kNextToMetadata] = 1;
    }
    gap_begin = source.end;
  }
}

}  // namespace

std::vector<FeatureVector> ComputeFeatures(const v1::Document& document, const std::vector<Facts>& facts, const Extent& extent,
                                           const PageElements& elements) {
  std::vector<FeatureVector> features(facts.size());
  for (size_t i = 0; i < facts.size(); ++i) AddOwnText(facts[i], features[i]);
  AddClusters(facts, features);
  AddEdges(facts, features);
  AddRepeats(facts, features);
  MarkParallels(facts, extent, &Facts::first_word, features);
  MarkParallels(facts, extent, &Facts::last_word, features);
  MarkMenus(facts, extent, features);
  AddPlace(facts, extent, features);
  AddBodyStructure(document, facts, extent, features);
  AddMetadataNeighbours(document, features);
  AddHtmlFeatures(document, facts, elements, features);
  return features;
}

}  // namespace garner::boilerplate_stripper
