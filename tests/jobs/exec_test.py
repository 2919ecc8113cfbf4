"""Stages in other languages: `plugin: {exec: [...]}`. The same guards as for isolated plugins: whatever a program does costs one document."""
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from support import GARNER, ROOT, SAMPLES, JobTest, python_stages, results

PYTHON = os.environ["GARNER_STAGE_PYTHON"]
SAMPLE = os.path.join(SAMPLES, "python_stage")
PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"

# Does what stands in the document: "stage:ORDER" or "stage:ORDER=ARGUMENT".
STAGE = '''
import ctypes, os, socket, subprocess, sys, threading, time
import garner_stage
import words

class Stage:
    def __init__(self, options, host):
        self.options, self.host, self.seen = options, host, 0
        if options.get("on_open") == "fail":
            raise ValueError("failed on purpose")
        if options.get("on_open") == "exit":
            sys.exit(5)

    def decode(self, payload, info, document, children):
        from garner_text import TextBuilder
        text = payload.decode()
        builder = TextBuilder(payload, document)
        builder.block(0, len(payload.rstrip()))
        builder.finish()
        for number in range(text.count("child:")):
            children.add(f"part {number}.txt", b"What stood inside, part %d." % number, "text/plain")
        self.obey(text, document, None)

    def process(self, document, edits):
        self.seen += 1
        edits.signal.add(name=words.SIGNAL, value=len(document.text))
        self.obey(document.text, document, edits)

    def obey(self, text, document, edits):
        for word in text.split():
            if word.startswith("stage:"):
                order, _, argument = word[6:].partition("=")
                getattr(self, order)(argument, document, edits)

    def throw(self, *_): raise KeyError("thrown on purpose")
    def refuse(self, *_): raise garner_stage.Refused("invalid_input", "refused on purpose")
    def exit(self, *_): os._exit(7)
    def abort(self, *_): os.abort()
    def segfault(self, *_): ctypes.string_at(0)
    def eat_memory(self, *_):
        eaten = []
        while True: eaten.append(bytearray(16 << 20))
    def leak(self, *_): self.options.setdefault("leak", []).append(bytearray(60 << 20))
    def sleep(self, *_): time.sleep(1000)
    def garbage(self, *_): os.write(3, b"this is no frame at all, but a sentence"); time.sleep(1000)
    def empty_frame(self, *_): os.write(3, bytes(8)); time.sleep(1000)
    def false_reply(self, *_):
        self.host.connection.number += 1
    def print(self, *_): print("printed on purpose", flush=True)
    def warn(self, *_): self.host.warn("warned on purpose")
    def log(self, *_): self.host.info("logged on purpose")
    def count(self, *_): self.host.count("counted", 2.5)
    def show_options(self, *_): self.host.info(repr(sorted(self.options.items())))
    def show_folder(self, *_): self.host.info("works in " + os.getcwd())
    def bad_edits(self, argument, document, edits): edits.erase.add(begin=5, end=10 ** 9, rule="x")
    def bad_document(self, argument, document, edits): document.text += "more"
    def write_file(self, argument, *_): open(argument, "w")
    def make_folder(self, argument, *_): os.mkdir(argument)
    def remove(self, argument, *_): os.remove(argument)
    def chmod(self, argument, *_): os.chmod(argument, 0)
    def read_file(self, argument, *_): open(argument).read()
    def throw_away(self, *_): open("/dev/null", "w").write("nothing")
    def socket(self, *_): socket.socket()
    def session(self, *_):
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
            except PermissionError:
                os._exit(3)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3:
            raise PermissionError("setsid")
    def limit(self, *_):
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
    def program(self, argument, *_): subprocess.run(["true"], check=True)
    def write_by_program(self, argument, *_): subprocess.run(["touch", argument], check=True)
    def thread(self, *_):
        worker = threading.Thread(target=lambda: None); worker.start(); worker.join()
    def fork_and_leave(self, argument, *_):
        if os.fork() == 0:
            open_for_ever = os.dup(3)
            time.sleep(10000)
        os._exit(0)

garner_stage.run(Stage, name="fixture", version="1.0")
'''

# Order -> what the log must say of the document, beside the stage's name.
CRASHES = {
    "throw": "(internal): exception: KeyError: 'thrown on purpose'",
    "refuse": "(invalid_input): refused on purpose",
    "exit": "(internal): its program 'python3 stage.py' ended with exit status 7 in the middle of its work",
    "abort": "(internal): its program 'python3 stage.py' died of SIGABRT (Aborted)",
    "segfault": "(internal): its program 'python3 stage.py' died of SIGSEGV (Segmentation fault)",
    "eat_memory": "(limit): out of memory; limits.child_memory_mb is 200",
    "garbage": "(internal): its program 'python3 stage.py' sent something that is no answer (lengths that no frame has); it was killed",
    "empty_frame": "sent something that is no answer (a reply to request 0, where ",
    "false_reply": "sent something that is no answer (a reply to request ",
    "bad_edits": "(invalid_edits)",
    "socket": "(internal): exception: PermissionError",
    "session": "(internal): exception: PermissionError",
    "limit": "(internal): exception: ValueError",
    "fork_and_leave": "ended with exit status 0 in the middle of its work, and left processes behind, which were killed",
}


def setUpModule():
    ProgramTest.messages = tempfile.mkdtemp(prefix="garner-messages-")
    unittest.addModuleCleanup(shutil.rmtree, ProgramTest.messages)
    ProgramTest.stage_env = python_stages(ProgramTest.messages)


class ProgramTest(JobTest):
    messages = None
    stage_env = None

    def setUp(self):
        super().setUp()
        self.env = {**self.stage_env, "PYTHONPATH": self.messages + ":" + SAMPLE}
        self.write("stage.py", STAGE)
        self.write("words.py", "SIGNAL = 'bytes'\n")

    def manifest(self, transforms="[{plugin: {exec: [python3, stage.py]}}]", more="", name="job.yaml"):
        return self.write(name, f"source: {{plugin: files, options: {{paths: [in]}}}}\ntransforms: {transforms}\n"
                                f"sinks: [{{plugin: jsonl, options: {{path: documents.jsonl}}}}]\n{more}")

    def run_job(self, *arguments, expect=0, workers=2, output="out", manifest=None, **more):
        manifest = manifest or self.manifest(**more)
        return self.garner("run", manifest, "--output", output, "--workers", str(workers), *arguments, expect=expect, env=self.env)

    def report(self):
        with open(self.path("out", "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def written(self, output="out"):
        return sorted(record["source"]["uri"] for record in self.records(output, "documents.jsonl"))


class Sound(ProgramTest):
    def test_a_transform(self):
        self.write("in/a.txt", PROSE + " stage:thread stage:read_file=words.py stage:throw_away stage:program")
        run = self.run_job()
        record = self.records("out", "documents.jsonl")[0]
        self.assertIn("bytes", record["signals"])
        self.assertIn("stage runs the program 'python3 stage.py' (fixture 1.0): files can be read, not written, sockets are refused, what it starts ends with it",
                      run.err)
        self.assertIn("60 s a document", run.err)

    def test_what_it_says(self):
        self.write("in/a.txt", PROSE + " stage:print stage:warn stage:log stage:count")
        run = self.run_job()
        self.assertEqual(run.stdout, b"")
        self.assertIn("printed on purpose", run.err)
        self.assertIn("stage: in/a.txt: warned on purpose", run.err)
        self.assertIn("stage: in/a.txt: logged on purpose", run.err)
        report = self.report()
        stage = [stage for stage in report["stages"] if stage["stage"] == "stage"][0]
        self.assertEqual((stage["plugin"], stage["metrics"]), ("exec:stage", [{"name": "counted", "value": 2.5}]))
        plugin = [plugin for plugin in report["plugins"] if plugin["name"] == "exec:stage"][0]
        self.assertRegex(plugin["version"], "^sha256:[0-9a-f]{12}$")

    def test_options_and_folder(self):
        self.write("in/a.txt", PROSE + " stage:show_options stage:show_folder")
        options = "{text: plain, number: 3, half: 0.5, yes_: true, none: , words: '7', list: [1, [2, x]], map: {b: 1, a: \"${HARBOUR}\"}, long: 1e3}"
        self.env["HARBOUR"] = "north pier"
        run = self.run_job("--set", "stage.number=4", transforms=f"[{{plugin: {{exec: [python3, stage.py]}}, options: {options}}}]")
        self.assertIn("[('half', 0.5), ('list', [1, [2, 'x']]), ('long', 1000.0), ('map', {'a': 'north pier', 'b': 1}), ('none', None), ('number', 4), "
                      "('text', 'plain'), ('words', '7'), ('yes_', True)]", run.err)
        self.assertIn("works in " + self.scratch, run.err)

    def test_a_decoder_with_children(self):
        self.write("in/a.xyz", PROSE + "child: child:\n")
        self.write("in/b.txt", PROSE)
        decoder = "decoders: [{name: xyz, plugin: {exec: [python3, stage.py], version: '1.0', media_types: text/x-xyz, extensions: [xyz]}}]\n"
        self.run_job(transforms="[]", more=decoder + "limits: {nested_payloads: 1}\n", expect=1)
        records = self.records("out", "documents.jsonl")
        self.assertEqual([(record["source"]["uri"], record["source"].get("container_path"), record["source"]["media_type"]) for record in records],
                         [("in/a.xyz", None, "text/x-xyz"), ("in/a.xyz", "part 0.txt", "text/plain"), ("in/b.txt", None, "text/plain")])
        self.assertEqual(records[1]["text"], "What stood inside, part 0.")

    def test_the_samples_decoder_accounts_for_every_byte(self):
        for name, text in {"plain": "The pump.\n\n\nThe roof.\n", "windows": "== Opening\r\n// aside\r\n\r\n- Анна\r\n- Müller\r\n", "no_end": "One line",
                           "indented": "\n\n   == Über   \n\t- oiled\n %place : Zollhaus \n", "remarks": "// one\n//two", "signs": "== \n-\n% no: colon\n%:x\n", "old": "a\rb\r"}.items():
            self.write(f"in/{name}.minutes", text.encode())
        self.write("in/latin.minutes", "Die Pumpe ist gestrichen: schön.\n".encode("latin-1"))
        decoder = os.path.join(SAMPLE, "minutes_decoder.py")
        self.write("job.yaml", f"""source: {{plugin: files, options: {{paths: [in]}}}}
decoders:
  - plugin: {{exec: [python3, '{decoder}'], media_types: text/x-minutes, extensions: minutes}}
    options: {{metadata: {{place: dateline_location}}}}
sinks: [{{plugin: jsonl, options: {{path: documents.jsonl}}}}, {{plugin: protobuf, options: {{path: documents.pb}}}}]
""")
        run = self.garner("run", self.path("job.yaml"), "--output", "out", expect=1, env=self.env)
        self.assertIn("minutes_decoder: in/latin.minutes: failed (invalid_input): the minutes are not UTF-8: invalid start byte at byte 29", run.err)
        texts = {record["source"]["uri"]: record["text"] for record in self.records("out", "documents.jsonl")}
        self.assertEqual((texts["in/plain.minutes"], texts["in/windows.minutes"], texts["in/indented.minutes"]),
                         ("The pump.\n\nThe roof.", "Opening\n\nАнна\n\nMüller", "Über\n\noiled"))
        sound = subprocess.run([os.environ["GARNER_SOUND"], self.path("out", "documents.pb"), self.scratch], capture_output=True, text=True, check=False)
        self.assertEqual(sound.returncode, 0, sound.stderr + sound.stdout)

    def test_it_goes_before_an_installed_decoder(self):
        self.write("in/a.txt", PROSE)
        self.run_job(transforms="[]", more="decoders: [{name: mine, plugin: {exec: [python3, stage.py], media_types: [text/plain]}}]\n")
        counts = {stage["stage"]: int(stage.get("in", 0)) for stage in self.report()["stages"]}
        self.assertEqual((counts["mine"], counts["text"]), (1, 0))

    def test_conditions_and_several_of_them(self):
        self.write("in/a.txt", PROSE)
        self.write("in/b.html", "<p>" + PROSE)
        transforms = """
  - {plugin: {exec: [python3, stage.py]}, name: first, when: {media_type: text/html}}
  - {plugin: {exec: [python3, stage.py]}, name: second}"""
        self.run_job(transforms=transforms)
        self.assertEqual([record["signals"] for record in self.records("out", "documents.jsonl")][0].keys(), {"bytes"})

    def test_the_same_bytes_for_any_number_of_workers(self):
        for number in range(30):
            self.write(f"in/{number:02}.txt", f"{PROSE * (number % 5 + 1)} Pier {number}." + (" stage:exit" if number % 7 == 3 else ""))
        self.run_job(workers=1, output="one", expect=1)
        expected = results(self.path("one"))
        self.assertEqual(len(self.records("one", "documents.jsonl")), 26)
        for output, workers, more in (("three", 3, ""), ("renewed", 2, "limits: {child_documents: 2}\n")):
            self.run_job(workers=workers, output=output, expect=1, more=more)
            self.assertEqual(results(self.path(output)), expected, output)

    def test_a_path_beside_the_manifest(self):
        self.write("in/a.txt", PROSE)
        self.write("stage", f"#!{PYTHON}\n{STAGE}")
        os.chmod(self.path("stage"), 0o755)
        run = self.run_job(transforms="[{plugin: {exec: [./stage]}}]")
        self.assertIn("stage runs the program './stage'", run.err)

    def test_a_leak_costs_no_document(self):
        for number in range(12):
            self.write(f"in/{number:02}.txt", PROSE + " stage:leak")
        self.run_job(workers=1, more="limits: {child_memory_mb: 200}\n")
        self.assertEqual(len(self.written()), 12)


class Poison(ProgramTest):
    def test_costs_one_document(self):
        sound = []
        for number, order in enumerate(CRASHES):
            self.write(f"in/{number:02}-a.txt", PROSE)
            self.write(f"in/{number:02}-b.txt", f"{PROSE} stage:{order}")
            sound.append(f"in/{number:02}-a.txt")
        run = self.run_job(more="limits: {document_seconds: 0, child_memory_mb: 200}\n", expect=1)
        self.assertEqual(self.written(), sorted(sound), "the others, each once")
        for number, order in enumerate(CRASHES):
            lines = [line for line in run.err.splitlines() if f"stage: in/{number:02}-b.txt: failed " in line]
            self.assertEqual(len(lines), 1, (order, run.err))
            self.assertIn(CRASHES[order], lines[0])

    def test_a_hang(self):
        self.write("in/a.txt", PROSE)
        self.write("in/b.txt", PROSE + " stage:sleep")
        run = self.run_job(more="limits: {document_seconds: 5}\n", expect=1)
        self.assertEqual(self.written(), ["in/a.txt"])
        self.assertIn("took longer than 5 s (limits.document_seconds); its program 'python3 stage.py' was killed", run.err)

    def test_nothing_happens_on_disk(self):
        self.write("in/a.txt", PROSE + " stage:write_file=" + self.path("written"))
        self.write("in/b.txt", PROSE + " stage:make_folder=" + self.path("made"))
        self.write("in/c.txt", PROSE + " stage:remove=" + self.path("words.py"))
        self.write("in/d.txt", PROSE + " stage:chmod=" + self.path("words.py"))
        self.write("in/e.txt", PROSE + " stage:write_by_program=" + self.path("touched"))
        before = sorted(os.listdir(self.scratch) + ["job.yaml", "out"])
        self.run_job(expect=1)
        self.assertEqual(sorted(os.listdir(self.scratch)), before)
        self.assertEqual(self.written(), [])
        self.assertTrue(os.access(self.path("words.py"), os.R_OK))

    def test_switches_allow(self):
        self.write("in/a.txt", f"{PROSE} stage:write_file={self.path('written')} stage:socket stage:session")
        run = self.run_job(more="sandbox: {files: true, network: true, processes: true}\n")
        self.assertTrue(os.path.exists(self.path("written")))
        self.assertIn("files are all open to it, sockets are allowed, what it starts may outlive it", run.err)

    def test_a_broken_document(self):
        self.write("in/a.xyz", PROSE + " stage:bad_document")
        run = self.run_job(transforms="[]", more="decoders: [{name: xyz, plugin: {exec: [python3, stage.py], media_types: text/x-xyz, extensions: xyz}}]\n", expect=1)
        self.assertIn("xyz: in/a.xyz: failed (internal): the decoder made a broken document", run.err)

    def test_programs_leave_with_the_host(self):
        """Even with one that is killed: what holds them is the socket."""
        self.write("in/a.txt", PROSE)
        self.manifest()
        with open(self.path("job.yaml"), encoding="utf-8") as file:
            self.write("job.yaml", file.read().replace("[in]", "[in, '-']"))
        process = subprocess.Popen([GARNER, "run", self.path("job.yaml"), "--workers", "2", "--output", "out"], cwd=self.scratch,
                                   env={**os.environ, **self.env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while len(self.programs()) < 2:
            self.assertIsNone(process.poll())
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        while self.programs():
            time.sleep(0.005)

    def programs(self):
        found = []
        for path in glob.glob("/proc/[0-9]*"):
            try:
                with open(path + "/cmdline", "rb") as file:
                    words = file.read()
                if words.startswith(b"python3\0stage.py") and os.readlink(path + "/cwd") == self.scratch:
                    found.append(path)
            except OSError:
                pass
        return found


class Refusals(ProgramTest):
    """A program that does not start as it should refuses the job, in a sentence with stage, command and remedy."""

    def refused(self, command, *words, label="stage", **more):
        self.write("in/a.txt", PROSE)
        run = self.run_job(transforms=f"[{{name: {label}, plugin: {{exec: {command}}}}}]", expect=2, **more)
        for word in (label + ": ", *words):
            self.assertIn(word, run.err)
        self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))
        return run

    def test_exits_at_once(self):
        self.refused("['false']", "its program 'false' ended with exit status 1 before it had answered `start`", "docs/worker-protocol.md")
        self.refused("[python3, no_such_stage.py]", "its program 'python3 no_such_stage.py' ended with exit status 2", "No such file or directory")

    def test_cannot_be_started(self):
        self.write("stage", "#!/no/such/interpreter\n")
        os.chmod(self.path("stage"), 0o755)
        self.refused("[./stage]", "its program './stage' cannot be started", "its own first line names an interpreter that is not there")
        self.write("stage", "echo no first line\n")
        self.refused("[./stage]", "a script begins with '#!'")

    def test_speaks_another_version(self):
        self.write("stage.py", STAGE.replace("import garner_stage\n", "import garner_stage\ngarner_stage.PROTOCOL = 2\n"))
        self.refused("[python3, stage.py]", "speaks version 2 of the worker protocol; this garner speaks version 1")

    def test_is_another_version(self):
        self.write("in/a.txt", PROSE)
        run = self.run_job(transforms="[{plugin: {exec: [python3, stage.py], version: '2.0'}}]", expect=2)
        self.assertIn("stage: its program 'python3 stage.py' says that it is version '1.0', the manifest that it is '2.0'", run.err)

    def test_answers_garbage(self):
        self.refused("[sh, -c, 'echo Hello, I am ready. >&3; sleep 1000']", "its program 'sh -c echo Hello", "sent something that is no answer (lengths that no frame has)",
                     "docs/worker-protocol.md")

    def test_does_not_open(self):
        self.write("in/a.txt", PROSE)
        for on_open, words in (("fail", "stage: ValueError: failed on purpose"), ("exit", "ended with exit status 5 before it had answered `start`")):
            run = self.run_job(transforms=f"[{{plugin: {{exec: [python3, stage.py]}}, options: {{on_open: {on_open}}}}}]", expect=2)
            self.assertIn(words, run.err)


class Again(ProgramTest):
    """What names the work: the command, the options, the files that the command names."""

    def unchanged(self, **more):
        self.run_job(**more)
        return int(self.report()["documents"].get("unchanged", 0))

    def test_the_cache(self):
        for number in range(5):
            self.write(f"in/{number}.txt", PROSE)
        job = {"more": "cache: true\n"}
        self.assertEqual([self.unchanged(**job), self.unchanged(**job)], [0, 5])
        self.write("words.py", "SIGNAL = 'octets'\n")
        self.assertEqual(self.unchanged(**job), 5, "what a script imports is no part of it")
        self.write("stage.py", STAGE + "\n# changed\n")
        self.assertEqual([self.unchanged(**job), self.unchanged(**job)], [0, 5])
        job["transforms"] = "[{plugin: {exec: [python3, stage.py]}, options: {x: 1}}]"
        self.assertEqual([self.unchanged(**job), self.unchanged(**job)], [0, 5])
        job["transforms"] = "[{plugin: {exec: [python3, -B, stage.py]}, options: {x: 1}}]"
        self.assertEqual([self.unchanged(**job), self.unchanged(**job)], [0, 5])

    def test_an_interrupted_job_goes_on(self):
        for number in range(60):
            self.write(f"in/{number:02}.txt", f"{PROSE} Pier {number}. stage:print")
        self.write("stage.py", STAGE.replace('print("printed on purpose"', 'time.sleep(0.02), print("printed on purpose"'))
        manifest = self.manifest()
        self.run_job(manifest=manifest, output="undisturbed")
        process = subprocess.Popen([GARNER, "run", manifest, "--workers", "2", "--output", "out"], cwd=self.scratch, env={**os.environ, **self.env},
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        printed = 0
        while printed < 10:
            printed += b"printed on purpose" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=600)
        self.assertEqual(process.returncode, 130)
        run = self.run_job(manifest=manifest)
        self.assertRegex(run.err, r"going on after \d+ documents of an interrupted run")
        self.assertEqual(results(self.path("out")), results(self.path("undisturbed")))

    def test_a_dead_letter_runs_again(self):
        self.write("in/a.txt", PROSE + " stage:refuse")
        self.run_job(transforms="[{plugin: {exec: [python3, stage.py]}, options: {large: 9007199254740993}}]", more="dead_letters: failed\n", expect=1)
        letter = glob.glob(self.path("out", "failed", "*"))[0]
        run = self.garner("replay", letter, expect=1, env=self.env)
        self.assertIn("the same as before", run.err + run.out)
        self.assertNotIn("not as it was", run.err)
        with open(os.path.join(letter, "letter.json"), encoding="utf-8") as file:
            stage = [stage for stage in json.load(file)["plan"]["stages"] if stage["label"] == "stage"][0]
        self.assertEqual(stage["program"], {"exec": ["python3", "stage.py"], "options_json": '{"large":9007199254740993}'})
        self.write("stage.py", STAGE.replace("raise garner_stage.Refused(", "return ("))
        run = self.garner("replay", letter, expect=0, env=self.env)
        self.assertIn("not as it was: stage was exec:stage sha256:", run.err)
        self.assertIn("ferry", run.out)

    def test_a_lock(self):
        self.write("in/a.txt", PROSE)
        manifest = self.manifest()
        self.garner("lock", manifest, expect=0, env=self.env)
        self.garner("check", "--locked", manifest, expect=0, env=self.env)
        self.write("stage.py", STAGE + "\n")
        run = self.garner("check", "--locked", manifest, expect=2, env=self.env)
        self.assertIn("the file stage.py: SHA-256", run.err)


class Mistakes(ProgramTest):
    def check(self, yaml):
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [jsonl]\n" + yaml)
        return self.garner("check", manifest, expect=2, env=self.env).err

    def test_are_told_with_their_place(self):
        self.assertIn("job.yaml:3:32: transforms[0]: 'exec' is missing", self.check("transforms: [{name: a, plugin: {}}]\n"))
        self.assertIn("job.yaml:3:30: transforms[0]: 'exec': a list of 1 to 1000 words is wanted, as [python3, my_stage.py], found 'python3 stage.py'",
                      self.check("transforms: [{plugin: {exec: python3 stage.py}}]\n"))
        self.assertIn("transforms[0] stage: 'exec': there is no program 'pyhton3' in the folders of PATH", self.check("transforms: [{plugin: {exec: [pyhton3, stage.py]}}]\n"))
        self.assertIn("for the file beside the manifest write './stage.py'", self.check("transforms: [{plugin: {exec: [stage.py]}}]\n"))
        self.assertIn("'./stage.py' cannot be executed; chmod +x, or name its interpreter first: [python3, ./stage.py]", self.check("transforms: [{plugin: {exec: [./stage.py]}}]\n"))
        self.assertIn("there is no program './nothing'; relative paths start at the manifest's folder", self.check("transforms: [{plugin: {exec: [./nothing]}}]\n"))
        self.assertIn("decoders[0]: 'media_types' is missing: a decoder would never be given a payload", self.check("decoders: [{plugin: {exec: [sh]}}]\n"))
        self.assertIn("transforms[0]: 'media_types' is for decoders only; this is a transform", self.check("transforms: [{plugin: {exec: [sh], media_types: [a/b]}}]\n"))
        self.assertIn("unknown key 'options'; it stands beside 'plugin', not in it", self.check("transforms: [{plugin: {exec: [sh], options: {}}}]\n"))
        self.assertIn("unknown key 'versoin'; did you mean 'version'?", self.check("transforms: [{plugin: {exec: [sh], versoin: 1}}]\n"))
        self.assertIn("'isolation': a program always has a process of its own", self.check("transforms: [{plugin: {exec: [sh]}, isolation: none}]\n"))
        self.assertIn("'name' is missing: the command gives none", self.check("transforms: [{plugin: {exec: [sh, 'a b']}}]\n"))
        sink = self.write("sink.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [{plugin: {exec: [sh]}}]\n")
        self.assertIn("sink.yaml:2:18: sinks[0]: the name of a sink is wanted, found a map; programs ('exec') can be decoders and transforms only",
                      self.garner("check", sink, expect=2, env=self.env).err)
        self.assertIn("'99999999999999999999' does not fit into 64 bits; put it in quotes", self.check("transforms: [{plugin: {exec: [sh]}, options: {n: 99999999999999999999}}]\n"))
        self.assertIn("'options': a map is wanted, found a list", self.check("transforms: [{plugin: {exec: [sh]}, options: [1]}]\n"))
        self.assertIn("'sh' is the name of transforms[0] already", self.check("transforms: [{plugin: {exec: [sh]}}, {plugin: {exec: [sh]}}]\n"))


class Protocol(ProgramTest):
    """docs/worker-protocol.md shows an exchange, byte by byte: it is what is spoken."""

    def blocks(self):
        with open(os.path.join(ROOT, "docs", "worker-protocol.md"), encoding="utf-8") as file:
            text = file.read()
        for who, dump in re.findall(r"^(host|stage):.*\n\n((?:    [0-9a-f]{2} .*\n)+)", text, re.MULTILINE):
            data = bytes.fromhex("".join(re.match(r"    ((?:[0-9a-f]{2} ?)+)", line).group(1) for line in dump.splitlines()))
            yield who, data

    def test_the_dump_is_spoken(self):
        exchange = list(self.blocks())
        self.assertEqual([who for who, _ in exchange], ["host", "stage", "host", "stage"])
        here, there = socket.socketpair()
        process = subprocess.Popen(["/bin/sh", "-c", f"exec {PYTHON} mask_addresses.py 3<&{there.fileno()}"], cwd=SAMPLE, pass_fds=[there.fileno()],
                                   env={**os.environ, **self.env, "PYTHONDONTWRITEBYTECODE": "1"})
        there.close()
        for who, data in exchange:
            if who == "host":
                here.sendall(data)
                continue
            found = b""
            while len(found) < len(data):
                part = here.recv(len(data) - len(found))
                self.assertTrue(part, "the stage has hung up")
                found += part
            self.assertEqual(found.hex(" "), data.hex(" "))
        here.close()
        self.assertEqual(process.wait(60), 0)


if __name__ == "__main__":
    unittest.main()
