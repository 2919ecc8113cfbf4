#include <array>

#include "calendar_tables.h"

namespace garner::entity_tagger {
namespace {

using W = CalendarWord;

void Numbers(CalendarWriter& t) {
  t.Count(
      "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
      "eighteen nineteen",
      W::kNumber, 0);
  constexpr std::array<std::string_view, 8> kTens = {"twenty", "thirty",  "forty",  "fifty",
                                                     "sixty",  "seventy", "eighty", "ninety"};
  constexpr std::array<std::string_view, 9> kUnits = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  for (size_t i = 0; i < kTens.size(); ++i) {
    const double ten = 20 + 10 * static_cast<double>(i);
    t.Add(Hash(kTens[i]), W::kNumber, ten);
    for (size_t j = 0; j < kUnits.size(); ++j)
      t.Add(Hash(kUnits[j], Hash("-", Hash(kTens[i]))), W::kNumber, ten + 1 + static_cast<double>(j));
  }
  t.Same("hundred", W::kMagnitude, 1e2);
  t.Same("thousand", W::kMagnitude, 1e3);
  t.Same("lakh lakhs", W::kMagnitude, 1e5);
  t.Same("million", W::kMagnitude, 1e6);
  t.Same("crore crores", W::kMagnitude, 1e7);
  t.Same("billion", W::kMagnitude, 1e9);
  t.Same("trillion", W::kMagnitude, 1e12);
  t.Same("tens hundreds thousands millions billions trillions", W::kVagueMagnitude);
  t.Same("half", W::kHalf, 0.5);
  t.Same("minus", W::kMinus);
  t.Same("and", W::kConnector);
  t.Count(
      "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
      "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first",
      W::kOrdinal, 1);
}

void Relations(CalendarWriter& t) {
  t.Same("a an", W::kArticle);
  t.Same("about around nearly almost over approximately roughly some under more less at up", W::kApproximate);
  t.Same("several many few couple dozen", W::kVague);
  t.Same("last", W::kRelative, kOneBefore);
  t.Same("this", W::kRelative, kThisOne);
  t.Same("next", W::kRelative, kOneAfter);
  t.Same("past previous coming following recent preceding earlier later", W::kRelative, kVaguely);
  t.Same("early late mid beginning start end middle turn", W::kPart);
  t.Count("yesterday today tomorrow", W::kDeictic, -1);
  t.Same("tonight", W::kClockDeictic);
  t.Same("ago", W::kAgo);
}

}  // namespace

void AddMonths(CalendarTable& table, Tongue tongue) {
  const auto months = [&](std::string_view names, std::string_view shorts, std::string_view ambiguous, char language) {
    CalendarWriter t(table, language);
    t.Count(names, W::kMonth, 1);
    if (!shorts.empty()) t.Count(shorts, W::kMonthShort, 1);
    t.MarkAmbiguous(ambiguous);
  };
  switch (tongue) {
    case Tongue::kEnglish:
      return months(
          "january february march april may june july august september october november december",
          "jan|jan. feb|feb. mar|mar. apr|apr. - jun|jun. jul|jul. aug|aug. sep|sep.|sept|sept. oct|oct. nov|nov. dec|dec.",
          "may march august", 'e');
    case Tongue::kGerman:
      return months(
          "januar|janner februar|feber marz april mai juni juli august september oktober november dezember",
          "jan|jan. feb|feb. mrz|mrz. apr|apr. - jun|jun. jul|jul. aug|aug. sep|sep.|sept|sept. okt|okt. nov|nov. dez|dez.",
          "mai", 'd');
    case Tongue::kFrench:
      return months("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
                    "janv|janv. fevr|fevr. - avr|avr. - - juil|juil. - sept|sept. oct|oct. nov|nov. dec|dec.", "mars mai", 'f');
    case Tongue::kSpanish:
      return months("enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
                    "ene|ene. feb|feb. mar|mar. abr|abr. may|may. jun|jun. jul|jul. ago|ago. sep|sep.|sept|sept. oct|oct. "
                    "nov|nov. dic|dic.",
                    "mayo julio", 's');
    case Tongue::kRussian:
      return months(
          "января|январь|январе|январю|январем февраля|февраль|феврале|февралю|февралем марта|март|марте|марту|мартом "
          "апреля|апрель|апреле|апрелю|апрелем мая|май|мае|маю|маем июня|июнь|июне|июню|июнем июля|июль|июле|июлю|июлем "
          "августа|август|августе|августу|августом сентября|сентябрь|сентябре|сентябрю|сентябрем "
          "октября|октябрь|октябре|октябрю|октябрем "
          "ноября|ноябрь|ноябре|ноябрю|ноябрем декабря|декабрь|декабре|декабрю|декабрем",
          "янв|янв. фев|фев.|февр|февр. мар|мар. апр|апр. - июн|июн. июл|июл. авг|авг. сен|сен.|сент|сент. окт|окт. "
          "ноя|ноя.|нояб|нояб. "
          "дек|дек.",
          "", 'r');
    case Tongue::kKazakh:  // its months have case endings (calendar_kazakh.cc)
    case Tongue::kOther:
      return;
  }
}

void AddEnglish(CalendarTable& table) {
  AddMonths(table, Tongue::kEnglish);
  CalendarWriter t(table, 'e');
  t.Count(
      "monday|mondays tuesday|tuesdays wednesday|wednesdays thursday|thursdays friday|fridays saturday|saturdays sunday|sundays",
      W::kWeekday, 1);
  t.Count("mon|mon. tue|tue.|tues|tues. wed|wed. thu|thu.|thur|thur.|thurs|thurs. fri|fri. sat|sat. sun|sun.", W::kWeekdayShort,
          1);
  t.Count(
      "day|days week|weeks month|months year|years decade|decades century|centuries quarter|quarters weekend|weekends "
      "fortnight|fortnights season|seasons millennium|millennia",
      W::kTimeUnit, kDay);
  t.Count("hour|hours minute|minutes seconds", W::kClockUnit, kHour);
  t.Count("spring summer autumn|fall winter", W::kSeason, 1);
  Numbers(t);
  Relations(t);
  t.Count("twenties thirties forties fifties sixties seventies eighties nineties", W::kDecadeName, 20, 10);
  t.Same("morning mornings afternoon afternoons evening evenings night nights", W::kDayPart);
  t.Same("christmas easter ramadan thanksgiving hanukkah diwali halloween", W::kHoliday);
  t.Same("noon midday", W::kNoon, 12);
  t.Same("midnight", W::kNoon, 24);
  t.Same("new long medium short year-end q1 q2 q3 q4 h1 h2 fy bc ad ce bce b.c. a.d. yesterdays", W::kOther);
}

}  // namespace garner::entity_tagger
