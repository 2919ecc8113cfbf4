"""The annotated pages of WCXB as training and test material: texts, types, registered domains, folds.

A registered domain is in one fold only. A fifth of the domains is locked: nothing is trained, tuned or read there until the last look.
Registered domains by the list in Debian's package publicsuffix; standard library only.
"""
import gzip
import hashlib
import json
import os
import re
from urllib.parse import urlsplit

SUFFIXES = "/usr/share/publicsuffix/public_suffix_list.dat"
FOLDS = 5
WORD = re.compile(r"\w+")


def words(text):
    return WORD.findall(text.lower())


class Suffixes:
    """Registered domains by the public suffix list."""

    def __init__(self, path=SUFFIXES):
        with open(path, encoding="utf-8") as file:
            rules = [line.split()[0] for line in file if line.strip() and not line.startswith("//")]
        self.rules = {rule.encode("idna").decode() if not rule.isascii() else rule for rule in rules if not rule.startswith(("*", "!"))}
        self.wild = {rule[2:] for rule in rules if rule.startswith("*.")}
        self.exceptions = {rule[1:] for rule in rules if rule.startswith("!")}

    def domain(self, host):
        labels = host.lower().rstrip(".").split(".")
        for i in range(len(labels)):
            tail = ".".join(labels[i:])
            if tail in self.exceptions:
                return tail
            if tail in self.rules or ".".join(labels[i + 1:]) in self.wild:
                return ".".join(labels[max(i - 1, 0):])
        return ".".join(labels[-2:])


class Page:
    def __init__(self, folder, name, suffixes):
        with open(os.path.join(folder, "ground-truth", name + ".json"), encoding="utf-8") as file:
            record = json.load(file)
        with gzip.open(os.path.join(folder, "text", name + ".txt.gz"), "rt", encoding="utf-8", newline="") as file:
            self.text = file.read()
        with gzip.open(os.path.join(folder, "html", name + ".html.gz"), "rb") as file:
            self.html = file.read()
        self.name = name
        self.truth = record["ground_truth"].get("main_content") or ""
        # Snippets that are no part of it.
        self.without = record["ground_truth"].get("without") or []
        self.type = record["_internal"]["page_type"]["primary"]
        # A page whose address is not known is in a fold of its own.
        host = urlsplit(record.get("url") or "").hostname
        self.domain = suffixes.domain(host) if host else ""
        digest = hashlib.sha256((self.domain or name).encode()).digest()
        self.locked = digest[0] % 5 == 0
        self.fold = digest[1] % FOLDS


def pages(folder):
    suffixes = Suffixes()
    names = sorted(name.split(".")[0] for name in os.listdir(os.path.join(folder, "ground-truth")))
    return [Page(folder, name, suffixes) for name in names]
