"""`garner lock` pins plugins, models and lists; --locked refuses any other, in a line each, before anything runs."""
import json
import os
import shutil
import unittest

from support import GARNER, JobTest

BUNDLED = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")
TEST_PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
MANIFEST = """plugin_dirs: [plugins]
source: { plugin: files, options: { paths: [in] } }
transforms:
  - entity_tagger
  - { plugin: every_option, options: { list: lists/words.txt } }
sinks: [jsonl]
"""


class LockTest(JobTest):
    def setUp(self):
        super().setUp()
        self.write("job/in/a.txt", "The lighthouse keeper rowed ashore at dawn.\n")
        self.write("job/lists/words.txt", "lamp\nwick\n")
        self.manifest = self.write("job/job.yaml", MANIFEST)
        self.put("every_option", TEST_PLUGINS)
        self.put("entity_tagger", BUNDLED)

    def put(self, name, folder):
        os.makedirs(self.path("job", "plugins"), exist_ok=True)
        shutil.copy(os.path.join(folder, name + ".so"), self.path("job", "plugins"))
        if os.path.isdir(os.path.join(folder, name + ".data")):
            shutil.copytree(os.path.join(folder, name + ".data"), self.path("job", "plugins", name + ".data"))

    def lock(self):
        self.garner("lock", self.manifest, expect=0)
        with open(self.manifest + ".lock", encoding="utf-8") as file:
            return json.load(file)

    def change_lock(self, change):
        lock = self.lock()
        change(lock)
        self.write("job/job.yaml.lock", json.dumps(lock))

    def append(self, name, content=b"\n"):
        with open(self.path("job", *name.split("/")), "ab") as file:
            file.write(content)

    def passes(self):
        self.garner("check", "--locked", self.manifest, expect=0)
        self.garner("run", "--locked", self.manifest, "--output", self.path("out"), expect=0)

    def refuses(self, *lines):
        """Both commands refuse, each difference is a line that says what to do, and nothing was written."""
        shutil.rmtree(self.path("out"), ignore_errors=True)
        for command in (["run", "--output", self.path("out")], ["check"]):
            run = self.garner(*command, "--locked", self.manifest, expect=2)
            for line in lines:
                self.assertIn(line, run.err)
            self.assertEqual(len(run.err.splitlines()), len(lines), run.err)
        self.assertFalse(os.path.exists(self.path("out")))


class What(LockTest):
    def test_a_lock_names_everything(self):
        lock = self.lock()
        self.assertEqual((lock["format"], lock["garner"]), (1, "0.1"))
        self.assertIn({"stage": "every_option", "role": "transform", "plugin": "every_option"}, lock["stages"])
        self.assertTrue({"files", "html", "text", "entity_tagger", "every_option", "jsonl"} <= set(lock["plugins"]))
        self.assertEqual(lock["plugins"]["every_option"]["version"], "1.2.3")
        self.assertTrue(lock["plugins"]["entity_tagger"]["data"])
        self.assertEqual(list(lock["files"]), ["lists/words.txt"])
        self.assertNotIn(self.scratch, json.dumps(lock))

    def test_what_takes_part_unasked_is_locked(self):
        """Every decoder and unpacker that is installed reads what comes, whether the manifest mentions it or not."""
        found = json.loads(self.garner("plugins", "--json", "--manifest", self.manifest, expect=0).out)["plugins"]
        readers = {plugin["name"] for plugin in found if plugin["kind"] in ("decoder", "unpacker")}
        self.assertTrue({"text", "html"} <= readers)
        self.assertEqual(readers - set(self.lock()["plugins"]), set())

    def test_the_same_job_gives_the_same_bytes(self):
        self.lock()
        with open(self.manifest + ".lock", "rb") as file:
            first = file.read()
        self.lock()
        with open(self.manifest + ".lock", "rb") as file:
            self.assertEqual(file.read(), first)
        self.assertEqual(sorted(os.listdir(self.path("job"))), ["in", "job.yaml", "job.yaml.lock", "lists", "plugins"])

    def test_what_is_as_it_was_passes(self):
        self.lock()
        self.passes()

    def test_a_mistake_in_the_manifest_leaves_the_lock(self):
        before = self.lock()
        self.write("job/job.yaml", MANIFEST + "colour: red\n")
        self.garner("lock", self.manifest, expect=2)
        with open(self.manifest + ".lock", encoding="utf-8") as file:
            self.assertEqual(json.load(file), before)

    def test_a_lock_moves_with_its_folder(self):
        self.lock()
        os.rename(self.path("job"), self.path("elsewhere"))
        self.manifest = self.path("elsewhere", "job.yaml")
        self.passes()

    def test_an_absolute_path_below_the_folder_moves_too(self):
        listed = self.path("job", "lists", "words.txt")
        self.write("job/job.yaml", MANIFEST.replace("lists/words.txt", listed))
        self.assertEqual(list(self.lock()["files"]), ["lists/words.txt"])

    def test_what_is_set_on_the_command_line_is_locked(self):
        other = self.write("other.txt", "buoy\n")
        arguments = [self.manifest, "--set", f"every_option.list={other}"]
        self.garner("lock", *arguments, expect=0)
        self.garner("check", "--locked", *arguments, expect=0)
        self.refuses(f"the file {other}: SHA-256", "the file lists/words.txt: none is locked")


class Differences(LockTest):
    def test_another_build_of_a_plugin(self):
        self.lock()
        self.append("plugins/every_option.so")
        self.refuses("job.yaml.lock: the plugin every_option: SHA-256")
        self.lock()
        self.passes()

    def test_every_line_says_what_to_do(self):
        self.lock()
        self.append("plugins/every_option.so")
        self.refuses(f"install that build of 1.2.3, or accept what is there: garner lock {self.manifest}")

    def test_another_version_of_a_plugin(self):
        self.change_lock(lambda lock: lock["plugins"]["jsonl"].update(version="0.0.9"))
        self.refuses("the plugin jsonl: version 0.0.9 is locked, found version 0.1.0; install that version")

    def test_a_model_that_changed(self):
        name = sorted(self.lock()["plugins"]["entity_tagger"]["data"])[0]
        self.append(f"plugins/entity_tagger.data/{name}")
        self.refuses(f"the plugin entity_tagger's file {name}: SHA-256")

    def test_a_model_that_came_and_one_that_went(self):
        name = sorted(self.lock()["plugins"]["entity_tagger"]["data"])[0]
        os.rename(self.path("job", "plugins", "entity_tagger.data", name), self.path("job", "plugins", "entity_tagger.data", "zz_new"))
        self.refuses(f"the plugin entity_tagger's file {name}: SHA-256", "the plugin entity_tagger's file zz_new: none is locked")

    def test_a_list_that_changed(self):
        self.lock()
        self.append("lists/words.txt", b"flame\n")
        self.refuses("the file lists/words.txt: SHA-256")

    def test_a_stage_that_the_lock_does_not_know(self):
        self.lock()
        self.write("job/job.yaml", MANIFEST.replace("  - entity_tagger\n", "  - entity_tagger\n  - html_cleaner\n"))
        self.refuses("the transform html_cleaner: none is locked, found the plugin html_cleaner")

    def test_a_stage_that_went(self):
        self.lock()
        self.write("job/job.yaml", MANIFEST.replace("  - entity_tagger\n", ""))
        self.refuses("the transform entity_tagger: the plugin entity_tagger is locked, found none")

    def test_another_plugin_under_a_name(self):
        self.write("job/job.yaml", MANIFEST.replace("- entity_tagger", "- { plugin: html_cleaner, name: entity_tagger }"))
        self.lock()
        self.write("job/job.yaml", MANIFEST)
        self.refuses("the stage entity_tagger: the transform html_cleaner is locked, found the transform entity_tagger")

    def test_a_decoder_that_comes_in_by_itself(self):
        """Every decoder that is found takes part: a new one changes results, though the manifest does not name it."""
        self.change_lock(lambda lock: lock.update(stages=[stage for stage in lock["stages"] if stage["plugin"] != "html"]))
        self.refuses("the decoder html: none is locked, found the plugin html")

    def test_another_garner(self):
        self.change_lock(lambda lock: lock.update(garner="0.0"))
        self.refuses("job.yaml.lock: garner: 0.0 is locked, found 0.1; use that version")

    def test_several_at_once(self):
        self.lock()
        self.append("plugins/every_option.so")
        self.append("lists/words.txt")
        self.refuses("the plugin every_option", "the file lists/words.txt")


class BadLocks(LockTest):
    def test_there_is_none(self):
        self.refuses("job.yaml.lock: is not there; `garner lock` writes it")

    def test_a_later_format(self):
        self.change_lock(lambda lock: lock.update(format=2))
        self.refuses("job.yaml.lock: has format 2, written by a later garner; this one reads 1")

    def test_what_cannot_be_read(self):
        stage = {"stage": "a", "role": "sink", "plugin": "a"}
        sound = {"format": 1, "garner": "0.1", "stages": [], "plugins": {}, "files": {}}
        bad = [{**sound, "plugins": {"html": {}}}, {**sound, "stages": [stage, stage]}, {**sound, "stages": [1]}, {**sound, "stages": {}},
               {**sound, "files": {"a": 1}}, {**sound, "format": "1"}, {**sound, "garner": 1}, {**sound, "plugins": []}, {"format": 1}, {}, []]
        for text in ("", "garner", "[" * 100000, '{"format":1,' + '"a":{' * 50000, '{"format": 1, "garner": "\xff"}', *map(json.dumps, bad)):
            with self.subTest(text[:60]):
                self.write("job/job.yaml.lock", text.encode("latin-1"))
                self.refuses("job.yaml.lock: is no lock that can be read: ")

    def test_a_lock_is_shown_and_not_obeyed(self):
        self.change_lock(lambda lock: lock.update(garner="\x1b[31m\n0.0"))
        run = self.garner("check", "--locked", self.manifest, expect=2)
        self.assertNotIn("\x1b", run.err)
        self.assertIn("\\x1b[31m\\n0.0 is locked", run.err)

    def test_a_folder_of_that_name(self):
        os.mkdir(self.manifest + ".lock")
        self.assertIn("job.yaml.lock", self.garner("check", "--locked", self.manifest, expect=2).err)
        self.assertIn("job.yaml.lock", self.garner("lock", self.manifest, expect=2).err)


if __name__ == "__main__":
    unittest.main()
