"""What the review's plan takes from each study, against the record of facts read by hand.

A table is listed as study: what is taken, and the studies about the question that give nothing. Hazard ratios
are as printed, with the level of their interval; counts are events/people of each side.
"""

from math import exp, log
from pathlib import Path

import pytest

import evidence
import synthesis
from synthesis.planning import grouped, indirect_comparisons, pooled
from synthesis.rereading import under_every_reading
from synthesis.table import OTHERS

HAZARDS = {
    "pfs-vs-placebo": {
        "chi-2020": "0.21 (0.12-0.37) 95",
        "cosmic-311": "0.22 (0.15-0.32) 96",
        "decision": "0·59 (0·45-0·76) 95",
        "eortc-1209": "0.65 (0.42-0.99) 80",
        "leboulleux-2012": "0·63 (0·54-0·74) 60",
        "reality": "0.26 (0.14-0.47) 95",
        "select": "0.21 (0.14-0.31) 99",
        "study-308": "0.16 (0.10-0.26) 95",
    },
    "os-vs-placebo": {
        "chi-2020": "0.57 (0.29-1.12) 95",
        "decision": "0.92 (0.71-1.21) 95",
        "reality": "0.42 (0.18-0.97) 95",
        "select": "0.84 (0.62-1.13) 95",
    },
    "pfs-by-prior-therapy": {
        "cosmic-311, sorafenib, no lenvatinib": "0.13 (0.06-0.26) 95",
        "cosmic-311, lenvatinib, no sorafenib": "0.28 (0.16-0.48) 95",
        "cosmic-311, sorafenib and lenvatinib": "0.27 (0.13-0.54) 95",
    },
    "pfs-first-trials": {"decision": "0·59 (0·45-0·76) 95", "select": "0.21 (0.14-0.31) 99"},
    "lenvatinib-vs-sorafenib-cohorts": {"korea-2022": "0.34 (0.19-0.60) 95"},
}
COUNTS = {
    "response-vs-placebo": {
        "chi-2020": "45/76 0/37",
        "cosmic-311": "19/170 0/88",
        "decision": "24/198 1/201",
        "reality": "25/46 1/46",
        "select": "169/261 2/131",
        "study-308": "72/103 0/48",
    },
    "control-vs-placebo": {"chi-2020": "74/76 29/37", "decision": "106/198 68/201", "reality": "44/46 27/46"},
    "hand-foot-vs-placebo": {"decision": "158/207 20/209", "select": "84/261 1/131"},
    "diarrhoea-vs-placebo": {"decision": "142/207 32/209", "select": "173/261 22/131"},
    "fatigue-vs-placebo": {"decision": "103/207 53/209", "select": "110/261 32/131"},
    "hypertension-vs-placebo": {"decision": "84/207 26/209", "select": "181/261 19/131"},
    "proteinuria-vs-placebo": {"decision": "0/207 0/209", "select": "26/261 0/131"},
    "grade-3-vs-placebo": {"decision": "133/207 63/209", "select": "223/261 39/131"},
    "discontinuation-vs-placebo": {"decision": "39/207 8/209", "select": "43/261 6/131"},
    "response-by-drug": {
        "apatinib-2022": "19/28",
        "li-2023": "7/17",
        "surufatinib-2020": "8/32",
        "waguespack-2022": "20/28",
    },
    "partial-response-by-drug": {
        "cabanillas-2010": "3/13",
        "cabanillas-2015": "29/58",
        "cabanillas-2017": "10/25",
        "chen-2011": "3/9",
        "de-la-fouchardiere-2013": "13/45",
        "gupta-abramson-2008": "7/30",
        "kloos-2009": "6/41",
        "liaocheng-anlotinib": "8/23",
        "luo-2013": "4/8",
        "marotta-2013": "5/17",
        "schneider-2012": "8/31",
        "taiwan-2021": "16/65",
    },
    "anlotinib-vs-sorafenib-response": {"gansu-2024": "73/82 58/78"},
    "anlotinib-vs-sorafenib-adverse-events": {"gansu-2024": "46/82 61/78"},
    "anlotinib-vs-sorafenib-hand-foot": {"gansu-2024": "10/82 21/78"},
    "anlotinib-vs-sorafenib-diarrhoea": {"gansu-2024": "10/82 23/78"},
    "anlotinib-vs-sorafenib-fatigue": {"gansu-2024": "10/82 21/78"},
    "combination-vs-anlotinib-response": {"chen-2025": "10/13 3/14"},
    "combination-vs-seeds-response": {"chen-2025": "10/13 8/25"},
    "anlotinib-vs-seeds-response": {"chen-2025": "3/14 8/25"},
    "anlotinib-response-side-by-side": {"chen-2025": "3/14", "gansu-2024": "73/82"},
}
MEANS = ("anlotinib-vs-sorafenib-thyroglobulin", "anlotinib-vs-sorafenib-volume")
THROUGH = {
    "lenvatinib-vs-sorafenib": [0.329, 0.228, 0.475],
    "lenvatinib-vs-sorafenib-first-trials": [0.356, 0.239, 0.531],
}


@pytest.fixture(scope="module")
def first(first_two: Path):
    return evidence.read_review(first_two)


def name(row) -> str:
    return ", ".join([row.study, *row.label.split(", ", 1)[1:]])


def test_every_synthesis_looked_at_here_is_planned(review) -> None:
    assert {*HAZARDS, *COUNTS, *MEANS, *THROUGH} <= set(review.syntheses)


@pytest.mark.parametrize("plan", HAZARDS)
def test_the_printed_hazard_ratios_it_takes(review, plan: str) -> None:
    rows = synthesis.effects(review, plan).rows
    found = {}
    for row in rows:
        estimate, low, high = (number.text for number in row.inputs)
        found[name(row)] = f"{estimate} ({low}-{high}) {row.stated[2]:g}"
    assert found == HAZARDS[plan]


@pytest.mark.parametrize("plan", COUNTS)
def test_the_counts_it_takes(review, plan: str) -> None:
    rows = synthesis.effects(review, plan).rows
    found = {row.study: " ".join(f"{arm.events:g}/{arm.n:g}" for arm in row.arms) for row in rows}
    assert found == COUNTS[plan]


@pytest.mark.parametrize(
    ("plan", "left"),
    [
        ("pfs-vs-placebo", {}),
        ("os-vs-placebo", {
            "leboulleux-2012": "deaths: prints events, but no hazard ratio with its interval",
        }),
        ("hand-foot-vs-placebo", {"cosmic-311": "reports it otherwise (grade 3-4)"}),
        ("diarrhoea-vs-placebo", {"leboulleux-2012": "reports it otherwise (grade 3+)"}),
        ("discontinuation-vs-placebo", {
            "chi-2020": "Discontinuation for adverse events: prints no counts or percentages of both arms",
            "study-308": "Discontinuation for adverse events: prints no counts or percentages of both arms",
        }),
    ],
)  # fmt: skip
def test_trials_about_the_question_that_give_nothing_say_why(review, plan: str, left) -> None:
    found = synthesis.effects(review, plan).left_out
    assert {one.study: one.reason for one in found if not one.reason.startswith(OTHERS)} == left


def test_a_study_that_shares_people_with_another_is_not_in_it_too(review) -> None:
    found = {one.study: one.reason for one in synthesis.effects(review, "partial-response-by-drug").left_out}
    assert "shares people with gupta-abramson-2008 (likely" in found["keefe"]


@pytest.mark.parametrize(
    ("study", "plan", "choice"),
    [
        ("select", "pfs-vs-placebo", "independent comes before investigator"),
        ("cosmic-311", "pfs-vs-placebo", "update comes before interim"),
        ("select", "os-vs-placebo", "as allocated comes before adjusted for crossover (RPSFTM)"),
        ("decision", "os-vs-placebo", "as allocated comes before adjusted for crossover (RPSFTM)"),
        ("select", "response-vs-placebo", "independent comes before investigator"),
        ("chi-2020", "os-vs-placebo", "its source is listed later"),
    ],
)
def test_why_an_entry_was_taken(review, study: str, plan: str, choice: str) -> None:
    (row,) = [row for row in synthesis.effects(review, plan).rows if row.study == study]
    assert choice in row.choice
    assert row.passed_over


def test_the_99_percent_interval_is_read_as_one(review) -> None:
    rows = {row.study: row for row in synthesis.effects(review, "pfs-vs-placebo").rows}
    assert round(rows["select"].vi ** 0.5, 4) == 0.1543
    misread = (log(0.31) - log(0.14)) / (2 * 1.959963984540054)
    assert round(misread, 4) == 0.2028


def test_progression_against_placebo_is_pooled_by_reml_and_by_drug(review) -> None:
    table = synthesis.effects(review, "pfs-vs-placebo")
    pool, groups = pooled(review, table), grouped(review, table)
    assert (pool.k, pool.tau2_method) == (8, "REML")
    assert shown(pool) == [0.316, 0.194, 0.513]
    assert {group.level: group.k for group in groups.groups} == {
        **dict.fromkeys(
            ["Anlotinib", "Cabozantinib", "Sorafenib", "Nintedanib", "Vandetanib", "Apatinib"], 1
        ),
        "Lenvatinib": 2,
    }


def shown(one) -> list[float]:
    return [round(exp(value), 3) for value in (one.mu, one.ci.low, one.ci.high)]


@pytest.mark.parametrize("plan", THROUGH)
def test_lenvatinib_against_sorafenib_through_placebo(review, plan: str) -> None:
    (found,) = indirect_comparisons(review, only=plan)
    assert shown(found.found) == THROUGH[plan]


def test_select_and_decision_alone_give_the_published_common_effect(review) -> None:
    found = pooled(review, synthesis.effects(review, "pfs-first-trials"))
    assert (found.model, shown(found)) == ("common-effect", [0.379, 0.311, 0.462])


FIRST = [plan for plan in (*COUNTS, *MEANS) if plan.startswith(("anlotinib-", "combination-"))]


@pytest.mark.parametrize("plan", FIRST)
def test_the_two_first_studies_are_as_they_were_alone(review, first, plan: str) -> None:
    planned = synthesis.effects(review, plan)
    alone = synthesis.effects(first, planned.endpoint, compare=planned.compare)
    assert [(r.study, r.yi, r.vi) for r in planned.rows] == [(r.study, r.yi, r.vi) for r in alone.rows]
    assert [row.notes for row in planned.rows] == [row.notes for row in alone.rows]
    assert planned.pooled == alone.pooled


def test_anlotinib_of_both_stands_side_by_side_with_fishers_p(review) -> None:
    found = synthesis.effects(review, "anlotinib-response-side-by-side")
    assert "unlike timepoints" in found.reason
    assert "5e-7" in found.notes[0]


def test_only_syntheses_that_rest_on_a_doubtful_number_move_under_another_reading(review) -> None:
    audit = evidence.audit(review)
    made = [synthesis.effects(review, plan, audit=audit) for plan in (*HAZARDS, *COUNTS)]
    pools = [pool for table in made if (pool := pooled(review, table)) is not None]
    moved = [s.default.table.name for s in under_every_reading(review, pools, audit) if not s.steady]
    assert {"anlotinib-vs-sorafenib-adverse-events", "anlotinib-vs-sorafenib-fatigue"} <= set(moved)
    assert not {"pfs-vs-placebo", "os-vs-placebo", "response-vs-placebo"} & set(moved)
