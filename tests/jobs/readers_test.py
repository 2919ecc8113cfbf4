"""Mail, Markdown, records, feeds and garner's own output, read by whole jobs."""
import base64
import gzip
import json
import os
import resource
import subprocess
import unittest

from support import GARNER, SAMPLES, JobTest, results

SANITIZED = bool(os.environ.get("GARNER_SANITIZE"))
INPUT = os.path.join(SAMPLES, "news", "input")

MANIFEST = """
source: {plugin: files, options: {paths: [in]}}
unpackers: [%s]
transforms: [%s]
sinks:
  - {plugin: jsonl, options: {path: documents.jsonl}}
  - {plugin: protobuf, options: {path: documents.pb}}
"""


def mail(headers, body):
    return "From: Ada Brandt <ada@harbour.example>\nMessage-ID: <7@harbour.example>\nMIME-Version: 1.0\n" + headers + "\n" + body


PAGE = "<!DOCTYPE html><html><head><title>Page title</title></head><body><p>The lamp at the northern gate is lit again.</p></body></html>"
MIXED = mail("Subject: Minutes\nDate: Mon, 6 May 2024 09:30:00 +0200\nContent-Type: multipart/mixed; boundary=cut\n",
             "--cut\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n" +
             base64.encodebytes("Протокол приложен к письму.".encode("koi8-r")).decode() +
             "--cut\nContent-Type: text/markdown; name=minutes.md\n\n# Minutes\n\nThe *gate* stays closed.\n"
             "--cut\nContent-Type: message/rfc822\n\n" + mail("Subject: =?windows-1251?B?%s?=\n" % base64.b64encode("Мост".encode("cp1251")).decode(), "Inner words.\n") + "\n--cut--\n")
HTML_ONLY = mail("Subject: Lamp\nDate: Tue, 7 May 2024 10:00:00 +0000\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n", base64.encodebytes(PAGE.encode()).decode())
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Quay Courier</title><link>http://courier.example/</link>
<item><title>Fares rise</title><link>/fares</link><guid isPermaLink="false">f-1</guid><pubDate>Mon, 06 May 2024 09:30:00 GMT</pubDate>
<description>&lt;p&gt;The fares of the harbour ferry rise in June.&lt;/p&gt;</description></item>
<item><title>Gate closed</title><guid isPermaLink="false">f-2</guid><description>The northern gate stays closed.</description></item>
</channel></rss>
"""


class Readers(JobTest):
    def run_job(self, files, output="out", unpackers="", transforms="", expect=0, isolated=False):
        for name, content in files.items():
            self.write("in/" + name, content)
        manifest = self.write("job.yaml", MANIFEST % (unpackers, transforms) + ("default_isolation: process\n" if isolated else ""))
        run = self.garner("run", manifest, "--output", self.path(output), expect=expect)
        return run, self.records(output, "documents.jsonl")

    def report(self, output):
        with open(self.path(output, "report.json"), encoding="utf-8") as file:
            return json.load(file)

    def names(self, records):
        return [(record["source"].get("container_path"), record["source"].get("record_key")) for record in records]

    def test_mail_gives_its_text_and_what_it_holds(self):
        _, records = self.run_job({"a.eml": MIXED, "b.eml": HTML_ONLY})
        self.assertEqual([(record["source"]["uri"], record["source"].get("container_path")) for record in records],
                         [("in/a.eml", None), ("in/a.eml", "minutes.md"), ("in/a.eml", "message.eml"), ("in/b.eml", "body.html")])
        letter, minutes, inner, page = records
        self.assertEqual((letter["title"], letter["text"], letter["metadata"]["authors"]), ("Minutes", "Протокол приложен к письму.", ["Ada Brandt"]))
        self.assertEqual((letter["metadata"]["date_published"], letter["source"]["charset"]), ("2024-05-06T09:30:00+02:00", "KOI8-R"))
        self.assertEqual((minutes["title"], minutes["text"]), ("Minutes", "The gate stays closed."))
        self.assertEqual((inner["title"], inner["text"]), ("Мост", "Inner words."))
        self.assertEqual((page["title"], page["text"]), ("Lamp", "The lamp at the northern gate is lit again."), "the mail's headers go before the page's own title")
        self.assertEqual(page["metadata"]["date_published"], "2024-05-07T10:00:00Z")
        report = self.report("out")
        self.assertEqual((report["documents"]["written"], report["documents"]["dropped"]), ("4", "1"))
        self.assertIn("body_in_child", json.dumps(report))

    def test_records_and_entries_are_documents(self):
        lines = '{"body": "The ferry crosses the strait.", "headline": "Ferry", "id": "x-1"}\n{"body": 5}\n{"body": "# Not a heading", "by": ["Mia Holt"], "id": "x-3"}\n'
        options = "{plugin: jsonl_reader, options: {text_field: body, id_field: id, metadata: [title=headline, authors=by]}}"
        run, records = self.run_job({"a.jsonl": lines, "b.jsonl.gz": gzip.compress(lines.encode()), "c.xml": FEED, "d.json": json.dumps([{"body": "In an array."}], indent=1)}, unpackers=options, expect=1)
        self.assertIn("line 2, whose field 'body' is no string", run.err)
        self.assertEqual(self.names(records), [(None, "x-1"), (None, "x-3")] * 2 + [(None, "f-1"), (None, "f-2"), (None, "1")])
        self.assertEqual([record["text"] for record in records[:2]], ["The ferry crosses the strait.", "# Not a heading"])
        self.assertEqual((records[0]["title"], records[1]["metadata"]["authors"]), ("Ferry", ["Mia Holt"]))
        self.assertEqual([record["text"] for record in records[4:]], ["The fares of the harbour ferry rise in June.", "The northern gate stays closed.", "In an array."])
        self.assertEqual([record["source"]["media_type"] for record in records[4:6]], ["text/html", "text/plain"])
        self.assertEqual((records[4]["title"], records[4]["metadata"]["date_published"]), ("Fares rise", "2024-05-06T09:30:00Z"))
        self.assertEqual(len({record["id"] for record in records}), len(records))

    def test_records_give_what_the_texts_give(self):
        names, texts = [], []
        for name in sorted(name for name in os.listdir(INPUT) if name.endswith(".txt")):
            with open(os.path.join(INPUT, name), "rb") as file:
                content = file.read()
            try:
                texts.append(content.decode("utf-8"))
                names.append(name)
            except UnicodeDecodeError:
                pass  # JSON is UTF-8
        self.assertGreater(len(names), 3)
        _, expected = self.job([os.path.join(INPUT, name) for name in names], output="files")
        lines = "".join(json.dumps({"text": text}, ensure_ascii=number % 2 == 0) + "\n" for number, text in enumerate(texts))
        _, records = self.job([self.write("texts.jsonl", lines)], output="records")
        self.assertEqual(len(records), len(names))
        for record, wanted in zip(records, expected, strict=True):
            self.assertEqual({**record, "id": 0, "source": 0}, {**wanted, "id": 0, "source": 0})
            self.assertEqual(record["source"]["sha256"], wanted["source"]["sha256"])

    def test_output_is_read_back_and_written_again_as_it_was(self):
        files = {"a.eml": MIXED, "b.eml": HTML_ONLY, "c.xml": FEED, "d.md": "# Gate\n\nThe *gate* stays closed.\n", "e.jsonl": '{"text": "The ferry."}\n'}
        for name in os.listdir(INPUT):
            with open(os.path.join(INPUT, name), "rb") as file:
                files[name] = file.read()
        self.run_job(files, transforms="html_cleaner, text_normalizer, language, metadata_lines, boilerplate_stripper, deduplicator, entity_tagger")
        wanted = results(self.path("out"))
        written = wanted["documents.pb"]
        self.assertGreater(len(written), 1000)
        packed = {"documents.pb": written, "documents.pb.gz": gzip.compress(written)}
        for name, content in packed.items():
            for isolated in (False, True):
                with self.subTest(name=name, isolated=isolated):
                    path = self.write(f"back-{name}/" + name, content)
                    manifest = self.write("again.yaml", "source: {plugin: files, options: {paths: [%s]}}\nsinks: [{plugin: protobuf, options: {path: documents.pb}}, {plugin: jsonl, options: {path: documents.jsonl}}]\n" % path
                                          + ("default_isolation: process\n" if isolated else ""))
                    output = f"again-{name}-{isolated}"
                    self.garner("run", manifest, "--output", self.path(output), expect=0)
                    self.assertEqual(results(self.path(output)), wanted)

    def test_isolated_stages_make_the_same(self):
        files = {"a.eml": MIXED, "b.eml": HTML_ONLY, "d.md": "---\ntitle: Gate\n---\n\nThe gate &uuml;ber all.\n", "e.eml": mail("Subject: =?iso-2022-jp?B?GyRCRkwbKEI=?=\nDate: 3 Jan 2023 18:05 EST\nContent-Type: text/plain; charset=shift_jis\n", "").encode() + "港の門は閉まります。".encode("shift_jis")}
        self.run_job(files, output="inside")
        self.run_job(files, output="outside", isolated=True)
        self.assertEqual(results(self.path("outside")), results(self.path("inside")))

    def test_made_up_documents_are_refused(self):
        def field(number, content):
            return bytes([number << 3 | 2, len(content)]) + content
        identity = field(1, b"0123456789abcdef" * 2)
        # Text that no block and no map covers; an id that is none; no message at all.
        documents = [identity + field(3, b"Made up."), field(1, b"../../etc"), identity + b"\xff\xff"]
        run, records = self.run_job({"made.pb": b"".join(bytes([len(document)]) + document for document in documents)}, expect=1)
        self.assertEqual(records, [])
        self.assertEqual(self.report("out")["documents"]["failed"], "3", run.err)

    def run_hostile(self, name, content):
        """Its words; it may not take more than a moment and some memory."""
        self.write("hostile/" + name, content)

        def limits():
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
            if not SANITIZED:
                resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))

        manifest = self.write("hostile.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [{plugin: jsonl, options: {path: documents.jsonl}}]\nlimits: {workers: 1}\n")
        with open(self.path("words"), "wb") as words:
            run = subprocess.Popen([GARNER, "run", manifest, "--input", self.path("hostile", name), "--output", self.path("out-" + name)], stdout=subprocess.DEVNULL, stderr=words, preexec_fn=limits)
            _, status, usage = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
        with open(self.path("words"), encoding="utf-8") as words:
            said = words.read()
        self.assertEqual(run.returncode, 1, said)
        print(f"{name}: {len(content)} bytes, {usage.ru_maxrss >> 10} MB, {usage.ru_utime + usage.ru_stime:.2f} s of processor")
        if not SANITIZED:
            self.assertLess(usage.ru_maxrss, 200 << 10, "kilobytes")
        return said

    def test_malice_costs_its_limit_and_names_it(self):
        start = mail("", "")[:-1]
        deep = start
        for number in range(100_000):
            deep += f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n"
        self.assertIn("raise max_depth of the email decoder", self.run_hostile("deep.eml", deep))
        self.assertIn("raise max_headers of the email decoder", self.run_hostile("flood.eml", start + "X: y\n" * 1_000_000 + "\n"))
        self.assertIn("raise max_header_bytes of the email decoder", self.run_hostile("folded.eml", start + "X: y\n" + " folded\n" * 1_000_000 + "\n"))
        self.assertIn("raise max_parts of the email decoder", self.run_hostile("parts.eml", start + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n" * 1_000_000))
        self.assertIn("raise max_lines of the email decoder", self.run_hostile("lines.eml", start + "\n" + "\n>" * 1_500_000))
        self.assertIn("raise max_text_bytes of the email decoder", self.run_hostile("escapes.eml", start + "Content-Transfer-Encoding: quoted-printable\n\n" + "=C3=" * 8_000_000))
        mails = "Deepest words.\n"
        for _ in range(200):
            mails = mail("Content-Type: message/rfc822\n", mails)
        self.assertIn("limits.nested_depth", self.run_hostile("mails.eml", mails))

        self.assertIn("raise max_depth of the markdown decoder", self.run_hostile("deep.md", "> " * 500_000 + "words\n"))
        self.assertIn("raise max_link_definitions of the markdown decoder", self.run_hostile("links.md", "[a]: b\n[a]\n" * 200_000))

        laughs = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
        self.assertIn("declares an entity of its own", self.run_hostile("laughs.xml", f'<!DOCTYPE rss [<!ENTITY a0 "ha">{laughs}]><rss><channel><item><title>&a11;</title></item></channel></rss>'))
        self.assertIn("raise max_depth of the feed unpacker", self.run_hostile("deep.rss", "<rss><channel>" + "<a>" * 1_000_000))
        self.assertIn("raise max_entry_bytes of the feed unpacker", self.run_hostile("long.rss", "<rss><channel><item><title>a</title><description>" + "long words " * 3_000_000 + "</description></item></channel></rss>"))

        self.assertIn("nested", self.run_hostile("deep.jsonl", '{"text": "x", "a": ' + "[" * 2_000_000 + "]" * 2_000_000 + "}\n").lower())
        self.assertIn("raise max_record_bytes of the jsonl_reader unpacker", self.run_hostile("long.jsonl", '{"text": "' + "long words " * 6_000_000 + '"}\n'))
        self.assertIn("limits.container_ratio is 200", self.run_hostile("bomb.jsonl.gz", gzip.compress(b'{"text": "' + bytes([97]) * (400 << 20) + b'"}\n')))

        document = b"\x0a\x20" + b"0123456789abcdef" * 2 + b"\x2a\x00" * 8_000_000
        size = len(document)
        varint = b""
        while size > 0x7F:
            varint += bytes([size & 0x7F | 0x80])
            size >>= 7
        self.assertIn("raise max_entries of the garner_document decoder", self.run_hostile("entries.pb", varint + bytes([size]) + document))
        self.assertIn("bytes before its end", self.run_hostile("lie.pb", b"\xff\xff\xff\x7f" + document[:100]))


if __name__ == "__main__":
    unittest.main()
