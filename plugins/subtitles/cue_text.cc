#include "cue_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "garner/utf8.h"

namespace garner_plugins::subtitles {
namespace {

using garner::Span;

constexpr std::string_view kTags[] = {"b", "i", "u", "s", "c", "v", "br", "em", "rt", "font", "lang", "ruby", "span", "strong"};

constexpr std::pair<std::string_view, char32_t> kReferences[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"lrm", 0x200E}, {"rlm", 0x200F}};
constexpr size_t kLongestReference = 8;  // &#x1F600 without the semicolon

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// "#233" or "amp".
std::optional<char32_t> CharacterOf(std::string_view name) {
  for (const auto& [known, value] : kReferences)
    if (known == name) return value;
  if (name.empty() || name[0] != '#') return std::nullopt;
  name.remove_prefix(1);
  const bool hex = !name.empty() && (name[0] == 'x' || name[0] == 'X');
  if (hex) name.remove_prefix(1);
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), value, hex ? 16 : 10);
  const bool character = value >= ' ' && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  if (error != std::errc() || end != name.data() + name.size() || !character) return std::nullopt;
  return value;
}

class Reader {
 public:
  Reader(std::string_view text, Span line) : text_(text.substr(0, line.end)), at_(line.begin), from_(line.begin) {}

  std::vector<Piece> Read() {
    while (at_ < text_.size()) {
      const size_t mark = std::min(text_.find_first_of("<{&", at_), text_.size());
      at_ = mark;
      if (mark == text_.size()) break;
      const bool taken = text_[mark] == '<' ? TakeTag() : text_[mark] == '{' ? TakeOverride() : TakeReference();
      if (!taken) ++at_;
    }
    AddText(at_);
    return std::move(pieces_);
  }

 private:
  // `end`: after the last byte of what begins at at_.
  void Add(Piece::Kind kind, size_t end, char32_t character = 0) {
    AddText(at_);
    pieces_.push_back({kind, character, {at_, end}});
    at_ = from_ = end;
  }
  void AddText(size_t end) {
    if (end > from_) pieces_.push_back({Piece::kText, 0, {from_, end}});
    from_ = end;
  }

  // Where the mark that closes what begins at at_ stands; npos where another opening mark comes first.
  size_t FindClosing(const char* marks) const {
    const size_t end = text_.find_first_of(marks, at_ + 1);
    return end != std::string_view::npos && text_[end] == marks[1] ? end : std::string_view::npos;
  }

  bool TakeTag() {
    const size_t closing = FindClosing("<>");
    if (closing == std::string_view::npos) return false;
    std::string_view tag = text_.substr(at_ + 1, closing - at_ - 1);
    const bool ends = !tag.empty() && tag[0] == '/';
    if (ends) tag.remove_prefix(1);
    const std::string name = Lower(tag.substr(0, tag.find_first_of(" \t./:")));
    const bool time = !name.empty() && std::all_of(name.begin(), name.end(), IsDigit) && tag.find(':') != std::string_view::npos;
    if (!time && std::find(std::begin(kTags), std::end(kTags), name) == std::end(kTags)) return false;
    if (name == "br") {
      Add(Piece::kCharacter, closing + 1, ' ');
    } else if (name == "v" && !ends) {
      Add(Piece::kVoice, closing + 1);
    } else if (name == "rt" && !ends) {
      TakeRuby(closing + 1);
    } else {
      Add(Piece::kTag, closing + 1);
    }
    return true;
  }

  // How the characters before are pronounced: not a part of the sentence. Up to the next tag.
  void TakeRuby(size_t begin) {
    Add(Piece::kTag, begin);
    const size_t end = std::min(text_.find('<', begin), text_.size());
    if (end > begin) Add(Piece::kRubyText, end);
  }

  // {\an8}, of SubStation files that became SubRip.
  bool TakeOverride() {
    const size_t closing = text_.substr(at_, 2) == "{\\" ? FindClosing("{}") : std::string_view::npos;
    if (closing == std::string_view::npos) return false;
    Add(Piece::kOverrideCode, closing + 1);
    return true;
  }

  bool TakeReference() {
    const size_t semicolon = text_.substr(at_ + 1, kLongestReference + 1).find(';');
    if (semicolon == std::string_view::npos) return false;
    const std::optional<char32_t> character = CharacterOf(text_.substr(at_ + 1, semicolon));
    if (!character) return false;
    Add(Piece::kCharacter, at_ + semicolon + 2, *character);
    return true;
  }

  const std::string_view text_;
  size_t at_;
  size_t from_;  // text since here is not yet a piece
  std::vector<Piece> pieces_;
};

}  // namespace

std::string_view RuleOf(Piece::Kind kind) {
  switch (kind) {
    case Piece::kRubyText: return "ruby_text";
    case Piece::kOverrideCode: return "override_code";
    case Piece::kRepeatedLine: return "repeated_line";
    default: return "tag";
  }
}

std::string_view VoiceName(std::string_view tag) {
  const size_t space = tag.find_first_of(" \t");
  if (space == std::string_view::npos) return {};
  return garner::Trim(tag.substr(space, tag.size() - space - 1));
}

std::vector<Piece> ReadCueText(std::string_view text, Span line) { return Reader(text, line).Read(); }

}  // namespace garner_plugins::subtitles
