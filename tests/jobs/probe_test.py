"""A library from a folder of the user's own is tried in a process of its own before the first job that uses it; the result is remembered."""
import os
import shutil
import unittest

from support import GARNER, JobTest

BAD = os.environ["GARNER_BAD_PLUGINS"]
BUNDLED = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")


class Probe(JobTest):
    def setUp(self):
        super().setUp()
        self.write("in/a.txt", "The ferry crosses the strait in forty minutes.\n")
        self.cache = self.path("cache")

    def folder_with(self, plugin):
        """A folder of plugins that holds this one: all decoders of a folder take part in a job."""
        folder = self.path("plugins", plugin)
        if not os.path.isdir(folder):
            os.makedirs(folder)
            shutil.copy(os.path.join(BAD, plugin + ".so"), folder)
        return folder

    def run_with(self, plugin, folder=None, isolation="none", expect=0, cache=None):
        folder = folder or self.folder_with(plugin)
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\n"
                              f"transforms: [{{plugin: {plugin}, isolation: {isolation}}}]\nsinks: [jsonl]\n")
        env = {"XDG_CACHE_HOME": cache or self.cache, "GARNER_TEST_FOLDER": self.scratch}
        return self.garner("--plugin-dir", folder, "run", manifest, "--output", self.path("out"), expect=expect, env=env)

    def remembered(self):
        folder = os.path.join(self.cache, "garner", "probes")
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

    def test_a_good_one_runs_and_is_remembered(self):
        self.run_with("good_transform")
        self.assertEqual(len(self.remembered()), 1)
        self.run_with("good_transform")
        self.assertEqual(len(self.remembered()), 1)

    def test_a_bad_one_is_refused_in_a_sentence(self):
        for plugin, words in {
                "exits_at_load": "exits_at_load.so: its static constructors ended the process with exit status 7",
                "writes_at_load": "the sandbox refused the system call openat",
                "throws_in_constructor": "its stage's constructor failed: exception: no model today",
                "prints_at_load": "wrote to standard output: 'loaded\\n'"}.items():
            for isolation in ("none", "process"):
                with self.subTest(plugin=plugin, isolation=isolation):
                    run = self.run_with(plugin, isolation=isolation, expect=2)
                    self.assertIn(words, run.err)
                    self.assertIn("garner test-plugin", run.err)
                    self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))
                    self.assertFalse(os.path.exists(self.path("written")))
        self.assertEqual(len(self.remembered()), 4)

    def test_the_reason_is_remembered_with_its_place(self):
        self.run_with("exits_at_load", expect=2)
        again = self.run_with("exits_at_load", expect=2)
        self.assertIn("exit status 7", again.err)
        place = os.path.join(self.cache, "garner", "probes", self.remembered()[0])
        self.assertIn("remembered from an earlier try in " + place, again.err)
        os.remove(place)
        self.assertNotIn("remembered", self.run_with("exits_at_load", expect=2).err)

    def test_another_content_is_another_library(self):
        self.run_with("good_transform")
        with open(os.path.join(self.folder_with("good_transform"), "good_transform.so"), "ab") as file:
            file.write(b"\0")
        self.run_with("good_transform")
        self.assertEqual(len(self.remembered()), 2)

    def test_without_a_cache_it_is_tried_each_time(self):
        nowhere = self.write("file", "no folder")
        for _ in range(2):
            self.run_with("good_transform", cache=nowhere)
            self.assertIn("exit status 7", self.run_with("exits_at_load", expect=2, cache=nowhere).err)

    def test_what_came_with_the_program_is_not_tried(self):
        self.run_with("html_cleaner", BUNDLED)
        self.assertEqual(self.remembered(), [])

    def test_nothing_is_tried_to_look_at_it(self):
        env = {"XDG_CACHE_HOME": self.cache}
        self.garner("--plugin-dir", BAD, "plugins", "exits_at_load", expect=0, env=env)
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\ntransforms: [exits_at_load]\nsinks: [jsonl]\n")
        self.garner("--plugin-dir", BAD, "check", manifest, expect=0, env=env)
        self.assertEqual(self.remembered(), [])


if __name__ == "__main__":
    unittest.main()
