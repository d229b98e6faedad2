"""Every sample of whole numbers on a scale with a printed mean and SD: how many there are, and fair draws.

A sample is a multiset: how often each value of the scale occurs. Its generating function is the product over
values v of 1 / (1 - y z^v x^(v v)), with y counting people, z their total and x their sum of squares; the
powers of x are packed into one large whole number, so that all sums of squares are added at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, floor, isqrt

from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.granularity import possible_totals
from evidence.rounding import bounds
from evidence.values import Reported

MOST_WORK = 40_000_000
"""Machine words that a count may touch: about a second."""
MOST_STORED = 8_000_000
"""Machine words that draws may keep: 64 MB."""
MOST_TOTALS = 20_000
WIDEST = 1000
"""Scales with more values than this are not counted."""

TOO_MANY = Unknown("the samples are too many to count")

Table = dict[tuple[int, int], int]
"""(people, total) -> the counts of every sum of squares, packed."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: n values from ``values``, and for every total the least and most sum of squares.

    Everything is measured from ``centre``, which keeps the sums of squares small. ``ends`` are values that
    the sample is known to hold already and that are not counted among ``n``.
    """

    n: int
    centre: int
    values: tuple[int, ...]
    squares: tuple[tuple[int, int, int], ...]
    ends: tuple[int, ...] = ()

    @property
    def most(self) -> int:
        """The greatest sum of squares asked for."""
        return max((most for _, _, most in self.squares), default=0)

    @property
    def bits(self) -> int:
        """Bits that hold any count of samples."""
        return comb(self.n + len(self.values), self.n).bit_length() + 1

    def work(self, bits: int) -> int:
        """About how many machine words a table of so many bits a cell touches."""
        words = (self.most + 1) * bits // 64 + 1
        span = 2 * isqrt(self.n * self.most) + 1
        return len(self.values) * self.n * min(span, self.n * (len(self.values) + 1)) * words // 2


def target(
    mean: Reported,
    sd: Reported,
    n: int,
    least: int,
    most: int,
    items: int = 1,
    *,
    with_ends: bool = False,
    mode: str | None = None,
) -> Target | Unknown:
    """The totals and sums of squares that a printed mean and SD ask for, or why they cannot be counted.

    Parameters
    ----------
    mean, sd : Reported
        As printed.
    n : int
        How many people.
    least, most : int
        Ends of the scale that one answer has.
    items : int
        Answers a person; the sum of a person's answers lies between items x least and items x most.
    with_ends : bool
        Whether both ends were seen in the data, as the ends of a printed range are.
    """
    found, spread = possible_totals(mean, n, items, mode), bounds(sd, mode)
    if isinstance(found, Unknown):
        return found
    if spread.low is None or spread.high is None:
        return Unknown("the standard deviation is printed as a limit")
    low, high = least * items, most * items
    if n < 2 or low > high:
        return Unknown("there is no sample of fewer than two values")
    if high - low > WIDEST or n > 10_000:
        return Unknown("the samples are too many to count")
    centre = min(max(round((mean.exact or 0) * items), low), high)
    ends = (low - centre, high - centre) if with_ends and low < high else ()
    scale = (n - 1) * items * items
    limits = max(spread.low, Fraction(0)) ** 2 * scale, max(spread.high, Fraction(0)) ** 2 * scale
    inside = range(max(found.start, n * low), min(found.stop, n * high + 1))
    if inside.stop - inside.start > MOST_TOTALS:
        return Unknown("the mean allows too many totals")
    squares = tuple(s for total in inside if (s := _squares(total - n * centre, n, limits, ends)) is not None)
    squares = () if spread.high < 0 else squares
    return Target(n - len(ends), centre, tuple(range(low - centre, high - centre + 1)), squares, ends)


def _squares(
    total: int, n: int, limits: tuple[Fraction, Fraction], ends: tuple[int, ...]
) -> tuple[int, int, int] | None:
    """The total and sums of squares left for those whose values are not known."""
    middle = Fraction(total * total, n)
    known = sum(v * v for v in ends)
    first, last = max(ceil(limits[0] + middle) - known, 0), floor(limits[1] + middle) - known
    return (total - sum(ends), first, last) if first <= last else None


def exists(asked: Target, most_work: int = MOST_WORK) -> bool | Unknown:
    """Whether there is any such sample: the same table with one bit a cell, so much sooner than the count.

    Examples
    --------
    >>> from evidence.values import reported
    >>> exists(target(reported("4.0"), reported("3.42"), 26, 0, 7))
    False
    """
    if not asked.squares:
        return False
    if asked.work(1) > most_work:
        return TOO_MANY
    table = _stages(asked, 1, keep=False)[-1]
    return any(
        table.get((asked.n, total), 0) >> max(first, 0) & (1 << last - max(first, 0) + 1) - 1
        for total, first, last in asked.squares
        if last >= 0
    )


def count(asked: Target, most_work: int = MOST_WORK) -> int | Unknown:
    """How many samples there are: multisets, each counted once.

    References
    ----------
    Heathers, Anaya, van der Zee and Brown 2018, PeerJ Preprints 6:e26968v1 (SPRITE); the counts are those of
    the exhaustive search of CLOSURE.

    Examples
    --------
    >>> from evidence.values import reported
    >>> asked = target(reported("3.2"), reported("2.4"), 19, 0, 7)
    >>> count(asked)
    2201
    """
    if not asked.squares:
        return 0
    if asked.work(asked.bits) > most_work:
        return TOO_MANY
    table = _stages(asked, asked.bits, keep=False)[-1]
    return sum(_window(table, asked, people=asked.n, want=want) for want in asked.squares)


def _stages(asked: Target, bits: int, *, keep: bool) -> list[Table]:
    """The table before any value, then after each; only the last unless they are to be kept."""
    mask = (1 << (asked.most + 1) * bits) - 1
    table: Table = {(0, 0): 1}
    stages = [table]
    for value in _order(asked):
        table = dict(table) if keep else table
        _with_value(table, value, asked.n, bits, mask)
        stages = [*stages, table] if keep else [table]
    return stages


def _order(asked: Target) -> list[int]:
    """Values from the centre outwards; the farther ones soon exceed the sum of squares."""
    return sorted((v for v in asked.values if v * v <= asked.most), key=lambda v: (abs(v), v))


def _with_value(table: Table, value: int, n: int, bits: int, mask: int) -> None:
    """Add, in place, every sample that holds this value at least once."""
    shift = value * value * bits
    by_people: list[list[int]] = [[] for _ in range(n + 1)]
    for people, total in table:
        by_people[people].append(total)
    for people in range(n):
        for total in by_people[people]:
            moved = (table[people, total] << shift) & mask
            if moved:
                key = (people + 1, total + value)
                if key not in table:
                    by_people[people + 1].append(total + value)
                    table[key] = moved
                elif bits == 1:
                    table[key] |= moved
                else:
                    table[key] += moved


def _window(table: Table, asked: Target, people: int, want: tuple[int, int, int]) -> int:
    """How many samples of so many people have the total and one of the sums of squares wanted."""
    total, first, last = want
    return sum(_cell(table, asked.bits, people, total, q) for q in range(first, last + 1))


def _cell(table: Table, bits: int, people: int, total: int, squares: int) -> int:
    if squares < 0:
        return 0
    return table.get((people, total), 0) >> squares * bits & (1 << bits) - 1


def draw(asked: Target, many: int, seed: int = 1) -> tuple[tuple[int, ...], ...] | Unknown:
    """Samples drawn fairly from all there are, each sorted; the same ones for the same seed.

    Parameters
    ----------
    asked : Target
        What ``target`` gave.
    many : int
        How many samples to draw, with replacement.
    seed : int
        Where the draws begin.

    Notes
    -----
    A sample is built from the last value to the first: how often a value occurs is drawn with the number of
    ways to complete the rest as weights, so that every multiset is equally likely.

    Examples
    --------
    >>> from evidence.values import reported
    >>> asked = target(reported("2.0"), reported("1.0"), 3, 1, 3)
    >>> draw(asked, 2)
    ((1, 2, 3), (1, 2, 3))
    """
    if not asked.squares:
        return ()
    if asked.work(asked.bits) > MOST_STORED:
        return Unknown("the samples are too many to draw from")
    stages = _stages(asked, asked.bits, keep=True)
    wants = [(t, q) for t, first, last in asked.squares for q in range(first, last + 1)]
    weights = [_cell(stages[-1], asked.bits, asked.n, t, q) for t, q in wants]
    if sum(weights) == 0:
        return ()
    numbers = _numbers(seed)
    return tuple(_one(asked, stages, wants[_pick(weights, numbers)], numbers) for _ in range(many))


def _one(
    asked: Target, stages: list[Table], want: tuple[int, int], numbers: Iterator[int]
) -> tuple[int, ...]:
    order = _order(asked)
    (total, squares), people = want, asked.n
    sample = [*asked.ends]
    for stage in range(len(order), 0, -1):
        value = order[stage - 1]
        ways = [
            _cell(stages[stage - 1], asked.bits, people - c, total - c * value, squares - c * value * value)
            for c in range(people + 1)
        ]
        often = _pick(ways, numbers)
        sample += [value] * often
        people, total, squares = people - often, total - often * value, squares - often * value * value
    return tuple(sorted(v + asked.centre for v in sample))


def _pick(weights: list[int], numbers: Iterator[int]) -> int:
    """A place in a list of whole weights, each as likely as it weighs, without rounding."""
    whole = sum(weights)
    bits = whole.bit_length()
    while True:  # a number as long as the whole, until one lies below it: at least every second does
        at = 0
        for _ in range(-(-bits // 64)):
            at = at << 64 | next(numbers)
        at >>= -bits % 64
        if at < whole:
            break
    for place, weight in enumerate(weights):
        at -= weight
        if at < 0:
            return place
    raise AssertionError("a number below the sum lies in one of its parts")


def _numbers(seed: int) -> Iterator[int]:
    """Whole numbers of 64 random bits: splitmix64, the same on every machine and in every version.

    References
    ----------
    Steele, Lea and Flood 2014, OOPSLA, Figure 17.
    """
    whole = (1 << 64) - 1
    state = seed & whole
    while True:
        state = state + 0x9E3779B97F4A7C15 & whole
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & whole
        z = (z ^ z >> 27) * 0x94D049BB133111EB & whole
        yield z ^ z >> 31
