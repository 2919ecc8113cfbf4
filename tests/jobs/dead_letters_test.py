"""Dead letters from outside: which documents get one, what is in it, and what `garner replay` makes of it."""
import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import unittest

from support import GARNER, JobTest

PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
PROSE = "The ferry crosses the strait in forty minutes and carries nine cars.\n"
BINARY = bytes(range(256)) * 20
# More elements than max_nodes allows below.
CROWDED = "<html><body>" + "<p>Nets dry on the quay.</p>" * 2000 + "</body></html>"
MANIFEST = """source: {plugin: files, options: {paths: [in]}}
dead_letters: failed
decoders:
  - {plugin: html, options: {max_nodes: 1000}}
transforms:
  - html_cleaner
  - {plugin: stumbler, name: gate, options: {stones: [granite], door: {key: sesame}}, when: {media_type: text/plain}}
sinks: [jsonl]
"""


def id_of(uri):
    return hashlib.sha256(uri.encode() + b"\0\0").hexdigest()[:32]


class DeadLetters(JobTest):
    def setUp(self):
        super().setUp()
        self.manifest = self.write("job.yaml", MANIFEST)
        self.write("in/sound.txt", PROSE)

    def garner(self, *arguments, **more):
        return super().garner("--plugin-dir", PLUGINS, *arguments, **more)

    def run_job(self, *arguments, expect=1, output="out"):
        return self.garner("run", self.manifest, "--output", output, *arguments, expect=expect)

    def read(self, *parts):
        with open(self.path(*parts), "rb") as file:
            return file.read()

    def letter(self, uri, *parts, folder="out/failed"):
        return self.path(*folder.split("/"), id_of(uri), *parts)

    def record(self, uri, **more):
        with open(self.letter(uri, "letter.json", **more), encoding="utf-8") as file:
            return json.load(file)

    def change_record(self, uri, change):
        record = self.record(uri)
        change(record)
        with open(self.letter(uri, "letter.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)

    def replay(self, uri, *arguments, expect, **more):
        return self.garner("replay", self.letter(uri), *arguments, expect=expect, **more)


class Letters(DeadLetters):
    def test_every_failed_document_has_one(self):
        payloads = {"in/binary.bin": BINARY, "in/crowded.html": CROWDED.encode(), "in/stone.txt": (PROSE + "granite\n").encode()}
        for uri, payload in payloads.items():
            self.write(uri, payload)
        os.mkfifo(self.path("in", "pipe"))
        run = self.run_job()
        self.assertIn("1 written, 0 dropped, 4 failed", run.err)
        self.assertIn(self.path("out", "failed"), run.err)
        self.assertEqual(sorted(os.listdir(self.path("out", "failed"))), sorted(map(id_of, [*payloads, "in/pipe"])))
        stages = {"in/binary.bin": ("detect", "unsupported"), "in/crowded.html": ("html", "limit"), "in/stone.txt": ("gate", "internal")}
        for uri, payload in payloads.items():
            with self.subTest(uri):
                with open(self.letter(uri, "payload"), "rb") as file:
                    self.assertEqual(file.read(), payload)
                record = self.record(uri)
                self.assertEqual(record["id"], id_of(uri))
                self.assertEqual(record["source"]["uri"], uri)
                self.assertEqual(record["source"]["sha256"], hashlib.sha256(payload).hexdigest())
                self.assertEqual(record["source"]["bytes"], str(len(payload)))
                self.assertEqual((record["failure"]["stage"], record["failure"]["kind"]), stages[uri])
                self.assertIn(record["failure"]["message"], run.err)
        self.assertEqual(self.record("in/stone.txt")["source"]["charset"], "UTF-8")
        pipe = self.record("in/pipe")
        self.assertEqual(pipe["payload"], "UNREADABLE")
        self.assertEqual(os.listdir(self.letter("in/pipe")), ["letter.json"])
        self.assertIn("no payload", self.replay("in/pipe", expect=2).err)

    def test_the_plan_is_the_resolved_one(self):
        self.write("in/binary.bin", BINARY)
        self.run_job("--set", "html.max_nodes=2000")
        record = self.record("in/binary.bin")
        stages = {stage["label"]: stage for stage in record["plan"]["stages"]}
        kinds = {plugin["name"]: plugin["kind"] for plugin in json.loads(self.garner("plugins", "--json", expect=0).out)["plugins"]}
        self.assertEqual([label for label in stages if kinds.get(label) not in ("decoder", "unpacker")], ["files", "html_cleaner", "gate", "jsonl"])
        decoders = [name for name, kind in kinds.items() if kind == "decoder"]
        self.assertEqual([label for label in stages if label in decoders], decoders)  # all of them take part
        self.assertEqual(stages["html"]["options"], {"max_nodes": "2000"})
        self.assertEqual(stages["files"]["options"], {"paths": ["in"]})
        self.assertEqual(stages["gate"]["plugin"], "stumbler")
        self.assertEqual(stages["gate"]["version"], "1.0.0")
        self.assertEqual(stages["gate"]["when"], {"media_type": ["text/plain"]})
        with open(os.path.join(PLUGINS, "stumbler.so"), "rb") as file:
            self.assertEqual(stages["gate"]["sha256"], hashlib.sha256(file.read()).hexdigest())
        self.assertTrue(record["garner_version"])

    def test_secrets_are_left_out(self):
        self.write("in/stone.txt", "granite\n")
        self.run_job()
        with open(self.letter("in/stone.txt", "letter.json"), encoding="utf-8") as file:
            self.assertNotIn("sesame", file.read())
        gate = [stage for stage in self.record("in/stone.txt")["plan"]["stages"] if stage["label"] == "gate"][0]
        self.assertEqual(gate["left_out"], ["door.key"])
        self.assertEqual(gate["options"], {"stones": ["granite"], "door": {}})
        self.assertNotIn("options_hash", gate)

    def test_no_letters_unless_asked(self):
        self.write("in/binary.bin", BINARY)
        plain = self.write("plain.yaml", MANIFEST.replace("dead_letters: failed\n", ""))
        self.garner("run", plain, "--output", "out", expect=1)
        self.assertFalse(os.path.exists(self.path("out", "failed")))

    def test_an_absolute_folder_is_taken_as_it_is(self):
        self.write("in/binary.bin", BINARY)
        absolute = self.write("absolute.yaml", MANIFEST.replace("dead_letters: failed", "dead_letters: " + self.path("kept", "here")))
        self.garner("run", absolute, "--output", "out", expect=1)
        self.assertTrue(os.path.exists(self.letter("in/binary.bin", "payload", folder="kept/here")))

    def test_the_command_line_replaces_the_manifest(self):
        self.write("in/binary.bin", BINARY)
        self.run_job("--dead-letters", "elsewhere/letters")
        self.assertFalse(os.path.exists(self.path("out", "failed")))
        self.assertTrue(os.path.exists(self.letter("in/binary.bin", "payload", folder="elsewhere/letters")))
        self.assertIn("--dead-letters", self.garner("run", self.manifest, "--dead-letters", "", expect=2).err)

    def test_a_later_run_replaces_a_letter_and_removes_none(self):
        self.write("in/binary.bin", BINARY)
        self.write("in/stone.txt", "granite\n")
        self.run_job()
        self.write("in/binary.bin", BINARY + b"\0more")
        self.write("in/stone.txt", PROSE)
        self.run_job()
        self.assertEqual(os.path.getsize(self.letter("in/binary.bin", "payload")), len(BINARY) + 5)
        self.assertTrue(os.path.exists(self.letter("in/stone.txt")), "a letter stays until its owner removes it")
        self.assertEqual(len(os.listdir(self.path("out", "failed"))), 2)

    def test_letters_do_not_depend_on_the_workers(self):
        for number in range(40):
            self.write(f"in/{number}.txt", PROSE if number % 3 else f"granite {number}\n")
        trees = []
        for workers in ("1", "4"):
            self.run_job("--workers", workers, "--dead-letters", "by" + workers)
            trees.append({name: self.read("by" + workers, name, "letter.json") for name in os.listdir(self.path("by" + workers))})
        self.assertEqual(len(trees[0]), 14)
        self.assertEqual(trees[0], trees[1])

    def test_letters_among_the_inputs_are_noted(self):
        self.assertIn("may be documents of the next", self.run_job("--dead-letters", "in/failed", expect=0).err)
        for arguments in ((), ("--dead-letters", "inner"), ("--input", self.scratch)):
            self.assertNotIn("may be documents of the next", self.run_job(*arguments, "--set", "files.include=[sound.txt]", expect=0).err)

    def test_results_and_letters_of_a_second_run_are_no_input(self):
        self.write("in/binary.bin", BINARY)
        for _ in range(2):
            run = self.run_job("--input", self.scratch, "--set", "files.exclude=['*.yaml']", output="out")
            self.assertIn("2 documents read", run.err)


class Trouble(DeadLetters):
    def test_a_folder_that_cannot_be_is_refused_before_any_work(self):
        self.write("file", "x")
        run = self.run_job("--dead-letters", "file/letters", expect=2)
        self.assertIn("dead letters", run.err)
        self.assertIn("file/letters", run.err)
        self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))

    def test_a_letter_that_cannot_be_written_stops_the_job(self):
        """As on a full disk: files may not grow beyond a few kilobytes, which is more than the results need."""
        self.write("in/binary.bin", BINARY * 100)

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        run = subprocess.run([GARNER, "--plugin-dir", PLUGINS, "run", self.manifest, "--output", "out"], cwd=self.scratch,
                             capture_output=True, text=True, timeout=300, preexec_fn=small_files)
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("dead letters", run.stderr)
        self.assertIn("payload: cannot be written", run.stderr)
        self.assertEqual(os.listdir(self.path("out", "failed")), [], "no half of a letter")
        self.assertFalse(os.path.exists(self.path("out", "documents.jsonl")))


class Replay(DeadLetters):
    def setUp(self):
        super().setUp()
        self.write("in/binary.bin", BINARY)
        self.write("in/crowded.html", CROWDED)
        self.write("in/stone.txt", PROSE + "granite\n")
        self.run_job()
        shutil.rmtree(self.path("in"))  # the letters are enough

    def test_the_same_failure(self):
        for uri in ("in/binary.bin", "in/crowded.html", "in/stone.txt"):
            with self.subTest(uri):
                run = self.replay(uri, expect=1)
                self.assertIn(self.record(uri)["failure"]["message"], run.err)
                self.assertIn("the same as before", run.err)
                self.assertEqual(run.out, "")

    def test_a_changed_option_helps(self):
        run = self.replay("in/crowded.html", "--set", "html.max_nodes=100000", expect=0)
        self.assertEqual(run.out.count("Nets dry on the quay."), 2000)
        run = self.replay("in/stone.txt", "--set", "gate.stones=[]", "--set", "stumbler.cry=ouch", expect=0)
        self.assertEqual(run.out, PROSE + "granite\n" if "\n\n" not in run.out else PROSE + "\ngranite\n")
        run = self.replay("in/stone.txt", "--set", "gate.cry=ouch", expect=1)
        self.assertIn("granite: ouch", run.err)
        self.assertIn("before it failed in gate (internal): granite: stumbled", run.err)

    def test_a_secret_is_given_again(self):
        self.write("in/door.txt", "The door is shut, granite.\n")
        self.run_job()
        run = self.replay("in/door.txt", "--set", "gate.stones=[]", expect=1)
        self.assertIn("the secret option 'door.key' is not in the letter", run.err)
        self.assertIn("the door stays shut", run.err)
        run = self.replay("in/door.txt", "--set", "gate.stones=[]", "--set", "gate.door.key=sesame", expect=0)
        self.assertEqual(run.out, "The door is shut, granite.\n")

    def test_a_wrong_option_is_refused(self):
        self.assertIn("did you mean 'max_nodes'", self.replay("in/crowded.html", "--set", "html.max_node=1", expect=2).err)
        self.assertIn("out of range", self.replay("in/crowded.html", "--set", "html.max_nodes=1", expect=2).err)

    def test_the_sinks_take_part_on_request(self):
        run = self.replay("in/stone.txt", "--set", "gate.stones=[]", "--output", "one", expect=0)
        self.assertEqual(run.out, "")
        self.assertEqual([record["source"]["uri"] for record in self.records("one", "documents.jsonl")], ["in/stone.txt"])
        before = self.records("out", "documents.jsonl")
        self.assertIn("not empty", self.replay("in/stone.txt", "--set", "gate.stones=[]", "--output", "out", expect=2).err)
        self.assertEqual(self.records("out", "documents.jsonl"), before, "one document does not take the place of a job's results")
        self.replay("in/stone.txt", "--output", "failed_again", expect=1)
        self.assertEqual(os.listdir(self.path("failed_again")), [])

    def test_json(self):
        result = json.loads(self.replay("in/stone.txt", "--json", expect=1).out)
        self.assertEqual((result["outcome"], result["stage"], result["reason"]), ("failed", "gate", "internal"))
        self.assertEqual(result["recorded"]["stage"], "gate")
        result = json.loads(self.replay("in/stone.txt", "--json", "--set", "gate.stones=[]", expect=0).out)
        self.assertEqual(result["outcome"], "written")
        self.assertIn("ferry", result["text"])

    def test_what_differs_is_told(self):
        def age(record):
            record["garner_version"] = "0.0.7"
            for stage in record["plan"]["stages"]:
                if stage["label"] == "gate":
                    stage["version"] = "0.9.0"
                if stage["label"] == "html":
                    stage["sha256"] = "0" * 64
        self.change_record("in/stone.txt", age)
        run = self.replay("in/stone.txt", expect=1)
        self.assertIn("garner was 0.0.7, is ", run.err)
        self.assertIn("gate was stumbler 0.9.0, is 1.0.0", run.err)
        self.assertIn("html is another build of html", run.err)
        self.assertEqual(len(json.loads(self.replay("in/stone.txt", "--json", expect=1).out)["differences"]), 4)  # and the secret

    def test_a_plugin_that_is_gone_is_named(self):
        run = JobTest.garner(self, "replay", self.letter("in/stone.txt"), expect=2)
        self.assertIn("there is no plugin 'stumbler'", run.err)

    def test_the_list(self):
        run = self.garner("replay", "out/failed", expect=0)
        self.assertEqual([line.split()[0] for line in run.out.splitlines()], sorted(map(id_of, ("in/binary.bin", "in/crowded.html", "in/stone.txt"))))
        self.assertIn("in/stone.txt: failed in gate (internal): granite: stumbled", run.out)
        listed = json.loads(self.garner("replay", "out/failed", "--json", expect=0).out)
        self.assertEqual([letter["uri"] for letter in sorted(listed["letters"], key=lambda letter: letter["uri"])], ["in/binary.bin", "in/crowded.html", "in/stone.txt"])
        self.garner("replay", "out/failed", "--set", "gate.cry=x", expect=2)
        os.makedirs(self.path("none"))
        self.assertIn("no letters", self.garner("replay", "none", expect=0).err)
        self.garner("replay", "nowhere", expect=2)


class Hostile(DeadLetters):
    def setUp(self):
        super().setUp()
        self.write("in/stone.txt", PROSE + "granite\n")
        self.run_job()

    def refuse(self, *words):
        run = self.replay("in/stone.txt", expect=2)
        for word in words:
            self.assertIn(word, run.err)
        self.assertEqual(run.out, "")

    def test_names_and_messages_are_escaped(self):
        self.write("in/\x1b[31mred\u202e.bin", BINARY)

        def paint(record):
            record["failure"]["message"] = "a\x1b]0;title\x07\nb"
            record["failure"]["stage"] = "ga\x1b[2Jte"
            record["plan"]["stages"][0]["role"] = "\x1b[5mrole"
        self.run_job()
        self.change_record("in/stone.txt", paint)
        for arguments in (("replay", "out/failed"), ("replay", "out/failed", "--json"), ("replay", self.letter("in/stone.txt"))):
            run = self.garner(*arguments)
            self.assertNotRegex(run.out + run.err, "[\x00-\x09\x0b-\x1f\x7f]")
            self.assertNotIn("\u202e", run.err + (run.out if "--json" not in arguments else ""))

    def test_a_record_of_another_document(self):
        self.change_record("in/stone.txt", lambda record: record.update(id="../../../../etc/passwd"))
        self.refuse("'id': 32 hexadecimal digits")
        self.change_record("in/stone.txt", lambda record: record.update(id="f" * 32))
        self.refuse("not of this folder's document")

    def test_paths_in_a_record_open_nothing(self):
        self.write("secret", "granite\n")
        for key in ("payload_path", "path", "file"):
            self.change_record("in/stone.txt", lambda record, key=key: record.update({key: self.path("secret")}))
            self.refuse("letter.json", key)
            self.change_record("in/stone.txt", lambda record, key=key: record.pop(key))

    def test_sinks_stay_in_their_folder(self):
        def escape(record):
            for stage in record["plan"]["stages"]:
                if stage["label"] == "jsonl":
                    stage["options"] = {"path": "../escaped.jsonl"}
        self.change_record("in/stone.txt", escape)
        run = self.replay("in/stone.txt", "--set", "gate.stones=[]", "--output", "one", expect=2)
        self.assertIn("leaves the output folder", run.err)
        self.assertFalse(os.path.exists(self.path("escaped.jsonl")))

    def test_a_payload_that_is_a_link(self):
        shutil.copy(self.letter("in/stone.txt", "payload"), self.path("same"))
        os.remove(self.letter("in/stone.txt", "payload"))
        os.symlink(self.path("same"), self.letter("in/stone.txt", "payload"))
        self.refuse("payload: is a symbolic link")

    def test_a_letter_that_is_a_link(self):
        shutil.move(self.letter("in/stone.txt"), self.path("moved"))
        os.symlink(self.path("moved"), self.letter("in/stone.txt"))
        self.refuse("symbolic link")
        run = self.garner("replay", "out/failed", expect=1)
        self.assertIn("symbolic link", run.err)
        self.run_job()
        self.assertFalse(os.path.islink(self.letter("in/stone.txt")))
        self.assertEqual(sorted(os.listdir(self.path("moved"))), ["letter.json", "payload"], "what the link named is untouched")

    def test_another_payload(self):
        with open(self.letter("in/stone.txt", "payload"), "ab") as file:
            file.write(b"more")
        self.refuse("payload", "SHA-256")

    def test_records_that_are_none(self):
        for content in (b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 7}', b"[" * 200000, b'{"a":' * 200000, os.urandom(5000)):
            with self.subTest(content[:20]):
                with open(self.letter("in/stone.txt", "letter.json"), "wb") as file:
                    file.write(content)
                self.refuse("letter.json")
        self.assertEqual(self.garner("replay", "out/failed", expect=1).out, "")

    def test_options_of_another_type(self):
        for options in ({"stones": 7}, {"stones": {"a": 1}}, {"door": "open"}, {"nothing": True}, {"stones": [{"granite": 1}]}):
            with self.subTest(options):
                def change(record, options=options):
                    record["plan"]["stages"][4]["options"] = options
                self.change_record("in/stone.txt", change)
                self.refuse("gate")


if __name__ == "__main__":
    unittest.main()
