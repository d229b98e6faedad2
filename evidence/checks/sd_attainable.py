"""AUD202: can whole numbers have this mean together with this standard deviation?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt
from typing import Any

from evidence.checks.check import Check, Rule, consistent, impossible, not_checkable, slip
from evidence.checks.examples import summary
from evidence.checks.printed_tests import box
from evidence.checks.whole_numbers import (
    WholeNumbers,
    is_yes_or_no,
    people,
    spread_of,
    whole_number_data,
)
from evidence.checks.wording import as_float, figure, listed
from evidence.claims import Summary
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.granularity import possible_totals
from evidence.reanalysis.grimmer import Sums, grimmer, next_to
from evidence.values import Reported

RULE = Rule("AUD202", "sd-attainable")


def run(claim: Summary) -> Iterator[Finding]:
    """Whether some n whole numbers have the printed mean and the printed standard deviation."""
    data, sd = whole_number_data(claim), spread_of(claim)
    if data is None or isinstance(data, Unknown) or sd is None or is_yes_or_no(claim):
        return  # without whole numbers nothing is asked; AUD201 says why n does not do; AUD203 has yes and no
    if not any(possible_totals(data.mean, n, data.items) for n in data.sizes):
        return  # the mean alone is impossible, as AUD201 says
    about = (sd, claim.mean, claim.n)
    found = [(n, grimmer(data.mean, sd, n, data.items)) for n in data.sizes]
    hits = [(n, pair) for n, pair in found if isinstance(pair, tuple)]
    unknown = next((pair for _, pair in found if isinstance(pair, Unknown)), None)
    if hits:
        yield _fits(claim, data, sd, *hits[0])
    elif unknown is not None:
        yield not_checkable(RULE, claim.place, about, f"{_said(data, sd)}: {unknown.reason}")
    else:
        yield _fails(claim, data, sd)


def fails(claim: Summary) -> bool:
    """A quick no: whether the mean is possible, and none of its totals with the standard deviation."""
    data, sd = whole_number_data(claim), spread_of(claim)
    if data is None or isinstance(data, Unknown) or sd is None or is_yes_or_no(claim):
        return False
    possible = any(possible_totals(data.mean, n, data.items) for n in data.sizes)
    return possible and all(grimmer(data.mean, sd, n, data.items) is None for n in data.sizes)


def _said(data: WholeNumbers, sd: Reported) -> str:
    return f"mean {data.mean.text} and standard deviation {sd.text}"


def _fits(claim: Summary, data: WholeNumbers, sd: Reported, n: int, pair: tuple[int, int]) -> Finding:
    total, squares = pair
    message = f"{n} whole numbers with total {total} and sum of squares {squares} have {_said(data, sd)}"
    value = _sd(n, data.items, total, squares)
    facts: dict[str, Any] = {"power": _power(data, sd), "recomputed": Range(value, value, value)}
    return consistent(RULE, claim.place, (sd, claim.mean, claim.n), message, **facts)


def _sd(n: int, items: int, total: int, squares: int) -> float:
    return sqrt(as_float(Fraction(n * squares - total * total, n * (n - 1) * items * items)))


def _power(data: WholeNumbers, sd: Reported) -> float:
    """How likely a wrong standard deviation would be caught: the share of values that no numbers have."""
    expected = 0.0
    for n in data.sizes:
        totals = possible_totals(data.mean, n, data.items)
        if isinstance(totals, Unknown):
            return 0.0
        wide = 2 * box(sd)[1] * as_float(sd.ulp) * (n - 1) * data.items**2
        expected += (totals.stop - totals.start) * wide / 2  # every second sum of squares
    return max(0.0, 1.0 - expected)


def _fails(claim: Summary, data: WholeNumbers, sd: Reported) -> Finding:
    about = (sd, claim.mean, claim.n)
    near = sorted({v for n in data.sizes for v in _nearest(data, sd, n)})
    message = f"no {people(data.sizes)} whole numbers have {_said(data, sd)}"
    more: dict[str, Any] = {"power": _power(data, sd)}
    if near:
        low, _, high = box(sd)
        unit = as_float(sd.ulp)
        away = min(max(low - v, v - high, 0.0) / unit for v in near)
        shown = listed([figure(v, max(sd.decimals, 0) + 1) for v in _either_side(near, box(sd)[1])])
        message = f"{message}: the nearest is {shown}" if near[1:] == [] else f"{message}: next to it {shown}"
        more |= {"recomputed": Range(near[0], near[len(near) // 2], near[-1]), "relaxation": away}
        if away <= 1:
            return slip(RULE, claim.place, about, f"{message}: one unit of the last digit away", **more)
    return impossible(RULE, claim.place, about, message, **more)


def _either_side(values: list[float], middle: float) -> list[float]:
    below, above = [v for v in values if v <= middle], [v for v in values if v > middle]
    return [*below[-1:], *above[:1]]


def _nearest(data: WholeNumbers, sd: Reported, n: int) -> list[float]:
    """The standard deviations next to the printed one that some n whole numbers with the mean have."""
    totals = possible_totals(data.mean, n, data.items)
    assert not isinstance(totals, Unknown)  # grimmer would have said so
    found = []
    for total in totals[:50]:
        for squares in next_to(Sums(total, *_around(data, sd, n, total)), n):
            found.append(_sd(n, data.items, total, squares))
    return found


def _around(data: WholeNumbers, sd: Reported, n: int, total: int) -> tuple[int, int]:
    """The sums of squares either side of the one that the printed standard deviation stands for."""
    exact = (sd.exact or Fraction(0)) ** 2 * (n - 1) * data.items**2 + Fraction(total * total, n)
    middle = exact.numerator // exact.denominator
    return middle + 1, middle


CHECK = Check(
    rule=RULE,
    title="standard deviation of whole numbers",
    what=(
        "Whether some n whole numbers have the printed mean and standard deviation together: every total "
        "that the mean allows is tried, with every sum of squares. Asked only where the file says `items`."
    ),
    why="A mean that is possible and a standard deviation that is possible may still be impossible together.",
    formula="Q ≡ S (mod 2), s² = (Q - S²/n) / (n - 1) within its rounding, Q a sum of n squares with total S",
    reference="Anaya 2016, PeerJ Preprints 4:e2400v1; Allard 2018, Analytic-GRIMMER",
    false_alarms="Values that are not whole after all: half points, imputed answers, adjusted means.",
    on=(Summary,),
    run=run,
    fails=fails,
    keeps=lambda: (
        summary("5.21", "1.60", "28", items="1"),
        summary("3.2", "2.4", "19", items="1"),
        summary("2.82", "0.91", "42", items="3"),
        summary("5.21", "1.63", "28"),
    ),
    breaks=lambda: (
        summary("5.21", "1.63", "28", items="1"),
        summary("3.44", "2.47", "18", items="1"),
    ),
)
