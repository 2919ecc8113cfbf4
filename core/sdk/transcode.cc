#include "transcode.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <array>
#include <cassert>
#include <memory>

#include "charset_names.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using v1::SourceMap;

// Appends characters and keeps the runs that tile them as few as possible.
class RunWriter {
 public:
  explicit RunWriter(size_t bytes) { made_.text.reserve(bytes + bytes / 8); }

  // Bytes of the payload that are the text.
  void Verbatim(std::string_view payload, size_t begin, size_t end) {
    if (begin == end) return;
    const size_t at = made_.text.size();
    made_.text.append(payload.substr(begin, end - begin));
    Record(SourceMap::VERBATIM, {at, made_.text.size()}, {begin, end}, 1, 1);
  }
  void Character(char32_t value, Span source) {
    const size_t at = made_.text.size();
    AppendUtf8(value, made_.text);
    Record(SourceMap::TRANSCODED, {at, made_.text.size()}, source, made_.text.size() - at, source.size());
    ++made_.beyond_ascii;
  }
  // A character that its bytes alone do not decode to.
  void Rewritten(char32_t value, Span source) {
    const size_t at = made_.text.size();
    AppendUtf8(value, made_.text);
    Record(SourceMap::REWRITTEN, {at, made_.text.size()}, source, made_.text.size() - at, source.size());
    ++made_.beyond_ascii;
  }
  void IllFormed(Span source) {
    Rewritten(kReplacementCharacter, source);
    --made_.beyond_ascii;
    ++made_.ill_formed;
  }
  // One more character from the bytes of the one before: a letter and its combining mark.
  void Continuation(char32_t value) {
    if (made_.runs.empty()) return;
    SplitLastUnit();
    const size_t at = made_.text.size();
    AppendUtf8(value, made_.text);
    SourceRun& last = made_.runs.back();
    last.kind = SourceMap::REWRITTEN;
    last.text.end += made_.text.size() - at;
    last.text_unit = last.text.size();
    last.source_unit = last.source.size();
  }
  Transcoded Take() { return std::move(made_); }

 private:
  void Record(SourceMap::Kind kind, Span text, Span source, uint64_t text_unit, uint64_t source_unit) {
    if (!made_.runs.empty()) {
      SourceRun& last = made_.runs.back();
      const bool continues = last.divisible() && last.kind == kind && last.text_unit == text_unit && last.source_unit == source_unit &&
                             last.source.end == source.begin;
      if (continues) {
        last.text.end = text.end;
        last.source.end = source.end;
        return;
      }
    }
    made_.runs.push_back({kind, text, source, text_unit, source_unit});
  }
  void SplitLastUnit() {
    SourceRun& run = made_.runs.back();
    if (!run.divisible() || run.text.size() == run.text_unit) return;
    SourceRun unit = run;
    run.text.end -= run.text_unit;
    run.source.end -= run.source_unit;
    unit.text.begin = run.text.end;
    unit.source.begin = run.source.end;
    made_.runs.push_back(unit);
  }

  Transcoded made_;
};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter OpenConverter(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &error));
  assert(U_SUCCESS(error));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  return converter;
}

Transcoded FromUtf8(std::string_view payload, size_t from) {
  RunWriter writer(payload.size());
  size_t begin = from;
  size_t at = from;
  uint64_t beyond_ascii = 0;
  while (at < payload.size()) {
    const CodePoint cp = NextCodePoint(payload, at);
    beyond_ascii += cp.valid && cp.size > 1;
    if (!cp.valid) {
      writer.Verbatim(payload, begin, at);
      writer.IllFormed({at, at + cp.size});
      begin = at + cp.size;
    }
    at += cp.size;
  }
  writer.Verbatim(payload, begin, payload.size());
  Transcoded made = writer.Take();
  made.beyond_ascii = beyond_ascii;
  return made;
}

uint32_t Unit(std::string_view payload, size_t at, size_t width, bool big_endian) {
  uint32_t unit = 0;
  for (size_t i = 0; i < width; ++i) {
    const auto byte = static_cast<unsigned char>(payload[at + (big_endian ? i : width - 1 - i)]);
    unit = (unit << 8) | byte;
  }
  return unit;
}

bool IsSurrogate(uint32_t unit) { return unit >= 0xD800 && unit <= 0xDFFF; }

Transcoded FromUtf16(std::string_view payload, size_t from, bool big_endian) {
  RunWriter writer(payload.size());
  size_t at = from;
  while (at + 2 <= payload.size()) {
    const uint32_t unit = Unit(payload, at, 2, big_endian);
    if (!IsSurrogate(unit)) {
      writer.Character(unit, {at, at + 2});
      at += 2;
      continue;
    }
    const uint32_t low = at + 4 <= payload.size() ? Unit(payload, at + 2, 2, big_endian) : 0;
    if (unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
      writer.Character(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), {at, at + 4});
      at += 4;
    } else {
      writer.IllFormed({at, at + 2});
      at += 2;
    }
  }
  if (at < payload.size()) writer.IllFormed({at, payload.size()});
  return writer.Take();
}

Transcoded FromUtf32(std::string_view payload, size_t from, bool big_endian) {
  RunWriter writer(payload.size() / 2);
  size_t at = from;
  for (; at + 4 <= payload.size(); at += 4) {
    const uint32_t unit = Unit(payload, at, 4, big_endian);
    if (unit > 0x10FFFF || IsSurrogate(unit)) {
      writer.IllFormed({at, at + 4});
    } else {
      writer.Character(unit, {at, at + 4});
    }
  }
  if (at < payload.size()) writer.IllFormed({at, payload.size()});
  return writer.Take();
}

// A table of 256 characters, made once a payload: many times faster than a call of ICU a character.
Transcoded FromSingleByte(UConverter* converter, std::string_view payload, size_t from) {
  constexpr char32_t kNone = 0xFFFFFFFF;
  std::array<char32_t, 256> table{};
  for (size_t byte = 0; byte < table.size(); ++byte) {
    const char c = static_cast<char>(byte);
    const char* at = &c;
    UErrorCode error = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    const UChar32 value = ucnv_getNextUChar(converter, &at, &c + 1, &error);
    table[byte] = U_SUCCESS(error) ? static_cast<char32_t>(value) : kNone;
  }
  const auto stays = [&](unsigned char byte) { return byte < 0x80 && table[byte] == byte; };
  RunWriter writer(payload.size());
  size_t at = from;
  while (at < payload.size()) {
    const size_t begin = at;
    while (at < payload.size() && stays(static_cast<unsigned char>(payload[at]))) ++at;
    writer.Verbatim(payload, begin, at);
    if (at == payload.size()) break;
    const char32_t value = table[static_cast<unsigned char>(payload[at])];
    if (value == kNone) {
      writer.IllFormed({at, at + 1});
    } else {
      writer.Character(value, {at, at + 1});
    }
    ++at;
  }
  return writer.Take();
}

Transcoded FromMultiByte(UConverter* converter, std::string_view payload, size_t from, bool stateful) {
  RunWriter writer(payload.size());
  const char* const begin = payload.data();
  const char* const end = begin + payload.size();
  const char* at = begin + from;
  while (true) {
    const char* const before = at;
    UErrorCode error = U_ZERO_ERROR;
    const UChar32 value = ucnv_getNextUChar(converter, &at, end, &error);
    const Span source{static_cast<size_t>(before - begin), static_cast<size_t>(at - begin)};
    if (error == U_INDEX_OUTOFBOUNDS_ERROR) break;
    if (U_FAILURE(error)) {
      if (source.empty()) break;  // an error that takes no byte would come again for ever
      writer.IllFormed(source);
    } else if (source.empty()) {
      writer.Continuation(static_cast<char32_t>(value));
    } else if (source.size() == 1 && value < 0x80 && value == static_cast<unsigned char>(*before)) {
      writer.Verbatim(payload, source.begin, source.end);
    } else if (stateful) {
      writer.Rewritten(static_cast<char32_t>(value), source);
    } else {
      writer.Character(static_cast<char32_t>(value), source);
    }
  }
  return writer.Take();
}

}  // namespace

Transcoded TranscodeFrom(std::string_view payload, size_t from, const std::string& charset) {
  if (charset == "UTF-8") return FromUtf8(payload, from);
  if (charset == "UTF-16LE" || charset == "UTF-16BE") return FromUtf16(payload, from, charset == "UTF-16BE");
  if (charset == "UTF-32LE" || charset == "UTF-32BE") return FromUtf32(payload, from, charset == "UTF-32BE");
  const Converter converter = OpenConverter(charset);
  const UConverterType type = ucnv_getType(converter.get());
  if (type == UCNV_SBCS || type == UCNV_LATIN_1 || type == UCNV_US_ASCII) return FromSingleByte(converter.get(), payload, from);
  return FromMultiByte(converter.get(), payload, from, type != UCNV_MBCS && type != UCNV_DBCS);
}

}  // namespace garner
