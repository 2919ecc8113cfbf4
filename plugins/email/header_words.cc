#include "header_words.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ascii.h"
#include "garner/decoded_text.h"
#include "garner/utf8.h"
#include "transfer_encoding.h"

namespace garner::email {
namespace {

struct EncodedWord {
  std::string charset;
  std::string bytes;
  size_t size = 0;  // of the whole word in the header
};

// "=?charset*language?B?...?=" at text[at]. Words longer than the standard's 75 characters are common.
std::optional<EncodedWord> ReadEncodedWord(std::string_view text, size_t at) {
  if (text.substr(at, 2) != "=?") return std::nullopt;
  const size_t charset_end = text.find_first_of("? \t\r\n", at + 2);
  if (charset_end == std::string_view::npos || text[charset_end] != '?' || charset_end + 2 >= text.size() || text[charset_end + 2] != '?') return std::nullopt;
  const char encoding = LowerAscii(text[charset_end + 1]);
  if (encoding != 'b' && encoding != 'q') return std::nullopt;
  const size_t begin = charset_end + 3;
  // Senders leave raw spaces in Q words; a line end ends any word.
  const size_t end = text.find_first_of(encoding == 'b' ? std::string_view("? \t\r\n") : std::string_view("?\r\n"), begin);
  if (end == std::string_view::npos || text.substr(end, 2) != "?=") return std::nullopt;
  EncodedWord word;
  const std::string_view label = text.substr(at + 2, charset_end - at - 2);
  word.charset = Lower(label.substr(0, label.find('*')));
  const std::string_view content = text.substr(begin, end - begin);
  word.bytes = encoding == 'b' ? DecodeBase64(content) : DecodeQ(content);
  word.size = end + 2 - at;
  return word;
}

// Neighbouring words of one charset are decoded together: a character may be cut in two between them.
class WordJoiner {
 public:
  template <typename Take>
  void Add(EncodedWord word, Take&& take) {
    if (word.charset != charset_) Flush(take);
    charset_ = std::move(word.charset);
    bytes_ += word.bytes;
    open_ = true;
  }

  template <typename Take>
  void Flush(Take&& take) {
    if (!open_) return;
    take(DecodeBytes(bytes_, charset_));
    bytes_.clear();
    charset_.clear();
    open_ = false;
  }

  bool open() const { return open_; }

 private:
  bool open_ = false;
  std::string charset_;
  std::string bytes_;
};

bool IsSpaceByte(char c) { return IsBlank(c) || IsLineEnd(c); }

// Calls `plain` with each stretch outside encoded words and `decoded` with each text made of them. White space between two words is
// nothing (RFC 2047).
template <typename Plain, typename Decoded>
void SplitWords(std::string_view text, Plain&& plain, Decoded&& decoded) {
  WordJoiner joiner;
  size_t from = 0;
  for (size_t at = 0; at < text.size();) {
    at = text.find("=?", at);
    if (at == std::string_view::npos) break;
    std::optional<EncodedWord> word = ReadEncodedWord(text, at);
    if (!word) {
      at += 2;
      continue;
    }
    const std::string_view between = text.substr(from, at - from);
    const bool only_space = std::all_of(between.begin(), between.end(), IsSpaceByte);
    if (!joiner.open() || !only_space) {
      joiner.Flush(decoded);
      if (!between.empty()) plain(between);
    }
    at += word->size;
    from = at;
    joiner.Add(*std::move(word), decoded);
  }
  joiner.Flush(decoded);
  if (from < text.size()) plain(text.substr(from));
}

std::string CollapseSpace(std::string_view text) {
  std::string made;
  bool space = false;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (IsSpace(cp.value)) {
      space = true;
    } else if (!IsControl(cp.value)) {
      if (space && !made.empty()) made.push_back(' ');
      space = false;
      made.append(text.substr(at, cp.size));
    }
    at += cp.size;
  }
  return made;
}

// For a quoted string: what was decoded may hold anything.
std::string EscapeQuoted(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (IsLineEnd(c) || c == '\0') continue;
    if (c == '"' || c == '\\') made.push_back('\\');
    made.push_back(c);
  }
  return made;
}

// Whether a quoted string is open behind `text`, where it was `inside` before.
bool InsideQuotes(std::string_view text, bool inside) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      inside = !inside;
    }
  }
  return inside;
}

std::string DecodePercent(std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? HexValue(text[at + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[at + 2]) : -1;
    if (low < 0) {
      bytes.push_back(text[at]);
    } else {
      bytes.push_back(static_cast<char>(high * 16 + low));
      at += 2;
    }
  }
  return bytes;
}

struct RawParameter {
  std::string name;
  std::string value;
};

void SkipSpaceAndComments(std::string_view text, size_t& at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(') {
      ++depth;
    } else if (c == ')' && depth > 0) {
      --depth;
    } else if (c == '\\' && depth > 0) {
      ++at;
    } else if (depth == 0 && !IsSpaceByte(c)) {
      return;
    }
  }
}

std::string ReadValue(std::string_view text, size_t& at) {
  std::string value;
  if (at < text.size() && text[at] == '"') {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      if (!IsLineEnd(text[at])) value.push_back(text[at]);
    }
    if (at < text.size()) ++at;
    return value;
  }
  const size_t end = std::min(text.find(';', at), text.size());
  value = std::string(TrimAscii(text.substr(at, end - at)));
  at = end;
  return value;
}

std::vector<RawParameter> ReadParameters(std::string_view text, size_t at) {
  std::vector<RawParameter> read;
  while (at < text.size()) {
    SkipSpaceAndComments(text, at);
    if (at < text.size() && text[at] == ';') {
      ++at;
      continue;
    }
    const size_t name_end = text.find_first_of("=;", at);
    if (name_end == std::string_view::npos) break;
    if (text[name_end] == ';') {
      at = name_end;
      continue;
    }
    RawParameter parameter{Lower(TrimAscii(text.substr(at, name_end - at))), {}};
    at = name_end + 1;
    SkipSpaceAndComments(text, at);
    parameter.value = ReadValue(text, at);
    at = std::min(text.find(';', at), text.size());
    if (!parameter.name.empty()) read.push_back(std::move(parameter));
  }
  return read;
}

// "name*1*": the plain name, the number of the piece, and whether it is percent-encoded.
struct Piece {
  std::string name;
  unsigned number = 0;
  bool encoded = false;
};

Piece ReadPieceName(std::string_view name) {
  Piece piece;
  if (!name.empty() && name.back() == '*') {
    piece.encoded = true;
    name.remove_suffix(1);
  }
  const size_t star = name.find('*');
  piece.name = std::string(name.substr(0, star));
  if (star == std::string_view::npos) return piece;
  for (const char c : name.substr(star + 1)) piece.number = IsDigit(c) && piece.number < 1000 ? piece.number * 10 + static_cast<unsigned>(c - '0') : piece.number;
  return piece;
}

// The pieces of one parameter in order; the first encoded one begins with "charset'language'".
std::string JoinPieces(std::vector<std::pair<Piece, std::string>>& pieces) {
  std::stable_sort(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.first.number < b.first.number; });
  std::string charset;
  std::string bytes;
  for (size_t i = 0; i < pieces.size(); ++i) {
    std::string_view value = pieces[i].second;
    if (!pieces[i].first.encoded) {
      bytes += value;
      continue;
    }
    const size_t first = i == 0 ? value.find('\'') : std::string_view::npos;
    const size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
    if (second != std::string_view::npos) {
      charset = std::string(value.substr(0, first));
      value = value.substr(second + 1);
    }
    bytes += DecodePercent(value);
  }
  return DecodeBytes(bytes, charset);
}

}  // namespace

std::string DecodeBytes(std::string_view bytes, std::string_view charset) {
  if (bytes.empty()) return {};
  const Result<DecodedText> decoded = DecodeText(bytes, {.declared = std::string(charset), .declared_inside = ""});
  return SanitizeUtf8(decoded.ok() ? decoded->text() : bytes);
}

std::string DecodeHeader(std::string_view value) {
  std::string text;
  SplitWords(value, [&](std::string_view plain) { text += DecodeBytes(plain, ""); }, [&](const std::string& decoded) { text += decoded; });
  return CollapseSpace(text);
}

std::string DecodeAddressHeader(std::string_view value) {
  std::string text;
  bool inside = false;
  SplitWords(
      value,
      [&](std::string_view plain) {
        inside = InsideQuotes(plain, inside);
        text += DecodeBytes(plain, "");
      },
      [&](const std::string& decoded) { text += inside ? EscapeQuoted(decoded) : '"' + EscapeQuoted(decoded) + '"'; });
  return CollapseSpace(text);
}

std::string Parameters::Get(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

Parameters ParseParameters(std::string_view header) {
  Parameters made;
  size_t at = 0;
  SkipSpaceAndComments(header, at);
  const size_t end = std::min(header.find_first_of(";(", at), header.size());
  made.value = Lower(TrimAscii(header.substr(at, end - at)));
  std::map<std::string, std::vector<std::pair<Piece, std::string>>> pieces;
  for (RawParameter& raw : ReadParameters(header, end)) {
    if (raw.name.find('*') == std::string::npos) {
      // Encoded words in parameters are against the standard, and what most programs write.
      made.parameters.emplace(raw.name, DecodeHeader(raw.value));
      continue;
    }
    Piece piece = ReadPieceName(raw.name);
    std::string name = piece.name;
    pieces[name].emplace_back(std::move(piece), std::move(raw.value));
  }
  for (auto& [name, parts] : pieces) made.parameters[name] = JoinPieces(parts);
  return made;
}

}  // namespace garner::email
