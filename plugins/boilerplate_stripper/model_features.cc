#include "model_features.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "feature_sinks.h"
#include "score.h"

namespace garner::boilerplate_stripper {
namespace {

constexpr uint32_t kLongWords = 40;
constexpr float kInterface = 0.5F;  // rules call it boilerplate from this score on

bool IsLongProse(const Facts& facts) { return facts.prose() && facts.words >= kLongWords; }

// What most often stands between a text and what belongs to other pages.
bool Opens(const Facts& facts) {
  if (facts.line.strength != Strength::kStrong) return false;
  const Kind kind = facts.line.kind;
  return kind == Kind::kRelatedItems || kind == Kind::kCommentForm || kind == Kind::kPager || kind == Kind::kNewsletter ||
         kind == Kind::kShareButtons || kind == Kind::kCopyrightFooter;
}

constexpr std::array<Kind, 12> kToldApart = {Kind::kShareButtons, Kind::kCommentForm,     Kind::kPager,        Kind::kNavigation,
                                             Kind::kFormLabels,   Kind::kCookieNotice,    Kind::kNewsletter,   Kind::kCopyrightFooter,
                                             Kind::kRelatedItems, Kind::kAppOrLoginPrompt, Kind::kPromotion,   Kind::kRatingWidget};

}  // namespace

float Series::Mean(std::ptrdiff_t begin, std::ptrdiff_t end) const {
  begin = std::max<std::ptrdiff_t>(begin, 0);
  end = std::min<std::ptrdiff_t>(end, static_cast<std::ptrdiff_t>(size()));
  if (begin >= end) return 0;
  return static_cast<float>((sums_[static_cast<size_t>(end)] - sums_[static_cast<size_t>(begin)]) / static_cast<double>(end - begin));
}

ModelFeatures::ModelFeatures(const Analysis& analysis)
    : facts_(analysis.facts), extent_(analysis.extent), rules_(analysis.features), judgements_(analysis.judgements),
      words_(facts_.size()), sentence_(facts_.size()), capitals_(facts_.size()), shorts_(facts_.size()), score_(facts_.size()),
      repeated_(facts_.size()), words_before_(facts_.size() + 1, 0), prose_before_(facts_.size() + 1, 0) {
  shapes_.reserve(facts_.size());
  const std::string_view text = analysis.document.text();
  for (size_t i = 0; i < facts_.size(); ++i) {
    const v1::Block& block = analysis.document.blocks(static_cast<int>(i));
    shapes_.push_back(ReadShape(text.substr(block.begin(), block.end() - block.begin())));
    const TextShape& shape = shapes_.back();
    const FeatureVector& rule = rules_[i];
    words_.Set(i, Log(facts_[i].words));
    sentence_.Set(i, facts_[i].sentence() ? 1.0F : 0.0F);
    capitals_.Set(i, Share(shape.capital_words, shape.words));
    shorts_.Set(i, Share(shape.short_words, shape.words));
    score_.Set(i, static_cast<float>(Probability(judgements_[i].evidence)));
    repeated_.Set(i, rule[Feature::kEcho] + rule[Feature::kDoubled] > 0 ? 1.0F : 0.0F);
    words_before_[i + 1] = words_before_[i] + facts_[i].words;
    prose_before_[i + 1] = prose_before_[i] + (facts_[i].prose() ? facts_[i].words : 0);
  }
  prose_ = Measure([&](size_t i) { return facts_[i].prose(); });
  long_prose_ = Measure([&](size_t i) { return IsLongProse(facts_[i]); });
  interface_ = Measure([&](size_t i) { return score_[i] >= kInterface; });
  opener_ = Measure([&](size_t i) { return Opens(facts_[i]); });
  sentence_distance_ = Measure([&](size_t i) { return facts_[i].sentence(); });
  MeasureRuns();
  Summarise();
}

template <typename Is>
ModelFeatures::Distances ModelFeatures::Measure(Is is) const {
  const size_t size = facts_.size();
  Distances distances{std::vector<uint32_t>(size, kFar), std::vector<uint32_t>(size, kFar)};
  uint32_t last = kFar;
  for (size_t i = 0; i < size; ++i) {
    distances.before[i] = last;
    last = is(i) ? 1 : std::min(last + 1, kFar);
  }
  last = kFar;
  for (size_t i = size; i-- > 0;) {
    distances.after[i] = last;
    last = is(i) ? 1 : std::min(last + 1, kFar);
  }
  return distances;
}

void ModelFeatures::MeasureRuns() {
  const size_t size = facts_.size();
  run_begin_.resize(size);
  run_end_.resize(size);
  for (size_t begin = 0; begin < size;) {
    size_t end = begin + 1;
    if (facts_[begin].short_line())
      while (end < size && facts_[end].short_line()) ++end;
    for (size_t i = begin; i < end; ++i) {
      run_begin_[i] = static_cast<uint32_t>(begin);
      run_end_[i] = static_cast<uint32_t>(end);
    }
    begin = end;
  }
}

void ModelFeatures::Summarise() {
  const size_t size = facts_.size();
  if (size == 0) return;
  constexpr size_t kEdge = 10;
  constexpr size_t kEnd = 15;
  const auto count = static_cast<double>(size);
  size_t shorts = 0;
  uint32_t longest = 0;
  for (const Facts& facts : facts_) {
    shorts += facts.short_line();
    longest = std::max(longest, facts.words);
  }
  for (size_t i = size - std::min(size, kEnd); i < size; ++i) whole_.copyright_at_end = whole_.copyright_at_end || shapes_[i].copyright;
  const auto last = static_cast<std::ptrdiff_t>(size);
  whole_.blocks = Log(size);
  whole_.words = Log(words_before_.back());
  whole_.prose = Share(static_cast<double>(prose_before_.back()), static_cast<double>(words_before_.back()));
  whole_.short_blocks = Share(static_cast<double>(shorts), count);
  whole_.sentences = sentence_.Mean(0, last);
  whole_.repeated = repeated_.Mean(0, last);
  whole_.interface = score_.Mean(0, last);
  whole_.head_interface = score_.Mean(0, static_cast<std::ptrdiff_t>(kEdge));
  whole_.tail_interface = score_.Mean(last - static_cast<std::ptrdiff_t>(kEdge), last);
  whole_.longest = Log(longest);
  whole_.mean_words = words_.Mean(0, last);
}

template <typename Sink>
void ModelFeatures::VisitText(size_t i, Sink&& sink) const {
  const TextShape& shape = shapes_[i];
  const Facts& facts = facts_[i];
  sink("words", words_[i]);
  sink("bytes", Log(shape.bytes));
  sink("word_length", Share(shape.letters, shape.words));
  sink("capital_letters", Share(shape.capitals, shape.letters));
  sink("capital_words", capitals_[i]);
  sink("small_words", Share(shape.lower_words, shape.words));
  sink("short_words", shorts_[i]);
  sink("number_words", Share(shape.number_words, shape.words));
  sink("digits", Share(shape.digits, shape.characters));
  sink("punctuation", Share(shape.punctuation, shape.characters));
  sink("commas", Share(shape.commas, shape.words));
  sink("stops", static_cast<float>(shape.stops));
  sink("separators", static_cast<float>(shape.marks));
  sink("at_sign", shape.at_sign);
  sink("link", shape.link);
  sink("currency", shape.currency);
  sink("copyright", shape.copyright);
  sink("quote", shape.quote);
  sink("begins_capital", shape.first == TextShape::First::kCapital);
  sink("begins_small", shape.first == TextShape::First::kSmall);
  sink("begins_digit", shape.first == TextShape::First::kDigit);
  sink("begins_mark", shape.first == TextShape::First::kMark);
  sink("ends_stop", shape.last == TextShape::Last::kStop);
  sink("ends_question", shape.last == TextShape::Last::kQuestion);
  sink("ends_colon", shape.last == TextShape::Last::kColon);
  sink("ends_ellipsis", shape.last == TextShape::Last::kEllipsis);
  sink("ends_digit", shape.last == TextShape::Last::kDigit);
  sink("ends_letter", shape.last == TextShape::Last::kLetter);
  sink("bullet", facts.bullet);
  sink("heading", facts.heading);
}

template <typename Sink>
void ModelFeatures::VisitRules(size_t i, Sink&& sink) const {
  const Facts& facts = facts_[i];
  for (size_t rule = 0; rule < static_cast<size_t>(Feature::kBadLandmark); ++rule)
    if (static_cast<Feature>(rule) != Feature::kHangsOn) sink(FeatureName(static_cast<Feature>(rule)), rules_[i].values[rule]);
  sink("rule_score", score_[i]);
  sink("rule_evidence", static_cast<float>(judgements_[i].evidence));
  sink("inherited", judgements_[i].inherited);
  for (const Kind kind : kToldApart) sink(KindName(kind), (facts.line.kind == kind ? 2.0F : 0.0F) + std::min<float>(facts.Part(kind), 1.0F));
}

template <typename Sink>
void ModelFeatures::VisitNeighbours(size_t i, Sink&& sink) const {
  const auto at = static_cast<std::ptrdiff_t>(i);
  const auto look = [&](std::string_view name, const Series& series, std::ptrdiff_t offset) {
    const auto place = static_cast<size_t>(at + offset);  // beyond the end where it is before the begin
    sink(name, place < series.size() ? series[place] : 0.0F);
  };
  look("words-1", words_, -1);
  look("words-2", words_, -2);
  look("words-3", words_, -3);
  look("words+1", words_, 1);
  look("words+2", words_, 2);
  look("words+3", words_, 3);
  look("sentence-1", sentence_, -1);
  look("sentence-2", sentence_, -2);
  look("sentence+1", sentence_, 1);
  look("sentence+2", sentence_, 2);
  look("capitals-1", capitals_, -1);
  look("capitals+1", capitals_, 1);
  look("shorts-1", shorts_, -1);
  look("shorts+1", shorts_, 1);
  look("score-1", score_, -1);
  look("score-2", score_, -2);
  look("score+1", score_, 1);
  look("score+2", score_, 2);
  look("repeated-1", repeated_, -1);
  look("repeated+1", repeated_, 1);
  const auto window = [&](std::string_view name, const Series& series, std::ptrdiff_t before, std::ptrdiff_t after) {
    sink(name, series.Mean(at - before, at + after + 1));
  };
  window("words~3", words_, 3, 3);
  window("words~8", words_, 8, 8);
  window("words~20", words_, 20, 20);
  window("sentence~3", sentence_, 3, 3);
  window("sentence~8", sentence_, 8, 8);
  window("sentence~20", sentence_, 20, 20);
  window("capitals~3", capitals_, 3, 3);
  window("capitals~8", capitals_, 8, 8);
  window("shorts~3", shorts_, 3, 3);
  window("shorts~8", shorts_, 8, 8);
  window("score~3", score_, 3, 3);
  window("score~8", score_, 8, 8);
  window("score~20", score_, 20, 20);
  window("repeated~8", repeated_, 8, 8);
  window("words<10", words_, 10, -1);
  window("sentence<10", sentence_, 10, -1);
  window("score<10", score_, 10, -1);
  window("words>10", words_, -1, 10);
  window("sentence>10", sentence_, -1, 10);
  window("score>10", score_, -1, 10);
  window("words<40", words_, 40, -1);
  window("score<40", score_, 40, -1);
  window("words>40", words_, -1, 40);
  window("score>40", score_, -1, 40);
  // Entries of one list are about equally long.
  sink("like_before", std::abs(words_[i] - words_.Mean(at - 1, at)));
  sink("like_after", std::abs(words_[i] - words_.Mean(at + 1, at + 2)));
}

template <typename Sink>
void ModelFeatures::VisitPlace(size_t i, Sink&& sink) const {
  const auto distance = [&](std::string_view before, std::string_view after, const Distances& distances) {
    sink(before, Log(distances.before[i]));
    sink(after, Log(distances.after[i]));
  };
  distance("prose_before", "prose_after", prose_);
  distance("long_prose_before", "long_prose_after", long_prose_);
  distance("interface_before", "interface_after", interface_);
  distance("opener_before", "opener_after", opener_);
  distance("sentence_before", "sentence_after", sentence_distance_);
  sink("run", Log(run_end_[i] - run_begin_[i]));
  sink("run_before", Log(i - run_begin_[i]));
  sink("run_after", Log(run_end_[i] - i - 1));
  sink("blocks_before", Log(i));
  sink("blocks_after", Log(facts_.size() - i - 1));
  sink("place", Share(static_cast<double>(i), static_cast<double>(facts_.size())));
  sink("words_before", Share(static_cast<double>(words_before_[i]), static_cast<double>(words_before_.back())));
  sink("text_before", Share(static_cast<double>(prose_before_[i]), static_cast<double>(prose_before_.back())));
  sink("text_words_before", Log(prose_before_[i]));
  sink("text_words_after", Log(prose_before_.back() - prose_before_[i + 1]));
  const auto past = [&](size_t border) { return i < border ? -Log(border - i) : Log(i - border); };
  sink("past_begin", past(extent_.begin));
  sink("past_end", past(extent_.end));
}

template <typename Sink>
void ModelFeatures::VisitWhole(Sink&& sink) const {
  sink("document_blocks", whole_.blocks);
  sink("document_words", whole_.words);
  sink("document_prose", whole_.prose);
  sink("document_short_blocks", whole_.short_blocks);
  sink("document_sentences", whole_.sentences);
  sink("document_repeated", whole_.repeated);
  sink("document_interface", whole_.interface);
  sink("document_head_interface", whole_.head_interface);
  sink("document_tail_interface", whole_.tail_interface);
  sink("document_longest", whole_.longest);
  sink("document_mean_words", whole_.mean_words);
  sink("document_copyright_at_end", whole_.copyright_at_end);
  sink("document_head_dirt", static_cast<float>(extent_.head_dirt));
  sink("document_tail_dirt", static_cast<float>(extent_.tail_dirt));
  sink("document_page", static_cast<float>(extent_.page));
  sink("document_extent", Share(static_cast<double>(extent_.words), static_cast<double>(extent_.all_words)));
}

template <typename Sink>
void ModelFeatures::VisitBlock(size_t i, Sink&& sink) const {
  VisitText(i, sink);
  VisitRules(i, sink);
  VisitNeighbours(i, sink);
  VisitPlace(i, sink);
}

void ModelFeatures::WriteBlockRow(size_t block, float* values) const { VisitBlock(block, FeatureValues{values}); }

void ModelFeatures::WriteRow(size_t block, float* values) const {
  WriteBlockRow(block, values);
  VisitWhole(FeatureValues{values + BlockNames().size()});
}

const std::vector<std::string_view>& ModelFeatures::BlockNames() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out;
    const OneBlock one;
    ModelFeatures(one.analysis).VisitBlock(0, FeatureNames{out});
    return out;
  }();
  return names;
}

const std::vector<std::string_view>& ModelFeatures::Names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out = BlockNames();
    const OneBlock one;
    ModelFeatures(one.analysis).VisitWhole(FeatureNames{out});
    return out;
  }();
  return names;
}

}  // namespace garner::boilerplate_stripper
