"""A printed median with quartiles or range to a mean and a standard deviation, as a recorded step."""

from __future__ import annotations

from math import isfinite, nan

from evidence.claims import Summary
from evidence.derivation.five_numbers import five_numbers
from evidence.derivation.inputs import Missing
from evidence.derivation.luo_wan_shi import normal_data
from evidence.rounding import bounds
from evidence.values import Derived, Reported

_RULE = "from the median and what is printed beside it (Luo 2018, Wan 2014, Shi 2020)"


def from_median(summary: Summary) -> tuple[Derived, Derived] | Missing:
    """The mean and the standard deviation behind a median with quartiles, range or both; or why not.

    Luo's mean and Wan's standard deviation (Shi's with all five numbers), the data taken to be normal;
    refused where Shi's test at 5 % finds them skewed. Each end of the ranges takes every printed number at
    the end of its own bounds that moves the result furthest.

    References
    ----------
    Luo et al. 2018, Statistical Methods in Medical Research 27:1785; Wan et al. 2014, BMC Medical Research
    Methodology 14:135; Shi et al. 2020, Research Synthesis Methods 11:641.
    """
    n = summary.n
    quarters, ends = (summary.q1, summary.q3), (summary.minimum, summary.maximum)
    if summary.median is None or not isinstance(n, Reported) or not n.is_number:
        return Missing(f"prints no median with its n for {summary.arm}")
    if None in quarters and None in ends:
        return Missing(f"prints a median without quartiles or range for {summary.arm}")
    printed = tuple(x for x in (summary.median, *quarters, *ends) if x is not None)
    middle = _estimated(summary, n, (1, 1, 1, 1, 1))
    if not (isfinite(middle[0]) and middle[1] > 0):
        return Missing(
            f"the median of {summary.arm} and what is printed beside it are too skewed to stand for a mean"
        )
    low, high = _estimated(summary, n, (0, 0, 0, 0, 0))[0], _estimated(summary, n, (2, 2, 2, 2, 2))[0]
    narrow, wide = _estimated(summary, n, (1, 2, 0, 2, 0))[1], _estimated(summary, n, (1, 0, 2, 0, 2))[1]
    said = (f"the mean and SD of {summary.arm} are estimated {_RULE}",)
    sources = (*printed, n)
    return (
        Derived(middle[0], low, high, sources, f"mean {_RULE}", said, "estimated"),
        Derived(middle[1], narrow, wide, sources, f"SD {_RULE}", (), "estimated"),
    )


def _estimated(summary: Summary, n: Reported, ends: tuple[int, int, int, int, int]) -> tuple[float, float]:
    """Mean and SD with each number at its lower bound (0), as printed (1) or at its upper bound (2)."""
    numbers = (summary.median, summary.q1, summary.q3, summary.minimum, summary.maximum)
    median, q1, q3, least, most = (
        nan if number is None else bounds(number).floats[end]
        for number, end in zip(numbers, ends, strict=True)
    )
    found = five_numbers(median, bounds(n).floats[1], q1=q1, q3=q3, minimum=least, maximum=most)
    mean, sd = normal_data(found, test=ends == (1, 1, 1, 1, 1))
    return float(mean), float(sd)
