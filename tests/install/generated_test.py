"""What `garner new-plugin` makes builds from an installation alone, passes its tests, and is found, checked and run."""
import os
import unittest

from sdk import CLANG, CTEST, SdkTest

KINDS = ("source", "unpacker", "decoder", "transform", "sink")


class Generated(SdkTest):
    def make(self, kind, folder="."):
        os.makedirs(os.path.join(self.work, folder), exist_ok=True)
        self.garner("new-plugin", kind, f"new_{kind}", folder)
        return os.path.join(folder, f"new_{kind}")

    def check(self, kind, plugins, cases):
        """Found, inspected, checked, run."""
        name = f"new_{kind}"
        self.assertIn(f"{name} 0.1.0, {kind}", self.garner("--plugin-dir", plugins, "plugins", name))
        self.write(f"{name}_job/in/a.new_decoder", "# a comment\nThe ferry leaves at nine.\n")
        self.write(f"{name}_job/in/b.txt", "The ferry is back at noon.\n\nADVERTISEMENT\n")
        if kind == "unpacker":
            self.write(f"{name}_job/in/c.new_unpacker", "The ferry was late on Monday.\n\nIt was on time on Tuesday.\n")
        source = "{plugin: new_source, options: {text: Another., count: 2}}" if kind == "source" else "{plugin: files, options: {paths: [in]}}"
        transforms = "[new_transform]" if kind == "transform" else "[]"
        sinks = "[jsonl, new_sink]" if kind == "sink" else "[jsonl]"
        manifest = self.write(f"{name}_job/job.yaml", f"source: {source}\ntransforms: {transforms}\nsinks: {sinks}\n")
        self.assertIn("no mistakes", self.garner("--plugin-dir", plugins, "check", manifest))
        self.garner("--plugin-dir", plugins, "run", manifest, "--output", f"{name}_job/out")
        written = self.read(f"{name}_job/out/documents.jsonl")
        self.assertEqual(written.count("\n"), 4 if kind == "unpacker" else 2)
        if kind == "unpacker":
            self.assertIn('"text":"It was on time on Tuesday."', written)
            self.assertIn('"record_key":"3"', written)
        if kind == "source":
            self.assertIn("Another.", written)
        if kind == "decoder":
            self.assertIn('"media_type":"text/x-new_decoder"', written)
            self.assertNotIn("# a comment", written)
        if kind == "transform":
            self.assertNotIn("ADVERTISEMENT", written)
        if kind == "sink":
            self.assertEqual(self.read(f"{name}_job/out/new_sink.tsv").count("\t"), 2)
        self.check_conformance(os.path.join(plugins, name + ".so"), "--cases", cases)

    def test_each_kind_alone(self):
        for kind in KINDS:
            with self.subTest(kind):
                folder = self.make(kind)
                self.assertNotIn("warning", self.configure(folder).lower())
                self.assertNotIn("warning", self.build(folder).lower())
                self.assertIn("100% tests passed", self.run_in(folder, CTEST, "--test-dir", "build", "--output-on-failure"))
                self.check(kind, os.path.join(folder, "build", "plugins"), os.path.join(folder, "cases"))

    def test_all_kinds_in_one_project_by_clang_for_a_host_of_gcc(self):
        if not os.path.exists(CLANG):
            self.skipTest("there is no clang++")
        folders = [self.make(kind, "together") for kind in KINDS]
        self.write("together/CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(together LANGUAGES CXX)\nenable_testing()\nfind_package(garner 0.1 REQUIRED)\n" +
                   "".join(f"add_subdirectory({os.path.basename(folder)})\n" for folder in folders))
        self.configure("together", env={"CXX": CLANG})
        self.assertNotIn("warning", self.build("together").lower())
        self.assertIn("100% tests passed", self.run_in("together", CTEST, "--test-dir", "build", "--output-on-failure"))
        for kind in KINDS:
            self.check(kind, "together/build/plugins", f"together/new_{kind}/cases")

    def test_an_installed_plugin_is_found_with_its_data(self):
        folder = self.make("transform", "with_data")
        self.write(f"{folder}/words.txt", "ferry\n")
        content = self.read(f"{folder}/CMakeLists.txt")
        self.write(f"{folder}/CMakeLists.txt", content.replace("TESTS", "DATA words.txt TESTS"))
        self.configure(folder, "-DBUILD_TESTING=OFF")
        self.build(folder)
        self.assertFalse(os.path.exists(os.path.join(self.work, folder, "build", "new_transform_test")))
        mine = os.path.join(self.work, "mine")
        self.run_in(folder, "cmake", "--install", "build", "--prefix", mine)
        self.assertTrue(os.path.exists(os.path.join(mine, "lib/garner/plugins/new_transform.data/words.txt")))
        listed = self.run_in(".", "garner", "plugins", "new_transform", env={"GARNER_PLUGIN_PATH": os.path.join(mine, "lib/garner/plugins")})
        self.assertIn(os.path.join(mine, "lib/garner/plugins/new_transform.so"), listed)

    def test_nothing_is_overwritten(self):
        folder = self.make("sink", "twice")
        before = sorted(os.listdir(os.path.join(self.work, folder)))
        self.assertIn("is there already and stays as it is", self.garner("new-plugin", "decoder", "new_sink", "twice", expect=1))
        self.assertEqual(sorted(os.listdir(os.path.join(self.work, folder))), before)
        self.assertEqual(os.listdir(os.path.join(self.work, "twice")), ["new_sink"])
        self.assertIn("is no folder", self.garner("new-plugin", "sink", "another", "twice/nowhere", expect=1))
        os.symlink("nowhere", os.path.join(self.work, "twice", "dangling"))
        self.assertIn("is there already", self.garner("new-plugin", "sink", "dangling", "twice", expect=1))

    def test_names_that_cannot_be(self):
        for name, words in (("Foo-Bar", "foo_bar, for instance"), ("9lives", "a letter first"), ("a__b", "single underscores"), ("ends_", "single underscores"), ("", "a letter first"),
                            ("../x", "is no name"), ("x" * 65, "64 at most"), ("größe", "is no name"), ("class", "a word of C++"), ("xor_eq", "a word of C++"), ("linux", "a macro"),
                            ("message", "Protobuf"), ("garner", "namespace"), ("std", "namespace"), ("test", "CMake"), ("host", "garner's own work"), ("garner_tools", "garner's own"),
                            ("html", "there is a plugin 'html' already")):
            with self.subTest(name):
                said = self.garner("new-plugin", "sink", name, expect=1)
                self.assertIn(words, said)
                self.assertEqual(len(said.splitlines()), 1, said)
        self.assertIn("source, unpacker, decoder, transform and sink are accepted", self.garner("new-plugin", "filter", "fine_name", expect=1))
        self.assertFalse(os.path.exists(os.path.join(self.work, "fine_name")))

    def test_names_that_are_functions_and_types_elsewhere(self):
        """They are namespaces inside another one, so that they clash with nothing."""
        for name in ("index", "time", "options", "document", "status", "main"):
            self.garner("new-plugin", "transform", name, "odd" if os.path.exists(os.path.join(self.work, "odd")) else self.folder("odd"))
        self.write("odd/CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(odd LANGUAGES CXX)\nset(BUILD_TESTING OFF)\nfind_package(garner 0.1 REQUIRED)\n" +
                   "".join(f"add_subdirectory({name})\n" for name in ("index", "time", "options", "document", "status", "main")))
        self.configure("odd")
        self.build("odd")
        self.assertIn("index", self.garner("--plugin-dir", "odd/build/plugins", "plugins"))

    def folder(self, name):
        os.makedirs(os.path.join(self.work, name))
        return name


if __name__ == "__main__":
    unittest.main()
