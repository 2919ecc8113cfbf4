#include "text_locator.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::html {
namespace {

// How the pre-pass writes the two characters that the parser would take for markup.
std::string_view Escaped(std::string_view run) {
  if (run == "<") return "&lt;";
  if (run == "&") return "&amp;";
  return {};
}

}  // namespace

bool TextLocator::MatchesAt(std::string_view run, uint64_t at) const {
  return at >= last_end_ && at + run.size() <= page_.markup.size() && page_.markup.compare(at, run.size(), run) == 0;
}

Span TextLocator::Find(std::string_view run, uint64_t consumed) const {
  if (const std::string_view escaped = Escaped(run); !escaped.empty()) run = escaped;
  if (consumed >= run.size() && MatchesAt(run, consumed - run.size())) return {consumed - run.size(), consumed};
  if (MatchesAt(run, last_end_)) return {last_end_, last_end_ + run.size()};
  // Not beyond what the parser can have seen, or a page of misses would be searched to its end again and again.
  const uint64_t limit = std::min<uint64_t>(page_.markup.size(), consumed + run.size());
  if (limit <= last_end_) return {};
  const size_t at = std::string_view(page_.markup).substr(0, limit).find(run, last_end_);
  return at == std::string_view::npos ? Span{} : Span{at, at + run.size()};
}

void TextLocator::Locate(std::string_view run, uint64_t consumed, std::vector<Piece>& pieces) {
  if (run.empty()) return;
  const Span found = Find(run, consumed);
  if (found.empty()) return AddLost(run, consumed, pieces);
  last_end_ = found.end;
  located_bytes_ += run.size();
  Split(run, found, pieces);
}

// A character that the parser must not see stands there as so many spaces, and the parser may end a run between them: such a character goes
// with the run behind it as a whole.
uint64_t TextLocator::CharacterAt(uint64_t place) const {
  while (place > 0 && place < text_.size() && !IsBoundary(text_, place)) --place;
  return place;
}

// Cuts the run where the segments of the page begin and end.
void TextLocator::Split(std::string_view run, Span markup, std::vector<Piece>& pieces) {
  while (next_segment_ < page_.text.size() && page_.text[next_segment_].markup.end <= markup.begin) ++next_segment_;
  for (size_t i = next_segment_; i < page_.text.size() && page_.text[i].markup.begin < markup.end; ++i) {
    const TextSegment& segment = page_.text[i];
    const Span part{std::max(markup.begin, segment.markup.begin), std::min(markup.end, segment.markup.end)};
    last_source_ = segment.source.end;
    if (segment.exact) {
      const uint64_t begin = segment.source.begin + (part.begin - segment.markup.begin);
      const Span source{CharacterAt(begin), CharacterAt(begin + part.size())};
      if (!source.empty()) pieces.push_back({source, true, {}});
      continue;
    }
    // A reference is one or two characters and comes whole: only escapes are longer in the markup than in the run.
    const bool whole = Escaped(run).empty();
    const std::string_view text = whole ? run.substr(part.begin - markup.begin, part.size()) : run;
    const bool same = text_.substr(segment.source.begin, segment.source.size()) == text;
    if (same) {
      pieces.push_back({segment.source, true, {}});
    } else {
      AddRewritten(part.begin == segment.markup.begin ? segment.source : Span{segment.source.end, segment.source.end}, text, pieces);
    }
  }
}

void TextLocator::AddRewritten(Span source, std::string_view text, std::vector<Piece>& pieces) {
  const uint64_t begin = rewritten_.size();
  rewritten_.append(text);
  pieces.push_back({source, false, {begin, rewritten_.size()}});
}

// The nearest covering stretch: the segments between the run before and the place that the parser has reached.
void TextLocator::AddLost(std::string_view run, uint64_t consumed, std::vector<Piece>& pieces) {
  lost_bytes_ += run.size();
  Span source{last_source_, last_source_};
  while (next_segment_ < page_.text.size() && page_.text[next_segment_].markup.end <= consumed) {
    const TextSegment& segment = page_.text[next_segment_++];
    if (segment.markup.begin < last_end_) continue;
    if (source.empty()) source.begin = segment.source.begin;
    source.end = segment.source.end;
  }
  last_source_ = std::max(last_source_, source.end);
  last_end_ = std::max(last_end_, std::min<uint64_t>(consumed, page_.markup.size()));
  AddRewritten(source, run, pieces);
}

}  // namespace garner::html
