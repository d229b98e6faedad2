"""Whether whole numbers can have a printed mean together with a printed standard deviation: exactly.

n whole numbers have a total S and a sum of squares Q. Which pairs (S, Q) some n whole numbers have is known
in closed form, so that no search over samples is needed and every admissible total can be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isqrt

from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.granularity import possible_totals
from evidence.rounding import bounds
from evidence.values import Reported

MOST_TOTALS = 20_000
"""More admissible totals than this are not tried one by one."""
MOST_STEPS = 200_000
"""The longest search over two or three whole numbers; with more there is nothing to search."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A total and the sums of squares beside it that a printed mean and SD allow, first to last."""

    total: int
    least: int
    most: int


def realised(n: int, total: int, squares: int) -> bool:
    """Whether some n whole numbers have this total and this sum of squares.

    Notes
    -----
    Squares have the parity of their roots, so Q and S are both even or both odd; and Q is least where the
    numbers differ by at most one. From five numbers on that is all: take S within 0..n-1 by shifting; a
    number 0 or 1 can be split off until five are left, and one of 0, 1, -1 from these, so that four remain
    with an odd total b and an odd sum of squares a; then 4a - b^2 is 3 modulo 8, a sum of three odd squares
    (Gauss), and from these the four numbers follow (Cauchy). Four numbers with even sums need a - (b/2)^2
    to be a sum of three squares: not 4^k (8 m + 7) (Legendre). One, two and three are solved directly.

    References
    ----------
    Cauchy 1813, Mémoires de la Classe des Sciences 14:177-220 (his lemma); Nathanson 1987, Proceedings of the
    American Mathematical Society 99:22-24.

    Examples
    --------
    >>> realised(3, 6, 14), realised(3, 6, 16), realised(2, 3, 7)
    (True, False, False)
    """
    if n < 1 or (squares - total) % 2 or squares < least_squares(n, total):
        return False
    if n >= 5:
        return True
    if n == 4:
        return total % 2 == 1 or _three_squares(squares - (total // 2) ** 2)
    if n == 3:
        return _three_numbers(total, squares)
    return (
        squares == total * total if n == 1 else isqrt(2 * squares - total**2) ** 2 == 2 * squares - total**2
    )


def least_squares(n: int, total: int) -> int:
    """The least sum of squares of n whole numbers with this total: as even as can be."""
    each, left = divmod(total, n)
    return n * each * each + 2 * each * left + left


def _three_squares(m: int) -> bool:
    while m and m % 4 == 0:
        m //= 4
    return m % 8 != 7


def _three_numbers(total: int, squares: int) -> bool:
    """Shifted near zero, one number is tried after another, and the two others must fit."""
    each, left = divmod(total, 3)
    squares = squares - 2 * each * total + 3 * each * each
    reach = isqrt(squares)
    return any(_two(left - x, squares - x * x) for x in range(-reach, reach + 1))


def _two(total: int, squares: int) -> bool:
    gap = 2 * squares - total * total
    return gap >= 0 and isqrt(gap) ** 2 == gap


def admissible(
    mean: Reported, sd: Reported, n: int, items: int = 1, mode: str | None = None
) -> Iterator[Sums] | Unknown:
    """Each total that the mean allows with the sums of squares that the SD allows, before any is realised."""
    found, spread = possible_totals(mean, n, items, mode), bounds(sd, mode)
    if isinstance(found, Unknown):
        return found
    if n < 2:
        return Unknown("a standard deviation needs two values")
    if spread.low is None or spread.high is None:
        return Unknown("the standard deviation is printed as a limit")
    if found.stop - found.start > MOST_TOTALS:  # len() has an end, whole numbers have none
        return Unknown("the mean allows too many totals")
    if spread.high < 0:
        return iter(())
    scale = (n - 1) * items * items
    low, high = max(spread.low, Fraction(0)) ** 2 * scale, spread.high**2 * scale
    sums = (_sums(total, n, low, high) for total in found)
    return (each for each in sums if each.least <= each.most)


def _sums(total: int, n: int, low: Fraction, high: Fraction) -> Sums:
    middle = Fraction(total * total, n)
    return Sums(total, max(ceil(low + middle), least_squares(n, total)), floor(high + middle))


def pairs(sums: Iterable[Sums], n: int) -> Iterator[tuple[int, int]]:
    """Every total and sum of squares that n whole numbers have, among the admissible ones."""
    for each in sums:
        first = each.least + (each.least - each.total) % 2
        for squares in range(first, each.most + 1, 2):
            if realised(n, each.total, squares):
                yield each.total, squares


def grimmer(
    mean: Reported, sd: Reported, n: int, items: int = 1, mode: str | None = None
) -> tuple[int, int] | Unknown | None:
    """A total and sum of squares behind a printed mean and SD; None where whole numbers have no such pair.

    Parameters
    ----------
    mean, sd : Reported
        As printed, of values that are each the mean of ``items`` whole numbers.
    n : int
        How many people.
    items : int
        Answers a person; sums of a person's answers are the whole numbers counted here.

    Notes
    -----
    All totals that the mean allows are tried, not only the nearest; the variance (Q - S^2/n) / (n - 1) must
    lie within the rounding of the SD, and ``realised`` says whether there are such numbers.

    References
    ----------
    Anaya 2016, PeerJ Preprints 4:e2400v1; Allard 2018, Analytic-GRIMMER (the parity argument).

    Examples
    --------
    >>> from evidence.values import reported
    >>> grimmer(reported("5.21"), reported("1.60"), 28), grimmer(reported("5.21"), reported("1.63"), 28)
    ((146, 830), None)
    """
    sums = admissible(mean, sd, n, items, mode)
    if isinstance(sums, Unknown):
        return sums
    if n <= 3:
        kept = list(sums)
        if sum(_steps(each, n) for each in kept) > MOST_STEPS:
            return Unknown(f"the spread is too wide to try every {n} numbers")
        return next(pairs(kept, n), None)
    return next(pairs(sums, n), None)


def next_to(each: Sums, n: int, reach: int = 60) -> Iterator[int]:
    """The sums of squares next below and above an interval that n whole numbers of its total have."""
    floor_ = least_squares(n, each.total)
    below = range(min(each.least, each.most + 1) - 1, max(floor_, each.least - reach) - 1, -1)
    above = range(max(each.most + 1, floor_), max(each.most + 1, floor_) + reach)
    for side in (below, above):
        found = next((q for q in side if realised(n, each.total, q)), None)
        if found is not None:
            yield found


def _steps(each: Sums, n: int) -> int:
    """How long the search over two or three numbers is at most."""
    many = each.most - each.least + 1
    return many if n == 2 else many * isqrt(each.most - each.total**2 // 3 + 1)
