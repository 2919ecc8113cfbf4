#include "misread_utf8.h"

#include <algorithm>
#include <utility>

#include "garner/utf8.h"

namespace garner {
namespace {

constexpr unsigned char kLow = 0xC2;   // the first byte of U+0080 to U+00BF
constexpr unsigned char kHigh = 0xC3;  // the first byte of U+00C0 to U+00FF

// Of the sequence that begins at text[at] with a character U+00C0 to U+00FF: what it says, and how many bytes it takes; none: 0.
struct Misread {
  std::string character;
  size_t size = 0;
};

Misread ReadMisread(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at + 1) | 0x40;
  const size_t tails = lead >= 0xF0 ? 3 : (lead >= 0xE0 ? 2 : 1);
  std::string bytes(1, static_cast<char>(lead));
  bool control = false;
  for (size_t i = 1; i <= tails; ++i) {
    const size_t tail = at + 2 * i;
    if (tail + 1 >= text.size() || byte(tail) != kLow) return {};
    bytes.push_back(text[tail + 1]);
    control = control || byte(tail + 1) < 0xA0;
  }
  if (!control) return {};
  const CodePoint decoded = NextCodePoint(bytes, 0);
  if (!decoded.valid || decoded.size != bytes.size() || (decoded.value < 0xA0)) return {};
  return {std::move(bytes), 2 * (tails + 1)};
}

// The next C1 control from `at` on; the end where there is none.
size_t NextControl(std::string_view text, size_t at) {
  for (at = text.find('\xC2', at); at < text.size(); at = text.find('\xC2', at + 1))
    if (static_cast<unsigned char>(text[at + 1]) < 0xA0) return at;
  return text.size();
}

class Decoder {
 public:
  Decoder(std::string_view text, uint64_t begin) : text_(text), begin_(begin) {}

  MisreadUtf8 Run() {
    constexpr size_t kMaxLookBack = 6;  // a lead and two tails before the control
    for (size_t control = NextControl(text_, 0); control < text_.size(); control = NextControl(text_, std::max(control + 1, kept_))) {
      for (size_t at = std::max(kept_, control > kMaxLookBack ? control - kMaxLookBack : 0); at < control; ++at) {
        if (static_cast<unsigned char>(text_[at]) != kHigh) continue;
        const Misread misread = ReadMisread(text_, at);
        if (misread.size == 0 || at + misread.size <= control) continue;
        Keep(at);
        Add(v1::SourceMap::REWRITTEN, misread.character, misread.size);
        break;
      }
    }
    if (made_.runs.empty()) return {};
    Keep(text_.size());
    return std::move(made_);
  }

 private:
  void Keep(size_t end) {
    if (end > kept_) Add(v1::SourceMap::VERBATIM, text_.substr(kept_, end - kept_), end - kept_);
  }

  // The next `source_bytes` of the payload become `text`.
  void Add(v1::SourceMap::Kind kind, std::string_view text, size_t source_bytes) {
    const bool verbatim = kind == v1::SourceMap::VERBATIM;
    SourceRun run{kind, {made_.text.size(), made_.text.size() + text.size()}, {begin_ + kept_, begin_ + kept_ + source_bytes}};
    run.text_unit = verbatim ? 1 : text.size();
    run.source_unit = verbatim ? 1 : source_bytes;
    made_.runs.push_back(run);
    made_.text.append(text);
    kept_ += source_bytes;
  }

  const std::string_view text_;
  const uint64_t begin_;
  MisreadUtf8 made_;
  size_t kept_ = 0;  // bytes of text_ that are in made_
};

}  // namespace

MisreadUtf8 DecodeMisreadUtf8(std::string_view text, uint64_t begin) { return Decoder(text, begin).Run(); }

}  // namespace garner
