"""AUD504: two sources of one number agree in any rounding; another number or level does not."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import exp
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.auditing import audit
from evidence.checks.sources_agree import run
from evidence.claims import Place, Witnesses
from evidence.findings import Finding
from evidence.loading import read_study
from evidence.reanalysis.intervals import half_widths
from evidence.values import reported

STUDY = """\
format: 1
study: trial
label: Trial
sources: {paper: {kind: paper}, review: {kind: secondary}}
design: {kind: randomised-trial}
arms: {active: {treatment: a, n: 40}, control: {treatment: b, n: 38}}
sets: {safety: {n: {active: 40, control: 37}}}
endpoints: {survival: {kind: time-to-event}, fever: {kind: binary}}
outcomes:
  - endpoint: survival
    unit: months
    where: Table 1
    results: {active: {median: 10.8}}
    effects: [{measure: HR, compare: [active, control], estimate: 0.21, ci99: [0.14, 0.31]}]
  - {endpoint: fever, set: safety, where: Table 2, results: {active: {percent: 25}}}
  - endpoint: survival
    source: review
    unit: months
    where: Table 9
    results: {active: {median: 10.84}}
    effects: [{measure: HR, compare: [active, control], estimate: 0.21, ci95: [0.14, 0.31]}]
  - {endpoint: fever, source: review, where: Table 9, results: {active: {percent: 30}}}
"""


def claim(one: str, two: str, levels: tuple[str, str] | None = None) -> Witnesses:
    texts = list(zip(one.split(), two.split(), strict=True))
    pairs = tuple((reported(a, f"a/{i}"), reported(b, f"b/{i}")) for i, (a, b) in enumerate(texts))
    said = None if levels is None else (Fraction(levels[0]), Fraction(levels[1]))
    place = Place("trial", "trial/x", "x", "X")
    return Witnesses(place, "HR", ("paper", "review"), pairs, said, levels is not None)


def severity(witnesses: Witnesses) -> str:
    (finding,) = run(witnesses)
    return finding.severity


def of_study(tmp_path: Path, text: str = STUDY) -> list[Finding]:
    (tmp_path / "trial.yaml").write_text(text, encoding="utf-8")
    return [f for f in audit(read_study(tmp_path / "trial.yaml")) if f.code == "AUD504"]


def test_a_median_agrees_and_a_level_does_not(tmp_path: Path) -> None:
    found = of_study(tmp_path)
    assert [(f.verdict, f.severity) for f in found] == [
        ("consistent", "none"),
        ("consistent", "none"),
        ("screen", "warning"),
    ]
    assert "0.14 to 0.31 at 99 % in paper, 0.14 to 0.31 at 95 % in review" in found[-1].message


def test_another_set_is_no_witness(tmp_path: Path) -> None:
    assert not any("fever" in f.place.address for f in of_study(tmp_path))
    found = of_study(tmp_path, STUDY.replace("set: safety, ", ""))
    assert [f.severity for f in found if "fever" in f.place.address] == ["warning"]


@pytest.mark.parametrize(
    ("one", "two", "levels", "expected"),
    [
        ("40.5", "40.54", None, "none"),
        ("66.3", "67", None, "note"),
        ("66.3", "69", None, "warning"),
        ("0.14 0.31", "0.14 0.31", ("99", "99"), "none"),
        ("0.14 0.31", "0.14 0.31", ("99", "95"), "warning"),
        ("0.13 0.36", "0.14 0.35", ("96", "95"), "none"),
        ("0.9 1.1", "0.9 1.1", ("96", "95"), "none"),
        ("0.15 0.34", "0.13 0.36", ("99", "95"), "warning"),
        ("0.14 0.31", "0.14 0.39", ("99", "99"), "warning"),
    ],
)
def test_verdicts(one: str, two: str, levels: tuple[str, str] | None, expected: str) -> None:
    assert severity(claim(one, two, levels)) == expected


HALVES = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def cut(value: float, decimals: int, mode: str) -> str:
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=mode))


@given(st.floats(0.01, 1000), st.integers(0, 3), st.integers(0, 3), HALVES, HALVES)
def test_one_number_in_two_roundings_agrees(x: float, d1: int, d2: int, m1: str, m2: str) -> None:
    assert severity(claim(cut(x, d1, m1), cut(x, d2, m2))) == "none"


@given(
    st.floats(-1.5, 1.5), st.floats(0.05, 0.6), st.sampled_from([60, 80, 90, 95, 96, 99]),
    st.sampled_from([90, 95, 99]), st.integers(2, 4), HALVES,
)  # fmt: skip
def test_one_estimate_at_two_levels_agrees(
    mean: float, se: float, one: int, two: int, decimals: int, mode: str
) -> None:
    texts = []
    for level in (one, two):
        reach = half_widths(level) * se
        texts.append(f"{cut(exp(mean - reach), decimals, mode)} {cut(exp(mean + reach), decimals, mode)}")
    assert severity(claim(texts[0], texts[1], (str(one), str(two)))) in ("none", "note")


def test_numbers_cut_off_are_taken_so() -> None:
    assert severity(claim(cut(40.57, 1, ROUND_DOWN), "40.57")) == "note"
