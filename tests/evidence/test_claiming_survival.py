"""A time-to-event endpoint is gathered from all the places it is printed in, and from no other people's."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from evidence.claiming import paper
from evidence.claims import Calendar, Paper, SurvivalArm, SurvivalClaim
from evidence.loading import read_study

STUDY = """\
format: 1
study: trial
label: Trial
sources: {paper: {kind: paper, title: Trial, year: 2024}}
design: {kind: randomised-trial, recruitment: 2018-01/2020-06, follow_up_until: 2021-06}
arms:
  active: {treatment: active, n: 40}
  control: {treatment: control, n: 38}
endpoints:
  progression-free-survival: {kind: time-to-event, unit: months}
  overall-survival: {kind: time-to-event, unit: months}
  response: {kind: binary}
cuts:
  final: {date: 2021-06}
follow_up: {unit: months, where: Text, median: 14.2, range: [0.3, 40.1]}
outcomes:
  - endpoint: progression-free-survival
    unit: months
    where: Table 2
    results:
      active: {median: 10.8, ci95: [9.1, 12.9], events: 25, expected: 30.2}
      control: {median: not-reached, events: 12}
    tests:
      - {test: log-rank, chi2: 5.31, p: 0.021}
      - {test: gehan, p: 0.05, id: early}
    effects:
      - {measure: HR, compare: [active, control], estimate: 0.59, ci95: [0.45, 0.76], adjusted: none}
      - {measure: HR, compare: [active, control], estimate: 0.55, adjusted: [age], id: adjusted}
      - {measure: HR, compare: [active, control], estimate: 0.50, crossover: RPSFTM, id: switch}
  - endpoint: progression-free-survival
    at: 6 months
    where: Table 3
    results: {active: {survival: 70.1}, control: {survival: 81.2, n: 30}}
  - endpoint: progression-free-survival
    origin: figure
    unit: months
    where: Figure 2
    results: {active: {at_risk: {0: 40, 6: 27, 12: 9}}}
  - endpoint: progression-free-survival
    cut: final
    unit: months
    where: Table 4
    results: {active: {median: 11.9, rmst: 9.1, tau: 12}}
  - endpoint: response
    where: Table 2
    results: {active: {events: 12}, control: {events: 7}}
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    file: Path = tmp_path_factory.mktemp("study") / "trial.yaml"
    file.write_text(STUDY, encoding="utf-8")
    return paper(read_study(file))


@pytest.fixture(scope="module")
def claims(whole: Paper) -> list[SurvivalClaim]:
    return [each for each in whole.claims if isinstance(each, SurvivalClaim)]


@pytest.fixture(scope="module")
def active(claims: list[SurvivalClaim]) -> SurvivalArm:
    return claims[0].arms[0]


def test_one_claim_an_endpoint_and_cut(claims: list[SurvivalClaim]) -> None:
    assert [(claim.place.endpoint, claim.cut) for claim in claims] == [
        ("progression-free-survival", None),
        ("progression-free-survival", "final"),
    ]


def test_counts_median_and_its_interval(active: SurvivalArm) -> None:
    assert [str(x) for x in (active.n, active.events, active.expected, active.median)] == [
        *("40", "25", "30.2", "10.8"),
    ]
    assert (str(active.low), str(active.high), active.level, active.unit) == ("9.1", "12.9", 95, "months")


def test_landmarks_and_numbers_at_risk_meet_at_one_time(active: SurvivalArm) -> None:
    seen = [(x.time.exact, str(x.survival), str(x.at_risk)) for x in active.landmarks]
    assert seen == [(Fraction(0), "None", "40"), (Fraction(6), "70.1", "27"), (Fraction(12), "None", "9")]


def test_a_median_not_reached_is_kept(claims: list[SurvivalClaim]) -> None:
    middle = claims[0].arms[1].median
    assert middle is not None
    assert middle.word == "not-reached"


def test_other_people_are_left_out(claims: list[SurvivalClaim]) -> None:
    assert not claims[0].arms[1].landmarks


def test_restricted_means_of_a_cut_stay_with_it(claims: list[SurvivalClaim]) -> None:
    assert claims[0].arms[0].rmst is None
    assert (str(claims[1].arms[0].rmst), str(claims[1].arms[0].tau)) == ("9.1", "12")


def test_ratios_say_whether_they_are_crude_and_plain(claims: list[SurvivalClaim]) -> None:
    assert [(each.crude, each.plain) for each in claims[0].ratios] == [
        (True, True),
        (False, True),
        (None, False),
    ]


def test_only_tests_called_log_rank_are_log_rank(claims: list[SurvivalClaim]) -> None:
    assert [(test.arms, str(test.statistic)) for test in claims[0].logranks] == [
        (("active", "control"), "5.31")
    ]


def test_the_calendar_holds_the_longest_follow_up(whole: Paper) -> None:
    assert isinstance(whole.calendar, Calendar)
    assert [(str(n), unit) for n, unit in whole.calendar.followed] == [("40.1", "months")]
