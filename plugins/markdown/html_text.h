// The text of HTML that stands inside Markdown.
//
//   HtmlText reader(text, drafts);
//   reader.Feed({120, 150});       // stretch after stretch of one HTML block
//   reader.Finish();
//
// Tags, comments, scripts and styles are removed; elements that stand apart on a page (p, div, li ...) part blocks. No parser of HTML: what is not well written stays text.
// Linear time. One thread.
#pragma once

#include <string>
#include <string_view>

#include "draft.h"

namespace garner::markdown {

class HtmlText {
 public:
  // Both must outlive it.
  HtmlText(std::string_view text, Drafts& drafts) : text_(text), drafts_(drafts) {}

  void Feed(Span span);
  void Finish();

 private:
  enum class State { kText, kTag, kComment, kRaw };

  void TakeText(Span& span);
  void TakeReference(Span& span);
  void TakeTag(Span& span);
  void TakeComment(Span& span);
  void TakeRaw(Span& span);
  void Append(Piece piece);
  void Break();

  const std::string_view text_;
  Drafts& drafts_;
  State state_ = State::kText;
  std::string tag_;       // the name of the open tag, lower case
  std::string raw_;       // the element whose content is no text: "script", "style"
  char quote_ = 0;        // of the attribute value that is open
  Draft draft_;
};

// The rule for a piece of inline HTML: "comment" or "tag".
const char* RuleOfInlineHtml(std::string_view html);

}  // namespace garner::markdown
