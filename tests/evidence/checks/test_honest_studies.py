"""Whole studies made of data and printed as papers do: no check of any kind finds them inconsistent.

Five hundred studies in an ordinary run; `make nightly` makes 20,000, each a file that is read and audited.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from evidence import read_study
from evidence.auditing import audit
from evidence.distributions import normal_sf, t_sf
from evidence.findings import ERROR, IMPOSSIBLE, INCONSISTENT, SLIP, WARNING
from evidence.reanalysis import t, two_by_two
from evidence.reanalysis.intervals import half_widths

STUDIES = int(os.environ.get("EVIDENCE_STUDIES", "500"))
RULES = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)
TESTS = ("Pearson chi-square without correction", "chi-square with Yates correction", "Fisher's exact test")
ENDPOINTS = ("hypertension", "fatigue", "diarrhoea", "nausea", "headache")


class Printer:
    """The habits of one paper: how it rounds, how many decimals, how it prints p."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.rule = RULES[int(rng.integers(3))]
        self.percents = int(rng.integers(0, 3))
        self.values = int(rng.integers(1, 3))
        self.ps = int(rng.integers(2, 5))
        self.decides_only = bool(rng.integers(2))

    def shown(self, value: float, decimals: int) -> str:
        return str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=self.rule))

    def mean(self, x: np.ndarray) -> str:
        mean, sd = (self.shown(float(value), self.values) for value in (x.mean(), x.std(ddof=1)))
        return f"{{mean: {mean}, sd: {sd}}}"

    def p(self, p: float) -> str:
        if self.decides_only:
            return '"<0.05"' if p < 0.05 else '">0.05"'
        text = self.shown(p, self.ps)
        return f'"<{10**-self.ps:.{self.ps}f}"' if p < 10**-self.ps else text

    def test(self, letter: str, statistic: float, p: float, *more: str) -> str:
        words = f"claim: {'significant' if p < 0.05 else 'not-significant'}"
        shown = [f"{letter}: {self.shown(statistic, 3)}"] if not math.isnan(statistic) else []
        return f"{{{', '.join([*more, *shown, f'p: {self.p(p)}', words])}}}"


def shares(print_: Printer, endpoint: str, sizes: tuple[int, int]) -> Iterator[str]:
    """Events with their percentages, a test of them, and their risk ratio with its interval."""
    rng = print_.rng
    a, c = (int(rng.binomial(n, rng.uniform(0.1, 0.9))) for n in sizes)
    n1, n2 = sizes
    found = two_by_two.TESTS[TESTS[int(rng.integers(3))]](a, n1, c, n2)
    yield f"  - endpoint: {endpoint}"
    yield "    where: Table 2"
    arms = (
        f"{arm}: {{events: {k}, percent: {print_.shown(100 * k / n, print_.percents)}}}"
        for arm, k, n in (("active", a, n1), ("placebo", c, n2))
    )
    yield f"    results: {{{', '.join(arms)}}}"
    if not math.isnan(float(found.p)):
        yield f"    tests: [{print_.test('chi2', float(found.value), float(found.p))}]"
    if a and c and a < n1 and c < n2:
        log, se = math.log(a * n2 / (c * n1)), math.sqrt(1 / a - 1 / n1 + 1 / c - 1 / n2)
        reach = half_widths(95) * se
        ends = [print_.shown(math.exp(x), 2) for x in (log, log - reach, log + reach)]
        p = 2 * normal_sf(abs(log) / se)
        if float(ends[1]) > 0:
            yield "    effects:"
            yield (
                f"      - {{measure: RR, compare: [active, placebo], estimate: {ends[0]}, "
                f"ci95: [{ends[1]}, {ends[2]}], p: {print_.p(p)}}}"
            )


def means(print_: Printer, sizes: tuple[int, int]) -> Iterator[str]:
    """A mean before and after in each arm, with the paired t of each and the t between them."""
    rng, cells, tests = print_.rng, [], []
    after = []
    for arm, n in zip(("active", "placebo"), sizes, strict=True):
        first = rng.normal(rng.uniform(40, 200), rng.uniform(5, 30), n)
        second = 0.5 * first + rng.normal(rng.uniform(-20, 20), rng.uniform(3, 20), n)
        change = first - second
        value = float(change.mean() / (change.std(ddof=1) / math.sqrt(n)))
        p = 2 * t_sf(abs(value), n - 1.0)
        printed = [print_.mean(x) for x in (first, second)]
        cells.append(f"{arm}: {{before: {printed[0]}, after: {printed[1]}}}")
        tests.append(print_.test("t", value, p, f"within: {arm}", "compare: [before, after]"))
        after.append(second)
    yield "  - endpoint: thyroglobulin"
    yield "    where: Table 3"
    yield f"    results: {{{', '.join(cells)}}}"
    yield f"    tests: [{', '.join(tests)}]"
    one, two = after
    value = t.pooled(one.mean(), one.std(ddof=1), one.size, two.mean(), two.std(ddof=1), two.size)
    yield "  - endpoint: thyroglobulin-at-the-end"
    yield "    where: Table 3"
    arms = (f"{arm}: {print_.mean(x)}" for arm, x in (("active", one), ("placebo", two)))
    yield f"    results: {{{', '.join(arms)}}}"
    yield f"    tests: [{print_.test('t', float(value.value), float(value.p))}]"


def categories(print_: Printer, sizes: tuple[int, int]) -> Iterator[str]:
    """Best responses that add up."""
    yield "  - endpoint: best-response"
    yield "    where: Table 2"
    rows = []
    for arm, n in zip(("active", "placebo"), sizes, strict=True):
        counts = print_.rng.multinomial(n, print_.rng.dirichlet([2, 2, 2, 2]))
        each = ", ".join(
            f"{name}: {{events: {k}, percent: {print_.shown(100 * k / n, print_.percents)}}}"
            for name, k in zip(("CR", "PR", "SD", "PD"), counts.tolist(), strict=True)
        )
        rows.append(f"{arm}: {{by_category: {{{each}}}}}")
    yield f"    results: {{{', '.join(rows)}}}"


def study(seed: int) -> str:
    """A study file whose numbers all come from one set of data."""
    rng = np.random.default_rng(seed)
    sizes = int(rng.integers(12, 200)), int(rng.integers(12, 200))
    print_ = Printer(rng)
    outcomes = [line for endpoint in ENDPOINTS for line in shares(print_, endpoint, sizes)]
    lines = [
        "format: 1",
        "study: honest",
        "label: Honest",
        "sources: {paper: {kind: paper, title: A study, year: 2020}}",
        f"design: {{kind: {('cohort', 'randomised-trial')[seed % 2]}}}",
        f"total: {sum(sizes)}",
        "arms:",
        f"  active: {{treatment: active, n: {sizes[0]}}}",
        f"  placebo: {{treatment: placebo, n: {sizes[1]}}}",
        "outcomes:",
        *outcomes,
        *means(print_, sizes),
        *categories(print_, sizes),
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("honest") / "honest.yaml"


@settings(max_examples=STUDIES, deadline=None, phases=[Phase.generate])  # a seed has no simpler one
@given(seed=st.integers(0, 2**32 - 1))
def test_an_honest_study_is_never_found_inconsistent(file: Path, seed: int) -> None:
    file.write_text(study(seed), encoding="utf-8")
    found = audit(read_study(file))
    wrong = [
        f for f in found if f.verdict in (INCONSISTENT, IMPOSSIBLE, SLIP) or f.severity in (ERROR, WARNING)
    ]
    assert len(found) > 40
    assert not wrong, [(f.code, f.verdict, f.message) for f in wrong]
