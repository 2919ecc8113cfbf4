#!/usr/bin/env python3
"""Rebuilds the generated lists of plugins/entity_tagger/data: countries.tsv, cities_abroad.tsv, subdivisions.txt, cities.tsv,
first_names.txt, surnames.txt and words.txt. The lists without a source below (groups, organisations, places ...) are written by hand;
the GeoNames numbers in cities_major.txt are checked.

usage: entity_lists.py NER_DIR WCXB_DIR [--cldr DIR] [--out DIR]

WCXB_DIR holds `ground-truth/` (main content of web pages, whose lower-case words make words.txt too). NER_DIR holds `lists/` (GeoNames cities, names) and `train/` (token files, whose lower-case words make words.txt); its README names
the licences. CLDR is the Debian package unicode-cldr-core. The same inputs give the same bytes.
"""
import argparse, collections, glob, json, os, re, sys, unicodedata
import xml.etree.ElementTree as ET

# Names of countries in these languages are found in every text, unless they mean something else as well; those of all others in texts of
# their language only.
EVERYWHERE = "en de fr es it pt nl sv da no fi pl cs sk hu ro bg ru uk be tr el lt lv et hr sr sl sq ca eu id ms vi az kk ky uz".split()
READ_WIDELY = "de fr es it pt ru kk".split()
# What CLDR calls differently from the press.
ENGLISH = {"BA": "Bosnia and Herzegovina", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "HK": "Hong Kong",
           "MO": "Macau", "MM": "Myanmar", "PS": "Palestine", "AG": "Antigua and Barbuda", "TT": "Trinidad and Tobago",
           "KN": "Saint Kitts and Nevis", "VC": "Saint Vincent and the Grenadines", "LC": "Saint Lucia", "ST": "São Tomé and Príncipe"}
LEFT_OUT = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "BV", "HM", "UM", "IO", "TF", "GS"}
# Cities and towns that are meant more often, also in the languages that call an island or country so.
RATHER_CITIES = {"Granada", "Guadalupe", "San Martín", "San Bartolomé", "Santa Elena", "Santa Lucía", "Santa Luzia", "Santa Helena",
                 "Saint-Barthélemy", "Norfolk", "Salvador"}
# No provinces themselves, and in most texts something else.
NO_SUBDIVISIONS = {"Java"}
# What the list of cities calls differently from CLDR.
CITY_COUNTRIES = {"Bonaire, Sint Eustatius and Saba": "BQ", "Cabo Verde": "CV", "Hong Kong": "HK", "Macao": "MO",
                  "Palestine, State of": "PS", "Saint Vincent and the Grenadines": "VC", "Brunei Darussalam": "BN", "Congo": "CG",
                  "Congo, The Democratic Republic of the": "CD", "Falkland Islands (Malvinas)": "FK",
                  "Holy See (Vatican City State)": "VA", "Korea, Democratic People's Republic of": "KP",
                  "Korea, Republic of": "KR", "Lao People's Democratic Republic": "LA", "No country found for alpha-2 code: XK": "XK",
                  "Pitcairn": "PN", "Russian Federation": "RU", "Saint Martin (French part)": "MF", "Sint Maarten (Dutch part)": "SX",
                  "South Georgia and the South Sandwich Islands": "GS", "Syrian Arab Republic": "SY", "Türkiye": "TR", "Viet Nam": "VN",
                  "Virgin Islands, British": "VG", "Virgin Islands, U.S.": "VI"}
# States and provinces that the press names without their country.
WELL_KNOWN_STATES = ("US", "CA")


def fold(text):
    """As fold.cc does it."""
    key = []
    for c in unicodedata.normalize("NFC", text):
        if unicodedata.category(c) == "Mn":
            continue
        base = c if c in "Йй" else unicodedata.normalize("NFD", c)[0]
        key.append({"ł": "l", "ø": "o", "ı": "i", "ß": "ss", "’": "'", "‘": "'", "\u00a0": " "}.get(base.lower(), base.lower()))
    return "".join(key)


def locales(cldr):
    """(language in two letters, root of its file) of all that CLDR has; of English only the common one."""
    for path in sorted(glob.glob(os.path.join(cldr, "main", "*.xml"))):
        language = os.path.basename(path)[:-4].split("_")[0]
        if len(language) == 2 and (language != "en" or path.endswith("/en.xml")):
            yield language, ET.parse(path).getroot()


def long_enough(name):
    """A short form such as "US" is for the hand-written list, which knows that it needs its capitals."""
    georgian = "\u10d0" <= name[0] <= "\u10ff"  # to Unicode its letters are small ones, but texts have no others
    if name[0].islower() and not georgian or name.isupper() or re.search(r"[0-9,.]", name.replace("St.", "")) or " - " in name:
        return False
    return len(name) >= (4 if name[0].isupper() else 3)


def by_name(rows):
    """{folded name: {code}} of (name, code, language)."""
    codes = collections.defaultdict(set)
    for name, code, _ in rows:
        codes[fold(name)].add(code)
    return codes


def spread(rows, english, taken, surnames, canonical):
    """Lines of name, what canonical(code) says and languages: a star for all texts, else the languages whose name it is. Somebody has
    nearly any word as a surname: a name that readers of English know from its own language stands for the country all the same."""
    codes = by_name(rows)
    names = collections.defaultdict(lambda: collections.defaultdict(set))  # folded name: code: languages
    written = {}
    for name, code, language in rows:
        names[fold(name)][code].add(language)
        written.setdefault((fold(name), code), name)
    out = []
    for key in names:
        for code, languages in names[key].items():
            own = {l for l in languages if not any(l in other for c, other in names[key].items() if c != code)}
            if key == fold(english[code]) or "en" in languages:
                marks = ["*"] + sorted(languages & set(EVERYWHERE))
            elif languages & set(EVERYWHERE) and len(codes[key]) == 1 and key not in taken and (
                    key not in surnames or len(key) > 4 and languages & set(READ_WIDELY)):
                marks = ["*"] + sorted(languages)
            else:
                marks = sorted(own)
            if marks:
                first = 0 if key == fold(english[code]) else 1
                out.append((code, first, key, [written[key, code], *canonical(code), " ".join(marks)]))
    return ["\t".join(fields) for _, _, _, fields in sorted(out)]


def countries(roots, taken, surnames):
    rows, english = [], {}
    for language, root in roots:
        for node in root.iterfind("localeDisplayNames/territories/territory"):
            code, name = node.get("type"), (node.text or "").strip()
            if not re.fullmatch("[A-Z]{2}", code) or code in LEFT_OUT or name in ("", "↑↑↑", code):
                continue
            name = re.sub(r"\s*\(.*\)$", "", name)
            if language == "en" and node.get("alt") is None:
                english[code] = ENGLISH.get(code, name)
                rows.append((english[code], code, "en"))
            if name and long_enough(name) and name not in RATHER_CITIES:
                rows.append((name, code, language))
    return spread([row for row in rows if row[1] in english], english, taken, surnames,
                  lambda code: [code, english[code]])


def cities_abroad(roots, major, taken):
    """Names of the time zones' cities, as far as they are cities of the hand-written list, in the texts of their languages."""
    english = {}
    for language, root in roots:
        if language == "en":
            for node in root.iterfind("dates/timeZoneNames/zone"):
                city = node.find("exemplarCity")
                if city is not None:
                    english[node.get("type")] = city.text
    rows = []
    for language, root in roots:
        for node in root.iterfind("dates/timeZoneNames/zone"):
            city, zone = node.find("exemplarCity"), node.get("type")
            canonical = major.get(fold(english.get(zone, zone.split("/")[-1].replace("_", " "))))
            if language == "en" or city is None or canonical is None or (city.text or "↑↑↑") == "↑↑↑":
                continue
            name = re.sub(r"\s*\(.*\)$", "", city.text.strip())
            if name and long_enough(name) and major.get(fold(name)) != canonical and fold(name) not in taken:
                rows.append((name, canonical, language))
    meanings = collections.defaultdict(set)
    for name, canonical, language in rows:
        meanings[fold(name), language].add(canonical)
    by_city = collections.defaultdict(set)
    for name, canonical, language in rows:
        if len(meanings[fold(name), language]) == 1:
            by_city[canonical, name].add(language)
    return [f"{name}\t{canonical}\t{' '.join(sorted(languages))}" for (canonical, name), languages in sorted(by_city.items())]


def subdivisions(cldr, country_names):
    """{name: code, or none where several places have the name}"""
    valid = ET.parse(os.path.join(cldr, "validity", "subdivision.xml")).getroot()
    retired = set()
    for node in valid.iter("id"):
        if node.get("idStatus") == "deprecated":
            for item in node.text.split():
                first, _, last = item.partition("~")
                retired |= {first[:-1] + chr(c) for c in range(ord(first[-1]), ord(last or first[-1]) + 1)}
    codes = collections.defaultdict(set)
    for node in ET.parse(os.path.join(cldr, "subdivisions", "en.xml")).getroot().iterfind("localeDisplayNames/subdivisions/subdivision"):
        code, name = node.get("type"), re.sub(r"\s*[\[(].*$", "", (node.text or "").strip())
        if len(name) >= 4 and name[0].isupper() and not re.search(r"[0-9,]", name) and name not in NO_SUBDIVISIONS:
            codes[name] |= set() if code in retired or len(code) < 4 or not code.isalnum() else {f"{code[:2].upper()}-{code[2:].upper()}"}
    out = {}
    for name, all_codes in codes.items():
        known = [c for c in sorted(all_codes) if c[:2] in WELL_KNOWN_STATES]
        out[name] = known[0] if len(known) == 1 else next(iter(all_codes)) if len(all_codes) == 1 else ""
        if fold(name) in country_names:
            out[name] = ""
    return out


def city_country(name, english):
    if name in CITY_COUNTRIES:
        return CITY_COUNTRIES[name]
    plain = {fold(n.replace("&", "and").replace("St.", "Saint")): code for code, n in english.items()}
    return plain.get(fold(name)) or plain.get(fold(name.split(",")[0])) or sys.exit(f"cities: no code for the country '{name}'")


def cities(path, english, states):
    """Lines of the cities, {number: country}, and {folded name: countries}."""
    found, country_of, codes = collections.defaultdict(list), {}, {}
    for line in open(path, encoding="utf-8").read().splitlines()[1:]:
        name, country, _, number = line.split("\t")
        codes.setdefault(country, city_country(country, english))
        country_of[number] = codes[country]
        # Two letters are initials more often than a town.
        if len(name) >= 3 and name[0].isupper():
            found[name].append(number)
    spellings = collections.Counter(fold(name) for name, numbers in found.items() for _ in numbers)
    out = []
    for name, numbers in sorted(found.items()):
        state = states.get(fold(name), "")
        # A state or province elsewhere may be meant: Ontario is one in Canada, and a city in California.
        elsewhere = fold(name) in states and (state[:2] != country_of[numbers[0]] or state[:2] in WELL_KNOWN_STATES)
        alone = spellings[fold(name)] == 1 and not elsewhere
        out.append(f"{name}\t{country_of[numbers[0]]} {numbers[0]}" if alone else name)
    countries_of = {fold(name): set() for name in found}
    for name, numbers in found.items():
        countries_of[fold(name)] |= {country_of[number] for number in numbers}
    return out, country_of, countries_of


def hand_written(out, name):
    """[canonical name, other names], code of each line of a hand-written list."""
    for line in open(os.path.join(out, name), encoding="utf-8").read().splitlines():
        if line and not line.startswith("#"):
            names, _, code = line.partition("\t")
            yield names.split("|"), code


def web_words(wcxb):
    """Words that stand in lower case inside sentences of three pages or more, and more than twice as often as with a capital."""
    lower, capital, pages = collections.Counter(), collections.Counter(), collections.Counter()
    for path in sorted(glob.glob(os.path.join(wcxb, "ground-truth", "*.json"))):
        found = re.findall(r"(?<=[a-z,] )([A-Za-z]{3,})\b", json.load(open(path, encoding="utf-8"))["ground_truth"].get("main_content") or "")
        lower.update(w for w in found if w.islower())
        pages.update({w for w in found if w.islower()})
        capital.update(w.lower() for w in found if w[0].isupper() and w[1:].islower())
    return {w for w, n in lower.items() if pages[w] >= 3 and n > 2 * capital[w]}


def words(train):
    lower, tagged = collections.Counter(), collections.Counter()
    for path in sorted(glob.glob(os.path.join(train, "*.bio"))):
        if os.path.basename(path).startswith(("btc", "wnut")):
            continue  # tweets write names in lower case
        for line in open(path, encoding="utf-8"):
            token, _, tag = line.rstrip("\n").rpartition("\t")
            if re.fullmatch("[a-z]{2,}", token):
                (lower if tag == "O" else tagged)[token] += 1
    return sorted(w for w, n in lower.items() if n >= 2 and n > 4 * tagged[w])


def write(out, name, head, rows):
    with open(os.path.join(out, name), "w", encoding="utf-8", newline="\n") as f:
        f.write("".join(f"# {line}\n" for line in head))
        f.write("\n".join(rows) + "\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("ner_dir")
    ap.add_argument("wcxb_dir")
    ap.add_argument("--cldr", default="/usr/share/unicode/cldr/common")
    ap.add_argument("--out", default=os.path.join(here, "..", "plugins", "entity_tagger", "data"))
    a = ap.parse_args()
    lists = os.path.join(a.ner_dir, "lists")
    vocabulary = sorted({*words(os.path.join(a.ner_dir, "train")), *web_words(a.wcxb_dir)})
    common = set(vocabulary)
    write(a.out, "words.txt", ["Ordinary English words, from the lower-case tokens of the texts named in NOTICE."], vocabulary)

    roots = list(locales(a.cldr))
    english = {}
    for node in next(root for language, root in roots if language == "en").iterfind("localeDisplayNames/territories/territory"):
        if re.fullmatch("[A-Z]{2}", node.get("type")) and node.get("alt") is None:
            english[node.get("type")] = re.sub(r"\s*\(.*\)$", "", node.text)
    country_names = {fold(n) for n in english.values()}
    country_names |= {fold(n) for names, _ in hand_written(a.out, "countries_extra.txt") for n in names}
    states = subdivisions(a.cldr, country_names)
    city_lines, country_of, countries_of = cities(os.path.join(lists, "cities_geonames.tsv"), english,
                                                  {fold(n): c for n, c in states.items()})
    for name, code in states.items():
        # A city elsewhere may be meant: Norfolk is a county in England, and a city in Virginia.
        if code[:2] not in WELL_KNOWN_STATES and countries_of.get(fold(name), set()) - {code[:2]}:
            states[name] = ""
    for names, code in hand_written(a.out, "cities_major.txt"):
        if code and code != f"{country_of.get(code.split()[-1])} {code.split()[-1]}":
            sys.exit(f"cities_major.txt: {names[0]}: no city of GeoNames has this number in this country: {code}")

    first = [n for n in open(os.path.join(lists, "first_names.txt"), encoding="utf-8").read().split("\n") if len(n) >= 2]
    surnames = [n for n in open(os.path.join(lists, "surnames.txt"), encoding="utf-8").read().split("\n")
                if len(n) >= 4 and " " not in n and n.lower() not in common]
    other = {fold(n) for group in (vocabulary, first, states, [line.split("\t")[0] for line in city_lines]) for n in group}
    for name in ("groups.txt", "organisations.txt", "places.txt", "cities_major.txt"):
        other |= {fold(n) for names, _ in hand_written(a.out, name) for n in names}
    country_lines = countries(roots, other, {fold(n) for n in surnames})
    write(a.out, "countries.tsv",
          ["name, ISO 3166 code, canonical name, languages: '*' for all texts, else those whose texts it is found in.",
           "From Unicode CLDR (Unicode licence), by tools/entity_lists.py."], country_lines)
    major = {fold(n): names[0] for names, _ in hand_written(a.out, "cities_major.txt") for n in names}
    write(a.out, "cities_abroad.tsv",
          ["Large cities in other languages: name, canonical name (of cities_major.txt), languages whose texts it is found in.",
           "From Unicode CLDR (Unicode licence), by tools/entity_lists.py."],
          cities_abroad(roots, major, country_names | {fold(line.split("\t")[0]) for line in country_lines}))
    write(a.out, "subdivisions.txt",
          ["Subdivisions of countries, and the code in ISO 3166-2 where one has the name. From Unicode CLDR (Unicode licence),",
           "by tools/entity_lists.py."],
          [f"{n}\t{c}" if c else n for n, c in sorted(states.items())])
    write(a.out, "cities.tsv",
          ["name, and country and number where one city alone has the name. From GeoNames (CC-BY 4.0), by tools/entity_lists.py."],
          city_lines)
    write(a.out, "first_names.txt", ["First names (Unlicense; CC0: see NOTICE)."], sorted(set(first)))
    write(a.out, "surnames.txt", ["Surnames that are no ordinary English words (Unlicense; CC0: see NOTICE)."], sorted(set(surnames)))


if __name__ == "__main__":
    main()
