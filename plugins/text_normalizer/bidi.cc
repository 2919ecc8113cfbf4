#include "bidi.h"

#include "characters.h"
#include "garner/utf8.h"

namespace garner::text_normalizer {
namespace {

enum class Kind { kNone, kMark, kEmbedding, kOverride, kEndOfEmbedding, kIsolate, kEndOfIsolate };

Kind KindOf(char32_t value) {
  switch (value) {
    case 0x061C: case 0x200E: case 0x200F: return Kind::kMark;
    case 0x202A: case 0x202B: return Kind::kEmbedding;
    case 0x202D: case 0x202E: return Kind::kOverride;
    case 0x202C: return Kind::kEndOfEmbedding;
    case 0x2066: case 0x2067: case 0x2068: return Kind::kIsolate;
    case 0x2069: return Kind::kEndOfIsolate;
    default: return Kind::kNone;
  }
}

struct Control {
  Span span;
  Kind kind;
  bool closed = false;
  bool override_pair = false;
};

// Pairs what opens with what closes, each kind with its own.
void Pair(std::vector<Control>& controls) {
  std::vector<size_t> embeddings;
  std::vector<size_t> isolates;
  for (size_t i = 0; i < controls.size(); ++i) {
    const Kind kind = controls[i].kind;
    if (kind == Kind::kEmbedding || kind == Kind::kOverride) embeddings.push_back(i);
    if (kind == Kind::kIsolate) isolates.push_back(i);
    if (kind != Kind::kEndOfEmbedding && kind != Kind::kEndOfIsolate) continue;
    std::vector<size_t>& open = kind == Kind::kEndOfEmbedding ? embeddings : isolates;
    if (open.empty()) continue;
    Control& opening = controls[open.back()];
    open.pop_back();
    opening.closed = controls[i].closed = true;
    opening.override_pair = controls[i].override_pair = opening.kind == Kind::kOverride;
  }
}

}  // namespace

std::vector<Span> FindIdleBidiControls(std::string_view block) {
  std::vector<Control> controls;
  bool right_to_left = false;
  for (size_t at = 0; at < block.size();) {
    const CodePoint cp = NextCodePoint(block, at);
    const Kind kind = KindOf(cp.value);
    if (kind != Kind::kNone) controls.push_back({{at, at + cp.size}, kind});
    right_to_left = right_to_left || (kind == Kind::kNone && IsRightToLeft(cp.value));
    at += cp.size;
  }
  Pair(controls);
  std::vector<Span> idle;
  for (const Control& control : controls) {
    const bool stays = control.kind == Kind::kMark ? right_to_left : control.closed && (right_to_left || control.override_pair);
    if (!stays) idle.push_back(control.span);
  }
  return idle;
}

}  // namespace garner::text_normalizer
