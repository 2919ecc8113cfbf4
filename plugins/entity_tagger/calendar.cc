#include "calendar.h"

#include <string_view>
#include <unordered_map>

namespace garner::entity_tagger {
namespace {

using Table = std::unordered_map<uint64_t, CalendarWord>;

// Adds the words of `list`, separated by spaces; words of one meaning are joined by '|', and the value counts up from `first`.
void Count(Table& table, std::string_view list, CalendarWord::Type type, double first, char language = 'e') {
  double value = first;
  while (!list.empty()) {
    const size_t end = list.find_first_of(" |");
    CalendarWord word;
    word.type = type;
    word.value = value;
    word.language = language;
    table.emplace(Hash(list.substr(0, end)), word);
    if (end == std::string_view::npos) break;
    if (list[end] == ' ') ++value;
    list.remove_prefix(end + 1);
  }
}

// All words of `list` with one value.
void Same(Table& table, std::string_view list, CalendarWord::Type type, double value = 0, char language = 'e') {
  while (!list.empty()) {
    const size_t end = list.find(' ');
    CalendarWord word;
    word.type = type;
    word.value = value;
    word.language = language;
    table.emplace(Hash(list.substr(0, end)), word);
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
}

void English(Table& t) {
  using W = CalendarWord;
  Count(t, "january february march april may june july august september october november december", W::kMonth, 1);
  t[Hash("may")].ambiguous = t[Hash("march")].ambiguous = t[Hash("august")].ambiguous = true;
  Count(t, "jan|jan. feb|feb. mar|mar. apr|apr. - jun|jun. jul|jul. aug|aug. sep|sep.|sept|sept. oct|oct. nov|nov. dec|dec.",
        W::kMonthShort, 1);
  Count(
      t,
      "monday|mondays tuesday|tuesdays wednesday|wednesdays thursday|thursdays friday|fridays saturday|saturdays sunday|sundays",
      W::kWeekday, 1);
  Count(t, "mon|mon. tue|tue.|tues|tues. wed|wed. thu|thu.|thur|thur.|thurs|thurs. fri|fri. sat|sat. sun|sun.", W::kWeekdayShort,
        1);
  Count(t,
        "day|days week|weeks month|months year|years decade|decades century|centuries quarter|quarters weekend|weekends "
        "fortnight|fortnights season|seasons millennium|millennia",
        W::kUnit, kDay);
  Count(t, "hour|hours minute|minutes seconds", W::kClockUnit, kHour);
  Count(t, "spring summer autumn|fall winter", W::kSeason, 1);
  Count(t,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty",
        W::kNumber, 0);
  const std::string_view tens[] = {"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  const std::string_view units[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  const std::string_view all_tens[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  for (int i = 0; i < 7; ++i) Same(t, tens[i], W::kNumber, 30 + 10 * i);
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 9; ++j) {
      CalendarWord word;
      word.type = W::kNumber;
      word.value = 20 + 10 * i + j + 1;
      t.emplace(Hash(units[j], Hash("-", Hash(all_tens[i]))), word);
    }
  Same(t, "hundred", W::kMagnitude, 1e2);
  Same(t, "thousand", W::kMagnitude, 1e3);
  Same(t, "million millions", W::kMagnitude, 1e6);
  Same(t, "billion billions", W::kMagnitude, 1e9);
  Same(t, "trillion trillions", W::kMagnitude, 1e12);
  Same(t, "a an", W::kArticle);
  Same(t, "about around nearly almost over approximately roughly some under more less at up", W::kApproximate);
  Same(t, "several many few couple dozen", W::kVague);
  Same(t, "last next past this previous coming following recent preceding earlier later", W::kRelative);
  Same(t, "early late mid beginning start end middle turn", W::kPart);
  Same(t, "today yesterday tomorrow", W::kDeictic);
  Same(t, "tonight", W::kClockDeictic);
  Same(t, "morning mornings afternoon afternoons evening evenings night nights", W::kDayPart);
  Same(t, "christmas easter ramadan thanksgiving hanukkah diwali halloween", W::kHoliday);
  Same(t, "noon midday", W::kNoon, 12);
  Same(t, "midnight", W::kNoon, 24);
  Count(t,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth",
        W::kOrdinal, 1);
  Count(t, "twentieth twenty-first", W::kOrdinal, 20);
  Same(t, "and", W::kOther);
}

void OtherLanguages(Table& t) {
  using W = CalendarWord;
  Count(t, "januar februar marz april mai juni juli august september oktober november dezember", W::kMonth, 1, 'd');
  Count(t, "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag", W::kWeekday, 1, 'd');
  Same(t, "gestern heute", W::kDeictic, 0, 'd');
  Count(t, "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre", W::kMonth, 1, 'f');
  Count(t, "lundi mardi mercredi jeudi vendredi samedi dimanche", W::kWeekday, 1, 'f');
  Same(t, "hier aujourd'hui", W::kDeictic, 0, 'f');
  Count(t, "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre", W::kMonth, 1,
        's');
  Count(t, "lunes martes miercoles jueves viernes sabado domingo", W::kWeekday, 1, 's');
  Same(t, "ayer", W::kDeictic, 0, 's');
  Count(t,
        "января|январь|январе февраля|февраль|феврале марта|март|марте апреля|апрель|апреле мая|май|мае июня|июнь|июне "
        "июля|июль|июле "
        "августа|август|августе сентября|сентябрь|сентябре октября|октябрь|октябре ноября|ноябрь|ноябре декабря|декабрь|декабре",
        W::kMonth, 1, 'r');
  Count(t, "понедельник вторник среда|среду четверг пятница|пятницу суббота|субботу воскресенье", W::kWeekday, 1, 'r');
  Same(t, "вчера сегодня завтра", W::kDeictic, 0, 'r');
}

Table Build() {
  Table table;
  table.reserve(512);
  English(table);
  OtherLanguages(table);
  return table;
}

}  // namespace

const CalendarWord* LookUp(uint64_t hash) {
  static const Table table = Build();
  const auto at = table.find(hash);
  return at == table.end() ? nullptr : &at->second;
}

}  // namespace garner::entity_tagger
