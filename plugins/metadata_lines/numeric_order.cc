#include "numeric_order.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "garner/byte_words.h"
#include "garner/metadata.h"
#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kOrderSampleBytes = 8192;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What may stand between the numbers of such a date: signs and spaces, the wide ones too.
bool MayJoinNumbers(char c) { return c == ' ' || c == '\t' || c == '/' || c == '-' || static_cast<unsigned char>(c) >= 0x80; }

// The number behind `at`, with joining signs before it; 0 where there is none.
size_t NextNumber(std::string_view text, size_t at) {
  constexpr size_t kReach = 6;  // bytes between the digits
  size_t next = at;
  while (next < text.size() && next < at + kReach && MayJoinNumbers(text[next])) ++next;
  return next > at && next < text.size() && IsDigit(text[next]) ? next : 0;
}

// True where some of eight bytes is a digit.
bool IsAnyDigit(ByteWord word) {
  const ByteWord value = word ^ (kByteOnes * '0');  // 0 to 9 for digits
  const ByteWord beyond = (value & ~kByteHighBits) + kByteOnes * (0x80 - 10);
  return (~(beyond | value) & kByteHighBits) != 0;
}

// The first digit at or after `at`; the size of the text where there is none. Most text has few: eight bytes are passed at once.
size_t NextDigit(std::string_view text, size_t at) {
  while (at + sizeof(ByteWord) <= text.size() && !IsAnyDigit(LoadBytes(text, at))) at += sizeof(ByteWord);
  while (at < text.size() && !IsDigit(text[at])) ++at;
  return at;
}

// "4/5/18", "4 - 5 - 2018", "4–5–18": what a date whose order has to be guessed would hold.
bool HasNumericDate(std::string_view text) {
  constexpr size_t kMaxDigits = 2;
  for (size_t at = NextDigit(text, 0); at + 4 < text.size(); at = NextDigit(text, at + 1)) {
    if (!MayJoinNumbers(text[at + 1])) continue;
    const size_t second = NextNumber(text, at + 1);
    if (second == 0) continue;
    size_t end = second;
    while (end < text.size() && end < second + kMaxDigits && IsDigit(text[end])) ++end;
    if (NextNumber(text, end) != 0) return true;
  }
  return false;
}

bool IsCyrillic(char32_t value) { return value >= 0x0400 && value <= 0x04FF; }

}  // namespace

NumericOrder GuessOrder(const v1::Document& document, const WordLists& lists) {
  if (!HasNumericDate(document.text())) return NumericOrder::kUnknown;  // nothing will ask
  const std::string language(ChosenValue(document, "language"));
  if (language == "en-US") return NumericOrder::kMonthFirst;
  if (!language.empty() && language != "en") return NumericOrder::kDayFirst;
  std::string_view sample = std::string_view(document.text()).substr(0, kOrderSampleBytes);
  while (!sample.empty() && sample.size() == kOrderSampleBytes && !IsBoundary(document.text(), sample.size()))
    sample.remove_suffix(1);
  size_t cyrillic = 0;
  std::map<std::string, size_t> hits;
  for (const Word& word : lists.Split(sample)) {
    if (!word.core().empty() && IsCyrillic(NextCodePoint(word.core(), 0).value)) ++cyrillic;
    if (const Phrase* found = lists.function_words.Find(word); found != nullptr && found->language != "ambiguous")
      ++hits[found->language];
  }
  size_t others = 0;
  for (const auto& [code, count] : hits)
    if (code != "en") others = std::max(others, count);
  const size_t english = hits["en"];
  return cyrillic > 10 || (others >= 3 && others > 2 * english) ? NumericOrder::kDayFirst : NumericOrder::kUnknown;
}

}  // namespace garner::metadata_lines
