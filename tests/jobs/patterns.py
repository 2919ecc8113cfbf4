"""Cases for the defects that scraped text shows: reading them, running garner over them, comparing.

A file of patterns/ holds the cases of one defect pattern. Its first line names the pattern; lines that start with '#' before
the first case are comments. A case is

    ==== 1 de gardening           number, language, domain
    why: one line, where it is not obvious
    ---- input
    the text, as it is
    ---- expect                   the clean text; or '---- expect unchanged'; left out where only metadata is looked at
    the text, as it is
    ---- metadata                 left out where nothing is expected
    authors: Ada Brandt           a list repeats its key
    title: (none)                 must not be filled

Blank lines at the edges of a section are layout. Characters that nobody can see are written \\u00a0; nothing else is escaped.

    GARNER=build/release/bin/garner python3 tests/jobs/patterns.py [-v] [FOLDER]     how many pass, pattern by pattern
"""
import dataclasses
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "patterns")
NEWS = os.path.join(HERE, "..", "..", "samples", "news", "pipeline.yaml")
LISTS = {"authors", "tags", "image_credits"}
SINGLES = {"title", "language", "section", "description", "publisher", "original_publisher", "date_published", "dateline_location"}
NONE = "(none)"


@dataclasses.dataclass
class Case:
    id: str
    pattern: str
    language: str
    domain: str
    why: str
    input: str
    expect: str | None
    metadata: dict


def unescape(text):
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def read_metadata(lines, where):
    found = {}
    for line in filter(str.strip, lines):
        key, colon, value = line.partition(": ")
        if not colon or key not in LISTS | SINGLES:
            raise ValueError(f"{where}: '{line}' is no metadata")
        if key in LISTS:
            found.setdefault(key, [])
            if value != NONE:
                found[key].append(unescape(value))
        elif key in found:
            raise ValueError(f"{where}: '{key}' stands twice")
        else:
            found[key] = None if value == NONE else unescape(value)
    return found


def read_case(pattern, lines):
    number, language, domain = lines[0].removeprefix("==== ").split(" ")
    where = f"{pattern}-{number}"
    sections = {"": []}
    for line in lines[1:]:
        if line.startswith("---- "):
            name = line.removeprefix("---- ")
            if name not in ("input", "expect", "expect unchanged", "metadata") or name in sections:
                raise ValueError(f"{where}: unexpected '{line}'")
            sections[name] = []
        else:
            sections[name if len(sections) > 1 else ""].append(line)
    text = {name: unescape("\n".join(content).strip("\n")) for name, content in sections.items()}
    if text[""] and not text[""].startswith("why: "):
        raise ValueError(f"{where}: unexpected '{text['']}'")
    if not text.get("input") or ("expect" in text and "expect unchanged" in text):
        raise ValueError(f"{where}: one input and at most one expectation are wanted")
    expect = text["input"] if "expect unchanged" in text else text.get("expect")
    metadata = read_metadata(sections.get("metadata", []), where)
    if expect is None and not metadata:
        raise ValueError(f"{where}: nothing is expected")
    return Case(where, pattern, language, domain, text[""].removeprefix("why: "), text["input"], expect, metadata)


def read_file(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    pattern = os.path.basename(path).partition("_")[0]
    starts = [at for at, line in enumerate(lines) if line.startswith("==== ")]
    if not lines[0].startswith(f"# {pattern} ") or any(line and not line.startswith("#") for line in lines[:starts[0]]):
        raise ValueError(f"{path}: the head must be '# {pattern} NAME' and comments")
    return [read_case(pattern, lines[begin:end]) for begin, end in zip(starts, starts[1:] + [len(lines)])]


def read_folder(folder=FOLDER):
    names = sorted(name for name in os.listdir(folder) if name.endswith(".cases"))
    cases = [case for name in names for case in read_file(os.path.join(folder, name))]
    twice = {case.id for case in cases if sum(other.id == case.id for other in cases) > 1}
    if twice:
        raise ValueError(f"{folder}: more than once: {sorted(twice)}")
    return cases


def export(cases, folder):
    os.makedirs(folder)
    for case in cases:
        with open(os.path.join(folder, case.id + ".txt"), "wb") as file:
            file.write(case.input.encode("utf-8"))


def by_case(records):
    return {os.path.splitext(os.path.basename(record["source"]["uri"]))[0]: record for record in records}


def fold(text):
    """The paragraphs of a text, white space inside them folded."""
    lines = (text or "").replace("\t", " ").replace("\u00a0", " ").split("\n")
    folded = (" ".join(filter(None, line.split(" "))).strip() for line in lines)
    return [line for line in folded if line]


def differences(case, record):
    """What of a case its record does not meet, as (what, expected, got)."""
    if record is None:
        return [("record", "one", "none")]
    found = []
    if case.expect is not None and fold(case.expect) != fold(record["text"]):
        found.append(("text", fold(case.expect), fold(record["text"])))
    for key, want in case.metadata.items():
        have = record["metadata"].get(key, record.get(key))
        if (want or None) != (have or None):
            found.append((key, want or None, have or None))
    return found


def visible(value):
    """A value with what nobody can see written as the case files write it."""
    hidden = lambda character: character != " " and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs")
    return "".join(f"\\u{ord(character):04x}" if hidden(character) else character for character in value)


def explain(case, found):
    """A failed case, for people."""
    lines = [f"{case.id} ({case.language}, {case.domain}){': ' + case.why if case.why else ''}"]
    for what, want, have in found:
        for side, value in (("expected", want), ("got", have)):
            value = value if isinstance(value, list) else [value]
            lines += [f"  {what} {side}:"] + [f"    | {NONE if item is None else visible(item)}" for item in value]
    return "\n".join(lines)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "-v"]
    cases = read_folder(arguments[0] if arguments else FOLDER)
    with tempfile.TemporaryDirectory(prefix="garner-patterns-") as scratch:
        export(cases, os.path.join(scratch, "input"))
        subprocess.run([os.environ["GARNER"], "run", NEWS, "--input", os.path.join(scratch, "input"), "--output",
                        os.path.join(scratch, "out")], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(scratch, "out", "documents.jsonl"), encoding="utf-8") as file:
            records = by_case(json.loads(line) for line in file)
    results = [(case, differences(case, records.get(case.id))) for case in cases]
    if "-v" in sys.argv:
        for case, found in results:
            if found:
                print(explain(case, found), end="\n\n")
    for kind, key in (("pattern", lambda case: case.pattern), ("language", lambda case: case.language)):
        print(f"{kind:9} cases  text  all")
        for value in sorted({key(case) for case in cases}):
            of = [found for case, found in results if key(case) == value]
            right = sum(all(what not in ("text", "record") for what, _, _ in found) for found in of)
            print(f"{value:9} {len(of):5} {right:5} {sum(not found for found in of):4}")
    asked = sum(len(case.metadata) for case in cases)
    wrong = sum(what not in ("text", "record") for _, found in results for what, _, _ in found)
    texts = sum(all(what not in ("text", "record") for what, _, _ in found) for _, found in results)
    print(f"text {texts} of {len(cases)}   metadata {asked - wrong} of {asked}   whole cases {sum(not found for _, found in results)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
