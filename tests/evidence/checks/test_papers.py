"""Whole-paper checks on honest papers give notes at most, and take hostile numbers calmly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.auditing import audit_paper
from evidence.checks import checks_on, multiplicity, plausibility
from evidence.checks.example_papers import arms, trial
from evidence.checks.examples import (
    bare,
    change_test,
    means_test,
    number,
    paper,
    place,
    share,
    shares_test,
    summary,
    within_test,
)
from evidence.claims import Calendar, Claim, Paper, Share
from evidence.distributions import t_sf
from evidence.findings import NONE, NOTE, Finding
from evidence.reanalysis import t, two_by_two

HOSTILE = [
    "0",
    "1",
    "-1",
    "0.000",
    "1e308",
    "-1e308",
    "1e-300",
    "1e999",
    "99999999999999999999",
    "<0.05",
    ">5",
    "~3",
]
SIZES = ["0", "1", "2", "3", "160", "1e9", "12.5", "-4", "<5", "1e999"]
DATES = [
    None,
    "2018-01/2023-12",
    "0/0",
    "9999-99/0000-00",
    "2020/2020",
    "soon",
    "2018-01-31/2018-02-01",
    "2023-12",
]


def findings(whole: Paper) -> list[Finding]:
    return [finding for check in checks_on(Paper) for finding in check.run(whole)]


@settings(deadline=None, max_examples=60)
@given(
    *[st.sampled_from(HOSTILE)] * 4, *[st.sampled_from(SIZES)] * 2,
    st.sampled_from(["chi2", "t", "z", "f", "u", "rho", "statistic", None]), *[st.sampled_from(DATES)] * 2,
    st.sampled_from(["12 months", "0 years", "9999 years", "best"]),
)  # fmt: skip
def test_hostile_numbers_give_a_verdict(
    a: str,
    b: str,
    c: str,
    d: str,
    n: str,
    m: str,
    letter: str | None,
    dates: str | None,
    until: str | None,
    at: str,
) -> None:
    higher = {"higher": "a", "claim": "significant"}
    claims: list[Claim] = [
        *(share(a, n, c, label=f"objective response {i}") for i in range(3)),
        *(summary(a, b, size, arm=arm, time=time, label="tumour volume")
          for arm, size in (("a", n), ("b", m)) for time in ("before", "after")),
        *(summary(x, y, size, arm=arm, label=f"row {i}")
          for i, (x, y) in enumerate([(a, b), (c, d)] * 3) for arm, size in (("a", n), ("b", m))),
        *(bare(letter, x, y, n=(n, m), label=f"test {i}") for i, (x, y) in enumerate([(a, b), (c, d)] * 6)),
        shares_test(letter, a, b, (c, n), (d, m), label="shares"),
        shares_test(None, None, None, (c, n), (d, m), label="words", claim="not-significant"),
        means_test(letter, a, b, (c, d, n), (a, b, m), label="means"),
        within_test(letter, a, b, (c, d, n), (a, b, m), label="within"),
        change_test(letter, a, b, "change", (c, d, n), (a, b, n), (a, b, m), (c, d, m)),
    ]  # fmt: skip
    placed = [_at(claim, at, higher) for claim in claims]
    lost = tuple(Share(place("lost"), arm, number(n, f"{arm}/n"), number(a, f"{arm}/lost")) for arm in "ab")
    whole = replace(paper(*placed), sizes=arms((n, m)), lost=lost, calendar=Calendar(dates, until))
    for design in ("cohort", "randomised-trial"):
        for finding in findings(replace(whole, design=design)):
            assert "nan" not in finding.message
    rows = [((a, b), (c, d)), (a, c), ((c, b), (a, d))] * 3
    findings(trial((n, m), *rows))  # type: ignore[arg-type]  # rows of two kinds


def _at(claim: Any, at: str, more: dict[str, str]) -> Any:
    test = getattr(claim, "test", None)
    if test is not None:
        where = replace(test.place, at=(at,), quotes=("the arms were similar",))
        return replace(claim, test=replace(test, place=where, **more))
    return replace(claim, place=replace(claim.place, at=(at,)))


def honest(rng: np.random.Generator) -> Paper:
    """A small trial, computed from data and rounded, whose words are those of its numbers."""
    n1, n2 = (int(n) for n in rng.integers(20, 120, 2))
    claims: list[Claim] = []
    for i in range(4):
        x, y = rng.normal(20, 6, n1), rng.normal(21, 6, n2)
        found = t.pooled(x.mean(), x.std(ddof=1), n1, y.mean(), y.std(ddof=1), n2)
        cells = [(f"{z.mean():.2f}", f"{z.std(ddof=1):.2f}", str(z.size)) for z in (x, y)]
        p = float(found.p)
        test = means_test(
            "t", f"{float(found.value):.2f}", f"{p:.3f}", *cells, label=f"mean {i}",
            claim="significant" if p < 0.05 else "not-significant",
        )  # fmt: skip
        higher = "a" if x.mean() > y.mean() else "b"
        groups = tuple(
            summary(*cell, arm=arm, label=f"mean {i}") for arm, cell in zip("ab", cells, strict=True)
        )
        claims += [*groups, replace(test, groups=groups, test=replace(test.test, higher=higher))]
        k1, k2 = rng.binomial(n1, 0.4), rng.binomial(n2, 0.4)
        pearson = two_by_two.pearson(k1, n1, k2, n2)
        shown = [(f"{100 * k / n:.1f}", str(n)) for k, n in ((k1, n1), (k2, n2))]
        claims.append(
            shares_test(
                "chi2", f"{float(pearson.value):.3f}", f"{float(pearson.p):.3f}", *shown, label=f"share {i}"
            )
        )
        before = rng.normal(30, 5, n1)
        change = before - (0.5 * before + rng.normal(10, 4, n1))
        value = float(change.mean() / (change.std(ddof=1) / np.sqrt(n1)))
        after = before - change
        pair = [(f"{z.mean():.2f}", f"{z.std(ddof=1):.2f}", str(n1)) for z in (before, after)]
        p = 2 * t_sf(abs(value), n1 - 1.0)
        claims.append(within_test("t", f"{value:.2f}", f"{p:.3f}", pair[0], pair[1], label=f"within {i}"))
    whole = replace(paper(*claims), sizes=arms((str(n1), str(n2))), design="randomised-trial")
    return replace(whole, calendar=Calendar("2018-01/2020-12", "2022-12"))


@pytest.mark.parametrize("seed", range(25))
def test_an_honest_paper_gives_notes_at_most(seed: int) -> None:
    found = audit_paper(honest(np.random.default_rng(seed)))
    loud = [(f.code, f.message) for f in found if f.severity not in (NONE, NOTE)]
    assert not loud
    whole = [f for f in findings(honest(np.random.default_rng(seed))) if f.severity == NOTE]
    assert {f.code for f in whole} <= {"AUD307", "AUD323"}, [(f.code, f.message) for f in whole]


def test_findings_about_one_paper_have_unlike_fingerprints() -> None:
    for whole in (honest(np.random.default_rng(3)), *multiplicity.CHECK.inconsistent):
        marks = [f.anchor for f in findings(whole)]
        assert len(set(marks)) == len(marks)


# --- sizes seldom seen, and many tests --------------------------------------------------------------------


def test_rounding_is_allowed_for_before_a_difference_is_large() -> None:
    near = paper(summary("10", "1", "40"), summary("12", "1", "40", arm="b"))
    assert not list(plausibility.run(near))


def test_everybody_needs_many_people() -> None:
    for n, many in (("19", 0), ("20", 1)):
        assert len(list(plausibility.run(paper(share("100", n, label="objective response"))))) == many


def printed_p(*ps: str) -> Paper:
    return paper(*(bare(None, None, p, n=("40", "40"), label=f"outcome {i}") for i, p in enumerate(ps)))


def test_holm_takes_a_bound_as_small_as_it_can_be() -> None:
    (finding,) = multiplicity.run(printed_p(*["<0.05"] * 12))
    assert finding.severity == NONE
    (finding,) = multiplicity.run(printed_p("0.03", *["0.5"] * 11))
    assert finding.severity == NOTE
    assert "0.6 tests below 0.05 are expected" in finding.details[0]


def test_few_tests_are_let_be() -> None:
    assert not list(multiplicity.run(printed_p("0.03", "0.04", "0.5")))
