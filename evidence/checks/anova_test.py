"""AUD318: do the printed means and spreads of three or more arms give the printed F or p?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, not_checkable
from evidence.checks.examples import means_test
from evidence.checks.printed_tests import box, meets, printed_p, size
from evidence.checks.range_tests import (
    SD,
    SE,
    Candidate,
    Group,
    groups,
    judge,
    numbers,
    printed_spread,
    unsaid,
)
from evidence.checks.wording import listed
from evidence.claims import MeansTest
from evidence.distributions import f_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.anova import f_range, welch_range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.t import Box

RULE = Rule("AUD318", "analysis-of-variance")
NAMED = ("anova", "welch")
"""The tests of several means by their printed name; others are of ranks, repeated measures or models."""


def run(claim: MeansTest) -> Iterator[Finding]:
    """Whether Fisher's or Welch's F of the printed means is the printed one."""
    test = claim.test
    if len(claim.groups) < 3 or (test.statistic is None and printed_p(test) is None):
        return
    about = (test.statistic, printed_p(test), *numbers(*claim.groups))
    if test.named is not None and test.named not in NAMED:
        yield not_checkable(RULE, test.place, about, f"a {test.named} test is not recomputed from means")
        return
    readings = [SD, SE] if claim.groups[0].se is None or unsaid(claim.groups) else [SE]
    found = [(reading, groups(claim.groups, reading)) for reading in readings]
    known = [(reading, every) for reading, every in found if not isinstance(every, Unknown)]
    if not known:
        reasons = [every.reason for _, every in found if isinstance(every, Unknown)]
        yield not_checkable(RULE, test.place, about, f"the F cannot be recomputed: {reasons[0]}")
        return
    candidates = [c for reading, every in known for c in _candidates(claim, reading, every)]
    yield from judge(RULE, test, about, candidates, _said(claim))


def _said(claim: MeansTest) -> str:
    spreads = [printed_spread(group) for group in claim.groups]
    texts = [
        f"{group.mean.text if group.mean else '?'} ± {spread.text if spread else '?'}"
        for group, spread in zip(claim.groups, spreads, strict=True)
    ]
    return listed(texts) if len(texts) < 5 else f"{len(texts)} means"


def _candidates(claim: MeansTest, reading: str, every: tuple[Group, ...]) -> list[Candidate]:
    misread = reading == SE and not unsaid(claim.groups) and claim.groups[0].se is None
    unusual = "with the printed standard deviations taken as standard errors" if misread else ""
    read = " (± read as standard error)" if reading == SE and unsaid(claim.groups) else ""
    return [
        Candidate(name + read, Range(*f), _p(f, len(every) - 1.0, dfs), unusual)
        for name, f, dfs in _ranges(every)
    ]


def _ranges(every: tuple[Group, ...]) -> list[tuple[str, Box, Box]]:
    """Each F by name: its range and that of its second degrees of freedom."""
    means, sds, ns = [g.mean for g in every], [g.sd for g in every], [g.n for g in every]
    df = float(sum(ns) - len(ns))
    found = [("analysis of variance", f_range(means, sds, ns), (df, df, df))]
    welch = welch_range(means, sds, ns)
    return found if welch is None else [*found, ("Welch's analysis of variance", *welch)]


def fails(claim: MeansTest) -> bool:
    """A quick no for a printed F: whether no analysis of variance of the means gives it."""
    test = claim.test
    if len(claim.groups) < 3 or test.letter != "f" or test.statistic is None or not test.statistic.is_number:
        return False
    if test.named is not None and test.named not in NAMED:
        return False
    known = [every for spread in (SD, SE) if not isinstance(every := groups(claim.groups, spread), Unknown)]
    ranges = [f for every in known for _, f, _ in _ranges(every) if f[1] == f[1]]
    printed = size(box(test.statistic))
    return bool(ranges) and not any(meets(f[0], f[2], printed) for f in ranges)


def _p(f: Box, df1: float, dfs: Box) -> Range:
    """The range of p: least for the greatest F on the most degrees of freedom."""
    if f[1] != f[1] or dfs[0] <= 0:
        return Range(0.0, 1.0, 1.0)
    low, mid, high = (f_sf(x, df1, df) for x, df in ((f[2], dfs[2]), (f[1], dfs[1]), (f[0], dfs[0])))
    return Range(min(low, mid), mid, max(mid, high))


_UNLIKE = (("17.63", "4.97", "72"), ("23.17", "4.66", "51"), ("19.99", "4.64", "26"))
_ALIKE = (("21.09", "6.69", "66"), ("16.45", "5.47", "26"), ("20.96", "7.43", "61"))

CHECK = Check(
    rule=RULE,
    title="analysis of variance",
    what=(
        "Whether Fisher's or Welch's F of the printed means, SDs and n of three or more arms, over their "
        "rounding, is the printed one, or has the printed p."
    ),
    why="Means, spreads and their F are printed together so that one can be checked by the others.",
    formula="F = Σ n (m - M)² / (k - 1) / s²; greatest at corners, least by bringing the means together",
    reference="Fisher 1925, Statistical Methods for Research Workers; Welch 1951, Biometrika 38:330-336",
    false_alarms=(
        "An F of a model with covariates, of ranks or of changes. Without a statistic a p alone is a warning "
        "at most, unless the decision flips."
    ),
    on=(MeansTest,),
    run=run,
    fails=fails,
    keeps=lambda: (
        means_test("f", "19.80", "<0.001", *_UNLIKE),
        means_test("f", "19.77", "<0.001", *_UNLIKE),
        means_test(None, None, "0.009", *_ALIKE),
        means_test("f", "0.00", ">0.05", ("5.0", "1.0", "10"), ("5.0", "1.0", "10"), ("5.0", "1.0", "10")),
    ),
    breaks=lambda: (
        means_test("f", "9.80", "<0.001", *_UNLIKE),
        means_test(None, None, "0.62", *_UNLIKE, claim="not-significant"),
    ),
)
