#include "units.h"

#include "name_table.h"

namespace garner::entity_tagger {
namespace {

const NameTable& Symbols() {
  static const NameTable symbols(
      "km=km,Km,KM,км;m=m,м;cm=cm,см;mm=mm,мм;µm=µm,μm;nm=nm,нм;km2=km2;m2=m2,sqm;cm2=cm2;m3=m3;km3=km3;ft2=sqft;"
      "kg=kg,Kg,KG,кг;mg=mg,мг;µg=µg,μg,mcg,мкг;t=t,т;ft=ft;yd=yd,yds;in=in.;lb=lb,lbs;oz=oz;l=l,л;ml=ml,mL,мл;cl=cl;hl=hl;ha=ha,"
      "га;g=g,г;"
      "W=Вт;kW=kW,KW,кВт;MW=MW,МВт;GW=GW,ГВт;TW=TW;kWh=kWh,KWh,kwh;MWh=MWh;GWh=GWh;TWh=TWh;kJ=kJ,кДж;MJ=MJ;GJ=GJ;kcal=kcal,ккал;"
      "hp=hp,bhp;"
      "PS=PS;kV=kV,кВ;mAh=mAh;kHz=kHz,кГц;Hz=Hz,Гц;MHz=MHz,МГц;GHz=GHz,ГГц;dB=dB,dBA,дБ;kB=kB,KB,КБ;MB=MB,МБ;GB=GB,ГБ,Gb;TB=TB,"
      "ТБ;PB=PB;"
      "kbit/s=kbps,Kbps;Mbit/s=Mbps,Мбит/с;Gbit/"
      "s=Gbps;psi=psi;bar=bar;Pa=Pa;kPa=kPa,кПа;MPa=MPa,МПа;hPa=hPa,гПа;mbar=mbar;mmHg=mmHg;"
      "mile/h=mph,MPH;km/h=kph,kmh,KPH;nmi=nmi;barrel/d=bpd;ppm=ppm;ppb=ppb;rpm=rpm;kN=kN;Nm=Nm;Sv=Sv;mSv=mSv;Bq=Bq");
  return symbols;
}

const NameTable& Names() {
  static const NameTable names(
      "km=kilometer,kilometers,kilometre,kilometres,kilometern,kilometro,kilometros,километр,километра,километров,километре,"
      "километрах,километрам;"
      "m=meter,meters,metre,metres,metern,metro,metros,метр,метра,метров,метре,метрах;"
      "cm=centimeter,centimeters,centimetre,centimetres,zentimeter,zentimetern,centimetro,centimetros,сантиметр,сантиметра,"
      "сантиметров;"
      "mm=millimeter,millimeters,millimetre,millimetres,millimetern,milimetro,milimetros,миллиметр,миллиметра,миллиметров;"
      "µm=micrometer,micrometers,micrometre,micrometres,micron,microns,mikrometer,micras;nm=nanometer,nanometers,nanometre,"
      "nanometres,nanometern;"
      "mile=mile,miles,meile,meilen,milla,millas,миля,мили,миль;ft=foot,feet,pieds,футов,фута;in=inch,inches,zoll,pouces,"
      "pulgadas,дюймов;yd=yard,yards;"
      "m2=quadratmeter,quadratmetern;km2=quadratkilometer,quadratkilometern;m3=kubikmeter,kubikmetern;"
      "km/h=stundenkilometer,stundenkilometern;mile/h=m.p.h.,m.p.h;"
      "kg=kilogram,kilograms,kilo,kilos,kilogramme,kilogrammes,kilogramm,kilogramos,kilogramo,килограмм,килограмма,килограммов;"
      "g=gram,grams,gramme,grammes,gramm,gramos,gramo,грамм,грамма,граммов;mg=milligram,milligrams,milligramm,milligrammes,"
      "miligramos;"
      "µg=microgram,micrograms,mikrogramm,microgrammes,microgramos;t=tonne,tonnes,ton,tons,tonnen,tonelada,toneladas,тонна,тонны,"
      "тонн,тонну;"
      "lb=pound,pounds;oz=ounce,ounces,unze,unzen,onces,onzas,унций,унции;"
      "l=liter,liters,litre,litres,litern,litro,litros,литр,литра,литров;ml=milliliter,milliliters,millilitre,millilitres,"
      "mililitros;"
      "gal=gallon,gallons,gallonen,galones;pint=pint,pints;"
      "barrel=barrel,barrels,barril,barriles,barils,баррель,барреля,баррелей;acre=acre,acres;ha=hectare,hectares,hektar,hectarea,"
      "hectareas,гектар,гектара,гектаров;"
      "W=watt,watts,vatios,ватт;kW=kilowatt,kilowatts,kilovatios,киловатт;MW=megawatt,megawatts,megavatios,мегаватт,мегаватта;GW="
      "gigawatt,gigawatts,gigavatios,гигаватт;"
      "TW=terawatt,terawatts;kWh=kilowatt-hour,kilowatt-hours,kilowattstunde,kilowattstunden,kilowattheures,киловатт-часов;"
      "MWh=megawatt-hour,megawatt-hours,megawattstunden,megawattheures;GWh=gigawatt-hour,gigawatt-hours,gigawattstunden,"
      "gigawattheures;"
      "TWh=terawatt-hour,terawatt-hours,terawattstunden,terawattheures;J=joule,joules;kJ=kilojoule,kilojoules;MJ=megajoule,"
      "megajoules;"
      "calorie=calorie,calories,calorias,калорий,kalorien;kcal=kilocalorie,kilocalories;hp=horsepower;"
      "knot=knot,knots,knoten,nudos,узлов,узла;kB=kilobyte,kilobytes;MB=megabyte,megabytes,мегабайт;GB=gigabyte,gigabytes,"
      "гигабайт;"
      "TB=terabyte,terabytes,терабайт;PB=petabyte,petabytes;Mbit/s=megabits;Gbit/s=gigabits;"
      "light-year=light-year,light-years,lichtjahre,lichtjahren,annees-lumiere;carat=carat,carats,karat;bushel=bushel,bushels;"
      "V=volt,volts;A=ampere,amperes,amps;Pa=pascal,pascals;kPa=kilopascal,kilopascals;hPa=hectopascal,hectopascals,hektopascal;"
      "MPa=megapascal,megapascals;"
      "mbar=millibar,millibars;dB=decibel,decibels,dezibel,decibelios,децибел;Hz=hertz,герц;kHz=kilohertz;MHz=megahertz;GHz="
      "gigahertz;"
      // Symbols as they are also written, where no other unit is meant by the same letters.
      "lb=lb,lbs;oz=oz;GB=gb;MB=mb;TB=tb;GHz=ghz;MHz=mhz;Hz=hz;mm=mm;cm=cm;km=km;ft=ft;kg=kg;mg=mg;ml=ml;kWh=kwh;MWh=mwh;kW=kw;"
      "MW=mw;GW=gw;"
      "K=kelvin,kelvins;nmi=seemeilen;ppm=p.p.m.;Sv=sievert,sieverts;mSv=millisievert,millisieverts");
  return names;
}

}  // namespace

std::string_view UnitOf(std::string_view text, uint64_t folded) {
  if (const std::string_view unit = Symbols().Find(Hash(text)); !unit.empty()) return unit;
  return Names().Find(folded);
}

}  // namespace garner::entity_tagger
