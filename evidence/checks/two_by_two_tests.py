"""AUD311: which test of two shares of people gives the printed statistic or p?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor

import numpy as np

from evidence.checks.check import Check, Rule, not_checkable, stands_at
from evidence.checks.count_tests import Computed, Tables, judge, on_scale
from evidence.checks.examples import shares_test
from evidence.checks.percent_attainable import is_of_fewer
from evidence.checks.printed_tests import box, meets, printed_p, region, size
from evidence.checks.wording import a_few, counts
from evidence.claims import PrintedTest, Share, SharesTest
from evidence.findings import ERROR, NOTE, WARNING, Finding
from evidence.reanalysis.counts import CAP, Count, Unknown, counts_of, vectors, whole_numbers
from evidence.reanalysis.t import Box
from evidence.reanalysis.tails import Numbers
from evidence.reanalysis.two_by_two import TESTS, values
from evidence.rounding import PRegion
from evidence.values import Printed, Reported, numbers_in

RULE = Rule("AUD311", "two-by-two-tests")
FEW_TABLES = 200
"""Exact tests are slow: over more tables than this only the nearest are tried."""

ROOM = 1e-8
"""More than floating point can be wrong by, in a quick no."""
_SCALES = {"z with pooled variance": "z", "z with separate variances": "z"}
_EXACT = tuple(name for name in TESTS if name.startswith("Fisher"))
COMMON = ("Pearson chi-square without correction", "chi-square with Yates correction", "Fisher's exact test")
"""The tests whose decision is compared: those that papers use without saying why."""

NAMED: dict[str, tuple[str, ...]] = {
    "chi-square": tuple(name for name in TESTS if "chi-square" in name or name.startswith("z ")),
    "chi-square-corrected": ("chi-square with Yates correction",),
    "fisher": _EXACT,
    "trend": ("Pearson chi-square without correction", "N - 1 chi-square"),
    "mann-whitney": ("N - 1 chi-square",),
}
"""The printed name of a test, and what it can be here; other names are not recomputed from counts."""


def run(claim: SharesTest) -> Iterator[Finding]:
    """Which tests of the counts behind two percentages reproduce the printed statistic or p."""
    test = claim.test
    if len(claim.sides) != 2 or (test.statistic is None and printed_p(test) is None):
        return
    about = (test.statistic, printed_p(test), *numbers(claim))
    if test.named is not None and test.named not in NAMED:
        yield not_checkable(RULE, test.place, about, f"a {test.named} test is not recomputed from counts")
        return
    found, assumed = admissible(claim)
    if isinstance(found, Unknown) or not found:
        reason = found.reason if isinstance(found, Unknown) else "the printed numbers allow no counts"
        yield not_checkable(RULE, test.place, about, f"the test cannot be recomputed: {reason}")
        return
    tables = Tables(
        shown=found,
        computed=_computed_for(test, found),
        said=said(found),
        assumed=assumed,
        survival=any(share.survival for side in claim.sides for share in side),
        exact=_exact_p,
        common=COMMON,
        named=NAMED.get(test.named or "", ()),
    )
    found_of_fewer = assumed and any(is_of_fewer(share) for share in _of_no_count(claim))
    for finding in judge(RULE, test, about, tables):
        yield _doubtful(finding) if found_of_fewer else finding


def _doubtful(finding: Finding) -> Finding:
    """A finding that rests on the size of an arm of which perhaps not everybody was counted."""
    if finding.severity not in (ERROR, WARNING):
        return finding
    why = "perhaps not everybody was counted; the test is then one of other counts"
    return replace(finding, severity=NOTE, details=(*finding.details, why))


def fails(claim: SharesTest) -> bool:
    """A quick no for a printed statistic: whether no test of any admissible counts gives it."""
    statistic = _of_counts(claim)
    if statistic is None:
        return False
    found = vectors(claim.sides, claim.shared)
    if isinstance(found, Unknown) or not found:
        return False
    known = _values(found, claim.test.letter or "statistic")
    known = known[~np.isnan(known)].tolist()
    printed = size(box(statistic))
    return bool(known) and not any(meets(value, value, printed) for value in known)


def allows(claim: SharesTest, number: Reported) -> Callable[[float, float], bool] | None:
    """A quick no for many statistics of the same counts, or for many percentages under one statistic."""
    statistic = _of_counts(claim)
    if statistic is None:
        return None
    if stands_at(statistic, number):
        return _statistics_allowed(claim)
    for i, side in enumerate(claim.sides):
        if len(side) == 1 and side[0].events is None and stands_at(side[0].percent, number):
            return _percents_allowed(claim, i, size(box(statistic)))
    return None


def _of_counts(claim: SharesTest) -> Reported | None:
    """The printed statistic, where no other test than those of counts can have given it."""
    test = claim.test
    if len(claim.sides) != 2 or test.statistic is None or not test.statistic.is_number:
        return None
    survival = any(share.survival for side in claim.sides for share in side)
    return test.statistic if test.named in (None, *NAMED) and not survival else None


def _statistics_allowed(claim: SharesTest) -> Callable[[float, float], bool] | None:
    found = vectors(claim.sides, claim.shared)
    if isinstance(found, Unknown) or not found:
        return None
    known = _values(found, claim.test.letter or "statistic")
    known = np.sort(known[~np.isnan(known)]).tolist()
    if not known:
        return None

    def within(low: float, high: float) -> bool:
        least, most = (low, high) if low >= 0 else (max(-high, 0.0), max(-low, high))
        at = bisect_left(known, least - ROOM * (1 + least))
        return at < len(known) and known[at] <= most + ROOM * (1 + most)

    return within


def _percents_allowed(claim: SharesTest, at: int, printed: Box) -> Callable[[float, float], bool] | None:
    """Percentages that are no count are left to others; those that are, have to give the statistic."""
    n, others = whole_numbers(claim.sides[at][0].n), vectors((claim.sides[1 - at],))
    if isinstance(n, Unknown) or len(n) > 1 or isinstance(others, Unknown) or not others or claim.shared:
        return None
    if (n[0] + 1) * len(others) > CAP or not n[0]:
        return None
    own = np.arange(n[0] + 1.0)[:, None], np.array([[float(n[0])]])
    beside = np.array([vector[0] for vector in others], float).T
    (a, n1), (c, n2) = (beside, own) if at else (own, beside)
    seen = _statistics(a, n1, c, n2, claim.test.letter or "statistic")
    least, _, most = printed
    hits = (seen >= least - ROOM * (1 + least)) & (seen <= most + ROOM * (1 + most))
    good = hits.any(axis=(0, 2)) | np.isnan(seen).all(axis=0).any(axis=1)
    before, each = [0, *np.cumsum(good).tolist()], n[0] / 100

    def within(low: float, high: float) -> bool:
        first, last = max(low * each, 0.0), min(high * each, float(n[0]))
        if floor(last - ROOM) < ceil(first + ROOM):
            return True
        return before[floor(last + ROOM) + 1] > before[ceil(first - ROOM)]

    return within


def _values(found: tuple[tuple[Count, ...], ...], letter: str) -> np.ndarray:
    """Every statistic of every vector of counts, as the printed letter shows it."""
    if len(found) == 1:
        return _statistics(*found[0][0], *found[0][1], letter)
    a, n1, c, n2 = np.array(found, float).reshape(-1, 4).T
    return _statistics(a, n1, c, n2, letter)


def _statistics(a: Numbers, n1: Numbers, c: Numbers, n2: Numbers, letter: str) -> np.ndarray:
    """The statistic of every test, one after the other, as the printed letter shows it."""
    known = values(a, n1, c, n2).items()
    made = (Computed(name, _SCALES.get(name, "chi2"), np.asarray(x), np.asarray(x), 1.0) for name, x in known)
    return np.array([on_scale(each, letter) for each in made])


def numbers(claim: SharesTest) -> tuple[Printed | None, ...]:
    """The printed shares under a test, in order."""
    own: list[Printed | None] = [
        n for side in claim.sides for share in side for n in (share.percent, share.events, share.n)
    ]
    ranges: list[Printed | None] = [n for each in claim.shared for n in (each.low, each.high)]
    return tuple(own + ranges)


def admissible(claim: SharesTest) -> tuple[tuple[tuple[Count, ...], ...] | Unknown, str]:
    """The count vectors of a test, and what had to be assumed for them."""
    found = vectors(claim.sides, claim.shared)
    if isinstance(found, Unknown) or found:
        return found, ""
    return vectors(claim.sides, claim.shared, nearest=True), _assumed(_of_no_count(claim))


def _of_no_count(claim: SharesTest) -> list[Share]:
    return [share for side in claim.sides for share in side if counts_of(share) == ()]


def _assumed(empty: list[Share]) -> str:
    texts = [f"{n.text} %" for share in empty for n in numbers_in(share.percent)]
    return f"{a_few(texts)} is no count, so the counts either side of it were taken" if texts else ""


def said(found: tuple[tuple[Count, ...], ...]) -> str:
    """The count vectors as they are said: one or two in full, more by their number."""
    return ", or ".join(map(counts, found)) if len(found) <= 2 else f"{len(found)} possible tables"


@lru_cache(maxsize=512)
def computed(found: tuple[tuple[Count, ...], ...], exact: bool = False) -> tuple[Computed, ...]:
    """Every test of every count vector: those with a statistic, or the exact ones."""
    if len(found) == 1:
        a, n1, c, n2 = (float(k) for count in found[0] for k in count)
    else:
        a, n1, c, n2 = np.array([[k for count in vector for k in count] for vector in found], float).T
    results = []
    for name, test in TESTS.items():
        if (name in _EXACT) == exact:
            statistic = test(a, n1, c, n2)
            scale = "p" if exact else _SCALES.get(name, "chi2")
            value, p = statistic.value, statistic.p
            if len(found) == 1:
                value, p = np.array([value]), np.array([p])
            results.append(Computed(name, scale, value, p, 1.0))
    return tuple(results)


def _computed_for(test: PrintedTest, found: tuple[tuple[Count, ...], ...]) -> tuple[Computed, ...]:
    """The tests to compare: the exact ones, which have a p only, where there is no statistic."""
    plain, allowed = computed(found), region(test)
    if test.statistic is None and allowed is not None:
        few = len(found) <= FEW_TABLES
        plain += computed(found, exact=True) if few else _exact_near(found, plain, allowed)
    return tuple(map(_one_sided, plain)) if test.sided == 1 else plain


def _one_sided(each: Computed) -> Computed:
    """The same test with the p of one side: half, which for exact tests is right only of the doubled one."""
    return replace(each, p=each.p / 2)


def _exact_near(
    found: tuple[tuple[Count, ...], ...], plain: tuple[Computed, ...], allowed: PRegion
) -> tuple[Computed, ...]:
    """The exact tests of the tables whose corrected chi-square comes nearest to the printed p."""
    yates = next(each.p for each in plain if each.test == COMMON[1])
    gaps = np.maximum(np.maximum(allowed.low - yates, yates - allowed.high), 0.0)
    nearest = np.argsort(np.nan_to_num(gaps, nan=np.inf), kind="stable")[:FEW_TABLES]
    results = []
    for each in computed(tuple(found[i] for i in nearest.tolist()), exact=True):
        p = np.full(len(found), np.nan)
        p[nearest] = each.p
        results.append(Computed(each.test, each.scale, np.full_like(p, np.nan), p, each.df))
    return tuple(results)


def _exact_p(counts_: tuple[Count, ...]) -> dict[str, float]:
    return {each.test: float(each.p[0]) for each in computed((counts_,), exact=True)}


CHECK = Check(
    rule=RULE,
    title="test of two shares",
    what=(
        "Which of the usual tests, over every pair of counts that the percentages allow, gives the printed "
        "statistic; without a statistic, which agree with the printed p. Flagged only if none does."
    ),
    why="The statistic is the only witness of the counts that went into the test.",
    formula="Pearson, Yates (capped), likelihood ratio, N - 1, z pooled and separate, Fisher (three ways)",
    reference="Campbell 2007, Statistics in Medicine 26:3661-3675",
    false_alarms=(
        "A test that is not among those tried (stratified, adjusted, a trend), or counts of other "
        "people than the percentages are of. Paired data need McNemar's test, which the counts of two "
        "arms cannot show."
    ),
    on=(SharesTest,),
    run=run,
    fails=fails,
    allows=allows,
    keeps=lambda: (
        shares_test("chi2", "5.794", "<0.05", ("89.02", "82"), ("74.36", "78")),
        shares_test("chi2", "4.847", "0.028", ("89.02", "82"), ("74.36", "78")),
        shares_test("z", "2.41", "0.016", ("89.0", "82"), ("74.4", "78")),
        shares_test(None, None, "0.023", ("89.02", "82"), ("74.36", "78")),
    ),
    breaks=lambda: (
        shares_test("chi2", "7.301", "<0.05", ("12.20", "82"), ("26.92", "78")),
        shares_test("chi2", "4.262", "<0.05", ("56.10", "82"), ("77.79", "78")),
        shares_test(None, None, "0.62", ("12.20", "82"), ("26.92", "78"), claim="not-significant"),
    ),
)
