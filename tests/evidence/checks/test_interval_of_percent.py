"""AUD107: honest intervals of every method pass; a mistyped limit, another level or another n does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from evidence.checks.examples import share
from evidence.checks.interval_of_percent import run
from evidence.claiming import paper
from evidence.claims import ShareInterval
from evidence.findings import NONE, NOTE, WARNING, Finding
from evidence.loading import read_study
from evidence.reanalysis.proportion_intervals import all_limits
from evidence.values import reported


def interval(percent: str, n: str, low: str, high: str, level: int | None = 95) -> ShareInterval:
    each = share(percent, n)
    first, last = (reported(text, f"example/{text}") for text in (low, high))
    return ShareInterval(each.place, each, first, last, None if level is None else Fraction(level))


def of(claim: ShareInterval) -> Finding:
    (finding,) = run(claim)
    return finding


@pytest.mark.parametrize("level", [80, 95, 99])
@pytest.mark.parametrize("n", [5, 28, 196])
def test_an_honest_interval_is_never_found_wrong(n: int, level: int) -> None:
    for k in range(0, n + 1, max(n // 9, 1)):
        for low, high in all_limits(k, n, level).values():
            ends = (f"{100 * low:.1f}", f"{100 * high:.1f}")
            assert of(interval(f"{100 * k / n:.1f}", str(n), *ends, level)).verdict == "consistent"


def test_swapped_digits_of_a_limit_warn() -> None:
    finding = of(interval("76.9", "13", "64.2", "95.0"))
    assert (finding.verdict, finding.severity) == ("inconsistent", WARNING)
    assert "the exact method of Clopper and Pearson: 46.19 to 94.96" in finding.details


def test_an_interval_of_another_level_warns() -> None:
    assert of(interval("25", "40", "12.7", "41.2", 99)).severity == WARNING


def test_one_unit_of_a_last_digit_is_a_slip() -> None:
    assert of(interval("30", "27", "14", "51")).verdict == "slip"


def test_fewer_people_assessed_are_a_note() -> None:
    finding = of(interval("50.0", "20", "26.0", "74.0"))
    assert (finding.verdict, finding.by, finding.severity) == ("consistent-under", "9/18", NOTE)


def test_a_missing_n_is_found() -> None:
    claim = interval("87.5", "64", "75.93", "94.82")
    finding = of(replace(claim, share=replace(claim.share, n=None)))
    assert finding.severity == NONE
    assert finding.message.startswith("87.5 (75.93 to 94.82) can only be that of 49/56 by the exact method")


def test_a_level_that_is_not_printed_is_not_guessed() -> None:
    assert of(interval("25", "40", "12.7", "41.2", None)).verdict == "not-checkable"


def test_intervals_of_medians_and_survival_are_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "series.yaml"
    file.write_text(
        "format: 1\nstudy: series\nlabel: Series\nsources: {paper: {kind: paper}}\n"
        "design: {kind: single-arm}\narms: {a: {treatment: a, n: 40}}\n"
        "endpoints: {response: {kind: binary}, survival: {kind: time-to-event, unit: months}}\n"
        "outcomes:\n"
        "  - {endpoint: response, where: Abstract, results: {a: {percent: 25, ci95: [12.7, 41.2]}}}\n"
        "  - {endpoint: survival, at: 1 year, where: Abstract, results: {a: {survival: 25, ci95: [9, 44]}}}\n"
        "  - endpoint: survival\n    unit: months\n    where: Abstract\n"
        "    results: {a: {events: 9, median: 25, ci95: [9, 44]}}\n",
        encoding="utf-8",
    )
    claims = paper(read_study(file)).claims
    assert [c.low.text for c in claims if isinstance(c, ShareInterval)] == ["12.7"]


def test_an_n_that_cannot_be_is_replaced() -> None:
    finding = of(interval("23.2", "59", "12.98", "36.42"))
    assert finding.severity == NONE
    assert "can only be that of 13/56" in finding.message
    assert finding.message.endswith("no count of the n printed has this percentage")


def test_an_interval_of_the_printed_n_says_that_the_percentage_is_wrong() -> None:
    found = of(interval("11.0", "170", "6.9", "16.9"))
    assert (found.verdict, found.severity, found.by) == ("consistent-under", NOTE, "19/170")
    assert found.message.endswith("that is 11.2 %, not 11.0")


def test_another_n_by_a_better_known_method_goes_before_it() -> None:
    assert "24/196 by the exact method" in of(interval("12.2", "198", "8", "17.7")).message
