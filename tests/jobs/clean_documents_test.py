"""Clean documents that look like boilerplate, markup or repeats come out whole. Prints every loss, small ones too."""
import os
import sys
import unittest

from support import ROOT, JobTest

sys.path.insert(0, os.path.join(ROOT, "tools"))
import score_retention  # noqa: E402

CORPUS = os.path.join(ROOT, "tests", "jobs", "clean_documents")
INPUT = os.path.join(CORPUS, "input")
# Of all words of the corpus, metadata included.
SURVIVING = 0.998
# All that the documents say about themselves, titles apart. A stage may leave a line in the text, but may not make up a value.
STATED = {
    "academic_abstract.txt": {"tags": ["Bombus", "foraging", "harmonic radar", "landscape ecology", "pollination"]},
    "travel_blog_steps.txt": {"authors": ["Ilse Vandermeer"]},
}
# A title stands at the top, below a kicker at most.
TITLE_LINES = 2


class CleanDocuments(JobTest):
    def setUp(self):
        super().setUp()
        self.garner("run", os.path.join(CORPUS, "pipeline.yaml"), "--output", self.path("out"), expect=0)
        self.accounts = score_retention.accounts(self.path("out", "documents.jsonl"), INPUT)
        self.documents = {os.path.basename(record["source"]["uri"]): record for record in self.records("out", "documents.jsonl")}

    def test_words_survive(self):
        self.assertGreaterEqual(len(self.accounts), 70)
        share, moved = score_retention.surviving(self.accounts)
        self.print_losses()
        print(f"\nwords surviving: {share:.3%}, of them moved into the metadata: {moved:.3%}")
        self.assertGreaterEqual(share, SURVIVING)

    def test_no_metadata_is_invented(self):
        for name, record in self.documents.items():
            stated = STATED.get(name, {})
            for key, value in record["metadata"].items():
                with self.subTest(f"{name}: {key}"):
                    self.assertEqual(value, stated.get(key))

    def test_titles_stand_at_the_top(self):
        for name, record in self.documents.items():
            if record["title"] is None:
                continue
            with open(os.path.join(INPUT, name), encoding="utf-8") as file:
                top = [line.strip() for line in file if line.strip()][:TITLE_LINES]
            with self.subTest(name):
                self.assertIn(record["title"], top)

    def print_losses(self):
        for each in self.accounts:
            lost = [loss for loss in each.losses if loss.words]
            if not each.lost and not each.moved:
                continue
            losing = "   LOSES OVER 3 %" if each.share_lost > score_retention.LOSING else ""
            print(f"\n{each.name}: {each.lost} of {each.total} words lost, {each.moved} moved{losing}")
            for loss in lost:
                print(f"  - {loss}")
            for loss in each.losses:
                if loss.moved and not loss.words:
                    print(f"  > {loss}")
            if each.unnamed:
                print(f"  - changed in place: {' '.join(sorted(each.unnamed.elements()))}")


class Accounts(unittest.TestCase):
    """The measure itself."""

    def account(self, source, **record):
        return score_retention.account("a.txt", source.encode(), {"title": None, "metadata": {}, "removed": [], **record})

    def removal(self, source, part):
        begin = source.encode().index(part.encode())
        return {"source": [begin, begin + len(part.encode())], "stage": "s", "rule": "r"}

    def test_whole_text(self):
        found = self.account("Ein Boot.\n", text="ein boot")
        self.assertEqual((found.total, found.lost, found.moved), (2, 0, 0))

    def test_removed_words_are_lost(self):
        text = "Boats. Old boats come home.\n"
        found = self.account(text, text="Boats.", removed=[self.removal(text, "Old boats come home.")])
        self.assertEqual((found.total, found.lost, found.moved, len(found.losses)), (5, 4, 0, 1))

    def test_a_second_copy_is_lost(self):
        text = "Home\n\nHome\n\nOld boats.\n"
        both = [self.removal(text, "Home\n\n"), {"source": [6, 12], "stage": "s", "rule": "copy"}]
        found = self.account(text, title="Home", text="Old boats.", removed=both)
        self.assertEqual((found.lost, found.moved), (1, 1))

    def test_bylines_and_dates_move_with_their_label(self):
        text = "By Ida Moe\n\nPublished 4 March 2020\n\nOld boats.\n"
        found = self.account(text, metadata={"authors": ["Ida Moe"], "date_published": "2020-03-04"}, text="Old boats.",
                             removed=[self.removal(text, "By Ida Moe"), self.removal(text, "Published 4 March 2020")])
        self.assertEqual((found.lost, found.moved), (0, 7))

    def test_a_sentence_that_names_the_author_is_lost(self):
        text = "Ida Moe has painted boats since she was nine years old.\n"
        found = self.account(text, metadata={"authors": ["Ida Moe"]}, text="", removed=[self.removal(text, text)])
        self.assertEqual((found.lost, found.moved), (9, 2))

    def test_sentences_that_became_a_caption_are_lost(self):
        text = "The boats in the harbour.\n\nOld boats.\n"
        found = self.account(text, metadata={"image_captions": ["The boats in the harbour."]}, text="Old boats.",
                             removed=[self.removal(text, "The boats in the harbour.")])
        self.assertEqual((found.lost, found.moved), (5, 0))

    def test_words_that_no_removal_names(self):
        found = self.account("Old boats.\n", text="Old")
        self.assertEqual((found.lost, list(found.unnamed)), (1, ["boats"]))

    def test_a_text_without_a_document(self):
        found = score_retention.account("a.txt", b"Old boats.\n", None)
        self.assertEqual((found.lost, found.share_lost), (2, 1.0))


if __name__ == "__main__":
    unittest.main()
