#include "page_features.h"

#include <tsl/robin_map.h>

#include <algorithm>

#include "feature_sinks.h"
#include "garner/source_map.h"
#include "score.h"

namespace garner::boilerplate_stripper {
namespace {

constexpr std::array<std::string_view, 8> kLandmarks = {"", "nav", "header", "footer", "aside", "main", "article", "form"};

size_t LandmarkOf(const v1::Block& block) {
  const auto found = std::find(kLandmarks.begin(), kLandmarks.end(), block.html().landmark());
  return found == kLandmarks.end() ? 0 : static_cast<size_t>(found - kLandmarks.begin());
}

float LinkShare(const v1::Block& block) {
  return Share(static_cast<double>(std::min(block.html().link_bytes(), block.end() - block.begin())), static_cast<double>(block.end() - block.begin()));
}

template <size_t size>
void SinkDistances(const std::array<std::string_view, size>& names, const std::array<uint8_t, size>* distances, auto&& sink) {
  for (size_t i = 0; i < size; ++i) sink(names[i], distances == nullptr ? static_cast<float>(PageElement::kFar) : static_cast<float>((*distances)[i]));
}

}  // namespace

PageFeatures::PageFeatures(const Analysis& analysis, const WordWeights& weights)
    : analysis_(analysis), text_(analysis), links_(analysis.facts.size()), weighted_odds_(analysis.facts.size()), odds_weights_(analysis.facts.size()) {
  for (size_t i = 0; i < analysis.facts.size(); ++i) {
    links_.Set(i, LinkShare(block(i)));
    landmark_words_[LandmarkOf(block(i))] += analysis.facts[i].words;
  }
  constexpr double kMost = 0.6;
  constexpr double kNearlyAll = 0.9;
  holder_ = analysis.elements.Holder(kMost);
  wide_holder_ = analysis.elements.Holder(kNearlyAll);
  ReadAlike();
  ReadHeadings();
  ReadTitle();
  ReadWords(weights);
}

const PageElement* PageFeatures::Around(const PageElement* element, size_t steps) const {
  for (; element != nullptr && steps > 0; --steps) element = element->parent == PageElement::kNone ? nullptr : &analysis_.elements.at(element->parent);
  return element;
}

size_t PageFeatures::StepsToCommon(const PageElement* from, const PageElement* to) const {
  // The body is one step further out than the outermost element.
  const auto depth = [](const PageElement* element) { return element == nullptr ? 0 : static_cast<size_t>(element->depth) + 1; };
  const size_t begin = depth(from);
  if (depth(to) > depth(from)) to = Around(to, depth(to) - depth(from));
  if (depth(from) > depth(to)) from = Around(from, depth(from) - depth(to));
  while (from != to) {
    from = Around(from, 1);
    to = Around(to, 1);
  }
  return begin - depth(from);
}

void PageFeatures::ReadAlike() {
  tsl::robin_map<uint64_t, uint32_t> groups;
  alike_of_.reserve(analysis_.facts.size());
  for (size_t i = 0; i < analysis_.facts.size(); ++i) {
    const PageElement* element = own(i);
    const auto group = groups.try_emplace(element == nullptr ? 0 : element->path, static_cast<uint32_t>(alike_.size())).first->second;
    if (group == alike_.size()) alike_.emplace_back();
    alike_of_.push_back(group);
    Alike& alike = alike_[group];
    const Facts& facts = analysis_.facts[i];
    alike.inside.Add({1, facts.words, facts.prose() ? facts.words : 0, facts.sentence() ? 1U : 0U, block(i).end() - block(i).begin(),
                      std::min(block(i).html().link_bytes(), block(i).end() - block(i).begin())});
    alike.score += Probability(analysis_.judgements[i].evidence);
  }
}

void PageFeatures::ReadHeadings() {
  Heading last;
  last.distance = kFar;
  first_h1_ = analysis_.facts.size();
  headings_.reserve(analysis_.facts.size());
  for (size_t i = 0; i < analysis_.facts.size(); ++i) {
    last.distance = std::min(last.distance + 1, kFar);
    headings_.push_back(last);
    if (block(i).role() != v1::Block::HEADING) continue;
    last = {0, static_cast<uint32_t>(i), block(i).level(), static_cast<float>(Probability(analysis_.judgements[i].evidence)), analysis_.facts[i].line.kind};
    if (block(i).level() == 1) first_h1_ = std::min(first_h1_, i);
  }
}

void PageFeatures::ReadTitle() {
  title_ = analysis_.facts.size();
  const v1::Document& document = analysis_.document;
  for (const v1::Metadata& metadata : document.metadata()) {
    if (!metadata.chosen() || metadata.key() != "title" || !metadata.has_source()) continue;
    const SourceMapView map(document.source_map());
    // In the head of the page it says nothing of where the text begins.
    size_t at = 0;
    while (at < analysis_.facts.size() && map.Find({block(at).begin(), block(at).end()}).source.begin < metadata.source().begin()) ++at;
    if (at > 0 || first_h1_ == analysis_.facts.size()) title_ = at;
  }
}

void PageFeatures::ReadWords(const WordWeights& weights) {
  // A long text says no more of what stands beside it than a paragraph does, and one without words hardly anything.
  constexpr uint32_t kMostWords = 60;
  constexpr float kLeast = 0.001F;
  odds_ = PageWords(analysis_).LogOdds(weights);
  for (size_t i = 0; i < odds_.all.size(); ++i) {
    const float weight = static_cast<float>(std::min(analysis_.facts[i].words, kMostWords)) + kLeast;
    weighted_odds_.Set(i, weight * odds_.all[i]);
    odds_weights_.Set(i, weight);
    alike_[alike_of_[i]].odds += odds_.all[i];
  }
}

template <typename Sink>
void PageFeatures::VisitBlock(size_t i, Sink&& sink) const {
  const v1::Block& it = block(i);
  sink("heading_level", it.role() == v1::Block::HEADING ? static_cast<float>(it.level()) : 0.0F);
  sink("list_level", it.role() == v1::Block::LIST_ITEM ? static_cast<float>(it.level()) : 0.0F);
  sink("table_row", it.role() == v1::Block::TABLE_ROW);
  sink("quotation", it.role() == v1::Block::QUOTE);
  sink("code_block", it.role() == v1::Block::CODE);
  sink("caption", it.role() == v1::Block::CAPTION);
  sink("link_share", links_[i]);
  sink("links", Log(it.html().links()));
  const size_t landmark = LandmarkOf(it);
  for (size_t known = 1; known < kLandmarks.size(); ++known) sink(kLandmarks[known], landmark == known);
  sink("landmark_words", Share(static_cast<double>(landmark_words_[landmark]), static_cast<double>(analysis_.extent.all_words)));
  sink("bad_landmark", analysis_.features[i][Feature::kBadLandmark]);
  sink("bad_class", analysis_.features[i][Feature::kBadClass]);
}

template <typename Sink>
void PageFeatures::VisitElements(size_t i, Sink&& sink) const {
  const PageElement* element = own(i);
  sink("depth", element == nullptr ? 0.0F : static_cast<float>(element->depth));
  SinkDistances(kElementNames, element == nullptr ? nullptr : &element->to_element, sink);
  SinkDistances(kGroupNames, element == nullptr ? nullptr : &element->to_group, sink);
}

template <typename Sink>
void PageFeatures::VisitContainers(size_t i, Sink&& sink) const {
  struct Level {
    size_t steps;
    std::string_view blocks, words, links, prose, sentences, siblings;
  };
  static constexpr Level kLevels[] = {{0, "blocks^0", "words^0", "links^0", "prose^0", "sentences^0", "siblings^0"},
                                      {1, "blocks^1", "words^1", "links^1", "prose^1", "sentences^1", "siblings^1"},
                                      {2, "blocks^2", "words^2", "links^2", "prose^2", "sentences^2", "siblings^2"},
                                      {3, "blocks^3", "words^3", "links^3", "prose^3", "sentences^3", "siblings^3"},
                                      {5, "blocks^5", "words^5", "links^5", "prose^5", "sentences^5", "siblings^5"}};
  static const PageElement kNowhere;
  const PageElement* repeated = &kNowhere;
  const PageElement* const own_element = own(i);
  for (const PageElement* at = own_element; at != nullptr; at = Around(at, 1))
    if (at->siblings > repeated->siblings) repeated = at;
  const PageElement* at = own_element;
  size_t steps = 0;
  for (const Level& level : kLevels) {
    at = Around(at, level.steps - steps);
    steps = level.steps;
    const PageElement& element = at == nullptr ? kNowhere : *at;
    const Inside& inside = element.inside;
    sink(level.blocks, Log(inside.blocks));
    sink(level.words, Log(inside.words));
    sink(level.links, Share(static_cast<double>(inside.link_bytes), static_cast<double>(inside.bytes)));
    sink(level.prose, Share(inside.prose, inside.words));
    sink(level.sentences, Share(inside.sentences, inside.blocks));
    sink(level.siblings, Log(element.siblings));
  }
  sink("repeated", Log(repeated->siblings));
  sink("repeated_blocks", Log(repeated->inside.blocks));
  sink("repeated_words", Log(repeated->inside.words));
  sink("repeated_links", Share(static_cast<double>(repeated->inside.link_bytes), static_cast<double>(repeated->inside.bytes)));
  sink("repeated_prose", Share(repeated->inside.prose, repeated->inside.words));
  sink("repeated_steps", static_cast<float>(StepsToCommon(own_element, repeated == &kNowhere ? own_element : repeated)));
}

template <typename Sink>
void PageFeatures::VisitAlike(size_t i, Sink&& sink) const {
  const Alike& alike = alike_[alike_of_[i]];
  const Inside& inside = alike.inside;
  sink("alike_blocks", Log(inside.blocks));
  sink("alike_words", Log(inside.words));
  sink("alike_share", Share(inside.words, static_cast<double>(analysis_.extent.all_words)));
  sink("alike_mean", Log(inside.words / std::max(inside.blocks, 1U)));
  sink("alike_links", Share(static_cast<double>(inside.link_bytes), static_cast<double>(inside.bytes)));
  sink("alike_prose", Share(inside.prose, inside.words));
  sink("alike_sentences", Share(inside.sentences, inside.blocks));
  sink("alike_score", Share(alike.score, inside.blocks));
}

template <typename Sink>
void PageFeatures::VisitHolders(size_t i, Sink&& sink) const {
  const auto holder = [&](std::string_view out, std::string_view in, uint32_t at) {
    const PageElement* element = at == PageElement::kNone ? nullptr : &analysis_.elements.at(at);
    const size_t steps = StepsToCommon(element, own(i));
    sink(out, static_cast<float>(steps));
    sink(in, static_cast<float>(StepsToCommon(own(i), element)));
  };
  holder("holder_out", "holder_in", holder_);
  holder("wide_holder_out", "wide_holder_in", wide_holder_);
}

template <typename Sink>
void PageFeatures::VisitNeighbours(size_t i, Sink&& sink) const {
  const auto at = static_cast<std::ptrdiff_t>(i);
  const size_t size = analysis_.facts.size();
  const auto look = [&](std::string_view name, std::ptrdiff_t offset) {
    const auto place = static_cast<size_t>(at + offset);  // beyond the end where it is before the begin
    sink(name, place < size ? links_[place] : 0.0F);
  };
  look("links-2", -2);
  look("links-1", -1);
  look("links+1", 1);
  look("links+2", 2);
  sink("links~3", links_.Mean(at - 3, at + 4));
  sink("links~8", links_.Mean(at - 8, at + 9));
  sink("links<10", links_.Mean(at - 10, at));
  sink("links>10", links_.Mean(at + 1, at + 11));
  sink("links<40", links_.Mean(at - 40, at));
  sink("links>40", links_.Mean(at + 1, at + 41));
  const auto neighbour = [&](std::string_view alike, std::string_view steps, std::string_view depth, size_t place) {
    const bool there = place < size;
    const auto deep = [&](size_t block) { return own(block) == nullptr ? 0.0F : static_cast<float>(own(block)->depth); };
    sink(alike, there && alike_of_[place] == alike_of_[i]);
    sink(steps, there ? static_cast<float>(StepsToCommon(own(i), own(place))) : 0.0F);
    sink(depth, there ? deep(place) - deep(i) : 0.0F);
  };
  neighbour("alike-1", "steps-1", "depth-1", i - 1);
  neighbour("alike+1", "steps+1", "depth+1", i + 1);
}

template <typename Sink>
void PageFeatures::VisitHeadings(size_t i, Sink&& sink) const {
  const Heading& heading = headings_[i];
  const auto past = [&](size_t place) { return place >= analysis_.facts.size() ? -static_cast<float>(kFar) : i < place ? -Log(place - i) : Log(i - place); };
  sink("under_heading", Log(heading.distance));
  sink("under_level", static_cast<float>(heading.level));
  sink("under_score", heading.score);
  sink("under_related", heading.kind == Kind::kRelatedItems);
  sink("under_comments", heading.kind == Kind::kCommentForm);
  sink("under_interface", heading.kind != Kind::kNone);
  sink("past_h1", past(first_h1_));
  sink("past_title", past(title_));
}

template <typename Sink>
void PageFeatures::VisitWords(size_t i, Sink&& sink) const {
  const auto at = static_cast<std::ptrdiff_t>(i);
  const auto mean = [&](std::ptrdiff_t begin, std::ptrdiff_t end) { return Share(weighted_odds_.Mean(begin, end), odds_weights_.Mean(begin, end)); };
  sink("odds", odds_.all[i]);
  sink("text_odds", odds_.text[i]);
  sink("odds-1", i > 0 ? odds_.all[i - 1] : 0.0F);
  sink("odds+1", i + 1 < odds_.all.size() ? odds_.all[i + 1] : 0.0F);
  sink("odds<3", mean(at - 3, at));
  sink("odds>3", mean(at + 1, at + 4));
  sink("odds<12", mean(at - 12, at));
  sink("odds>12", mean(at + 1, at + 13));
  sink("alike_odds", Share(alike_[alike_of_[i]].odds, alike_[alike_of_[i]].inside.blocks));
  sink("under_odds", headings_[i].distance < kFar ? odds_.all[headings_[i].block] : 0.0F);
  sink("under_text_odds", headings_[i].distance < kFar ? odds_.text[headings_[i].block] : 0.0F);
  sink("odds_page", mean(0, static_cast<std::ptrdiff_t>(odds_.all.size())));
}

template <typename Sink>
void PageFeatures::Visit(size_t i, Sink&& sink) const {
  VisitBlock(i, sink);
  VisitElements(i, sink);
  VisitContainers(i, sink);
  VisitAlike(i, sink);
  VisitHolders(i, sink);
  VisitNeighbours(i, sink);
  VisitHeadings(i, sink);
  VisitWords(i, sink);
}

void PageFeatures::WriteRow(size_t block, float* values) const {
  text_.WriteBlockRow(block, values);
  Visit(block, FeatureValues{values + ModelFeatures::BlockNames().size()});
}

const std::vector<std::string_view>& PageFeatures::Names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out = ModelFeatures::BlockNames();
    const OneBlock one;
    PageFeatures(one.analysis, WordWeights()).Visit(0, FeatureNames{out});
    return out;
  }();
  return names;
}

std::vector<std::string_view> PageFeatures::NamesOfWords() {
  std::vector<std::string_view> out;
  const OneBlock one;
  PageFeatures(one.analysis, WordWeights()).VisitWords(0, FeatureNames{out});
  return out;
}

void PageFeatures::WriteRowOfWords(size_t block, float* values) const { VisitWords(block, FeatureValues{values}); }

}  // namespace garner::boilerplate_stripper
