#include "body_text.h"

#include <algorithm>
#include <utility>

#include "ascii.h"
#include "garner/utf8.h"

namespace garner::email {
namespace {

// A larger part is mapped in stretches of at least so many bytes where its encoding changed every byte: one run a character would take
// many times the memory of the mail.
constexpr uint64_t kFineBytes = 1 << 20;
constexpr uint64_t kCoarseBytes = 64;

// What mail programs write where they know nothing.
bool SaysNothing(std::string_view charset) {
  const std::string lower = Lower(charset);
  for (const std::string_view word : {"us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown", "default"})
    if (lower == word) return true;
  return false;
}

// Puts the runs of decoding a charset and the stretches of a transfer encoding together.
class Composer {
 public:
  Composer(const Transferred& part, std::string_view text, bool own_charset, uint64_t text_begin, std::vector<SourceRun>& out)
      : stretches_(part.stretches), text_(text), least_(part.bytes().size() > kFineBytes ? kCoarseBytes : 1), own_charset_(own_charset), text_begin_(text_begin), out_(out) {}

  void Add(const SourceRun& run) {
    uint64_t text_at = run.text.begin;
    uint64_t at = run.source.begin;
    if (!run.divisible()) return Rewritten(run.text, run.source);
    while (text_at < run.text.end) {
      const Stretch& stretch = StretchAt(at);
      const uint64_t taken = stretch.as_is() ? TakeAsIs(run, stretch, text_at, at) : 0;
      const uint64_t units = taken > 0 ? taken : TakeRewritten(run, text_at, at);
      text_at += units * run.text_unit;
      at += units * run.source_unit;
    }
  }

 private:
  const Stretch& StretchAt(uint64_t at) {
    while (next_ + 1 < stretches_.size() && stretches_[next_].decoded.end <= at) ++next_;
    while (next_ > 0 && stretches_[next_].decoded.begin > at) --next_;
    return stretches_[next_];
  }

  // Whole units that stand in the mail as they are; 0 where the first one goes on in another stretch.
  uint64_t TakeAsIs(const SourceRun& run, const Stretch& stretch, uint64_t text_at, uint64_t at) {
    uint64_t units = std::min((run.text.end - text_at) / run.text_unit, (stretch.decoded.end - at) / run.source_unit);
    while (units > 0 && !IsBoundary(text_, text_at + units * run.text_unit)) --units;
    if (units == 0) return 0;
    const uint64_t source = stretch.source.begin + (at - stretch.decoded.begin);
    const Span text{text_at, text_at + units * run.text_unit};
    if (run.kind == v1::SourceMap::VERBATIM || own_charset_) {
      Emit({run.kind, text, {source, source + units * run.source_unit}, run.text_unit, run.source_unit});
      return units;
    }
    for (uint64_t unit = 0; unit < units; ++unit)
      Emit({v1::SourceMap::REWRITTEN, {text.begin + unit * run.text_unit, text.begin + (unit + 1) * run.text_unit},
            {source + unit * run.source_unit, source + (unit + 1) * run.source_unit}, run.text_unit, run.source_unit});
    return units;
  }

  // The shortest stretch of whole characters whose bytes end where a unit of the encoding does, or where it ends altogether.
  uint64_t TakeRewritten(const SourceRun& run, uint64_t text_at, uint64_t at) {
    const uint64_t most = (run.text.end - text_at) / run.text_unit;
    uint64_t units = 0;
    while (units < most) {
      ++units;
      const uint64_t text_end = text_at + units * run.text_unit;
      if (!IsBoundary(text_, text_end)) continue;
      const uint64_t end = at + units * run.source_unit;
      const Stretch& last = StretchAt(end - 1);
      const bool aligned = last.as_is() || end == last.decoded.end || (end - last.decoded.begin) % last.decoded_unit == 0;
      if (aligned && (units * run.source_unit >= least_ || end == last.decoded.end || last.as_is())) break;
    }
    Rewritten({text_at, text_at + units * run.text_unit}, {at, at + units * run.source_unit});
    return units;
  }

  void Rewritten(Span text, Span bytes) {
    const Span source{SourceOf(bytes.begin).begin, SourceOf(bytes.end - 1).end};
    Emit({v1::SourceMap::REWRITTEN, text, source, text.size(), source.size()});
  }

  // The bytes of the mail behind one byte of the part.
  Span SourceOf(uint64_t at) {
    const Stretch& stretch = StretchAt(at);
    const uint64_t begin = stretch.source.begin + (at - stretch.decoded.begin) / stretch.decoded_unit * stretch.source_unit;
    return {begin, std::min(begin + stretch.source_unit, stretch.source.end)};
  }

  void Emit(SourceRun run) {
    run.text = {run.text.begin + text_begin_, run.text.end + text_begin_};
    out_.push_back(run);
  }

  const std::vector<Stretch>& stretches_;
  const std::string_view text_;
  const uint64_t least_;
  const bool own_charset_;
  const uint64_t text_begin_;
  std::vector<SourceRun>& out_;
  size_t next_ = 0;
};

}  // namespace

Result<Span> BodyText::Add(const Transferred& part, const std::string& charset) {
  if (LooksBinary(part.bytes())) return Status(StatusKind::kInvalidInput, "the mail's text is no text in any charset: it holds control bytes that text does not use");
  const Result<DecodedText> decoded = DecodeText(part.bytes(), {.declared = SaysNothing(charset) ? std::string() : charset, .declared_inside = ""});
  if (!decoded.ok()) return decoded.status();
  const std::vector<SourceRun> runs = decoded->Runs({0, decoded->text().size()});
  const bool needs_charset = std::any_of(runs.begin(), runs.end(), [](const SourceRun& run) { return run.kind == v1::SourceMap::TRANSCODED; });
  if (charset_.empty() || (needs_charset && !transcoded_)) {
    charset_ = decoded->charset();
    evidence_ = decoded->evidence();
    transcoded_ = needs_charset;
  }
  replacements_ += decoded->replacements();
  const Span span{text_.size(), text_.size() + decoded->text().size()};
  Composer composer(part, decoded->text(), decoded->charset() == charset_, span.begin, runs_);
  for (const SourceRun& run : runs) composer.Add(run);
  text_ += decoded->text();
  return span;
}

DecodedText BodyText::Take() {
  if (charset_.empty()) {
    charset_ = "UTF-8";
    evidence_ = "valid_utf8";
  }
  return DecodedText(std::move(text_), {}, std::move(runs_), std::move(charset_), std::move(evidence_));
}

}  // namespace garner::email
