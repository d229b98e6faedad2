"""Every reasonable way of pooling one comparison."""

from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.every_way import ESTIMATORS, INTERVALS, multiverse

REVIEW = """
format: 1
review: made-up
treatments: {active: {label: Active}, placebo: {label: Placebo, reference: true}}
endpoints: {relapse: {kind: binary, better: lower, measure: RR}}
"""
TRIAL = """
format: 1
study: trial-%d
label: Trial %d
sources: {paper: {kind: paper}}
design: {kind: randomised-trial}
arms: {active: {treatment: active, n: 50}, placebo: {treatment: placebo, n: 52}}
outcomes:
  - {endpoint: relapse, where: T, results: {active: {events: %d}, placebo: {events: %d}}}
"""


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("four")
    (folder / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for i, (a, c) in enumerate([(10, 20), (12, 15), (8, 22), (20, 21)], 1):
        (folder / f"trial-{i}.yaml").write_text(TRIAL % (i, i, a, c), encoding="utf-8")
    return evidence.read_review(folder)


def test_every_combination_is_tried(four) -> None:
    found = multiverse(four, "relapse", measures=("RR", "OR"), readings=("corrected",))
    assert len(found.universes) == 2 * len(ESTIMATORS) * len(INTERVALS)
    assert {(u.tau2, u.interval) for u in found.of("OR")} == {(t, i) for t in ESTIMATORS for i in INTERVALS}


def test_each_way_is_what_pool_gives(four) -> None:
    found = multiverse(four, "relapse", measures=("RR",), readings=("corrected",))
    table = synthesis.effects(four, "relapse", measure="RR")
    for way in found.universes:
        pool = synthesis.pool(table, tau2=way.tau2, interval=way.interval)
        assert (way.mu, way.low, way.high) == (pool.mu, pool.ci.low, pool.ci.high)


def test_the_picture_shows_each_interval_as_it_is(four) -> None:
    found = multiverse(four, "relapse", measures=("RR",), readings=("corrected",))
    rows = found.table("RR").rows
    assert [row.stated[:2] for row in rows] == [(u.low, u.high) for u in found.universes]
    assert "REML, HKSJ-wider, corrected" in synthesis.plot.forest(found.table("RR")).to_svg()


def test_one_study_gives_one_way_a_measure_and_reading(first_two: Path) -> None:
    review = evidence.read_review(first_two)
    found = multiverse(review, "any-adverse-event", compare=("anlotinib", "sorafenib"))
    ways = {u.reading: u for u in found.of("RR")}
    assert ways["repaired"].mu == pytest.approx(-0.24672, abs=1e-5)
    assert ways["without-flagged"].mu is None
    assert "rests on 77.79" in (ways["without-flagged"].reason or "")


def test_a_multiverse_is_plain_data(four) -> None:
    found = multiverse(four, "relapse", measures=("RR",), readings=("corrected",)).to_dict()
    assert found["universes"][0]["measure"] == "RR"
