#include "datelines.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <vector>

#include "dates.h"
#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxDatelineBytes = 140;
constexpr size_t kMaxPlaceWords = 4;

bool IsDash(std::string_view raw) { return raw == "-" || raw == "–" || raw == "—" || raw == "--" || raw == "-."; }

std::string_view Prefix(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && !IsBoundary(text, bytes)) --bytes;
  return text.substr(0, bytes);
}

// "NEW YORK" -> "New York".
std::string TitleCase(std::string_view text) {
  std::string out;
  bool start = true;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    const auto value = static_cast<UChar32>(cp.value);
    AppendUtf8(static_cast<char32_t>(start ? value : u_tolower(value)), out);
    start = !u_isalpha(value) && value != '\'' && value != 0x2019;
  }
  return out;
}

// A known place at the beginning: its words, and its usual spelling.
const Phrase* PlaceAt(Words words, const WordLists& lists, size_t* taken) { return lists.places.FindPrefix(words, 0, taken); }

// "May 3, 2021" in "LEEDS, May 3, 2021 (Agency) - ": the longest run of words that is a date.
std::string_view DayWithin(std::string_view text, Words words, size_t from, size_t to, const WordLists& lists) {
  for (size_t begin = from; begin < to; ++begin) {
    for (size_t end = to; end > begin; --end) {
      const std::string_view part = text.substr(words[begin].core_begin(), words[end - 1].core_end() - words[begin].core_begin());
      const auto date = ParseDate(part, lists, NumericOrder::kUnknown);
      if (date && date->has_day && !date->ambiguous) return part;
    }
  }
  return {};
}

bool IsHistoric(std::string_view day, const WordLists& lists) {
  constexpr std::string_view kFirstYear = "1990";  // of texts that were written to be scraped
  const auto date = ParseDate(day, lists, NumericOrder::kUnknown);
  return date && date->iso < kFirstYear;
}

// One to three capitalised words before a bracket or behind which a comma stands: "Husum (dpa)", "Bad Aibling, 3. Mai".
size_t CapitalisedPlace(Words words) {
  constexpr size_t kMaxWords = 3;
  for (size_t i = 0; i < words.size() && i < kMaxWords; ++i) {
    const Word& word = words[i];
    if (word.core().empty() || !StartsUpper(word.core()) || HasDigit(word.core()) || (i > 0 && !word.lead().empty())) return 0;
    const bool bracket = i + 1 < words.size() && (words[i + 1].lead() == "(" || words[i + 1].lead() == "/");
    if (word.trail() == "," || (word.trail().empty() && bracket)) return i + 1;
    if (!word.trail().empty()) return 0;
  }
  return 0;
}

std::string Spelling(std::string_view seen, const Phrase* place) {
  if (!IsAllUpper(seen)) return std::string(seen);
  return place != nullptr ? place->spelling : TitleCase(seen);
}

}  // namespace

std::optional<Dateline> ParsePlaceLine(std::string_view text, Words words, const WordLists& lists) {
  if (text.size() > kMaxDatelineBytes || words.empty() || words.size() > 6) return std::nullopt;
  size_t taken = 0;
  const Phrase* place = PlaceAt(words, lists, &taken);
  if (place == nullptr || !StartsUpper(text) || !words.front().lead().empty()) return std::nullopt;
  size_t rest = taken;
  const std::string_view trail = words[taken - 1].trail();
  if (trail == ",") {
    // A country or state: a few capitalised words.
    while (rest < words.size() && !words[rest].core().empty() && StartsUpper(words[rest].core()) && !HasDigit(words[rest].core()))
      ++rest;
    if (rest == taken || rest - taken > 3) return std::nullopt;
  } else if (!trail.empty() && trail != ":" && trail != ".") {
    return std::nullopt;
  }
  if (rest < words.size() && !(rest + 1 == words.size() && IsDash(words[rest].raw()))) return std::nullopt;
  const std::string_view seen = text.substr(words[0].core_begin(), words[taken - 1].core_end() - words[0].core_begin());
  return Dateline{Spelling(seen, place), text.size(), {}};
}

std::optional<Dateline> ParseInlineDateline(std::string_view text, const WordLists& lists) {
  const std::string_view head = Prefix(text, kMaxDatelineBytes);
  const std::vector<Word> words = lists.Split(head);
  if (words.size() < 4 || !words.front().lead().empty()) return std::nullopt;
  size_t taken = 0;
  const Phrase* place = PlaceAt(words, lists, &taken);
  bool capitals = place != nullptr && IsAllUpper(head.substr(0, words[taken - 1].core_end()));
  if (place == nullptr) {
    while (taken < words.size() && taken < kMaxPlaceWords && IsAllUpper(words[taken].core()) &&
           CountCodePoints(words[taken].core()) >= 3 && words[taken].trail().empty())
      ++taken;
    if (taken < words.size() && taken < kMaxPlaceWords && IsAllUpper(words[taken].core()) &&
        CountCodePoints(words[taken].core()) >= 3 && words[taken].trail() == ",")
      ++taken;
    capitals = taken > 0;
    if (!capitals) taken = CapitalisedPlace(words);
    if (taken == 0) return std::nullopt;
  }
  // A place that no list knows and that does not shout: an agency by name or a whole date has to follow.
  const bool doubtful = place == nullptr && !capitals;
  const std::string_view seen = head.substr(0, words[taken - 1].core_end());
  // Up to a few words of country, day and agency, then the dash.
  bool agency = false;
  bool named_agency = false;
  size_t at = taken;
  for (; at < words.size() && at < taken + 8; ++at) {
    const Word& word = words[at];
    if (IsDash(word.raw())) break;
    const bool bracket = word.lead() == "(" || word.lead() == "/";
    size_t agency_words = 0;
    const bool known = lists.agencies.FindPrefix(words, at, &agency_words) != nullptr;
    named_agency = named_agency || known;
    agency = agency || known || (bracket && (IsAllUpper(word.core()) || (place != nullptr && StartsUpper(word.core()))));
    // "(EFE).-": the dash hangs on the bracket.
    if (agency && word.trail().size() > 1 && word.trail().back() == '-') break;
    const bool fits = bracket || known || HasDigit(word.core()) || lists.months.Find(word) || lists.date_words.Find(word) ||
                      StartsUpper(word.core());
    if (!fits) return std::nullopt;
  }
  if (at >= words.size() || at >= taken + 8 || at + 1 >= words.size()) return std::nullopt;
  const std::string_view day = DayWithin(head, words, taken, at, lists);
  if (doubtful && !named_agency && day.empty()) return std::nullopt;
  // "Paris, 14 July 1789 - " opens a story, not a report.
  if (!agency && !capitals && !day.empty() && IsHistoric(day, lists)) return std::nullopt;
  // Capitals alone may shout anything; without an agency only a known place is believed, or one with a whole date.
  if (!agency && ((!capitals && day.empty()) || (place == nullptr && day.empty()))) return std::nullopt;
  // The sentence goes on with a capital, a digit or a quotation: "Moscow - the city" is prose.
  if (!StartsUpper(words[at + 1].raw()) ||
      (!agency && IsAllUpper(words[at + 1].core()) && IsAllUpper(words[std::min(at + 2, words.size() - 1)].core())))
    return std::nullopt;
  // "МОСКВА — Agency. Text": the agency may stand behind the dash.
  size_t behind = 0;
  if (lists.agencies.FindPrefix(words, at + 1, &behind) != nullptr && words[at + behind].trail().substr(0, 1) == "." &&
      at + behind + 1 < words.size())
    at += behind;
  return Dateline{Spelling(seen, place), words[at + 1].begin, day};
}

}  // namespace garner::metadata_lines
