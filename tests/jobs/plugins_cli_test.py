"""`garner plugins`: where plugins are looked for, which of two counts, and what is said of each."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import unittest

from support import GARNER, ROOT, JobTest

BUNDLED = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")
TEST_PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
SOURCE_AND_SINK = "source: {plugin: files, options: {paths: [in]}}\nsinks: [jsonl]\n"


class PluginsTest(JobTest):
    def put(self, name, *folder):
        """A copy of a plugin in a folder of its own."""
        where = TEST_PLUGINS if os.path.exists(os.path.join(TEST_PLUGINS, name + ".so")) else BUNDLED
        target = self.path(*folder, name + ".so")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(os.path.join(where, name + ".so"), target)
        return target

    def file_of(self, name, *arguments, **more):
        return json.loads(self.garner(*arguments, "plugins", name, "--json", expect=0, **more).out)["file"]


class SearchPath(PluginsTest):
    def test_the_order(self):
        """--plugin-dir, GARNER_PLUGIN_PATH, plugin_dirs, the installed ones: the first of a name counts."""
        files = [self.put("jsonl", folder) for folder in ("one", "two", "path", "manifest")] + [os.path.join(BUNDLED, "jsonl.so")]
        manifest = self.write("job/job.yaml", "plugin_dirs: [../manifest]\n" + SOURCE_AND_SINK)
        arguments = ["--plugin-dir", self.path("one"), "--plugin-dir", self.path("two")]
        env = {"GARNER_PLUGIN_PATH": self.path("path")}
        for expected, folders, path in [(0, arguments, env), (1, arguments[2:], env), (2, [], env), (3, [], {}), (4, [], {})]:
            command = [*folders, "plugins", "jsonl", "--json", *(["--manifest", manifest] if expected < 4 else [])]
            found = json.loads(self.garner(*command, expect=0, env=path).out)
            self.assertEqual(found["file"], files[expected])

    def test_the_path_holds_several_folders(self):
        wanted = self.put("no_op", "b")
        env = {"GARNER_PLUGIN_PATH": f"{self.path('a')}:{self.path('b')}:"}
        self.assertEqual(self.file_of("no_op", env=env), wanted)

    def test_an_empty_element_is_not_the_current_directory(self):
        self.put("no_op")
        for path in ("", ":", f"{self.path('nothing')}:", f":{self.path('nothing')}"):
            with self.subTest(path):
                self.garner("plugins", "no_op", expect=2, env={"GARNER_PLUGIN_PATH": path})
        self.assertIn("folder is wanted", self.garner("--plugin-dir", "", "plugins", expect=2).err)

    def test_a_dot_that_somebody_writes_is(self):
        wanted = self.put("no_op")
        self.assertEqual(self.file_of("no_op", env={"GARNER_PLUGIN_PATH": "."}), wanted)
        self.assertEqual(self.file_of("no_op", "--plugin-dir", "."), wanted)

    def test_a_folder_that_is_named_twice_hides_nothing(self):
        run = self.garner("--plugin-dir", BUNDLED, "plugins", expect=0)
        self.assertNotIn("not used", run.err)

    def test_plugin_dirs_start_at_the_folder_of_the_manifest(self):
        self.put("no_op", "job", "mine")
        self.write("job/in/a.txt", "Snow fell on the pass before noon.\n")
        manifest = self.write("job/job.yaml", "plugin_dirs: [mine]\ntransforms: [no_op]\n" + SOURCE_AND_SINK)
        self.garner("check", manifest, expect=0, cwd="/")
        self.garner("check", "job.yaml", expect=0, cwd=self.path("job"))
        self.garner("run", manifest, "--output", self.path("out"), expect=0)
        self.assertEqual(len(self.records("out", "documents.jsonl")), 1)

    def test_variables_in_plugin_dirs(self):
        self.put("no_op", "mine")
        manifest = self.write("job.yaml", "plugin_dirs: ['${GARNER_TEST_DIR}']\ntransforms: [no_op]\n" + SOURCE_AND_SINK)
        self.garner("check", manifest, expect=0, env={"GARNER_TEST_DIR": self.path("mine")})

    def test_mistakes_in_plugin_dirs_have_a_place(self):
        self.write("file", "x")
        manifest = self.write("job.yaml", "plugin_dirs: [nowhere, file, '']\n" + SOURCE_AND_SINK)
        err = self.garner("check", manifest, expect=2).err
        self.assertIn("job.yaml:1:15: plugin_dirs: there is no folder 'nowhere'; relative ones start at the manifest's folder", err)
        self.assertIn("job.yaml:1:24: plugin_dirs: 'file' is no folder", err)
        self.assertIn("job.yaml:1:30: plugin_dirs[2]: the name of a folder is wanted", err)
        manifest = self.write("job.yaml", "plugin_dirs: mine\n" + SOURCE_AND_SINK)
        self.assertIn("a list of folders is wanted, found 'mine'; begin each folder with '- '", self.garner("check", manifest, expect=2).err)

    def test_isolated_stages_find_the_same_file(self):
        self.put("no_op", "job", "mine")
        self.write("job/in/a.txt", "Snow fell on the pass before noon.\n")
        manifest = self.write("job/job.yaml", "plugin_dirs: [mine]\ndefault_isolation: process\ntransforms: [no_op]\n" + SOURCE_AND_SINK)
        self.garner("run", manifest, "--output", self.path("out"), expect=0, cwd="/")
        self.assertEqual(len(self.records("out", "documents.jsonl")), 1)

    def test_a_letter_remembers_the_folders(self):
        """A document that failed is run again with the plugins of its manifest."""
        self.put("no_op", "job", "mine")
        self.write("job/in/a.bin", bytes(range(256)) * 40)
        manifest = self.write("job/job.yaml", "plugin_dirs: [mine]\ndead_letters: letters\ntransforms: [no_op]\n" + SOURCE_AND_SINK)
        self.garner("run", manifest, "--output", self.path("out"), expect=1)
        letters = [name for name in os.listdir(self.path("out", "letters")) if len(name) == 32]
        self.assertEqual(len(letters), 1)
        run = self.garner("replay", self.path("out", "letters", letters[0]), expect=1, cwd="/")
        self.assertIn("the same as before", run.err)

    def test_the_manifest_of_plugins_must_be_there(self):
        self.assertIn("nowhere.yaml: cannot be read", self.garner("plugins", "--manifest", "nowhere.yaml", expect=2).err)


class List(PluginsTest):
    def test_plugins_stand_under_their_folder(self):
        self.put("no_op", "mine")
        lines = self.garner("--plugin-dir", self.path("mine"), "plugins", expect=0).out.splitlines()
        self.assertRegex(lines[lines.index(self.path("mine")) + 1], r"^  no_op +transform  1\.0\.0  Proposes nothing\.$")
        self.assertIn(BUNDLED, lines)

    def test_what_stands_behind_another_is_said(self):
        first, second = self.put("no_op", "one"), self.put("no_op", "two")
        arguments = ["--plugin-dir", self.path("one"), "--plugin-dir", self.path("two"), "plugins"]
        self.assertIn(f"not used: no_op.so: {first} comes before {second}", self.garner(*arguments, expect=0).err)
        self.assertEqual(json.loads(self.garner(*arguments, "--json", expect=0).out)["shadowed"], [{"file": second, "by": first}])
        self.assertEqual(json.loads(self.garner(*arguments, "no_op", "--json", expect=0).out)["shadows"], [second])
        self.assertIn(second, self.garner(*arguments, "no_op", expect=0).out)

    def test_a_refused_one_keeps_its_place(self):
        broken = self.write("one/no_op.so", "no library\n")
        second = self.put("no_op", "two")
        arguments = ["--plugin-dir", self.path("one"), "--plugin-dir", self.path("two"), "plugins"]
        run = self.garner(*arguments, expect=0)
        self.assertIn(f"refused: no_op.so: is no shared library ({broken})", run.err)
        self.assertIn(f"not used: no_op.so: {broken} comes before {second}", run.err)
        listed = json.loads(self.garner(*arguments, "--json", expect=0).out)
        self.assertEqual(listed["refused"], [{"file": broken, "reason": "no_op.so: is no shared library"}])
        self.assertNotIn("no_op", [plugin["name"] for plugin in listed["plugins"]])

    def test_why_one_was_refused(self):
        broken = self.write("mine/no_op.so", "no library\n")
        arguments = ["--plugin-dir", self.path("mine"), "plugins", "no_op"]
        run = self.garner(*arguments, expect=2)
        self.assertIn(f"the plugin was refused: no_op.so: is no shared library ({broken})", run.err)
        run = self.garner(*arguments, "--json", expect=2)
        self.assertEqual(json.loads(run.out), {"name": "no_op", "file": broken, "refused": "no_op.so: is no shared library"})

    def test_a_name_that_is_nearly_right(self):
        self.assertIn("there is no plugin 'jsnol'; did you mean 'jsonl'?", self.garner("plugins", "jsnol", expect=2).err)

    def test_no_plugins_at_all(self):
        lonely = self.path("lonely", "bin", "garner")
        os.makedirs(os.path.dirname(lonely))
        shutil.copy(GARNER, lonely)
        libraries = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib")
        shutil.copytree(libraries, self.path("lonely", "lib"), ignore=shutil.ignore_patterns("garner", "*.a"))
        run = subprocess.run([lonely, "plugins"], capture_output=True, cwd=self.scratch)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn(b"no plugins in " + self.path("lonely", "lib", "garner", "plugins").encode(), run.stderr)

    def test_names_of_folders_are_escaped(self):
        """A folder may be called anything; the terminal shows it and does not obey it."""
        folder = "evil\x1b]0;x\x07\nrefused"
        self.put("no_op", folder, "a")
        self.write(os.path.join(folder, "a", "bad.so"), "no library\n")
        for arguments in ([], ["no_op"], ["bad"]):
            run = self.garner("--plugin-dir", self.path(folder, "a"), "plugins", *arguments)
            self.assertNotIn("\x1b", run.out + run.err)
            self.assertNotIn("\x07", run.out + run.err)
            self.assertIn("evil\\x1b]0;x\\x07\\nrefused", run.out + run.err)

    def test_the_list_does_not_say_hashes(self):
        """They take a look at whole files."""
        listed = json.loads(self.garner("plugins", "--json", expect=0).out)
        self.assertTrue(all("sha256" not in plugin for plugin in listed["plugins"]))
        self.assertEqual(listed["folders"][-1], BUNDLED)


class Page(PluginsTest):
    def page(self, name):
        text = self.garner("--plugin-dir", TEST_PLUGINS, "plugins", name, expect=0).out
        return text, json.loads(self.garner("--plugin-dir", TEST_PLUGINS, "plugins", name, "--json", expect=0).out)

    def test_options_with_types_ranges_and_defaults(self):
        text, record = self.page("every_option")
        self.assertRegex(text, r"\n  count +whole number, 1 to 9 rounds +default 3\n      A number with a default\.\n")
        self.assertRegex(text, r"\n  steps\[\]\.label +text, matching `\[a-z_\]\+` +required\n")
        self.assertRegex(text, r"\n  steps_by_name\.\*\.label +text, matching")
        options = {option["name"]: option for option in record["options"]}
        self.assertEqual(options["count"], {"name": "count", "type": "whole number", "default": "3", "accepted": "1 to 9", "unit": "rounds",
                                            "doc": "A number with a default."})
        self.assertEqual(options["pace"]["values"], ["quick", "thorough"])
        for name, mark in [("token", "secret"), ("list", "file"), ("match", "regex"), ("steps[].label", "required")]:
            self.assertIs(options[name][mark], True)
        self.assertEqual(record["adds_metadata"], ["colour"])

    def test_what_a_decoder_takes(self):
        text, record = self.page("html")
        self.assertRegex(text, r"media types +text/html, application/xhtml\+xml\n")
        self.assertRegex(text, r"extensions +\.html \(text/html\)")
        self.assertIn({"extension": "htm", "media_type": "text/html"}, record["extensions"])

    def test_hash_and_place(self):
        text, record = self.page("language")
        with open(os.path.join(BUNDLED, "language.so"), "rb") as file:
            self.assertEqual(record["sha256"], hashlib.sha256(file.read()).hexdigest())
        self.assertIn(record["sha256"], text)
        self.assertEqual((record["file"], record["folder"]), (os.path.join(BUNDLED, "language.so"), BUNDLED))
        self.assertEqual(self.page("entity_tagger")[1]["data"], os.path.join(BUNDLED, "entity_tagger.data"))

    def test_every_field_is_documented(self):
        with open(os.path.join(ROOT, "docs", "plugins.md"), encoding="utf-8") as file:
            documented = set(re.findall(r"`(\w+)`", file.read().split("## What is installed", 1)[1].split("## A schema", 1)[0]))
        listed = json.loads(self.garner("--plugin-dir", TEST_PLUGINS, "plugins", "--json", expect=0).out)
        fields = set(listed) | {"sha256", "shadows"}
        for plugin in listed["plugins"]:
            fields |= set(plugin)
            for option in plugin["options"]:
                fields |= set(option)
        self.assertEqual(fields - documented, set())


if __name__ == "__main__":
    unittest.main()
