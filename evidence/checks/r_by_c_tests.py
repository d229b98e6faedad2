"""AUD312: which test of a larger table gives the printed statistic or p?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from evidence.checks import two_by_two_tests
from evidence.checks.check import Check, Rule, not_checkable
from evidence.checks.count_tests import Computed, Tables, judge
from evidence.checks.examples import shares_test, table_test
from evidence.checks.printed_tests import printed_p
from evidence.claims import PrintedTest, SharesTest, TableTest
from evidence.findings import Finding
from evidence.reanalysis.counts import Count, Unknown
from evidence.reanalysis.counts import tables as count_tables
from evidence.reanalysis.fisher_freeman_halton import fisher_freeman_halton
from evidence.reanalysis.r_by_c import TESTS
from evidence.values import Printed

RULE = Rule("AUD312", "r-by-c-tests")

EXACT = "Fisher-Freeman-Halton test"
FEW_TABLES, FEW_PATHS, MOST_PATHS = 3, 3_000, 20_000
"""The exact test is slow: of more tables, or with more paths through them, it is not made.

More paths are followed where the source names it; elsewhere it is one test among many, asked again and again
while a repair is looked for.
"""

_SCALES = {"rank-sum test": "z", "Kruskal-Wallis test": "h"}
NAMED: dict[str, tuple[str, ...]] = {
    "chi-square": ("Pearson chi-square", "likelihood-ratio chi-square", "linear-by-linear association"),
    "chi-square-corrected": ("chi-square with Yates correction in every cell",),
    "trend": ("Cochran-Armitage trend", "linear-by-linear association"),
    "mann-whitney": ("rank-sum test", "Kruskal-Wallis test"),
    "kruskal-wallis": ("Kruskal-Wallis test",),
    "fisher": (EXACT,),
}
"""The printed name of a test, and what it can be here; other names are not recomputed from counts."""


def run(claim: SharesTest | TableTest) -> Iterator[Finding]:
    """Which tests of the counts behind a table reproduce the printed statistic or p."""
    test = claim.test
    if test.statistic is None and printed_p(test) is None:
        return
    if isinstance(claim, SharesTest):
        if len(claim.sides) < 3:
            return
        numbers: tuple[Printed | None, ...] = two_by_two_tests.numbers(claim)
        found, assumed = two_by_two_tests.admissible(claim)
        survival = any(share.survival for side in claim.sides for share in side)
    else:
        numbers = tuple(n for row in claim.cells for c in row for n in (c.events, c.percent, c.n))
        found, assumed, survival = count_tables(claim.cells), "", False
    about = (test.statistic, printed_p(test), *numbers)
    if test.named is not None and test.named not in NAMED:
        yield not_checkable(RULE, test.place, about, f"a {test.named} test is not recomputed from counts")
        return
    if isinstance(found, Unknown) or not found:
        reason = found.reason if isinstance(found, Unknown) else "the printed numbers allow no counts"
        yield not_checkable(RULE, test.place, about, f"the test cannot be recomputed: {reason}")
        return
    rows = len(claim.arms) if isinstance(claim, TableTest) else 0
    exact = _exact(test, found, rows)
    if isinstance(exact, Unknown):
        yield not_checkable(RULE, test.place, about, f"the exact test is not recomputed: {exact.reason}")
        return
    made = (*computed(found, rows), *exact)
    if all(np.isnan(each.values).all() for each in made):
        yield not_checkable(RULE, test.place, about, "no test is defined: all are in one row or column")
        return
    names = NAMED.get(test.named or "", ())
    said = two_by_two_tests.said(found) if not rows else _said(len(found))
    yield from judge(RULE, test, about, Tables(found, made, said, assumed, survival, named=names))


def _said(many: int) -> str:
    return "the table" if many == 1 else f"{many} possible tables"


@lru_cache(maxsize=256)
def computed(found: tuple[tuple[Count, ...], ...], rows: int) -> tuple[Computed, ...]:
    """Every test of every table: of ``rows`` rows of categories, or, if 0, of sides with and without."""
    cells = _cells(found, rows)
    results = []
    for name, test in TESTS.items():
        statistic = test(cells)
        df = np.broadcast_to(np.asarray(statistic.df, float), len(found))
        one = 1.0 if (df == 1).all() else None
        results.append(Computed(name, _SCALES.get(name, "chi2"), statistic.value, statistic.p, one))
    return tuple(results)


def _cells(found: tuple[tuple[Count, ...], ...], rows: int) -> np.ndarray:
    flat = np.array(found, float)
    if rows:
        return flat[:, :, 0].reshape(len(found), rows, -1)
    return np.stack([flat[:, :, 0], flat[:, :, 1] - flat[:, :, 0]], axis=-1)


def _exact(
    test: PrintedTest, found: tuple[tuple[Count, ...], ...], rows: int
) -> tuple[Computed, ...] | Unknown:
    """The exact test, where only a p is printed; unknown where it is the named one and takes too long."""
    if test.statistic is not None:
        return ()
    ps = _exact_ps(found, rows, MOST_PATHS if test.named == "fisher" else FEW_PATHS)
    if isinstance(ps, Unknown):
        return ps if test.named == "fisher" else ()
    return (Computed(EXACT, "p", np.full(len(found), np.nan), np.array(ps)),)


@lru_cache(maxsize=256)
def _exact_ps(found: tuple[tuple[Count, ...], ...], rows: int, paths: int) -> tuple[float, ...] | Unknown:
    if len(found) > FEW_TABLES:
        return Unknown(f"the printed numbers allow {len(found)} tables")
    ps = []
    for table in _cells(found, rows).astype(int).tolist():
        p = fisher_freeman_halton(table, paths)
        if isinstance(p, Unknown):
            return p
        ps.append(p)
    return tuple(ps)


CHECK = Check(
    rule=RULE,
    title="test of a larger table",
    what=(
        "Which of the usual tests, over every table that the printed counts and percentages allow, gives the "
        "printed statistic or agrees with the printed p: three or more arms, or several categories."
    ),
    why="Which test was made is rarely printed; the statistic tells.",
    formula=(
        "Pearson, likelihood ratio, linear-by-linear, Cochran-Armitage, Kruskal-Wallis, rank-sum; for a p "
        "alone also Fisher's exact test as Freeman and Halton extended it, of small tables"
    ),
    reference="Mantel 1963, Journal of the American Statistical Association 58:690-700",
    false_alarms=(
        "A stratified or adjusted test, or categories merged before testing in a way that is not printed."
    ),
    on=(SharesTest, TableTest),
    run=run,
    keeps=lambda: (
        shares_test(None, None, "<0.05", ("21", "14"), ("32", "25"), ("77", "13")),
        shares_test(None, None, "0.0076", ("21", "14"), ("32", "25"), ("77", "13"), named="fisher"),
        shares_test("chi2", "10.03", "0.007", ("21", "14"), ("32", "25"), ("77", "13")),
        table_test("z", "-2.13", "0.033", ("3", "17", "12", "8"), ("1", "10", "15", "14")),
    ),
    breaks=lambda: (
        shares_test("chi2", "5.03", "0.08", ("21", "14"), ("32", "25"), ("77", "13")),
        table_test("chi2", "9.81", "0.02", ("3", "17", "12", "8"), ("1", "10", "15", "14")),
    ),
)
