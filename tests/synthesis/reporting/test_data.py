"""A page's data: whole in the page, the same in its downloads, and enough to tell what changed since."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import evidence
from synthesis.errors import ReportError
from synthesis.reporting.assembly import page
from synthesis.reporting.comparing import changes
from synthesis.reporting.data import as_json, files_of, from_report
from synthesis.reporting.material import Material, gather
from synthesis.reporting.verifying import verified

REVIEW = """
format: 1
review: three-trials
treatments: {new: {label: New treatment}, old: {label: Old treatment, reference: true}}
endpoints: {recovery: {label: Recovery, kind: binary, better: higher, measure: RR}}
"""


@pytest.fixture
def folder(tmp_path: Path, trial: Callable[..., str]) -> Path:
    """A review of three trials."""
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for i, events in enumerate([(31, 20), (28, 24), (40, 22)], start=1):
        (tmp_path / f"trial-{i}.yaml").write_text(trial(i, events), encoding="utf-8")
    return tmp_path


def material(folder: Path, since: dict[str, Any] | None = None) -> Material:
    return gather(evidence.read_review(folder), since=since)


def test_the_page_holds_its_data_once(folder: Path) -> None:
    found = material(folder)
    assert from_report(page(found), "report.html") == json.loads(as_json(found.data))


def test_no_tag_can_end_the_block_early(folder: Path, trial: Callable[..., str]) -> None:
    (folder / "trial-1.yaml").write_text(trial(1, (31, 20), '"</script><b>"'), encoding="utf-8")
    text = as_json(material(folder).data)
    assert "<" not in text
    assert json.loads(text)["studies"][0]["label"] == "</script><b>"


def test_every_estimate_is_in_the_table_of_results(folder: Path) -> None:
    found = material(folder)
    lines = list(csv.DictReader(io.StringIO(files_of(found)["results.csv"])))
    assert [line["kind"] for line in lines] == ["study", "study", "study", "pooled"]
    pool = found.results.shown[0].pool
    assert pool is not None
    assert float(lines[-1]["yi"]) == pytest.approx(pool.mu)
    assert sum(float(line["weight"]) for line in lines[:3]) == pytest.approx(100)


def test_every_printed_number_is_in_the_table_of_numbers(folder: Path) -> None:
    found = material(folder)
    lines = list(csv.DictReader(io.StringIO(files_of(found)["numbers.csv"])))
    assert [line["printed"] for line in lines] == [row.number.text for row in found.numbers.rows]


def test_a_cell_never_begins_like_a_formula(folder: Path, trial: Callable[..., str]) -> None:
    (folder / "trial-1.yaml").write_text(trial(1, (31, 20), '"=1+1"'), encoding="utf-8")
    assert "'=1+1" in files_of(material(folder))["results.csv"]


def test_nothing_changed_between_the_same_files(folder: Path) -> None:
    data = material(folder).data
    assert not changes(data, data).any
    assert "Nothing differs" in page(material(folder, since=data))


def test_a_new_study_moves_the_pool_and_both_numbers_are_shown(
    folder: Path, trial: Callable[..., str]
) -> None:
    before = material(folder).data
    (folder / "trial-4.yaml").write_text(trial(4, (20, 30)), encoding="utf-8")
    found = changes(before, material(folder).data)
    assert found.studies_in == ("Trial 4",)
    (shift,) = found.shifts
    assert (shift.studies_before, shift.studies_after) == (3, 4)
    assert shift.before != shift.after
    html = page(material(folder, since=before))
    assert shift.before in html
    assert shift.after in html


def test_a_corrected_number_is_told_with_both_values(folder: Path) -> None:
    before = material(folder).data
    file = folder / "trial-1.yaml"
    corrected = 'events: {printed: 31, corrected: 13, because: "erratum", by: RR}'
    file.write_text(file.read_text("utf-8").replace("events: 31", corrected), encoding="utf-8")
    (number,) = changes(before, material(folder).data).numbers
    assert (number.before, number.after) == ("31", "31, corrected to 13")


def test_a_study_taken_out_is_named(folder: Path) -> None:
    before = material(folder).data
    (folder / "trial-3.yaml").unlink()
    assert changes(before, material(folder).data).studies_out == ("Trial 3",)


@pytest.mark.parametrize("text", ["", "<html></html>", "[1]", '{"schema": 1}'])
def test_what_is_no_report_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReportError, match=r"other\.html holds no data of a report"):
        from_report(text, "other.html")


def test_a_report_of_these_files_is_verified(folder: Path) -> None:
    review = evidence.read_review(folder)
    assert verified(page(gather(review)), "report.html", review).same


def test_a_file_that_changed_is_named(folder: Path, trial: Callable[..., str]) -> None:
    text = page(material(folder))
    (folder / "trial-2.yaml").write_text(trial(2, (27, 24)), encoding="utf-8")
    found = verified(text, "report.html", evidence.read_review(folder))
    assert (found.same, found.differences) == (False, ("trial-2.yaml has changed",))


def test_a_page_changed_by_hand_is_found(folder: Path) -> None:
    review = evidence.read_review(folder)
    text = page(gather(review)).replace("Trial 1", "Trial One")
    assert "changed by hand" in verified(text, "report.html", review).differences[0]
