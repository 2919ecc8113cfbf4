"""A library that cannot be trusted to fit is refused in one sentence, and nothing of it or of the job runs."""
import glob
import os
import shutil
import subprocess
import unittest

from support import GARNER, JobTest

BUNDLED = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")


class RefusedPlugins(JobTest):
    def refuse(self, name, content, *words):
        """Puts a library in front of the bundled ones and runs a job that names it."""
        self.write("in/a.txt", "The ferry crosses the strait in forty minutes.\n")
        self.write(f"plugins/{name}.so", content)
        manifest = self.write("job.yaml", f"source: {{plugin: files, options: {{paths: [in]}}}}\ntransforms: [{name}]\nsinks: [jsonl]\n")
        run = self.garner("--plugin-dir", self.path("plugins"), "run", manifest, "--output", self.path("out"), expect=2)
        for word in words:
            self.assertIn(word, run.err)
        self.assertFalse(os.path.exists(self.path("out")))
        listed = self.garner("--plugin-dir", self.path("plugins"), "plugins", expect=0)
        self.assertIn(f"{name}.so", listed.err)

    def bundled(self, name):
        with open(os.path.join(BUNDLED, name + ".so"), "rb") as file:
            return file.read()

    def test_another_sdk(self):
        self.refuse("strange", self.bundled("html_cleaner").replace(b"sdk=0.1;", b"sdk=0.9;"), "strange.so", "0.9", "0.1")

    def test_another_protobuf(self):
        self.refuse("strange", self.bundled("html_cleaner").replace(b"protobuf=3021012", b"protobuf=3019004"), "3.19.4", "3.21.12")

    def test_other_messages(self):
        content = self.bundled("html_cleaner")
        at = content.index(b"messages=") + len(b"messages=")
        self.refuse("strange", content[:at] + b"0123456789abcdef" + content[at + 16:], "strange.so", "messages")

    def test_no_plugin(self):
        self.refuse("strange", b"#!/bin/sh\necho not a library\n", "strange.so")

    def test_empty(self):
        self.refuse("strange", b"", "strange.so")

    def test_truncated(self):
        content = self.bundled("html_cleaner")
        for share in (0.001, 0.1, 0.5, 0.95):
            with self.subTest(share):
                self.refuse("strange", content[:int(len(content) * share)], "strange.so")

    def test_a_plugin_under_another_name(self):
        self.refuse("strange", self.bundled("html_cleaner"), "strange.so", "html_cleaner")


if __name__ == "__main__":
    unittest.main()
