"""Queries ask for what would settle them, and only where what is printed raises them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.checks import calendar_query, response_and_size
from evidence.checks.example_papers import arms
from evidence.checks.examples import paper, share
from evidence.checks.range_tests import Group
from evidence.claims import Calendar, Paper
from evidence.findings import NOTE, SCREEN


def dated(time: str, n: str, recruitment: str, until: str, **more: bool) -> Paper:
    claim = share("50", n, **more)  # type: ignore[arg-type]  # passed through
    claim = replace(claim, place=replace(claim.place, at=(time,)))
    return replace(paper(claim), sizes=arms((n,)), calendar=Calendar(recruitment, until))


def test_a_year_s_outcome_of_people_enrolled_until_the_end() -> None:
    (finding,) = calendar_query.run(dated("12 months", "160", "2018-01/2023-12", "2023-12"))
    assert (finding.verdict, finding.severity) == (SCREEN, NOTE)
    assert finding.recomputed is not None
    assert finding.recomputed.mid == pytest.approx(160 * 12 / 71, rel=1e-9)
    assert finding.recomputed.low < finding.recomputed.mid < finding.recomputed.high
    assert "even enrolment" in finding.details[0]


@pytest.mark.parametrize(
    ("time", "recruitment", "until"),
    [
        ("12 months", "2018-01/2022-12", "2024-02"),
        ("12 months", "2018-01/2023-12", "later"),
        ("12 months", "2018-01", "2023-12"),
        ("12 months", "2023-12/2018-01", "2023-12"),
        ("best", "2018-01/2023-12", "2023-12"),
        ("0 months", "2018-01/2023-12", "2023-12"),
    ],
)
def test_nothing_is_asked_where_dates_leave_time_or_say_nothing(
    time: str, recruitment: str, until: str
) -> None:
    assert not list(calendar_query.run(dated(time, "160", recruitment, until)))


def test_survival_estimates_allow_for_short_follow_up() -> None:
    whole = dated("12 months", "160", "2018-01/2023-12", "2023-12", survival=True)
    assert not list(calendar_query.run(whole))


def test_a_smaller_n_answers_the_query() -> None:
    whole = dated("12 months", "130", "2018-01/2023-12", "2023-12")
    assert not list(calendar_query.run(replace(whole, sizes=arms(("160",)))))


def test_the_share_that_shrank_has_a_floor_and_a_ceiling_at_every_correlation() -> None:
    import numpy as np

    rng = np.random.default_rng(7)
    for _ in range(200):
        before = rng.normal(100, rng.uniform(5, 40), 60)
        after = rng.uniform(-0.5, 0.9) * before + rng.normal(rng.uniform(0, 80), rng.uniform(2, 30), 60)
        one, two = (Group((x.mean(),) * 3, (x.std(ddof=1),) * 3, 60) for x in (before, after))
        found = response_and_size.responding(one, two, 0.7)
        assert found is not None
        assert found.low <= 100 * np.mean(after <= 0.7 * before) <= found.high
