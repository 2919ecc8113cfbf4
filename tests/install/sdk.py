"""What the tests of an installation share: a prefix that was moved after it was installed, and plugins built against it."""
import os
import shutil
import subprocess
import tempfile
import unittest

BUILD = os.environ["GARNER_BUILD"]
CMAKE = os.environ.get("CMAKE", "cmake")
CTEST = os.environ.get("CTEST", "ctest")
CLANG = os.environ.get("CLANG", "clang++")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def environment(prefix):
    """What somebody has who installed garner and nothing else of it."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GARNER", "CMAKE", "CXX", "CC", "LD_", "DESTDIR"))}
    return {**clean, "PATH": os.path.join(prefix, "bin") + ":" + os.environ["PATH"], "CMAKE_PREFIX_PATH": prefix,
            "CMAKE_BUILD_PARALLEL_LEVEL": "2", "XDG_CACHE_HOME": os.path.join(os.path.dirname(prefix), "cache")}


class SdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = os.path.realpath(tempfile.mkdtemp(prefix="garner-install-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch, ignore_errors=True)
        first = os.path.join(cls.scratch, "first")
        installed = subprocess.run([CMAKE, "--install", BUILD, "--prefix", first], capture_output=True, text=True, check=False)
        if installed.returncode != 0:
            raise AssertionError(f"cmake --install failed; is everything built?\n{installed.stdout[-2000:]}{installed.stderr}")
        # Moved: nothing in it may depend on where it was.
        cls.prefix = os.path.join(cls.scratch, "moved", "garner prefix")
        os.makedirs(os.path.dirname(cls.prefix))
        os.rename(first, cls.prefix)
        cls.work = os.path.join(cls.scratch, "work")
        os.makedirs(cls.work)

    def run_in(self, folder, *command, expect=0, env=None):
        """Runs a command as a user would, in a folder below `work`; returns what it said."""
        where = os.path.join(self.work, folder)
        done = subprocess.run(command, cwd=where, env={**environment(self.prefix), **(env or {})}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False)
        if expect is not None:
            self.assertEqual(done.returncode == 0, expect == 0, f"{' '.join(command)}\nexit status {done.returncode}\n{done.stdout[-6000:]}")
        return done.stdout

    def garner(self, *arguments, expect=0, folder="."):
        return self.run_in(folder, os.path.join(self.prefix, "bin", "garner"), *arguments, expect=expect)

    def write(self, name, content):
        path = os.path.join(self.work, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path

    def read(self, name):
        with open(os.path.join(self.work, name), encoding="utf-8") as file:
            return file.read()

    def configure(self, folder, *arguments, expect=0, env=None):
        return self.run_in(folder, CMAKE, "-S", ".", "-B", "build", "-DCMAKE_BUILD_TYPE=Release", *arguments, expect=expect, env=env)

    def build(self, folder, expect=0):
        return self.run_in(folder, CMAKE, "--build", "build", expect=expect)

    def check_conformance(self, library, *arguments):
        """The conformance kit, where this garner has it."""
        if "test-plugin" in self.garner("--help"):
            self.garner("test-plugin", library, "--seconds", "2", *arguments)
