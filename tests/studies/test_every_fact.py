"""Every fact of the literature record, and where the study file that was made of it holds its numbers.

`facts/STUDY.yaml` has one line for every fact: its number in the record, the endpoint as the record calls it,
and the addresses that hold what it prints, each with the text held there. Addresses are those of
`printed_numbers`, and for words those of the result, test or effect, a slash and the field, all without the
study's key. `besides` lists what the file holds of the record outside its facts: sizes of arms, dates. Where
a record tabulates several studies, or a study stands in several records, `parts` names each record and the
facts of it that the study holds; together the studies must hold them all. A study that was added to
`studies/` without facts is its reader's own, and no business of these tests.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from evidence.records import printed_numbers
from evidence.review import Review

FACTS = Path(__file__).parent / "facts"
SAID = {"1": "one", "2": "two", "True": "true", "False": "false"}


def listed(study: str) -> dict[str, Any]:
    """The facts of a study, every scalar as text."""
    text = (FACTS / f"{study}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


def words(value: Any, address: str) -> Iterator[tuple[str, str]]:
    """Every word of a study, under the address of the record it stands in and its field."""
    if isinstance(value, str | bool | int):
        yield address, value if isinstance(value, str) else SAID[str(value)]
    elif isinstance(value, BaseModel):
        own = getattr(value, "address", "") or address
        for name in type(value).model_fields:
            yield from words(getattr(value, name), f"{own}/{name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from words(item, f"{address}/{key}")
    elif isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
        yield address, ", ".join(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from words(item, address)


@pytest.fixture(scope="module")
def held(review: Review) -> dict[str, dict[str, str]]:
    """What every study file holds, by address without the study's key."""
    found = {}
    for study in review.studies:
        texts = dict(words(study, study.study))
        texts |= {number.address: number.text for number in printed_numbers(study)}
        found[study.study] = {a.removeprefix(f"{study.study}/"): text for a, text in texts.items()}
    return found


@pytest.fixture(scope="module")
def numbers(review: Review) -> dict[str, set[str]]:
    return {
        s.study: {n.address.removeprefix(f"{s.study}/") for n in printed_numbers(s)} for s in review.studies
    }


NAMES = sorted(path.stem for path in FACTS.glob("*.yaml"))


def parts(study: str) -> list[dict[str, Any]]:
    """The records that a study was made of, each with its lines; one of its own where none is named."""
    facts = listed(study)
    return facts.get("parts") or [{"record": study, **facts}]


RECORDS = sorted({part["record"] for name in NAMES for part in parts(name)})


def claimed(study: str) -> list[tuple[str, str, str]]:
    """(number of the fact, address, printed text), and the same for what lies beside the facts."""
    numbered = [(n, line) for part in parts(study) for n, line in part["lines"].items()]
    lines = [(n, a, t) for n, line in numbered for h in line.values() for a, t in h.items()]
    return lines + [("besides", address, text) for address, text in listed(study).get("besides", {}).items()]


def test_every_study_with_facts_is_there(held) -> None:
    assert set(held) == set(NAMES)


@pytest.mark.parametrize("record", RECORDS)
def test_no_fact_is_missing(record: str) -> None:
    found = [part for name in NAMES for part in parts(name) if part["record"] == record]
    lines = [(int(n), line) for part in found for n, line in part["lines"].items()]
    assert {part["facts"] for part in found} == {str(len(lines))}
    assert sorted(n for n, _ in lines) == list(range(1, len(lines) + 1))
    assert [n for n, line in lines if not all(line.values())] == []


@pytest.mark.parametrize("study", NAMES)
def test_each_address_holds_what_is_printed(held, study: str) -> None:
    assert [(n, a, t, held[study].get(a)) for n, a, t in claimed(study) if held[study].get(a) != t] == []


@pytest.mark.parametrize("study", NAMES)
def test_the_file_holds_no_number_that_is_no_fact(numbers, study: str) -> None:
    assert numbers[study] - {address for _, address, _ in claimed(study)} == set()
