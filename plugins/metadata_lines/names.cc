#include "names.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxNameWords = 5;
constexpr size_t kMaxBylineWords = 40;
constexpr size_t kMaxAffiliationWords = 45;
constexpr size_t kMaxInstitutionWords = 16;  // without a role in front

bool IsKind(const Phrase* phrase, std::string_view kind) { return phrase != nullptr && phrase->kind == kind; }

bool IsJoiner(const Word& word, const WordLists& lists) { return IsKind(lists.name_words.Find(word), "joiner"); }

bool IsSeparator(const Word& word) {
  return word.core().empty() && (word.raw() == "|" || word.raw() == "-" || word.raw() == "/" || word.raw() == "–" ||
                                 word.raw() == "—" || word.raw() == "·" || word.raw() == "•");
}

// `text` is not empty.
bool IsOneCharacter(std::string_view text) { return text.size() <= 4 && CountCodePoints(text) == 1; }

bool OnlyPeriods(std::string_view trail) { return trail.empty() || trail == "."; }

// False for words that no name has, wherever they stand: most lines end at the first of them.
bool MayFitName(const Word& word, const WordLists& lists) {
  if (word.core().empty() || !word.lead().empty() || HasDigit(word) || !HasLetter(word)) return false;
  return StartsUpper(word.core()) || lists.name_words.BeginsWith(word);
}

// One word of a name. Particles ("van", "de") may be in lower case.
bool FitsName(const Word& word, std::string_view trail, bool last, const WordLists& lists) {
  if (!MayFitName(word, lists) || !OnlyPeriods(trail)) return false;
  if (word.core().find('@') != std::string_view::npos || word.core().find('/') != std::string_view::npos ||
      word.core().find('&') != std::string_view::npos)
    return false;
  const bool particle = IsKind(lists.name_words.Find(word), "particle");
  if (particle && !last) return true;
  if (!StartsUpper(word.core())) return false;
  const bool initial = trail == "." || IsOneCharacter(word.core());
  if (initial || lists.first_names.Holds(word)) return true;  // "June", "Sam"
  return !lists.function_words.Holds(word) && !lists.months.Holds(word) && !IsKind(lists.date_words.Find(word), "weekday");
}

std::string_view TextOf(std::string_view text, Words words, size_t from, size_t to) {
  const size_t begin = words[from].begin;
  // A full stop stays with an initial or "Jr.", a comma goes.
  const Word& last = words[to - 1];
  const size_t end = last.trail() == "." ? last.end() : last.core_end();
  return text.substr(begin, end - begin);
}

bool IsName(Words words, size_t from, size_t to, const WordLists& lists) {
  if (to <= from || to - from > kMaxNameWords) return false;
  size_t whole = 0;
  for (size_t i = from; i < to; ++i) {
    const Word& word = words[i];
    const bool last = i + 1 == to;
    if (!FitsName(word, last ? StripEdges(word.trail(), ",;:") : word.trail(), last, lists)) return false;
    whole += !IsOneCharacter(word.core()) && StartsUpper(word.core());
  }
  return whole > 0;
}

struct NameList {
  std::vector<std::string> names;
  Words first;             // the words of the first
  bool holds_role = false;  // "Lena Stroud, Harbour Correspondent": the second is what she does
  size_t fewest_words = 99;
};

// Names between commas and joining words; nothing where some piece is no name.
NameList SplitNames(std::string_view text, Words words, size_t from, size_t to, const WordLists& lists) {
  NameList list;
  size_t begin = from;
  for (size_t i = from; i <= to; ++i) {
    const bool joiner = i < to && IsJoiner(words[i], lists);
    const bool comma = i < to && !joiner && (words[i].marks & kListMark) != 0 && HasAnyOf(words[i].trail(), ",;");
    if (i < to && !joiner && (i - begin >= kMaxNameWords || !MayFitName(words[i], lists))) return {};
    if (i < to && !joiner && !comma) continue;
    const size_t end = comma ? i + 1 : i;
    if (end > begin) {
      if (!IsName(words, begin, end, lists)) return {};
      list.names.emplace_back(TextOf(text, words, begin, end));
      if (list.names.size() == 1) list.first = words.subspan(begin, end - begin);
      list.holds_role = list.holds_role || (list.names.size() > 1 && lists.roles.Find(words[end - 1]) != nullptr);
      list.fewest_words = std::min(list.fewest_words, end - begin);
    } else if (joiner && list.names.empty()) {
      return {};
    }
    begin = i + 1;
  }
  return list;
}

// The first of the words from which on the text is a date.
size_t FindTrailingDate(std::string_view text, Words words, size_t from, const WordLists& lists, NumericOrder order,
                        std::optional<LabelledDate>* date) {
  constexpr size_t kLongestDate = 12;  // words, label included
  const size_t first = words.size() > from + kLongestDate ? words.size() - kLongestDate : from;
  date->reset();
  const auto has_digit = [](const Word& word) { return HasDigit(word); };
  if (first >= words.size() || std::none_of(words.begin() + static_cast<std::ptrdiff_t>(first), words.end(), has_digit) ||
      !MayEndInDate(text.substr(words[first].begin)))
    return words.size();
  for (size_t k = first; k < words.size(); ++k) {
    if (IsSeparator(words[k])) continue;
    *date = ParseLabelledDate(text.substr(words[k].begin), words.subspan(k), lists, order);
    if (*date && ((*date)->date.has_day || !(*date)->kind.empty())) return k;
  }
  date->reset();
  return words.size();
}

bool HasRoleOrInstitution(Words words, size_t from, size_t to, const WordLists& lists) {
  size_t taken = 0;
  for (size_t i = from; i < to; ++i)
    if (lists.roles.FindPrefix(words, i, &taken) || lists.institutions.FindPrefix(words, i, &taken)) return true;
  return false;
}

// False for words that neither end names nor part them from what follows, as most do.
bool MayPartPeople(const Word& word, const WordLists& lists) {
  return word.core().empty() || (word.marks & (kListMark | kBracketMark)) != 0 || lists.name_words.BeginsWith(word);
}

// Names, or a name and its affiliation after the first comma or separator.
bool ParsePeople(std::string_view text, Words words, size_t from, size_t to, const WordLists& lists, Byline* byline) {
  while (to > from && IsSeparator(words[to - 1])) --to;
  if (to > from && lists.agencies.Find(words.subspan(from, to - from)) != nullptr && StartsUpper(words[to - 1].core())) {
    byline->authors = {std::string(TextOf(text, words, from, to))};
    return true;
  }
  const NameList list = SplitNames(text, words, from, to, lists);
  const auto doubtful = [&] { return list.fewest_words < 2 && HasRoleOrInstitution(words, from, to, lists); };
  if (!list.names.empty() && !doubtful() && !list.holds_role && (list.names.size() == 1 || list.fewest_words >= 2)) {
    byline->authors = list.names;
    byline->short_name = list.fewest_words < 2;
    return true;
  }
  for (size_t i = from; i < to; ++i) {
    if (!MayPartPeople(words[i], lists)) continue;
    const bool bracket = words[i].lead() == "(" && text.substr(0, words[to - 1].end()).back() == ')';
    const bool where =
        i >= from + 2 &&
        ((IsKind(lists.name_words.Find(words[i]), "where") && words[i].trail().empty() && words[i].lead().empty()) || bracket);
    const bool separator = IsSeparator(words[i]) || where;
    const bool comma = words[i].trail().find(',') != std::string_view::npos;
    if (!separator && !comma) continue;
    const NameList people = SplitNames(text, words, from, separator ? i : i + 1, lists);
    if (where && people.names.empty()) continue;
    if (bracket && !people.names.empty() && people.fewest_words >= 2 && to - i <= 5) {
      byline->authors = people.names;
      byline->loose = true;
      return true;
    }
    if (people.names.empty() || people.fewest_words < 2 || i + 1 >= to) return false;
    byline->authors = people.names;
    const std::string_view rest = Trim(text.substr(words[i + 1].begin, words[to - 1].end() - words[i + 1].begin));
    if (HasRoleOrInstitution(words, i + 1, to, lists)) {
      byline->affiliations.emplace_back(rest);
      return true;
    }
    // A place or a paper after the name says nothing that we keep.
    byline->loose = true;
    // ", à Paimpol": the small word is not the place.
    const bool small = IsKind(lists.name_words.Find(words[i + 1]), "where") && i + 2 < to;
    return to - i - 1 <= 5 && StartsUpper(small ? words[i + 2].raw() : rest) && !EndsSentence(rest);
  }
  return false;
}

bool HasSurnameEnding(std::string_view folded) {
  static constexpr std::string_view kEndings[] = {
      "ова", "ева", "ёва", "ина", "ский", "ская", "енко",   "ович", "евич", "ұлы",   "қызы",  "уулу", "баев", "баева", "швили",
      "дзе", "ян",  "ов",  "ев",  "ssen", "sson", "dóttir", "escu", "ović", "owski", "owska", "enko", "oğlu", "shvili"};
  return CountCodePoints(folded) >= 5 && std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
           return folded.size() > ending.size() && folded.back() == ending.back() &&
                  folded.substr(folded.size() - ending.size()) == ending;
         });
}

// "pictures by" behind the comma of "Words by Lena Stroud, pictures by Tom Averill".
bool BeginsCredit(Words words, size_t at, const WordLists& lists) {
  size_t taken = 0;
  const Phrase* label =
      words[at - 1].trail().find(',') != std::string_view::npos ? lists.credit_labels.FindPrefix(words, at, &taken) : nullptr;
  return IsKind(label, "by");
}

// "5 min read", "Lesezeit 5 Minuten": a button's words and numbers.
bool IsReadingTime(Words words, const WordLists& lists) {
  std::vector<Word> kept;
  for (const Word& word : words)
    if (HasLetter(word)) kept.push_back(word);
  return !kept.empty() && kept.size() < words.size() && kept.size() <= 4 && lists.ui.Find(kept) != nullptr;
}

// "Vigo" before a date: one word or two with capitals.
bool IsTownLike(Words words) {
  return words.size() <= 2 && std::all_of(words.begin(), words.end(), [](const Word& word) {
           return StartsUpper(word.core()) && !HasDigit(word) && word.trail().empty() && word.lead().empty();
         });
}

bool IsPartBar(const Word& word) { return word.core().empty() && (IsSeparator(word) || word.raw() == "∙"); }

}  // namespace

std::optional<Byline> ParseParts(std::string_view text, Words words, const WordLists& lists, NumericOrder order,
                                 std::optional<LabelledDate>* more) {
  constexpr size_t kMaxPartWords = 40;
  if (words.size() < 3 || words.size() > kMaxPartWords || !MayHoldDate(text) || EndsSentence(text)) return std::nullopt;
  std::vector<size_t> bars;
  for (size_t i = 0; i < words.size(); ++i)
    if (IsPartBar(words[i])) bars.push_back(i);
  if (bars.empty() || bars.size() > 6) return std::nullopt;
  bars.push_back(words.size());
  Byline byline;
  size_t from = 0;
  for (size_t bar = 0; bar < bars.size();) {
    const auto part = [&](size_t end) { return words.subspan(from, end - from); };
    const auto said = [&](Words piece) { return text.substr(piece.front().begin, piece.back().end() - piece.front().begin); };
    if (bars[bar] == from) return std::nullopt;
    // A date may hold dashes itself: the longest run of parts that is one.
    size_t last = bars.size();
    std::optional<LabelledDate> date;
    while (last > bar && !date) {
      const Words piece = part(bars[--last]);
      date = ParseLabelledDate(said(piece), piece, lists, order);
    }
    if (date && date->date.has_day) {
      if (byline.date && *more) return std::nullopt;
      (byline.date ? *more : byline.date) = date;
      bar = last;
    } else {
      const Words piece = part(bars[bar]);
      const std::string_view until = text.substr(0, piece.back().end());
      const auto labelled = ParseByline(until, piece, lists, order);
      const Names names = labelled ? Names{labelled->authors, {}} : ParseNames(until, piece, lists);
      const bool people = !names.names.empty() && byline.authors.empty() && (labelled || IsKnownName(names.first, lists));
      if (people) {
        byline.authors = names.names;
        byline.short_name = labelled && labelled->short_name;
        if (labelled) byline.affiliations = labelled->affiliations;
      } else if (!IsReadingTime(piece, lists) && !lists.places.Find(piece) && !(bar == 0 && IsTownLike(piece))) {
        return std::nullopt;
      }
    }
    from = bars[bar] + 1;
    ++bar;
    if (bar < bars.size() && from >= words.size()) return std::nullopt;
  }
  if (!byline.date || (byline.authors.empty() && bars.size() < 2)) return std::nullopt;
  return byline;
}

bool IsBylineLabel(Words words, const WordLists& lists) {
  if (words.empty() || words.size() > 5) return false;
  const size_t size = words.back().core().empty() ? words.size() - 1 : words.size();
  const Phrase* label = lists.byline_labels.Find(words.first(size));
  return label != nullptr && label->kind != "colon";
}

std::optional<Byline> ParseByline(std::string_view text, Words words, const WordLists& lists, NumericOrder order) {
  if (words.size() < 2 || words.size() > kMaxBylineWords) return std::nullopt;
  size_t from = 0;
  const Phrase* label = lists.byline_labels.FindPrefix(words, 0, &from);
  if (label == nullptr || from >= words.size()) return std::nullopt;
  bool colon = words[from - 1].trail().find(':') != std::string_view::npos;
  if (words[from].core().empty() && words[from].raw() == ":") {
    colon = true;
    ++from;
  }
  if (!colon && label->kind == "colon") return std::nullopt;
  if (!colon && !words[from - 1].trail().empty()) return std::nullopt;
  Byline byline;
  size_t date_at = FindTrailingDate(text, words, from, lists, order, &byline.date);
  // "Text: ..., Foto: ...": the people end where another label begins.
  for (size_t i = from + 1; i < date_at && !byline.date; ++i)
    if (words[i].trail().find(':') != std::string_view::npos || BeginsCredit(words, i, lists)) date_at = i;
  if (date_at <= from || !ParsePeople(text, words, from, date_at, lists, &byline)) return std::nullopt;
  return byline;
}

std::optional<Byline> ParseUnlabelledByline(std::string_view text, Words words, const WordLists& lists, NumericOrder order) {
  if (words.size() < 3 || words.size() > kMaxAffiliationWords || EndsSentence(text)) return std::nullopt;
  Byline byline;
  const size_t date_at = FindTrailingDate(text, words, 0, lists, order, &byline.date);
  if (date_at == 0 || !ParsePeople(text, words, 0, date_at, lists, &byline) || byline.short_name) return std::nullopt;
  if (!byline.date && byline.affiliations.empty() && !byline.loose) return std::nullopt;
  byline.loose = byline.loose && !byline.date;
  if (!IsKnownName(byline.authors.front(), lists)) return std::nullopt;
  return byline;
}

Names ParseNames(std::string_view text, Words words, const WordLists& lists) {
  if (words.size() < 2 || words.size() > kMaxBylineWords || words.back().trail() == "." ||
      words.back().trail().find(':') != std::string_view::npos)
    return {};
  NameList list = SplitNames(text, words, 0, words.size(), lists);
  if (list.names.empty() || list.fewest_words < 2 || list.names.size() > 8 || list.holds_role) return {};
  return {std::move(list.names), list.first};
}

bool IsKnownName(Words name, const WordLists& lists) {
  if (name.empty()) return false;
  if (lists.first_names.Holds(name.front()) || IsKind(lists.name_words.Find(name.front()), "title")) return true;
  std::string folded;
  Fold(name.back().core(), folded);
  return HasSurnameEnding(folded);
}

bool IsKnownName(std::string_view name, const WordLists& lists) { return IsKnownName(Words(lists.Split(name)), lists); }

bool IsAffiliation(std::string_view text, Words words, const WordLists& lists) {
  if (words.size() < 2 || words.size() > kMaxAffiliationWords || EndsSentence(text)) return false;
  size_t taken = 0;
  if (lists.roles.FindPrefix(words, 0, &taken)) return true;
  const Phrase* first = lists.function_words.Find(words.front());
  const bool clause = first != nullptr && first->language != "ambiguous";
  if (clause || words.size() > kMaxInstitutionWords) return false;
  return (StartsUpper(text) || lists.roles.Contains(words)) && lists.institutions.Contains(words);
}

}  // namespace garner::metadata_lines
