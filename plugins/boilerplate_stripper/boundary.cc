#include "boundary.h"

#include <algorithm>

#include "appeal.h"
#include "donation_form.h"

namespace garner::boilerplate_stripper {
namespace {

void Inherit(Judgement& judgement, double bonus, Kind kind) {
  if (judgement.evidence <= 0 && judgement.evidence + bonus > 0) judgement.inherited = true;
  if (judgement.kind == Kind::kNone) judgement.kind = kind;
  judgement.evidence += bonus;
}

// Lines that open a section which belongs to other pages, and after which no text of this one comes.
bool OpensTail(const Facts& facts) {
  if (facts.line.strength != Strength::kStrong) return false;
  switch (facts.line.kind) {
    case Kind::kRelatedItems:
    case Kind::kCommentForm:
    case Kind::kPager:
    case Kind::kDonationAppeal:
    case Kind::kCopyrightFooter:
    case Kind::kPlatformFooter:
      return true;
    default:
      return false;
  }
}

// A link to another article that the text goes on behind. A list of them has titles below.
bool IsLoneLink(const std::vector<Facts>& facts, size_t i) {
  if (facts[i].line.kind != Kind::kRelatedItems) return false;
  return facts[i].one_link || (i + 1 < facts.size() && facts[i + 1].prose());
}

// Where the titles begin that the text ends with; facts.size() where it ends otherwise.
size_t TitlesAtTheEnd(const std::vector<Facts>& facts) {
  constexpr uint32_t kLeastWords = 3;
  const auto could_be_title = [](const Facts& block) {
    const bool stops = block.ends_sentence && !block.asks;  // titles may ask
    return block.short_line() && block.words >= kLeastWords && !stops && !block.ends_comma && !block.ends_colon;
  };
  size_t begin = facts.size();
  while (begin > 0 && could_be_title(facts[begin - 1])) --begin;
  return begin;
}

// A heading such as "See also" or "Read more": with nothing but titles below it, to the end of the text, it lists other articles.
bool MayListTitles(const Facts& heading) {
  const bool leads_on = heading.line.kind == Kind::kRelatedItems || heading.line.kind == Kind::kNavigation;
  return leads_on && heading.line.strength == Strength::kWeak && heading.words >= 2 &&
         !heading.has_digit;
}

// Running text before each block.
std::vector<uint64_t> ProseBefore(const std::vector<Facts>& facts) {
  std::vector<uint64_t> before(facts.size() + 1, 0);
  for (size_t i = 0; i < facts.size(); ++i)
    before[i + 1] = before[i] + (facts[i].sentence() || facts[i].prose() ? facts[i].words : 0);
  return before;
}

// The second interface line after the last sentence of all: from there on nothing is text. facts.size() where there is none.
size_t TailOfButtons(const std::vector<Facts>& facts) {
  size_t last = facts.size();
  while (last > 0 && (facts[last - 1].ui() || !facts[last - 1].sentence())) --last;
  if (last == 0) return facts.size();
  size_t seen = 0;
  for (size_t i = last; i < facts.size(); ++i)
    if (facts[i].ui() && ++seen == 2) return i;
  return facts.size();
}

// Where what follows the text begins.
size_t TailSection(const std::vector<Facts>& facts, const Extent& extent) {
  // More running text than this share after a line says that it only interrupts.
  constexpr double kMaxShareAfter = 0.5;
  constexpr double kLeastPage = 0.8;
  const std::vector<uint64_t> before = ProseBefore(facts);
  const size_t titles = TitlesAtTheEnd(facts);
  const auto all = static_cast<double>(before.back());
  for (size_t i = 0; i < facts.size(); ++i) {
    if (before[i] == 0) continue;
    if (MayListTitles(facts[i]) && i + 1 >= titles && i + 1 < facts.size()) return i;
    if (!OpensTail(facts[i]) || IsLoneLink(facts, i)) continue;
    const bool after_body = i >= extent.end;
    // Inside what looks like the text only on a page that shows its interface elsewhere too.
    const bool little_after = all - static_cast<double>(before[i]) <= kMaxShareAfter * all;
    if (after_body || (little_after && extent.page >= kLeastPage)) return i;
  }
  return facts.size();
}

void CutTail(const std::vector<Facts>& facts, size_t begin, double dirt, std::vector<Judgement>& judgements) {
  constexpr double kLabelBonus = 4.5;
  constexpr double kProseBonus = 2.5;
  constexpr double kDirtyProseBonus = 4.6;
  Kind kind = Kind::kNone;
  for (size_t i = begin; i < facts.size(); ++i) {
    if (facts[i].ui() && IsRule(facts[i].line.kind)) kind = facts[i].line.kind;
    const bool text = facts[i].prose() || (facts[i].sentence() && !facts[i].asks);
    Inherit(judgements[i], text ? kProseBonus + kDirtyProseBonus * dirt : kLabelBonus, kind);
  }
}

// The tax status of somebody else, told in the article: a charity statement in nobody's own voice.
bool IsAboutOthers(const Facts& facts) {
  return facts.sentence() && facts.Part(Kind::kCharityStatement) > 0 && facts.Part(Kind::kOutletVoice) == 0 &&
         facts.Part(Kind::kReaderAddress) == 0;
}

}  // namespace

void DrawBoundaries(const std::vector<Facts>& facts, const Extent& extent, std::vector<Judgement>& judgements) {
  constexpr double kAppealBonus = 9;
  constexpr double kFormBonus = 8;
  constexpr double kAboutOthers = 3;
  const Appeal appeal = FindAppeal(facts, judgements);
  for (size_t i = appeal.begin; i < appeal.end; ++i) Inherit(judgements[i], kAppealBonus, Kind::kDonationAppeal);
  const DonationForm form = FindDonationForm(facts);
  for (size_t i = form.begin; i < form.end; ++i) Inherit(judgements[i], kFormBonus, Kind::kFormLabels);
  if (form.found() && IsAboutOthers(facts[form.begin - 1])) judgements[form.begin - 1].evidence -= kAboutOthers;
  const size_t tail = std::min(TailSection(facts, extent), TailOfButtons(facts));
  if (tail < facts.size()) CutTail(facts, tail, Dirt(facts, tail, facts.size()) * extent.page, judgements);
}

}  // namespace garner::boilerplate_stripper
