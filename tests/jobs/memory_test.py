"""A job holds as much after its last document as after its first many: no memory and no descriptor for a document that is done."""
import os
import unittest

from support import JobTest

PLUGINS = os.environ["GARNER_TEST_PLUGINS"]
# Sanitizers keep what was freed for a while: there only the descriptors say something, and they do so soon.
SANITIZED = bool(os.environ.get("GARNER_SANITIZE"))
# tools/soak takes two million.
DOCUMENTS = int(os.environ.get("GARNER_MANY_DOCUMENTS", "20000" if SANITIZED else "100000"))
# Until then buffers, tables and the allocator's own stock may grow.
WARM = 10_000 if SANITIZED else 50_000
MANIFEST = """source: {plugin: generator, options: {documents: %d, document_bytes: 300, odd_of_thousand: 5, odd_bytes: 6000}}
transforms: [html_cleaner, text_normalizer, deduplicator]
sinks:
  - {plugin: jsonl, options: {path: documents.jsonl, removed: SUMMARY}}
  - {plugin: null_sink, options: {sample_every: 2000}}
limits: {workers: 2}
"""


class Memory(JobTest):
    def samples(self, *arguments):
        manifest = self.write("job.yaml", MANIFEST % DOCUMENTS)
        self.garner("-q", "--plugin-dir", PLUGINS, "run", manifest, "--output", "out", *arguments, expect=0, timeout=3600)
        with open(self.path("out", "samples.txt"), encoding="ascii") as file:
            found = [tuple(map(int, line.split())) for line in file]
        self.assertEqual([documents for documents, _, _ in found], list(range(2000, DOCUMENTS + 1, 2000)))
        return found

    def check_constant(self, samples):
        warm = max(kilobytes for documents, kilobytes, _ in samples if WARM - 10_000 < documents <= WARM)
        most = max(kilobytes for documents, kilobytes, _ in samples if documents > WARM)
        print(f"{DOCUMENTS} documents: {warm} kB of anonymous memory after {WARM}, {most} kB at most after that: {most / warm - 1:+.1%}")
        self.assertGreater(warm, 1000, "a process holds something")
        if not SANITIZED:
            self.assertLess(most, warm * 1.1)
        descriptors = {count for documents, _, count in samples if documents > 2000}
        self.assertEqual(len(descriptors), 1, f"open descriptors change: {sorted(descriptors)}")

    def test_with_the_journal(self):
        self.check_constant(self.samples())

    def test_without_the_journal(self):
        self.check_constant(self.samples("--no-journal"))


if __name__ == "__main__":
    unittest.main()
