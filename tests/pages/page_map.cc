#include "tests/pages/page_map.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "garner/source_map.h"
#include "garner/testing/charsets.h"
#include "garner/utf8.h"
#include "tests/pages/reference_text.h"

namespace garner::pages {
namespace {

constexpr size_t kMaxMistakes = 20;
constexpr size_t kShownBytes = 80;
constexpr std::string_view kBlockSeparator = "\n\n";
constexpr std::string_view kReplacementText = "\xEF\xBF\xBD";

bool IsWhite(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsSpace(cp.value) && !IsControl(cp.value)) return false;
    at += cp.size;
  }
  return !text.empty();
}

// The bytes of the reference that begins with the '&' of text[at], or nothing: the longest stretch that is one.
std::optional<size_t> ReferenceSize(std::string_view text, size_t at) {
  const size_t limit = std::min(text.size(), at + 40);
  for (size_t end = limit; end > at + 1; --end)
    if (ReferenceText(text.substr(at, end - at))) return end - at;
  return std::nullopt;
}

// White space, some of it written as references.
bool IsWrittenWhite(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      const std::optional<size_t> size = ReferenceSize(text, at);
      if (!size || !IsWhite(*ReferenceText(text.substr(at, *size)))) return false;
      at += *size;
      continue;
    }
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsWhite(text.substr(at, cp.size))) return false;
    at += cp.size;
  }
  return !text.empty();
}

// The bytes of the characters U+0000 to U+00FF of a text; nothing where it has others.
std::optional<std::string> AsLatin1(std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (cp.value > 0xFF) return std::nullopt;
    bytes.push_back(static_cast<char>(cp.value));
    at += cp.size;
  }
  return bytes;
}

// A character of ISO-2022 says nothing without the escape sequence before it, three bytes in what pages use. Empty for other charsets.
std::string TranscodeStateful(std::string_view page, Span source, const std::string& charset) {
  constexpr size_t kEscapeBytes = 3;
  if (charset.rfind("ISO-2022", 0) != 0) return {};
  const size_t escape = page.substr(0, source.begin).rfind('\x1B');
  if (escape == std::string_view::npos) return {};
  return testing::Transcode(std::string(page.substr(escape, kEscapeBytes)) + std::string(page.substr(source.begin, source.size())),
                            charset);
}

std::string Shown(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kShownBytes)) c == '\n' ? out.append("\\n") : out.append(1, c);
  return out + (text.size() > kShownBytes ? "...'" : "'");
}

// Bytes that the charset does not have. ICU says U+FFFD, and U+001A for a byte alone in some charsets of two.
bool IsIllFormed(std::string_view bytes, const std::string& charset) {
  const std::string text = testing::Transcode(bytes, charset);
  return text.empty() || text == "\x1A" || text.find(kReplacementText) != std::string::npos;
}

// With the escapes of a JSON string undone; nothing where there are none.
std::optional<std::string> UnescapedJson(std::string bytes) {
  if (bytes.find('\\') == std::string::npos) return std::nullopt;
  for (char& c : bytes)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  const nlohmann::json read = nlohmann::json::parse('"' + bytes + '"', nullptr, false);
  return read.is_string() ? std::optional<std::string>(read.get<std::string>()) : std::nullopt;
}

bool HasMarkup(std::string_view page) {
  for (const std::string_view bracket : {"<", "\\u003c", "\\u003C"})
    if (page.find(bracket) != std::string_view::npos) return true;
  return false;
}

class Checker {
 public:
  Checker(const v1::Document& document, std::string_view page, MapReport& report)
      : document_(document),
        text_(document.text()),
        page_(page),
        charset_(document.source().charset()),
        map_(document.source_map()),
        report_(report) {}

  void Run() {
    const std::vector<SourceRun>& runs = map_.runs();
    for (size_t i = 0; i < runs.size(); ++i) {
      FindBlock(runs[i].text.begin);
      const std::optional<Share> share = ShareOf(i);
      share ? Count(*share, TextOf(runs[i])) : Wrong(runs[i]);
    }
  }

 private:
  std::string_view TextOf(const SourceRun& run) const { return text_.substr(run.text.begin, run.text.size()); }
  std::string_view BytesOf(const SourceRun& run) const { return page_.substr(run.source.begin, run.source.size()); }

  // What the run is, where it is what it claims to be.
  std::optional<Share> ShareOf(size_t i) const {
    const SourceRun& run = map_.runs()[i];
    if (run.source.end > page_.size()) return std::nullopt;
    switch (run.kind) {
      case v1::SourceMap::VERBATIM: return If(BytesOf(run) == TextOf(run), Share::kVerbatim);
      case v1::SourceMap::TRANSCODED: return If(testing::Transcode(BytesOf(run), charset_) == TextOf(run), Share::kTranscoded);
      case v1::SourceMap::REWRITTEN: return ShareOfRewritten(run);
      case v1::SourceMap::INSERTED: return ShareOfInserted(i);
    }
    return std::nullopt;
  }

  static std::optional<Share> If(bool true_claim, Share share) { return true_claim ? std::optional<Share>(share) : std::nullopt; }

  std::optional<Share> ShareOfRewritten(const SourceRun& run) const {
    const std::string_view text = TextOf(run);
    const std::string bytes = charset_ == "UTF-8" ? std::string(BytesOf(run)) : testing::Transcode(BytesOf(run), charset_);
    if (const std::optional<Share> share = ShareOfWritten(run, bytes)) return share;
    const std::optional<std::string> unescaped = UnescapedJson(bytes);
    if (!unescaped) return std::nullopt;
    return *unescaped == text ? std::optional<Share>(Share::kJsonEscape) : ShareOfWritten(run, *unescaped);
  }

  std::optional<Share> ShareOfWritten(const SourceRun& run, const std::string& bytes) const {
    const std::string_view text = TextOf(run);
    const std::optional<std::string> read_wrongly = AsLatin1(bytes);
    const bool white = IsWrittenWhite(bytes) || (read_wrongly && IsWhite(*read_wrongly));
    if (white && text == " ") return Share::kCollapsedSpace;
    if (white && text == kBlockSeparator) return If(IsBetweenBlocks(run), Share::kSpaceBetween);
    if (const std::optional<std::string> meant = ReferenceText(bytes)) return If(*meant == text, Share::kReference);
    if (text == kReplacementText) return If(IsIllFormed(BytesOf(run), charset_), Share::kReplacement);
    if (read_wrongly && *read_wrongly == text) return Share::kRepaired;
    return If(TranscodeStateful(page_, run.source, charset_) == text, Share::kTranscoded);
  }

  std::optional<Share> ShareOfInserted(size_t i) const {
    const SourceRun& run = map_.runs()[i];
    const std::string_view text = TextOf(run);
    if (text == kBlockSeparator) return If(IsBetweenBlocks(run), Share::kBlockBorder);
    if (IsBetweenBlocks(run)) return std::nullopt;
    const v1::Block::Role role = document_.blocks(block_).role();
    const bool border =
        text == "|" || text_.substr(run.text.end, 1) == "|" || text_.substr(std::max<uint64_t>(run.text.begin, 1) - 1, 1) == "|";
    if (role == v1::Block::TABLE_ROW && border && (text == "|" || text == " ")) return Share::kCellBorder;
    if (role == v1::Block::CODE && text == "\n") return If(IsMarkupAt(i), Share::kLineBreak);
    return If(text == " " && IsMarkupAt(i), Share::kSpace);
  }

  // An inserted character stands for markup: some must lie between what is before and behind it, unless the page moves its parts.
  bool IsMarkupAt(size_t i) const {
    const std::vector<SourceRun>& runs = map_.runs();
    if (i == 0 || i + 1 == runs.size()) return false;
    const uint64_t begin = runs[i].source.begin;  // where the run before ended
    const uint64_t end = runs[i + 1].kind == v1::SourceMap::INSERTED ? page_.size() : runs[i + 1].source.begin;
    return end < begin || HasMarkup(page_.substr(begin, end - begin));
  }

  // The block that holds the place, or stands before it.
  void FindBlock(uint64_t at) {
    while (block_ + 1 < document_.blocks_size() && document_.blocks(block_ + 1).begin() <= at) ++block_;
  }
  bool IsBetweenBlocks(const SourceRun& run) const {
    return block_ >= document_.blocks_size() || run.text.begin == document_.blocks(block_).end();
  }

  void Count(Share share, std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const CodePoint cp = NextCodePoint(text, at);
      at += cp.size;
      ++report_.characters[static_cast<size_t>(share)];
      report_.white_space[static_cast<size_t>(share)] += IsSpace(cp.value);
    }
  }

  void Wrong(const SourceRun& run) {
    ++report_.wrong;
    if (report_.mistakes.size() >= kMaxMistakes) return;
    report_.mistakes.push_back(document_.source().uri() + ": " + v1::SourceMap::Kind_Name(run.kind) + " text " + Shown(TextOf(run)) +
                               " at " + std::to_string(run.text.begin) + " claims bytes " + std::to_string(run.source.begin) + " to " +
                               std::to_string(run.source.end) + ", which are " +
                               Shown(run.source.end > page_.size() ? std::string_view() : BytesOf(run)));
  }

  const v1::Document& document_;
  const std::string_view text_;
  const std::string_view page_;
  const std::string charset_;
  const SourceMapView map_;
  MapReport& report_;
  int block_ = 0;
};

}  // namespace

std::string_view ShareName(Share share) {
  switch (share) {
    case Share::kVerbatim: return "bytes of the page";
    case Share::kTranscoded: return "decoded from the charset";
    case Share::kReference: return "character references";
    case Share::kJsonEscape: return "escapes of JSON";
    case Share::kRepaired: return "UTF-8 read as Latin-1 before";
    case Share::kReplacement: return "U+FFFD for broken bytes";
    case Share::kCollapsedSpace: return "collapsed white space";
    case Share::kSpaceBetween: return "empty line, from white space";
    case Share::kBlockBorder: return "empty line, inserted";
    case Share::kCellBorder: return "border of cells, inserted";
    case Share::kLineBreak: return "line break for br, inserted";
    case Share::kSpace: return "space between elements, inserted";
  }
  return {};
}

void CheckPageMap(const v1::Document& document, std::string_view page, MapReport& report) { Checker(document, page, report).Run(); }

}  // namespace garner::pages
