#include "charset_detection.h"

#include <uchardet/uchardet.h>
#include <unicode/uchar.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>
#include <type_traits>
#include <utility>

#include "charset_names.h"
#include "garner/utf8.h"

namespace garner {
namespace {

// Enough text for any detector; more only takes time.
constexpr size_t kSampleBytes = 64 * 1024;
// ASCII kept around bytes beyond ASCII in the sample for the detectors: they look at words.
constexpr size_t kContextBytes = 24;
// Of so many units one may be implausible where the bytes are UTF-16 or UTF-32; a line of text is allowed one.
constexpr size_t kPlausibleUnits = 50;
constexpr size_t kLineUnits = 18;
// Well-formed multi-byte sequences that outweigh one ill-formed one.
constexpr uint64_t kWellFormedPerIllFormed = 8;

// Bytes beyond ASCII that it takes to believe that a text is in a charset of DOS or the old Macintosh.
constexpr std::ptrdiff_t kEvidenceForRareSets = 40;

unsigned char ByteAt(std::string_view bytes, size_t at) { return static_cast<unsigned char>(bytes[at]); }

// What a stretch of bytes would be in one wide charset.
struct WideReading {
  size_t units = 0;
  size_t implausible = 0;  // unassigned, private, control, unpaired surrogate, beyond Unicode
  size_t ascii = 0;        // printable ASCII and white space

  bool plausible() const { return units > 1 && ascii > 0 && (implausible * kPlausibleUnits <= units || (implausible == 1 && units >= kLineUnits)); }
};

bool IsPlausible(uint32_t value) {
  if (value > 0x10FFFF) return false;
  if (IsControl(value)) return value == 0xFEFF;
  switch (u_charType(static_cast<UChar32>(value))) {
    case U_UNASSIGNED: case U_PRIVATE_USE_CHAR: case U_SURROGATE: return false;
    default: return true;
  }
}

void Count(uint32_t value, WideReading& reading) {
  ++reading.units;
  reading.implausible += !IsPlausible(value);
  reading.ascii += value < 0x7F && !IsControl(value);
}

uint32_t UnitAt(std::string_view bytes, size_t at, size_t width, bool big_endian) {
  uint32_t unit = 0;
  for (size_t i = 0; i < width; ++i) unit = (unit << 8) | ByteAt(bytes, at + (big_endian ? i : width - 1 - i));
  return unit;
}

WideReading ReadAs(std::string_view bytes, size_t width, bool big_endian) {
  WideReading reading;
  for (size_t at = 0; at + width <= bytes.size(); at += width) {
    const uint32_t unit = UnitAt(bytes, at, width, big_endian);
    const bool pair = width == 2 && (unit & 0xFC00) == 0xD800 && at + 4 <= bytes.size() && (UnitAt(bytes, at + 2, 2, big_endian) & 0xFC00) == 0xDC00;
    if (pair) at += width;
    Count(pair ? 0x20000 : unit, reading);
  }
  return reading;
}

// The sample is UTF-8 with a stray NUL rather than UTF-16: its bytes are well-formed and few of them are controls.
bool ReadsAsUtf8WithNuls(std::string_view sample) {
  size_t controls = 0;
  for (size_t at = 0; at < sample.size();) {
    const CodePoint cp = NextCodePoint(sample, at);
    if (!cp.valid && at + 4 < sample.size()) return false;
    controls += IsControl(cp.value);
    at += cp.size;
  }
  return controls * 8 < sample.size();
}

struct CloseUchardet {
  void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};
struct CloseUcsdet {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

std::string AskUchardet(std::string_view sample) {
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, CloseUchardet> detector(uchardet_new());
  if (detector == nullptr || uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return CanonicalCharset(uchardet_get_charset(detector.get()));
}

// ICU's best guess that `accept` takes.
template <typename Accept>
std::string AskIcu(std::string_view sample, Accept accept) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseUcsdet> detector(ucsdet_open(&error));
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &error);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &error);
  if (U_FAILURE(error)) return {};
  for (int32_t i = 0; i < count; ++i) {
    UErrorCode ignored = U_ZERO_ERROR;
    const std::string charset = CanonicalCharset(ucsdet_getName(matches[i], &ignored));
    if (accept(charset)) return charset;
  }
  return {};
}

bool IsRareLatin(std::string_view charset) { return charset.substr(0, 3) == "IBM" || charset.substr(0, 3) == "mac" || charset.substr(0, 6) == "x-mac-"; }

// The parts of the payload around bytes beyond ASCII: what a detector can learn from, wherever in the payload it stands.
std::string SampleBeyondAscii(std::string_view payload) {
  std::string sample;
  size_t taken = 0;  // bytes before this are in the sample or passed over
  for (size_t at = 0; at < payload.size() && sample.size() < kSampleBytes; ++at) {
    if (ByteAt(payload, at) < 0x80) continue;
    const size_t begin = std::max(taken, at - std::min(at, kContextBytes));
    if (begin > taken) sample.push_back(' ');
    const size_t end = std::min(at + 1 + kContextBytes, payload.size());
    if (end > begin) sample.append(payload.substr(begin, end - begin));
    taken = std::max(taken, end);
  }
  return sample;
}

}  // namespace

std::optional<ByteOrderMark> FindByteOrderMark(std::string_view payload) {
  using namespace std::string_view_literals;
  const auto begins = [&](std::string_view mark) { return payload.substr(0, mark.size()) == mark; };
  if (begins("\xEF\xBB\xBF"sv)) return ByteOrderMark{"UTF-8", 3};
  // FF FE 00 00 is also UTF-16's mark and a NUL; no text begins with NUL.
  if (begins("\xFF\xFE\0\0"sv) && payload.size() % 4 == 0) return ByteOrderMark{"UTF-32LE", 4};
  if (begins("\0\0\xFE\xFF"sv)) return ByteOrderMark{"UTF-32BE", 4};
  if (begins("\xFF\xFE"sv)) return ByteOrderMark{"UTF-16LE", 2};
  if (begins("\xFE\xFF"sv)) return ByteOrderMark{"UTF-16BE", 2};
  if (begins("\x84\x31\x95\x33"sv)) return ByteOrderMark{"GB18030", 4};
  return std::nullopt;
}

std::string WideCharsetByNulls(std::string_view payload) {
  const std::string_view sample = payload.substr(0, kSampleBytes);
  const size_t first = sample.find('\0');
  if (first == std::string_view::npos || sample.find('\0', first + 1) == std::string_view::npos) return {};
  if (ReadAs(sample, 4, false).plausible()) return "UTF-32LE";
  if (ReadAs(sample, 4, true).plausible()) return "UTF-32BE";
  if (ReadsAsUtf8WithNuls(sample)) return {};
  const WideReading little = ReadAs(sample, 2, false);
  const WideReading big = ReadAs(sample, 2, true);
  const bool prefer_big = big.implausible != little.implausible ? big.implausible < little.implausible : big.ascii > little.ascii;
  if (!(prefer_big ? big : little).plausible()) return {};
  return prefer_big ? "UTF-16BE" : "UTF-16LE";
}

std::string CharsetByEscapes(std::string_view payload) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEscapes{{{"\x1B$B", "ISO-2022-JP"},
                                                                                   {"\x1B$@", "ISO-2022-JP"},
                                                                                   {"\x1B(J", "ISO-2022-JP"},
                                                                                   {"\x1B(I", "ISO-2022-JP"},
                                                                                   {"\x1B$)C", "ISO-2022-KR"},
                                                                                   {"\x1B$)A", "ISO-2022-CN"},
                                                                                   {"\x1B$)G", "ISO-2022-CN"},
                                                                                   {"\x1B$*H", "ISO-2022-CN"}}};
  for (size_t at = payload.find('\x1B'); at != std::string_view::npos; at = payload.find('\x1B', at + 1))
    for (const auto& [escape, charset] : kEscapes)
      if (payload.substr(at, escape.size()) == escape) return std::string(charset);
  return {};
}

bool IsNearlyUtf8(std::string_view payload) {
  uint64_t well_formed = 0;
  uint64_t ill_formed = 0;
  for (size_t at = 0; at < payload.size();) {
    const CodePoint cp = NextCodePoint(payload, at);
    const bool cut = !cp.valid && cp.size > 1 && at + cp.size == payload.size();  // the end of the payload cuts a character
    well_formed += cp.valid && cp.size > 1;
    ill_formed += !cp.valid && !cut;
    at += cp.size;
  }
  return well_formed > 0 && well_formed >= kWellFormedPerIllFormed * ill_formed;
}

Guess GuessCharset(std::string_view payload) {
  const std::string sample = SampleBeyondAscii(payload);
  const std::string first = AskUchardet(sample);
  if (first.empty() || IsWide(first) || first == "UTF-8") {
    // The caller has ruled these out.
    return {AskIcu(sample, [](const std::string& charset) { return !charset.empty() && !IsWide(charset) && charset != "UTF-8"; }), "icu"};
  }
  if (!IsSingleByteLatin(first)) return {first, "uchardet"};
  // ICU does not know the sets of DOS and the old Macintosh; uchardet names them too readily in short texts.
  const auto beyond_ascii = std::count_if(sample.begin(), sample.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (IsRareLatin(first) && beyond_ascii >= kEvidenceForRareSets) return {first, "uchardet"};
  const std::string second = AskIcu(sample, IsSingleByteLatin);
  if (second.empty()) return {first, "uchardet"};
  return {second, "icu"};
}

}  // namespace garner
