"""Stages in processes of their own: the same bytes, and whatever a stage does to its process costs one document."""
import glob
import os
import re
import signal
import subprocess
import time
import unittest

from support import GARNER, NEWS, SAMPLES, JobTest, results

FIXTURES = os.environ["GARNER_MISBEHAVING"]
PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Pier {0} reopens</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Pier {0} reopens</h1><p>After nine months of work pier {0} of the old harbour opens again on Sunday, the port said.</p>
<ul><li>Trams run every {0} minutes</li><li>Bicycles travel free</li></ul><p>Caf&eacute;s on the quay stay open late.</p></article>
<script>var pier = {0};</script><footer>All rights reserved</footer></body></html>"""

# Order of a fixture -> what the log must say of the document.
CRASHES = {
    "throw": "exception: thrown on purpose",
    "segfault": "SIGSEGV",
    "abort": "SIGABRT",
    "overflow_stack": "used up its stack",
    "exit": "exit status 7",
    "eat_memory": "out of memory; limits.child_memory_mb is 200",
    "garbage": "sent something that is no answer",
    "read_file": "the sandbox refused the system call openat",
    "socket": "the sandbox refused the system call socket",
    "fork": "the sandbox refused the system call clone",
    "exec": "the sandbox refused the system call execve",
    "system=true": "the sandbox refused the system call clone",
    "spawn=true": "the sandbox refused the system call clone",
    "vfork": "the sandbox refused the system call ",  # ThreadSanitizer forks instead
}
# Their own reports take the place of these, or they bear no limit of memory.
if os.environ.get("GARNER_SANITIZE"):
    for order in ("segfault", "overflow_stack", "eat_memory", "exit"):
        del CRASHES[order]


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        direct = file.read().split()
    for task in glob.glob(f"/proc/{pid}/task/*/children"):
        with open(task, encoding="ascii") as file:
            direct += file.read().split()
    return set(map(int, direct))


class SameBytes(JobTest):
    """Isolation shows in nothing that is written."""

    def setUp(self):
        super().setUp()
        for number in range(30):
            self.write(f"pages/{number}.html", PAGE.format(number))
        self.write("pages/latin1.txt", "Das Café am Kai öffnet um zehn Uhr.\n".encode("latin-1") * 3)
        self.write("pages/empty.txt", "")
        with open(NEWS, encoding="utf-8") as file:
            news = file.read()
        for name, line in (("plain", ""), ("isolated", "default_isolation: process\n"),
                           ("recycled", "default_isolation: process\nlimits: {child_documents: 3}\n")):
            self.write(name + ".yaml", news + line)

    def run_job(self, manifest, workers):
        output = f"{manifest}-{workers}"
        run = self.garner("run", self.path(manifest + ".yaml"), "--input", os.path.join(SAMPLES, "news", "input"), "--input", "pages", "--output", output,
                          "--workers", str(workers), expect=0)
        return run, results(self.path(output))

    def test_for_any_number_of_workers(self):
        run, expected = self.run_job("plain", 1)
        self.assertNotIn("child processes", run.err)
        self.assertGreater(len(expected["documents.pb"]), 10000)
        for manifest, workers in (("isolated", 1), ("isolated", 3), ("recycled", 2)):
            run, found = self.run_job(manifest, workers)
            self.assertIn("isolated stages run in child processes: system calls are filtered", run.err)
            self.assertEqual(found, expected, (manifest, workers))

    def test_one_isolated_stage_among_others(self):
        _, expected = self.run_job("plain", 1)
        with open(NEWS, encoding="utf-8") as file:
            news = file.read()
        changed = news.replace("  - deduplicator ", "  - {plugin: deduplicator, isolation: process} ")
        self.assertNotEqual(changed, news)
        self.write("one.yaml", changed + "decoders: [{plugin: html, isolation: process}]\n")
        self.assertEqual(self.run_job("one", 2)[1], expected)


class Poison(JobTest):
    def run_job(self, expect=1, more="", document_seconds=0,
                transforms="[{plugin: misbehaving_transform, name: transform}]"):
        manifest = self.write("job.yaml", f"source: {{plugin: files, options: {{paths: [in]}}}}\ntransforms: {transforms}\nsinks: [jsonl]\n"
                                          "default_isolation: process\n"
                                          f"limits: {{document_seconds: {document_seconds}, child_memory_mb: 200}}\n{more}")
        return self.garner("--plugin-dir", FIXTURES, "run", manifest, "--output", "out", "--workers", "2", expect=expect)

    def written(self):
        return sorted(record["source"]["uri"] for record in self.records("out", "documents.jsonl"))

    def check_guilty(self, stage, label, crashes, document_seconds=0):
        sound = []
        for number, order in enumerate(crashes):
            for copy in range(2):
                self.write(f"in/{number:02}-{copy}-a.txt", PROSE)
                self.write(f"in/{number:02}-{copy}-b.txt", f"{PROSE} {stage}:{order}")
                sound.append(f"in/{number:02}-{copy}-a.txt")
        run = self.run_job(document_seconds=document_seconds)
        self.assertEqual(self.written(), sorted(sound), "the others, each once")
        for number, order in enumerate(crashes):
            for copy in range(2):
                lines = [line for line in run.err.splitlines() if f"{label}: in/{number:02}-{copy}-b.txt: failed (" in line]
                self.assertEqual(len(lines), 1, (order, run.err))
                self.assertIn(crashes[order], lines[0])

    def test_in_a_transform(self):
        self.check_guilty("transform", "transform", CRASHES)

    def test_in_a_decoder(self):
        self.check_guilty("decoder", "misbehaving_decoder", CRASHES)

    @unittest.skipUnless(os.environ.get("GARNER_POISON_DOCUMENTS"), "long: tools/soak sets GARNER_POISON_DOCUMENTS")
    def test_one_percent_of_each(self):
        orders = list(CRASHES)
        guilty, sound = {}, []
        for number in range(int(os.environ["GARNER_POISON_DOCUMENTS"])):
            name = f"in/{number:06}.txt"
            order = orders[number % 100] if number % 100 < len(orders) else None
            self.write(name, PROSE + (f" transform:{order}" if order else ""))
            if order:
                guilty[name] = order
            else:
                sound.append(name)
        run = self.run_job()
        self.assertEqual(self.written(), sound)
        told = dict(re.findall(r"transform: (in/\d+\.txt): failed \(\w+\): (.*)", run.err))
        self.assertEqual(sorted(told), sorted(guilty))
        for name, order in guilty.items():
            self.assertIn(CRASHES[order], told[name])

    def test_a_hang(self):
        """Apart from the others: a deadline that is short must not meet a document that only waits for its turn on a busy machine."""
        self.check_guilty("transform", "transform", {"sleep": "took longer than 5 s (limits.document_seconds)"}, document_seconds=5)

    def test_unsound_results_are_checked_by_the_host(self):
        self.write("in/a.txt", PROSE)
        self.write("in/b.txt", PROSE + " transform:bad_edits")
        self.write("in/c.txt", PROSE + " decoder:bad_document")
        run = self.run_job()
        self.assertEqual(self.written(), ["in/a.txt"])
        self.assertIn("transform: in/b.txt: failed (invalid_edits)", run.err)
        self.assertIn("misbehaving_decoder: in/c.txt: failed (internal)", run.err)

    def test_what_it_prints_is_no_result(self):
        self.write("in/a.txt", PROSE + " transform:print decoder:print")
        run = self.run_job(expect=0)
        self.assertEqual(run.stdout, b"")
        self.assertEqual(len(self.records("out", "documents.jsonl")), 1)

    def test_warnings_come_through(self):
        self.write("in/a.txt", PROSE + " transform:warn transform:log")
        run = self.run_job(expect=0)
        self.assertIn("transform: in/a.txt: warned on purpose", run.err)
        self.assertIn("transform: in/a.txt: logged on purpose", run.err)

    def test_nothing_happens_on_disk(self):
        self.write("in/a.txt", PROSE + " transform:write_file=" + self.path("written"))
        self.write("in/b.txt", PROSE + " decoder:delete_file=" + self.path("job.yaml"))
        for order in ("system", "popen", "spawn"):
            self.write(f"in/{order}.txt", f"{PROSE} transform:{order}=touch${{IFS}}{self.path('touched')}")
        self.write("in/d.txt", PROSE + " transform:make_folder=" + self.path("made"))
        self.run_job()
        self.assertEqual(sorted(os.listdir(self.scratch)), ["in", "job.yaml", "out"])
        self.assertEqual(self.written(), [])

    def test_a_switch_allows(self):
        self.write("in/a.txt", PROSE + " transform:write_file=" + self.path("written"))
        self.run_job(expect=0, more="sandbox: {files: true}\n")
        self.assertTrue(os.path.exists(self.path("written")))

    def test_a_stage_that_does_not_open_refuses_the_job(self):
        self.write("in/a.txt", PROSE)
        run = self.run_job(expect=2, transforms="[{plugin: misbehaving_transform, name: transform, options: {on_open: fail}}]")
        self.assertIn("transform: failed on purpose", run.err)
        run = self.run_job(expect=2, transforms="[{plugin: misbehaving_transform, name: transform, options: {on_open: abort}}]")
        self.assertIn("died of SIGABRT", run.err)


class Processes(JobTest):
    def test_children_leave_with_the_host(self):
        """Even with one that is killed: what holds them is the socket."""
        self.write("in/a.txt", PROSE + " transform:sleep")
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in, '-']}}\nsinks: [jsonl]\ndefault_isolation: process\n")
        process = subprocess.Popen([GARNER, "--plugin-dir", FIXTURES, "run", manifest, "--workers", "3", "--output", "out"], cwd=self.scratch,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        children = set()
        while len(children) < 3:  # the source then waits for standard input
            self.assertIsNone(process.poll())
            children = children_of(process.pid)
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        while any(self.is_worker(child) for child in children):
            time.sleep(0.005)

    @staticmethod
    def is_worker(pid):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                return b"worker" in file.read()
        except (FileNotFoundError, ProcessLookupError):
            return False

    def test_the_command_is_not_for_people(self):
        run = self.garner("worker", expect=2)
        self.assertIn("started by garner itself", run.err)
        self.assertNotRegex(self.garner("--help", expect=0).out, r"(?m)^ +worker\b")


class Mistakes(JobTest):
    def check(self, yaml):
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [jsonl]\n" + yaml)
        return self.garner("check", manifest, expect=2).err

    def test_are_told_with_what_is_accepted(self):
        self.assertIn("job.yaml:3:20: 'default_isolation': 'process' or 'none' is wanted, found 'thread'", self.check("default_isolation: thread\n"))
        self.assertIn("job.yaml:3:48: transforms[0] deduplicator: 'isolation': 'process' or 'none' is wanted, found 'yes'",
                      self.check("transforms: [{plugin: deduplicator, isolation: yes}]\n"))
        self.assertIn("sandbox: 'files': true or false is wanted, found 'no'", self.check("sandbox: {files: no}\n"))
        self.assertIn("sandbox: unknown key 'network_'; did you mean 'network'?", self.check("sandbox: {network_: true}\n"))
        self.assertIn("limits: 'child_memory_mb': a whole number, 0 to 1048576, is wanted, found '1G'", self.check("limits: {child_memory_mb: 1G}\n"))
        self.assertIn("'document_seconds'; it belongs under 'limits'", self.check("document_seconds: 3\n"))


if __name__ == "__main__":
    unittest.main()
