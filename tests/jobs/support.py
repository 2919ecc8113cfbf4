"""What the black-box tests share: running the command, scratch folders, reading its output."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

GARNER = os.environ["GARNER"]
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLES = os.path.join(ROOT, "samples")
NEWS = os.path.join(SAMPLES, "news", "pipeline.yaml")
# Extra material beside the project, where there is any.
EXTRA_INPUTS = [folder for folder in [os.path.join(ROOT, "..", "shared", "data", "seeds")] if os.path.isdir(folder)]


def results(folder):
    """What a job wrote, without the record of where its inputs are and the report, which holds times."""
    found = {}
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".garner"]
        for name in files:
            if os.path.join(base, name) == os.path.join(folder, "report.json"):
                continue
            with open(os.path.join(base, name), "rb") as file:
                found[os.path.relpath(os.path.join(base, name), folder)] = file.read()
    return found


# Nothing is left in the cache folder of whoever runs the tests.
CACHE = tempfile.TemporaryDirectory(prefix="garner-cache-")
os.environ["XDG_CACHE_HOME"] = CACHE.name

# A folder in memory for tests that write much, where there is one with room enough.
IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2 << 30 else None


class JobTest(unittest.TestCase):
    scratch_parent = None  # the usual place

    def setUp(self):
        self.scratch = os.path.realpath(tempfile.mkdtemp(prefix="garner-test-", dir=self.scratch_parent))
        self.addCleanup(shutil.rmtree, self.scratch, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.scratch, *parts)

    def write(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def garner(self, *arguments, expect=None, stdin=b"", cwd=None, env=None, timeout=600):
        """Runs the command; `expect` is the exit status it must have."""
        run = subprocess.run([GARNER, *arguments], input=stdin, capture_output=True, cwd=cwd or self.scratch,
                             env={**os.environ, **(env or {})}, timeout=timeout)
        run.out = run.stdout.decode("utf-8")
        run.err = run.stderr.decode("utf-8")
        if expect is not None:
            self.assertEqual(run.returncode, expect, f"{arguments}\n{run.err}{run.out[:2000]}")
        return run

    def records(self, *parts):
        with open(self.path(*parts), "rb") as file:
            return [json.loads(line.decode("utf-8")) for line in file]

    def job(self, inputs, *arguments, output="out", expect=0, **more):
        """Runs the news pipeline over files or folders and returns (run, records)."""
        inputs = [argument for path in inputs for argument in ("--input", path)]
        run = self.garner("run", NEWS, *inputs, "--output", self.path(output), *arguments, expect=expect, **more)
        found = os.path.exists(self.path(output, "documents.jsonl"))
        return run, self.records(output, "documents.jsonl") if found else []
