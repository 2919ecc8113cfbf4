#!/usr/bin/env python3
"""How well document_deduplicator finds near copies: its decisions against exact Jaccard similarity.

    tools/score_duplicates.py TEXTS [--garner build/release/bin/garner] [--threshold 0.8]

TEXTS is a folder of plain texts (*.txt). Each one gets six copies with 0 to 40 % of its words edited (replaced by words of other texts,
left out, doubled), always the same ones. All of them go through a job that marks copies. Then each document is compared exactly, by its
runs of five words, with every document that was kept before it: that is the truth which the marks are held against.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile

RATES = [0.0, 0.01, 0.02, 0.05, 0.1, 0.4]
SHINGLE = 5
# Scripts without spaces: a letter is a word, as in the plugin.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")

MANIFEST = """name: duplicates
source: {{ plugin: files, options: {{ paths: [texts] }} }}
transforms:
  - {{ plugin: document_deduplicator, options: {{ threshold: {threshold}, action: MARK }} }}
sinks:
  - {{ plugin: jsonl, options: {{ path: documents.jsonl, removed: none }} }}
"""


def edited(text, rate, words, chance):
    """Every word is edited with the chance `rate`; line breaks and spaces stay."""
    parts = re.split(r"(\s+)", text)
    for i, part in enumerate(parts):
        if not part or part.isspace() or chance.random() >= rate:
            continue
        parts[i] = chance.choice([chance.choice(words), "", part + " " + part])
    return "".join(parts)


def write_texts(source, folder):
    texts = {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in sorted(source.glob("*.txt"))}
    words = sorted({word for text in texts.values() for word in text.split()[:200]})
    chance = random.Random(20)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        for number, rate in enumerate(RATES):
            (folder / f"{name}-{number}.txt").write_text(edited(text, rate, words, chance), encoding="utf-8")
    return len(texts)


def shingles(text):
    words = WORD.findall(text.casefold())
    return {hash(tuple(words[i:i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}, len(words)


class Kept:
    """The documents that were kept, and the exact similarity of the most similar one."""

    def __init__(self):
        self.sizes = []
        self.holders = collections.defaultdict(list)

    def best(self, mine):
        shared = collections.Counter(number for shingle in mine for number in self.holders.get(shingle, ()))
        return max((count / (len(mine) + self.sizes[number] - count) for number, count in shared.items()), default=0.0)

    def add(self, mine):
        for shingle in mine:
            self.holders[shingle].append(len(self.sizes))
        self.sizes.append(len(mine))


def score(documents, threshold, min_words=20):
    kept = Kept()
    table = collections.Counter()
    near_threshold = collections.Counter()
    bands = collections.defaultdict(collections.Counter)
    for document in documents:
        mine, words = shingles(document["text"])
        if words < min_words:
            continue
        marked = "duplicate_of" in document["metadata"]
        truth = kept.best(mine)
        right = (truth >= threshold, marked)
        table[right] += 1
        if abs(truth - threshold) <= 0.1 and right[0] != right[1]:
            near_threshold[right] += 1
        bands[min(int(truth * 20), 20) / 20][marked] += 1
        if not marked:
            kept.add(mine)
    return table, near_threshold, bands


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--garner", default="build/release/bin/garner")
    parser.add_argument("--threshold", type=float, default=0.8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "texts").mkdir()
        originals = write_texts(arguments.texts, scratch / "texts")
        (scratch / "job.yaml").write_text(MANIFEST.format(threshold=arguments.threshold), encoding="utf-8")
        subprocess.run([arguments.garner, "-q", "run", str(scratch / "job.yaml"), "--output", str(scratch / "out")], check=True)
        with open(scratch / "out" / "documents.jsonl", encoding="utf-8") as lines:
            table, near_threshold, bands = score((json.loads(line) for line in lines), arguments.threshold)
    hits, misses, wrong, rest = (table[key] for key in ((True, True), (True, False), (False, True), (False, False)))
    print(f"{originals} texts, {sum(table.values())} documents of 20 words and more, threshold {arguments.threshold}")
    print(f"copies {hits + misses}, found {hits}, missed {misses}; others {wrong + rest}, wrongly marked {wrong}")
    print(f"precision {hits / max(1, hits + wrong):.4f}, recall {hits / max(1, hits + misses):.4f}")
    print(f"of the mistakes {sum(near_threshold.values())} of {wrong + misses} are within 0.1 of the threshold")
    print("exact similarity   documents   marked")
    for begin in sorted(bands):
        count = bands[begin]
        print(f"{begin:.2f} and more      {sum(count.values()):9}   {count[True] / sum(count.values()):6.3f}")


if __name__ == "__main__":
    main()
