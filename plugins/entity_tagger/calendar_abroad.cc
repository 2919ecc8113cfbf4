#include <array>
#include <string>

#include "calendar_tables.h"

namespace garner::entity_tagger {
namespace {

using W = CalendarWord;

// "einundzwanzig", "einundzwanzigste" are one word.
void GermanNumbers(CalendarWriter& t) {
  t.Count("null ein|eins|eine|einem|einen|einer|eines zwei|zweier drei|dreier vier funf sechs sieben acht neun zehn elf zwolf",
          W::kNumber, 0);
  t.Count("dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn", W::kNumber, 13);
  constexpr std::array<std::string_view, 8> kTens = {"zwanzig", "dreissig", "vierzig", "funfzig",
                                                     "sechzig", "siebzig",  "achtzig", "neunzig"};
  constexpr std::array<std::string_view, 9> kUnits = {"ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"};
  for (size_t i = 0; i < kTens.size(); ++i) {
    const double ten = 20 + 10 * static_cast<double>(i);
    t.Add(Hash(kTens[i]), W::kNumber, ten);
    t.Add(Hash("er", Hash(kTens[i])), W::kDecadeName, ten);
    for (size_t j = 0; j < kUnits.size(); ++j)
      t.Add(Hash(kTens[i], Hash("und", Hash(kUnits[j]))), W::kNumber, ten + 1 + static_cast<double>(j));
  }
  t.Same("hundert", W::kMagnitude, 1e2);
  t.Same("tausend tsd tsd.", W::kMagnitude, 1e3);
  t.Same("million millionen mio mio.", W::kMagnitude, 1e6);
  t.Same("milliarde milliarden mrd mrd.", W::kMagnitude, 1e9);
  t.Same("billion billionen bio bio.", W::kMagnitude, 1e12);
  t.Same("dutzende hunderte tausende", W::kVagueMagnitude);
  t.Same("halbe halben halber halbes", W::kHalf, 0.5);
  t.Same("minus", W::kMinus);
  constexpr std::array<std::string_view, 12> kOrdinals = {"erst",  "zweit", "dritt", "viert", "funft", "sechst",
                                                          "siebt", "acht",  "neunt", "zehnt", "elft",  "zwolft"};
  for (size_t i = 0; i < kOrdinals.size(); ++i)
    for (const std::string_view ending : {"e", "en", "er", "es", "em"})
      t.Add(Hash(ending, Hash(kOrdinals[i])), W::kOrdinal, 1 + static_cast<double>(i));
}

void GermanDays(CalendarWriter& t) {
  constexpr std::array<std::string_view, 8> kDays = {"montag",  "dienstag", "mittwoch", "donnerstag",
                                                     "freitag", "samstag",  "sonntag",  "sonnabend"};
  for (size_t i = 0; i < kDays.size(); ++i) {
    const double day = i == 7 ? 6 : 1 + static_cast<double>(i);
    t.Add(Hash(kDays[i]), W::kWeekday, day);
    t.Add(Hash("s", Hash(kDays[i])), W::kWeekday, day);
    for (const std::string_view part : {"morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht", "fruh"})
      t.Add(Hash(part, Hash(kDays[i])), W::kWeekdayPart, day);
  }
  t.Count("mo|mo. di|di. mi|mi. do|do. fr|fr. sa|sa. so|so.", W::kWeekdayShort, 1);
}

void FrenchNumbers(CalendarWriter& t) {
  t.Count(
      "zero un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
      "dix-neuf",
      W::kNumber, 0);
  constexpr std::array<std::string_view, 5> kTens = {"vingt", "trente", "quarante", "cinquante", "soixante"};
  constexpr std::array<std::string_view, 8> kUnits = {"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"};
  constexpr std::array<std::string_view, 10> kTeens = {"dix",    "onze",  "douze",    "treize",   "quatorze",
                                                       "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"};
  for (size_t i = 0; i < kTens.size(); ++i) {
    const double ten = 20 + 10 * static_cast<double>(i);
    t.Add(Hash(kTens[i]), W::kNumber, ten);
    for (size_t j = 0; j < kUnits.size(); ++j)
      t.Add(Hash(kUnits[j], Hash("-", Hash(kTens[i]))), W::kNumber, ten + 2 + static_cast<double>(j));
  }
  t.Same("quatre-vingts quatre-vingt", W::kNumber, 80);
  for (size_t j = 0; j < kTeens.size(); ++j) {
    t.Add(Hash(kTeens[j], Hash("soixante-")), W::kNumber, 70 + static_cast<double>(j));
    t.Add(Hash(kTeens[j], Hash("quatre-vingt-")), W::kNumber, 90 + static_cast<double>(j));
  }
  t.Same("cent cents", W::kMagnitude, 1e2);
  t.Same("mille", W::kMagnitude, 1e3);
  t.Same("million millions", W::kMagnitude, 1e6);
  t.Same("milliard milliards", W::kMagnitude, 1e9);
  t.Same("billion billions", W::kMagnitude, 1e12);
  t.Same("dizaines centaines milliers", W::kVagueMagnitude);
  t.Same("demi demie", W::kHalf, 0.5);
  t.Same("moins", W::kMinus);
  t.Same("et", W::kConnector);
  t.Count(
      "premier|premiere|1er|1re deuxieme|second|seconde|2e|2eme troisieme|3e quatrieme|4e cinquieme sixieme septieme huitieme "
      "neuvieme "
      "dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme vingtieme",
      W::kOrdinal, 1);
}

void SpanishNumbers(CalendarWriter& t) {
  t.Count(
      "cero un|uno|una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
      "dieciocho "
      "diecinueve veinte veintiuno|veintiun veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho "
      "veintinueve treinta",
      W::kNumber, 0);
  t.Count("cuarenta cincuenta sesenta setenta ochenta noventa", W::kNumber, 40, 10);
  t.Same("cien ciento", W::kNumber, 100);
  t.Count("doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos", W::kNumber, 200,
          100);
  t.Same("mil", W::kMagnitude, 1e3);
  t.Same("millon millones", W::kMagnitude, 1e6);
  t.Same("billon billones", W::kMagnitude, 1e12);
  t.Same("decenas cientos miles", W::kVagueMagnitude);
  t.Same("medio media", W::kHalf, 0.5);
  t.Same("menos", W::kMinus);
  t.Same("y", W::kConnector);
  t.Count(
      "primer|primero|primera segundo|segunda tercer|tercero|tercera cuarto|cuarta quinto|quinta sexto|sexta septimo octavo "
      "noveno decimo",
      W::kOrdinal, 1);
}

void RussianNumbers(CalendarWriter& t) {
  t.Count(
      "ноль один|одна|одно|одного|одной|одну два|две|двух|двумя|двум три|трех|тремя|трем четыре|четырех пять|пяти шесть|шести "
      "семь|семи "
      "восемь|восьми девять|девяти десять|десяти одиннадцать|одиннадцати двенадцать|двенадцати тринадцать четырнадцать "
      "пятнадцать|пятнадцати "
      "шестнадцать семнадцать восемнадцать девятнадцать",
      W::kNumber, 0);
  t.Count("двадцать|двадцати тридцать|тридцати сорок|сорока пятьдесят|пятидесяти шестьдесят семьдесят восемьдесят девяносто",
          W::kNumber, 20, 10);
  t.Count("сто|ста двести|двухсот триста|трехсот четыреста пятьсот шестьсот семьсот восемьсот девятьсот", W::kNumber, 100, 100);
  t.Same("тысяча тысячи тысяч тысячу тысячам тыс тыс.", W::kMagnitude, 1e3);
  t.Same("миллион миллиона миллионов миллионам млн млн.", W::kMagnitude, 1e6);
  t.Same("миллиард миллиарда миллиардов миллиардам млрд млрд.", W::kMagnitude, 1e9);
  t.Same("триллион триллиона триллионов трлн трлн.", W::kMagnitude, 1e12);
  t.Same("десятки сотни десятков сотен", W::kVagueMagnitude);
  t.Same("минус", W::kMinus);
  constexpr std::array<std::string_view, 10> kOrdinals = {"перв", "втор",  "трет",  "четверт", "пят",
                                                          "шест", "седьм", "восьм", "девят",   "десят"};
  for (size_t i = 0; i < kOrdinals.size(); ++i)
    for (const std::string_view ending : {"ый", "ой", "ий", "ом", "ем", "ьем", "ого", "его", "ьего", "ая", "ья"})
      t.Add(Hash(ending, Hash(kOrdinals[i])), W::kOrdinal, 1 + static_cast<double>(i));
}

}  // namespace

void AddGerman(CalendarTable& table) {
  AddMonths(table, Tongue::kGerman);
  CalendarWriter t(table, 'd');
  GermanDays(t);
  t.Count(
      "tag|tage|tagen|tages|tags woche|wochen monat|monate|monaten|monats jahr|jahre|jahren|jahres|jahrs "
      "jahrzehnt|jahrzehnte|jahrzehnten|jahrzehnts "
      "jahrhundert|jahrhunderte|jahrhunderten|jahrhunderts quartal|quartals|quartale|quartalen "
      "wochenende|wochenendes|wochenenden",
      W::kTimeUnit, kDay);
  t.Same("halbjahr halbjahres halbjahrs", W::kTimeUnit, kHalfYear);
  t.Same("jahrtausend jahrtausends jahrtausende jahrtausenden", W::kTimeUnit, kMillennium);
  t.Count("stunde|stunden minute|minuten sekunde|sekunden", W::kClockUnit, kHour);
  t.Count("fruhling|fruhjahr|fruhjahrs sommer|sommers herbst|herbstes|herbsts winter|winters", W::kSeason, 1);
  GermanNumbers(t);
  t.Same("etwa rund fast ungefahr knapp uber circa ca ca. mehr weniger", W::kApproximate);
  t.Same("mehrere mehreren viele vielen einige einigen wenige wenigen paar", W::kVague);
  t.Same(
      "letzte letzten letzter letztes letztem vorige vorigen voriges voriger vergangene vergangenen vergangenes vergangener "
      "vergangenem",
      W::kRelative, kOneBefore);
  t.Same("diese diesen dieses dieser diesem", W::kRelative, kThisOne);
  t.Same("nachste nachsten nachstes nachster nachstem", W::kRelative, kOneAfter);
  t.Same("kommende kommenden kommendes kommender kommendem", W::kRelative, kComingOne);
  t.Same("anfang beginn ende mitte", W::kPart);
  t.Count("vorgestern gestern heute morgen ubermorgen", W::kDeictic, -2);
  t.Same("abend mittag vormittag nachmittag nacht fruh", W::kDayPart);
  t.Same("mitternacht", W::kNoon, 24);
  t.Same("vor", W::kAgoLed);
  t.Same("weihnachten ostern pfingsten silvester neujahr heiligabend", W::kHoliday);
}

void AddFrench(CalendarTable& table) {
  AddMonths(table, Tongue::kFrench);
  CalendarWriter t(table, 'f');
  t.Count("lundi|lundis mardi|mardis mercredi|mercredis jeudi|jeudis vendredi|vendredis samedi|samedis dimanche|dimanches",
          W::kWeekday, 1);
  t.Count(
      "jour|jours semaine|semaines mois|mois-ci an|ans|annee|annees decennie|decennies siecle|siecles trimestre|trimestres "
      "week-end|week-ends",
      W::kTimeUnit, kDay);
  t.Same("semestre semestres", W::kTimeUnit, kHalfYear);
  t.Same("millenaire millenaires", W::kTimeUnit, kMillennium);
  t.Count("heure|heures minute|minutes secondes", W::kClockUnit, kHour);
  t.Count("printemps ete automne hiver", W::kSeason, 1);
  FrenchNumbers(t);
  t.Same("environ pres plus moins quelque presque", W::kApproximate);
  t.Same("quelques plusieurs", W::kVague);
  t.Same("dernier derniere derniers dernieres passe passee", W::kRelative, kOneBefore);
  t.Same("ce cet cette", W::kRelative, kThisOne);
  t.Same("prochain prochaine prochains prochaines", W::kRelative, kComingOne);
  t.Same(
      "debut fin milieu mi-janvier mi-fevrier mi-mars mi-avril mi-mai mi-juin mi-juillet mi-aout mi-septembre mi-octobre "
      "mi-novembre "
      "mi-decembre",
      W::kPart);
  t.Count("avant-hier hier aujourd'hui demain apres-demain", W::kDeictic, -2);
  t.Same("matin matinee apres-midi soir soiree nuit", W::kDayPart);
  t.Same("midi", W::kNoon, 12);
  t.Same("minuit", W::kNoon, 24);
  t.Same("il", W::kAgoLed);
  t.Same("noel paques pentecote toussaint", W::kHoliday);
}

void AddSpanish(CalendarTable& table) {
  AddMonths(table, Tongue::kSpanish);
  CalendarWriter t(table, 's');
  t.Count("lunes martes miercoles jueves viernes sabado|sabados domingo|domingos", W::kWeekday, 1);
  t.Count("dia|dias semana|semanas mes|meses ano|anos decada|decadas siglo|siglos trimestre|trimestres", W::kTimeUnit, kDay);
  t.Same("semestre semestres", W::kTimeUnit, kHalfYear);
  t.Same("milenio milenios", W::kTimeUnit, kMillennium);
  t.Count("hora|horas minuto|minutos segundos", W::kClockUnit, kHour);
  t.Count("primavera verano otono invierno", W::kSeason, 1);
  SpanishNumbers(t);
  t.Same("unos unas casi cerca mas menos aproximadamente", W::kApproximate);
  t.Same("algunos algunas varios varias pocos pocas muchos muchas", W::kVague);
  t.Same("pasado pasada pasados pasadas", W::kRelative, kOneBefore);
  t.Same("ultimo ultima ultimos ultimas", W::kRelative, kVaguely);
  t.Same("este esta", W::kRelative, kThisOne);
  t.Same("proximo proxima proximos proximas", W::kRelative, kComingOne);
  t.Same("principios comienzos inicios mediados finales fines fin final", W::kPart);
  t.Count("anteayer|antier ayer hoy manana", W::kDeictic, -2);
  t.Same("tarde noche madrugada", W::kDayPart);
  t.Same("mediodia", W::kNoon, 12);
  t.Same("medianoche", W::kNoon, 24);
  t.Same("hace", W::kAgoLed);
  t.Same("navidad nochebuena nochevieja", W::kHoliday);
}

void AddRussian(CalendarTable& table) {
  AddMonths(table, Tongue::kRussian);
  CalendarWriter t(table, 'r');
  t.Count(
      "понедельник|понедельника|понедельнику вторник|вторника|вторнику среда|среду|среды|среде четверг|четверга|четвергу "
      "пятница|пятницу|пятницы|пятнице "
      "суббота|субботу|субботы|субботе воскресенье|воскресенья|воскресенью",
      W::kWeekday, 1);
  t.Count(
      "день|дня|дней|дню|дням|днями|днях неделя|недели|недель|неделю|неделе|неделями "
      "месяц|месяца|месяцев|месяце|месяцу|месяцами|месяцам "
      "год|года|году|годом|лет|годы|годов|годах|годам|годами десятилетие|десятилетия|десятилетий век|века|веке|веков|веку "
      "квартал|квартала|квартале|кварталу|кварталов выходные|выходных",
      W::kTimeUnit, kDay);
  t.Same("полугодие полугодии полугодия", W::kTimeUnit, kHalfYear);
  t.Same("тысячелетие тысячелетия тысячелетии", W::kTimeUnit, kMillennium);
  t.Count("час|часа|часов|часу|часам минута|минуты|минут|минуту секунда|секунды|секунд|секунду", W::kClockUnit, kHour);
  t.Count("весной|весна|весны|весну|весне летом|лето|лета осенью|осень|осени зимой|зима|зимы|зиму|зиме", W::kSeason, 1);
  RussianNumbers(t);
  t.Same("около примерно почти свыше более менее", W::kApproximate);
  t.Same("несколько нескольких несколькими многие многих", W::kVague);
  t.Same(
      "прошлый прошлого прошлом прошлому прошлая прошлой прошлую прошлое прошлых прошлые минувший минувшего минувшем минувшей "
      "минувшую",
      W::kRelative, kOneBefore);
  t.Same("этот этого этом этой эту это эти этих нынешнем нынешнего нынешней текущего текущем текущей", W::kRelative, kThisOne);
  t.Same("следующий следующего следующем следующей следующую следующие следующих", W::kRelative, kOneAfter);
  t.Same("ближайшие ближайших последние последних последний последнего последнем последнюю", W::kRelative, kVaguely);
  t.Same("начало начале начала началу конец конце конца концу середина середине середины середину", W::kPart);
  t.Count("позавчера вчера сегодня завтра послезавтра", W::kDeictic, -2);
  t.Same("утром утра вечером вечера ночью ночи днем", W::kDayPart);
  t.Count(
      "двадцатые|двадцатых тридцатые|тридцатых сороковые|сороковых пятидесятые|пятидесятых шестидесятые|шестидесятых "
      "семидесятые|семидесятых восьмидесятые|восьмидесятых девяностые|девяностых",
      W::kDecadeName, 20, 10);
  t.Same("полдень полудня", W::kNoon, 12);
  t.Same("полночь полуночи", W::kNoon, 24);
  t.Same("назад", W::kAgo);
}

}  // namespace garner::entity_tagger
