#include "garner/document_builder.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "garner/byte_words.h"
#include "garner/utf8.h"

namespace garner {
namespace {

constexpr std::string_view kSeparator = "\n\n";

// The run that stands for white space which is shown as `shown`: the payload's own bytes where they are that already. `original`
// is the text behind the first of `runs`.
SourceRun WhitespaceRun(const std::vector<SourceRun>& runs, std::string_view original, std::string_view shown) {
  if (runs.empty()) return {v1::SourceMap::INSERTED, {0, shown.size()}, {}, shown.size(), 0};
  // White space that markup interrupts is shown for its first stretch; the rest is claimed as a gap.
  Span source = runs[0].source;
  size_t stretch = 1;
  for (; stretch < runs.size() && runs[stretch].source.begin == source.end; ++stretch) source.end = runs[stretch].source.end;
  if (stretch == 1 && runs[0].divisible() && original == shown) return runs[0];
  SourceRun run{v1::SourceMap::REWRITTEN, {0, shown.size()}, source, shown.size(), 0};
  run.source_unit = run.source.size();
  return run;
}

// First bytes of characters that may be white space or a control: whatever else a stretch of text holds, it is cut at no other byte.
constexpr std::array<bool, 256> kMayCut = [] {
  std::array<bool, 256> table{};
  for (size_t byte = 0; byte <= ' '; ++byte) table[byte] = true;
  for (const size_t byte : {0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF}) table[byte] = true;
  return table;
}();

bool MayCut(char c) { return kMayCut[static_cast<unsigned char>(c)]; }

// A byte that MayCut, other than a space alone between two others.
constexpr bool MayHoldCut(ByteWord word) {
  if (MayHoldBelow(word, ' ') || MayHold(word, 0x7F)) return true;
  const ByteWord spaces = MarkBytes(word, ' ');
  if ((spaces & (spaces >> 8)) != 0) return true;
  return !IsAscii(word) && (MayHold(word, 0xC2) || MayHold(word, 0xE1) || MayHold(word, 0xE2) || MayHold(word, 0xE3) || MayHold(word, 0xEF));
}

// From inside a word on past whole stretches of words with single spaces between them; to a space behind a word at most. In steps of
// one byte less than are looked at, so that each two neighbours are seen together.
size_t SkipWords(std::string_view text, size_t at) {
  while (at + sizeof(ByteWord) <= text.size() && !MayHoldCut(LoadBytes(text, at))) at += sizeof(ByteWord) - 1;
  return at;
}

// Neither white space nor a control character begins at text[at].
bool IsWordByte(std::string_view text, size_t at) {
  const char32_t value = NextCodePoint(text, at).value;
  return value > ' ' && !IsSpace(value) && !IsControl(value);
}

struct Normalised {
  std::string text;  // without controls; in prose trimmed, with one space for each run of white space
  bool space_before = false;
  bool space_after = false;
};

Normalised Normalise(std::string_view text, bool prose) {
  Normalised made;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    if (IsControl(cp.value)) continue;
    if (prose && IsSpace(cp.value)) {
      (made.text.empty() ? made.space_before : made.space_after) = true;
      continue;
    }
    if (made.space_after) made.text.push_back(' ');
    made.space_after = false;
    AppendUtf8(cp.value, made.text);
  }
  return made;
}

}  // namespace

DocumentBuilder::DocumentBuilder(const DecodedText& decoded, v1::Document* document)
    : decoded_(decoded), document_(document), map_(document->mutable_source_map()) {
  document->mutable_source()->set_charset(decoded.charset());
  document->mutable_source()->set_charset_evidence(decoded.evidence());
}

v1::Block& DocumentBuilder::BeginBlock(v1::Block::Role role) {
  EndBlock();
  open_ = true;
  started_ = false;
  block_ = document_->add_blocks();
  if (role != v1::Block::PARAGRAPH) block_->set_role(role);
  return *block_;
}

void DocumentBuilder::EndBlock() {
  if (open_ && started_) block_->set_end(text_.size());
  if (open_ && !started_) document_->mutable_blocks()->RemoveLast();
  open_ = false;
}

void DocumentBuilder::Append(Span span) {
  const std::string_view text = decoded_.text();
  decoded_.EachRun(span, [&](const SourceRun& run) { AppendRun(run, text.substr(run.text.begin, run.text.size())); });
}

void DocumentBuilder::AppendRewritten(Span span, std::string_view text) {
  const Span source = decoded_.ToSource(span);
  if (source.empty()) return AppendInserted(text);
  AppendRun({v1::SourceMap::REWRITTEN, {0, text.size()}, source, text.size(), source.size()}, text);
}

void DocumentBuilder::AppendInserted(std::string_view text) {
  AppendRun({v1::SourceMap::INSERTED, {0, text.size()}, {}, text.size(), 0}, text);
}

// Cuts the run where white space or control characters begin and end, so that whole stretches of words are emitted at once.
void DocumentBuilder::AppendRun(const SourceRun& run, std::string_view text) {
  const bool prose = !open_ || block_->role() != v1::Block::CODE;
  const auto slice = [&](size_t begin, size_t end) { return Slice(run, {run.text.begin + begin, run.text.begin + end}); };
  if (!run.divisible()) return AppendIndivisible(run, text, prose);
  size_t from = 0;
  size_t one_by_one = 0;  // up to here, because SkipWords saw something
  for (size_t at = 0; at < text.size();) {
    if (!MayCut(text[at])) {
      if (at < one_by_one) {
        ++at;
      } else {
        at = SkipWords(text, at);
        one_by_one = at + sizeof(ByteWord);
      }
      continue;
    }
    const CodePoint cp = NextCodePoint(text, at);
    // The common case, one space between two words, needs no cut.
    const bool plain = cp.value == ' ' && at > from && at + 1 < text.size() && (!MayCut(text[at + 1]) || IsWordByte(text, at + 1));
    const bool space = prose && !plain && IsSpace(cp.value);
    if (space || IsControl(cp.value)) {
      if (at > from) Emit(slice(from, at), text.substr(from, at - from));
      if (space) AppendSpace(slice(at, at + cp.size));
      from = at + cp.size;
    }
    at += cp.size;
  }
  if (text.size() > from) Emit(slice(from, text.size()), text.substr(from));
}

// What a rule made may hold white space and controls itself. Space at its edges that belongs to no byte alone is inserted.
void DocumentBuilder::AppendIndivisible(const SourceRun& run, std::string_view text, bool prose) {
  const Normalised made = Normalise(text, prose);
  if (made.text.empty()) {
    if (!made.space_before) return;
    SourceRun space = run;
    space.text_unit = 1;
    return AppendSpace(space);
  }
  const SourceRun inserted{v1::SourceMap::INSERTED, {0, 1}, {}, 1, 0};
  if (made.space_before) AppendSpace(inserted);
  SourceRun rewritten = run;
  rewritten.text = {0, made.text.size()};
  rewritten.text_unit = made.text.size();
  Emit(rewritten, made.text);
  if (made.space_after) AppendSpace(inserted);
}

void DocumentBuilder::AppendSpace(const SourceRun& run) {
  if (run.kind == v1::SourceMap::INSERTED) {
    // An inserted space matters only where words would run together; it must not hide payload bytes seen before.
    if (space_.empty()) space_.push_back(run);
    return;
  }
  if (space_.size() == 1 && space_[0].kind == v1::SourceMap::INSERTED) space_.clear();
  const bool continues = !space_.empty() && space_.back().divisible() && run.divisible() && space_.back().kind == run.kind &&
                         space_.back().text.end == run.text.begin && space_.back().source.end == run.source.begin &&
                         space_.back().text_unit == run.text_unit && space_.back().source_unit == run.source_unit;
  if (!continues) return space_.push_back(run);
  space_.back().text.end = run.text.end;
  space_.back().source.end = run.source.end;
}

void DocumentBuilder::Emit(const SourceRun& run, std::string_view text) {
  assert(open_);
  if (!open_) return;  // a decoder's mistake: the bytes show up as a gap instead of breaking the document
  if (!started_) {
    StartText();
  } else {
    FlushSpace();
  }
  map_.Append(run);
  text_.append(text);
  Cover(run.source);
}

void DocumentBuilder::Cover(Span source) {
  if (source.empty()) return;
  if (!covered_.empty() && covered_.back().end == source.begin) {
    covered_.back().end = source.end;
  } else {
    covered_.push_back(source);
  }
}

void DocumentBuilder::FlushSpace() {
  if (space_.empty()) return;
  const bool inserted = space_[0].kind == v1::SourceMap::INSERTED;
  const std::string_view original = inserted || !space_[0].divisible() ? std::string_view(" ") : decoded_.text().substr(space_[0].text.begin, space_[0].text.size());
  const SourceRun run = inserted ? space_[0] : WhitespaceRun(space_, original, " ");
  map_.Append(run);
  text_.push_back(' ');
  Cover(run.source);
  space_.clear();
}

// The first text of a block: what white space was seen since the last text is the gap between the blocks.
void DocumentBuilder::StartText() {
  if (!text_.empty()) WriteSeparator();
  space_.clear();
  block_->set_begin(text_.size());
  started_ = true;
}

void DocumentBuilder::WriteSeparator() {
  if (!space_.empty() && space_[0].kind == v1::SourceMap::INSERTED) space_.clear();  // it stands alone (AppendSpace)
  const std::string_view original =
      !space_.empty() && space_[0].divisible() ? decoded_.text().substr(space_[0].text.begin, space_[0].text.size()) : std::string_view();
  const SourceRun run = WhitespaceRun(space_, original, kSeparator);
  map_.Append(run);
  text_.append(kSeparator);
  Cover(run.source);
}

void DocumentBuilder::Remove(Span span, std::string_view rule) {
  const Span source = decoded_.ToSource(span);
  if (!source.empty()) removed_.push_back({source, std::string(rule)});
}

v1::Metadata* DocumentBuilder::AddMetadata(std::string_view key, std::string_view value, std::string_view origin, double confidence,
                                           std::optional<Span> evidence) {
  const std::string clean = SanitizeUtf8(Trim(value));
  if (clean.empty()) return nullptr;
  v1::Metadata* added = document_->add_metadata();
  added->set_key(std::string(key));
  added->set_value(clean);
  added->set_origin(std::string(origin));
  added->set_confidence(static_cast<float>(confidence));
  if (evidence) {
    const Span source = decoded_.ToSource(*evidence);
    added->mutable_source()->set_begin(source.begin);
    added->mutable_source()->set_end(source.end);
  }
  return added;
}

// The only bytes before the first character: what comes before characters inside the text belongs to their runs.
void DocumentBuilder::ClaimByteOrderMark() {
  const uint64_t first = decoded_.ToSource({0, 0}).begin;
  if (first > 0) removed_.push_back({{0, first}, "byte_order_mark"});
}

void DocumentBuilder::Finish(std::string_view gap_rule) {
  EndBlock();
  ClaimByteOrderMark();
  document_->set_text(std::move(text_));
  const uint64_t size = document_->source().bytes();
  const auto by_begin = [](const Span& a, const Span& b) { return a.begin < b.begin; };
  std::sort(covered_.begin(), covered_.end(), by_begin);
  std::stable_sort(removed_.begin(), removed_.end(), [](const Claim& a, const Claim& b) { return a.source.begin < b.source.begin; });

  // One sweep over the payload: what text covers is no removal, whoever claims it; what nobody claims is a gap.
  const auto add = [&](Span span, std::string_view rule) {
    if (span.begin >= span.end) return;
    v1::Removal* last = document_->removals_size() > 0 ? document_->mutable_removals(document_->removals_size() - 1) : nullptr;
    if (last != nullptr && last->rule() == rule && last->source().end() == span.begin) {
      last->mutable_source()->set_end(span.end);
      return;
    }
    v1::Removal* removal = document_->add_removals();
    removal->mutable_source()->set_begin(span.begin);
    removal->mutable_source()->set_end(span.end);
    removal->set_rule(std::string(rule));
  };
  size_t next_claim = 0;
  const auto fill = [&](uint64_t from, uint64_t to) {
    while (from < to) {
      while (next_claim < removed_.size() && removed_[next_claim].source.end <= from) ++next_claim;
      if (next_claim == removed_.size() || removed_[next_claim].source.begin >= to) return add({from, to}, gap_rule);
      const Claim& claim = removed_[next_claim];
      add({from, std::min(std::max(from, claim.source.begin), to)}, gap_rule);
      const uint64_t begin = std::max(from, claim.source.begin);
      const uint64_t end = std::min(to, claim.source.end);
      add({begin, end}, claim.rule);
      from = end;
    }
  };
  uint64_t at = 0;
  for (const Span& span : covered_) {
    fill(at, std::max(at, span.begin));
    at = std::max(at, span.end);
  }
  fill(at, size);
}

}  // namespace garner
