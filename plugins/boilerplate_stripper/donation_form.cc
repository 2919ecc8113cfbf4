#include "donation_form.h"

namespace garner::boilerplate_stripper {
namespace {

bool IsFormLabel(const Facts& facts) { return facts.line.kind == Kind::kFormLabels || facts.line.kind == Kind::kDonationAppeal; }

// Under the labels, in the third person too: nothing but such a statement stands there.
bool IsStatement(const Facts& facts) {
  constexpr uint32_t kMaxWords = 60;
  return facts.words <= kMaxWords && (facts.Part(Kind::kCharityStatement) > 0 || facts.line.kind == Kind::kCharityStatement);
}

// A slogan, a line of numbers, a button that no lexicon knows.
bool IsLabel(const Facts& facts) {
  constexpr uint32_t kMaxWords = 10;
  return facts.short_line() && !facts.sentence() && !facts.bullet && !facts.quoted && !facts.heading &&
         facts.words <= kMaxWords && !facts.ends_colon && !facts.ends_comma;
}

bool Belongs(const Facts& facts) { return IsFormLabel(facts) || IsStatement(facts) || facts.ui() || IsLabel(facts); }

}  // namespace

DonationForm FindDonationForm(const std::vector<Facts>& facts) {
  // Labels and statements, of which one must be a statement or speak of giving; and how many lines may be known by place alone.
  constexpr size_t kLeastKnown = 3;
  size_t tail = facts.size();
  while (tail > 0 && Belongs(facts[tail - 1])) --tail;
  // What is all form has no text that it could stand after.
  if (tail == 0) return {};
  while (tail < facts.size() && !IsFormLabel(facts[tail])) ++tail;
  size_t known = 0;
  size_t unknown = 0;
  bool strong = false;
  bool gives = false;
  for (size_t i = tail; i < facts.size(); ++i) {
    const bool is_known = IsFormLabel(facts[i]) || IsStatement(facts[i]);
    known += is_known ? 1 : 0;
    unknown += is_known || facts[i].ui() ? 0 : 1;
    strong = strong || (IsFormLabel(facts[i]) && facts[i].strong_ui());
    gives = gives || IsStatement(facts[i]) || facts[i].line.kind == Kind::kDonationAppeal;
  }
  if (known < kLeastKnown || unknown >= known || !strong || !gives) return {};
  return {tail, facts.size()};
}

}  // namespace garner::boilerplate_stripper
