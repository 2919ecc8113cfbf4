"""A finished job run again with `cache: true`: the bytes of a fresh run over today's input, and work for what has changed only."""
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from support import GARNER, IN_MEMORY, JobTest, results

PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
BUNDLED = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")
NAMES = ["Ada", "Bruno", "Clara", "Dmitri", "Esra", "Fanny", "Goran", "Hanna"]
MANIFEST = """source: {plugin: files, options: {paths: [in]}}
cache: true
dead_letters: failed
transforms:
  - html_cleaner
  - {plugin: no_op, name: witness, options: {trace: TRACE}}
  - {plugin: boilerplate_stripper, options: {lexicons: [own.lexicon]}}
  - {plugin: deduplicator, when: {media_type: text/plain}}
  - {plugin: stumbler, options: {stones: [granite]}}
sinks:
  - {plugin: jsonl, name: plain, options: {path: documents.jsonl}}
  - {plugin: jsonl, name: zst, options: {path: documents.jsonl.zst}}
  - protobuf
  - text_files
"""


def prose(number, words=""):
    name = NAMES[number % len(NAMES)]
    return (f"{name} keeps the light on pier {number}, and has done so since the old keeper moved to his daughter's.\n\n"
            f"Every evening at nine the lamp is wound by hand, {number + 60} turns in all, and the hour is written down. {words}\n\n"
            "Our own notice to mariners\n\nThe fog horn was sold to a museum, which has never blown it.\n")


def page(number):
    return f"<html><head><title>Pier {number}</title></head><body><h1>Pier {number}</h1><p>{prose(number)}</p><footer>Top</footer></body></html>"


class IncrementalTest(JobTest):
    def setUp(self):
        super().setUp()
        self.trace = self.path("trace")
        self.manifest = self.write("job.yaml", MANIFEST.replace("TRACE", self.trace))
        self.write("own.lexicon", "[navigation]\nsmall craft to the left\n")
        # A folder of its own, so that tests may change plugins.
        self.plugins = self.path("plugins")
        shutil.copytree(PLUGINS, self.plugins)
        for number in range(40):
            self.write(f"in/{number % 4}/{number:03}.txt", prose(number))
        for number in range(40, 50):
            self.write(f"in/pages/{number:03}.html", page(number))
        self.write("in/empty.txt", "")
        self.write("in/heavy.txt", prose(99, "The quay is granite."))
        self.runs = 0

    def run_job(self, *arguments, output="out", workers=None, expect=1):
        self.runs += 1
        if os.path.exists(self.trace):
            os.remove(self.trace)
        workers = workers or 1 + self.runs % 3
        self.garner("--plugin-dir", self.plugins, "run", self.manifest, "--output", output, "--workers", str(workers), *arguments, expect=expect)
        with open(self.path(output, "report.json"), encoding="utf-8") as file:
            report = json.load(file)
        documents = {key: int(value) for key, value in report["documents"].items()}
        self.assertEqual(documents["read"], documents["written"] + documents.get("unchanged", 0) + documents["dropped"] + documents["failed"])
        return report, documents

    def change_manifest(self, old, new):
        with open(self.manifest, encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        with open(self.manifest, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))

    def seen(self):
        """Which documents came to the second transform in the last run."""
        try:
            with open(self.trace, encoding="utf-8") as file:
                return sorted(file.read().splitlines())
        except FileNotFoundError:
            return []

    def check_like_fresh(self, *arguments, expect=1):
        fresh = self.path(f"fresh-{self.runs}")
        self.run_job(*arguments, output=fresh, expect=expect)
        found, expected = results(self.path("out")), results(fresh)
        # Letters stay until somebody removes them.
        stale = [name for name in found if name.startswith("failed") and name not in expected]
        for name in stale:
            del found[name]
        self.assertEqual(sorted(found.keys() ^ expected.keys())[:10], [], "files that should not be there or are missing")
        for name, content in found.items():
            self.assertTrue(content == expected[name], f"{name} differs from that of a fresh run")
        shutil.rmtree(fresh)

    def check_after(self, changed, *arguments, expect=1):
        """Runs the job; it works on so many documents, and on those that fail, which are tried again each time."""
        report, documents = self.run_job(*arguments, expect=expect)
        self.assertEqual(documents["written"], changed, "documents that were worked on and written")
        self.assertEqual(len(self.seen()), changed + documents["failed"], self.seen()[:10])
        self.check_like_fresh(*arguments, expect=expect)
        return report, documents


class Incremental(IncrementalTest):
    def test_nothing_changed(self):
        _, documents = self.run_job()
        self.assertEqual((documents["written"], documents.get("unchanged", 0), documents["dropped"], documents["failed"]), (50, 0, 1, 1))
        self.assertEqual(len(self.seen()), 51)
        before = results(self.path("out"))
        _, documents = self.check_after(0)
        self.assertEqual(documents["unchanged"], 50)
        self.assertEqual(results(self.path("out")), before)

    def test_changed_files(self):
        self.run_job()
        self.write("in/0/000.txt", prose(0, "The railing was painted."))
        self.write("in/pages/041.html", page(141))
        _, documents = self.check_after(2)
        self.assertEqual(documents["unchanged"], 48)
        self.write("in/0/000.txt", prose(0))
        self.check_after(1)

    def test_new_files(self):
        self.run_job()
        self.write("in/0/000a.txt", prose(200))
        self.write("in/zz.txt", prose(201))
        _, documents = self.check_after(2)
        self.assertEqual(documents["unchanged"], 50)

    def test_vanished_files(self):
        self.run_job()
        self.assertIn("text/in/0/004.txt", " ".join(results(self.path("out"))))
        os.remove(self.path("in", "0", "004.txt"))
        shutil.rmtree(self.path("in", "pages"))
        _, documents = self.check_after(0)
        self.assertEqual(documents["unchanged"], 39)
        self.assertNotIn("004.txt", " ".join(results(self.path("out"))))
        self.assertEqual([name for name in results(self.path("out")) if "pages" in name], [])

    def test_renamed_files(self):
        self.run_job()
        os.rename(self.path("in", "1", "001.txt"), self.path("in", "1", "renamed.txt"))
        os.rename(self.path("in", "2"), self.path("in", "two"))
        _, documents = self.check_after(11)
        self.assertEqual(documents["unchanged"], 39)

    def test_files_that_change_places(self):
        self.run_job()
        os.rename(self.path("in", "0", "000.txt"), self.path("in", "kept.txt"))
        os.rename(self.path("in", "0", "004.txt"), self.path("in", "0", "000.txt"))
        os.rename(self.path("in", "kept.txt"), self.path("in", "0", "004.txt"))
        self.check_after(2)

    def test_other_outcomes(self):
        self.run_job()
        self.write("in/empty.txt", prose(300))
        self.write("in/heavy.txt", prose(301))
        self.write("in/1/001.txt", "")
        self.write("in/1/005.txt", prose(5, "granite"))
        _, documents = self.check_after(2)
        self.assertEqual((documents["unchanged"], documents["dropped"], documents["failed"]), (48, 1, 1))

    def test_many_changes_in_a_row(self):
        dice = random.Random(7)
        self.run_job()
        for turn in range(5):
            files = sorted(os.path.join(base, name) for base, _, names in os.walk(self.path("in")) for name in names)
            for path in dice.sample(files, 6):
                what = dice.choice(["change", "delete", "rename", "touch"])
                if what == "change":
                    self.write(os.path.relpath(path, self.scratch), prose(dice.randrange(1000), f"Turn {turn}."))
                elif what == "delete":
                    os.remove(path)
                elif what == "rename":
                    os.rename(path, path + f".{turn}.txt")
                else:
                    os.utime(path)
            self.write(f"in/new/{turn}.txt", prose(400 + turn))
            _, documents = self.run_job(expect=None)
            self.assertGreater(documents["unchanged"], 20)
            self.check_like_fresh(expect=None)

    def test_everything_vanished(self):
        self.run_job()
        shutil.rmtree(self.path("in"))
        os.makedirs(self.path("in"))
        _, documents = self.check_after(0, expect=0)
        self.assertEqual(documents["read"], 0)

    # --- what redoes the work ---

    def test_another_option(self):
        self.run_job()
        option = ("--set", "boilerplate_stripper.favor=precision")
        self.check_after(50, *option)
        _, documents = self.check_after(0, *option)
        self.assertEqual(documents["unchanged"], 50)

    def test_another_plan(self):
        self.run_job()
        self.change_manifest("  - html_cleaner\n", "  - html_cleaner\n  - text_normalizer\n")
        self.check_after(50)

    def test_another_condition(self):
        self.run_job()
        self.change_manifest("when: {media_type: text/plain}", "when: {media_type: text/html}")
        self.check_after(50)

    def test_another_file_that_an_option_names(self):
        self.run_job()
        self.write("own.lexicon", "[navigation]\nour own notice to mariners\n")
        self.check_after(50)

    def test_another_version_of_a_plugin(self):
        self.run_job()
        library = os.path.join(self.plugins, "stumbler.so")
        with open(library, "rb") as file:
            content = file.read()
        self.assertEqual(content.count(b"1.0.0"), 1)
        os.remove(library)  # the file may be mapped, and is a new one
        with open(library, "wb") as file:
            file.write(content.replace(b"1.0.0", b"1.0.1"))
        self.check_after(50)

    def test_another_data_file_of_a_plugin(self):
        for name in ("boilerplate_stripper.so", "boilerplate_stripper.data"):
            copy = shutil.copytree if name.endswith("data") else shutil.copy
            copy(os.path.join(BUNDLED, name), os.path.join(self.plugins, name))
        self.run_job()
        with open(os.path.join(self.plugins, "boilerplate_stripper.data", "en.lexicon"), "a", encoding="utf-8") as file:
            file.write("\n[navigation]\nour own notice to mariners\n")
        self.check_after(50)

    def test_what_redoes_nothing(self):
        self.run_job()
        # The trace wants files.
        self.change_manifest("cache: true\n", "# a remark\nlimits: {workers: 2, documents: 16}\ndefault_isolation: process\nsandbox: {files: true}\ncache: true\n")
        _, documents = self.check_after(0)
        self.assertEqual(documents["unchanged"], 50)

    def test_fresh_redoes_everything(self):
        self.run_job()
        _, documents = self.run_job("--fresh")
        self.assertEqual((documents["written"], documents.get("unchanged", 0)), (50, 0))
        self.check_like_fresh()

    def test_without_the_key_nothing_is_kept(self):
        self.change_manifest("cache: true\n", "")
        self.run_job()
        _, documents = self.run_job()
        self.assertEqual((documents["written"], documents.get("unchanged", 0)), (50, 0))

    def test_a_lost_cache_costs_work_only(self):
        self.run_job()
        shutil.rmtree(self.path("out", ".garner"))
        self.check_after(50)


class Interrupted(IncrementalTest):
    scratch_parent = IN_MEMORY  # many small files

    def start(self):
        return subprocess.Popen([GARNER, "--plugin-dir", self.plugins, "run", self.manifest, "--output", "out", "--workers", "2"], cwd=self.scratch,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def test_the_old_output_stays_whole_until_the_new_one_is(self):
        for number in range(3000):
            self.write(f"in/many/{number:05}.txt", prose(number))
        self.run_job()
        old = results(self.path("out"))
        for number in range(0, 3000, 3):
            self.write(f"in/many/{number:05}.txt", prose(number, "Nobody has counted the steps."))
        for number in range(1, 3000, 50):
            os.remove(self.path("in", "many", f"{number:05}.txt"))
        self.write("in/many/heavy.txt", prose(7, "granite"))
        names = ("documents.jsonl", "documents.jsonl.zst", "documents.pb")
        for number, part_done in ((signal.SIGKILL, 0.2), (signal.SIGTERM, 0.4), (signal.SIGKILL, 0.7)):
            size = part_done * len(old["documents.jsonl"])
            process = self.start()
            part = self.path("out", "documents.jsonl.part")
            while process.poll() is None and not (os.path.exists(part) and os.path.getsize(part) >= size):
                time.sleep(0.0005)
            self.assertIsNone(process.poll(), "ended before it was interrupted")
            process.send_signal(number)
            _, err = process.communicate(timeout=600)
            self.assertEqual(process.returncode, 130 if number == signal.SIGTERM else -number, err)
            found = results(self.path("out"))
            for name in names:
                self.assertTrue(found[name] == old[name], name)
            for name in old:
                if name.startswith("text/"):
                    self.assertTrue(found.get(name) == old[name], name)
        self.run_job()
        self.check_like_fresh()

    def interrupt(self, dice):
        """Starts the job and kills it at a moment that it brings about itself; true where it came to its end before."""
        process = self.start()
        part = self.path("out", "documents.jsonl.part")
        size = dice.uniform(0, 1.1) * 1_500_000
        state = os.stat(part).st_size if os.path.exists(part) else 0
        while process.poll() is None:
            now = os.stat(part).st_size if os.path.exists(part) else 0
            if now != state and now >= size:
                break
            time.sleep(0.0005)
        time.sleep(dice.choice([0, 0.01, 0.05]))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=600)
        return process.returncode != -signal.SIGKILL

    def test_inputs_that_change_between_interruptions(self):
        """Whatever was done for another input is not taken for this one."""
        dice = random.Random(int(os.environ.get("GARNER_SEED", "23")))
        for number in range(2500):
            self.write(f"in/many/{number:05}.txt", prose(number))
        finished = 0
        turns = int(os.environ.get("GARNER_KILLS", "4" if os.environ.get("GARNER_SANITIZE") else "8"))
        for turn in range(turns):
            for number in dice.sample(range(2500), dice.choice([0, 0, 1, 30])):
                path = self.path("in", "many", f"{number:05}.txt")
                if os.path.exists(path) and dice.random() < 0.3:
                    os.remove(path)
                else:
                    self.write(f"in/many/{number:05}.txt", prose(number, f"Turn {turn}."))
            finished += self.interrupt(dice)
        self.assertLess(finished, turns, "nothing was interrupted")
        self.run_job()
        self.check_like_fresh()


if __name__ == "__main__":
    unittest.main()
