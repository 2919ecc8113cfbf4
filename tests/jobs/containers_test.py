"""What stands in web archives and archives becomes the documents that the files themselves become; damage and malice cost what is damaged, and
no more than a named limit."""
import bz2
import gzip
import io
import json
import lzma
import os
import re
import resource
import shutil
import signal
import struct
import subprocess
import tarfile
import time
import unittest
import zipfile
import zlib

from gzip_quine import gzip_quine
from support import GARNER, IN_MEMORY, SAMPLES, JobTest, results
from web_archives import arc_head, arc_record, gzip_members, http_response, page_record, warc_record

PROTOC = os.environ["GARNER_PROTOC"]
PROTO_DIR = os.path.join(os.path.dirname(SAMPLES), "proto")
SANITIZED = bool(os.environ.get("GARNER_SANITIZE"))


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method, 9)
    return out.getvalue()


def tar_of(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def made_page(number, paragraphs=12):
    """A page of its own words, so that no two are alike."""
    def sentence(seed):
        words = [f"{chr(97 + (seed * k + number) % 26)}{(seed * 7919 + number * 104729 + k * 1299709) % 9973:x}" for k in range(5, 17)]
        return " ".join(words).capitalize() + "."
    body = "".join(f"<p>{sentence(3 * p + 1)} {sentence(3 * p + 2)} {sentence(3 * p + 3)}</p>\n" for p in range(paragraphs))
    return f"<!DOCTYPE html><html lang=en><head><title>Ledger {number}</title></head><body><h1>Ledger {number}</h1>\n{body}</body></html>\n".encode()


class Containers(JobTest):
    def documents(self, output):
        """The documents of a job as text, without what says where they came from."""
        with open(self.path(output, "documents.pb"), "rb") as file:
            stream = file.read()
        found = []
        at = 0
        while at < len(stream):
            size = shift = 0
            while True:
                byte = stream[at]
                at += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    break
            text = subprocess.run([PROTOC, "-I", PROTO_DIR, "--decode=garner.v1.Document", "garner/v1/document.proto"], input=stream[at:at + size],
                                  capture_output=True, check=True).stdout.decode()
            at += size
            text = re.sub(r"^source \{\n(  .*\n)*\}\n", "", text, flags=re.M)
            found.append(re.sub(r'^id: ".*"\n', "", text, flags=re.M))
        return found

    def pages(self):
        """Name, bytes, declared media type; in the order in which a job takes files."""
        folder = os.path.join(SAMPLES, "news", "input")
        found = []
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                found.append((name, file.read()))
        found += [(f"made-{number}.html", made_page(number)) for number in range(3)]
        return [(name, content, "text/html" if name.endswith("html") else "text/plain") for name, content in sorted(found)]

    def expected(self):
        for name, content, _ in self.pages():
            self.write("pages/" + name, content)
        self.job([self.path("pages")], output="expected")
        documents = self.documents("expected")
        self.assertEqual(len(documents), len(self.pages()))
        self.assertIn("source_map", documents[0])
        return documents

    def run_container(self, name, content, expect=0):
        path = self.write("in/" + name, content)
        run, records = self.job([path], output="out-" + name, expect=expect)
        return run, records

    def check_same(self, name, content, expected):
        with self.subTest(name=name):
            _, records = self.run_container(name, content)
            self.assertEqual([record["source"]["uri"] for record in records], [name] * len(expected))
            self.assertEqual(len({record["id"] for record in records}), len(expected), "each has an id of its own")
            for made, wanted in zip(self.documents("out-" + name), expected, strict=True):
                self.assertEqual(made, wanted)
            return records

    def test_web_archives_give_what_the_files_give(self):
        expected = self.expected()
        records = [page_record("http://mill.example/" + name, content, media_type) for name, content, media_type in self.pages()]
        info = warc_record("warcinfo", "", b"software: nobody\r\n", "application/warc-fields")
        self.check_same("plain.warc", info + b"".join(records), expected)
        found = self.check_same("pages.warc.gz", gzip_members([info, *records]), expected)
        offset = len(gzip_members([info]))
        self.assertEqual(found[0]["source"]["record_key"], str(offset), "the offset that indexes have")
        self.check_same("one-member.warc.gz", gzip.compress(info + b"".join(records)), expected)
        if shutil.which("zstd"):
            frames = [subprocess.run(["zstd", "-q", "-c"], input=record, capture_output=True, check=True).stdout for record in [info, *records]]
            self.check_same("pages.warc.zst", b"".join(frames), expected)
        lines = [arc_head()] + [arc_record("http://mill.example/" + name, http_response(content, media_type), media_type) for name, content, media_type in self.pages()]
        self.check_same("pages.arc", b"".join(lines), expected)
        self.check_same("pages.arc.gz", gzip_members(lines), expected)

    def test_what_http_did_to_a_page_is_undone(self):
        expected = self.expected()
        records = []
        for number, (name, content, media_type) in enumerate(self.pages()):
            sent, more = content, []
            if number % 2 == 0:
                sent, more = gzip.compress(sent), ["Content-Encoding: gzip"]
            if number % 3 == 0:
                pieces = [sent[at:at + 777] for at in range(0, len(sent), 777)]
                sent, more = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n", [*more, "Transfer-Encoding: chunked"]
            records.append(warc_record("response", "http://mill.example/" + name, http_response(sent, media_type, more)))
        self.check_same("coded.warc.gz", gzip_members(records), expected)

    def test_archives_give_what_the_files_give(self):
        expected = self.expected()
        members = [(name, content) for name, content, _ in self.pages()]
        tar = tar_of(members)
        for name, content in (("pages.zip", zip_of(members)), ("stored.zip", zip_of(members, zipfile.ZIP_STORED)), ("pages.tar", tar), ("pages.tar.gz", gzip.compress(tar)),
                              ("pages.tar.bz2", bz2.compress(tar)), ("pages.tar.xz", lzma.compress(tar)), ("pages.zip.gz", gzip.compress(zip_of(members)))):
            records = self.check_same(name, content, expected)
            self.assertEqual([record["source"]["container_path"] for record in records or []], [name for name, _ in members] if records else [])

    def test_a_compressed_file_is_one_document(self):
        for name, content in (("note.txt.bz2", bz2.compress(b"The ferry crosses the strait in forty minutes.\n")), ("note.txt.xz", lzma.compress(b"The ferry crosses the strait in forty minutes.\n"))):
            _, records = self.run_container(name, content)
            self.assertEqual([(record["source"]["container_path"], record["text"]) for record in records], [("note.txt", "The ferry crosses the strait in forty minutes.")])

    def test_containers_inside_containers(self):
        expected = self.expected()
        members = [(name, content) for name, content, _ in self.pages()]
        warc = gzip_members([page_record("http://mill.example/" + name, content, media_type) for name, content, media_type in self.pages()])
        self.check_same("zip-in-tar.tar.gz", gzip.compress(tar_of([("inner.zip", zip_of(members))])), expected)
        self.check_same("warc-in-zip.zip", zip_of([("crawl/pages.warc.gz", warc)]), expected)
        self.check_same("four-deep.tar.xz", lzma.compress(tar_of([("a.zip", zip_of([("b.tar.bz2", bz2.compress(tar_of([("c.zip", zip_of(members))])))]))])), expected)

    def test_a_large_first_member_does_not_hide_the_container(self):
        """What is seen of compressed bytes is more than one look takes in."""
        page = b"<p>" + b"The miller counts his sacks again. " * 20000 + b"</p>"
        many = [made_page(number) for number in range(200)]
        for name, content, count in (("large.warc.gz", gzip_members([page_record("http://mill.example/", page)]), 1), ("large.tar.gz", gzip.compress(tar_of([("a.html", page)])), 1),
                                     ("many.warc.gz", gzip_members([page_record("http://mill.example/", page) for page in many]), 200),
                                     ("many.tar.gz", gzip.compress(tar_of([(f"{number:03}.html", page) for number, page in enumerate(many)])), 200)):
            with self.subTest(name=name):
                self.assertEqual(len(self.run_container(name, content)[1]), count)

    def test_office_documents_are_no_archives(self):
        docx = zip_of([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])
        run, records = self.run_container("letter.docx", docx, expect=1)
        self.assertEqual(records, [])
        self.assertIn("wordprocessingml", run.err)

    def outcomes(self, output):
        with open(self.path(output, "report.json"), encoding="utf-8") as file:
            return json.load(file)["documents"]

    def check_sum(self, output):
        counts = self.outcomes(output)
        read = int(counts["read"])
        self.assertEqual(read, sum(int(counts.get(key, 0)) for key in ("written", "dropped", "failed")), counts)
        return counts

    def test_damage_costs_what_is_damaged(self):
        pages = [made_page(number) for number in range(8)]
        records = [page_record(f"http://mill.example/{number}", page) for number, page in enumerate(pages)]
        members = [gzip.compress(record, mtime=0) for record in records]
        members[3] = members[3][:200] + b"\x00\xff\x00" + members[3][203:]
        run, found = self.run_container("damaged.warc.gz", b"".join(members), expect=1)
        self.assertEqual([record["title"] for record in found], [f"Ledger {number}" for number in (0, 1, 2, 4, 5, 6, 7)])
        self.assertIn(f"the gzip member at byte {sum(map(len, members[:3]))} is damaged", run.err)
        self.assertEqual(int(self.check_sum("out-damaged.warc.gz")["failed"]), 1)

        lying = records[:3] + [warc_record("response", "http://mill.example/3", http_response(pages[3]), length=10**9)] + records[4:]
        run, found = self.run_container("lying.warc", b"".join(lying), expect=1)
        self.assertEqual(len(found), 7, run.err)
        self.check_sum("out-lying.warc")

        tar = gzip.compress(tar_of([(f"{number}.html", page) for number, page in enumerate(pages)]))
        run, found = self.run_container("cut.tar.gz", tar[:len(tar) // 2], expect=1)
        self.assertGreater(len(found), 1)
        self.assertLess(len(found), 8)
        self.assertRegex(run.err, "cut.tar.gz.*(truncated|too early|cut off)")
        self.check_sum("out-cut.tar.gz")

    def run_hostile(self, name, content):
        """Its words, and the most memory it had."""
        path = self.write("in/" + name, content)

        def limits():
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
            if not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

        manifest = self.write("hostile.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [{plugin: jsonl, options: {path: documents.jsonl}}]\nlimits: {workers: 1}\n")
        with open(self.path("words"), "wb") as words:
            run = subprocess.Popen([GARNER, "run", manifest, "--input", path, "--output", self.path("out-" + name)], stdout=subprocess.DEVNULL, stderr=words, preexec_fn=limits)
            _, status, usage = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
        with open(self.path("words"), encoding="utf-8") as words:
            said = words.read()
        self.assertEqual(run.returncode, 1, said)
        print(f"{name}: {len(content)} bytes, {usage.ru_maxrss >> 10} MB, {usage.ru_utime + usage.ru_stime:.2f} s of processor")
        if not SANITIZED:
            self.assertLess(usage.ru_maxrss, 200 << 10, "kilobytes")
        self.check_sum("out-" + name)
        return said

    def test_bombs_cost_their_limit_and_name_it(self):
        zeros = bytes(200 << 20)
        bomb = zip_of([("zeros.txt", zeros)])
        said = self.run_hostile("bomb.zip", bomb)
        self.assertIn("raise max_expansion_ratio of the archive unpacker", said)
        self.assertIn("raise max_expansion_ratio of the archive unpacker", self.run_hostile("bomb.tar.xz", lzma.compress(tar_of([("zeros.txt", zeros)]))))

        # Members that share their bytes.
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packed.compress(zeros[:1 << 20]) + packed.flush()
        body = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, zlib.crc32(zeros[:1 << 20]), len(packed), 1 << 20, 1, 0) + b"0" + packed
        line = b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 0, zlib.crc32(zeros[:1 << 20]), len(packed), 1 << 20, 1, 0, 0, 0, 0, 0, 0) + b"0"
        table = line * 20000
        end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 20000, 20000, len(table), len(body), 0)
        self.run_hostile("overlapping.zip", body + table + end)

        deep = zip_of([("end.txt", b"the end")])
        for level in range(30):
            deep = zip_of([(f"level{level}.zip", deep)])
        self.assertIn("container_depth", self.run_hostile("deep.zip", deep))

        layers = b"a text under many layers\n"
        for _ in range(60):
            layers = gzip.compress(layers)
        self.assertIn("max_compression_layers", self.run_hostile("layers.gz", layers))

        quine = gzip_quine()
        self.assertEqual(gzip.decompress(quine), quine)
        self.assertIn("max_compression_layers", self.run_hostile("quine.gz", quine))
        self.assertIn("max_compression_layers", self.run_hostile("quine.tar", tar_of([("quine.gz", quine)])))

        # Each archive in it is within its own bounds.
        wide = zip_of([(f"{number}.txt", bytes(1 << 19)) for number in range(16)])
        for level in range(3):
            wide = zip_of([(f"{level}{number}.zip", wide) for number in range(16)])
        self.assertIn("raise limits.container_ratio", self.run_hostile("wide.zip", wide))

    def test_lies_and_floods_in_web_archives(self):
        zeros = bytes(300 << 20)
        self.assertIn("raise max_expansion_ratio of the warc unpacker", self.run_hostile("bomb.warc.gz", gzip_members([page_record("http://mill.example/", b"a"), warc_record("response", "http://mill.example/0", http_response(zeros))])))
        coded = warc_record("response", "http://mill.example/0", http_response(gzip.compress(zeros), more=["Content-Encoding: gzip"]))
        self.assertIn("raise max_expansion_ratio of the warc unpacker", self.run_hostile("coded.warc", coded))
        flood = [f"X-{number}: y" for number in range(100_000)]
        self.assertRegex(self.run_hostile("flood.warc", warc_record("response", "http://mill.example/", http_response(b"x", more=flood)) + warc_record("response", "http://mill.example/", b"x", more=flood)),
                         "raise max_header(s|_bytes) of the warc unpacker")
        lies = warc_record("response", "http://mill.example/", http_response(b"x"), length=10**18) * 5000
        self.assertIn("raise max_damages of the warc unpacker", self.run_hostile("lies.warc", lies))
        large = warc_record("response", "http://mill.example/", http_response(zeros[:100 << 20]))
        self.assertIn("raise max_record_bytes of the warc unpacker", self.run_hostile("large.warc", large))


class Interrupted(JobTest):
    """A job over one large web archive that is killed in its middle goes on there."""

    pages = 3000 if SANITIZED else 12000
    scratch_parent = IN_MEMORY

    def start(self):
        return subprocess.Popen([GARNER, "run", self.manifest, "--output", "out", "--workers", "2"], cwd=self.scratch, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def report(self):
        with open(self.path("out", "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def size_of(self, *parts):
        try:
            return os.path.getsize(self.path(*parts))
        except OSError:
            return 0

    def test_kill_in_the_middle(self):
        self.write("crawl.warc.gz", gzip_members([page_record(f"http://mill.example/{number}", made_page(number)) for number in range(self.pages)]))
        self.manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [crawl.warc.gz]}}\ntransforms: [text_normalizer]\n"
                                   "sinks: [{plugin: jsonl, options: {path: documents.jsonl}}, {plugin: protobuf, options: {path: documents.pb}}]\n")
        self.garner("run", self.manifest, "--output", "undisturbed", "--workers", "2", expect=0)
        expected = results(self.path("undisturbed"))
        whole = len(expected["documents.jsonl"])
        for part in (0.4, 0.7):
            run = self.start()
            while run.poll() is None and self.size_of("out", "documents.jsonl.part") < whole * part:
                time.sleep(0.001)
            self.assertIsNone(run.poll(), "it ended before it was killed")
            run.send_signal(signal.SIGKILL)
            run.communicate(timeout=600)
        self.garner("run", self.manifest, "--output", "out", "--workers", "2", expect=0)
        self.assertEqual(results(self.path("out")), expected)
        self.assertGreater(int(self.report()["resumed"]), 0, "it began from the start")
        self.assertEqual(int(self.report()["documents"]["read"]), self.pages)


if __name__ == "__main__":
    unittest.main()
