"""The layers hold: an arrow is 'may include' (see the architecture page). Reads the #include lines of all sources."""
import os
import re
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

# Folder of core -> the folders of core that it may include, besides itself.
CORE = {
    "include": [],
    "sdk": [],
    "plugin": ["sdk"],
    "isolation": ["plugin", "sdk"],
    "manifest": ["isolation", "plugin", "sdk"],
    "job": ["isolation", "manifest", "plugin", "sdk"],
    "testing": ["sdk"],
    "conformance": ["isolation", "manifest", "plugin", "sdk"],
}
# What a library's headers begin with -> the places that may know the library.
CONFINED = {
    r"boost/dll": [r"core/plugin/"],
    r"boost/": [r"core/plugin/"],
    r"seccomp": [r"core/isolation/(program_)?sandbox\.cc$"],
    r"spdlog/": [r"core/job/job_log\.cc$"],
    r"sqlite3": [r"core/job/sqlite\.cc$"],
    r"tbb/": [r"core/job/"],
    r"cld2/": [r"plugins/language/detect\.cc$"],
    r"yaml-cpp/": [r"core/manifest/"],
    r"libxml/": [r"core/sdk/init\.cc$", r"plugins/html/", r"plugins/feed/", r"plugins/markdown/entities\.cc$"],
    r"CLI/": [r"tools/garner/"],
}


def sources(folder):
    for path, folders, names in os.walk(os.path.join(ROOT, folder)):
        folders[:] = [name for name in folders if name not in ("build", "cases", "__pycache__")]
        for name in names:
            if name.endswith((".h", ".cc", ".h.in")):
                yield os.path.relpath(os.path.join(path, name), ROOT)


def includes(source):
    with open(os.path.join(ROOT, source), encoding="utf-8") as file:
        return INCLUDE.findall(file.read())


def is_test(source):
    """Tests, and headers beside them that nothing else includes."""
    if source.endswith(".h"):
        folder, name = os.path.split(source)
        users = [other for other in sources(folder) if name in includes(other)]
        return bool(users) and all(other.endswith(("_test.cc", "_fuzz.cc")) for other in users)
    return source.endswith(("_test.cc", "_fuzz.cc"))


class Layers(unittest.TestCase):
    def offences(self, folder, allowed):
        """Each include of `folder` that `allowed(source, include)` says no to."""
        found = list(sources(folder))
        self.assertTrue(found, folder)
        return [f"{source}: {include}" for source in found for include in includes(source) if not allowed(source, include)]

    def test_core(self):
        for layer, below in CORE.items():
            def allowed(_, include, layer=layer, below=below):
                if include.startswith(("plugins/", "garner_plugins/", "tools/", "tests/")):
                    return False
                return not include.startswith("core/") or include.split("/")[1] in [layer, *below]
            self.assertEqual(self.offences("core/" + layer, allowed), [])

    def test_sdk_headers_stand_alone(self):
        """An installed SDK has garner/*.h, generated messages and the standard library; what tests need has GoogleTest besides."""
        def allowed(source, include):
            if include.startswith(("gtest/", "garner/testing/")):
                return source.startswith("core/include/garner/testing/")
            return include.startswith("garner/") or "/" not in include or include.startswith(("google/protobuf/", "sys/"))
        self.assertEqual(self.offences("core/include", allowed), [])

    def test_plugins_know_the_sdk_and_themselves(self):
        names = sorted(os.listdir(os.path.join(ROOT, "plugins")))
        for name in names:
            if not os.path.isdir(os.path.join(ROOT, "plugins", name)):
                continue

            def allowed(source, include, name=name):
                if include.startswith(("tests/support/", "garner/testing/")):
                    return is_test(source)
                if include.startswith(("core/", "tools/", "tests/")):
                    return False
                if include.startswith("plugins/"):
                    return include.startswith(f"plugins/{name}/")
                if include.startswith("garner_plugins/"):
                    return include.startswith(f"garner_plugins/{name}/")
                own = os.path.join(ROOT, os.path.dirname(source), include)
                others = [os.path.join(ROOT, "plugins", other, include) for other in names if other != name]
                return os.path.exists(own) or os.path.exists(os.path.join(ROOT, "plugins", name, include)) or not any(map(os.path.exists, others))
            self.assertEqual(self.offences(os.path.join("plugins", name), allowed), [])

    def test_the_command_knows_no_plugin(self):
        def allowed(_, include):
            return not include.startswith(("plugins/", "garner_plugins/", "tests/"))
        self.assertEqual(self.offences("tools/garner", allowed), [])

    def test_libraries_stay_where_they_belong(self):
        def allowed(source, include):
            return is_test(source) or all(any(re.search("^" + place, source) for place in places)
                                          for library, places in CONFINED.items() if include.startswith(library))
        for folder in ("core", "plugins", "tools/garner"):
            self.assertEqual(self.offences(folder, allowed), [])

    def test_exceptions_to_the_rule_would_be_seen(self):
        self.assertEqual(INCLUDE.findall('#include <a/b.h>\n  #  include "c.h"\n// #include "no.h"\n'), ["a/b.h", "c.h"])


if __name__ == "__main__":
    sys.exit(unittest.main())
