#include "amounts.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "calendar.h"
#include "numbers.h"

namespace garner::entity_tagger {
namespace {

using Names = std::unordered_map<uint64_t, std::string_view>;

// "USD dollar dollars; EUR euro euros": the first word of each group is the value. A group that begins with "?" has no sure
// value.
Names Parse(std::string_view groups) {
  Names names;
  while (!groups.empty()) {
    const size_t end = groups.find(';');
    std::string_view group = groups.substr(0, end);
    const size_t space = group.find('=');
    const std::string_view value = group.substr(0, space);
    group.remove_prefix(space + 1);
    while (!group.empty()) {
      const size_t comma = group.find(',');
      names.emplace(Hash(group.substr(0, comma)), value);
      if (comma == std::string_view::npos) break;
      group.remove_prefix(comma + 1);
    }
    if (end == std::string_view::npos) break;
    groups.remove_prefix(end + 1);
  }
  return names;
}

const Names& Currencies() {
  static const Names names = Parse(
      "USD=dollar,dollars,usd;EUR=euro,euros,eur;GBP=gbp,quid,sterling;JPY=yen,jpy;CNY=yuan,renminbi,cny,rmb;RUB=ruble,rubles,"
      "rouble,roubles,rub,рублей,рубля;"
      "KZT=tenge,kzt;CHF=chf;INR=inr;BRL=reais,brl;PLN=zloty,zlotys,zlotych,pln;HUF=forint,forints,huf;UAH=hryvnia,hryvnias,uah;"
      "ILS=shekel,shekels,ils;"
      "THB=baht,thb;VND=dong,vnd;IDR=rupiah,idr;MYR=ringgit,myr;KRW=won,krw;ZAR=rand,zar;NGN=naira,ngn;GHS=cedi,cedis,ghs;ETB="
      "birr,etb;BDT=taka,bdt;GEL=lari,gel;"
      "AMD=dram,drams,amd;AZN=manat,azn;MNT=tugrik,mnt;MMK=kyat,mmk;KHR=riel,khr;PYG=guarani,guaranis;PEN=soles,pen;HNL=lempira,"
      "lempiras;GTQ=quetzal,quetzals;"
      "VES=bolivar,bolivars;ZMW=kwacha;BWP=pula;RON=lei;BGN=lev,leva;SEK=sek;NOK=nok;DKK=dkk;CZK=czk;CAD=cad;AUD=aud;NZD=nzd;HKD="
      "hkd;SGD=sgd;MXN=mxn;TRY=try,lira,liras;"
      "AED=aed;SAR=sar;EGP=egp;PKR=pkr;KES=kes;ARS=ars;CLP=clp;COP=cop;PHP=php;TWD=twd;?=peso,pesos,rupee,rupees,franc,francs,"
      "dinar,dinars,krona,kronor,krone,kroner,"
      "koruna,shilling,shillings,riyal,riyals,rial,rials,dirham,dirhams,som,marks;USD-100=cent,cents");
  return names;
}

const Names& Units() {
  static const Names names = Parse(
      "km=km,kilometer,kilometers,kilometre,kilometres;m=meter,meters,metre,metres;cm=cm,centimeter,centimeters,centimetre,"
      "centimetres;"
      "mm=mm,millimeter,millimeters,millimetre,millimetres;mile=mile,miles;ft=foot,feet,ft;in=inch,inches;yd=yard,yards;kg=kg,"
      "kilogram,kilograms,kilo,kilos,kilogramme,kilogrammes;"
      "g=gram,grams,gramme,grammes;mg=mg,milligram,milligrams;t=tonne,tonnes,ton,tons;lb=pound,pounds,lb,lbs;oz=ounce,ounces,oz;"
      "l=liter,liters,litre,litres;"
      "ml=ml,milliliter,milliliters,millilitre,millilitres;gal=gallon,gallons;barrel=barrel,barrels,bpd;acre=acre,acres;ha="
      "hectare,hectares,ha;"
      "MW=mw,megawatt,megawatts;GW=gw,gigawatt,gigawatts;kW=kw,kilowatt,kilowatts;kWh=kwh,kilowatt-hour,kilowatt-hours;MWh=mwh,"
      "megawatt-hours;TWh=twh,terawatt-hours;"
      "mph=mph;km/h=kph,kmh;knot=knots;GB=gb,gigabyte,gigabytes;TB=tb,terabyte,terabytes;MB=mb,megabyte,megabytes;"
      "light-year=light-year,light-years;carat=carat,carats;bushel=bushel,bushels;volt=volts;hectopascal=hpa;decibel=decibels;"
      "calorie=calories;Hz=hz,hertz;MHz=mhz;GHz=ghz");
  return names;
}

std::string_view Find(const Names& names, const Tokens& tokens, size_t i) {
  if (i >= tokens.size() || tokens[i].type != Token::kWord) return {};
  const auto at = names.find(tokens[i].hash);
  return at == names.end() ? std::string_view() : at->second;
}

bool Is(const Tokens& tokens, size_t i, std::string_view word) {
  return i < tokens.size() && tokens[i].type == Token::kWord && tokens[i].hash == Hash(word);
}

// A number, or two as a range: "10-15", "5 to 6 million".
struct Amount {
  double low = 0, high = 0;
  bool range = false;
  size_t end = 0;
  std::string Text() const { return FormatNumber(low) + (range ? "/" + FormatNumber(high) : ""); }
};

std::optional<Amount> ParseAmount(std::string_view text, const Tokens& tokens, size_t i) {
  const std::optional<Number> first = ParseNumber(text, tokens, i);
  if (!first) return std::nullopt;
  Amount amount{first->value, 0, false, first->end};
  const size_t at = first->end;
  const bool dash = at < tokens.size() && tokens[at].type == Token::kPunctuation && tokens[at].mark == '-';
  if (!dash && !Is(tokens, at, "to") && !Is(tokens, at, "or")) return amount;
  const std::optional<Number> second = ParseNumber(text, tokens, at + 1);
  if (!second || second->value <= first->value) return amount;
  amount.range = true;
  amount.high = second->value;
  amount.end = second->end;
  // "5 to 6 million": the magnitude belongs to both.
  if (first->whole && !second->whole && second->value >= 1e5 && first->value < 1000) {
    for (const double magnitude : {1e12, 1e9, 1e6, 1e3}) {
      if (second->value / magnitude < 1) continue;
      amount.low *= magnitude;
      break;
    }
  }
  return amount;
}

// The ISO code of a symbol with the letters before it: "US$", "A$", "€".
std::string_view SymbolCode(std::string_view symbol, std::string_view letters) {
  if (symbol == "$") {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kDollars = {{{"US", "USD"},
                                                                                         {"U.S.", "USD"},
                                                                                         {"A", "AUD"},
                                                                                         {"AU", "AUD"},
                                                                                         {"C", "CAD"},
                                                                                         {"CA", "CAD"},
                                                                                         {"HK", "HKD"},
                                                                                         {"NZ", "NZD"},
                                                                                         {"S", "SGD"},
                                                                                         {"R", "BRL"}}};
    for (const auto& [name, code] : kDollars)
      if (letters == name) return code;
    return "USD";
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSymbols = {{{"€", "EUR"},
                                                                                       {"£", "GBP"},
                                                                                       {"¥", "JPY"},
                                                                                       {"₹", "INR"},
                                                                                       {"₽", "RUB"},
                                                                                       {"₩", "KRW"},
                                                                                       {"₴", "UAH"},
                                                                                       {"₺", "TRY"},
                                                                                       {"₦", "NGN"},
                                                                                       {"₸", "KZT"},
                                                                                       {"₪", "ILS"}}};
  for (const auto& [name, code] : kSymbols)
    if (symbol == name) return code;
  return {};
}

bool IsDollarLetters(std::string_view word) {
  return word == "US" || word == "A" || word == "AU" || word == "C" || word == "CA" || word == "HK" || word == "NZ" ||
         word == "S" || word == "R" || word == "U.S.";
}

// $5 million, US$5m, €3.5bn.
std::optional<Expression> SymbolFirst(std::string_view text, const Tokens& tokens, size_t i) {
  size_t at = i;
  std::string_view letters;
  if (tokens[at].type == Token::kWord) {
    letters = View(text, tokens[at]);
    if (!IsDollarLetters(letters) || at + 1 >= tokens.size() || tokens[at + 1].space_before || View(text, tokens[at + 1]) != "$")
      return std::nullopt;
    ++at;
  }
  if (tokens[at].type != Token::kPunctuation) return std::nullopt;
  const std::string_view code = SymbolCode(View(text, tokens[at]), letters);
  if (code.empty() || at + 1 >= tokens.size() || tokens[at + 1].type != Token::kNumber) return std::nullopt;
  std::optional<Amount> amount = ParseAmount(text, tokens, at + 1);
  if (!amount) return std::nullopt;
  // "$5 to $6 million"
  const size_t next = amount->end;
  const bool joins = next + 2 < tokens.size() && (tokens[next].mark == '-' || Is(tokens, next, "to")) &&
                     View(text, tokens[next + 1]) == View(text, tokens[at]);
  if (!amount->range && joins && tokens[next].type != Token::kPossessive) {
    const std::optional<Number> high = ParseNumber(text, tokens, next + 2);
    if (high && high->value > amount->low) {
      if (!high->whole && amount->low < 1000 && high->value >= 1e6) amount->low *= high->value >= 1e9 ? 1e9 : 1e6;
      amount->range = true;
      amount->high = high->value;
      amount->end = high->end;
    }
  }
  size_t end = amount->end;
  if (Is(tokens, end, "usd") || Is(tokens, end, "dollars")) ++end;
  return Expression{i, end, "MONEY", std::string(code) + " " + amount->Text(), true};
}

// EUR 5,000.
std::optional<Expression> CodeFirst(std::string_view text, const Tokens& tokens, size_t i) {
  if (tokens[i].type != Token::kWord || !tokens[i].all_caps || tokens[i].end - tokens[i].begin != 3) return std::nullopt;
  const std::string_view code = Find(Currencies(), tokens, i);
  if (code.size() != 3 || i + 1 >= tokens.size() || tokens[i + 1].type != Token::kNumber) return std::nullopt;
  const std::optional<Amount> amount = ParseAmount(text, tokens, i + 1);
  if (!amount) return std::nullopt;
  return Expression{i, amount->end, "MONEY", std::string(code) + " " + amount->Text(), true};
}

bool PerCent(std::string_view text, const Tokens& tokens, size_t& at) {
  if (at < tokens.size() && tokens[at].type == Token::kPunctuation && (tokens[at].mark == '%' || View(text, tokens[at]) == "٪"))
    return ++at, true;
  for (const std::string_view word : {"percent", "pct", "prozent", "процентов", "процента"})
    if (Is(tokens, at, word)) return ++at, true;
  if (Is(tokens, at, "percentage") && (Is(tokens, at + 1, "points") || Is(tokens, at + 1, "point"))) return at += 2, true;
  if (Is(tokens, at, "per") && Is(tokens, at + 1, "cent")) return at += 2, true;
  return false;
}

bool CountryOfDollar(const Tokens& tokens, size_t i, std::string_view& code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kNational = {{{"us", "USD"},
                                                                                        {"u.s.", "USD"},
                                                                                        {"american", "USD"},
                                                                                        {"australian", "AUD"},
                                                                                        {"canadian", "CAD"},
                                                                                        {"hong", "HKD"},
                                                                                        {"singapore", "SGD"},
                                                                                        {"swiss", "CHF"},
                                                                                        {"indian", "INR"},
                                                                                        {"pakistani", "PKR"},
                                                                                        {"mexican", "MXN"},
                                                                                        {"swedish", "SEK"},
                                                                                        {"norwegian", "NOK"},
                                                                                        {"danish", "DKK"},
                                                                                        {"british", "GBP"},
                                                                                        {"egyptian", "EGP"}}};
  for (const auto& [word, iso] : kNational) {
    if (!Is(tokens, i, word)) continue;
    code = iso;
    return true;
  }
  return false;
}

std::optional<Expression> Money(const Tokens& tokens, size_t i, const Amount& amount) {
  size_t at = amount.end;
  if (at < tokens.size() && tokens[at].mark == '-' && !tokens[at].space_before) ++at;
  if (Is(tokens, at, "d'") || Is(tokens, at, "de")) ++at;  // 5 millions d'euros
  std::string_view national;
  if (CountryOfDollar(tokens, at, national)) ++at;
  std::string_view code = Find(Currencies(), tokens, at);
  if (code.empty() && (Is(tokens, at, "pounds") || Is(tokens, at, "pound"))) {
    // "200 pounds" is a weight as often as a price; millions of them are money.
    if (amount.low < 1e5 && national.empty() && !Is(tokens, at + 1, "sterling")) return std::nullopt;
    code = "GBP";
    if (Is(tokens, at + 1, "sterling")) ++at;
  }
  if (code.empty()) return std::nullopt;
  const std::string written(code);
  if (code == "TRY" && Is(tokens, at, "try") && !tokens[at].all_caps) return std::nullopt;
  if ((Is(tokens, at, "won") || Is(tokens, at, "rand") || Is(tokens, at, "som") || Is(tokens, at, "marks") ||
       Is(tokens, at, "lei")) &&
      (amount.low < 100 || at == i))
    return std::nullopt;
  if (!national.empty() && (code == "USD" || code == "?")) code = national;
  if (code == "?") return Expression{i, at + 1, "MONEY", "", false};
  if (code == "USD-100") return Expression{i, at + 1, "MONEY", "", false};
  return Expression{i, at + 1, "MONEY", std::string(code) + " " + amount.Text(), true};
}

// "square kilometers", "cubic metres", "degrees Celsius", "°C".
std::optional<Expression> CompoundUnit(std::string_view text, const Tokens& tokens, size_t i, size_t at, const Amount& amount) {
  const bool square = Is(tokens, at, "square") || Is(tokens, at, "sq"), cubic = Is(tokens, at, "cubic");
  if (square || cubic) {
    const std::string_view unit = Find(Units(), tokens, at + 1);
    if (unit.empty()) return std::nullopt;
    return Expression{i, at + 2, "QUANTITY", amount.Text() + " " + std::string(unit) + (square ? "2" : "3"), true};
  }
  if (Is(tokens, at, "degrees") || Is(tokens, at, "degree")) {
    if (Is(tokens, at + 1, "celsius") || Is(tokens, at + 1, "c"))
      return Expression{i, at + 2, "QUANTITY", amount.Text() + " °C", true};
    if (Is(tokens, at + 1, "fahrenheit") || Is(tokens, at + 1, "f"))
      return Expression{i, at + 2, "QUANTITY", amount.Text() + " °F", true};
    return Is(tokens, at, "degrees") ? std::optional<Expression>({i, at + 1, "QUANTITY", amount.Text() + " °", true})
                                     : std::nullopt;
  }
  if (at < tokens.size() && View(text, tokens[at]) == "°" && at + 1 < tokens.size() && !tokens[at + 1].space_before &&
      (Is(tokens, at + 1, "c") || Is(tokens, at + 1, "f"))) {
    return Expression{i, at + 2, "QUANTITY", amount.Text() + (Is(tokens, at + 1, "c") ? " °C" : " °F"), true};
  }
  return std::nullopt;
}

std::optional<Expression> Quantity(std::string_view text, const Tokens& tokens, size_t i, const Amount& amount) {
  size_t at = amount.end;
  if (at < tokens.size() && tokens[at].mark == '-' && !tokens[at].space_before && at + 1 < tokens.size() &&
      !tokens[at + 1].space_before)
    ++at;
  if (std::optional<Expression> compound = CompoundUnit(text, tokens, i, at, amount)) return compound;
  std::string_view unit = Find(Units(), tokens, at);
  if (unit.empty() && at < tokens.size() && View(text, tokens[at]) == "m" && !Is(tokens, at + 1, "sterling") &&
      tokens[at].space_before)
    unit = "m";
  if (unit.empty()) return std::nullopt;
  // Symbols in the wrong case are other words: MB, but Mw; "in" and "ton" of a name.
  size_t end = at + 1;
  std::string value = amount.Text() + " " + std::string(unit);
  const bool rate = Is(tokens, end, "per") || (end < tokens.size() && tokens[end].mark == '/' && !tokens[end].space_before) ||
                    ((Is(tokens, end, "a") || Is(tokens, end, "an")) &&
                     (Is(tokens, end + 1, "day") || Is(tokens, end + 1, "hour") || Is(tokens, end + 1, "second")));
  if (rate && (Is(tokens, end + 1, "day") || Is(tokens, end + 1, "d")))
    return Expression{i, end + 2, "QUANTITY", value + "/d", true};
  if (rate && (Is(tokens, end + 1, "hour") || Is(tokens, end + 1, "h")))
    return Expression{i, end + 2, "QUANTITY", value + "/h", true};
  if (rate && (Is(tokens, end + 1, "second") || Is(tokens, end + 1, "s")))
    return Expression{i, end + 2, "QUANTITY", value + "/s", true};
  return Expression{i, end, "QUANTITY", value, true};
}

}  // namespace

std::optional<Expression> MatchAmount(std::string_view text, const Tokens& tokens, size_t i) {
  if (std::optional<Expression> money = SymbolFirst(text, tokens, i)) return money;
  if (std::optional<Expression> money = CodeFirst(text, tokens, i)) return money;
  if (tokens[i].type == Token::kPunctuation || tokens[i].type == Token::kPossessive) return std::nullopt;
  if (i > 0 && !tokens[i].space_before && tokens[i - 1].type == Token::kWord) return std::nullopt;
  std::optional<Amount> amount = ParseAmount(text, tokens, i);
  if (!amount && (Is(tokens, i, "a") || Is(tokens, i, "half")) && i + 1 < tokens.size()) {
    const CalendarWord* next = LookUp(tokens[i + 1].hash);
    if (next != nullptr && next->type == CalendarWord::kMagnitude && tokens[i + 1].type == Token::kWord)
      amount = Amount{next->value, 0, false, i + 2};
  }
  if (!amount) return std::nullopt;
  size_t at = amount->end;
  if (at < tokens.size() && tokens[at].mark == '-' && !tokens[at].space_before && !Is(tokens, at + 1, "cent")) {
    size_t behind = at + 1;
    if (PerCent(text, tokens, behind)) return Expression{i, behind, "PERCENT", amount->Text() + " %", true};
  }
  if (PerCent(text, tokens, at)) return Expression{i, at, "PERCENT", amount->Text() + " %", true};
  // 5 000 €
  if (at < tokens.size() && tokens[at].type == Token::kPunctuation && tokens[at].mark != '$') {
    if (const std::string_view code = SymbolCode(View(text, tokens[at]), {}); !code.empty() && code != "USD")
      return Expression{i, at + 1, "MONEY", std::string(code) + " " + amount->Text(), true};
  }
  if (std::optional<Expression> money = Money(tokens, i, *amount)) return money;
  return Quantity(text, tokens, i, *amount);
}

}  // namespace garner::entity_tagger
