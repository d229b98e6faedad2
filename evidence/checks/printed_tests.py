"""What a printed test says by itself: its statistic, its degrees of freedom, and the p they give."""

from __future__ import annotations

from functools import lru_cache
from math import inf, isnan, sqrt
from typing import NamedTuple

from evidence.checks.wording import symbol
from evidence.claims import (
    AnyTest,
    BareTest,
    ChangeTest,
    MeansTest,
    PrintedTest,
    SharesTest,
    TableTest,
    WithinTest,
)
from evidence.distributions import chi2_sf, f_tails, normal_sf, t_sf, t_tails
from evidence.findings import Range
from evidence.reanalysis.counts import Unknown, whole_numbers
from evidence.reanalysis.t import Box, absolute
from evidence.rounding import PRegion, float_bounds, p_region
from evidence.values import NOT_SIGNIFICANT, Reported

ALPHA = 0.05
"""The level at which a decision is read; papers print ``P<0.05`` without saying so."""

NEVER_NEGATIVE = ("chi2", "f", "u", "w", "h", "q")
WITHIN_ONE = ("rho", "tau")
ANY_DF = tuple(float(df) for df in range(1, 9))
"""Degrees of freedom tried for a chi-square that is printed without them, nor with what was compared."""
NEARLY = 1e-9
"""Room for the last bits of floating point, relative."""


class POption(NamedTuple):
    """The p of a statistic under one reading of its degrees of freedom and sides."""

    name: str
    p: Range
    one_sided: Range | None = None


def printed_p(test: PrintedTest) -> Reported | None:
    """The printed p, if it says anything of a probability."""
    p = test.p
    return p if p is not None and (p.is_number or p.word == NOT_SIGNIFICANT) else None


def region(test: PrintedTest) -> PRegion | None:
    """The p values that the printed p allows; None where there is none, or where none is a probability."""
    p = printed_p(test)
    return None if p is None or _outside(p) else p_region(p, ALPHA)


def _outside(p: Reported) -> bool:
    """Whether a printed p is no probability."""
    return p.exact is not None and not 0 <= p.exact.numerator <= p.exact.denominator


def box(number: Reported) -> Box:
    """Low, mid and high of a printed number as floats."""
    return float_bounds(number)


def size(box_: Box) -> Box:
    """Low, mid and high of a printed number's size, its sign aside."""
    return absolute(box_)


def meets(low: float, high: float, other: Box) -> bool:
    """Whether a computed range meets a printed one, but for the last bits of floating point."""
    slack = NEARLY * max(1.0, abs(low) if abs(low) < inf else 1.0)
    return low - slack <= other[2] and high + slack >= other[0]


def distance(low: float, high: float, other: Box, unit: float) -> float | None:
    """How far a computed range lies from a printed one, in units of the last printed digit."""
    if isnan(low) or isnan(high) or unit <= 0:
        return None
    if meets(low, high, other):
        return 0.0
    gap = low - other[2] if low > other[2] else other[0] - high
    return gap / unit


def total_size(test: PrintedTest) -> tuple[int, int] | Unknown:
    """The least and greatest number of people that a test can be about."""
    low = high = 0
    for n in test.sizes:
        known = whole_numbers(n)
        if isinstance(known, Unknown):
            return known
        low, high = low + known[0], high + known[-1]
    return (low, high) if test.sizes else Unknown("n is not printed")


@lru_cache(maxsize=256)  # several checks ask it of one claim, one after the other
def p_options(claim: AnyTest) -> tuple[POption, ...] | Unknown:
    """Every p that a printed statistic can have: one a reading of its degrees of freedom."""
    test = claim.test
    if test.statistic is None or not test.statistic.is_number:
        return Unknown("no statistic is printed beside it")
    letter, ends = test.letter, _ends(test.statistic)
    if letter == "z":
        return (_two_sided("z", ends, test.sided),)
    if letter == "t":
        return _t_options(test, ends)
    if letter in ("chi2", "q", "h"):
        dfs = _chi2_df(claim)
        known = tuple(_chi2_option(symbol(letter), ends, df) for df in dfs)
        return (*known, _more_df(symbol(letter), ends)) if dfs is ANY_DF else known
    if letter == "f":
        return _f_options(test, ends)
    if letter == "rho":
        return _correlation_options(test, ends)
    if letter == "wald":  # its square on one degree of freedom, or its root
        return _chi2_option("Wald's χ²", ends, 1.0), _two_sided("Wald's z", ends, test.sided)
    if letter in ("u", "w", "tau"):
        return Unknown(f"the p of {symbol(letter)} needs the ranks")
    return Unknown("which statistic it is was not printed")


def _ends(statistic: Reported) -> Box:
    """The sizes behind a printed statistic; ``F < 1`` and ``t < 1`` say that its size is below 1."""
    low, mid, high = box(statistic)
    return (0.0, mid, high) if low == -inf and high >= 0 else size((low, mid, high))


def _two_sided(name: str, ends: Box, sided: int | None, dfs: Box | None = None) -> POption:
    """The p over a range of |t| and of degrees of freedom; of z where there are none."""

    least, mid, most = ends
    if dfs is None:
        high, middle, low = normal_sf(least), normal_sf(mid), normal_sf(most)
    elif dfs[0] == dfs[2]:
        high, middle, low = t_tails(ends, dfs[0])
    else:
        high, middle, low = t_sf(least, dfs[0]), t_sf(mid, dfs[1]), t_sf(most, dfs[2])
    one = Range(low, middle, high)
    if sided == 1:
        return POption(f"{name}, one-sided as stated", one, one)
    two = Range(min(2 * one.low, 1.0), min(2 * one.mid, 1.0), min(2 * one.high, 1.0))
    return POption(f"{name}, two-sided", two, one)


def _t_options(test: PrintedTest, ends: Box) -> tuple[POption, ...] | Unknown:
    dfs = _t_df(test)
    if isinstance(dfs, Unknown):
        return (_any_df(ends, test.sided),) if not test.sizes else dfs
    if max(dfs) < 1:
        return Unknown(f"t has no degrees of freedom with n = {max(dfs) + 2:g}")
    options = [
        _two_sided(f"t on {df:g} degrees of freedom", ends, test.sided, (df,) * 3) for df in dfs if df >= 1
    ]
    return (*options, *_welch_option(test, ends, max(dfs)))


def _any_df(ends: Box, sided: int | None) -> POption:
    """The p of t where neither degrees of freedom nor n are printed: from a normal's to that of t on one."""
    return _two_sided("t on any degrees of freedom", ends, sided, (1.0, inf, inf))


def _welch_option(test: PrintedTest, ends: Box, most: float) -> tuple[POption, ...]:
    """Two arms may have been compared by Welch's t, whose degrees of freedom are fewer, and not printed."""
    sizes = [whole_numbers(n) for n in test.sizes]
    if test.df or test.within or len(sizes) != 2:
        return ()
    least = min(n[0] for n in sizes if not isinstance(n, Unknown)) - 1.0
    if not 1 <= least < most:
        return ()
    name = f"Welch's t on {least:g} to {most:g} degrees of freedom"
    return (_two_sided(name, ends, test.sided, (least, most, most)),)


def _t_df(test: PrintedTest) -> tuple[float, ...] | Unknown:
    if test.df and test.df[0].exact is not None:
        low, mid, high = box(test.df[0])
        return (mid,) if test.df[0].decimals <= 0 else (mid, low, high)
    people = total_size(test)
    if isinstance(people, Unknown):
        return people
    if test.within:
        return tuple(dict.fromkeys(float(df) for n in people for df in (n - 1, 2 * n - 2)))
    return tuple(dict.fromkeys(float(n - 2) for n in people))


def _chi2_df(claim: AnyTest) -> tuple[float, ...]:
    test = claim.test
    if test.df and test.df[0].exact is not None:
        return (max(box(test.df[0])[1], 0.0),)
    if isinstance(claim, BareTest) and not test.arms:
        return ANY_DF
    if isinstance(claim, SharesTest):
        return (float(max(len(claim.sides) - 1, 1)),)
    if isinstance(claim, TableTest):
        rows, columns = max(len(claim.arms) - 1, 1), max(len(claim.categories) - 1, 1)
        fewer = [rows * c for c in range(columns, 0, -1)]
        return tuple(dict.fromkeys(float(df) for df in (*fewer, 1)))
    return (float(max(len(test.arms) - 1, 1)),)


def _chi2_option(name: str, ends: Box, df: float) -> POption:
    def upper(x: float) -> float:
        return chi2_sf(x, df) if df > 0 else 1.0

    plural = "degree" if df == 1 else "degrees"
    p = Range(upper(ends[2]), upper(ends[1]), upper(ends[0]))
    return POption(f"{name} on {df:g} {plural} of freedom", p)


def _more_df(name: str, ends: Box) -> POption:
    """The p of a chi-square of a large table: above that on the fewest degrees of freedom not yet tried."""
    fewest = _chi2_option(name, ends, ANY_DF[-1] + 1).p
    p = Range(fewest.low, fewest.mid, 1.0)
    return POption(f"{name} on more than {ANY_DF[-1]:g} degrees of freedom", p)


def _f_options(test: PrintedTest, ends: Box) -> tuple[POption, ...] | Unknown:
    if len(test.df) == 2 and all(df.exact is not None and df.exact > 0 for df in test.df):
        pairs = [(box(test.df[0])[1], box(test.df[1])[1])]
    else:
        people, groups = total_size(test), len(test.sizes)
        if isinstance(people, Unknown):
            return people
        pairs = [(float(groups - 1), float(n - groups)) for n in people if groups > 1 and n > groups]
    if not pairs:
        return Unknown("F has no degrees of freedom here")
    return tuple(_f_option(ends, *pair) for pair in dict.fromkeys(pairs))


def _f_option(ends: Box, df1: float, df2: float) -> POption:
    high, mid, low = f_tails(ends, df1, df2)
    return POption(f"F on {df1:g} and {df2:g} degrees of freedom", Range(low, mid, high))


def _correlation_options(test: PrintedTest, ends: Box) -> tuple[POption, ...] | Unknown:
    if test.df and test.df[0].exact is not None:
        df = box(test.df[0])[1]
        name = f"correlation on {df:g} degrees of freedom"
        known = (_correlation(name, ends, df, test.sided),) if df > 0 else ()
        return known or Unknown("r has no degrees of freedom")
    people = total_size(test)
    if isinstance(people, Unknown):
        return people
    options = [
        _correlation(f"correlation of {n}", ends, n - 2.0, test.sided) for n in dict.fromkeys(people) if n > 2
    ]
    return tuple(options) or Unknown("n is too small for a correlation")


def _correlation(name: str, ends: Box, df: float, sided: int | None) -> POption:
    ts = [x * sqrt(df / (1 - x * x)) if x < 1 else inf for x in ends]
    return _two_sided(name, (ts[0], ts[1], ts[2]), sided, (df,) * 3)


def impossible_reason(test: PrintedTest) -> str | None:
    """Why a printed statistic or p is one that nothing can have, or None."""
    p, statistic, letter = test.p, test.statistic, test.letter
    if p is not None and _outside(p):
        return f"a probability lies between 0 and 1, and {p.text} does not"
    if statistic is None or statistic.exact is None:
        return None
    low, _, high = box(statistic)
    if letter in NEVER_NEGATIVE and high < 0:
        return f"{symbol(letter)} is never negative, and {statistic.text} is"
    if letter in WITHIN_ONE and (low > 1 or high < -1):
        return f"a correlation lies between -1 and 1, and {statistic.text} does not"
    return None


def decision_of(test: PrintedTest) -> bool | None:
    """Whether the printed p, or else the words, call the result significant; None where neither tells."""
    allowed = region(test)
    by_p = allowed.decides(ALPHA) if allowed is not None else None
    return by_p if by_p is not None else by_words(test)


def by_words(test: PrintedTest) -> bool | None:
    """What the words say: significant, not significant, or nothing."""
    return {"significant": True, "not-significant": False}.get(test.claim or "")


def decides(p: Range, alpha: float = ALPHA) -> bool | None:
    """Whether a whole range of p lies below alpha, or at and above it; None where it holds both."""
    if p.high < alpha:
        return True
    return False if p.low >= alpha else None


def subject(claim: AnyTest) -> str:
    """What a test was of, for words."""
    test = claim.test
    if isinstance(claim, WithinTest):
        return f"{test.place.label}, {test.arms[0] if test.arms else 'one arm'} before and after"
    if isinstance(claim, ChangeTest | MeansTest) and len(test.arms) == 2:
        return f"{test.place.label}, {test.arms[0]} and {test.arms[1]}"
    return test.place.label
