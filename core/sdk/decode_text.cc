#include <optional>
#include <utility>

#include "charset_detection.h"
#include "charset_names.h"
#include "garner/decoded_text.h"
#include "garner/utf8.h"
#include "misread_utf8.h"
#include "transcode.h"

namespace garner {
namespace {

// Of so many characters beyond ASCII one may be ill-formed where a declared charset is believed.
constexpr uint64_t kCharactersPerError = 10;
constexpr size_t kBinaryLookBytes = 64 * 1024;

DecodedText ViewAsUtf8(std::string_view payload, size_t from, std::string evidence) {
  const std::string_view text = payload.substr(from);
  if (MisreadUtf8 misread = DecodeMisreadUtf8(text, from); !misread.text.empty())
    return DecodedText(std::move(misread.text), {}, std::move(misread.runs), "UTF-8", std::move(evidence));
  std::vector<SourceRun> runs;
  if (!text.empty()) runs.push_back({v1::SourceMap::VERBATIM, {0, text.size()}, {from, payload.size()}, 1, 1});
  return DecodedText({}, text, std::move(runs), "UTF-8", std::move(evidence));
}

DecodedText Made(Transcoded made, std::string charset, std::string evidence) {
  return DecodedText(std::move(made.text), {}, std::move(made.runs), std::move(charset), std::move(evidence));
}

DecodedText DecodeAs(std::string_view payload, size_t from, std::string charset, std::string evidence) {
  if (charset == "UTF-8" && IsValidUtf8(payload.substr(from))) return ViewAsUtf8(payload, from, std::move(evidence));
  Transcoded made = TranscodeFrom(payload, from, charset);
  return Made(std::move(made), std::move(charset), std::move(evidence));
}

// Text of seven bits a byte is valid UTF-8 and yet may be ISO-2022-JP or HZ.
std::optional<DecodedText> DecodeSevenBit(std::string_view payload, const CharsetHint& hint) {
  std::string evidence = "uchardet";
  std::string charset = CharsetByEscapes(payload);
  const std::string declared = CanonicalCharset(hint.declared.empty() ? hint.declared_inside : hint.declared);
  if (IsStateful(declared) && (!charset.empty() || payload.find("~{") != std::string_view::npos)) {
    charset = declared;
    evidence = "declared";
  }
  if (charset.empty()) return std::nullopt;
  Transcoded made = TranscodeFrom(payload, 0, charset);
  if (made.ill_formed > 0) return std::nullopt;
  return Made(std::move(made), std::move(charset), std::move(evidence));
}

// What is declared may be a lie: it is believed where the bytes fit.
std::optional<DecodedText> DecodeDeclared(std::string_view payload, const std::string& label) {
  std::string charset = CanonicalCharset(label);
  if (charset.empty() || charset == "UTF-8") return std::nullopt;
  Transcoded made = TranscodeFrom(payload, 0, charset);
  if (made.ill_formed * kCharactersPerError > made.beyond_ascii) return std::nullopt;
  return Made(std::move(made), std::move(charset), "declared");
}

// So many bytes that a byte can count them: then the compiler takes many of them at a time.
constexpr size_t kStretch = 255;

uint8_t CountBinaryControls(std::string_view stretch) {
  uint8_t controls = 0;
  for (const char c : stretch) {
    const auto byte = static_cast<uint8_t>(c);
    // White space; backspace; the escapes of ISO-2022 (0E 0F 1B); the end-of-file mark of DOS (1A).
    const bool text = (byte >= 0x20) | ((byte & 0xF8) == 0x08) | (byte == 0x1A) | (byte == 0x1B);
    controls = static_cast<uint8_t>(controls + !text);
  }
  return controls;
}

}  // namespace

Result<DecodedText> DecodeText(std::string_view payload, const CharsetHint& hint) {
  if (std::optional<ByteOrderMark> mark = FindByteOrderMark(payload)) return DecodeAs(payload, mark->size, std::move(mark->charset), "bom");
  if (std::string wide = WideCharsetByNulls(payload); !wide.empty()) return DecodeAs(payload, 0, std::move(wide), "null_pattern");
  if (IsValidUtf8(payload)) {
    if (std::optional<DecodedText> decoded = DecodeSevenBit(payload, hint)) return *std::move(decoded);
    return ViewAsUtf8(payload, 0, "valid_utf8");
  }
  if (IsNearlyUtf8(payload)) return DecodeAs(payload, 0, "UTF-8", "valid_utf8");

  if (std::optional<DecodedText> decoded = DecodeDeclared(payload, hint.declared)) return *std::move(decoded);
  // Whoever could read the declaration inside did not read UTF-16.
  if (!IsWide(CanonicalCharset(hint.declared_inside)))
    if (std::optional<DecodedText> decoded = DecodeDeclared(payload, hint.declared_inside)) return *std::move(decoded);

  if (LooksBinary(payload))
    return Status(StatusKind::kInvalidInput, "the bytes are no text in any charset: they contain control bytes that text does not use; declare a charset or leave the file out");
  Guess guess = GuessCharset(payload);
  if (guess.charset.empty())
    return Status(StatusKind::kInvalidInput, "no charset can be named for the bytes: they are not valid UTF-8, none is declared, and no detector knows them");
  return DecodeAs(payload, 0, std::move(guess.charset), std::move(guess.evidence));
}

bool LooksBinary(std::string_view payload) {
  if (FindByteOrderMark(payload) || !WideCharsetByNulls(payload).empty()) return false;
  const std::string_view look = payload.substr(0, kBinaryLookBytes);
  size_t controls = 0;
  for (size_t at = 0; at < look.size(); at += kStretch) controls += CountBinaryControls(look.substr(at, kStretch));
  return controls > 1 && controls * 32 > look.size();
}

}  // namespace garner
