"""Links from the page to the record: through stages that change the text around them, and back from Markdown."""
import re
import unittest

from support import JobTest
from web_archives import page_record

# The cleaner resolves what was escaped twice in the first link; the deduplicator takes the second ferry, with its link.
PAGE = """<!DOCTYPE html><html lang=en><head><title>The gate | Quay Courier</title><link rel=canonical href="https://copies.example/1"></head><body>
<p>The keeper wrote &quot;<a href="../log?day=1&amp;page=2">the log of &amp;quot;1999&amp;quot;</a>&quot; in the old house behind the northern gate of the harbour.</p>
<p>Read <a href="/map_(old)">the map of Skagen!</a><a href="#top">here</a> or ask <a href="mailto:ida@quay.example">Ida Strand</a>, who has kept it since the spring.</p>
<p>The ferry to the islands leaves <a href="/ferry">from the southern pier</a> at noon, and it takes no cars on Sundays in winter.</p>
<p>The ferry to the islands leaves <a href="/ferry">from the southern pier</a> at noon, and it takes no cars on Sundays in winter.</p>
<table><tr><th>Route<th>Fare<tr><td><a href="/north">North</a><td>4|5 kr</table>
</body></html>"""

MANIFEST = """
source: {plugin: files, options: {paths: [in]}}
decoders: [{plugin: html, options: {links: true}}, {plugin: markdown, options: {links: true, front_matter: false}}]
transforms: [%s]
sinks:
  - {plugin: jsonl, name: plain, options: {path: plain.jsonl}}
  - {plugin: jsonl, name: rendered, options: {path: rendered.jsonl, render: markdown}}
"""
TRANSFORMS = "html_cleaner, text_normalizer, language, deduplicator, entity_tagger"


def links_of(record):
    return [(re.sub(r"\s+", " ", record["text"][link["begin"]:link["end"]]), link["url"]) for link in record.get("links", [])]


class Links(JobTest):
    def run_job(self, transforms, output, more=""):
        manifest = self.write("job.yaml", MANIFEST % transforms + more)
        self.garner("run", manifest, "--output", self.path(output), expect=0)
        return self.records(output, "plain.jsonl")[0], self.records(output, "rendered.jsonl")[0]

    def test_a_record_has_the_links_of_what_is_left(self):
        self.write("in/pages.warc", page_record("https://quay.example/news/today", PAGE.encode()))
        plain, rendered = self.run_job(TRANSFORMS, "out")
        self.assertEqual([url for _, url in links_of(plain)],
                         ["https://quay.example/log?day=1&page=2", "https://quay.example/map_(old)", "https://quay.example/news/today#top", "mailto:ida@quay.example",
                          "https://quay.example/ferry", "https://quay.example/north"])
        self.assertEqual([words for words, _ in links_of(plain)], ['the log of "1999"', "the map of Skagen!", "here", "Ida Strand", "from the southern pier", "North"])
        self.assertEqual(plain["text"].count("southern pier"), 1)
        self.assertNotIn("links", rendered)
        for entity in rendered["entities"]:
            marked = re.sub(r"\\(.)", r"\1", rendered["text"][entity["begin"]:entity["end"]])
            self.assertEqual(marked, entity["text"])
        self.assertTrue(rendered["entities"], "or nothing was compared")

        isolated, _ = self.run_job(TRANSFORMS, "isolated", "default_isolation: process\n")
        self.assertEqual(isolated, plain)

        self.write("in/pages.warc", b"")
        self.write("in/back.md", rendered["text"])
        back, again = self.run_job("", "back")
        self.assertEqual(links_of(back), links_of(plain))
        self.assertEqual(again["text"], rendered["text"])

    def test_without_the_option_there_are_none(self):
        self.write("in/page.html", PAGE)
        manifest = self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\nsinks: [{plugin: jsonl, options: {path: documents.jsonl, render: markdown}}]\n")
        self.garner("run", manifest, "--output", self.path("out"), expect=0)
        record, = self.records("out", "documents.jsonl")
        self.assertNotIn("links", record)
        self.assertNotIn("](", record["text"])


if __name__ == "__main__":
    unittest.main()
