"""Every check of the conformance kit can fail: a plugin that breaks one rule fails the check of that rule, and no other."""
import concurrent.futures
import json
import os
import subprocess
import tempfile
import unittest

GARNER = os.environ["GARNER"]
PLUGINS = os.environ["GARNER_BAD_PLUGINS"]
DOCS = os.environ["GARNER_DOCS"]
SANITIZED = bool(os.environ.get("GARNER_SANITIZE"))

GOOD = ["good_transform", "good_decoder", "good_unpacker", "good_source", "good_sink"]
# plugin: (the check that fails, a part of what it says)
BAD = {
    "wrong_version": ("description", "version '1'"),
    "dotted_extension": ("description", "extension '.txt'"),
    "uncommented": ("options", "option 'size' has no comment"),
    "refused_default": ("options", "has the default 8, which its rules refuse"),
    "changes_locale": ("loading", "loading it changed the locale"),
    "crashes_at_load": ("loading", "loading the library: its static constructors: its process died of SIGSEGV"),
    "exits_at_load": ("loading", "its process ended with exit status 7"),
    "throws_in_constructor": ("loading", "the stage's constructor failed: exception: no model today"),
    "crashes_without_work": ("lifecycle", "then destroyed: its process died of SIGABRT"),
    "goes_on_after_the_end": ("lifecycle", "Next gives an item after it has said that there are no more"),
    "divides": ("bad_options", "options {size: 0}: its process died of SIGFPE"),
    "unsound_edits": ("results", "erase"),
    "notes_too_much": ("results", "leaves a note of 65537 bytes"),
    "unsound_document": ("results", "its text is not valid UTF-8"),
    "repeats_names": ("results", "two items are called 'item0'"),
    "repeats_keys": ("results", "two items have the record_key '1'"),
    "prints": ("stdout", "it wrote to standard output: 'counting"),
    "prints_at_load": ("stdout", "it wrote to standard output: 'loaded"),
    "leaves_thread": ("leftovers", "threads are left"),
    "leaves_descriptor": ("leftovers", "is left open"),
    "draws_lots": ("deterministic", "once and"),
    "mixes_order": ("deterministic", "item 1 is 'item0-"),
    "remembers_documents": ("stateless", "after other inputs"),
    "keeps_the_last_container": ("stateless", "after other inputs"),
    "shares_state": ("concurrent", "beside other instances"),
    "remembers_decisions": ("decisions", "Decide, asked twice, says something else"),
    "opens_files": ("sandbox", "the sandbox refused the system call openat"),
    "tells_its_process": ("isolated", "in the host and in a process of its own"),
    "reads_once": ("pieces", "read in pieces of at most 1 bytes"),
    "writes_elsewhere": ("output", "it wrote elsewhere.txt, beside the output folder"),
    "writes_at_once": ("output", "before Finish changed lines.txt"),
    "shows_commits": ("resumes", "with a commit before each document, lines.txt differs"),
    "hoards": ("growth", "memory grew by"),
    "hangs": ("hostile", "took longer than 1 s"),
    "overruns": ("hostile", "its process died of SIGSEGV"),
    "takes_memory": ("hostile", "takes more than 1024 MB"),
}
# The memory of a build with sanitizers is not limited and not measured; they answer signals in their own way.
NOT_SANITIZED = {"hoards", "takes_memory", "crashes_at_load", "overruns", "divides", "shares_state"}


def run(name, *arguments):
    command = [GARNER, "test-plugin", os.path.join(PLUGINS, name + ".so"), "--seconds", "1", "--input-seconds", "1", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


def judge(name):
    with tempfile.TemporaryDirectory() as folder:
        done = run(name, "--json", "--save", os.path.join(folder, "saved"))
        report = json.loads(done.stdout) if done.stdout else {"checks": [], "error": done.stderr}
        report["status"] = done.returncode
        report["files"] = sorted(os.listdir(os.path.join(folder, "saved"))) if os.path.isdir(os.path.join(folder, "saved")) else []
        return report


class BadPlugins(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        names = GOOD + [name for name in BAD if not (SANITIZED and name in NOT_SANITIZED)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            cls.reports = dict(zip(names, pool.map(judge, names)))

    def test_good_ones_pass(self):
        for name in GOOD:
            with self.subTest(plugin=name):
                report = self.reports[name]
                failed = [check for check in report["checks"] if check["outcome"] not in ("passed", "not_applicable")]
                self.assertEqual((failed, report["status"]), ([], 0), report)
                self.assertGreater(len(report["checks"]), 10)

    def test_bad_ones_fail_one_check(self):
        for name, (check, words) in BAD.items():
            if name not in self.reports:
                continue
            with self.subTest(plugin=name):
                report = self.reports[name]
                failed = {found["name"]: found for found in report["checks"] if found["outcome"] == "failed"}
                self.assertEqual(list(failed), [check], report)
                self.assertIn(words, failed[check]["seen"])
                for key in ("right", "advice"):
                    self.assertGreater(len(failed[check][key]), 10, failed[check])
                self.assertEqual(report["status"], 1)

    def test_each_check_has_a_bad_plugin(self):
        checks = {check["name"] for check in self.reports["good_transform"]["checks"]}
        self.assertEqual(checks, {check for check, _ in BAD.values()})

    def test_docs_list_the_checks(self):
        with open(os.path.join(DOCS, "conformance.md"), encoding="utf-8") as file:
            lines = [line for line in file if line.startswith("| `") and not line.startswith("| `--")]
        documented = [line.split("`")[1] for line in lines]
        self.assertEqual(documented, [check["name"] for check in self.reports["good_transform"]["checks"]])

    def test_what_broke_it_is_saved_and_breaks_it_again(self):
        self.assertEqual(self.reports["hangs"]["files"], ["hostile.textproto"])
        with tempfile.TemporaryDirectory() as folder:
            saved = os.path.join(folder, "saved")
            first = json.loads(run("hangs", "--json", "--only", "hostile", "--save", saved).stdout)["checks"][0]
            self.assertEqual(first["saved"], os.path.join(saved, "hostile.textproto"))
            self.assertIn("--cases " + saved, first["again"])
            # As an ordinary input it now breaks what comes before hostile ones.
            again = json.loads(run("hangs", "--json", "--only", "results", "--cases", saved, "--save", os.path.join(folder, "again")).stdout)["checks"][0]
            self.assertIn("case hostile: took longer than 1 s", again["seen"])

    def test_refusals(self):
        missing = run("no_such_plugin")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("no_such_plugin.so: cannot be opened", missing.stderr)
        self.assertIn("`garner plugins NAME` shows it", missing.stderr)
        forgotten = run("forgets_media_types")
        self.assertEqual(forgotten.returncode, 2)
        self.assertIn("its manifest names no media_types", forgotten.stderr)
        unknown = run("good_transform", "--only", "everything")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn("there is no check 'everything'; there are description, options, loading", unknown.stderr)
        empty = run("good_transform", "--cases", os.path.join(PLUGINS, "..", "nowhere"))
        self.assertEqual(empty.returncode, 2)
        self.assertIn("the cases cannot be read", empty.stderr)
        options = run("good_transform", "--options", "{size: 101}")
        self.assertEqual(options.returncode, 2)
        self.assertIn("option 'size': '101' is out of range", options.stderr)

    def test_the_report_says_what_to_do(self):
        done = run("prints", "--only", "stdout")
        self.assertEqual(done.returncode, 1)
        for words in ("FAIL  stdout", "seen     it wrote to standard output: 'counting", "to do    say it by context().Log", "again    garner test-plugin"):
            self.assertIn(words, done.stdout)


if __name__ == "__main__":
    unittest.main()
