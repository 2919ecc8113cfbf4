// Finds where the text that the parser reports stands in the page.
//
//   TextLocator locator(prepared);
//   // in the parser's characters callback, with xmlByteConsumed():
//   locator.Locate(run, consumed, pieces);
//
// The parser says how far it has read, not where a run of text began, and reports long text in parts before it has moved on. So a
// run is compared with the markup that ends at the reported place; where they differ it is searched from the end of the run
// before. libxml2 changes such details from version to version: all of that knowledge is here. One thread; linear over a page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "prepared.h"

namespace garner::html {

// A part of a text run and the stretch of the page behind it.
struct Piece {
  Span source;
  // The page says exactly this. Otherwise `text` stands in place of `source` (empty: it stands nowhere in the page).
  bool verbatim = true;
  Span rewritten;  // in TextLocator::rewritten(): the text, where not verbatim
};

class TextLocator {
 public:
  // `page` must outlive the locator.
  TextLocator(const Prepared& page, std::string_view text) : page_(page), text_(text) {}

  // Appends the pieces of a run to `pieces`. Runs come in the order of the page.
  void Locate(std::string_view run, uint64_t consumed, std::vector<Piece>& pieces);

  // The texts of rewritten pieces, one after the other.
  const std::string& rewritten() const { return rewritten_; }
  std::string TakeRewritten() { return std::move(rewritten_); }

  uint64_t located_bytes() const { return located_bytes_; }
  // Bytes of runs that were not found; they are kept with the nearest stretch of the page that can hold them.
  uint64_t lost_bytes() const { return lost_bytes_; }

 private:
  bool MatchesAt(std::string_view run, uint64_t at) const;
  // Where the run stands in the markup; an empty span where it does not.
  Span Find(std::string_view run, uint64_t consumed) const;
  // Where the character begins that `place` of the text is in.
  uint64_t CharacterAt(uint64_t place) const;
  void Split(std::string_view run, Span markup, std::vector<Piece>& pieces);
  void AddRewritten(Span source, std::string_view text, std::vector<Piece>& pieces);
  void AddLost(std::string_view run, uint64_t consumed, std::vector<Piece>& pieces);

  const Prepared& page_;
  std::string_view text_;
  uint64_t last_end_ = 0;   // in the markup: where the run before ended
  size_t next_segment_ = 0;
  uint64_t last_source_ = 0;
  std::string rewritten_;
  uint64_t located_bytes_ = 0;
  uint64_t lost_bytes_ = 0;
};

}  // namespace garner::html
