// A payload's bytes as UTF-8, with the place of every character in the payload.
//
//   Result<DecodedText> decoded = DecodeText(payload.bytes, {.declared = payload.info.declared_charset()});
//   decoded->text();                    // valid UTF-8; ill-formed sequences have become U+FFFD
//   decoded->Map({10, 20}, sink);       // the runs behind a stretch of it
//
// Where the payload is valid UTF-8 the text is a view into it and nothing is copied: the payload must outlive this object.
// Immutable, so it may be shared between threads.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "garner/source_map.h"
#include "garner/span.h"
#include "garner/status.h"

namespace garner {

struct CharsetHint {
  // What the transport says (an HTTP header); empty where it says nothing.
  std::string declared;
  // What the content says of itself (a meta element); empty where it says nothing. The transport wins.
  std::string declared_inside;
};

class DecodedText {
 public:
  // `runs` tile `text`. A charset is named in its IANA spelling.
  DecodedText(std::string owned, std::string_view text, std::vector<SourceRun> runs, std::string charset, std::string evidence);

  std::string_view text() const { return owned_ ? std::string_view(*owned_) : view_; }
  const std::string& charset() const { return charset_; }
  // "bom", "null_pattern", "valid_utf8", "declared", "uchardet" or "icu".
  const std::string& evidence() const { return evidence_; }
  // Ill-formed sequences that became U+FFFD.
  uint64_t replacements() const { return replacements_; }

  // The runs behind the stretch `text` of text(), their text spans relative to text(). Cut at character boundaries.
  std::vector<SourceRun> Runs(Span text) const;
  // Calls `take` with each of them.
  template <typename Take>
  void EachRun(Span text, Take&& take) const {
    if (text.empty()) return;
    for (size_t i = RunAt(text.begin); i < runs_.size() && runs_[i].text.begin < text.end; ++i)
      take(Slice(runs_[i], {std::max(text.begin, runs_[i].text.begin), std::min(text.end, runs_[i].text.end)}));
  }
  // The covering range in bytes of the payload of a stretch of text(); for an empty stretch the place before the next character.
  Span ToSource(Span text) const;

 private:
  // The last run that begins at or before `at`, which lies in the text.
  size_t RunAt(uint64_t at) const;

  std::unique_ptr<std::string> owned_;
  std::string_view view_;
  std::vector<SourceRun> runs_;
  std::string charset_;
  std::string evidence_;
  uint64_t replacements_ = 0;
};

// Detects the charset and decodes. In this order: byte order mark; UTF-16/32 by the pattern of zero bytes; valid UTF-8 (it beats
// a declared legacy charset, and so does UTF-8 with few errors in it); declared, where the bytes fit it; uchardet; ICU's detector
// where uchardet names a single-byte Latin set. Labels mean what the WHATWG Encoding Standard says (latin1 is windows-1252). Fails
// with kInvalidInput only where no charset can be named at all; a byte order mark is in no run. Sequences of UTF-8 that were read as Latin-1
// before, and so hold C1 controls, which no text does, are decoded once more.
Result<DecodedText> DecodeText(std::string_view payload, const CharsetHint& hint);

// True where the bytes look like no text in any charset: control bytes that no charset uses in text. Looks at the first 64 KiB.
bool LooksBinary(std::string_view payload);

}  // namespace garner
