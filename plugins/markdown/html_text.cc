#include "html_text.h"

#include <algorithm>
#include <utility>

#include "entities.h"
#include "garner/utf8.h"

namespace garner::markdown {
namespace {

constexpr size_t kMaxReference = 32;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Elements whose beginning and end part blocks.
bool PartsBlocks(std::string_view name) {
  constexpr std::string_view kNames[] = {"address", "article", "aside",  "blockquote", "br",  "caption", "center",  "dd",    "details", "div", "dl", "dt", "fieldset", "figcaption",
                                         "figure",  "footer",  "form",   "h1",         "h2",  "h3",      "h4",      "h5",    "h6",      "header", "hr", "li", "main", "nav",
                                         "ol",      "p",       "pre",    "section",    "summary", "table", "td",    "th",    "tr",      "ul"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

const char* RuleOfInlineHtml(std::string_view html) { return html.substr(0, 4) == "<!--" ? "comment" : "tag"; }

void HtmlText::Feed(Span span) {
  while (!span.empty()) {
    switch (state_) {
      case State::kText: TakeText(span); break;
      case State::kTag: TakeTag(span); break;
      case State::kComment: TakeComment(span); break;
      case State::kRaw: TakeRaw(span); break;
    }
  }
}

void HtmlText::Finish() {
  Break();
  state_ = State::kText;
  quote_ = 0;
}

void HtmlText::Append(Piece piece) {
  if (!piece.span.empty()) draft_.pieces.push_back(std::move(piece));
}

void HtmlText::Break() {
  const bool any = std::any_of(draft_.pieces.begin(), draft_.pieces.end(), [&](const Piece& piece) {
    return piece.kind != Piece::kAsIs || !Trim(text_.substr(piece.span.begin, piece.span.size())).empty();
  });
  if (any) drafts_.blocks.push_back(std::move(draft_));
  draft_ = Draft();
}

// Up to the next tag, comment or reference.
void HtmlText::TakeText(Span& span) {
  const std::string_view text = text_.substr(0, span.end);
  const size_t stop = std::min(text.find_first_of("<&", span.begin), static_cast<size_t>(span.end));
  Append({Piece::kAsIs, {span.begin, stop}, {}});
  span.begin = stop;
  if (span.empty()) return;
  if (text_[stop] == '&') return TakeReference(span);
  if (text.compare(stop, 4, "<!--") == 0) {
    state_ = State::kComment;
    return;
  }
  const char next = stop + 1 < span.end ? text_[stop + 1] : ' ';
  if (!IsLetter(next) && next != '/' && next != '!' && next != '?') {
    Append({Piece::kAsIs, {stop, stop + 1}, {}});
    ++span.begin;
    return;
  }
  size_t at = stop + (next == '/' ? 2 : 1);
  tag_.clear();
  while (at < span.end && (IsLetter(text_[at]) || (text_[at] >= '0' && text_[at] <= '9')) && tag_.size() < 16) tag_ += Lower(text_[at++]);
  if (next != '/' && (tag_ == "script" || tag_ == "style")) raw_ = tag_;
  if (PartsBlocks(tag_)) Break();
  state_ = State::kTag;
}

void HtmlText::TakeReference(Span& span) {
  const std::string_view near = text_.substr(span.begin, std::min<uint64_t>(kMaxReference, span.size()));
  const size_t end = near.find(';');
  const std::string resolved = end == std::string_view::npos ? std::string() : ResolveEntity(near.substr(0, end + 1));
  const uint64_t size = resolved.empty() ? 1 : end + 1;
  Append({resolved.empty() ? Piece::kAsIs : Piece::kRewritten, {span.begin, span.begin + size}, resolved});
  span.begin += size;
}

// To the tag's end, which no quoted value hides.
void HtmlText::TakeTag(Span& span) {
  uint64_t at = span.begin;
  for (; at < span.end; ++at) {
    const char c = text_[at];
    if (quote_ != 0) {
      if (c == quote_) quote_ = 0;
    } else if ((c == '"' || c == '\'') && at > 0 && text_[at - 1] == '=') {
      quote_ = c;
    } else if (c == '>') {
      ++at;
      state_ = raw_.empty() ? State::kText : State::kRaw;
      break;
    }
  }
  drafts_.removed.push_back({{span.begin, at}, "tag"});
  span.begin = at;
}

void HtmlText::TakeComment(Span& span) {
  const size_t end = text_.substr(0, span.end).find("-->", span.begin);
  const uint64_t stop = end == std::string_view::npos ? span.end : end + 3;
  if (end != std::string_view::npos) state_ = State::kText;
  drafts_.removed.push_back({{span.begin, stop}, "comment"});
  span.begin = stop;
}

void HtmlText::TakeRaw(Span& span) {
  const std::string_view text = text_.substr(0, span.end);
  uint64_t stop = span.end;
  for (size_t at = text.find("</", span.begin); at != std::string_view::npos; at = text.find("</", at + 2)) {
    const bool ends = std::equal(raw_.begin(), raw_.end(), text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                                 text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), at + 2 + raw_.size())), [](char a, char b) { return a == Lower(b); });
    if (!ends) continue;
    stop = at;
    state_ = State::kText;
    break;
  }
  if (stop > span.begin) drafts_.removed.push_back({{span.begin, stop}, raw_ == "style" ? "style" : "script"});
  if (state_ == State::kText) raw_.clear();
  span.begin = stop;
}

}  // namespace garner::markdown
