#include "pictures.h"

#include <algorithm>

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxCaptionWords = 60;

// What can be the caption of the credit line beside it: one sentence that says when, or a line that is no sentence and hangs on
// it.
bool IsCaptionBeside(const Line& line, bool before, bool tight, bool head, const WordLists& lists) {
  if (line.taken || line.ui || line.body_role || line.words.empty() || line.words.size() > kMaxCaptionWords || line.IsMeta() ||
      line.credit)
    return false;
  if (line.prose) return ContainsFullDate(line.text, lists);
  return before && tight && !head && line.words.size() >= 4 && !line.question;
}

void TakeCaption(Line& line, Findings* found) {
  found->Add("image_captions", line.text, line, 0.8);
  found->Erase(line, "caption");
}

size_t FirstProse(const std::vector<Line>& lines) {
  for (size_t i = 0; i < lines.size(); ++i)
    if (lines[i].prose && !lines[i].credit && !lines[i].note) return i;
  return lines.size();
}

// A bare "© Maker" counts where body still follows: in the tail it is a footer.
bool BodyFollows(const std::vector<Line>& lines, size_t i) {
  for (size_t k = i + 1; k < lines.size() && k <= i + 4; ++k)
    if (lines[k].prose) return true;
  return false;
}

void TakeCreditLine(std::vector<Line>& lines, size_t i, size_t first_prose, const WordLists& lists, Findings* found) {
  Line& line = lines[i];
  size_t caption = lines.size();
  const bool head = i <= first_prose;
  if (i + 1 < lines.size() && IsCaptionBeside(lines[i + 1], false, lines[i + 1].tight, head, lists)) caption = i + 1;
  if (i > 0 && IsCaptionBeside(lines[i - 1], true, line.tight, i - 1 == 0, lists))
    caption = caption == lines.size() || !lines[i - 1].prose ? i - 1 : caption;
  if (!line.credit->certain && caption == lines.size() && !BodyFollows(lines, i)) return;
  found->Add("image_credits", line.credit->value, line, line.credit->certain ? 0.9 : 0.6);
  found->Erase(line, "credit");
  if (caption < lines.size()) TakeCaption(lines[caption], found);
}

}  // namespace

void FindPictures(std::vector<Line>& lines, const WordLists& lists, Findings* found) {
  const size_t first_prose = FirstProse(lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (line.taken) continue;
    if (line.figure) {
      found->Add("image_captions", line.text, line, 0.9);
      if (line.credit) found->Add("image_credits", line.credit->value, line, 0.9);
      found->Erase(line, "caption");
      continue;
    }
    if (!line.credit || line.words.size() > kMaxCaptionWords || line.body_role) continue;
    if (line.credit->whole_line) {
      TakeCreditLine(lines, i, first_prose, lists, found);
      continue;
    }
    found->Add("image_credits", line.credit->value, line, 0.9);
    if (line.byline) continue;  // "Text: ..., Foto: ...": the head takes it
    found->Add("image_captions", line.text, line, 0.9);
    found->Erase(line, "caption");
  }
}

}  // namespace garner::metadata_lines
