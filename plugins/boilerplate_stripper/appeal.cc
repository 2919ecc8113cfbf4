#include "appeal.h"

#include <algorithm>

namespace garner::boilerplate_stripper {
namespace {

// Of what appeals consist. Each is counted once a block.
struct Voice {
  double money = 0;     // asks for money
  double business = 0;  // speaks of independence, advertising, readers, membership
  double self = 0;      // we
  double reader = 0;    // you

  double points() const { return money + business + self / 2 + reader / 2; }
};

Voice Hear(const Facts& facts) {
  const bool asks =
      facts.Part(Kind::kMoneyRequest) > 0 || facts.Part(Kind::kDonationAppeal) > 0 || facts.line.kind == Kind::kDonationAppeal;
  Voice voice;
  voice.money = asks ? 1 : 0;
  voice.business = facts.Part(Kind::kOutletBusiness) > 0 ? 1 : 0;
  voice.self = facts.Part(Kind::kOutletVoice) > 0 ? 1 : 0;
  voice.reader = facts.Part(Kind::kReaderAddress) > 0 ? 1 : 0;
  return voice;
}

bool SpeaksAsAppeal(const Facts& facts) {
  constexpr double kLeastPoints = 1.5;
  // In longer paragraphs every word occurs.
  constexpr uint32_t kMaxWords = 160;
  if (facts.words > kMaxWords) return false;
  const Voice voice = Hear(facts);
  // Many languages ask without a word for "you": the imperative says it.
  const bool asks = voice.money > 0 && facts.Part(Kind::kDonationAppeal) > 0 && facts.Part(Kind::kMoneyRequest) > 0;
  return asks || voice.points() >= kLeastPoints || facts.Part(Kind::kCharityStatement) > 0;
}

bool IsLabel(const Facts& facts) { return facts.short_line() && !facts.sentence() && !facts.bullet; }

// A sentence that the outlet says of itself again and again: under the heading of its appeal, and once more under the last button.
bool IsTagline(const Facts& facts) { return facts.copies > 1 && facts.sentence(); }

// The first block of the end of the text that holds nothing but appeal, labels and what is boilerplate anyway. One paragraph that
// only says "we", or one question, may stand between two that appeal.
size_t TailBegin(const std::vector<Facts>& facts, const std::vector<Judgement>& judgements) {
  size_t begin = facts.size();
  bool bridged = false;
  for (size_t i = facts.size(); i > 0; --i) {
    const Facts& block = facts[i - 1];
    if (SpeaksAsAppeal(block)) {
      bridged = false;
      begin = i - 1;
      continue;
    }
    if (judgements[i - 1].evidence > 0 || IsLabel(block) || IsTagline(block)) {
      if (!bridged) begin = i - 1;
      continue;
    }
    const bool asks = block.asks && block.short_line();
    if (bridged || (Hear(block).self == 0 && !asks)) break;
    bridged = true;
  }
  return begin;
}

// A charity statement in the third person may be about anybody: alone it opens no appeal, unless interface stands above it or the
// outlet speaks right below.
bool SpeaksForItself(const std::vector<Facts>& facts, size_t i) {
  const Voice voice = Hear(facts[i]);
  if (voice.self + voice.reader > 0 || facts[i].Part(Kind::kCharityStatement) == 0) return true;
  return (i > 0 && facts[i - 1].ui()) || (i + 1 < facts.size() && Hear(facts[i + 1]).self > 0);
}

bool Opens(const std::vector<Facts>& facts, size_t i) {
  return (facts[i].line.kind == Kind::kDonationAppeal && facts[i].line.strength == Strength::kStrong) ||
         (facts[i].sentence() && SpeaksAsAppeal(facts[i]) && SpeaksForItself(facts, i));
}

// Heading and tagline over the first paragraph that appeals: [heading], [tagline], or the heading over the tagline.
size_t WithHeading(const std::vector<Facts>& facts, size_t begin, size_t tail) {
  const auto is_heading = [&](size_t i) { return i >= tail && i > 0 && IsLabel(facts[i]) && facts[begin].words > facts[i].words; };
  if (begin <= tail || begin < 2) return begin;
  const size_t above = begin - 1;
  if (is_heading(above)) return above;
  if (above <= tail || !facts[above].short_line()) return begin;
  const bool announced = is_heading(above - 1) && facts[above - 1].line.kind == Kind::kDonationAppeal;
  if (!announced && !IsTagline(facts[above])) return begin;
  return is_heading(above - 1) ? above - 1 : above;
}

}  // namespace

Appeal FindAppeal(const std::vector<Facts>& facts, const std::vector<Judgement>& judgements) {
  constexpr double kLeastPoints = 3.5;
  // Without a phrase that only appeals have.
  constexpr double kLeastUnnamed = 5.5;
  const size_t tail = TailBegin(facts, judgements);
  // What is all appeal has no body that it could stand after.
  if (tail == 0) return {};
  size_t begin = tail;
  while (begin < facts.size() && !Opens(facts, begin)) ++begin;
  Voice sum;
  bool names_support = false;
  for (size_t i = begin; i < facts.size(); ++i) {
    const Voice voice = Hear(facts[i]);
    sum.money += voice.money;
    sum.business += voice.business;
    sum.self += voice.self;
    sum.reader += voice.reader;
    names_support = names_support || facts[i].line.kind == Kind::kDonationAppeal || facts[i].Part(Kind::kDonationAppeal) > 0;
  }
  const bool refers_to_itself = sum.business > 0 && sum.self > 0;
  const bool asks_the_reader = sum.money > 0 && (sum.reader > 0 || sum.money > 1);
  if (!refers_to_itself || !asks_the_reader || sum.points() < (names_support ? kLeastPoints : kLeastUnnamed)) return {};
  return {WithHeading(facts, begin, tail), facts.size(), sum.points()};
}

}  // namespace garner::boilerplate_stripper
