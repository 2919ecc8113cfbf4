"""Every sample gives what its folder says. GARNER_UPDATE_SAMPLES=1 rewrites the expectation; read that diff like code."""
import os
import unittest

from support import SAMPLES, JobTest, python_stages


class Samples(JobTest):
    def test_each(self):
        names = sorted(name for name in os.listdir(SAMPLES) if os.path.isdir(os.path.join(SAMPLES, name)))
        self.assertTrue(names)
        os.mkdir(self.path("messages"))
        self.env = python_stages(self.path("messages"))
        for name in names:
            with self.subTest(name):
                self.check(os.path.join(SAMPLES, name))

    def check(self, folder):
        self.garner("run", os.path.join(folder, "pipeline.yaml"), "--output", self.path("out"), "--fresh", expect=0, env=self.env)
        expected = os.path.join(folder, "expected")
        files = sorted(os.listdir(expected)) if os.path.isdir(expected) else []
        if os.environ.get("GARNER_UPDATE_SAMPLES"):
            os.makedirs(expected, exist_ok=True)
            files = files or ["documents.jsonl"]
        self.assertTrue(files, f"{folder} has no expected results")
        for name in files:
            with open(self.path("out", name), "rb") as file:
                got = file.read()
            if os.environ.get("GARNER_UPDATE_SAMPLES"):
                with open(os.path.join(expected, name), "wb") as file:
                    file.write(got)
            with open(os.path.join(expected, name), "rb") as file:
                self.assertEqual(got.decode(), file.read().decode(), f"{folder}/expected/{name}")


if __name__ == "__main__":
    unittest.main()
