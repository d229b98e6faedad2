"""How often a planted digit is caught, and how often the true value is among the best repairs.

    python tests/benchmarks/planted.py

Honest two-arm results are made: n of each arm, percentages with 0 to 2 decimals, Pearson's chi-square with
three decimals and P as it is usually printed. One digit of one number is then replaced by another. Takes some
minutes; writes `planted.md` beside itself. The same seed gives the same table.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidence.auditing import audit_paper
from evidence.checks.examples import paper, shares_test
from evidence.claims import Paper
from evidence.findings import ERROR, WARNING
from evidence.reanalysis.two_by_two import pearson

PEOPLE = (20, 50, 100, 200, 500)
DECIMALS = (0, 1, 2)
FIELDS = ("percentage", "chi-square")
EACH = 100
SEED = 20261120


@dataclass(frozen=True, slots=True)
class Result:
    """A two-arm result as printed."""

    percents: tuple[str, str]
    sizes: tuple[str, str]
    statistic: str
    p: str

    def paper(self) -> Paper:
        """The result as the only claim of a paper."""
        (first, second), (n1, n2) = self.percents, self.sizes
        return paper(shares_test("chi2", self.statistic, self.p, (first, n1), (second, n2)))


def honest(rng: np.random.Generator, n: int, decimals: int) -> Result:
    """A result whose numbers agree, with some events and some non-events in both arms together."""
    while True:
        sizes = tuple(int(x) for x in rng.integers(max(4, n * 4 // 5), n * 6 // 5 + 1, 2))
        events = [int(rng.binomial(size, rng.uniform(0.05, 0.95))) for size in sizes]
        if 0 < sum(events) < sum(sizes):
            break
    found = pearson(events[0], sizes[0], events[1], sizes[1])
    percents = tuple(f"{100 * k / size:.{decimals}f}" for k, size in zip(events, sizes, strict=True))
    p = "<0.05" if found.p < 0.05 else ">0.05"
    size1, size2 = map(str, sizes)
    return Result((percents[0], percents[1]), (size1, size2), f"{float(found.value):.3f}", p)


def planted(rng: np.random.Generator, result: Result, field: str) -> Result:
    """The result with one digit of one number replaced."""
    percents, statistic = result.percents, result.statistic
    if field == "chi-square":
        return Result(percents, result.sizes, slipped(rng, statistic), result.p)
    return Result((slipped(rng, percents[0]), percents[1]), result.sizes, statistic, result.p)


def slipped(rng: np.random.Generator, text: str) -> str:
    """The number with one of its digits replaced by another."""
    spots = [i for i, c in enumerate(text) if c.isdigit()]
    i = spots[int(rng.integers(len(spots)))]
    digit = str((int(text[i]) + int(rng.integers(1, 10))) % 10)
    return text[:i] + digit + text[i + 1 :]


def rates(n: int, decimals: int, field: str) -> tuple[float, float, float, float]:
    """False alarms on the honest result; caught; true value the only best repair, or among the best."""
    rng = np.random.default_rng([SEED, n, decimals, FIELDS.index(field)])
    alarms = caught = first = tied = 0
    for _ in range(EACH):
        result = honest(rng, n, decimals)
        alarms += any(f.severity in (ERROR, WARNING) for f in audit_paper(result.paper()))
        wrong = planted(rng, result, field)
        found = [f for f in audit_paper(wrong.paper()) if f.severity in (ERROR, WARNING)]
        caught += bool(found)
        true = result.statistic if field == "chi-square" else result.percents[0]
        best = {r.edits for f in found for r in f.repairs if r.rank == 1}
        hits = [edits for edits in best if [edit.proposed for edit in edits] == [true]]
        first += bool(hits) and len(best) == 1
        tied += bool(hits) and len(best) > 1
    return alarms / EACH, caught / EACH, first / max(caught, 1), tied / max(caught, 1)


HEAD = f"""# Planted digits

{EACH} results a row, seed {SEED}; made by `tests/benchmarks/planted.py`. One digit of one number of an
honest two-arm result (two percentages, Pearson's chi-square with three decimals, P) is replaced by another.
*Caught*: an error or a warning. *Best alone* and *among the best*: of those caught, the true value is the
only best repair, or one of several. *False alarms*: on the same results as they were.

| people an arm | decimals of % | digit in | false alarms | caught | best alone | among the best |
|---|---|---|---|---|---|---|
"""


def row(n: int, decimals: int, field: str) -> str:
    """One line of the table."""
    alarms, caught, first, tied = rates(n, decimals, field)
    return f"| about {n} | {decimals} | {field} | {alarms:.0%} | {caught:.0%} | {first:.0%} | {tied:.0%} |\n"


def main() -> None:
    """Write the table."""
    lines = [row(n, decimals, field) for n in PEOPLE for decimals in DECIMALS for field in FIELDS]
    Path(__file__).with_suffix(".md").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
