#include "transfer_encoding.h"

#include <algorithm>
#include <array>

#include "ascii.h"

namespace garner::email {
namespace {

constexpr int8_t kPadding = -2;

constexpr std::array<int8_t, 256> kBase64 = [] {
  std::array<int8_t, 256> table{};
  for (int8_t& value : table) value = -1;
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = static_cast<int8_t>(i);
  table['='] = kPadding;
  return table;
}();

int8_t Base64Value(char c) { return kBase64[static_cast<unsigned char>(c)]; }

// Joins what continues the last stretch.
void AddStretch(std::vector<Stretch>& stretches, const Stretch& added) {
  if (added.decoded.empty()) return;
  if (!stretches.empty()) {
    Stretch& last = stretches.back();
    const bool whole = last.decoded.size() * last.source_unit == last.source.size() * last.decoded_unit;
    if (whole && last.source.end == added.source.begin && last.decoded_unit == added.decoded_unit && last.source_unit == added.source_unit) {
      last.decoded.end = added.decoded.end;
      last.source.end = added.source.end;
      return;
    }
  }
  stretches.push_back(added);
}

// Four characters to three bytes. Fewer of them, padded or cut off, give fewer bytes.
class Quantum {
 public:
  bool Add(int8_t value) {
    bits_ = bits_ << 6 | static_cast<uint32_t>(value);
    return ++count_ == 4;
  }
  size_t Flush(std::string& out) {
    const size_t bytes = count_ * 6 / 8;
    const uint32_t left = bits_ << (24 - count_ * 6);
    for (size_t i = 0; i < bytes; ++i) out.push_back(static_cast<char>(left >> (16 - 8 * i)));
    bits_ = 0;
    count_ = 0;
    return bytes;
  }
  bool empty() const { return count_ == 0; }

 private:
  uint32_t bits_ = 0;
  unsigned count_ = 0;
};

// A line of nothing but base64, white space at its edges aside.
bool IsBase64Line(std::string_view line) {
  line = TrimAscii(line);
  return std::all_of(line.begin(), line.end(), [](char c) { return Base64Value(c) != -1; });
}

void AppendAsIs(std::string_view payload, Span rest, Transferred& made) {
  const uint64_t at = made.owned.size();
  made.owned.append(payload.substr(rest.begin, rest.size()));
  AddStretch(made.stretches, {{at, made.owned.size()}, rest, 1, 1});
}

Transferred UndoBase64(std::string_view payload, Span body) {
  Transferred made;
  made.copied = true;
  made.owned.reserve(body.size() / 4 * 3);
  Quantum quantum;
  uint64_t begin = body.begin;  // of the quantum
  uint64_t last_end = 0;        // of the one before
  const auto flush = [&](uint64_t end) {
    const uint64_t from = made.owned.size();
    const size_t bytes = quantum.Flush(made.owned);
    // A quantum with a line end before it or inside is longer than four characters: a unit of its own.
    AddStretch(made.stretches, {{from, from + bytes}, {begin, end}, 3, static_cast<uint32_t>(end - begin)});
    last_end = end;
  };
  for (uint64_t at = body.begin; at < body.end;) {
    const uint64_t line_end = std::min<uint64_t>(payload.substr(0, body.end).find('\n', at), body.end - 1) + 1;
    if (!IsBase64Line(payload.substr(at, line_end - at))) {
      ++made.broken;
      if (!quantum.empty()) flush(at);
      AppendAsIs(payload, {at, body.end}, made);
      return made;
    }
    for (; at < line_end; ++at) {
      const int8_t value = Base64Value(payload[at]);
      if (value == -1) continue;
      if (value == kPadding) {
        if (quantum.empty()) continue;
        while (at + 1 < line_end && payload[at + 1] == '=') ++at;
        flush(at + 1);
        continue;
      }
      if (quantum.empty()) begin = last_end > 0 ? last_end : at;
      if (quantum.Add(value)) flush(at + 1);
    }
  }
  if (!quantum.empty()) flush(body.end);
  return made;
}

// Where a soft line break at text[at], a '=', ends; 0 where it is none.
size_t SoftBreakEnd(std::string_view text, size_t at) {
  for (++at; at < text.size() && IsBlank(text[at]); ++at) {
  }
  if (at == text.size()) return at;
  if (text[at] == '\n') return at + 1;
  if (text[at] != '\r') return 0;
  return at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1;
}

bool IsEncodedByte(std::string_view text, size_t at) { return at + 2 < text.size() && HexValue(text[at + 1]) >= 0 && HexValue(text[at + 2]) >= 0; }
char EncodedByte(std::string_view text, size_t at) { return static_cast<char>(HexValue(text[at + 1]) * 16 + HexValue(text[at + 2])); }

// Blanks before a line end would make "=   =   =" quadratic: a soft break is looked for once a stretch of blanks.
Transferred UndoQuotedPrintable(std::string_view payload, Span body) {
  Transferred made;
  made.copied = true;
  made.owned.reserve(body.size());
  const std::string_view text = payload.substr(0, body.end);
  uint64_t at = body.begin;
  while (at < body.end) {
    const uint64_t equals = std::min<uint64_t>(text.find('=', at), body.end);
    if (equals > at) AppendAsIs(payload, {at, equals}, made);
    at = equals;
    if (at == body.end) break;
    if (IsEncodedByte(text, at)) {
      const uint64_t from = made.owned.size();
      made.owned.push_back(EncodedByte(text, at));
      AddStretch(made.stretches, {{from, from + 1}, {at, at + 3}, 1, 3});
      at += 3;
    } else if (const size_t end = SoftBreakEnd(text, at); end > 0) {
      at = end;
    } else {
      ++made.broken;
      AppendAsIs(payload, {at, at + 1}, made);
      ++at;
    }
  }
  return made;
}

}  // namespace

TransferEncoding TransferEncodingByName(std::string_view name) {
  const std::string lower = Lower(TrimAscii(name.substr(0, name.find_first_of("(;"))));
  if (lower.empty() || lower == "7bit" || lower == "8bit" || lower == "binary" || lower == "7-bit" || lower == "8-bit") return TransferEncoding::kNone;
  if (lower == "quoted-printable") return TransferEncoding::kQuotedPrintable;
  if (lower == "base64") return TransferEncoding::kBase64;
  return TransferEncoding::kUnknown;
}

uint64_t MostBytes(Span body, TransferEncoding encoding) { return encoding == TransferEncoding::kBase64 ? body.size() / 4 * 3 + 3 : body.size(); }

Transferred UndoTransferEncoding(std::string_view payload, Span body, TransferEncoding encoding) {
  if (encoding == TransferEncoding::kBase64) return UndoBase64(payload, body);
  if (encoding == TransferEncoding::kQuotedPrintable) return UndoQuotedPrintable(payload, body);
  Transferred made;
  made.view = payload.substr(body.begin, body.size());
  if (!body.empty()) made.stretches.push_back({{0, body.size()}, body, 1, 1});
  return made;
}

std::string DecodeBase64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  Quantum quantum;
  for (const char c : text) {
    const int8_t value = Base64Value(c);
    if (value == kPadding) quantum.Flush(bytes);
    if (value >= 0 && quantum.Add(value)) quantum.Flush(bytes);
  }
  quantum.Flush(bytes);
  return bytes;
}

std::string DecodeQuotedPrintable(std::string_view text) { return UndoQuotedPrintable(text, {0, text.size()}).owned; }

std::string DecodeQ(std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '_') {
      bytes.push_back(' ');
    } else if (text[at] == '=' && IsEncodedByte(text, at)) {
      bytes.push_back(EncodedByte(text, at));
      at += 2;
    } else {
      bytes.push_back(text[at]);
    }
  }
  return bytes;
}

}  // namespace garner::email
