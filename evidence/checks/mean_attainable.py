"""AUD201: can whole numbers have a mean that is printed so?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evidence.checks.check import Check, Rule, consistent, impossible, not_checkable, slip
from evidence.checks.examples import summary
from evidence.checks.whole_numbers import WholeNumbers, people, whole_number_data
from evidence.checks.wording import a_few, as_float, figure, listed
from evidence.claims import Summary
from evidence.findings import ERROR, WARNING, Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.granularity import neighbours, possible_totals, power
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD201", "mean-attainable")
SMALLER = Fraction(9, 10)
"""Numbers of people down to this share of n are tried as an explanation: those who answered."""
MOST_LEFT_OUT = 200


def run(claim: Summary) -> Iterator[Finding]:
    """Whether some total of n whole numbers (times items) is printed as this mean."""
    data = whole_number_data(claim)
    if data is None:
        return
    about = (claim.mean, claim.n)
    if isinstance(data, Unknown):
        yield not_checkable(RULE, claim.place, about, f"the mean cannot be counted: {data.reason}")
        return
    totals = {n: possible_totals(data.mean, n, data.items) for n in data.sizes}
    unknown = next((t for t in totals.values() if isinstance(t, Unknown)), None)
    if unknown is not None:
        yield not_checkable(RULE, claim.place, about, f"{data.mean.text}: {unknown.reason}")
        return
    hits = [n for n, found in totals.items() if found]
    yield _fits(claim, data, hits) if hits else _fails(claim, data)


def fails(claim: Summary) -> bool:
    """A quick no: whether no total of any n is printed as this mean."""
    data = whole_number_data(claim)
    if data is None or isinstance(data, Unknown):
        return False
    totals = (possible_totals(data.mean, n, data.items) for n in data.sizes)
    return all(isinstance(found, range) and not found for found in totals)


def _fits(claim: Summary, data: WholeNumbers, hits: list[int]) -> Finding:
    chance = power(data.mean, hits[0], data.items)
    found = possible_totals(data.mean, hits[0], data.items)
    assert not isinstance(found, Unknown) and found  # one of the hits
    last = found.stop - 1
    shown = f"{found.start}" if found.start == last else f"{found.start} to {last}"
    message = f"{_numbers(data, hits[0])} with total {shown} have mean {data.mean.text}"
    none = f"no information: at this many decimals any mean of {hits[0]} is some total"
    details = (none,) if chance == 0 else ()
    return consistent(RULE, claim.place, (claim.mean, claim.n), message, power=chance, details=details)


def _numbers(data: WholeNumbers, n: int) -> str:
    return f"{n} whole numbers" if data.items == 1 else f"{n} x {data.items} whole numbers"


def _fails(claim: Summary, data: WholeNumbers) -> Finding:
    about = (claim.mean, claim.n)
    near = [(total, n) for n in data.sizes for total in neighbours(data.mean, n, data.items)]
    decimals = max(data.mean.decimals, 0)
    means = [(total, n, as_float(Fraction(total, n * data.items))) for total, n in near]
    shown = listed([f"{total}/{n * data.items} is {figure(m, decimals)}" for total, n, m in means[:4]])
    many = people(data.sizes) if data.items == 1 else f"{people(data.sizes)} x {data.items}"
    message = f"no {many} whole numbers have mean {data.mean.text}: {shown}"
    away = min(_away(data.mean, Fraction(total, n * data.items)) for total, n in near)
    values = sorted(m for _, _, m in means)
    more: dict[str, Any] = {
        "relaxation": away,
        "power": power(data.mean, data.sizes[0], data.items),
        "recomputed": Range(values[0], values[len(values) // 2], values[-1]),
    }
    if away <= 1:
        return slip(RULE, claim.place, about, f"{message}: one unit of the last digit away", **more)
    fewer = smaller_sizes(data.mean, data.sizes[0], data.items)
    if fewer:
        more["details"] = (f"{a_few(list(map(str, fewer)), 3)} could have it, if not everybody answered",)
    more["severity"] = WARNING if fewer and not _is_stated(claim) else ERROR
    return impossible(RULE, claim.place, about, message, **more)


def _away(mean: Reported, exact: Fraction) -> float:
    region = bounds(mean)
    assert region.low is not None and region.high is not None  # a limit has totals without end
    return as_float(max(region.low - exact, exact - region.high, Fraction(0)) / mean.ulp)


def smaller_sizes(mean: Reported, n: int, items: int) -> list[int]:
    """Somewhat fewer people whose whole numbers could have the mean."""
    least = max(int(n * SMALLER), n - MOST_LEFT_OUT, 1)
    return [m for m in range(n - 1, least - 1, -1) if possible_totals(mean, m, items)]


def _is_stated(claim: Summary) -> bool:
    """Whether n was printed beside the mean, and is not just the size of the arm."""
    return isinstance(claim.n, Reported) and claim.n.address.startswith(f"{claim.place.address}/")


CHECK = Check(
    rule=RULE,
    title="mean of whole numbers",
    what=(
        "Whether n whole numbers, or n times `items` of them, can have a mean that is printed so. Asked only "
        "where the study file says `items`: 1 for whole numbers, more where values are means of answers."
    ),
    why="Sums of whole numbers are whole: with n below a power of ten, most printed means are impossible.",
    formula="some whole S with low ≤ S / (n items) ≤ high, in exact rationals",
    reference="Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369",
    false_alarms="Values that are not whole after all: half points, imputed answers, adjusted means.",
    on=(Summary,),
    run=run,
    fails=fails,
    keeps=lambda: (
        summary("5.18", "1.60", "28", items="1"),
        summary("3.43", None, "20", items="3"),
        summary("5.19", "1.60", "28"),
        summary("5.193", "1.60", "400", items="1"),
    ),
    breaks=lambda: (
        summary("5.19", "1.60", "28", items="1"),
        summary("5.196", "1.60", "28", items="1"),
        summary("2.35", None, "12", items="1"),
    ),
)
