"""A job that is killed at any moment goes on with the next run, and its results are, byte for byte, those of a run that nobody disturbed."""
import os
import resource
import shutil
import signal
import subprocess
import sys
import unittest

from interruptions import FINISHED, InterruptedJob


class Killed(InterruptedJob):
    def kill(self, process):
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=600)
        return process.returncode == -signal.SIGKILL

    def test_at_random_moments(self):
        self.run_an_earlier_job()
        self.interrupt_many_times(self.kill)

    def test_in_a_folder_that_was_empty(self):
        self.interrupt_many_times(self.kill)

    def test_fresh_starts_over(self):
        process = self.start()
        moment = self.moment()
        moment.kind, moment.bytes = "bytes", int(len(self.expected["documents.jsonl"]) * 0.7)
        self.assertTrue(moment.wait_for(process) and self.kill(process), "ended before it was killed")
        super().garner("run", self.manifest, "--output", "out", "--fresh", expect=FINISHED)
        self.assertEqual(self.resumed(), 0)
        self.check_result()


class Asked(InterruptedJob):
    """SIGTERM and SIGINT: the documents in flight are finished and committed."""

    def end(self, process):
        """What the process said; how many documents are accounted for by now."""
        before = self.accounted
        _, err = process.communicate(timeout=600)
        err = err.decode()
        # Before the handlers stand the signal ends the process like any other; while it opens its stages it has not gone on yet.
        if process.returncode in (-signal.SIGTERM, -signal.SIGINT) or "nothing has changed" in err:
            return
        self.assertIn(process.returncode, (FINISHED, 130), err)
        self.assertEqual(self.resumed(), before, "nothing that was done before the signal is done again")
        self.gone_on += before > 0
        self.accounted = 0
        if process.returncode == 130:
            self.accounted = int(self.report()["documents"]["read"])
            if self.accounted > 0:
                self.assertIn(f"garner: interrupted; {self.accounted} documents are safe, and the same command goes on after them", err)
        else:
            self.check_result()

    def test_at_random_moments(self):
        self.run_an_earlier_job()
        self.accounted = 0
        self.gone_on = 0
        asked = 0
        while asked < self.interruptions:
            moment = self.moment()
            process = self.start()
            if moment.wait_for(process):
                process.send_signal(self.dice.choice([signal.SIGTERM, signal.SIGINT]))
                asked += 1
            self.end(process)
            self.check_nothing_half_published()
        self.end(self.start())
        self.assertEqual(self.accounted, 0, "it has finished")
        self.assertGreater(self.gone_on, 0, "every run began from the start: nothing was tested")

    def test_a_second_signal_ends_it_at_once(self):
        def twice(process):
            number = self.dice.choice([signal.SIGTERM, signal.SIGINT])
            process.send_signal(number)
            process.send_signal(number)
            _, err = process.communicate(timeout=600)
            self.assertIn(process.returncode, (FINISHED, 130, 128 + number, -number), err)
            return process.returncode != FINISHED

        self.interrupt_many_times(twice)


class FullDisk(InterruptedJob):
    """What is safe stays safe; when there is room again the job goes on."""

    documents = 6000
    document_bytes = 400
    sinks = """
  - {plugin: jsonl, name: plain, options: {path: documents.jsonl}}
  - {plugin: jsonl, name: zst, options: {path: documents.jsonl.zst}}
  - {plugin: protobuf, options: {path: documents.pb}}
"""

    def check_stopped(self, process):
        _, err = process.communicate(timeout=600)
        self.assertEqual(process.returncode, 3, err)
        self.assertRegex(err.decode(), "No space left on device|File too large|database or disk is full")
        self.assertRegex(err.decode(), r"\d+ documents are safe, and the same command goes on after them|the output of an earlier run, if any, is as it was")
        self.check_nothing_half_published()
        return err.decode()

    def check_finished_with_room(self):
        self.assertGreater(self.finish(), 0, "it began from the start")
        self.check_result()

    @unittest.skipIf(os.environ.get("GARNER_IN_NAMESPACE"), "runs inside")
    def test_a_small_disk(self):
        """In a mount namespace of its own, so that nothing is left behind; files of limited size stand in where that is not allowed (below)."""
        namespace = ["unshare", "-r", "-m"] if os.geteuid() != 0 else ["unshare", "-m"]
        if shutil.which("unshare") is None or subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no mount namespaces here")
        run = subprocess.run([*namespace, sys.executable, "-B", __file__, "-v", "FullDisk.inside_a_small_disk"], capture_output=True, text=True,
                             env={**os.environ, "GARNER_IN_NAMESPACE": "1"}, timeout=900, check=False)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def inside_a_small_disk(self):
        os.makedirs(self.path("out"))
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", self.path("out")], check=True)
        self.addCleanup(subprocess.run, ["umount", self.path("out")], check=False)
        whole = sum(map(len, self.expected.values()))
        room = os.statvfs(self.path("out"))
        free = room.f_bavail * room.f_frsize
        # Something else takes up the disk, less each time.
        for part in (0.05, 0.3, 0.6, 0.9):
            with open(self.path("out", "filler"), "wb") as filler:
                filler.write(b"\xff" * max(0, free - int(whole * part)))
            said = self.check_stopped(self.start())
            os.remove(self.path("out", "filler"))
        self.assertIn("documents are safe", said)
        self.check_finished_with_room()

    def test_files_that_may_not_grow(self):
        """As a quota does it: any file that grows beyond a size."""
        size = len(self.expected["documents.jsonl"])

        def limit(number):
            return lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (number, number)))

        for part in (0.2, 0.5, 0.8):
            said = self.check_stopped(self.start(preexec_fn=limit(int(size * part)), restore_signals=False))
        self.assertIn("documents are safe", said)
        self.check_finished_with_room()


if __name__ == "__main__":
    unittest.main()
