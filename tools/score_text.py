#!/usr/bin/env python3
"""Scores the text of a job over annotated web pages.

usage: tools/score_text.py DOCUMENTS.jsonl GROUND_TRUTH_FOLDER

GROUND_TRUTH_FOLDER holds NAME.json for each page, in the format of WCXB (Web Content eXtraction Benchmark): ground_truth.main_content, and
the page type under _internal. A document belongs to the page whose NAME its uri begins with. The measure is the F1 of the multisets of
lower-cased words, mean over pages; a page without a document counts as empty text; a page whose truth is empty counts 1 where nothing
was found and 0 otherwise.
"""
import collections
import json
import os
import re
import sys

WORD = re.compile(r"\w+")


def scores(found, truth):
    found, truth = (collections.Counter(WORD.findall(text.lower())) for text in (found, truth))
    if not truth:
        return (0.0,) * 3 if found else (1.0,) * 3
    common = sum((found & truth).values())
    if not common:
        return 0.0, 0.0, 0.0
    precision, recall = common / sum(found.values()), common / sum(truth.values())
    return precision, recall, 2 * precision * recall / (precision + recall)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    texts = {}
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts[os.path.basename(record["source"]["uri"]).split(".")[0]] = record["text"]
    by_type = collections.defaultdict(list)
    for name in sorted(os.listdir(sys.argv[2])):
        with open(os.path.join(sys.argv[2], name), encoding="utf-8") as file:
            page = json.load(file)
        result = scores(texts.get(name.split(".")[0], ""), page["ground_truth"].get("main_content") or "")
        by_type["all"].append(result)
        by_type[page["_internal"]["page_type"]["primary"]].append(result)
    print(f"{'type':<16}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for kind, results in sorted(by_type.items(), key=lambda item: -len(item[1])):
        mean = [sum(column) / len(results) for column in zip(*results)]
        print(f"{kind:<16}{len(results):>6}" + "".join(f"{value:8.3f}" for value in mean))


if __name__ == "__main__":
    main()
