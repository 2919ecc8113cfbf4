#include "currencies.h"

#include <algorithm>
#include <array>

#include "name_table.h"

namespace garner::entity_tagger {
namespace {

// ISO 4217, active codes of money and metals, in order.
constexpr std::string_view kCodes =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNH "
    "CNY COP CRC "
    "CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD "
    "IRR ISK JMD "
    "JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
    "NAD NGN NIO "
    "NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP "
    "SZL THB TJS "
    "TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XAG XAU XCD XDR XOF XPF YER ZAR ZMW ZWL";

constexpr std::array<std::string_view, 14> kWords = {"ALL", "BAM", "BOB", "COP", "CUP", "GEL", "LAK",
                                                     "MAD", "MOP", "PEN", "SOS", "TOP", "TRY", "MUR"};

const NameTable& Names() {
  static const NameTable names(
      "USD=dollar,dollars,dolar,dolares,доллар,доллара,долларов,доллары,долларам;"
      "EUR=euro,euros,евро;GBP=quid,sterling;JPY=yen,yens,yenes,иен,иены,иена;CNY=yuan,yuans,yuanes,renminbi,rmb,юань,юаня,юаней;"
      "RUB=ruble,rubles,rouble,roubles,rubel,rublo,rublos,рубль,рубля,рублей,рублям,рублю,рублях,руб;"
      "KZT=tenge,тенге,теңге,теңгені,теңгеге,теңгеден,теңгенің,теңгелік;PLN=zloty,zlotys,zlotych,zl,злотых;HUF=forint,forints;"
      "UAH=hryvnia,hryvnias,griwna,гривна,гривны,"
      "гривен;"
      "ILS=shekel,shekels,schekel,шекелей;THB=baht;VND=dong;IDR=rupiah;MYR=ringgit;KRW=won,вон;ZAR=rand;NGN=naira;GHS=cedi,cedis;"
      "ETB=birr;"
      "BDT=taka;GEL=lari,лари;AMD=dram,drams,драмов;AZN=manat,манатов;MNT=tugrik,tugriks;MMK=kyat,kyats;KHR=riel,riels;PYG="
      "guarani,guaranis;"
      "PEN=soles;HNL=lempira,lempiras;GTQ=quetzal,quetzals,quetzales;VES=bolivar,bolivars,bolivares;ZMW=kwacha;BWP=pula;RON=lei,"
      "leu;"
      "BGN=lev,leva,левов;TRY=lira,liras,лир;UZS=сум,сумов;KGS=som,soms,сом,сомов;CZK=kc,koruna,korun,koruny;BRL=reais;"
      "?pound=pound,pounds,pfund,libra,libras,фунт,фунта,фунтов;?peso=peso,pesos,песо;?rupee=rupee,rupees,rupien,roupies,rupias,"
      "рупий;"
      "?franc=franc,francs,franken,франк,франка,франков,francos;?dinar=dinar,dinars,dinare,dinares,динаров;"
      "?krone=krona,kronor,krone,kroner,kronen,couronnes,coronas,крон;?shilling=shilling,shillings;"
      "?riyal=riyal,riyals,rial,rials,риалов;?dirham=dirham,dirhams,дирхамов;?mark=marks;"
      "?cent=cent,cents,centime,centimes,centimos,centavos,kopecks,pence,копеек,копейки,центов,цента");
  return names;
}

const NameTable& Symbols() {
  static const NameTable symbols(
      "EUR=€;GBP=£;JPY=¥,￥;INR=₹;RUB=₽;KRW=₩;UAH=₴;TRY=₺;NGN=₦;KZT=₸;ILS=₪;PHP=₱;VND=₫;THB=฿;CRC=₡;PYG=₲;GEL=₾;AZN=₼;"
      "AMD="
      "֏;MNT=₮;LAK=₭;"
      "KHR=៛;BDT=৳;GHS=₵");
  return symbols;
}

const NameTable& Dollars() {
  static const NameTable dollars(
      "USD=US,U.S.;AUD=A,AU;CAD=C,CA,CAN;HKD=HK;NZD=NZ;SGD=S,SG;BRL=R;TWD=NT;NAD=N;JMD=J;BBD=Bds;TTD=TT;FJD=FJ;MXN=Mex,MX");
  return dollars;
}

// Adjective and name as one key. What belongs to a nation by its own name ("Turkish lira") needs no entry: the name decides.
const NameTable& Nations() {
  static const NameTable nations(
      "USD=us dollar,u.s. dollar,american dollar,americains dollar,amerikanische dollar,us- dollar,estadounidenses "
      "dollar,американских dollar;"
      "AUD=australian dollar,australische dollar,australiens dollar,australianos dollar,австралийских dollar;"
      "CAD=canadian dollar,kanadische dollar,canadiens dollar,canadienses dollar,канадских dollar;HKD=hong kong "
      "dollar,гонконгских dollar;"
      "SGD=singapore dollar,singaporean dollar,сингапурских dollar;NZD=new zealand dollar;TWD=taiwan dollar,new taiwan "
      "dollar,taiwanese dollar;"
      "JMD=jamaican dollar;BBD=barbadian dollar;TTD=trinidadian dollar;FJD=fijian dollar;NAD=namibian dollar;ZWL=zimbabwean "
      "dollar;LRD=liberian dollar;"
      "GBP=british pound,britische pound,esterlinas pound,стерлингов pound;EGP=egyptian pound,agyptische pound,египетских "
      "pound,egipcias pound;"
      "SYP=syrian pound,syrische pound,сирийских pound;LBP=lebanese pound,libanesische pound;SDG=sudanese pound;SSP=south "
      "sudanese pound;"
      "CHF=swiss franc,schweizer franc,suisses franc,suizos franc,швейцарских franc,швейцарских франков;"
      "XAF=central african franc;XOF=west african franc,cfa franc;CDF=congolese franc;RWF=rwandan franc;BIF=burundian "
      "franc;GNF=guinean franc;"
      "DJF=djiboutian franc;MXN=mexican peso,mexicanos peso,mexikanische peso,mexicains peso,мексиканских peso;"
      "ARS=argentine peso,argentinian peso,argentinos peso,argentinische peso,argentins peso,аргентинских peso;"
      "CLP=chilean peso,chilenos peso,chilenische peso,chiliens peso;COP=colombian peso,colombianos peso,kolumbianische "
      "peso,colombiens peso;"
      "PHP=philippine peso,filipinos peso,philippinische peso;CUP=cuban peso,cubanos peso,kubanische peso;UYU=uruguayan "
      "peso,uruguayos peso;"
      "DOP=dominican peso,dominicanos peso;INR=indian rupee,indische rupee,indias rupee,indiennes rupee,индийских rupee;"
      "PKR=pakistani rupee,pakistanische rupee,пакистанских rupee;LKR=sri lankan rupee;NPR=nepalese rupee,nepali "
      "rupee;MUR=mauritian rupee;"
      "KWD=kuwaiti dinar,kuwaitische dinar;IQD=iraqi dinar,irakische dinar;JOD=jordanian dinar,jordanische dinar;BHD=bahraini "
      "dinar;"
      "DZD=algerian dinar,algerische dinar,algeriens dinar;TND=tunisian dinar,tunesische dinar,tunisiens dinar;LYD=libyan dinar;"
      "RSD=serbian dinar,serbische dinar;SEK=swedish krone,schwedische krone,suedoises krone,suecas krone,шведских krone;"
      "NOK=norwegian krone,norwegische krone,norvegiennes krone,noruegas krone,норвежских krone;"
      "DKK=danish krone,danische krone,danoises krone,danesas krone,датских krone;ISK=icelandic krone,islandische "
      "krone;CZK=czech krone,tschechische krone,чешских krone;"
      "KES=kenyan shilling;UGX=ugandan shilling;TZS=tanzanian shilling;SOS=somali shilling;"
      "SAR=saudi riyal,saudi arabian riyal;QAR=qatari riyal;OMR=omani riyal;YER=yemeni riyal;IRR=iranian riyal,iranische "
      "riyal,иранских riyal;"
      "AED=emirati dirham,uae dirham;MAD=moroccan dirham,marokkanische dirham,marocains dirham,marroquies dirham");
  return nations;
}

}  // namespace

std::string_view CurrencyOfCode(std::string_view text) {
  if (text.size() != 3) return {};
  for (size_t at = 0; at < kCodes.size(); at += 4)
    if (kCodes.substr(at, 3) == text) return kCodes.substr(at, 3);
  return {};
}

bool IsWordToo(std::string_view code) { return std::find(kWords.begin(), kWords.end(), code) != kWords.end(); }

std::string_view CurrencyOfSymbol(std::string_view symbol, std::string_view letters) {
  if (symbol != "$") return Symbols().Find(Hash(symbol));
  if (letters.empty()) return "USD";
  const std::string_view code = Dollars().Find(Hash(letters));
  return code.empty() ? "USD" : code;
}

bool IsDollarLetters(std::string_view word) { return word.size() <= 4 && !Dollars().Find(Hash(word)).empty(); }

std::string_view CurrencyOfName(uint64_t hash) { return Names().Find(hash); }

std::string_view CurrencyOfNation(uint64_t adjective, std::string_view name) {
  return Nations().Find(Hash(name, Hash(" ", adjective)));
}

}  // namespace garner::entity_tagger
