"""What surrounds a job goes wrong: signals, closed streams, a full disk, odd environments."""
import os
import shutil
import signal
import subprocess
import time
import unittest

from support import GARNER, NEWS, JobTest, results

MANIFEST = "source: {plugin: files, options: {paths: [in]}}\ntransforms: [html_cleaner]\nsinks: [jsonl, text_files]\n"
PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names)


class Signals(JobTest):
    def start(self, *arguments, **more):
        return subprocess.Popen([GARNER, *arguments], cwd=self.scratch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)

    def wait_for(self, path, process):
        while not os.path.exists(path):
            self.assertIsNone(process.poll(), "ended before it was interrupted")
            time.sleep(0.005)

    def test_an_interrupted_run_leaves_the_earlier_output_and_what_the_next_run_needs(self):
        manifest = self.write("job.yaml", MANIFEST)
        for number in range(3000):
            self.write(f"many/b{number}.txt", PROSE * 40)
        self.write("in/a.txt", PROSE)
        self.garner("run", manifest, "--input", "many", "--output", "undisturbed", expect=0)
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                out = f"out{number}"
                self.garner("run", manifest, "--output", out, expect=0)
                before = files_below(self.path(out))
                records = self.records(out, "documents.jsonl")
                process = self.start("run", manifest, "--input", "many", "--output", out, "--workers", "2")
                self.wait_for(self.path(out, "documents.jsonl.part"), process)
                process.send_signal(number)
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 130, err)
                self.assertIn(b"interrupted", err)
                added = [name for name in files_below(self.path(out)) if name not in before]
                self.assertEqual([name for name in added if ".garner" not in name and not name.endswith(".part")], [])
                self.assertEqual(self.records(out, "documents.jsonl"), records)
                self.garner("run", manifest, "--input", "many", "--output", out, expect=0)
                self.assertEqual(results(self.path(out)), results(self.path("undisturbed")))

    def test_an_input_that_changes_while_a_run_lies_still(self):
        """Going on would mix yesterday's results with today's: the run starts over, and says why."""
        manifest = self.write("job.yaml", MANIFEST)
        changes = {
            "has changed": lambda: self.write("in/b0000.txt", "Other words altogether, and no ferry.\n"),
            "in/b0003.txt is gone": lambda: [os.remove(self.path("in", name)) for name in os.listdir(self.path("in")) if name > "b0002.txt"],
            "stands where": lambda: self.write("in/a.txt", PROSE),
        }
        for words, change in changes.items():
            with self.subTest(words):
                shutil.rmtree(self.path("in"), ignore_errors=True)
                shutil.rmtree(self.path("out"), ignore_errors=True)
                for number in range(2500):
                    self.write(f"in/b{number:04}.txt", PROSE * 10)
                process = self.start("run", manifest, "--output", "out")
                self.wait_for(self.path("out", "documents.jsonl.part"), process)
                while os.path.getsize(self.path("out", "documents.jsonl.part")) == 0:
                    self.assertIsNone(process.poll(), "ended before it was interrupted")
                process.send_signal(signal.SIGTERM)
                _, err = process.communicate(timeout=120)
                self.assertEqual(process.returncode, 130, err)
                self.assertIn(b"documents are safe", err)
                change()
                run = self.garner("run", manifest, "--output", "out", expect=0)
                self.assertIn("an interrupted run cannot be gone on with: the input is another one: ", run.err)
                self.assertIn(words, run.err)
                self.assertIn("starting over", run.err)
                self.garner("run", manifest, "--output", "today", expect=0)
                self.assertEqual(results(self.path("out")), results(self.path("today")))

    def test_an_interrupted_clean_leaves_no_scratch_folder(self):
        os.makedirs(self.path("tmp"))
        for number in range(3000):
            self.write(f"in/b{number}.txt", PROSE * 40)
        process = self.start("clean", "--format", "json", "in", env={**os.environ, "TMPDIR": self.path("tmp")})
        while not os.listdir(self.path("tmp")):
            self.assertIsNone(process.poll())
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(out, b"")
        self.assertEqual(os.listdir(self.path("tmp")), [])


class Streams(JobTest):
    def shell(self, command):
        return subprocess.run(["sh", "-c", command, "sh", GARNER], cwd=self.scratch, capture_output=True, text=True, timeout=300)

    def setUp(self):
        super().setUp()
        self.write("a.txt", PROSE)
        self.write("in/a.txt", PROSE)
        self.write("job.yaml", MANIFEST)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_results_that_cannot_be_written_are_no_success(self):
        for command in ('clean a.txt', 'clean --format json a.txt', 'plugins', 'plugins --json', 'check job.yaml'):
            with self.subTest(command):
                run = self.shell(f'"$1" {command} > /dev/full')
                self.assertEqual(run.returncode, 3, run.stderr)
                self.assertIn("standard output cannot be written", run.stderr)

    def test_closed_streams(self):
        for command in ('clean a.txt', 'clean --format json a.txt', 'plugins'):
            with self.subTest(command):
                self.assertEqual(self.shell(f'"$1" {command} >&-').returncode, 3)
        run = self.shell('"$1" run job.yaml --output out <&- >&- 2>&-')
        self.assertEqual(run.returncode, 0)
        self.assertEqual([record["text"] for record in self.records("out", "documents.jsonl")], [PROSE.strip()])

    def test_words_never_end_up_in_results(self):
        """With a closed standard error the first file that is opened would get its number."""
        self.write("in/b.txt", bytes(range(256)) * 20)
        self.assertEqual(self.shell('"$1" -v run job.yaml --output out 2>&- >&-').returncode, 1)
        self.assertEqual(len(self.records("out", "documents.jsonl")), 1)

    def test_a_reader_that_leaves_early(self):
        run = self.shell('for i in 1 2 3 4 5 6 7 8 9; do cp a.txt in/$i.txt; done; "$1" clean in | head -c 10')
        self.assertEqual(run.returncode, 0)
        self.assertEqual(run.stdout, PROSE[:10])


class Surroundings(JobTest):
    def setUp(self):
        super().setUp()
        self.manifest = self.write("job.yaml", MANIFEST)
        self.write("in/a.txt", PROSE)

    def test_an_empty_environment(self):
        run = subprocess.run([GARNER, "run", NEWS, "--input", "in", "--output", "out"], cwd=self.scratch, env={}, capture_output=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stderr)

    def test_no_folder_for_temporary_files(self):
        run = self.garner("clean", "--format", "json", "in", env={"TMPDIR": "/nowhere"}, expect=2)
        self.assertIn("TMPDIR", run.err)

    def test_many_workers(self):
        for number in range(200):
            self.write(f"in/{number}.txt", PROSE + str(number))
        self.garner("run", self.manifest, "--output", "few", "--workers", "1", expect=0)
        self.garner("run", self.manifest, "--output", "many", "--workers", "64", expect=0)
        self.assertEqual(self.records("few", "documents.jsonl"), self.records("many", "documents.jsonl"))

    def test_a_results_folder_behind_a_link(self):
        os.makedirs(self.path("disk"))
        os.symlink("disk", self.path("link"))
        self.write("kept.yaml", MANIFEST + "cache: true\n")
        for folder in ("link", "link/deeper"):
            for _ in range(2):
                self.garner("run", self.path("kept.yaml"), "--output", folder, expect=0)
            self.assertEqual([record["text"] for record in self.records(folder, "documents.jsonl")], [PROSE.strip()])

    def test_results_are_no_input(self):
        self.write("job/a.txt", PROSE)
        for _ in range(2):
            self.garner("run", self.manifest, "--input", "job", "--output", "job/out", expect=0)
            self.assertEqual([record["source"]["uri"] for record in self.records("job", "out", "documents.jsonl")], ["job/a.txt"])
        run = self.garner("run", self.manifest, "--output", "in", expect=2)
        self.assertIn("reads the output folder itself", run.err)
        self.assertEqual(os.listdir(self.path("in")), ["a.txt"])

    def test_a_results_folder_that_cannot_be_read(self):
        os.makedirs(self.path("dark"))
        self.garner("explain", "dark", expect=2)
        self.garner("explain", "nowhere", expect=2)

    def test_torn_results(self):
        self.write("torn.pb", b"\xff\xff\xff\xff\x07abc")
        self.assertIn("cut off", self.garner("explain", "torn.pb", expect=2).err)


if __name__ == "__main__":
    unittest.main()
