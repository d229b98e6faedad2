"""AUD316: is a before-after t a paired t at some correlation, or only the t of independent samples?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
    slip,
)
from evidence.checks.examples import within_test
from evidence.checks.printed_tests import distance, printed_p, region
from evidence.checks.range_tests import (
    SD,
    SE,
    Group,
    groups,
    numbers,
    p_mismatch,
    printed_t,
    unsaid,
)
from evidence.checks.wording import chance, equation, figure, figures, symbol
from evidence.claims import WithinTest
from evidence.distributions import t_sf
from evidence.findings import WARNING, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.t import Box, absolute, implied_correlation, paired_range

RULE = Rule("AUD316", "paired-t")
CLOSE = 0.02
"""A correlation of zero is telling only where the printed digits pin it down this well."""
INDEPENDENT = "independent-samples t"


def run(claim: WithinTest) -> Iterator[Finding]:
    """Which correlation of before and after a printed t implies, and whether one can be."""
    test = claim.test
    if test.statistic is None and printed_p(test) is None:
        return
    pair = (claim.before, claim.after)
    about = (test.statistic, printed_p(test), *numbers(*pair))
    reading = SE if pair[0].sd is None and not unsaid(pair) else SD
    found = groups(pair, reading)
    if isinstance(found, Unknown):
        yield not_checkable(RULE, test.place, about, f"the t cannot be recomputed: {found.reason}")
        return
    t = printed_t(test)
    if t is not None:
        yield _judge_t(claim, about, found, t[0], t[1])
    elif test.statistic is not None:
        message = (
            f"{equation(symbol(test.letter), test.statistic)} is not computed from means and their spread"
        )
        yield not_checkable(RULE, test.place, about, message)
    else:
        yield _judge_p(claim, about, found)


def _people(pair: tuple[Group, ...]) -> int:
    return min(group.n for group in pair)


def _range_at(pair: tuple[Group, ...], r: float) -> Box:
    before, after = pair
    return absolute(paired_range(before.mean, before.sd, after.mean, after.sd, _people(pair), r))


def _judge_t(claim: WithinTest, about: About, pair: tuple[Group, ...], t: Box, unit: float) -> Finding:
    test, (before, after) = claim.test, pair
    statistic = test.statistic
    assert statistic is not None  # it gave t
    said = equation(symbol(test.letter), statistic)
    r = implied_correlation(before.mean, before.sd, after.mean, after.sd, _people(pair), t)
    least, independent, most = (_range_at(pair, at) for at in (-1.0, 0.0, 1.0))
    if isnan(r[1]) or isnan(independent[1]):
        message = f"{said} implies no correlation: there is no spread, or fewer than two people"
        return not_checkable(RULE, test.place, about, message)
    fits = r[0] <= 1 and r[2] >= -1
    away = distance(independent[0], independent[2], t, unit)
    tried = (
        Tried("paired t at some correlation", Range(least[0], independent[1], most[2]), hit=fits),
        Tried(INDEPENDENT, Range(*independent), hit=r[0] <= 0 <= r[2], distance=away),
    )
    within = max(abs(r[0]), abs(r[2]))
    facts: dict[str, Any] = {"tried": tried, "power": _power(least, most, t)}
    if r[0] <= 0 <= r[2] and within <= CLOSE:
        return _independent(test.place, about, said, within, r, independent, facts)
    if fits:
        low, high = max(r[0], -1.0), min(r[2], 1.0)
        shown = figures(Range(low, r[1], high), 2)
        message = f"{said} is a paired t at a correlation of {shown}"
        facts |= {"by": f"paired t at r = {shown}", "recomputed": Range(least[0], independent[1], most[2])}
        return consistent(RULE, test.place, about, message, **facts)
    return _no_correlation(claim, about, said, r, (least, most), t, unit, facts)


def _independent(
    place: Any, about: About, said: str, within: float, r: Box, independent: Box, facts: dict[str, Any]
) -> Finding:
    message = (
        f"{said} compares the same people before and after, yet is reproduced only as the {INDEPENDENT}: "
        f"as a paired t it implies a correlation of 0 within {figure(within, 4)}"
    )
    half = figure((r[2] - r[0]) / 2, 4)
    details = (
        f"implied correlation {figure(r[0], 4)} to {figure(r[2], 4)}, half-width {half}",
        "a standard deviation of change backed out of this t is not a paired one",
    )
    facts = facts | {"by": INDEPENDENT, "recomputed": Range(*independent), "details": details}
    return consistent_under(RULE, place, about, message, severity=WARNING, **facts)


def _power(least: Box, most: Box, t: Box) -> float:
    """How likely a wrong t would be caught: the share of usual values outside all correlations."""
    usual = max(10.0, t[2])
    return max(0.0, 1.0 - (min(most[2], usual) - min(least[0], usual)) / usual)


def _no_correlation(
    claim: WithinTest,
    about: About,
    said: str,
    r: Box,
    ends: tuple[Box, Box],
    t: Box,
    unit: float,
    facts: dict[str, Any],
) -> Finding:
    least, most = ends
    if r[0] > 1:
        message = f"{said} is more than a paired t of these can be: it implies a correlation above 1"
    else:
        message = (
            f"{said} is less than a paired t of these can be: at a correlation of -1 it is {figure(least[0])}"
        )
    away = distance(least[0], most[2], t, unit)
    facts = facts | {"recomputed": Range(least[0], (least[0] + min(most[2], 1e300)) / 2, most[2])}
    other = _as_errors(claim, t)
    if other is not None:
        text = f"{said} is a paired t at a correlation of {figure(other, 2)} if the ± are standard errors"
        facts |= {"by": "paired t with standard errors printed"}
        severity = None if unsaid((claim.before, claim.after)) else WARNING
        return consistent_under(RULE, claim.test.place, about, text, severity=severity, **facts)
    facts |= {"relaxation": away}
    if away is not None and away <= 1:
        return slip(RULE, claim.test.place, about, f"{message}, by one unit of the last digit", **facts)
    return inconsistent(RULE, claim.test.place, about, message, **facts)


def _as_errors(claim: WithinTest, t: Box) -> float | None:
    """The implied correlation with the printed spreads read as standard errors, if one can be."""
    if claim.before.se is not None or claim.after.se is not None:
        return None
    plain = groups((claim.before, claim.after), SD)
    if isinstance(plain, Unknown):
        return None
    scale = _people(plain) ** 0.5
    (m1, s1), (m2, s2) = ((g.mean, tuple(x * scale for x in g.sd)) for g in plain)
    r = implied_correlation(m1, (s1[0], s1[1], s1[2]), m2, (s2[0], s2[1], s2[2]), _people(plain), t)
    return r[1] if -1 <= r[1] <= 1 else None


def _judge_p(claim: WithinTest, about: About, pair: tuple[Group, ...]) -> Finding:
    test, p, allowed = claim.test, printed_p(claim.test), region(claim.test)
    n, least = _people(pair), _range_at(pair, -1.0)
    if p is None or allowed is None or n < 2 or isnan(least[0]):
        return not_checkable(RULE, test.place, about, "the paired t cannot be bounded from these")
    sides = 1 if test.sided == 1 else 2
    most = min(1.0, sides * t_sf(least[0], n - 1.0))
    everywhere = Range(0.0, most, most)
    if allowed.meets(0.0, most):
        message = f"{equation('P', p)} agrees with a paired t, whose p is at most {chance(most)}"
        facts = {"by": "paired t at some correlation", "recomputed": everywhere, "power": 0.0}
        return consistent(RULE, test.place, about, message, **facts)
    message = f"{equation('P', p)} is above any paired t of these: at a correlation of -1 p is {figure(most)}"
    return p_mismatch(RULE, test, about, message, everywhere, power=0.0)


CHECK = Check(
    rule=RULE,
    title="before-after t",
    what=(
        "Which correlation of before and after makes the printed t a paired t. None between -1 and 1: "
        "inconsistent. Exactly zero, to the printed digits: the formula for independent samples was used."
    ),
    why="The same people measured twice are correlated; a t that ignores this is of another test.",
    formula="r = (s1² + s2² - n D² / t²) / (2 s1 s2), over the corners of the rounding box",
    reference="Cochrane Handbook for Systematic Reviews of Interventions, section 6.5.2.8",
    false_alarms=(
        "People lost between the two times, so that the pairs are fewer than n; a correlation near "
        "zero does occur by chance with few people, and then the paired and the independent formula "
        "agree."
    ),
    on=(WithinTest,),
    run=run,
    keeps=lambda: (
        within_test("t", "5.00", "<0.001", ("10.0", "2.0", "25"), ("8.0", "2.0", "25")),
        within_test(None, None, "<0.001", ("10.0", "2.0", "25"), ("8.0", "2.0", "25")),
    ),
    breaks=lambda: (
        within_test("t", "37.827", "<0.05", ("151.87", "25.21", "82"), ("44.25", "5.31", "82")),
        within_test("t", "2.00", "0.05", ("10.0", "2.0", "25"), ("8.0", "2.0", "25")),
    ),
)
