"""Every data file that a plugin ships or is made of stands beside a NOTICE that names it with its licence, and beside a licence file."""
import fnmatch
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = re.compile(r"\bDATA\s+(.*?)(?:\bTESTS\b|\))", re.DOTALL)


def data_files():
    """The files that the plugins' CMakeLists.txt name as DATA and all in their folders `data`, relative to the repository.

    One that the build makes is named in the NOTICE of what it is made of, in the folder `data`."""
    for plugin in sorted(os.listdir(os.path.join(ROOT, "plugins"))):
        lists = os.path.join(ROOT, "plugins", plugin, "CMakeLists.txt")
        if not os.path.exists(lists):
            continue
        with open(lists, encoding="utf-8") as file:
            for group in DATA.findall(file.read()):
                for name in group.split():
                    yield os.path.join("plugins", plugin, name.replace("${CMAKE_CURRENT_BINARY_DIR}/", "data/"))
        folder = os.path.join("plugins", plugin, "data")
        if os.path.isdir(os.path.join(ROOT, folder)):
            yield from (os.path.join(folder, name) for name in sorted(os.listdir(os.path.join(ROOT, folder))))


def named_with_licence(notice, name):
    """Paragraphs of a NOTICE begin with names or patterns of files; one of their lines begins with 'Licence:'."""
    for paragraph in notice.split("\n\n"):
        lines = paragraph.split("\n")
        patterns = re.split(r"[,\s]+", lines[0].strip())
        if any(fnmatch.fnmatch(name, pattern) for pattern in patterns if pattern):
            return any(line.strip().startswith("Licence: ") for line in lines)
    return False


class Notices(unittest.TestCase):
    def test_every_data_file_has_one(self):
        files = [path for path in data_files() if os.path.basename(path) not in ("NOTICE", "LICENSE") and not path.endswith(".md")]
        self.assertGreater(len(files), 20, "the plugins' lists were not understood")
        for path in files:
            with self.subTest(path):
                folder, name = os.path.split(os.path.join(ROOT, path))
                with open(os.path.join(folder, "NOTICE"), encoding="utf-8") as file:
                    self.assertTrue(named_with_licence(file.read(), name), f"{path} is not in the NOTICE beside it, with its licence")
                self.assertTrue(os.path.getsize(os.path.join(folder, "LICENSE")) > 100)

    def test_a_notice_that_names_no_licence_is_found(self):
        self.assertTrue(named_with_licence("a.txt, *.tsv\n  Licence: X\n\nb.txt\n  own work\n", "c.tsv"))
        self.assertFalse(named_with_licence("a.txt, *.tsv\n  Licence: X\n\nb.txt\n  own work\n", "b.txt"))
        self.assertFalse(named_with_licence("a.txt\n  Licence: X\n", "b.txt"))


if __name__ == "__main__":
    unittest.main()
