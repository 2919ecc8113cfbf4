"""What somebody reads who made one of the usual mistakes, from outside: each message says what to do."""
import os
import unittest

from sdk import SdkTest


class Mistakes(SdkTest):
    def make(self, kind="transform", name=None):
        name = name or "p_" + self._testMethodName[len("test_"):]
        self.garner("new-plugin", kind, name)
        return name

    def edit(self, path, old, new):
        content = self.read(path)
        self.assertIn(old, content)
        self.write(path, content.replace(old, new, 1))

    def refuse_to_configure(self, name, *words, arguments=(), kept=False):
        said = " ".join(self.configure(name, *arguments, expect=1).split())
        for word in words:
            self.assertIn(word, said)
        return said

    def built(self, name):
        self.configure(name, "-DBUILD_TESTING=OFF")
        self.build(name)
        return os.path.join(name, "build", "plugins")

    def job(self, name, transforms):
        self.write(f"{name}/in/a.txt", "The ferry leaves at nine.\n")
        return self.write(f"{name}/job.yaml", f"source: {{plugin: files, options: {{paths: [in]}}}}\ntransforms: {transforms}\nsinks: [jsonl]\n")

    def test_option_mistyped(self):
        name = self.make()
        plugins = self.built(name)
        said = self.garner("--plugin-dir", plugins, "check", self.job(name, f"[{{plugin: {name}, options: {{markr: x}}}}]"), expect=1)
        self.assertIn("unknown option 'markr'; did you mean 'marker'?", said)

    def test_media_types_forgotten(self):
        for kind in ("decoder", "unpacker"):
            name = self.make(kind, f"forgetful_{kind}")
            content = self.read(f"{name}/plugin.textproto")
            self.write(f"{name}/plugin.textproto", "\n".join(line for line in content.splitlines() if not line.startswith("media_types")) + "\n")
            self.configure(name, "-DBUILD_TESTING=OFF")
            said = self.build(name, expect=1)
            self.assertIn("'media_types' is missing", said)
            self.assertIn(f"never ask this {kind}", said)

    def test_another_name_in_the_manifest(self):
        name = self.make()
        self.edit(f"{name}/plugin.textproto", f'name: "{name}"', 'name: "another"')
        self.configure(name, "-DBUILD_TESTING=OFF")
        self.assertIn(f'write name: "{name}"', self.build(name, expect=1))

    def test_manifest_that_does_not_parse(self):
        name = self.make()
        self.edit(f"{name}/plugin.textproto", "kind: TRANSFORM", "kind: FILTER")
        self.configure(name, "-DBUILD_TESTING=OFF")
        said = self.build(name, expect=1)
        self.assertIn("not a garner.v1.PluginManifest in text form", said)
        self.assertIn("FILTER", said)

    def test_files_missing(self):
        name = self.make()
        os.rename(os.path.join(self.work, name, "options.proto"), os.path.join(self.work, name, "kept"))
        self.refuse_to_configure(name, "options.proto, which declares what can be set", "message Options {}")
        os.rename(os.path.join(self.work, name, "kept"), os.path.join(self.work, name, "options.proto"))
        os.remove(os.path.join(self.work, name, "plugin.textproto"))
        self.refuse_to_configure(name, "plugin.textproto, which says who the plugin is", f'name: "{name}"', "media_types")

    def test_options_that_would_clash(self):
        name = self.make()
        self.edit(f"{name}/options.proto", "option optimize_for = LITE_RUNTIME;\n", "")
        self.refuse_to_configure(name, "lacks the line 'option optimize_for = LITE_RUNTIME;'")

    def test_arguments_mistyped(self):
        name = self.make()
        self.edit(f"{name}/CMakeLists.txt", "TESTS", "TEST")
        self.refuse_to_configure(name, "unknown arguments", "SOURCES, LIBRARIES, DATA and TESTS are accepted")

    def test_dependencies_missing(self):
        name = self.make()
        self.refuse_to_configure(name, "garner needs Protobuf", "apt install libprotobuf-dev protobuf-compiler", arguments=["-DCMAKE_DISABLE_FIND_PACKAGE_Protobuf=ON"])
        name = self.make(name="p_without_gtest")
        self.refuse_to_configure(name, "its tests need GoogleTest", "-DBUILD_TESTING=OFF", arguments=["-DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON"])

    def test_no_cases(self):
        name = self.make()
        os.remove(os.path.join(self.work, name, "cases", "marker_goes.textproto"))
        self.configure(name)
        self.build(name)
        self.assertIn("holds no case; a behaviour is a file", self.run_in(name, f"build/{name}_test", expect=1))

    def refused(self, plugins, name):
        """What the list says of it, which is what a job says, too."""
        self.assertIn("html", self.garner("--plugin-dir", plugins, "plugins"))
        listed = self.garner("--plugin-dir", plugins, "plugins", name, expect=1)
        said = self.garner("--plugin-dir", plugins, "run", self.job(name, f"[{name}]"), "--output", f"{name}/out", expect=1)
        return listed + said

    def test_no_plugin_line(self):
        name = self.make()
        self.edit(f"{name}/{name}.cc", "GARNER_PLUGIN(", "// GARNER_PLUGIN(")
        said = self.refused(self.built(name), name)
        self.assertEqual(said.count("has no build tag: its code has no GARNER_PLUGIN line"), 2, said)

    def test_own_copy_of_the_messages(self):
        name = self.make()
        # What protobuf_generate() of a user does who wants document.proto in reach.
        self.edit(f"{name}/CMakeLists.txt", "garner_add_plugin(", """add_custom_command(OUTPUT garner/v1/document.pb.cc
  COMMAND protobuf::protoc -I ${GARNER_PROTO_DIR} --cpp_out=${CMAKE_CURRENT_BINARY_DIR} garner/v1/document.proto)
add_library(messages STATIC ${CMAKE_CURRENT_BINARY_DIR}/garner/v1/document.pb.cc)
set_target_properties(messages PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_link_libraries(messages PUBLIC garner::proto)
garner_add_plugin(""")
        self.edit(f"{name}/CMakeLists.txt", " TESTS", " LIBRARIES -Wl,--whole-archive messages -Wl,--no-whole-archive TESTS")
        said = self.refused(self.built(name), name)
        self.assertEqual(said.count("contains its own copy of garner/v1/document.proto, which would abort the process: link garner::proto instead"), 2, said)

    def test_throws_in_the_constructor(self):
        name = self.make()
        self.edit(f"{name}/{name}.cc", " public:\n", f" public:\n  {self.class_of(name)}() {{ throw std::runtime_error(\"no model today\"); }}\n")
        self.edit(f"{name}/{name}.cc", "#include <string_view>", "#include <stdexcept>\n#include <string_view>")
        plugins = self.built(name)
        said = self.garner("--plugin-dir", plugins, "run", self.job(name, f"[{name}]"), "--output", f"{name}/out", expect=1)
        self.assertIn(name, said)
        self.assertIn("no model today", said)
        self.assertNotIn("terminate", said)

    def at_load(self, name, code):
        self.edit(f"{name}/{name}.cc", "namespace garner_plugins", f"const int at_load = [] {{ {code} return 1; }}();\n\nnamespace garner_plugins")
        self.edit(f"{name}/{name}.cc", "#include <string_view>", "#include <iostream>\n#include <stdexcept>\n#include <string_view>")
        plugins = self.built(name)
        said = self.garner("--plugin-dir", plugins, "run", self.job(name, f"[{name}]"), "--output", f"{name}/out", expect=1)
        self.assertIn(f"{name}.so", said)
        self.assertFalse(os.path.exists(os.path.join(self.work, name, "out", "documents.jsonl")))
        return said

    def test_throws_while_it_is_loaded(self):
        said = self.at_load(self.make(), 'throw std::runtime_error("no list today");')
        self.assertIn("static constructors", said)
        self.assertIn("garner test-plugin", said)

    def test_logs_to_standard_output(self):
        said = self.at_load(self.make(), 'std::cout << "loaded" << std::endl;')
        self.assertIn("wrote to standard output: 'loaded", said)
        self.assertIn("garner test-plugin", said)

    def test_logs_to_standard_output_while_it_works(self):
        name = self.make()
        self.edit(f"{name}/{name}.cc", "    return garner::OkStatus();", '    std::cout << "one more document" << std::endl;\n    return garner::OkStatus();')
        self.edit(f"{name}/{name}.cc", "#include <string_view>", "#include <iostream>\n#include <string_view>")
        said = self.garner("test-plugin", os.path.join(self.built(name), name + ".so"), "--only", "stdout", "--seconds", "1", expect=1)
        self.assertIn("one more document", said)

    def test_undefined_function(self):
        name = self.make()
        self.edit(f"{name}/{name}.cc", "namespace garner_plugins", "void NobodyDefinesThis();\n\nnamespace garner_plugins")
        self.edit(f"{name}/{name}.cc", "    return garner::OkStatus();", "    NobodyDefinesThis();\n    return garner::OkStatus();")
        self.configure(name, "-DBUILD_TESTING=OFF")
        self.assertIn("NobodyDefinesThis", self.build(name, expect=1))

    @staticmethod
    def class_of(name):
        return "".join(part.capitalize() for part in name.split("_"))


if __name__ == "__main__":
    unittest.main()
