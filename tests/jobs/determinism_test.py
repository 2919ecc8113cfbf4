"""The same input, manifest and plugins give the same bytes: twice, on any number of workers, from anywhere."""
import os
import shutil
import unittest

from support import EXTRA_INPUTS, NEWS, SAMPLES, JobTest, results


class Determinism(JobTest):
    def setUp(self):
        super().setUp()
        self.inputs = [os.path.join(SAMPLES, "news", "input"), *EXTRA_INPUTS]

    def run_job(self, output, *arguments, **more):
        self.job(self.inputs, *arguments, output=output, **more)
        return results(self.path(output))

    def test_twice(self):
        self.assertEqual(self.run_job("a"), self.run_job("b"))

    def test_over_an_earlier_result(self):
        first = self.run_job("a")
        self.assertEqual(first, self.run_job("a"))

    def test_workers(self):
        one = self.run_job("one", "--workers", "1")
        for workers in ("2", "5"):
            self.assertEqual(one, self.run_job(workers, "--workers", workers))

    def test_from_another_folder(self):
        here = self.run_job("a", cwd=self.scratch)
        os.mkdir(self.path("elsewhere"))
        relative = [os.path.relpath(path, self.path("elsewhere")) for path in self.inputs]
        arguments = [argument for path in relative for argument in ("--input", path)]
        self.garner("run", os.path.relpath(NEWS, self.path("elsewhere")), *arguments, "--output", "../b", cwd=self.path("elsewhere"), expect=0)
        self.assertEqual(here, results(self.path("b")))

    def test_inputs_in_another_place(self):
        shutil.copytree(os.path.join(SAMPLES, "news", "input"), self.path("copy", "input"))
        self.job([os.path.join(SAMPLES, "news", "input")], output="a")
        self.job([self.path("copy", "input")], output="b")
        self.assertEqual(results(self.path("a")), results(self.path("b")))


if __name__ == "__main__":
    unittest.main()
