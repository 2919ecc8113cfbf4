"""Copies of documents through whole jobs: which one stays, what is said of the others, the same on any number of workers."""
import json
import os
import unittest

from support import JobTest, results

# Invented towns with the same troubles: sixty texts of some eighty words each that have little in common, each in three editions.
SUBJECTS = ["ferry", "bakery", "library", "market hall", "lighthouse", "school bus", "fire station", "orchard", "cinema", "tram"]
PLACES = ["Velm", "Obertal", "Dorrick", "Saint-Aubrac", "Lunden Bay", "Kessel"]
DETAILS = [
    "The roof lets the rain in, and nobody knows who holds the ladder.",
    "Its clock has stopped at ten to four, which suits the bus drivers well.",
    "A committee of seven has met nine times without finding the key.",
    "Two pensioners have offered to paint it green if the town buys the paint.",
    "The mayor has promised an answer before the geese come back.",
    "Visitors take pictures of the sign, which has lost three letters.",
    "In winter the stove needs a sack of coal a day.",
    "The oldest photograph shows it with a flag and a goat.",
]


def text(number):
    subject, place = SUBJECTS[number % 10], PLACES[number // 10]
    details = [DETAILS[(number * 3 + i * (1 + number % 5)) % 8] for i in range(5)]
    paragraphs = [f"The {subject} of {place} has seen better days, and number {number} of our letters asks what is to become of it."]
    paragraphs += [f"{detail} So says report {number * 7 + i} of the {subject} in {place}." for i, detail in enumerate(details)]
    return "\n\n".join(paragraphs) + "\n"


class Duplicates(JobTest):
    def setUp(self):
        super().setUp()
        for number in range(60):
            name = f"in/{number:02}"
            self.write(f"{name}-a.txt", text(number))
            self.write(f"{name}-b.txt", text(number).upper())
            self.write(f"{name}-c.txt", text(number).replace("better days", "brighter days"))

    def run_job(self, output, *arguments, options="", more=""):
        self.write("job.yaml", "source: {plugin: files, options: {paths: [in]}}\n"
                               f"transforms: [{{plugin: document_deduplicator, name: copies{options}}}]\n"
                               f"sinks: [{{plugin: jsonl, options: {{path: documents.jsonl}}}}]\n{more}")
        return self.garner("run", self.path("job.yaml"), "--output", self.path(output), "-v", *arguments, expect=0)

    def test_the_first_edition_stays(self):
        run = self.run_job("out")
        written = [record["source"]["uri"] for record in self.records("out", "documents.jsonl")]
        self.assertEqual(written, [f"in/{number:02}-a.txt" for number in range(60)])
        with open(self.path("out", "report.json"), "rb") as file:
            report = json.load(file)
        row = next(stage for stage in report["stages"] if stage["stage"] == "copies.decide")
        self.assertEqual(row["role"], "DECISION")
        reasons = {reason["reason"]: reason["documents"] for reason in row["reasons"]}
        self.assertEqual(reasons, {"duplicate_text": "60", "near_duplicate": "60"})
        first = self.records("out", "documents.jsonl")[0]["id"]
        self.assertIn(f"dropped (duplicate_text): repeats {first} (in/00-a.txt)", run.err)

    def test_the_same_bytes_with_any_workers_and_isolation(self):
        self.run_job("one", "--workers", "1")
        for workers in ("2", "5"):
            self.run_job(workers, "--workers", workers)
            self.run_job(workers + "i", "--workers", workers, more="default_isolation: process\n")
            self.assertEqual(results(self.path("one")), results(self.path(workers)))
            self.assertEqual(results(self.path("one")), results(self.path(workers + "i")))

    def test_decides_again_over_kept_results(self):
        """The first halves are kept, the decisions are not: what is the first of its kind today need not be tomorrow's."""
        self.run_job("out", more="cache: true\n")
        os.remove(self.path("in", "00-a.txt"))
        self.write("in/000.txt", text(5))
        self.run_job("out", more="cache: true\n")
        written = [record["source"]["uri"] for record in self.records("out", "documents.jsonl")]
        self.assertIn("in/00-b.txt", written)
        self.assertIn("in/000.txt", written)
        self.assertNotIn("in/05-a.txt", written)
        with open(self.path("out", "report.json"), "rb") as file:
            self.assertEqual(json.load(file)["documents"]["unchanged"], "59")
        self.run_job("fresh")
        self.assertEqual(results(self.path("out")), results(self.path("fresh")))

    def test_marked(self):
        self.run_job("out", options=", options: {action: MARK}")
        records = self.records("out", "documents.jsonl")
        self.assertEqual(len(records), 180)
        for first, second, third in zip(records[::3], records[1::3], records[2::3]):
            self.assertNotIn("duplicate_of", first["metadata"])
            self.assertEqual(second["metadata"]["duplicate_of"], first["id"])
            self.assertEqual(third["metadata"]["duplicate_of"], first["id"])


if __name__ == "__main__":
    unittest.main()
