"""AUD315: do the printed means and spreads of two arms give the printed t or p?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isnan, sqrt

from evidence.checks.check import Check, Rule, not_checkable, stands_at
from evidence.checks.examples import means_test
from evidence.checks.printed_tests import meets, printed_p
from evidence.checks.range_tests import (
    SD,
    SE,
    Candidate,
    Group,
    groups,
    judge,
    numbers,
    printed_t,
    spread_of,
    unsaid,
)
from evidence.claims import MeansTest
from evidence.distributions import normal_sf, t_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.anova import bonferroni, pair_range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.t import Box, absolute, difference, quotient_range, spread, t_range
from evidence.values import Reported

RULE = Rule("AUD315", "t-from-means")
NOT = "not-significant"
NAMED = ("t", "welch", "paired-t", "anova")
"""The tests of means by their printed name; others are of ranks, or of models that means do not give."""


def run(claim: MeansTest) -> Iterator[Finding]:
    """Whether Student's or Welch's t of the printed means is the printed one."""
    test = claim.test
    if len(claim.groups) != 2 or (test.statistic is None and printed_p(test) is None):
        return
    about = (test.statistic, printed_p(test), *numbers(*claim.groups))
    if test.named is not None and test.named not in NAMED:
        yield not_checkable(RULE, test.place, about, f"a {test.named} test is not recomputed from means")
        return
    found = [(reading, groups(claim.groups, reading)) for reading in _readings(claim)]
    known = [(reading, pair) for reading, pair in found if not isinstance(pair, Unknown)]
    if not known:
        reasons = [pair.reason for _, pair in found if isinstance(pair, Unknown)]
        yield not_checkable(RULE, test.place, about, f"the t cannot be recomputed: {reasons[0]}")
        return
    candidates = [c for reading, pair in known for c in _candidates(claim, reading, pair)]
    yield from judge(RULE, test, about, candidates, _said(claim))


def _readings(claim: MeansTest) -> list[str]:
    """What the printed spreads can be."""
    return [SD, SE] if claim.groups[0].se is None or unsaid(claim.groups) else [SE]


def allows(claim: MeansTest, number: Reported) -> Callable[[float, float], bool] | None:
    """A quick no for many values of a mean, a spread or the t: those with which no t is the printed one."""
    test, t = claim.test, printed_t(claim.test)
    if len(claim.groups) != 2 or claim.others or test.place.paired or t is None or test.letter == "f":
        return None
    if test.named is not None and test.named not in NAMED:
        return None
    found = ((reading, groups(claim.groups, reading)) for reading in _readings(claim))
    known = [(reading, pair) for reading, pair in found if not isinstance(pair, Unknown)]
    if stands_at(test.statistic, number):
        ranges = [each for _, pair in known for each in _both(*pair)]
        return lambda low, high: _any_meets(ranges, absolute((low, (low + high) / 2, high)))
    edited = [edit for reading, pair in known for edit in _edits(claim, reading, pair, number)]
    if len(edited) < len(known) or not known:
        return None
    return lambda low, high: _any_meets([x for ranges in edited for x in ranges(low, high)], t[0])


def _edits(
    claim: MeansTest, reading: str, pair: tuple[Group, ...], number: Reported
) -> Iterator[Callable[[float, float], list[Box]]]:
    """The ranges of |t| of the pair with another mean or spread in one of its places."""
    for i, (summary, group) in enumerate(zip(claim.groups, pair, strict=True)):
        if stands_at(summary.mean, number):
            yield _with_mean(pair, i)
        elif stands_at(spread_of(summary, reading), number):
            yield _with_spread(pair, i, sqrt(group.n) if reading == SE else 1.0)
        elif stands_at(summary.n, number):
            yield _with_size(pair, i, is_error=reading == SE)


def _with_mean(pair: tuple[Group, ...], at: int) -> Callable[[float, float], list[Box]]:
    one, two = pair
    errors = [spread(one.sd, one.n, two.sd, two.n, is_pooled=pooled) for pooled in (True, False)]
    other = pair[1 - at].mean

    def ranges(low: float, high: float) -> list[Box]:
        gap = difference((low, (low + high) / 2, high), other)
        return [absolute(quotient_range(gap, error)) for error in errors if not isnan(error[1])]

    return ranges


def _with_spread(pair: tuple[Group, ...], at: int, by: float) -> Callable[[float, float], list[Box]]:
    old, other = pair[at], pair[1 - at]

    def ranges(low: float, high: float) -> list[Box]:
        sd = (max(low, 0.0) * by, (low + high) / 2 * by, high * by)
        return _both(Group(old.mean, sd, old.n), other)  # which comes first is a matter of sign alone

    return ranges


def _with_size(pair: tuple[Group, ...], at: int, *, is_error: bool) -> Callable[[float, float], list[Box]]:
    old, other = pair[at], pair[1 - at]

    def ranges(low: float, high: float) -> list[Box]:
        n = round((low + high) / 2)
        if n < 1:
            return []
        by = sqrt(n / old.n) if is_error else 1.0
        return _both(Group(old.mean, (old.sd[0] * by, old.sd[1] * by, old.sd[2] * by), n), other)

    return ranges


def _both(one: Group, two: Group) -> list[Box]:
    """The ranges of Student's and of Welch's |t|."""
    ranges = (t_range(one.mean, one.sd, one.n, two.mean, two.sd, two.n, is_pooled=p) for p in (True, False))
    return [absolute(each) for each in ranges]


def _any_meets(ranges: list[Box], printed: Box) -> bool:
    """Whether some range meets a printed one, or none is defined."""
    known = [each for each in ranges if not isnan(each[1])]
    return not known or any(meets(low, high, printed) for low, _, high in known)


def _said(claim: MeansTest) -> str:
    shown = []
    for group in claim.groups:
        after = group.sd or group.plusminus or group.se
        shown.append(f"{group.mean.text if group.mean else '?'} ± {after.text if after else '?'}")
    return " and ".join(shown)


def _candidates(claim: MeansTest, reading: str, pair: tuple[Group, ...]) -> list[Candidate]:
    one, two = pair
    misread = reading == SE and not unsaid(claim.groups) and claim.groups[0].se is None
    unusual = "with the printed standard deviations taken as standard errors" if misread else ""
    read = " (± read as standard error)" if reading == SE and unsaid(claim.groups) else ""
    made = [_paired(one, two, unusual)] if claim.test.place.paired else []
    z = ["z of means"] if claim.test.letter == "z" else []
    for name in ("Student's t", "Welch's t", *z):
        t = absolute(t_range(one.mean, one.sd, one.n, two.mean, two.sd, two.n, is_pooled=name[0] == "S"))
        made.append(Candidate(name + read, Range(*t), _p(name, t, one, two, claim.test.sided), unusual))
    return [*made, *_with_others(claim, reading, pair, unusual)]


def _with_others(claim: MeansTest, reading: str, pair: tuple[Group, ...], unusual: str) -> list[Candidate]:
    """A pair compared after an analysis of variance: with the variance of all arms, and for several pairs."""
    every = groups((*claim.groups, *claim.others), reading) if claim.others else pair
    if isinstance(every, Unknown) or len(every) < 3:
        return []
    means, sds, ns = [g.mean for g in every], [g.sd for g in every], [g.n for g in every]
    t, df = absolute(pair_range(means, sds, ns, 0, 1)), float(sum(ns) - len(ns))
    if isnan(t[1]):
        return []
    pairs = len(ns) * (len(ns) - 1) // 2
    return [
        Candidate(name, Range(*t), Range(*bonferroni(t, df, many)), unusual)
        for name, many in (("t with the variance of all arms", 1), (f"the same, times {pairs} pairs", pairs))
    ]


def _p(name: str, t: Box, one: Group, two: Group, sided: int | None) -> Range:
    sides = 1 if sided == 1 else 2

    def tail(x: float, df: float) -> float:
        upper = normal_sf(x) if name[0] == "z" else t_sf(x, df) if df > 0 else float("nan")
        return sides * upper

    dfs = _welch_df(one, two) if name[0] == "W" else (one.n + two.n - 2.0,) * 3
    return Range(tail(t[2], dfs[2]), tail(t[1], dfs[1]), tail(t[0], dfs[0]))


def _welch_df(one: Group, two: Group) -> Box:
    """Least, middle and greatest of Satterthwaite's degrees of freedom over the rounding of both SDs."""
    ends = [_satterthwaite(a, one.n, b, two.n) for a in one.sd for b in two.sd]
    return min(ends), ends[4], max(ends)


def _satterthwaite(s1: float, n1: int, s2: float, n2: int) -> float:
    v1, v2 = s1 * s1 / n1, s2 * s2 / n2
    bottom = (v1 * v1 / (n1 - 1) if n1 > 1 else 0.0) + (v2 * v2 / (n2 - 1) if n2 > 1 else 0.0)
    top = (v1 + v2) * (v1 + v2)
    return top / bottom if 0 < bottom < float("inf") and top < float("inf") else n1 + n2 - 2.0


def _paired(one: Group, two: Group, unusual: str) -> Candidate:
    """The paired t over every correlation, for arms whose people are pairs."""
    n = min(one.n, two.n)
    sds = (abs(one.sd[1] - two.sd[1]), (one.sd[1] ** 2 + two.sd[1] ** 2) ** 0.5, one.sd[2] + two.sd[2])
    gap = absolute(difference(one.mean, two.mean))
    error = spread(sds, n, (0.0, 0.0, 0.0), n, is_pooled=False)
    least = gap[0] / error[2] if error[2] > 0 else 0.0
    p = Range(0.0, 0.0, 2 * t_sf(least, n - 1.0) if n > 1 else 1.0)
    return Candidate("paired t at some correlation", Range(least, least, float("inf")), p, unusual)


CHECK = Check(
    rule=RULE,
    title="t of two means",
    what="Whether Student's or Welch's t of the printed means, SDs and n, over their rounding, is printed.",
    why="Means, spreads and their t are printed together so that one can be checked by the others.",
    formula="t = (m1 - m2) / sqrt(s² (1/n1 + 1/n2)); |t| falls as either SD rises: its ends are at corners",
    reference="Student 1908, Biometrika 6:1-25; Welch 1947, Biometrika 34:28-35",
    false_alarms=(
        "A t adjusted for baseline or centre, unequal n from missing values, or means that are "
        "least-squares means; where the spread is a standard error in truth, the finding says so and "
        "is a warning."
    ),
    on=(MeansTest,),
    run=run,
    allows=allows,
    keeps=lambda: (
        means_test("t", "-8.83", "<0.001", ("93.63", "28.35", "82"), ("132.78", "27.72", "78")),
        means_test(None, None, "0.58", ("61.40", "8.20", "40"), ("60.40", "7.95", "40")),
        means_test("t", "0.00", ">0.05", ("5.0", "1.0", "10"), ("5.0", "1.0", "10")),
    ),
    breaks=lambda: (
        means_test("t", "3.83", "<0.001", ("93.63", "28.35", "82"), ("132.78", "27.72", "78")),
        means_test("t", "0.98", ">0.05", ("93.63", "28.35", "82"), ("132.78", "27.72", "78")),
        means_test(None, None, "0.33", ("93.63", "28.35", "82"), ("132.78", "27.72", "78"), claim=NOT),
    ),
)
