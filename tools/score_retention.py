#!/usr/bin/env python3
"""How much of clean texts a job leaves.

usage: tools/score_retention.py [--losses] DOCUMENTS.jsonl FOLDER_OF_TEXTS
       tools/score_retention.py --export GROUND_TRUTH_FOLDER FOLDER_OF_TEXTS

FOLDER_OF_TEXTS holds NAME.txt in UTF-8, and the job has read these files: nothing in them is boilerplate, so all that is missing
afterwards is a loss. The measure is the share of the multiset of case-folded words. What became the title, a byline, a date or the
like is not lost but moved; it is counted apart. Sentences that became a description or a caption are lost to the text. A text
without a document is lost whole.

--losses lists each one, text by text, worst first.
--export writes the main_content of WCXB (Web Content eXtraction Benchmark) pages, GROUND_TRUTH_FOLDER/NAME.json, as such a folder.
"""
import collections
import dataclasses
import json
import os
import re
import sys
import unicodedata

WORD = re.compile(r"\w+")
ISO_DATE = re.compile(r"\d{4}(-\d\d){0,2}(T.*)?$")
# "Published on Monday by" may go along with what it announces; a sentence may not.
LABEL_WORDS = 4
SENTENCES = {"description", "image_captions"}
WORST = 20
LOSING = 0.03


def words(text):
    return collections.Counter(WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def texts_of(value):
    """Every text in a value of the record's metadata."""
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for child in children for text in texts_of(child)]


def shows(stretch, value):
    """Whether a removed stretch of the text (a multiset of words) is what this metadata value was taken from."""
    held = words(value)
    shared = stretch & held
    if not shared:
        return False
    if ISO_DATE.match(value):
        return value[:4] in stretch and stretch.total() <= 3 + LABEL_WORDS
    return shared in (held, stretch)


@dataclasses.dataclass
class Loss:
    stage: str
    rule: str
    score: float | None
    threshold: float | None
    text: str
    words: int  # removed and in no metadata
    moved: int  # removed and in the metadata

    def __str__(self):
        rule = f"{self.stage}: {self.rule}"
        if self.score is not None:
            rule += f" {self.score:.2f}"
            if self.threshold is not None:
                rule += f"/{self.threshold:.2f}"
        return f"{rule}: {json.dumps(self.text, ensure_ascii=False)}"


@dataclasses.dataclass
class Account:
    """What became of one text. `losses` has every removal that took words; `unnamed` words went without one: the host records
    removals, and a change in place (a character reference, say) only in the source map."""
    name: str
    total: int
    missing: int
    losses: list
    unnamed: collections.Counter

    @property
    def moved(self):
        return sum(loss.moved for loss in self.losses)

    @property
    def lost(self):
        return self.missing - self.moved

    @property
    def share_lost(self):
        return self.lost / self.total if self.total else 0.0


def account(name, payload, record):
    """Compares the bytes of a text with its record, or with None where it was not written."""
    text = payload.decode("utf-8-sig")
    source = words(text)
    if record is None:
        return Account(name, source.total(), source.total(), [Loss("job", "not_written", None, None, text, source.total(), 0)],
                       collections.Counter())
    missing = source - words(record["text"])
    unnamed = missing.copy()
    values = texts_of([record["title"], {key: value for key, value in record["metadata"].items() if key not in SENTENCES}])
    losses = []
    for removal in record["removed"]:
        begin, end = removal["source"]
        text = payload[begin:end].decode("utf-8", "replace")
        stretch = words(text)
        taken = stretch & unnamed
        if not taken:
            continue
        unnamed -= taken
        moved = collections.Counter()
        for value in [value for value in values if shows(stretch, value)]:
            values.remove(value)  # a value has one origin; a second copy in the text is lost
            moved |= words(value) & taken
        rest = taken - moved
        moved_words = taken.total() if moved and rest.total() <= LABEL_WORDS else moved.total()
        losses.append(Loss(removal["stage"], removal["rule"], removal.get("score"), removal.get("threshold"), text,
                           taken.total() - moved_words, moved_words))
    return Account(name, source.total(), missing.total(), losses, unnamed)


def accounts(documents, folder):
    """One account for each text of a folder, by name."""
    records = {}
    with open(documents, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            records[os.path.basename(record["source"]["uri"])] = record
    result = []
    for name in sorted(name for name in os.listdir(folder) if name.endswith(".txt")):
        with open(os.path.join(folder, name), "rb") as file:
            result.append(account(name, file.read(), records.get(name)))
    return result


def surviving(all_accounts):
    """Shares of all words: that survive, and that moved into the metadata (part of the first)."""
    total = sum(each.total for each in all_accounts) or 1
    return 1 - sum(each.lost for each in all_accounts) / total, sum(each.moved for each in all_accounts) / total


def words_by_rule(all_accounts):
    """Lost words, and how often there were any, by stage and rule."""
    lost, times = collections.Counter(), collections.Counter()
    for each in all_accounts:
        for loss in each.losses:
            if loss.words:
                lost[loss.stage, loss.rule] += loss.words
                times[loss.stage, loss.rule] += 1
        if each.unnamed:
            lost["-", "changed in place"] += each.unnamed.total()
            times["-", "changed in place"] += 1
    return lost, times


def report(all_accounts):
    share, moved = surviving(all_accounts)
    keeping = sum(each.share_lost < LOSING for each in all_accounts)
    print(f"texts {len(all_accounts)}, words {sum(each.total for each in all_accounts)}")
    print(f"words surviving           {share:8.3%}   (of them in the metadata {moved:.3%})")
    print(f"texts losing under {LOSING:.0%}     {keeping / (len(all_accounts) or 1):8.3%}   ({keeping})")
    lost, times = words_by_rule(all_accounts)
    print(f"\n{'stage':<22}{'rule':<28}{'words':>8}{'times':>7}")
    for (stage, rule), count in sorted(lost.items(), key=lambda item: (-item[1], item[0])):
        print(f"{stage:<22}{rule:<28}{count:>8}{times[stage, rule]:>7}")
    print(f"\n{'worst':<40}{'words':>8}{'lost':>8}{'moved':>7}")
    for each in worst_first(all_accounts)[:WORST]:
        print(f"{each.name:<40}{each.total:>8}{each.share_lost:>8.1%}{each.moved:>7}")


def print_losses(each):
    print(f"\n{each.name}: {each.lost} of {each.total} words lost ({each.share_lost:.1%})")
    for loss in each.losses:
        if loss.words:
            print(f"  - {loss}")
    if each.unnamed:
        print(f"  - changed in place: {' '.join(sorted(each.unnamed.elements()))}")


def worst_first(all_accounts):
    return [each for each in sorted(all_accounts, key=lambda each: (-each.share_lost, each.name)) if each.lost]


def export(ground_truth, folder):
    os.makedirs(folder, exist_ok=True)
    for name in sorted(os.listdir(ground_truth)):
        with open(os.path.join(ground_truth, name), encoding="utf-8") as file:
            text = json.load(file)["ground_truth"].get("main_content") or ""
        with open(os.path.join(folder, os.path.splitext(name)[0] + ".txt"), "w", encoding="utf-8") as file:
            file.write(text + "\n")


def main():
    arguments = sys.argv[1:]
    option = arguments.pop(0) if arguments and arguments[0].startswith("--") else None
    if len(arguments) != 2 or option not in (None, "--export", "--losses"):
        sys.exit(__doc__)
    if option == "--export":
        export(*arguments)
        return
    found = accounts(*arguments)
    report(found)
    if option:
        for each in worst_first(found):
            print_losses(each)


if __name__ == "__main__":
    main()
