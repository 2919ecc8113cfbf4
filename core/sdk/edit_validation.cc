#include "core/sdk/edit_validation.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "garner/span.h"
#include "garner/utf8.h"

namespace garner {
namespace {

class Validator {
 public:
  Validator(const v1::Edits& edits, const v1::Document& document) : edits_(edits), document_(document) {}

  Status Run() {
    for (int i = 0; i < edits_.erase_size() && ok_; ++i) CheckErase(i);
    for (int i = 0; i < edits_.replace_size() && ok_; ++i) CheckReplace(i);
    for (int i = 0; i < edits_.split_size() && ok_; ++i) CheckSplit(i);
    for (int i = 0; i < edits_.annotate_size() && ok_; ++i) CheckAnnotation(i);
    for (int i = 0; i < edits_.add_metadata_size() && ok_; ++i) CheckMetadata(i);
    for (int i = 0; i < edits_.choose_metadata_size() && ok_; ++i) CheckChoice(i);
    for (int i = 0; i < edits_.set_block_size() && ok_; ++i) CheckSetBlock(i);
    for (int i = 0; i < edits_.signal_size() && ok_; ++i) CheckSignal(i);
    if (ok_ && edits_.has_drop()) CheckDrop();
    return ok_ ? OkStatus() : Status(StatusKind::kInvalidEdits, message_);
  }

 private:
  void Fail(std::string_view what, int index, const std::string& problem) {
    ok_ = false;
    message_ = std::string(what) + "[" + std::to_string(index) + "]: " + problem;
  }

  bool CheckSpan(std::string_view what, int i, uint64_t begin, uint64_t end) {
    const std::string& text = document_.text();
    const auto range = [&] { return std::to_string(begin) + ".." + std::to_string(end); };
    if (begin > end || end > text.size()) {
      Fail(what, i, "span " + range() + " is not in the text of " + std::to_string(text.size()) + " bytes");
    } else if (!IsBoundary(text, begin) || !IsBoundary(text, end)) {
      Fail(what, i, "span " + range() + " cuts a character; begin and end must be code point boundaries");
    }
    return ok_;
  }

  bool CheckRule(std::string_view what, int i, const std::string& rule) {
    if (rule.empty() || !IsValidUtf8(rule)) Fail(what, i, "names no rule; every change says why");
    return ok_;
  }

  // The block that holds [begin, end), edges included; -1 where there is none.
  int BlockOf(uint64_t begin, uint64_t end) const {
    const auto& blocks = document_.blocks();
    const auto after = std::upper_bound(blocks.begin(), blocks.end(), begin, [](uint64_t at, const v1::Block& block) { return at < block.begin(); });
    if (after == blocks.begin()) return -1;
    const int index = static_cast<int>(after - blocks.begin()) - 1;
    return end <= blocks.Get(index).end() ? index : -1;
  }

  void CheckErase(int i) {
    const v1::Erase& erase = edits_.erase(i);
    if (!CheckSpan("erase", i, erase.begin(), erase.end()) || !CheckRule("erase", i, erase.rule())) return;
    if (!std::isfinite(erase.score()) || !std::isfinite(erase.threshold())) Fail("erase", i, "score and threshold must be finite numbers");
  }

  void CheckReplace(int i) {
    const v1::Replace& replace = edits_.replace(i);
    if (!CheckSpan("replace", i, replace.begin(), replace.end()) || !CheckRule("replace", i, replace.rule())) return;
    const int block = BlockOf(replace.begin(), replace.end());
    if (block < 0) return Fail("replace", i, "does not lie within one block");
    if (replace.text().empty()) return Fail("replace", i, "has no text; use an erasure to take text out");
    if (!IsValidUtf8(replace.text())) return Fail("replace", i, "its text is not valid UTF-8");
    const bool code = document_.blocks(block).role() == v1::Block::CODE;
    for (size_t at = 0; at < replace.text().size();) {
      const CodePoint cp = NextCodePoint(replace.text(), at);
      at += cp.size;
      if (IsControl(cp.value)) return Fail("replace", i, "its text holds a control character");
      if (!code && cp.value == '\n') return Fail("replace", i, "its text holds a line break; use a split to start a block");
    }
  }

  void CheckSplit(int i) {
    const v1::Split& split = edits_.split(i);
    if (!CheckSpan("split", i, split.begin(), split.end()) || !CheckRule("split", i, split.rule())) return;
    if (BlockOf(split.begin(), split.end()) < 0) Fail("split", i, "does not lie within one block");
  }

  void CheckAnnotation(int i) {
    const v1::Annotation& annotation = edits_.annotate(i);
    if (!CheckSpan("annotate", i, annotation.begin(), annotation.end())) return;
    if (annotation.begin() == annotation.end()) return Fail("annotate", i, "covers no text");
    if (BlockOf(annotation.begin(), annotation.end()) < 0) return Fail("annotate", i, "does not lie within one block");
    if (annotation.set().empty() || annotation.label().empty()) return Fail("annotate", i, "needs a set and a label");
    for (const std::string* text : {&annotation.set(), &annotation.label(), &annotation.canonical(), &annotation.value()})
      if (!IsValidUtf8(*text)) return Fail("annotate", i, "holds text that is not valid UTF-8");
    if (!std::isfinite(annotation.confidence())) Fail("annotate", i, "its confidence is not a finite number");
  }

  void CheckMetadata(int i) {
    const v1::AddMetadata& added = edits_.add_metadata(i);
    const v1::Metadata& metadata = added.metadata();
    if (added.has_text() && !CheckSpan("add_metadata", i, added.text().begin(), added.text().end())) return;
    if (metadata.key().empty() || metadata.value().empty()) return Fail("add_metadata", i, "needs a key and a value");
    if (!IsValidUtf8(metadata.key()) || !IsValidUtf8(metadata.value()) || !IsValidUtf8(metadata.origin()))
      return Fail("add_metadata", i, "holds text that is not valid UTF-8");
    if (!std::isfinite(metadata.confidence())) Fail("add_metadata", i, "its confidence is not a finite number");
  }

  void CheckChoice(int i) {
    if (edits_.choose_metadata(i).candidate() < static_cast<uint32_t>(document_.metadata_size())) return;
    Fail("choose_metadata", i, "candidate " + std::to_string(edits_.choose_metadata(i).candidate()) + " of " + std::to_string(document_.metadata_size()));
  }

  void CheckSetBlock(int i) {
    if (edits_.set_block(i).block() < static_cast<uint32_t>(document_.blocks_size())) return;
    Fail("set_block", i, "block " + std::to_string(edits_.set_block(i).block()) + " of " + std::to_string(document_.blocks_size()));
  }

  void CheckSignal(int i) {
    const v1::Signal& signal = edits_.signal(i);
    if (signal.name().empty() || !IsValidUtf8(signal.name())) return Fail("signal", i, "needs a name");
    if (!std::isfinite(signal.value())) Fail("signal", i, "'" + signal.name() + "' is not a finite number");
  }

  void CheckDrop() {
    const v1::Drop& drop = edits_.drop();
    if (drop.rule().empty()) return Fail("drop", 0, "names no rule");
    if (!IsValidUtf8(drop.rule()) || !IsValidUtf8(drop.message())) Fail("drop", 0, "holds text that is not valid UTF-8");
  }

  const v1::Edits& edits_;
  const v1::Document& document_;
  bool ok_ = true;
  std::string message_;
};

}  // namespace

Status ValidateEdits(const v1::Edits& edits, const v1::Document& document) { return Validator(edits, document).Run(); }

}  // namespace garner
