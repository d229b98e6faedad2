"""The JSON Schemas beside the studies are current, and say of a file what the reader says."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evidence.loading.parsing import parsed
from evidence.loading.tree import Map, Seq, Text
from evidence.records import Record, written_fields
from evidence.review import Review
from evidence.schemas import schema_text
from evidence.study import Study

ROOT = Path(__file__).parents[2]
KINDS = ("study", "review")

# Section 3 of the format's description.
GLANCE = """\
# yaml-language-server: $schema=study.schema.json
format: 1                              # required
study: gansu-2024                      # required; equals the file's name
label: Gansu 2024                      # required; what a forest plot prints
sources:                               # required; the most trusted first
  abstract: {kind: abstract, title: "Anlotinib in progressive RAIR-DTC", year: 2024}
design: {kind: cohort, timing: prospective, centres: 1, recruitment: 2018-01/2023-12}
arms:                                  # required; their order is the order of tables and defaults
  anlotinib: {treatment: anlotinib, n: 82}
  sorafenib: {treatment: sorafenib, n: 78}
outcomes:
  - endpoint: objective-response
    where: Abstract, Results
    results: {anlotinib: {percent: 89.02}, sorafenib: {percent: 74.36}}
    tests: [{chi2: 5.794, p: "<0.05", claim: significant, higher: anlotinib}]
"""


def as_an_editor_reads(node: Any) -> Any:
    """Plain data under YAML 1.2: figures are numbers, true and false are truth values."""
    if isinstance(node, Map):
        return {str(key): as_an_editor_reads(value) for key, value in node.items()}
    if isinstance(node, Seq):
        return [as_an_editor_reads(value) for value in node]
    assert isinstance(node, Text)
    if not node.quoted and re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", node):
        return float(node) if "." in node else int(node)
    return {"true": True, "false": False}.get(node, str(node)) if not node.quoted else str(node)


def faults(kind: str, text: str) -> list[str]:
    tree, _, _ = parsed(text, "a.yaml")
    validator = jsonschema.Draft7Validator(json.loads(schema_text(kind)))
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(as_an_editor_reads(tree))]


@pytest.mark.parametrize("kind", KINDS)
def test_the_committed_schema_is_current(kind: str) -> None:
    committed = (ROOT / "studies" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(kind), "write it anew with `evidence schema`"


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_draft_07(kind: str) -> None:
    schema = json.loads(schema_text(kind))
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("word", ["anyOf", "oneOf", "prefixItems", "propertyNames"])
def test_nothing_spoils_completion(kind: str, word: str) -> None:
    assert f'"{word}"' not in schema_text(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_is_defined(kind: str) -> None:
    text = schema_text(kind)
    used = set(re.findall(r'"#/definitions/(\w+)"', text))
    assert used <= set(json.loads(text)["definitions"])


def test_the_usual_intervals_are_offered() -> None:
    result = json.loads(schema_text("study"))["definitions"]["result"]["properties"]
    assert {"ci95", "ci60", "ci80", "ci96", "ci97.5", "ci99", "cri95", "ci"} <= set(result)


def test_a_number_is_one_schema() -> None:
    number = json.loads(schema_text("study"))["definitions"]["number"]
    assert number["type"] == ["number", "string", "object"]


def test_the_example_at_a_glance_validates() -> None:
    assert faults("study", GLANCE) == []


@pytest.mark.parametrize(
    "file",
    [*sorted((ROOT / "studies").glob("*.yaml")), *sorted((Path(__file__).parent / "files").glob("*.yaml"))],
)
def test_files_that_load_validate(file: Path) -> None:
    kind = "review" if file.name == "review.yaml" else "study"
    assert faults(kind, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("percent: 89.02", "percant: 89.02"),
        ("percent: 89.02", "percent: 89.02%"),
        ("kind: cohort", "kind: chort"),
        ("format: 1 ", "format: 2 "),
        ("label: Gansu 2024", "note: x"),
        ('p: "<0.05"', "p: none"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    assert old in GLANCE
    assert len(faults("study", GLANCE.replace(old, new))) == 1


@pytest.mark.parametrize("text", ["42.00", ".05", "1,234", "1,234.5", "0·59", "−0.42", "<0.05", "P>0.05",
                                  "= 0.023",
                                  "< .001",
                                  "~22", "≤5", "about 5", "not-reached", "ns", "1e-5"])  # fmt: skip
def test_the_pattern_takes_numbers_as_printed(text: str) -> None:
    number = json.loads(schema_text("study"))["definitions"]["number"]
    jsonschema.Draft7Validator({**number}).validate(text)


def records(record: type[Record], seen: set[type[Record]]) -> set[type[Record]]:
    from evidence.records import shapes

    if record not in seen:
        seen.add(record)
        for shape in shapes(record).values():
            while shape is not None:
                if shape.record is not None:
                    records(shape.record, seen)
                shape = shape.of
    return seen


@pytest.mark.parametrize(
    "record", sorted(records(Study, set()) | records(Review, set()), key=lambda r: r.__name__)
)
def test_every_field_is_described_and_shown_by_example(record: type[Record]) -> None:
    assert record.__doc__
    for name, info in record.model_fields.items():
        assert info.description, f"{record.__name__}.{name}"
    for name, info in written_fields(record).items():
        assert info.examples, f"{record.__name__}.{name}"
