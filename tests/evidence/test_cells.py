"""A printed cell is read by its pattern, each number at its own column."""

import pytest

from evidence.loading.cells import Pattern, pattern, read_cell
from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Text


def located(value: str) -> Text:
    text = Text(value)
    text.file, text.line, text.column, text.end_column = "a.yaml", 1, 11, 11 + len(value)
    text.quoted, text.sliceable = False, True
    return text


def made(written: str) -> Pattern:
    faults = Faults("a.yaml", written)
    found = pattern(located(written), faults)
    assert faults.problems == []
    return found


def read(written: str, cell: str) -> Map | None:
    return read_cell(located(cell), made(written), Faults("a.yaml", cell))


@pytest.mark.parametrize(
    ("written", "cell", "statistics"),
    [
        ("events (percent)", "20 (9.7)", {"events": "20", "percent": "9.7"}),
        ("events (percent)", "20(9.7%)", {"events": "20", "percent": "9.7"}),
        ("events (percent)", "0", {"events": "0"}),
        ("events (percent)", "1,204 (9·7)", {"events": "1,204", "percent": "9·7"}),
        ("events/n (percent)", "40/82 (48.8)", {"events": "40", "n": "82", "percent": "48.8"}),
        ("events/n", "40 / 82", {"events": "40", "n": "82"}),
        ("percent (events)", "48.8 (40)", {"percent": "48.8", "events": "40"}),
        ("events [percent]", "40 [48.8]", {"events": "40", "percent": "48.8"}),
        ("mean ± sd", "61.40±8.20", {"mean": "61.40", "sd": "8.20"}),
        ("mean ± sd", "-3.1 ± 2", {"mean": "-3.1", "sd": "2"}),
        ("mean ± plusminus", "61.40 +/- 8.20", {"mean": "61.40", "plusminus": "8.20"}),
        ("mean (sd)", "61.4 (8.2)", {"mean": "61.4", "sd": "8.2"}),
        ("median (iqr)", "53 (0–286)", {"median": "53", "iqr": ["0", "286"]}),
        ("median (iqr)", "53 (0, 286)", {"median": "53", "iqr": ["0", "286"]}),
        ("median (range)", "53 (-4 to -1)", {"median": "53", "range": ["-4", "-1"]}),
        ("median (range)", "53 (−4--1)", {"median": "53", "range": ["−4", "-1"]}),
        ("median (ci95)", "22.2 (10.91/not-reached)", {"median": "22.2", "ci95": ["10.91", "not-reached"]}),
        ("percent", "48.8%", {"percent": "48.8"}),
        ("percent", "<0.5", {"percent": "<0.5"}),
        ("percent", "~22", {"percent": "~22"}),
        ("events (percent)", "not-reported", {"events": "not-reported"}),
    ],
)
def test_a_cell_is_read(written: str, cell: str, statistics: dict[str, object]) -> None:
    assert read(written, cell) == statistics


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("mean ± sd", "61.40"),
        ("events (percent)", "20 of 82"),
        ("events (percent)", "20 (9,7)"),
        ("events (percent)", ""),
        ("events/n", "40"),
        ("median (iqr)", "53 (0)"),
        ("percent", "48.8 (40)"),
    ],
)
def test_a_cell_unlike_its_pattern_is_shown_beside_it(written: str, cell: str) -> None:
    faults = Faults("a.yaml", cell)
    assert read_cell(located(cell), made(written), faults) is None
    (problem,) = faults.problems
    assert (problem.code, problem.column) == ("YML017", 11)
    assert written in problem.message and cell in problem.message


def test_every_number_of_a_cell_has_its_column() -> None:
    cell = read("events/n (percent)", " 40/82 (48.8) ")
    assert cell is not None
    assert [(t.column, t.end_column) for t in cell.values()] == [(12, 14), (15, 17), (19, 23)]


@pytest.mark.parametrize(
    ("written", "column", "help"),
    [
        ("events (percant)", 19, "did you mean percent?"),
        ("mean ± std", 18, "did you mean sd?"),
        ("events (percent", 11, "such as"),
        ("()", 11, "such as"),
        ("events & n", 18, "such as"),
    ],
)
def test_a_pattern_that_is_none_is_one_problem(written: str, column: int, help: str) -> None:
    faults = Faults("a.yaml", written)
    assert pattern(located(written), faults).names == ()
    (problem,) = faults.problems
    assert (problem.code, problem.column) == ("YML017", column)
    assert help in problem.help
