"""How long the search for repairs takes: one number wrong, two numbers wrong, and a folder of studies.

    python -m pytest tests/benchmarks/test_repair_speed.py -s

Processor time, the least of some rounds; prints what was taken of what is allowed. Every number differs from
study to study, so that nothing is remembered from one to the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from evidence import read_review
from evidence.auditing import audit, audit_paper
from evidence.checks import checks_on
from evidence.checks.example_survival import group, hazard_ratio, log_rank, named, point, survival
from evidence.checks.examples import means_test, paper, shares_test
from evidence.claims import Claim, MeansTest, Paper
from evidence.reanalysis.t import pooled
from evidence.reanalysis.two_by_two import pearson
from evidence.repair.searching import with_repairs

ONE_FIELD, TWO_FIELDS, THOUSAND = 20.0, 500.0, 10_000.0
ROUNDS = 5
STUDIES = 60


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor time, the least of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return min(taken)


def searching(whole: Paper) -> Callable[[], object]:
    """The search alone: what its checks found is known."""
    found = [
        (i, finding)
        for i, claim in enumerate(whole.claims)
        for check in checks_on(type(claim))
        for finding in check.run(claim)
    ]
    return lambda: with_repairs(whole, found)


def shares(seed: int, *, statistic: bool) -> Paper:
    """Two percentages and their chi-square, with a digit wrong in one, or in both."""
    rng = np.random.default_rng(seed)
    n1, n2 = (int(n) for n in rng.integers(60, 140, 2))
    a, c = n1 * 3 // 4, n2 // 2
    x = f"{float(pearson(a, n1, c, n2).value):.3f}"
    first = f"{100 * a / n1:.2f}"
    cells = ((f"{first[0]}{(int(first[1]) + 4) % 10}{first[2:]}", str(n1)), (f"{100 * c / n2:.2f}", str(n2)))
    return paper(shares_test("chi2", f"{x[:-1]}{(int(x[-1]) + 5) % 10}" if statistic else x, "<0.05", *cells))


def means() -> Paper:
    """Two means and their t, with a digit wrong in one mean."""
    t = float(pooled(93.63, 28.35, 82, 132.78, 27.72, 78).value)
    test: MeansTest = means_test(
        "t", f"{t:.3f}", "<0.001", ("93.63", "28.35", "82"), ("122.78", "27.72", "78")
    )
    return Paper("example", "cohort", (*test.groups, test))


def trial() -> Paper:
    """A trial with a digit wrong in a limit of its hazard ratio."""
    first = group("120", point("12", "38.2"), events="90", median="9.4", ci=("7.9", "11.2"))
    second = group("120", point("12", "21.9", arm="b"), events="105", median="6.1", ci=("5.0", "7.4"))
    ratio = hazard_ratio("0.63", "0.47", "0.55", crude=True)
    claim = survival(*named(first, second), ratios=(ratio,), logranks=(log_rank("9.3", "0.002"),))
    claims: tuple[Claim, ...] = (claim, ratio.effect)
    return Paper("example", "randomised-trial", claims)


@pytest.mark.parametrize(
    ("name", "made", "budget"),
    [
        ("a percentage", lambda: shares(1, statistic=False), ONE_FIELD),
        ("a mean", means, ONE_FIELD),
        ("a limit of a hazard ratio", trial, ONE_FIELD),
        ("a percentage and its chi-square", lambda: shares(2, statistic=True), TWO_FIELDS),
    ],
    ids=["percentage", "mean", "hazard-ratio", "two-fields"],
)
def test_a_search(name: str, made: Callable[[], Paper], budget: float) -> None:
    whole = made()
    assert any(f.repairs for f in audit_paper(whole)), name
    taken = milliseconds(searching(whole))
    print(f"\n{name}: {taken:.1f} ms of {budget:.0f} ms ({taken / budget:.2f})", end="")
    assert taken < budget


ENDPOINTS = ("hypertension", "fatigue", "diarrhoea", "nausea", "headache", "cough")


def rows(rng: np.random.Generator, sizes: tuple[int, int]) -> Iterator[str]:
    for endpoint in ENDPOINTS:
        a, c = (int(rng.binomial(n, rng.uniform(0.2, 0.8))) for n in sizes)
        found = pearson(a, sizes[0], c, sizes[1])
        texts = [f"{100 * k / n:.2f}" for k, n in zip((a, c), sizes, strict=True)]
        if endpoint == "cough":  # one digit of one number is wrong in every study
            texts[0] = f"{(int(texts[0][0]) + 3) % 10}{texts[0][1:]}"
        p = "<0.05" if float(found.p) < 0.05 else ">0.05"
        yield f'      {endpoint}: [{texts[0]}, {texts[1]}, {float(found.value):.3f}, "{p}"]'


def study(rng: np.random.Generator, key: str) -> str:
    sizes = int(rng.integers(40, 150)), int(rng.integers(40, 150))
    return "\n".join(
        [
            "format: 1",
            f"study: {key}",
            f"label: {key}",
            "sources: {abstract: {kind: abstract}}",
            "design: {kind: cohort}",
            f"arms: {{active: {{treatment: a, n: {sizes[0]}}}, placebo: {{treatment: b, n: {sizes[1]}}}}}",
            "outcomes:",
            "  - where: Table 1",
            "    as: percent",
            "    columns: [active, placebo, chi2, p]",
            "    rows:",
            *rows(rng, sizes),
        ]
    )


def test_a_thousand_studies(tmp_path: Path) -> None:
    rng = np.random.default_rng(20261121)
    names = "".join(f"  {name}: {{kind: binary, better: lower}}\n" for name in ENDPOINTS)
    review = (
        "format: 1\nreview: made\nlabel: Made studies\n"
        f"treatments: {{a: {{label: A}}, b: {{label: B}}}}\nendpoints:\n{names}"
    )
    (tmp_path / "review.yaml").write_text(review, encoding="utf-8")
    for i in range(STUDIES):
        (tmp_path / f"study-{i:03}.yaml").write_text(study(rng, f"study-{i:03}"), encoding="utf-8")
    found = audit(read_review(tmp_path))  # once before: modules are loaded and compiled
    assert sum(bool(f.repairs) for f in found) > STUDIES / 3
    taken = milliseconds(lambda: audit(read_review(tmp_path)), 2) * 1000 / STUDIES
    print(
        f"\n1,000 studies: {taken / 1000:.1f} s of {THOUSAND / 1000:.0f} s ({taken / THOUSAND:.2f})", end=""
    )
