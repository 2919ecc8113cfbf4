"""An installation holds what docs/sdk.md says, can be moved, and knows nothing of the tree that it was built in."""
import os
import re
import subprocess
import unittest

from sdk import BUILD, ROOT, SdkTest

VERSION = os.environ["GARNER_VERSION"]
MINOR = ".".join(VERSION.split(".")[:2])


class Install(SdkTest):
    def path(self, *parts):
        return os.path.join(self.prefix, *parts)

    def files(self, folder):
        for base, _, names in os.walk(self.path(folder)):
            for name in names:
                yield os.path.join(base, name)

    def test_layout(self):
        for name in (
                "bin/garner", f"lib/libgarner_sdk.so.{VERSION}", f"lib/libgarner_proto.so.{MINOR}", "lib/libgarner_testing.a", "lib/garner/plugins/html.so",
                "lib/garner/plugins/entity_tagger.data", "include/garner/plugin.h", "include/garner/testing/cases.h", "include/garner/v1/document.pb.h",
                "include/garner/testing/case.pb.h", "share/garner/proto/garner/v1/document.proto", "share/garner/proto/garner/v1/worker.proto",
                "share/garner/proto/garner/testing/case.proto", "lib/cmake/garner/garnerConfig.cmake", "lib/cmake/garner/garnerConfigVersion.cmake",
                "lib/cmake/garner/GarnerPlugin.cmake", "lib/pkgconfig/garner.pc", "share/doc/garner/LICENSE", "share/doc/garner/README.md",
                "share/doc/garner/docs/plugin-guide.md", "share/doc/garner/samples/news/pipeline.yaml"):
            self.assertTrue(os.path.exists(self.path(name)), name)

    def test_every_bundled_plugin_is_there_and_no_test_plugin(self):
        built = {name for name in os.listdir(os.path.join(BUILD, "lib", "garner", "plugins")) if name.endswith(".so")}
        installed = {name for name in os.listdir(self.path("lib/garner/plugins")) if name.endswith(".so")}
        with open(os.path.join(ROOT, "plugins", "CMakeLists.txt"), encoding="utf-8") as file:
            listed = {word + ".so" for line in file.read().split("foreach")[0].splitlines() for word in re.findall(r"^  (\w+)", line)}
        self.assertEqual(installed, listed)
        self.assertLessEqual(listed, built)

    def test_every_header_compiles_alone(self):
        include = self.path("include")
        headers = [os.path.relpath(path, include) for path in self.files("include") if path.endswith(".h") and "/v1/" not in path]
        self.assertGreater(len(headers), 20)
        self.write("headers/all.cc", "".join(f'#include "{header}"\n' for header in sorted(headers)))
        self.run_in("headers", "c++", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I", include, "all.cc")

    def test_nothing_knows_the_source_tree_or_the_first_prefix(self):
        for folder in ("lib/cmake", "lib/pkgconfig", "include", "share/garner"):
            for path in self.files(folder):
                with open(path, encoding="utf-8") as file:
                    text = file.read()
                for place in (ROOT + "/", BUILD, os.path.join(self.scratch, "first")):
                    self.assertNotIn(place, text, path)

    def test_libraries_are_found_relative_to_each_other(self):
        for name, runpath in (("bin/garner", "$ORIGIN/../lib"), ("lib/libgarner_sdk.so", "$ORIGIN"), ("lib/garner/plugins/html.so", "$ORIGIN/../..")):
            dynamic = subprocess.run(["readelf", "-dW", self.path(name)], capture_output=True, text=True, check=True).stdout
            self.assertRegex(dynamic, rf"R(UN)?PATH.*\[{re.escape(runpath)}\]", name)
            self.assertIn(f"libgarner_proto.so.{MINOR}", dynamic)
        self.assertRegex(subprocess.run(["ldd", self.path("bin/garner")], capture_output=True, text=True, check=True).stdout,
                         rf"libgarner_sdk\.so\.{re.escape(MINOR)} => {re.escape(self.prefix)}/")

    def test_the_command_works(self):
        self.write("news/ferry.html", "<html><body><h1>Ferry</h1><p>The ferry crosses the strait in forty minutes.</p></body></html>")
        self.assertIn("forty minutes", self.garner("clean", "news/ferry.html"))
        self.assertIn("html", self.garner("plugins"))

    def test_links_of_the_pages_lead_somewhere(self):
        docs = self.path("share/doc/garner")
        for page in self.files("share/doc/garner"):
            if not page.endswith(".md"):
                continue
            with open(page, encoding="utf-8") as file:
                text = re.sub(r"```.*?```|`[^`\n]*`", "", file.read(), flags=re.S)
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
                path = os.path.normpath(os.path.join(os.path.dirname(page), target))
                # Sources are in the repository.
                outside = os.path.relpath(path, docs).startswith(("plugins/", "core/", "proto/", "tools/", "tests/", "CONTRIBUTING.md"))
                self.assertTrue(outside or os.path.exists(path), f"{os.path.relpath(page, docs)}: {target}")

    def test_another_minor_version_is_refused(self):
        major, minor, _ = VERSION.split(".")
        self.write("later/CMakeLists.txt", f"cmake_minimum_required(VERSION 3.25)\nproject(later CXX)\nfind_package(garner {major}.{int(minor) + 1} REQUIRED)\n")
        said = self.configure("later", expect=1)
        self.assertIn(f"version: {VERSION}", said)
        self.write("same/CMakeLists.txt", f"cmake_minimum_required(VERSION 3.25)\nproject(same CXX)\nfind_package(garner {MINOR} REQUIRED)\n")
        self.configure("same")

    def test_pkg_config(self):
        plain = os.path.join(self.work, "plain")  # make knows no names with spaces
        os.symlink(self.prefix, plain)
        pkg_config = ["pkg-config", "garner"]
        env = {"PKG_CONFIG_PATH": os.path.join(plain, "lib/pkgconfig")}
        self.assertEqual(self.run_in(".", *pkg_config, "--modversion", env=env).strip(), VERSION)
        protos = self.run_in(".", *pkg_config, "--variable=protodir", env=env).strip()
        self.assertTrue(os.path.exists(os.path.join(protos, "garner/v1/plugin.proto")), protos)
        # The Makefile of docs/sdk.md builds a plugin.
        with open(os.path.join(ROOT, "docs", "sdk.md"), encoding="utf-8") as file:
            makefile = re.search(r"```make\n(.*?)```", file.read(), flags=re.S).group(1)
        self.garner("new-plugin", "transform", "shouting")
        os.remove(os.path.join(self.work, "shouting", "CMakeLists.txt"))
        self.write("shouting/Makefile", makefile.replace("NAME := my_plugin", "NAME := shouting"))
        self.run_in("shouting", "make", env=env)
        self.assertIn("transform", self.garner("--plugin-dir", "shouting", "plugins", "shouting"))
        self.write("job.yaml", "source: {plugin: files, options: {paths: [news]}}\ntransforms: [shouting]\nsinks: [jsonl]\n")
        self.write("news/ferry.html", "<p>The ferry crosses the strait in forty minutes.</p>")
        self.garner("--plugin-dir", "shouting", "run", "job.yaml", "--output", "out")


if __name__ == "__main__":
    unittest.main()
