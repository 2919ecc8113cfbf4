"""Jobs that are interrupted at chosen moments and gone on with: what the tests of kill -9, of signals and of full disks share."""
import json
import os
import random
import subprocess
import time

from support import GARNER, IN_MEMORY, JobTest, results

PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
# The last words of a job that ran to its end: some of its documents fail on purpose.
FINISHED = 1


SINKS = """
  - {plugin: jsonl, name: plain, options: {path: documents.jsonl}}
  - {plugin: jsonl, name: zst, options: {path: documents.jsonl.zst}}
  - {plugin: jsonl, name: gz, options: {path: documents.jsonl.gz, removed: NONE}}
  - {plugin: protobuf, options: {path: documents.pb}}
  - {plugin: text_files}
"""


def manifest(documents, document_bytes=1500, seed=1, sinks=SINKS):
    """Documents of which one in a hundred is empty and dropped, about forty fail, and most are near copies of one that came long before."""
    stones = ", ".join(f"'Entry {number} in'" for number in range(7, documents, max(1, documents // 40)))
    return f"""source:
  plugin: generator
  options: {{documents: {documents}, document_bytes: {document_bytes}, seed: {seed}, odd_of_thousand: 10, odd_bytes: 0}}
dead_letters: failed
transforms:
  - html_cleaner
  - text_normalizer
  - deduplicator
  - {{plugin: stumbler, options: {{stones: [{stones}]}}}}
  - {{plugin: document_deduplicator, options: {{action: MARK}}}}
sinks: {sinks}"""


def size_of(path):
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def journal_state(output):
    """Changes whenever something that is called a journal does."""
    folder = os.path.join(output, ".garner")
    found = []
    try:
        for entry in os.scandir(folder):
            if "journal" in entry.name:
                status = entry.stat()
                found.append((entry.name, status.st_size, status.st_mtime_ns))
    except OSError:
        pass
    return sorted(found)


class Moment:
    """When to interrupt: an event that the job brings about, then a little more, drawn from `dice`."""

    def __init__(self, dice, output, whole):
        self.output = output
        self.part = os.path.join(output, "documents.jsonl.part")
        self.published = os.path.join(output, "documents.jsonl")
        self.kind = dice.choice(["start", "bytes", "bytes", "bytes", "journal", "publish"])
        self.bytes = min(whole, size_of(self.part) + int(dice.uniform(0, 0.3) * whole))
        self.more = dice.choice([0, dice.uniform(0, 0.005), dice.uniform(0, 0.05)])
        self.journal = journal_state(output)
        self.identity = self.identify()
        if self.kind == "publish":
            self.bytes = whole

    def identify(self):
        try:
            return os.stat(self.published).st_ino
        except OSError:
            return None

    def has_come(self):
        if self.kind == "start":
            return True
        if self.kind == "journal":
            return journal_state(self.output) != self.journal
        return size_of(self.part) >= self.bytes or self.identify() != self.identity

    def wait_for(self, process):
        """False where the job ended before."""
        while not self.has_come():
            if process.poll() is not None:
                return False
            time.sleep(0.0005)
        time.sleep(self.more)
        return process.poll() is None


class InterruptedJob(JobTest):
    """`self.expected` are the results of a run that nobody disturbs, `self.earlier` those of another job that has been in the folder before."""

    # More than a commit takes in, so that there is something to go on with. Sanitizers are slow.
    documents = int(os.environ.get("GARNER_KILLED_DOCUMENTS", "5000" if os.environ.get("GARNER_SANITIZE") else "12000"))
    document_bytes = 1500
    sinks = SINKS
    # In memory where that is possible: a process that is killed loses nothing that it has written, and disks are slow with many small files.
    scratch_parent = IN_MEMORY
    interruptions = int(os.environ.get("GARNER_KILLS", "4" if os.environ.get("GARNER_SANITIZE") else "8"))

    def setUp(self):
        super().setUp()
        self.seed = int(os.environ.get("GARNER_SEED", "20260301"))
        self.dice = random.Random(f"{self.id()} {self.seed}")
        self.manifest = self.write("job.yaml", manifest(self.documents, self.document_bytes, sinks=self.sinks))
        self.garner("run", self.manifest, "--output", "undisturbed", "--workers", "2", expect=FINISHED)
        self.expected = results(self.path("undisturbed"))
        for name in ("documents.jsonl", "documents.jsonl.zst", "documents.pb", "failed"):
            self.assertTrue(any(found.split("/")[0] == name for found in self.expected), name)
        self.earlier = {}

    def run_an_earlier_job(self):
        other = self.write("earlier.yaml", manifest(300, self.document_bytes, seed=2, sinks=self.sinks))
        self.garner("run", other, "--output", "out", expect=FINISHED)
        self.earlier = results(self.path("out"))
        # Letters stay until somebody removes them.
        for name in list(self.earlier):
            if name.startswith("failed/"):
                os.remove(self.path("out", name))

    def command(self, *arguments):
        return ["--plugin-dir", PLUGINS, "run", self.manifest, "--output", "out", "--workers", str(self.dice.choice([1, 2, 3])), *arguments]

    def garner(self, *arguments, **more):
        return super().garner("--plugin-dir", PLUGINS, *arguments, **more)

    def start(self, *arguments, **more):
        return subprocess.Popen([GARNER, *self.command(*arguments)], cwd=self.scratch, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)

    def report(self):
        with open(self.path("out", "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def resumed(self):
        return int(self.report().get("resumed", 0))

    def finish(self):
        """Runs the job to its end, undisturbed from here on; how many documents had been done before."""
        run = super().garner(*self.command(), expect=FINISHED)
        self.assertIn(f"{self.documents} documents read", run.err)
        return self.resumed()

    def check_result(self):
        found = results(self.path("out"))
        self.assertEqual(sorted(found.keys() ^ self.expected.keys())[:10], [], f"files that should not be there or are missing (GARNER_SEED={self.seed})")
        for name, content in found.items():
            self.assertTrue(content == self.expected[name], f"{name} differs from that of an undisturbed run (GARNER_SEED={self.seed})")

    def check_nothing_half_published(self):
        """Under each name stands what an earlier job left there, whole, or this one's whole result."""
        for name in ("documents.jsonl", "documents.jsonl.zst", "documents.jsonl.gz", "documents.pb"):
            if name not in self.expected:
                continue
            try:
                with open(self.path("out", name), "rb") as file:
                    content = file.read()
            except FileNotFoundError:
                self.assertNotIn(name, self.earlier)
                continue
            self.assertTrue(content in (self.expected[name], self.earlier.get(name)), f"{name} is neither the old result nor the new one (GARNER_SEED={self.seed})")

    def moment(self):
        return Moment(self.dice, self.path("out"), len(self.expected["documents.jsonl"]))

    def interrupt_many_times(self, interrupt):
        """Calls interrupt(process) at so many moments. Whenever the job comes to its end before, its results are checked and it begins again."""
        done = 0
        gone_on = 0
        while done < self.interruptions:
            moment = self.moment()
            process = self.start()
            if moment.wait_for(process) and interrupt(process):
                done += 1
                self.check_nothing_half_published()
                continue
            _, err = process.communicate(timeout=600)
            self.assertEqual(process.returncode, FINISHED, err)
            gone_on += self.resumed() > 0
            self.check_result()
        gone_on += self.finish() > 0
        self.check_result()
        self.assertGreater(gone_on, 0, "every run began from the start: nothing was tested")
