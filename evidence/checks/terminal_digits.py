"""AUD321: are the last digits of a paper's numbers spread as those of measured numbers are?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, exp, floor, log10, sqrt

import numpy as np

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.examples import paper, summary
from evidence.checks.too_similar import at_least
from evidence.checks.wording import chance, figure, listed
from evidence.claims import TESTS, Claim, Paper, Place, Share, Summary
from evidence.distributions import chi2_isf, chi2_sf, normal_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown, counts_of, whole_numbers
from evidence.values import Reported

RULE = Rule("AUD321", "terminal-digits")
FEWEST = 50
EXTREME = 0.001
"""Papers of independent numbers are pointed out this rarely."""
MOST_PEOPLE = 10_000
MOST_DIGITS = 15

Digits = tuple[float, ...]
"""The chance of each last digit, 0 to 9."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A printed number, and how likely each last digit of such a number is."""

    number: Reported
    place: Place
    expected: Digits


def run(claim: Paper) -> Iterator[Finding]:
    """Whether the last digits of all numbers of two digits or more are spread as they should be."""
    seen = list({one.number.address: one for each in claim.claims for one in _numbers(each)}.values())
    if len(seen) < FEWEST:
        return
    found = [_last(one.number) for one in seen]
    value, p, df = _compare(found, [one.expected for one in seen])
    about = tuple(one.number for one in seen)
    facts = {
        "details": _details(found, seen),
        "power": _power(len(seen)),
        "recomputed": Range(value, value, value),
    }
    shown = f"χ² = {figure(value)} on {figure(df, digits=3)} degrees of freedom, p {chance(p)}"
    if p < EXTREME:
        message = f"the last digits of {len(seen)} numbers are not spread as such numbers' are: {shown}"
        yield screen(RULE, seen[0].place, about, message, **facts)
    else:
        message = f"the last digits of {len(seen)} numbers are spread as such numbers' are: {shown}"
        yield consistent(RULE, seen[0].place, about, message, **facts)


# --- which numbers, and what their last digits should be --------------------------------------------------


def _numbers(claim: Claim) -> Iterator[Seen]:
    """Means, spreads, medians and statistics of two digits or more, and percentages of known n."""
    if isinstance(claim, Summary):
        n = whole_numbers(claim.n)
        people = None if isinstance(n, Unknown) else n[0]
        for each in (claim.mean, claim.median):
            if each is not None and people is not None and people >= 10 ** max(each.decimals, 0):
                yield from _measured(each, claim.place)
        for each in (claim.sd, claim.se):
            if each is not None:
                yield from _measured(each, claim.place)
    elif isinstance(claim, Share):
        yield from _counted(claim)
    elif isinstance(claim, TESTS) and claim.test.statistic is not None:
        yield from _measured(claim.test.statistic, claim.test.place)


def _measured(number: Reported, place: Place) -> Iterator[Seen]:
    digits = _significant(number)
    if number.relation == "=" and number.address and 2 <= digits <= MOST_DIGITS:
        yield Seen(number, place, nth_digit(digits))


def _significant(number: Reported) -> int:
    if number.exact is None or number.exact == 0 or abs(number.exact) > 10**MOST_DIGITS:
        return 0
    return len(str(abs(int(number.exact / number.ulp)))) if number.decimals <= MOST_DIGITS else 0


def _last(number: Reported) -> int:
    return abs(int((number.exact or 0) / number.ulp)) % 10


@lru_cache(maxsize=32)
def nth_digit(place: int) -> Digits:
    """The chance of each digit at the second or a later place of numbers of all sizes.

    References
    ----------
    Hill 1995, Statistical Science 10:354-363.

    Examples
    --------
    >>> [round(p, 3) for p in nth_digit(2)][:3], [round(p, 4) for p in nth_digit(4)][:2]
    ([0.12, 0.114, 0.109], [0.1002, 0.1001])
    """
    if place > 4:
        return (0.1,) * 10
    first = range(10 ** (place - 2), 10 ** (place - 1))
    return tuple(sum(log10(1 + 1 / (10 * k + digit)) for k in first) for digit in range(10))


def _counted(share: Share) -> Iterator[Seen]:
    percent = share.percent
    if share.survival or not isinstance(percent, Reported) or percent.relation != "=" or not percent.address:
        return
    counts = counts_of(share)
    if isinstance(counts, Unknown) or len({n for _, n in counts}) != 1 or not 1 <= percent.decimals <= 6:
        return
    k, n = counts[len(counts) // 2]
    if 0 < k < n <= MOST_PEOPLE and (percent.exact or 0) >= 10 * percent.ulp:
        yield Seen(percent, share.place, of_percentages(k, n, percent.decimals))


@lru_cache(maxsize=1024)
def of_percentages(k: int, n: int, decimals: int) -> Digits:
    """The chance of each last digit of 100 j / n, over counts j as likely as chance makes them around k.

    Notes
    -----
    Each count's chance at p = k/n, of thrice the binomial variance because the true share is not known, goes
    to the digit that it prints; halves go up.

    Examples
    --------
    >>> [round(p, 2) for p in of_percentages(10, 20, 1)][:6]
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    spread = sqrt(3 * k * (n - k) / n)
    low, high = max(0, floor(k - 4 * spread)), min(n, ceil(k + 4 * spread))
    weights = [0.0] * 10
    for j in range(low, high + 1):
        printed = (200 * j * 10**decimals + n) // (2 * n)
        weights[printed % 10] += exp(-0.5 * ((j - k) / spread) ** 2)
    return tuple(weight / sum(weights) for weight in weights)


# --- the test ---------------------------------------------------------------------------------------------


def _compare(found: list[int], expected: list[Digits]) -> tuple[float, float, float]:
    """The chi-square of the digits, its p and its effective degrees of freedom.

    Notes
    -----
    The numbers have unlike chances, so that sum (O - E)^2 / E is no chi-square on 9: its mean and variance
    are those of the exact covariance of the counts, and a scaled chi-square with both gives p.

    References
    ----------
    Mosimann, Wiseman, Edelman 1995, Accountability in Research 4:31-55; Satterthwaite 1946, Biometrics
    Bulletin 2:110-114.
    """
    chances = np.array(expected)
    counts, means = np.bincount(found, minlength=10), chances.sum(axis=0)
    known = means > 1e-9
    if counts[~known].any():
        return float("inf"), 0.0, 0.0  # a digit that no such number ends in
    chances, counts, means = chances[:, known], counts[known], means[known]
    covariance = np.diag(means) - chances.T @ chances
    scaled = covariance / np.sqrt(np.outer(means, means))
    first, second = float(np.trace(scaled)), float((scaled**2).sum())
    value = float(((counts - means) ** 2 / means).sum())
    if second < 1e-12:
        return value, 1.0, 0.0  # every last digit is forced
    df = first * first / second
    return value, chi2_sf(value * first / second, df), df


def _details(found: list[int], seen: list[Seen]) -> tuple[str, ...]:
    round_ones = sum(digit in (0, 5) for digit in found)
    chances = tuple(one.expected[0] + one.expected[5] for one in seen)
    counts = listed([f"{digit}: {found.count(digit)}" for digit in range(10)])
    return (
        f"last digits {counts}",
        f"{round_ones} end in 0 or 5, {figure(sum(chances), digits=3)} expected, exact p of so many "
        f"{chance(at_least(round_ones, chances))}",
        f"were 0 and 5 twice as common as they should be, {figure(100 * _power(len(seen)), digits=2)} % of "
        "such papers would be pointed out",
        "numbers that follow from each other (a mean printed twice, parts of one whole) count as independent",
        "instruments read to 5 or 10 units, and weights or ages in whole numbers, prefer some by themselves",
    )


def _power(many: int) -> float:
    """How likely it is noticed that 0 and 5 come twice as often as they should: a normal estimate."""
    far, critical = 0.25 * many, chi2_isf(EXTREME, 9)  # 0.25: the sum of (q - p)^2 / p
    return normal_sf((critical - 9 - far) / sqrt(2 * (9 + 2 * far)))


def _pairs(texts: list[str]) -> Paper:
    return paper(
        *(summary(text, f"{3 + 0.37 * i:.1f}", "400", label=f"row {i}") for i, text in enumerate(texts))
    )


CHECK = Check(
    rule=RULE,
    title="last digits",
    what=(
        "Whether the last digits of fifty numbers or more are spread as those of measured numbers are: by "
        "Hill's law for means, spreads and statistics, over the k/n that n people can have for "
        "percentages. Means whose decimals could show the grain of few people are left out. A screen."
    ),
    why="Measured numbers end in any digit; people who make numbers up favour some.",
    formula="Σ (O - E)² / E over the ten digits, p by the exact covariance of the counts",
    reference="Mosimann, Wiseman, Edelman 1995, Accountability in Research 4:31-55",
    false_alarms=(
        "Readings to the nearest 5 or 10, means of few whole numbers, numbers that were rounded twice, and "
        "numbers that depend on each other."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _pairs([f"{17 + 3.77 * i:.1f}" for i in range(60)]),
        _pairs([f"{10 + i}.5" for i in range(20)]),
    ),
    breaks=lambda: (_pairs([f"{10 + i}.{'05'[i % 2]}" for i in range(60)]),),
)
