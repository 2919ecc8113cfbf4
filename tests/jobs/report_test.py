"""What a run says of itself: report.json, the progress, the log, the metrics."""
import datetime
import hashlib
import json
import os
import pty
import re
import signal
import subprocess
import time
import unittest

from support import GARNER, NEWS, SAMPLES, JobTest

PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"
PAGE = "<html><body><p>The lighthouse keeper wound the clock every evening at nine.</p></body></html>"
MANIFEST = """name: harbour
source: {plugin: files, options: {paths: [in]}}
transforms: [html_cleaner, {plugin: deduplicator, when: {media_type: text/html}}]
sinks: [jsonl, text_files]
"""
PLUGINS = os.path.join(os.path.dirname(os.path.dirname(GARNER)), "lib", "garner", "plugins")


class ReportTest(JobTest):
    def setUp(self):
        super().setUp()
        self.manifest = self.write("job.yaml", MANIFEST)
        self.write("in/a.txt", PROSE)
        self.write("in/b.html", PAGE)

    def mixed(self):
        """Documents that are written, dropped and failed, of two decoders."""
        self.write("in/empty.txt", "")
        self.write("in/broken.txt", bytes(range(256)) * 20)
        self.write("in/picture.html", "<html><body><img src='x.png'></body></html>")
        for number in range(40):
            self.write(f"in/more/{number}.txt", PROSE + str(number))

    def report(self, output="out"):
        with open(self.path(output, "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def stages(self, report):
        return {stage["stage"]: stage for stage in report["stages"]}

    def check_sums(self, report):
        """By itself, not by garner's own check."""
        documents = {key: int(value) for key, value in report["documents"].items()}
        self.assertEqual(documents["read"], documents["written"] + documents["dropped"] + documents["failed"])
        for name, stage in self.stages(report).items():
            counts = {key: int(stage[key]) for key in ("in", "out", "dropped", "failed", "skipped", "warnings")}
            self.assertEqual(counts["in"], counts["out"] + counts["dropped"] + counts["failed"], name)
            reasons = stage.get("reasons", [])
            for outcome in ("dropped", "failed"):
                self.assertEqual(counts[outcome], sum(int(reason["documents"]) for reason in reasons if reason["outcome"] == outcome.upper()), name)
            if stage["role"] == "SINK":
                self.assertEqual(counts["in"], documents["written"], name)
        flow = documents["read"]
        for role in ("SOURCE", "DETECTION", "DECODER"):
            of_role = [stage for stage in report["stages"] if stage["role"] == role]
            self.assertEqual(sum(int(stage["in"]) for stage in of_role), flow, role)
            flow = sum(int(stage["out"]) for stage in of_role)
        for stage in (stage for stage in report["stages"] if stage["role"] == "TRANSFORM"):
            self.assertEqual(int(stage["in"]), flow, stage["stage"])
            flow = int(stage["out"])
        self.assertEqual(flow, documents["written"])


class Report(ReportTest):
    def test_counts_add_up(self):
        self.mixed()
        for workers in ("1", "4"):
            self.garner("run", self.manifest, "--output", "out", "--workers", workers, expect=1)
            report = self.report()
            self.check_sums(report)
            self.assertEqual(report["documents"], {"read": "45", "written": "42", "dropped": "2", "failed": "1", "children": "0", "unchanged": "0",
                                                   "unpacked": "0", "items": "45", "containers": "0"})
            stages = self.stages(report)
            self.assertEqual(int(stages["text"]["in"]) + int(stages["html"]["in"]), int(stages["detect"]["out"]))
            self.assertGreater(int(stages["html"]["in"]), 0)
            self.assertEqual(stages["deduplicator"]["skipped"], "41", "the condition lets pages only in")
            self.assertEqual(int(report["payload_bytes"]), sum(os.path.getsize(os.path.join(base, name)) for base, _, names in os.walk(self.path("in")) for name in names))
            self.assertEqual(report["workers"], int(workers))

    def test_the_sample(self):
        self.garner("run", NEWS, "--output", "out", expect=0)
        report = self.report()
        self.check_sums(report)
        self.assertEqual(int(report["documents"]["written"]), len(self.records("out", "documents.jsonl")))
        self.assertTrue(all(stage["busy_seconds"] > 0 for stage in report["stages"] if int(stage["in"]) > 0))

    def test_says_what_ran(self):
        self.garner("run", self.manifest, "--output", "out", expect=0)
        report = self.report()
        self.assertEqual((report["manifest"], report["end"]), ("harbour", "FINISHED"))
        self.assertNotIn("message", report)
        self.assertEqual(report["garner_version"], self.garner("--version").out.split()[1])
        self.assertGreater(int(report["peak_memory_bytes"]), 1 << 20)
        kinds = {plugin["name"]: plugin["kind"] for plugin in json.loads(self.garner("plugins", "--json", expect=0).out)["plugins"]}
        names = [plugin["name"] for plugin in report["plugins"]]
        self.assertEqual([name for name in names if kinds[name] not in ("decoder", "unpacker")], ["deduplicator", "files", "html_cleaner", "jsonl", "text_files"])
        self.assertEqual([name for name in names if kinds[name] == "decoder"], sorted(name for name, kind in kinds.items() if kind == "decoder"))
        for plugin in report["plugins"]:
            with open(os.path.join(PLUGINS, plugin["name"] + ".so"), "rb") as file:
                self.assertEqual(plugin["sha256"], hashlib.sha256(file.read()).hexdigest(), plugin["name"])

    def test_says_when(self):
        before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
        self.garner("run", self.manifest, "--output", "out", expect=0)
        after = datetime.datetime.now(datetime.timezone.utc)
        report = self.report()
        started, ended = (datetime.datetime.fromisoformat(report[key].replace("Z", "+00:00")) for key in ("started", "ended"))
        self.assertTrue(before <= started <= ended <= after, report)

    def test_plan_hash_is_of_the_stages(self):
        hashes = []
        for arguments in ((), ("--workers", "3"), ("--set", "jsonl.removed=none")):
            self.garner("run", self.manifest, "--output", "out", *arguments, expect=0)
            hashes.append(self.report()["plan_hash"])
        self.assertEqual(hashes[0], hashes[1])
        self.assertNotEqual(hashes[0], hashes[2])

    def test_a_refused_run_leaves_the_earlier_one(self):
        self.garner("run", self.manifest, "--output", "out", expect=0)
        before = self.report()
        self.garner("run", self.manifest, "--input", "nowhere", "--output", "out", expect=2)
        self.assertEqual(self.report(), before)
        self.garner("run", self.manifest, "--input", "nowhere", "--output", "new", expect=2)
        self.assertEqual(os.listdir(self.path("new")), [])

    def test_an_interrupted_run_says_so(self):
        for number in range(3000):
            self.write(f"in/many/{number}.txt", PROSE * 40)
        process = subprocess.Popen([GARNER, "run", self.manifest, "--output", "out", "--workers", "2", "--metrics-file", "m.prom"], cwd=self.scratch, stderr=subprocess.PIPE)
        while not os.path.exists(self.path("out", "documents.jsonl.part")):
            self.assertIsNone(process.poll(), "ended before it was interrupted")
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130)
        report = self.report()
        self.check_sums(report)
        self.assertEqual(report["end"], "INTERRUPTED")
        self.assertIn("interrupted", report["message"])
        self.assertLess(int(report["documents"]["read"]), 3002)
        self.assertIn('garner_run_state{manifest="harbour",state="interrupted"} 1\n', self.read("m.prom"))

    def test_a_stopped_run_says_why(self):
        self.garner("run", self.manifest, "--output", "out", expect=0)
        os.remove(self.path("out", "documents.jsonl"))
        os.makedirs(self.path("out", "documents.jsonl.d"))
        self.write("stop.yaml", MANIFEST.replace("jsonl,", "{plugin: jsonl, options: {path: a/documents.jsonl}},"))
        self.write("out/a/keep", "")
        # The name is taken by a folder between opening and finishing: the sink cannot publish.
        process = subprocess.Popen([GARNER, "run", "stop.yaml", "--input", "-", "--output", "out"], cwd=self.scratch, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        while not os.path.exists(self.path("out", "a", "documents.jsonl.part")):
            self.assertIsNone(process.poll())
            time.sleep(0.005)
        self.write("out/a/documents.jsonl/in_the_way", "")
        _, err = process.communicate(PROSE.encode(), timeout=120)
        self.assertEqual(process.returncode, 3, err)
        report = self.report()
        self.check_sums(report)
        self.assertEqual(report["end"], "STOPPED")
        self.assertTrue(report["message"].startswith("jsonl: "), report["message"])

    def test_no_sink_takes_its_name(self):
        run = self.garner("run", self.manifest, "--output", "out", "--set", "jsonl.path=report.json", expect=2)
        self.assertIn("report.json: another sink or run is writing it", run.err)

    def test_no_stage_takes_the_names_of_the_hosts_work(self):
        for label in ("detect", "host"):
            bad = self.write("bad.yaml", MANIFEST.replace("html_cleaner,", f"{{plugin: html_cleaner, name: {label}}},"))
            self.assertIn(f"'{label}' is what reports call garner's own work", self.garner("check", bad, expect=2).err)

    def test_clean_leaves_none(self):
        self.garner("clean", "in/a.txt", expect=0)
        self.assertEqual(sorted(os.listdir(self.scratch)), ["in", "job.yaml"])


class Progress(ReportTest):
    def run_on_a_terminal(self, *arguments):
        """What a terminal gets on standard error, byte for byte."""
        master, slave = pty.openpty()
        process = subprocess.Popen([GARNER, *arguments], cwd=self.scratch, stdout=subprocess.DEVNULL, stderr=slave, env={**os.environ, "TERM": "xterm"})
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            seen += chunk
        os.close(master)
        return process.wait(timeout=120), seen.decode("utf-8")

    def test_one_line_on_a_terminal(self):
        self.mixed()
        status, seen = self.run_on_a_terminal("run", self.manifest, "--output", "out")
        self.assertEqual(status, 1)
        drawn = re.findall(r"\r\x1b\[K(\d+ of 45 documents, [\d.]+ MB, [\d.]+/s, \d+ failed, \d+ dropped(?:, \d+:\d\d left)?)", seen)
        self.assertTrue(drawn, seen)
        self.assertIn("\r\x1b[K45 documents read", seen, "the line is gone before the summary comes")
        failure = re.search(r"\r\x1b\[K[^\r\n]*broken\.txt[^\r\n]*\r?\n", seen)
        self.assertTrue(failure, "a line of the log stands alone: " + seen)

    def test_quiet_is_silent_there_too(self):
        status, seen = self.run_on_a_terminal("-q", "run", self.manifest, "--output", "out")
        self.assertEqual((status, seen), (0, ""))

    def test_no_line_that_is_redrawn_elsewhere(self):
        self.mixed()
        for arguments in ((), ("--log-format", "json")):
            self.assertNotIn("\x1b", self.garner("run", self.manifest, "--output", "out", *arguments, expect=1).err)

    def test_json_on_a_terminal_is_json(self):
        status, seen = self.run_on_a_terminal("--log-format", "json", "run", self.manifest, "--output", "out")
        self.assertEqual(status, 0)
        for line in seen.splitlines():
            json.loads(line)


class LogFormat(ReportTest):
    def log(self, *arguments, expect):
        lines = [json.loads(line) for line in self.garner("--log-format", "json", *arguments, expect=expect).err.splitlines()]
        for line in lines:
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertIn(line["level"], ("debug", "info", "warning", "error"))
            self.assertLessEqual(set(line), {"time", "level", "stage", "document", "message"})
        return lines

    def test_json_tells_stage_and_document_apart(self):
        self.mixed()
        self.write('in/odd "name"\n\xe9.txt', "")
        lines = self.log("run", self.manifest, "--output", "out", expect=1)
        failed = [line for line in lines if line.get("document") == "in/broken.txt"]
        self.assertEqual(len(failed), 1)
        self.assertEqual(failed[0]["level"], "warning")
        self.assertIn(failed[0]["stage"], ("detect", "text"))
        self.assertTrue(failed[0]["message"].startswith("failed ("), failed)
        empty = [line for line in lines if line["message"].startswith("dropped (empty_payload)")]
        self.assertEqual({line["stage"] for line in empty}, {"detect"})
        self.assertEqual(len(empty), 2)
        self.assertTrue(any("documents read: 42 written" in line["message"] for line in lines))

    def test_mistakes_are_lines_too(self):
        bad = self.write("bad.yaml", MANIFEST.replace("paths", "pathz"))
        for command in (("run", bad, "--output", "out"), ("check", bad)):
            lines = self.log(*command, expect=2)
            self.assertTrue(any("did you mean 'paths'" in line["message"] and line["level"] == "error" for line in lines), lines)

    def test_an_interruption_is_a_line_too(self):
        for number in range(3000):
            self.write(f"in/many/{number}.txt", PROSE * 40)
        process = subprocess.Popen([GARNER, "run", self.manifest, "--output", "out", "--log-format", "json"], cwd=self.scratch, stderr=subprocess.PIPE)
        while not os.path.exists(self.path("out", "documents.jsonl.part")):
            self.assertIsNone(process.poll())
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(any("interrupted" in json.loads(line)["message"] for line in err.decode().splitlines()), err)

    def test_quiet_keeps_errors_only(self):
        self.mixed()
        self.assertEqual(self.garner("-q", "--log-format", "json", "run", self.manifest, "--output", "out", expect=1).err, "")

    def test_other_formats_are_refused(self):
        self.assertIn("xml", self.garner("run", self.manifest, "--log-format", "xml", expect=2).err)

    def test_text_names_stage_document_and_reason(self):
        self.mixed()
        self.assertRegex(self.garner("run", self.manifest, "--output", "out", expect=1).err, r"warning +\w+: in/broken\.txt: failed \(\w+\): ")


class Metrics(ReportTest):
    SAMPLE = re.compile(r'^(garner_[a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\} (\S+)$')

    def samples(self, path):
        found = {}
        with open(self.path(path), encoding="utf-8") as file:
            for line in file.read().splitlines():
                if line.startswith("# "):
                    continue
                match = self.SAMPLE.match(line)
                self.assertTrue(match, line)
                labels = dict(re.findall(r'([a-z_]+)="((?:[^"\\]|\\.)*)"', match[2]))
                self.assertEqual(labels.pop("manifest"), "harbour")
                found[match[1], tuple(sorted(labels.items()))] = float(match[3])
        return found

    def test_says_what_the_report_says(self):
        self.mixed()
        self.garner("run", self.manifest, "--output", "out", "--metrics-file", "m.prom", expect=1)
        samples, report = self.samples("m.prom"), self.report()
        for outcome in ("written", "dropped", "failed"):
            self.assertEqual(samples["garner_documents_total", (("outcome", outcome),)], int(report["documents"][outcome]))
        for stage in report["stages"]:
            for flow in ("in", "out", "dropped", "failed", "skipped"):
                self.assertEqual(samples["garner_stage_documents_total", (("flow", flow), ("stage", stage["stage"]))], int(stage[flow]))
            self.assertAlmostEqual(samples["garner_stage_busy_seconds_total", (("stage", stage["stage"]),)], stage["busy_seconds"], places=6)
        self.assertEqual(samples["garner_run_state", (("state", "finished"),)], 1)
        self.assertEqual(samples["garner_peak_memory_bytes", ()], int(report["peak_memory_bytes"]))
        self.assertEqual(sorted(os.listdir(self.scratch)), ["in", "job.yaml", "m.prom", "out"])

    def test_a_refused_run_says_so(self):
        self.garner("run", self.manifest, "--input", "nowhere", "--output", "out", "--metrics-file", "m.prom", expect=2)
        self.assertEqual(self.samples("m.prom")["garner_run_state", (("state", "refused"),)], 1)

    def test_is_there_from_the_beginning(self):
        process = subprocess.Popen([GARNER, "run", self.manifest, "--input", "-", "--output", "out", "--metrics-file", "m.prom"], cwd=self.scratch,
                                   stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        while not os.path.exists(self.path("m.prom")):
            self.assertIsNone(process.poll())
            time.sleep(0.005)
        self.assertEqual(self.samples("m.prom")["garner_run_state", (("state", "running"),)], 1)
        process.communicate(PROSE.encode(), timeout=120)
        self.assertEqual(self.samples("m.prom")["garner_run_state", (("state", "finished"),)], 1)

    def test_refuses_names_that_would_cost_something(self):
        self.write("results.jsonl", "{}\n")
        for name, words in (("results.jsonl", "something else than garner's metrics"), ("in", "no regular file"), ("/dev/null", "no regular file"), ("nowhere/m.prom", "folder does not exist")):
            run = self.garner("run", self.manifest, "--output", "out", "--metrics-file", name, expect=2)
            self.assertIn(words, run.err)
        self.assertEqual(self.read("results.jsonl"), "{}\n")

    def test_never_overwrites_the_jobs_results(self):
        os.makedirs(self.path("out"))
        run = self.garner("run", self.manifest, "--output", "out", "--metrics-file", "out/documents.jsonl", expect=0)
        self.assertIn("something else than garner's metrics", run.err)
        self.assertEqual(len(self.records("out", "documents.jsonl")), 2)


if __name__ == "__main__":
    unittest.main()
