"""Whatever comes in, each file has an outcome in words and the job goes on; the output is always valid UTF-8 and valid JSON."""
import gzip
import json
import os
import random
import stat
import unittest

from support import GARNER, JobTest

PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"
# Sanitizers take many times the memory and time.
SCALE = 10 if os.environ.get("GARNER_SANITIZE") else 1


class HostileInput(JobTest):
    def run_beside_good(self, name, content, expect, *arguments):
        """One bad file beside a good one: the good one is always written."""
        self.write("in/zz-good.txt", PROSE)
        if content is not None:
            self.write("in/" + name, content)
        run, records = self.job([self.path("in")], *arguments, expect=expect)
        uris = [record["source"]["uri"] for record in records]
        self.assertIn("in/zz-good.txt", uris, run.err)
        mine = [record for record in records if record["source"]["uri"] == "in/" + name]
        return run, mine[0] if mine else None

    def test_empty_file(self):
        run, record = self.run_beside_good("empty.txt", b"", 0)
        self.assertIsNone(record)
        self.assertIn("in/empty.txt", run.err)
        self.assertIn("empty_payload", run.err)

    def test_white_space_only(self):
        run, record = self.run_beside_good("space.txt", "\n\u00a0 \r\n\t\n", 0)
        self.assertIsNone(record)
        self.assertIn("no_text", run.err)

    def test_binary(self):
        run, record = self.run_beside_good("noise.txt", random.Random(1).randbytes(50_000), 1)
        self.assertIsNone(record)
        self.assertIn("no decoder takes application/octet-stream", run.err)

    def test_known_binary_is_named(self):
        run, _ = self.run_beside_good("report.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(200), 1)
        self.assertIn("application/pdf", run.err)

    def test_invalid_utf8(self):
        _, record = self.run_beside_good("bad.txt", PROSE.encode() * 3 + b"caf\xc3 na\xefve \xf0\x9f\x98 end. " + "Grüße aus Köln, schöne Wörter über Straßen.\n".encode() * 5, 0)
        self.assertIn("The ferry crosses", record["text"])

    def test_utf16(self):
        for charset, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b"")):
            with self.subTest(charset=charset, bom=bom):
                _, record = self.run_beside_good("wide.txt", bom + (PROSE + "Zürich and Gdańsk.\n").encode(charset), 0)
                self.assertIn("Zürich and Gdańsk.", record["text"])

    def test_characters_that_break_formats(self):
        text = 'A "quoted" \\ line\u2028with\u2029separators\u0085and\x0bbreaks, \x00NUL, \x1b[31mcolour, \ufeffBOM and \U0001F600 beyond.\n'
        self.run_beside_good("odd.txt", PROSE * 3 + text, 0)
        with open(self.path("out", "documents.jsonl"), "rb") as file:
            raw = file.read()
        raw.decode("utf-8")
        self.assertNotIn(b"\x00", raw)
        self.assertNotIn(b"\\u0000", raw)
        for line in raw.split(b"\n")[:-1]:
            json.loads(line)

    def test_lone_surrogates(self):
        wide = (PROSE * 2).encode("utf-16-le") + b"\x3d\xd8 and \x00".replace(b" ", b" \x00")[:-1] + PROSE.encode("utf-16-le")
        self.run_beside_good("surrogate.txt", b"\xff\xfe" + wide, 0)
        with open(self.path("out", "documents.jsonl"), "rb") as file:
            file.read().decode("utf-8")

    def test_nested_tags(self):
        for name, head in (("deep.html", "<div>"), ("deeper.html", "<b><i><table><tr><td>")):
            depth = 100_000 // SCALE
            run, record = self.run_beside_good(name, "<html><body>" + head * depth + PROSE + "</div>" * depth, None)
            self.assertIn(run.returncode, (0, 1))
            self.assertTrue(record is not None and "The ferry crosses" in record["text"] or name in run.err)

    def test_gzip_bomb(self):
        bomb = gzip.compress(bytes(400 * 1024 * 1024 // SCALE), 9)
        run, record = self.run_beside_good("bomb.txt.gz", bomb, 1, "--set", f"files.max_expanded_bytes={100 * 1024 * 1024 // SCALE}")
        self.assertIsNone(record)
        self.assertIn("max_expanded_bytes", run.err)

    def test_cut_off_gzip(self):
        run, record = self.run_beside_good("cut.txt.gz", gzip.compress(PROSE.encode() * 100)[:-20], 1)
        self.assertIsNone(record)
        self.assertIn("cut.txt.gz", run.err)

    def test_large_files(self):
        large = PROSE.encode() * (100 * 1024 * 1024 // SCALE // len(PROSE))
        with self.subTest("over the limit"):
            run, record = self.run_beside_good("large.txt", large, 1, "--set", f"files.max_file_bytes={len(large) - 1}")
            self.assertIsNone(record)
            self.assertIn("max_file_bytes", run.err)
        with self.subTest("within the limit"):
            run, record = self.run_beside_good("large.txt", large, None, "--set", f"files.max_file_bytes={len(large)}")
            self.assertIn(run.returncode, (0, 1))
            self.assertTrue(record is not None or "large.txt" in run.err)

    def test_one_enormous_line(self):
        run, record = self.run_beside_good("line.txt", (b"word " * (8 * 1024 * 1024 // SCALE // 5)), None)
        self.assertIn(run.returncode, (0, 1))
        self.assertTrue(record is not None or "line.txt" in run.err)

    def test_pathological_markup(self):
        size = 1024 * 1024 // SCALE
        for name, content in (("lt.txt", "<" * size), ("amp.txt", "&amp;" * (size // 5)), ("open.txt", "<a " * (size // 3)), ("attr.html", "<html><p " + "a=1 " * (size // 4) + ">" + PROSE),
                              ("quote.html", "<html><p title='" + "x" * size), ("comment.html", "<html><!--" + "-" * size + PROSE)):
            with self.subTest(name):
                run, record = self.run_beside_good(name, content, None)
                self.assertIn(run.returncode, (0, 1))
                self.assertTrue(record is not None or name in run.err)

    def test_symlink_loop(self):
        self.write("in/zz-good.txt", PROSE)
        os.symlink(".", self.path("in", "loop"))
        os.symlink("nowhere", self.path("in", "dangling.txt"))
        run, records = self.job([self.path("in")], expect=None)
        self.assertIn(run.returncode, (0, 1))
        self.assertEqual([record["source"]["uri"] for record in records], ["in/zz-good.txt"])
        self.assertIn("dangling.txt", run.err)

    def test_pipe_does_not_block(self):
        self.write("in/zz-good.txt", PROSE)
        os.mkfifo(self.path("in", "pipe.txt"))
        run, records = self.job([self.path("in")], expect=None)
        self.assertEqual(len(records), 1)
        self.assertIn("pipe.txt", run.err)

    def test_unreadable(self):
        self.write("in/zz-good.txt", PROSE)
        self.write("in/locked/a.txt", PROSE)
        self.write("in/secret.txt", PROSE)
        os.chmod(self.path("in", "locked"), 0)
        os.chmod(self.path("in", "secret.txt"), 0)
        self.addCleanup(os.chmod, self.path("in", "locked"), stat.S_IRWXU)
        more = {}
        if os.geteuid() == 0:
            # Root reads everything, so somebody else does the job.
            os.chmod(self.scratch, 0o777)
            os.chmod(self.path("in"), 0o755)
            more["user"] = 65534
        try:
            import subprocess
            run = subprocess.run([GARNER, "run", self.manifest(), "--output", self.path("out")], capture_output=True, text=True, cwd="/", **more)
        except PermissionError:
            self.skipTest("the build folder is closed to other users")
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertIn("in/locked", run.stderr)
        self.assertIn("in/secret.txt", run.stderr)
        self.assertEqual([record["source"]["uri"] for record in self.records("out", "documents.jsonl")], ["in/zz-good.txt"])

    def manifest(self):
        return self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [jsonl]\n")

    def test_names_that_are_no_text(self):
        self.write("in/zz-good.txt", PROSE)
        with open(os.path.join(self.path("in").encode(), b"bad\xff\x1bname.txt"), "w") as file:
            file.write(PROSE)
        run, records = self.job([self.path("in")])
        self.assertEqual(len(records), 2)
        self.assertNotIn("\x1b", run.err)


if __name__ == "__main__":
    unittest.main()
