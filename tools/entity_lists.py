#!/usr/bin/env python3
"""Rebuilds the generated lists of plugins/entity_tagger/data: countries.tsv, subdivisions.txt, cities.tsv, first_names.txt, surnames.txt
and words.txt. The lists without a source below (groups, organisations, places ...) are written by hand.

usage: entity_lists.py NER_DIR [--cldr DIR] [--out DIR]

NER_DIR holds `lists/` (GeoNames cities, names) and `train/` (token files, whose lower-case words make words.txt); its README names
the licences. CLDR is the Debian package unicode-cldr-core. The same inputs give the same bytes.
"""
import argparse, collections, glob, os, re, unicodedata
import xml.etree.ElementTree as ET

LANGUAGES = "en de fr es it pt nl sv da no fi pl cs sk hu ro bg ru uk be tr el lt lv et hr sr sl sq ca eu id ms vi az kk ky uz".split()
# What CLDR calls differently from the press.
ENGLISH = {"BA": "Bosnia and Herzegovina", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "HK": "Hong Kong",
           "MO": "Macau", "MM": "Myanmar", "PS": "Palestine", "AG": "Antigua and Barbuda", "TT": "Trinidad and Tobago",
           "KN": "Saint Kitts and Nevis", "VC": "Saint Vincent and the Grenadines", "LC": "Saint Lucia", "ST": "São Tomé and Príncipe"}
LEFT_OUT = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "BV", "HM", "UM", "IO", "TF", "GS"}


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


def countries(cldr):
    rows = {}
    english = {}
    for language in LANGUAGES:
        path = os.path.join(cldr, "main", language + ".xml")
        if not os.path.exists(path):
            continue
        for node in ET.parse(path).getroot().iterfind("localeDisplayNames/territories/territory"):
            code, name = node.get("type"), (node.text or "").strip()
            if not re.fullmatch("[A-Z]{2}", code) or code in LEFT_OUT or name == "↑↑↑":
                continue
            name = re.sub(r"\s*\(.*\)$", "", name)
            if language == "en" and node.get("alt") is None:
                english[code] = ENGLISH.get(code, name)
            # A short form such as "US" is for the hand-written list, which knows that it needs its capitals.
            if len(name) >= 4 and not re.search(r"[0-9,]", name) and " - " not in name:
                rows.setdefault((name, code), language)
    seen, out = set(), []
    for code in sorted(english):
        names = [english[code]] + [n for n, c in rows if c == code]
        for name in names:
            if (fold(name), code) not in seen:
                seen.add((fold(name), code))
                out.append(f"{name}\t{code}\t{english[code]}")
    return out


def subdivisions(cldr):
    names = set()
    for node in ET.parse(os.path.join(cldr, "subdivisions", "en.xml")).getroot().iterfind("localeDisplayNames/subdivisions/subdivision"):
        name = re.sub(r"\s*[\[(].*$", "", (node.text or "").strip())
        if len(name) >= 4 and name[0].isupper() and not re.search(r"[0-9,]", name):
            names.add(name)
    return sorted(names)


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
    ap.add_argument("--cldr", default="/usr/share/unicode/cldr/common")
    ap.add_argument("--out", default=os.path.join(here, "..", "plugins", "entity_tagger", "data"))
    a = ap.parse_args()
    lists = os.path.join(a.ner_dir, "lists")
    vocabulary = words(os.path.join(a.ner_dir, "train"))
    common = set(vocabulary)
    write(a.out, "words.txt", ["Ordinary English words, from the lower-case tokens of the training texts named in NOTICE."], vocabulary)
    write(a.out, "countries.tsv", ["name, ISO 3166 code, canonical name. From Unicode CLDR (Unicode licence), by tools/entity_lists.py."],
          countries(a.cldr))
    write(a.out, "subdivisions.txt", ["Subdivisions of countries. From Unicode CLDR (Unicode licence), by tools/entity_lists.py."],
          subdivisions(a.cldr))
    cities = {}
    for line in open(os.path.join(lists, "cities_geonames.tsv"), encoding="utf-8").read().splitlines()[1:]:
        name, country, _, number = line.split("\t")
        # Two letters are initials more often than a town.
        if len(name) >= 3 and name[0].isupper():
            cities.setdefault(name, []).append(number)
    write(a.out, "cities.tsv", ["name, GeoNames id where the name is that of one city only. From GeoNames (CC-BY 4.0), by tools/entity_lists.py."],
          [f"{n}\t{ids[0]}" if len(ids) == 1 else n for n, ids in sorted(cities.items())])
    first = [n for n in open(os.path.join(lists, "first_names.txt"), encoding="utf-8").read().split("\n") if len(n) >= 2]
    write(a.out, "first_names.txt", ["First names (Unlicense; CC0: see NOTICE)."], sorted(set(first)))
    surnames = [n for n in open(os.path.join(lists, "surnames.txt"), encoding="utf-8").read().split("\n")
                if len(n) >= 4 and " " not in n and n.lower() not in common]
    write(a.out, "surnames.txt", ["Surnames that are no ordinary English words (Unlicense; CC0: see NOTICE)."], sorted(set(surnames)))


if __name__ == "__main__":
    main()
