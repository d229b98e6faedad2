"""What the checks on means of whole numbers share: which data are of that kind, and what is printed."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.claims import Summary
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.reanalysis.granularity import items_of
from evidence.values import Reported

MOST_SIZES = 200
"""An n that can be more numbers than this says too little."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """The mean of whole-number data: of how many answers each, and of which numbers of people."""

    mean: Reported
    items: int
    sizes: tuple[int, ...]


def whole_number_data(claim: Summary) -> WholeNumbers | Unknown | None:
    """The mean of a summary as one of whole numbers; None where the study does not say that it is.

    Whether data are whole numbers cannot be told from their mean, so that nothing is assumed.
    """
    mean = claim.mean
    if claim.items is None or mean is None or not mean.is_number:
        return None
    items, sizes = items_of(claim.items), whole_numbers(claim.n)
    if isinstance(items, Unknown):
        return items
    if isinstance(sizes, Unknown):
        return sizes
    people = tuple(n for n in sizes if n > 0)
    if not people:
        return Unknown("there is no mean of nobody")
    if len(people) > MOST_SIZES:
        return Unknown("n can be too many numbers")
    return WholeNumbers(mean, items, people)


def spread_of(claim: Summary) -> Reported | None:
    """The standard deviation of a summary, where it is said to be one."""
    sd = claim.sd
    return sd if sd is not None and sd.is_number and claim.plusminus is None else None


def ends_of(claim: Summary) -> tuple[Reported, Reported] | None:
    """The ends of the data as printed, or None."""
    least, most = claim.minimum, claim.maximum
    if least is None or most is None or not (least.is_number and most.is_number):
        return None
    return least, most


def whole_end(number: Reported) -> int | None:
    """An end of a scale as a whole number, or None."""
    exact = number.exact
    return int(exact) if exact is not None and number.relation == "=" and exact.denominator == 1 else None


def people(sizes: tuple[int, ...]) -> str:
    """Numbers of people as they are said."""
    return " or ".join(map(str, sizes[:3])) + (" or another n" if len(sizes) > 3 else "")


def is_yes_or_no(claim: Summary) -> bool:
    """Whether the values are zeros and ones."""
    scale = claim.scale
    if scale is None or claim.items is None or claim.items.exact != 1:
        return False
    return (scale[0].exact, scale[1].exact) == (0, 1)
