#include <array>
#include <string_view>

#include "calendar_tables.h"

namespace garner::entity_tagger {
namespace {

using W = CalendarWord;

constexpr std::array<std::string_view, 25> kCases = {"",    "да",   "де",   "та",   "те",   "дан", "ден", "тан", "тен",
                                                     "ға",  "ге",   "қа",   "ке",   "ның",  "нің", "дың", "дің", "тың",
                                                     "тің", "дағы", "дегі", "тағы", "тегі", "ды",  "ді"};

// The word and its case forms.
void Inflected(CalendarWriter& t, std::string_view stem, W::Type type, double value) {
  for (const std::string_view ending : kCases) t.Add(Hash(ending, Hash(stem)), type, value);
}

}  // namespace

void AddKazakh(CalendarTable& table) {
  CalendarWriter t(table, 'k');
  constexpr std::array<std::string_view, 12> kMonths = {"қаңтар", "ақпан", "наурыз",   "сәуір", "мамыр",  "маусым",
                                                        "шілде",  "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"};
  for (size_t i = 0; i < kMonths.size(); ++i) Inflected(t, kMonths[i], W::kMonth, 1 + static_cast<double>(i));
  for (const std::string_view day : {"күн"}) Inflected(t, day, W::kTimeUnit, kDay);
  Inflected(t, "апта", W::kTimeUnit, kWeek);
  Inflected(t, "ай", W::kTimeUnit, kMonthUnit);
  Inflected(t, "жыл", W::kTimeUnit, kYear);
  t.Same("жылы жылғы", W::kTimeUnit, kYear);
  Inflected(t, "ғасыр", W::kTimeUnit, kCentury);
  Inflected(t, "сағат", W::kClockUnit, kHour);
  Inflected(t, "минут", W::kClockUnit, kMinute);
  t.Count("нөл бір екі үш төрт бес алты жеті сегіз тоғыз он", W::kNumber, 0);
  t.Count("жиырма отыз қырық елу алпыс жетпіс сексен тоқсан", W::kNumber, 20, 10);
  t.Same("жүз", W::kMagnitude, 1e2);
  t.Same("мың", W::kMagnitude, 1e3);
  t.Same("миллион млн", W::kMagnitude, 1e6);
  t.Same("миллиард млрд", W::kMagnitude, 1e9);
  t.Same("триллион трлн", W::kMagnitude, 1e12);
  t.Count("кеше бүгін ертең", W::kDeictic, -1);
  t.Same("өткен былтырғы", W::kRelative, kOneBefore);
  t.Same("осы биылғы", W::kRelative, kThisOne);
  t.Same("келесі келер", W::kRelative, kComingOne);
  t.Same("бұрын", W::kAgo);
}

}  // namespace garner::entity_tagger
