"""The counts that printed events and percentages allow: exact rationals, no tolerance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import ceil, floor, prod

from evidence.claims import Share, SharedShare
from evidence.rounding import bounds
from evidence.values import Between, OneOf, Printed, Reported

CAP = 10_000
"""More joint count vectors than this are not enumerated."""
MOST_PEOPLE = 10**9
"""A larger n is no number of people, and nothing is counted over it."""

Count = tuple[int, int]
"""Events and n."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """That no counts can be given, and why."""

    reason: str


def whole_numbers(value: Printed | None, what: str = "n") -> tuple[int, ...] | Unknown:
    """The whole numbers that a printed count can stand for, in order.

    Examples
    --------
    >>> from evidence.values import reported
    >>> whole_numbers(reported("82"))
    (82,)
    """
    if value is None:
        return Unknown(f"{what} is not printed")
    if isinstance(value, OneOf):
        found = [whole_numbers(option, what) for option in value.options]
        known = sorted({n for each in found if not isinstance(each, Unknown) for n in each})
        return tuple(known) if known else Unknown(f"{what} is no whole number")
    if isinstance(value, Between):
        return _from_to(value.low.exact, value.high.exact, what)
    if value.exact is None:
        return Unknown(f"{what} is {value.text}")
    if value.relation == "=":
        plain = value.exact.denominator == 1 and 0 <= value.exact.numerator <= MOST_PEOPLE
        return (value.exact.numerator,) if plain else _from_to(value.exact, value.exact, what)
    region = bounds(value)
    strict = value.relation in "<>"
    low = Fraction(0) if region.low is None else region.low + (1 if strict else 0)
    high = None if region.high is None else region.high - (1 if strict else 0)
    return _from_to(low, high, what)


def _from_to(low: Fraction | None, high: Fraction | None, what: str) -> tuple[int, ...] | Unknown:
    if low is None or high is None:
        return Unknown(f"{what} has no upper limit")
    if high > MOST_PEOPLE:
        return Unknown(f"{what} is too large for a number of people")
    first, last = max(ceil(low), 0), floor(high)
    if last < first:
        return Unknown(f"{what} is no whole number of people")
    if last - first >= CAP:
        return Unknown(f"{what} can be too many numbers")
    return tuple(range(first, last + 1))


def behind_percent(percent: Reported, n: int, mode: str | None = None) -> range:
    """The counts k of n for which 100 k / n would be printed as this percentage.

    Examples
    --------
    >>> from evidence.values import reported
    >>> list(behind_percent(reported("89.02"), 82)), list(behind_percent(reported("77.79"), 78))
    ([73], [])
    """
    if n < 1:
        return range(0)  # of nobody there is no percentage
    is_nearest = (mode or percent.rounding) == "nearest" and percent.relation == "="
    if is_nearest and percent.exact is not None and percent.decimals >= 0:
        return _nearest(percent.exact, 10**percent.decimals, n)
    region = bounds(percent, mode)
    low = 0 if region.low is None else max(0, ceil(n * region.low / 100))
    high = n if region.high is None else min(n, floor(n * region.high / 100))
    return range(low, high + 1)


def _nearest(exact: Fraction, scale: int, n: int) -> range:
    """The same for rounding to the nearest, in whole numbers: repairs ask this a thousand times."""
    last = 2 * (exact.numerator * scale // exact.denominator)
    whole = 200 * scale
    return range(max(0, -(-n * (last - 1) // whole)), min(n, n * (last + 1) // whole) + 1)


def neighbours(percent: Reported, n: int) -> tuple[int, ...]:
    """The counts of n whose percentages lie next to a printed one, below and above."""
    exact = (percent.exact or Fraction(0)) * n / 100
    return tuple(sorted({min(max(k, 0), n) for k in (floor(exact), ceil(exact))}))


def _percents(value: Printed | None) -> tuple[Reported, ...]:
    if isinstance(value, Reported):
        return (value,) if value.is_number else ()
    if isinstance(value, OneOf):
        return tuple(option for option in value.options if option.is_number)
    return ()


def counts_of(share: Share, mode: str | None = None) -> tuple[Count, ...] | Unknown:
    """Every (events, n) that a share's printed numbers allow; empty where they allow none.

    Where events and percentage disagree, what either allows: which of the two is wrong is not known here.
    """
    sizes = whole_numbers(share.n)
    if isinstance(sizes, Unknown):
        return sizes
    by_events = _by_events(share, sizes)
    by_percent = _by_percent(share, sizes, mode)
    if isinstance(by_percent, Unknown) or by_percent is None:
        return by_events if by_events is not None else (by_percent or Unknown("no count is printed"))
    if by_events is None or isinstance(by_events, Unknown):
        return by_percent
    both = tuple(sorted(set(by_events) & set(by_percent)))
    return both or tuple(sorted(set(by_events) | set(by_percent)))


def _by_events(share: Share, sizes: tuple[int, ...]) -> tuple[Count, ...] | Unknown | None:
    if share.events is None:
        return None
    if isinstance(share.events, Reported) and share.events.relation in (">", ">="):
        least = floor(bounds(share.events).low or 0) + (share.events.relation == ">")
        return _capped(sum(max(n - least + 1, 0) for n in sizes)) or tuple(
            (k, n) for n in sizes for k in range(least, n + 1)
        )
    events = whole_numbers(share.events, "events")
    if isinstance(events, Unknown):
        return events
    return tuple((k, n) for n in sizes for k in events if k <= n)


def _by_percent(share: Share, sizes: tuple[int, ...], mode: str | None) -> tuple[Count, ...] | Unknown | None:
    if share.percent is None:
        return None
    if isinstance(share.percent, Between):
        ranges = [(n, _between(share.percent, n, mode)) for n in sizes]
    else:
        printed = _percents(share.percent)
        if not printed:
            return Unknown(f"the percentage is {getattr(share.percent, 'text', 'no number')}")
        ranges = [(n, behind_percent(p, n, mode)) for n in sizes for p in printed]
    if len(ranges) == 1 and len(ranges[0][1]) <= CAP:
        ((n, ks),) = ranges
        return tuple((k, n) for k in ks)
    return _capped(sum(len(ks) for _, ks in ranges)) or tuple(
        sorted({(k, n) for n, ks in ranges for k in ks})
    )


def _between(percent: Between, n: int, mode: str | None) -> range:
    low, high = behind_percent(percent.low, n, mode), behind_percent(percent.high, n, mode)
    return range(low.start, high.stop)


def _capped(many: int) -> Unknown | None:
    return Unknown(f"the printed numbers allow {many} counts") if many > CAP else None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One way of giving a shared range to its arms: the arm printed as low, the arm printed as high."""

    low: str
    high: str
    counts: tuple[tuple[str, Count], ...]


def assignments(shared: SharedShare, mode: str | None = None) -> tuple[Assignment, ...] | Unknown:
    """Every joint reading of one percentage range printed for several arms.

    One arm prints as the low end, another as the high end, any others between: one joint assignment, never
    independent alternatives.
    """
    if len(shared.arms) < 2:
        return Unknown("a range of one arm is no shared range")
    sizes = {share.arm: whole_numbers(share.n) for share in shared.arms}
    for unknown in sizes.values():
        if isinstance(unknown, Unknown):
            return unknown
    if not (shared.low.is_number and shared.high.is_number):
        return Unknown("an end of the range is no number")
    found: dict[tuple[tuple[str, Count], ...], Assignment] = {}
    for low, high in permutations(shared.arms, 2):
        options = [_options(shared, share, low, high, mode) for share in shared.arms]
        if prod(len(o) for o in options) > CAP:
            return Unknown("the shared range allows too many counts")
        for chosen in product(*options):
            counts = tuple(zip((s.arm for s in shared.arms), chosen, strict=True))
            found.setdefault(counts, Assignment(low.arm, high.arm, counts))
    return tuple(found[key] for key in sorted(found))


def _options(shared: SharedShare, share: Share, low: Share, high: Share, mode: str | None) -> list[Count]:
    sizes = whole_numbers(share.n)
    assert not isinstance(sizes, Unknown)
    if share is low:
        return [(k, n) for n in sizes for k in behind_percent(shared.low, n, mode)]
    if share is high:
        return [(k, n) for n in sizes for k in behind_percent(shared.high, n, mode)]
    between = Between(shared.low, shared.high)
    return [(k, n) for n in sizes for k in _between(between, n, mode)]


def vectors(
    sides: tuple[tuple[Share, ...], ...],
    shared: tuple[SharedShare, ...] = (),
    mode: str | None = None,
    nearest: bool = False,
) -> tuple[tuple[Count, ...], ...] | Unknown:
    """Every vector of counts, one (events, n) a side, that all printed numbers allow together.

    A side of several shares is their sum. Empty where the numbers allow none, unless ``nearest``: then the
    counts either side of a percentage that no count has stand in for it.
    """
    loose: list[tuple[Count | None, ...]] = []
    for side in sides:
        for share in side:
            counts = _own_counts(share, shared, mode, nearest)
            if isinstance(counts, Unknown):
                return counts
            loose.append(counts)
    joint: list[tuple[Assignment, ...]] = []
    for each in shared:
        found = assignments(each, mode)
        if isinstance(found, Unknown):
            return found
        joint.append(found)
    many = prod(len(part) for part in (*loose, *joint))
    if many > CAP:
        return Unknown(f"the printed numbers allow {many} tables")
    if not joint and not nearest and len(loose) == len(sides):
        return tuple(product(*loose))  # type: ignore[arg-type]  # without a shared range none is None
    return tuple(sorted({_vector(sides, own, read) for own in product(*loose) for read in product(*joint)}))


def _own_counts(
    share: Share, shared: tuple[SharedShare, ...], mode: str | None, nearest: bool
) -> tuple[Count | None, ...] | Unknown:
    """The counts of a share; None once for a share that only a shared range speaks for."""
    own = share.events is not None or share.percent is not None
    if not own and any(share.arm == other.arm for each in shared for other in each.arms):
        return (None,)
    found = counts_of(share, mode)
    if not nearest or found or isinstance(found, Unknown):
        return found
    sizes = whole_numbers(share.n)
    assert not isinstance(sizes, Unknown)  # counts_of would have said so
    return tuple((k, n) for n in sizes for p in _percents(share.percent) for k in neighbours(p, n))


def _vector(
    sides: tuple[tuple[Share, ...], ...], own: tuple[Count | None, ...], read: tuple[Assignment, ...]
) -> tuple[Count, ...]:
    by_arm = {arm: count for each in read for arm, count in each.counts}
    left = iter(own)
    sums = []
    for side in sides:
        counts = [next(left) or by_arm[share.arm] for share in side]
        sums.append((sum(k for k, _ in counts), sum(n for _, n in counts)))
    return tuple(sums)


def tables(
    cells: tuple[tuple[Share, ...], ...], mode: str | None = None
) -> tuple[tuple[Count, ...], ...] | Unknown:
    """Every table of counts, cell after cell, that the printed cells of rows allow together.

    A row's counts make up its n where any choice of them does.
    """
    rows: list[list[tuple[Count, ...]]] = []
    for row in cells:
        found = [counts_of(cell, mode) for cell in row]
        for each in found:
            if isinstance(each, Unknown):
                return each
        known = [each for each in found if not isinstance(each, Unknown)]
        if prod(len(each) for each in known) > CAP:
            return Unknown("the printed numbers allow too many tables")
        choices = list(product(*known))
        whole = [c for c in choices if c and sum(k for k, _ in c) == c[0][1]]
        rows.append(whole or choices)
    many = prod(len(choices) for choices in rows)
    if many > CAP:
        return Unknown(f"the printed numbers allow {many} tables")
    return tuple(tuple(count for row in chosen for count in row) for chosen in product(*rows))
