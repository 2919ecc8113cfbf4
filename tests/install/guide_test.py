"""docs/plugin-guide.md is true: its files are written, its commands run and their output compared, against an installation alone.

Blocks are marked in their first line. ```cpp file=PATH is a file (the last block of a path is its final form), ```sh run is run where the
reader is, and each line of a ```text output block stands in what the commands before it said, in order; "..." stands for anything.

What the guide builds is the bundled plugin plugins/subtitles under another name. `python3 tests/install/guide_test.py --update` copies that
plugin into the guide.
"""
import os
import re
import sys
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GUIDE = os.path.join(ROOT, "docs", "plugin-guide.md")
BUNDLED = os.path.join(ROOT, "plugins", "subtitles")
NAME = "my_subtitles"

BLOCK = re.compile(r"^```(\w+) (file=(?P<file>\S+)|run|output)\n(?P<body>.*?)^```$", re.S | re.M)


def as_in_guide(text):
    """The bundled plugin's file under the guide's name."""
    text = re.sub(r"garner_plugins(::|\.|/)subtitles\b", rf"garner_plugins\1{NAME}", text)
    text = re.sub(r"\bsubtitles(_test|_fuzz|_objects|\.cc\b|::)", rf"{NAME}\1", text)
    text = re.sub(r"(\w+)\(subtitles\b", rf"\1({NAME}", text)
    text = re.sub(r"\"subtitles\"", f'"{NAME}"', text)
    text = text.replace("options of the subtitles decoder", f"options of {NAME}")
    return re.sub(r"\bSubtitles(Options|\b(?=[(),: ]))(?! are\b)", r"MySubtitles\1", text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def blocks():
    return list(BLOCK.finditer(read(GUIDE)))


def final_blocks():
    return {match["file"]: match for match in blocks() if match["file"]}


def bundled_file(path):
    """The bundled file behind a file of the guide, or None."""
    name = os.path.relpath(path, NAME)
    bundled = os.path.join(BUNDLED, name.replace(NAME, "subtitles"))
    return bundled if path.startswith(NAME + "/") and os.path.exists(bundled) else None


def update():
    guide = read(GUIDE)
    for path, match in sorted(final_blocks().items(), key=lambda item: -item[1].start()):
        if bundled_file(path):
            guide = guide[:match.start("body")] + as_in_guide(read(bundled_file(path))) + guide[match.end("body"):]
    with open(GUIDE, "w", encoding="utf-8") as file:
        file.write(guide)


if __name__ == "__main__" and "--update" in sys.argv:
    sys.exit(update())

from sdk import SdkTest  # noqa: E402: --update needs no build


class Guide(SdkTest):
    maxDiff = None

    def test_its_code_is_the_bundled_plugin(self):
        compared = 0
        for path, match in final_blocks().items():
            bundled = bundled_file(path)
            if bundled:
                self.assertEqual(match["body"], as_in_guide(read(bundled)), f"{path}: write it with python3 tests/install/guide_test.py --update")
                compared += 1
        sources = [name for name in os.listdir(BUNDLED) if name.endswith((".h", ".cc", ".proto", ".textproto", ".txt")) and not name.endswith("_fuzz.cc")]
        self.assertGreaterEqual(compared, len(sources), "the guide leaves out a file of the plugin")

    def test_it_can_be_followed(self):
        said = ""
        with open(os.path.join(self.work, ".log"), "w", encoding="utf-8") as log:
            for match in blocks():
                kind = match.group(2)
                if match["file"]:
                    self.write(match["file"], match["body"])
                elif kind == "run":
                    begun = time.monotonic()
                    said = self.run_in(".", "bash", "-euc", match["body"])
                    print(f"{time.monotonic() - begun:6.1f} s  {match['body'].strip().splitlines()[0]}", file=sys.stderr)
                    log.write(match["body"] + said)
                else:
                    self.compare(match["body"], said)

    def compare(self, wanted, said):
        at = 0
        for line in wanted.splitlines():
            if not line.strip() or line.strip() == "...":
                continue
            pattern = ".*".join(re.escape(part) for part in re.split(r"\.\.\.|…", line.strip()))
            found = re.search(pattern, said[at:])
            self.assertTrue(found, f"the guide says\n{line}\nand what was said is\n{said}")
            at += found.end()


if __name__ == "__main__":
    unittest.main()
