"""garner explain: why each stretch was kept, changed or removed, against its source."""
import io
import json
import os
import unittest
import zipfile

from support import NEWS, SAMPLES, JobTest

TEXT = "Rain &amp; fog covered Oslo on Monday.\n/> </p>\n<p>The boats of the harbour stayed in.</p>\n"


class Explain(JobTest):
    def setUp(self):
        super().setUp()
        self.source = self.write("in/weather.txt", TEXT).encode()
        self.job([self.path("in")])

    def stretches(self, *arguments):
        explained = json.loads(self.garner("explain", self.path("out"), "--json", *arguments, expect=0).out)
        return explained["stretches"]

    def test_every_byte_is_kept_changed_or_removed(self):
        at = 0
        for stretch in self.stretches():
            self.assertEqual(stretch["source"][0], at)
            at = stretch["source"][1]
            self.assertEqual(TEXT.encode()[stretch["source"][0]:at].decode(), stretch["text"])
            if stretch["state"] != "kept":
                self.assertTrue(stretch["stage"] and stretch["rule"])
        self.assertEqual(at, len(TEXT.encode()))

    def test_states(self):
        states = {stretch["text"]: stretch["state"] for stretch in self.stretches()}
        self.assertEqual(states["&amp;"], "changed")
        self.assertTrue(any("</p>" in text and state == "removed" for text, state in states.items()))

    def test_text_without_a_terminal_has_no_colours(self):
        shown = self.garner("explain", self.path("out"), "weather", expect=0).out
        self.assertNotIn("\x1b", shown)
        self.assertIn("{~&amp;~}", shown)
        self.assertIn("[-<p>-]", shown)
        self.assertIn("html_cleaner", shown)

    def test_json_lines_alone_will_do(self):
        os.remove(self.path("out", "documents.pb"))
        self.assertTrue(any(stretch["state"] == "removed" for stretch in self.stretches()))

    def test_a_changed_source_is_not_explained(self):
        self.write("in/weather.txt", TEXT + "More.\n")
        self.assertIn("has changed", self.garner("explain", self.path("out"), expect=2).err)

    def test_wrong_names_are_answered(self):
        self.assertIn("no document 'nothing'", self.garner("explain", self.path("out"), "nothing", expect=2).err)
        os.mkdir(self.path("empty"))
        self.assertIn("no *.pb", self.garner("explain", self.path("empty"), expect=2).err)

    def test_what_stood_in_containers_is_found_there(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as members:
            members.writestr("first.txt", "The ferry &amp; the tug left at noon.\n")
            members.writestr("deep/second.txt", TEXT)
            members.writestr("records.jsonl", "".join(json.dumps({"body": f"A short note, number {i}."}) + "\n" for i in (1, 2, 3)))
        self.write("boxes/box.zip", archive.getvalue())
        self.job([self.path("boxes")], "--set", "jsonl_reader.text_field=body", output="boxed")
        shown = self.garner("explain", self.path("boxed"), expect=0).out
        for words in ("The ferry", "of the harbour", "number 1", "number 3"):
            self.assertIn(words, shown)
        explained = self.garner("explain", self.path("boxed"), "boxes/box.zip!/deep/second.txt", "--json", expect=0).out
        self.assertEqual("".join(stretch["text"] for stretch in json.loads(explained)["stretches"]), TEXT)
        self.write("boxes/box.zip", archive.getvalue().replace(b"first.txt", b"third.txt"))
        self.assertIn("is not in", self.garner("explain", self.path("boxed"), "boxes/box.zip!/first.txt", expect=2).err)

    def test_every_sample_can_be_explained(self):
        self.job([os.path.join(SAMPLES, "news", "input")], output="samples")
        self.garner("explain", self.path("samples"), expect=0)


if __name__ == "__main__":
    unittest.main()
