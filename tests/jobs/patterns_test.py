"""The defects of scraped text, pattern by pattern: each case of patterns/ gives the text and the metadata that it expects."""
import collections
import unittest

import patterns
from support import JobTest

LANGUAGES = ["de", "en", "es", "fr", "kk", "ru"]


class Patterns(JobTest):
    def test_the_news_pipeline(self):
        cases = patterns.read_folder()
        patterns.export(cases, self.path("input"))
        _, records = self.job([self.path("input")])
        records = patterns.by_case(records)
        self.assertEqual(sorted(records), sorted(case.id for case in cases))
        for case in cases:
            with self.subTest(case.id):
                found = patterns.differences(case, records[case.id])
                if found:
                    self.fail("\n" + patterns.explain(case, found))


class Cases(unittest.TestCase):
    def test_every_pattern_has_several_languages(self):
        of = collections.defaultdict(list)
        for case in patterns.read_folder():
            of[case.pattern].append(case.language)
        self.assertEqual(len(of), 43)
        for pattern, languages in of.items():
            self.assertGreaterEqual(len(languages), 4, pattern)
            self.assertGreaterEqual(len(set(languages)), 3, pattern)

    def test_every_language_is_there(self):
        count = collections.Counter(case.language for case in patterns.read_folder())
        self.assertEqual(sorted(count), LANGUAGES)
        for language in LANGUAGES:
            self.assertGreaterEqual(count[language], 20, language)

    def test_a_difference_is_seen(self):
        case = patterns.Case("X1-1", "X1", "en", "none", "", "A.\n\nB.", "A.", {"title": None, "authors": ["Ada Brandt"]})
        good = {"text": "A.", "title": None, "metadata": {"authors": ["Ada Brandt"]}}
        self.assertEqual(patterns.differences(case, good), [])
        for change, what in (({"text": "A.\n\nB."}, "text"), ({"title": "A"}, "title"), ({"metadata": {}}, "authors")):
            self.assertEqual([found[0] for found in patterns.differences(case, {**good, **change})], [what])
        self.assertEqual(patterns.differences(case, None), [("record", "one", "none")])


if __name__ == "__main__":
    unittest.main()
