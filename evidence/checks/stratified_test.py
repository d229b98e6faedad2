"""AUD313: does the Cochran-Mantel-Haenszel test of the printed strata give the printed statistic or p?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np

from evidence.checks.check import Check, Rule, not_checkable
from evidence.checks.count_tests import Computed, Tables, judge
from evidence.checks.examples import stratified_test
from evidence.checks.printed_tests import printed_p
from evidence.claims import StratifiedTest
from evidence.findings import Finding
from evidence.reanalysis.counts import CAP, Count, Unknown, counts_of
from evidence.reanalysis.stratified import TESTS, cmh
from evidence.values import Printed

RULE = Rule("AUD313", "stratified-tests")
FEW = CAP // 5
"""Every table is computed by itself; with more of them the test is not recomputed."""


def run(claim: StratifiedTest) -> Iterator[Finding]:
    """Which form of the test, over all counts that the strata allow, reproduces the printed numbers."""
    test = claim.test
    if test.statistic is None and printed_p(test) is None:
        return
    shares = [share for pair in claim.strata for share in pair]
    numbers: list[Printed | None] = [n for s in shares for n in (s.percent, s.events, s.n)]
    about = (test.statistic, printed_p(test), *numbers)
    found = _vectors(claim)
    if isinstance(found, Unknown) or not found:
        reason = found.reason if isinstance(found, Unknown) else "the printed numbers allow no counts"
        yield not_checkable(RULE, test.place, about, f"the test cannot be recomputed: {reason}")
        return
    computed = _computed(found)
    if np.isnan(computed[0].values).all():
        yield not_checkable(
            RULE, test.place, about, "no test is defined: no stratum holds both kinds of people"
        )
        return
    said = f"{len(claim.strata)} strata" if len(found) == 1 else f"{len(found)} possible tables"
    names = tuple(TESTS)
    yield from judge(RULE, test, about, Tables(found, computed, said, common=names, named=names))


def _vectors(claim: StratifiedTest) -> tuple[tuple[Count, ...], ...] | Unknown:
    options: list[tuple[Count, ...]] = []
    for pair in claim.strata:
        for share in pair:
            counts = counts_of(share)
            if isinstance(counts, Unknown):
                return counts
            options.append(counts)
    many = prod(len(each) for each in options)
    return tuple(product(*options)) if many <= FEW else Unknown(f"the printed numbers allow {many} tables")


def _computed(found: tuple[tuple[Count, ...], ...]) -> tuple[Computed, ...]:
    strata = [
        [(a, n1, c, n2) for (a, n1), (c, n2) in zip(vector[::2], vector[1::2], strict=True)]
        for vector in found
    ]
    results = []
    for name, corrected in TESTS.items():
        each = np.array([cmh(tables, corrected=corrected) for tables in strata], float)
        results.append(Computed(name, "chi2", each[:, 0], each[:, 1], 1.0))
    return tuple(results)


CHECK = Check(
    rule=RULE,
    title="stratified test of two shares",
    what=(
        "Whether the Cochran-Mantel-Haenszel chi-square of the printed strata, with or without its "
        "continuity correction, over all counts that they allow, is the printed one or has the printed p."
    ),
    why="A stratified test can be checked only from its strata; where they are printed, it should be.",
    formula="(|Σ (a - E a)| - ½)² / Σ var a, with and without the ½",
    reference="Mantel and Haenszel 1959, Journal of the National Cancer Institute 22:719-748",
    false_alarms="Strata other than those printed, or a logistic model's test under the same name.",
    on=(StratifiedTest,),
    run=run,
    keeps=lambda: (
        stratified_test("chi2", "1.81", "0.18", ("12", "25", "12", "21"), ("9", "24", "17", "31")),
        stratified_test("chi2", "1.315", "0.25", ("12", "25", "12", "21"), ("9", "24", "17", "31")),
        stratified_test(None, None, "0.18", ("12", "25", "12", "21"), ("9", "24", "17", "31")),
    ),
    breaks=lambda: (
        stratified_test("chi2", "8.11", "0.004", ("12", "25", "12", "21"), ("9", "24", "17", "31")),
        stratified_test(None, None, "0.004", ("12", "25", "12", "21"), ("9", "24", "17", "31")),
    ),
)
