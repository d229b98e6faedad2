"""What a misread level and a forgotten logarithm would have made of a pool, and where they make nothing."""

from dataclasses import replace
from math import exp, log
from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.misreading import LEVELS, NO_LOGARITHM, misread
from synthesis.table import EffectRow, EffectTable

Z = {95: 1.959963984540054, 99: 2.5758293035489004}


def trial(name: str, hr: float, low: float, high: float, level: int = 95) -> EffectRow:
    ends = log(low), log(high)
    se = (ends[1] - ends[0]) / (2 * Z[level])
    return EffectRow(name, name, log(hr), se * se, (), (), name, stated=(*ends, float(level)))


SELECT, DECISION = trial("select", 0.21, 0.14, 0.31, 99), trial("decision", 0.59, 0.45, 0.76)
OTHER = trial("other", 0.26, 0.14, 0.47)


def pooled(*rows: EffectRow, measure: str = "HR", **model):
    table = EffectTable("pfs", "PFS", measure, ("x", "y"), ("X", "Y"), rows)
    return synthesis.pool(table, **model)


def test_a_misread_level_takes_the_limits_for_those_of_another_interval() -> None:
    found = {one.name: one for one in misread(pooled(SELECT, DECISION, OTHER))}[LEVELS]
    wrong = replace(SELECT, vi=((log(0.31) - log(0.14)) / (2 * Z[95])) ** 2)
    mean = pooled(wrong, DECISION, OTHER)
    assert (found.estimate, found.low) == pytest.approx((exp(mean.mu), exp(mean.ci.low)), rel=1e-12)
    assert found.rows == ("select",)


def test_ours_stands_beside() -> None:
    mean = pooled(SELECT, DECISION, OTHER)
    for one in misread(mean):
        assert one.ours == pytest.approx((exp(mean.mu), exp(mean.ci.low), exp(mean.ci.high)), rel=1e-15)


def test_without_the_logarithm_ratios_are_averaged_as_they_are() -> None:
    rows = (SELECT, DECISION, OTHER)
    found = {one.name: one for one in misread(pooled(*rows, model="common-effect"))}[NO_LOGARITHM]
    widths = [(0.31 - 0.14) / (2 * Z[99]), (0.76 - 0.45) / (2 * Z[95]), (0.47 - 0.14) / (2 * Z[95])]
    weights = [width**-2 for width in widths]
    mean = sum(w * hr for w, hr in zip(weights, (0.21, 0.59, 0.26), strict=True)) / sum(weights)
    assert found.estimate == pytest.approx(mean, rel=1e-12)
    assert found.high - found.estimate == pytest.approx(Z[95] / sum(weights) ** 0.5, rel=1e-12)


def test_of_two_studies_the_common_effect_is_meant() -> None:
    found = {one.name: one for one in misread(pooled(SELECT, DECISION))}
    assert round(found[LEVELS].ours[0], 3) == 0.379
    wrong = replace(SELECT, vi=((log(0.31) - log(0.14)) / (2 * Z[95])) ** 2)
    assert found[LEVELS].estimate == pytest.approx(exp(pooled(wrong, DECISION).common.mu), rel=1e-12)


def test_they_appear_only_where_they_change_something() -> None:
    assert [one.name for one in misread(pooled(DECISION, OTHER))] == [NO_LOGARITHM]
    assert [one.name for one in misread(pooled(SELECT))] == [LEVELS]
    assert misread(pooled(DECISION)) == ()


def test_only_ratios_from_printed_intervals_have_them() -> None:
    assert misread(pooled(SELECT, DECISION, measure="MD")) == ()
    assert misread(pooled(replace(SELECT, stated=None), replace(DECISION, stated=None))) == ()
    assert misread(synthesis.pool(yi=[0.1, 0.2], vi=[0.1, 0.1], measure="HR")) == ()


def test_rows_from_counts_keep_their_own_interval() -> None:
    counted = replace(OTHER, stated=None)
    found = {one.name: one for one in misread(pooled(SELECT, DECISION, counted))}
    assert found[LEVELS].rows == ("select",)


def test_the_estimator_and_interval_are_those_of_the_pool() -> None:
    chosen = {"tau2": "DL", "interval": "Wald"}
    found = {one.name: one for one in misread(pooled(SELECT, DECISION, OTHER, **chosen))}[LEVELS]
    wrong = replace(SELECT, vi=((log(0.31) - log(0.14)) / (2 * Z[95])) ** 2)
    mean = pooled(wrong, DECISION, OTHER, **chosen)
    assert found.high == pytest.approx(exp(mean.ci.high), rel=1e-12)


def test_a_given_tau2_is_kept_where_logarithms_are() -> None:
    found = {one.name: one for one in misread(pooled(SELECT, DECISION, OTHER, tau2=0.2))}[LEVELS]
    wrong = replace(SELECT, vi=((log(0.31) - log(0.14)) / (2 * Z[95])) ** 2)
    mean = pooled(wrong, DECISION, OTHER, tau2=0.2)
    assert found.estimate == pytest.approx(exp(mean.mu), rel=1e-12)


REVIEW = """\
format: 1
review: made-up
treatments: {active: {label: Active}, placebo: {label: Placebo, reference: true}}
endpoints: {pfs: {label: PFS, kind: time-to-event, better: higher, measure: HR}}
syntheses: {pfs-vs-placebo: {endpoint: pfs, compare: [any, placebo]}}
"""
STUDY = """\
format: 1
study: {0}
label: {0}
sources: {{paper: {{kind: paper}}}}
design: {{kind: randomised-trial}}
arms: {{a: {{treatment: active, n: 200}}, c: {{treatment: placebo, n: 200}}}}
outcomes: [{{endpoint: pfs, where: T, effects: [{{measure: HR, compare: [a, c], estimate: {1}, {2}: {3}}}]}}]
"""
THREE = [
    ("aa", "0.21", "ci99", "[0.14, 0.31]"),
    ("bb", "0.59", "ci95", "[0.45, 0.76]"),
    ("cc", "0.26", "ci95", "[0.14, 0.47]"),
]


@pytest.fixture
def review(tmp_path: Path):
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for one in THREE:
        (tmp_path / f"{one[0]}.yaml").write_text(STUDY.format(*one), encoding="utf-8")
    return evidence.read_review(tmp_path)


def test_every_way_of_a_synthesis_names_them_apart_from_the_ways(review) -> None:
    found = synthesis.multiverse(review, "pfs-vs-placebo")
    assert [one.name for one in found.errors] == [LEVELS, NO_LOGARITHM]
    assert not any("error" in way.label for way in found.universes)


def test_the_report_shows_them_as_errors_beside_ours(review) -> None:
    page = synthesis.report(review)
    assert "every interval read as 95 %" in page
    assert "it is no result of this review" in page
