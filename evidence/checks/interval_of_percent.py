"""AUD107: is the interval of a percentage that of its count, by any method?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
    slip,
    stands_at,
)
from evidence.checks.examples import number, share
from evidence.checks.percent_attainable import ASSESSED, smaller_denominators
from evidence.checks.wording import a_few, as_float, figure
from evidence.claims import ShareInterval
from evidence.findings import NOTE, WARNING, Finding, Range
from evidence.reanalysis.counts import (
    Count,
    Unknown,
    behind_percent,
    counts_of,
    neighbours,
    whole_numbers,
)
from evidence.reanalysis.proportion_intervals import (
    METHODS,
    Limits,
    all_limits,
    is_about_as_wide,
    method_within,
)
from evidence.rounding import bounds
from evidence.values import Reported, numbers_in

RULE = Rule("AUD107", "interval-of-percent")
MOST_TRIED = 400
"""Where n is not printed, every n up to this is tried."""
MOST_COUNTS = 60
LEVELS = (90.0, 95.0, 99.0, 80.0)
"""Levels at which an interval may have been computed that is said to be of another."""
ROOM = 1e-9
"""More than floating point can be wrong by, in a quick no."""


def run(claim: ShareInterval) -> Iterator[Finding]:
    """Whether some usual interval of the count and n has the printed limits."""
    if claim.level is None:
        yield not_checkable(RULE, claim.place, _about(claim), f"{_said(claim)}: its level is not printed")
        return
    counts = counts_of(claim.share)
    if isinstance(counts, Unknown):
        yield _without_n(claim, counts.reason)
    elif counts:
        yield _of(claim, counts[:MOST_COUNTS], float(claim.level))
    else:
        yield _of_neighbour(claim) or _without_n(claim, "no count of the n printed has this percentage")


def fails(claim: ShareInterval) -> bool:
    """A quick no: whether no interval of any count that is meant is printed, without saying what they are."""
    counts = () if claim.level is None else counts_of(claim.share)
    if isinstance(counts, Unknown) or not counts:
        return False
    few = list(counts[:MOST_COUNTS])
    if _fitting(claim, few):
        return False
    return bool(_fitting(claim, few, units=1)) or not _fitting(claim, _of_fewer(claim, counts))


def allows(claim: ShareInterval, number_: Reported) -> Callable[[float, float], bool] | None:
    """A quick no for many percentages: those of some count that lie outside the interval."""
    share, sizes = claim.share, whole_numbers(claim.share.n)
    if claim.level is None or share.events is not None or not stands_at(share.percent, number_):
        return None
    if isinstance(sizes, Unknown) or len(sizes) != 1 or not sizes[0]:
        return None
    each, least, most = sizes[0] / 100, 100 * _box(claim.low, 1)[0], 100 * _box(claim.high, 1)[1]

    def within(low: float, high: float) -> bool:
        is_count = ceil(max(low, 0.0) * each + ROOM) <= floor(min(high, 100.0) * each - ROOM)
        return not is_count or (low <= most + ROOM and high >= least - ROOM)

    return within


def _about(claim: ShareInterval) -> About:
    return (claim.low, claim.high, claim.share.percent, claim.share.events, claim.share.n)


def _said(claim: ShareInterval) -> str:
    centre = claim.share.percent or claim.share.events
    shown = centre.text if isinstance(centre, Reported) else "?"
    return f"{shown} ({claim.low.text} to {claim.high.text})"


def _box(limit: Reported, units: int = 0) -> Limits:
    region, step = bounds(limit), units * limit.ulp
    low = as_float(region.low - step) / 100 if region.low is not None else 0.0
    high = as_float(region.high + step) / 100 if region.high is not None else 1.0
    return low, high


def _fitting(claim: ShareInterval, counts: list[Count], units: int = 0) -> list[tuple[Count, str]]:
    """The counts of which some interval is the printed one, each with the first method that gives it."""
    level, low, high = float(claim.level or 95), _box(claim.low, units), _box(claim.high, units)
    found = ((count, method_within(*count, level, low, high)) for count in counts if count[1] > 0)
    return [(count, method) for count, method in found if method is not None]


def _of(claim: ShareInterval, counts: tuple[Count, ...], level: float) -> Finding:
    about, said = _about(claim), _said(claim)
    fits = _fitting(claim, list(counts))
    if fits:
        (k, n), method = fits[0]
        message = f"{said} is the {level:g} % interval of {k}/{n} by {method}"
        return consistent(RULE, claim.place, about, message, by=method)
    if nearly := _fitting(claim, list(counts), units=1):
        (k, n), method = nearly[0]
        message = (
            f"{said} is the {level:g} % interval of {k}/{n} by {method}, but for one unit of a last digit"
        )
        return slip(RULE, claim.place, about, message, by=method)
    if other := _fitting(claim, _of_fewer(claim, counts)):
        (k, n), method = other[0]
        message = (
            f"{said} is not an interval of {counts[0][0]}/{counts[0][1]}, but that of {k}/{n} by {method}"
        )
        return consistent_under(RULE, claim.place, about, message, by=f"{k}/{n}", severity=NOTE)
    return _fails(claim, counts[0], level)


def _of_neighbour(claim: ShareInterval) -> Finding | None:
    """The count of the printed n that has this interval, where the percentage itself is of none.

    Another n may have both; the better known method then decides.
    """
    sizes = whole_numbers(claim.share.n)
    printed = [p for p in numbers_in(claim.share.percent) if p.is_number]
    if isinstance(sizes, Unknown) or not printed:
        return None
    fits = _fitting(claim, [(k, n) for n in sizes for p in printed for k in neighbours(p, n)])
    rivals = _of_any_n(claim)
    if not fits or (rivals and _rank(rivals[0]) < _rank(fits[0])):
        return None
    (k, n), method = fits[0]
    limits = f"{claim.low.text} to {claim.high.text}"
    percent = figure(100 * k / n, max(printed[0].decimals, 0))
    message = f"{limits} is the interval of {k}/{n} by {method}; that is {percent} %, not {printed[0].text}"
    return consistent_under(RULE, claim.place, _about(claim), message, by=f"{k}/{n}", severity=NOTE)


def _of_fewer(claim: ShareInterval, counts: tuple[Count, ...]) -> list[Count]:
    printed = [p for p in numbers_in(claim.share.percent) if p.is_number]
    return smaller_denominators(printed, counts[0][1], ASSESSED)


def _fails(claim: ShareInterval, count: Count, level: float) -> Finding:
    (k, n), found = count, all_limits(*count, level)
    shown = [
        f"{name}: {figure(100 * low, 2)} to {figure(100 * high, 2)}"
        for name, (low, high) in list(found.items())[:4]
    ]
    ends = [limit for limits in found.values() for limit in limits]
    facts: dict[str, Any] = {"recomputed": Range(100 * min(ends), 100 * k / n, 100 * max(ends))}
    message = f"{_said(claim)} is no usual {level:g} % interval of {k}/{n}"
    others = [said for other in LEVELS if (said := _at_level(claim, count, other))]
    message += f", but {others[0]}" if others else ""
    details = () if others else tuple(shown)
    return inconsistent(RULE, claim.place, _about(claim), message, severity=WARNING, details=details, **facts)


def _at_level(claim: ShareInterval, count: Count, level: float) -> str:
    """That the interval is one of another level, where it is."""
    method = None
    if level != float(claim.level or 95):
        method = method_within(*count, level, _box(claim.low), _box(claim.high))
    return f"the {level:g} % interval by {method}" if method is not None else ""


def _rank(fit: tuple[Count, str]) -> int:
    return METHODS.index(fit[1])


def _of_any_n(claim: ShareInterval) -> list[tuple[Count, str]]:
    """Every count of any n that has the percentage and its interval, those by the best known method first."""
    printed = [p for p in numbers_in(claim.share.percent) if p.is_number]
    known = claim.share.events
    events = {int(known.exact)} if isinstance(known, Reported) and known.exact is not None else None
    level, low, high = float(claim.level or 95), _box(claim.low), _box(claim.high)
    counts = [
        (k, n)
        for p in printed
        for n in range(1, MOST_TRIED + 1)
        if is_about_as_wide(n, level, as_float(p.exact or Fraction(0)) / 100, low, high)
        for k in behind_percent(p, n)
        if events is None or k in events
    ]
    return sorted(_fitting(claim, counts), key=_rank)


def _without_n(claim: ShareInterval, reason: str) -> Finding:
    """What n the percentage and its interval can only have, where none is printed or that one cannot be."""
    fits = _of_any_n(claim)
    if not fits:
        return not_checkable(RULE, claim.place, _about(claim), f"{_said(claim)}: {reason}")
    can = "can only be" if len(fits) == 1 else "can be"
    message = f"{_said(claim)} {can} that of {a_few([f'{k}/{n} by {method}' for (k, n), method in fits], 3)}"
    return consistent(RULE, claim.place, _about(claim), f"{message}; {reason}")


def _example(percent: str, n: str, low: str, high: str, level: int = 95) -> ShareInterval:
    each = share(percent, n)
    ends = [number(text, f"a/ci.{name}") or Reported(text) for text, name in ((low, "low"), (high, "high"))]
    return ShareInterval(each.place, each, ends[0], ends[1], Fraction(level))


CHECK = Check(
    rule=RULE,
    title="interval of a percentage",
    what=(
        "Whether the printed interval of a percentage is that of some count of n people by a usual method, "
        "at its level: exact, mid-P, Jeffreys, Wilson, normal, Agresti-Coull, with continuity corrections. "
        "Where n is not printed, which n it can be."
    ),
    why="An interval of another level, of another n, or with a mistyped limit weighs a study wrongly.",
    formula="exact: P(X ≥ k | low) = α/2 = P(X ≤ k | high); Wilson: |k/n - p| = z √(p(1 - p)/n)",
    reference="Newcombe 1998, Statistics in Medicine 17:857-872; Brown, Cai and DasGupta 2001",
    false_alarms=(
        "Intervals that allow for two stages of a trial, for clusters, strata or weights, or of a model; "
        "one-sided limits. Hence a warning, and of fewer people assessed a note."
    ),
    on=(ShareInterval,),
    run=run,
    fails=fails,
    allows=allows,
    keeps=lambda: (
        _example("76.9", "13", "46.2", "95.0"),
        _example("12.2", "196", "8", "17.7"),
        _example("25", "40", "12.7", "41.2"),
        _example("15", "41", "6", "29"),
        _example("0", "40", "0", "8.8"),
        _example("50", "40", "36.1", "63.9", 90),
    ),
    breaks=lambda: (
        _example("76.9", "13", "64.2", "95.0"),
        _example("25", "40", "12.7", "41.2", 99),
        _example("50", "40", "45.0", "55.0"),
    ),
)
