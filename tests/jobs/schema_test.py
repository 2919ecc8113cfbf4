"""`garner plugins --schema` and `garner check` agree on every manifest of a corpus, except where docs/plugins.md says why they cannot.

tests/jobs/manifests/good: both accept; bad: both refuse; beyond: only garner refuses, for the reason that `# policy:` names;
narrower: only the schema does.
"""
import glob
import json
import os
import re
import unittest

from support import ROOT, JobTest

try:
    import jsonschema
    import yaml
except ImportError as missing:
    raise SystemExit(f"{missing}: this test needs Debian's python3-jsonschema and python3-yaml (tools/packages.txt)")

CORPUS = os.path.join(ROOT, "tests", "jobs", "manifests")
TEST_PLUGINS = os.environ["GARNER_TEST_PLUGINS"]


class Yaml12(yaml.SafeLoader):
    """Reads plain words as the core schema of YAML 1.2 does, which is what editors do: `no` and 2024-01-01 are texts."""


Yaml12.yaml_implicit_resolvers = {}
for tag, form, first in [
        ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+.0123456789")]:
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), list(first))


def whole_number(_, node):
    text = node.value
    return int(text, 0) if text.startswith(("0x", "0o")) else int(text)


Yaml12.add_constructor("tag:yaml.org,2002:int", whole_number)


def as_json(value):
    """What a JSON Schema sees of it: keys are texts."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): as_json(inner) for key, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else value


class Schema(JobTest):
    @classmethod
    def setUpClass(cls):
        cls.text = None

    def schema(self):
        if Schema.text is None:
            Schema.text = self.garner("--plugin-dir", TEST_PLUGINS, "plugins", "--schema", expect=0).out
        return json.loads(Schema.text)

    def schema_accepts(self, path):
        with open(path, encoding="utf-8") as file:
            try:
                value = as_json(yaml.load(file, Yaml12))
            except yaml.YAMLError as error:
                return False, str(error)
        error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(self.schema()).iter_errors(value))
        return error is None, "" if error is None else f"{error.json_path}: {error.message}"

    def garner_accepts(self, path):
        run = self.garner("--plugin-dir", TEST_PLUGINS, "check", path)
        self.assertIn(run.returncode, (0, 2), run.err)
        return run.returncode == 0, run.err

    def cases(self, folder):
        paths = sorted(glob.glob(os.path.join(CORPUS, folder, "*.yaml")))
        self.assertTrue(paths, folder)
        return paths

    def agree(self, folder, by_garner, by_schema):
        for path in self.cases(folder):
            with self.subTest(os.path.relpath(path, CORPUS)):
                accepted, words = self.garner_accepts(path)
                self.assertEqual(accepted, by_garner, f"garner check: {words}")
                accepted, words = self.schema_accepts(path)
                self.assertEqual(accepted, by_schema, f"the schema: {words}")

    def test_it_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(self.schema())
        self.assertEqual(self.schema()["$schema"], "https://json-schema.org/draft/2020-12/schema")

    def test_both_accept_good_ones(self):
        self.agree("good", True, True)

    def test_both_refuse_bad_ones(self):
        self.agree("bad", False, False)

    def test_what_a_schema_cannot_know(self):
        self.agree("beyond", False, True)

    def test_what_yaml_takes_for_something_else(self):
        """The few things that garner takes and the schema does not; docs/plugins.md names them."""
        self.agree("narrower", True, False)

    def test_there_are_enough_of_them(self):
        self.assertGreaterEqual(sum(len(self.cases(folder)) for folder in ("good", "bad", "beyond")), 60)

    def test_every_disagreement_is_written_down(self):
        with open(os.path.join(ROOT, "docs", "plugins.md"), encoding="utf-8") as file:
            section = file.read().split("## What the schema cannot express", 1)[1].split("\n## ", 1)[0]
        written = set(re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE))
        used = set()
        for path in self.cases("beyond"):
            with open(path, encoding="utf-8") as file:
                used.update(re.findall(r"^# policy: (\w+)$", file.read(), re.MULTILINE))
        self.assertEqual(used, written)

    def test_samples_pass(self):
        for path in glob.glob(os.path.join(ROOT, "samples", "*", "*.yaml")):
            with self.subTest(path):
                self.assertEqual(self.schema_accepts(path), (True, ""))

    def test_the_same_plugins_give_the_same_bytes(self):
        again = self.garner("--plugin-dir", TEST_PLUGINS, "plugins", "--schema", expect=0).out
        self.schema()
        self.assertEqual(Schema.text, again)

    def test_every_key_and_option_is_explained(self):
        schema = self.schema()
        self.assertEqual([key for key, value in schema["properties"].items() if not value["description"]], [])
        for name, options in schema["$defs"].items():
            if name.startswith("options."):
                silent = [key for key, value in options["properties"].items() if "Takes: " not in value.get("description", "")]
                self.assertEqual(silent, [], name)

    def test_defaults_are_what_is_accepted(self):
        schema = self.schema()
        for name, options in schema["$defs"].items():
            for key, value in options.get("properties", {}).items():
                if "default" in value:
                    jsonschema.Draft202012Validator({**value, "$defs": schema["$defs"]}).validate(value["default"])

    def test_a_schema_without_plugins_takes_none(self):
        """Plugins that are not at hand are no part of it."""
        only = self.garner("plugins", "--schema", expect=0).out
        self.assertNotIn("every_option", only)


class Reference(JobTest):
    """docs/manifest.md says what the program says of its own keys."""

    def setUp(self):
        super().setUp()
        self.schema = json.loads(self.garner("plugins", "--schema", expect=0).out)
        with open(os.path.join(ROOT, "docs", "manifest.md"), encoding="utf-8") as file:
            self.text = file.read()

    def rows(self, heading):
        """The rows of the tables under a heading, by the key in their first column."""
        self.assertIn(f"\n## {heading}\n", self.text)
        section = self.text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in section.splitlines() if line.startswith("| `")]
        return {row[0].strip("`"): row for row in rows}

    def test_keys_of_the_manifest(self):
        self.assertEqual(list(self.rows("Keys")), list(self.schema["properties"]))
        for key, row in self.rows("Keys").items():
            if "default" in self.schema["properties"][key]:
                default = self.schema["properties"][key]["default"]
                self.assertIn(f"`{default if isinstance(default, str) else json.dumps(default)}`", row[2], key)

    def test_keys_of_a_stage(self):
        stage = self.schema["$defs"]["transform"]["anyOf"][1]["properties"]
        self.assertEqual(list(self.rows("A stage")), list(stage))

    def test_limits(self):
        limits = self.schema["properties"]["limits"]["properties"]
        rows = self.rows("Limits")
        self.assertEqual(list(rows), list(limits))
        for name, row in rows.items():
            number = limits[name]["anyOf"][0]
            self.assertEqual(row[2], f"{number['minimum']} to {number['maximum']}", name)
            self.assertEqual(row[3], str(limits[name]["default"]), name)


if __name__ == "__main__":
    unittest.main()
