"""Every piece of output is traced to its source bytes: over the samples, and over more material where there is any."""
import os
import subprocess
import unittest

from support import EXTRA_INPUTS, NEWS, SAMPLES, JobTest


class Traceability(JobTest):
    def check(self, folder):
        folder = os.path.realpath(folder)
        parent = os.path.dirname(folder)
        _, records = self.job([folder])
        self.assertGreater(len(records), 0)
        for record in records:
            with open(os.path.join(parent, record["source"]["uri"]), "rb") as file:
                payload = file.read()
            self.assertEqual(record["source"]["bytes"], len(payload))
            self.check_entities(record, payload)
            self.check_removed(record, payload)
        sound = subprocess.run([os.environ["GARNER_SOUND"], self.path("out", "documents.pb"), parent], capture_output=True, text=True)
        self.assertEqual(sound.returncode, 0, sound.stderr + sound.stdout)

    def check_entities(self, record, payload):
        charset = record["source"]["charset"]
        for entity in record["entities"]:
            self.assertEqual(record["text"][entity["begin"]:entity["end"]], entity["text"])
            begin, end = entity["source"]
            self.assertLessEqual(0, begin)
            self.assertLess(begin, end)
            self.assertLessEqual(end, len(payload))
            if entity["verbatim"]:
                self.assertEqual(payload[begin:end].decode(charset), entity["text"])

    def check_removed(self, record, payload):
        at = 0
        for removed in record["removed"]:
            begin, end = removed["source"]
            self.assertLessEqual(at, begin, "removals are in source order and apart")
            self.assertLess(begin, end)
            at = end
            self.assertTrue(removed["stage"])
            self.assertTrue(removed["rule"])
        self.assertLessEqual(at, len(payload))

    def test_samples(self):
        for name in sorted(os.listdir(SAMPLES)):
            self.check(os.path.join(SAMPLES, name, "input"))

    def test_offsets_in_other_units(self):
        for unit, length in (("bytes", lambda text: len(text.encode("utf-8"))), ("utf16", lambda text: len(text.encode("utf-16-le")) // 2)):
            _, records = self.job([os.path.join(SAMPLES, "news", "input")], "--set", f"jsonl.offsets={unit}", output=unit)
            _, plain = self.job([os.path.join(SAMPLES, "news", "input")], output="plain")
            for record, other in zip(records, plain):
                for entity, same in zip(record["entities"], other["entities"]):
                    self.assertEqual(entity["begin"], length(record["text"][:same["begin"]]))
                    self.assertEqual(entity["end"] - entity["begin"], length(entity["text"]))

    @unittest.skipUnless(EXTRA_INPUTS, "no further material beside the project")
    def test_further_material(self):
        for folder in EXTRA_INPUTS:
            self.check(folder)


if __name__ == "__main__":
    unittest.main()
