"""The command as a user meets it: help, exit statuses, mistakes, standard input and output."""
import json
import os
import unittest

from support import NEWS, SAMPLES, JobTest

MANIFEST = "source: {plugin: files, options: {paths: [in]}}\ntransforms: [html_cleaner]\nsinks: [jsonl]\n"


class Help(JobTest):
    def test_every_subcommand_teaches_by_example(self):
        overview = self.garner("--help", expect=0).out
        for command in ("run", "clean", "check", "plugins", "explain", "replay"):
            self.assertIn(command, overview)
            self.assertIn("garner " + command, self.garner(command, "--help", expect=0).out)

    def test_version(self):
        self.assertRegex(self.garner("--version", expect=0).out, r"^garner \d+\.\d+")

    def test_wrong_commands_are_refused(self):
        for arguments in ((), ("rnu",), ("run",), ("run", NEWS, "--wrokers", "2"), ("run", NEWS, "--workers", "0"), ("clean", "--format", "pdf")):
            self.assertTrue(self.garner(*arguments, expect=2).err)


class Run(JobTest):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", "The ferry crosses the strait in forty minutes.\n")
        self.manifest = self.write("job.yaml", MANIFEST)

    def test_everything_written(self):
        run = self.garner("run", self.manifest, "--output", "out", expect=0)
        self.assertEqual(run.out, "", "results go to the output folder, words to standard error")
        self.assertIn("1 written", run.err)
        self.assertEqual(len(self.records("out", "documents.jsonl")), 1)

    def test_a_failed_document_is_exit_1(self):
        self.write("in/b.txt", bytes(range(256)) * 20)
        run = self.garner("run", self.manifest, "--output", "out", expect=1)
        self.assertIn("1 written, 0 dropped, 1 failed", run.err)

    def test_mistakes_are_exit_2_and_nothing_is_written(self):
        bad = self.write("bad.yaml", "source: {plugin: files, options: {pathz: [in]}}\ntransforms: [html_clenaer]\nsinks: [jsonl, files]\n")
        for command in (("run", bad, "--output", "out"), ("check", bad)):
            run = self.garner(*command, expect=2)
            self.assertIn("bad.yaml:1:", run.err)
            self.assertIn("did you mean 'paths'", run.err)
            self.assertIn("did you mean 'html_cleaner'", run.err)
            self.assertIn("bad.yaml:3:", run.err)
            self.assertFalse(os.path.exists(self.path("out")))

    def test_an_input_that_is_not_there_is_exit_2(self):
        run = self.garner("run", self.manifest, "--input", "nowhere", "--output", "out", expect=2)
        self.assertIn("nowhere", run.err)
        self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))

    def test_an_output_folder_that_cannot_be_is_exit_2(self):
        self.write("file", "x")
        self.assertIn("file", self.garner("run", self.manifest, "--output", "file/out", expect=2).err)

    def test_set_overrides_an_option(self):
        self.garner("run", self.manifest, "--output", "out", "--set", "jsonl.path=other.jsonl", expect=0)
        self.assertEqual(len(self.records("out", "other.jsonl")), 1)
        self.assertIn("did you mean 'path'", self.garner("run", self.manifest, "--set", "jsonl.pth=x", expect=2).err)

    def test_an_earlier_result_stays_whole_when_a_job_is_refused(self):
        self.garner("run", self.manifest, "--output", "out", expect=0)
        before = self.records("out", "documents.jsonl")
        self.garner("run", self.manifest, "--input", "nowhere", "--output", "out", expect=2)
        self.assertEqual(before, self.records("out", "documents.jsonl"))

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_failing_sink_is_exit_3(self):
        os.makedirs(self.path("out"))
        os.symlink("/dev/full", self.path("out", "documents.jsonl.part"))
        run = self.garner("run", self.manifest, "--output", "out", expect=None)
        self.assertIn(run.returncode, (2, 3))
        self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))

    def test_a_condition_skips_a_stage_and_says_so(self):
        conditional = self.write("when.yaml", "source: {plugin: files, options: {paths: [in]}}\n"
                                 "transforms:\n  - plugin: html_cleaner\n    when: {language: [xx]}\nsinks: [jsonl, protobuf]\n")
        self.garner("run", conditional, "--output", "out", expect=0)
        with open(self.path("out", "documents.pb"), "rb") as file:
            self.assertIn(b"when: the language is", file.read())


class Check(JobTest):
    def test_a_good_manifest(self):
        self.assertIn("no mistakes", self.garner("check", NEWS, expect=0).out)


class Clean(JobTest):
    TEXT = "Rain fell on the harbour all night.\n/> </p>\n<p>The boats stayed in.</p>\n"
    CLEAN = "Rain fell on the harbour all night.\n\nThe boats stayed in.\n"

    def test_standard_input(self):
        self.assertEqual(self.garner("clean", stdin=self.TEXT.encode(), expect=0).out, self.CLEAN)

    def test_files(self):
        self.write("a.txt", self.TEXT)
        self.write("b.txt", "Fog came at noon and stayed.\n")
        self.assertEqual(self.garner("clean", "a.txt", "b.txt", expect=0).out, self.CLEAN + "\nFog came at noon and stayed.\n")

    def test_json(self):
        record = json.loads(self.garner("clean", "--format", "json", stdin=self.TEXT.encode(), expect=0).out)
        self.assertEqual(record["text"] + "\n", self.CLEAN)
        self.assertIn("removed", record)

    def test_markdown(self):
        page = "<html><body><article><h1>Harbour</h1><h2>Boats &amp; nets</h2><p>Rain fell on the harbour all night long.</p></article></body></html>"
        self.assertIn("## Boats & nets", self.garner("clean", "--format", "markdown", stdin=page.encode(), expect=0).out)

    def test_a_missing_file(self):
        self.assertIn("nowhere.txt", self.garner("clean", "nowhere.txt", expect=2).err)


class Plugins(JobTest):
    def test_list_and_details(self):
        listed = self.garner("plugins", expect=0).out
        for name in ("files", "text", "html", "html_cleaner", "metadata_lines", "boilerplate_stripper", "deduplicator", "document_deduplicator", "entity_tagger", "jsonl", "text_files", "protobuf"):
            self.assertIn(name, listed)
        details = self.garner("plugins", "jsonl", expect=0).out
        self.assertIn("documents.jsonl", details)
        self.assertIn("offsets", details)
        self.assertIn("balanced|precision|recall", self.garner("plugins", "boilerplate_stripper", expect=0).out)

    def test_json(self):
        plugins = json.loads(self.garner("plugins", "--json", expect=0).out)["plugins"]
        self.assertTrue(all(option["doc"] for plugin in plugins for option in plugin["options"]), "every option is documented")
        self.assertTrue(all(plugin["summary"] and plugin["licence"] for plugin in plugins))

    def test_unknown(self):
        self.assertIn("no plugin 'jsnol'", self.garner("plugins", "jsnol", expect=2).err)

    def test_not_from_the_current_directory(self):
        self.write("evil.so", b"\x7fELF nonsense")
        listed = self.garner("plugins", expect=0)
        self.assertNotIn("evil", listed.out + listed.err)


if __name__ == "__main__":
    unittest.main()
