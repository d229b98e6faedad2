"""The common effect of two-by-two tables and of rates by the method of Mantel and Haenszel.

Functions take arrays (..., k), studies on the last axis and any batch in front, and give the effect on the
scale of the analysis (log for ratios), its standard error and the studies' weights. A study without events
adds nothing to a ratio, so nothing need be added to empty cells.

References
----------
Mantel N, Haenszel W. J Natl Cancer Inst 1959;22:719-48. Robins J, Breslow N, Greenland S. Biometrics
1986;42:311-23 (odds ratio). Greenland S, Robins JM. Biometrics 1985;41:55-68 (risk ratio, differences,
rates). Sato T, Greenland S, Robins JM. Biometrics 1989;45:1323-4 (risk difference).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError, choose
from synthesis.fit import ChiSquare, Pool
from synthesis.models.stratified import (
    AS_COUNTED,
    FOR_STUDIES,
    Groups,
    Stratified,
    ZeroCells,
    effects_of,
    pool_of,
)
from synthesis.models.stratified_tests import breslow_day, cochran_mantel_haenszel, rates_test

RATES = ("IRR", "IRD")
VARIANCES = {"Sato": "Sato", "Greenland-Robins": "Greenland-Robins"}


@dataclass(frozen=True, slots=True, eq=False)
class Summed:
    """A Mantel-Haenszel effect `mu` and its standard error, nan where there is none; the (..., k) weights."""

    mu: FloatArray
    se: FloatArray
    weights: FloatArray


def _sum(values: FloatArray) -> FloatArray:
    result: FloatArray = np.add.reduce(values, axis=-1)
    return result


def _floats(*values: ArrayLike) -> list[FloatArray]:
    return list(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in values)))


def _ratio(top: FloatArray, bottom: FloatArray, variance: FloatArray, weights: FloatArray) -> Summed:
    possible = (top > 0.0) & (bottom > 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mu = np.where(possible, np.log(top) - np.log(bottom), np.nan)
    return Summed(mu, np.where(possible, np.sqrt(variance), np.nan), weights)


@np.errstate(divide="ignore", invalid="ignore")
def odds_ratio(ai: ArrayLike, bi: ArrayLike, ci: ArrayLike, di: ArrayLike) -> Summed:
    """The log odds ratio of tables with events `ai`, `ci` and others `bi`, `di` of the two arms.

    Notes
    -----
    log(R / S), R and S the sums of a d / n and b c / n, with the variance of Robins, Breslow and Greenland.

    Examples
    --------
    >>> found = odds_ratio([12, 9], [13, 15], [12, 17], [9, 14])
    >>> round(float(np.exp(found.mu)), 6)
    0.577843
    """
    a, b, c, d = _floats(ai, bi, ci, di)
    n = a + b + c + d
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    top, bottom = _sum(r), _sum(s)
    variance = (
        _sum(p * r) / (2.0 * top * top)
        + _sum(p * s + q * r) / (2.0 * top * bottom)
        + _sum(q * s) / (2.0 * bottom * bottom)
    )
    return _ratio(top, bottom, variance, s)


@np.errstate(divide="ignore", invalid="ignore")
def risk_ratio(ai: ArrayLike, bi: ArrayLike, ci: ArrayLike, di: ArrayLike) -> Summed:
    """The log risk ratio, with the variance of Greenland and Robins."""
    a, b, c, d = _floats(ai, bi, ci, di)
    n1, n2 = a + b, c + d
    n = n1 + n2
    top, weights = _sum(a * n2 / n), c * n1 / n
    bottom = _sum(weights)
    variance = _sum(n1 * n2 * (a + c) / (n * n) - a * c / n) / (top * bottom)
    return _ratio(top, bottom, variance, weights)


@np.errstate(divide="ignore", invalid="ignore")
def risk_difference(
    ai: ArrayLike, bi: ArrayLike, ci: ArrayLike, di: ArrayLike, variance: str = "Sato"
) -> Summed:
    """The risk difference; its variance by Sato (metafor), or by Greenland and Robins (meta, RevMan).

    Notes
    -----
    Sato's is consistent for many small studies as well as for few large ones.
    """
    choose("variance", variance, VARIANCES)
    a, b, c, d = _floats(ai, bi, ci, di)
    n1, n2 = a + b, c + d
    n = n1 + n2
    weights = n1 * n2 / n
    total = _sum(weights)
    mu = _sum(a * n2 / n - c * n1 / n) / total
    if variance == "Sato":
        share1, share2 = n1 / n, n2 / n
        first = _sum(c * share1**2 - a * share2**2 + share1 * share2 * (n2 - n1) / 2.0)
        spread = mu * first + _sum(a * d / n + c * b / n) / 2.0
    else:
        spread = _sum((a * b * n2**3 + c * d * n1**3) / (n1 * n2 * n * n))
    return Summed(mu, np.sqrt(np.maximum(spread, 0.0)) / total, weights)


@np.errstate(divide="ignore", invalid="ignore")
def rate_ratio(x1i: ArrayLike, t1i: ArrayLike, x2i: ArrayLike, t2i: ArrayLike) -> Summed:
    """The log rate ratio of groups with events `x1i`, `x2i` in times at risk `t1i`, `t2i`."""
    x1, t1, x2, t2 = _floats(x1i, t1i, x2i, t2i)
    t = t1 + t2
    top, weights = _sum(x1 * t2 / t), x2 * t1 / t
    bottom = _sum(weights)
    return _ratio(top, bottom, _sum((t1 / t) * (t2 / t) * (x1 + x2)) / (top * bottom), weights)


@np.errstate(divide="ignore", invalid="ignore")
def rate_difference(x1i: ArrayLike, t1i: ArrayLike, x2i: ArrayLike, t2i: ArrayLike) -> Summed:
    """The rate difference, with the variance of Greenland and Robins."""
    x1, t1, x2, t2 = _floats(x1i, t1i, x2i, t2i)
    t = t1 + t2
    weights = t1 * t2 / t
    total = _sum(weights)
    spread = _sum(weights**2 * (x1 / t1**2 + x2 / t2**2))
    return Summed(_sum(x1 * t2 / t - x2 * t1 / t) / total, np.sqrt(spread) / total, weights)


@np.errstate(divide="ignore", invalid="ignore")
def cochran_rate_ratio(x1i: ArrayLike, t1i: ArrayLike, x2i: ArrayLike, t2i: ArrayLike) -> Summed:
    """The log rate ratio by Cochran's weights, the events expected in the first group at the second's rate.

    Notes
    -----
    The mean of the studies' log rate ratios weighted by x2i t1i / t2i, with variance 1 / sum x1 + 1 / sum x2.
    Every study needs events in both groups. The Mantel-Haenszel ratio is the better choice; this one is in
    old reports, and in the R package meta.

    References
    ----------
    Smoking and health. Report of the Advisory Committee to the Surgeon General, 1964, chapter 8, p. 117.
    """
    x1, t1, x2, t2 = _floats(x1i, t1i, x2i, t2i)
    weights, effects = x2 * t1 / t2, np.log(x1 / t1) - np.log(x2 / t2)
    possible = np.logical_and.reduce(np.isfinite(effects), axis=-1)
    mu = np.where(possible, _sum(weights * effects) / _sum(weights), np.nan)
    return Summed(mu, np.where(possible, np.sqrt(1.0 / _sum(x1) + 1.0 / _sum(x2)), np.nan), weights)


SUMMED: Mapping[str, Callable[..., Summed]] = {
    "OR": odds_ratio,
    "RR": risk_ratio,
    "RD": risk_difference,
    "IRR": rate_ratio,
    "IRD": rate_difference,
}


@dataclass(frozen=True, slots=True)
class CountChoices:
    """What was asked for: the measure, policies for the sums and for the studies' own effects, and tests."""

    measure: str
    pooled: ZeroCells = AS_COUNTED
    studies: ZeroCells = FOR_STUDIES
    variance: str = "Sato"
    correct: bool = True
    level: float = 95.0


def fit_mantel_haenszel(groups: Groups, choices: CountChoices) -> Pool:
    """The Mantel-Haenszel effect of checked groups, as a Pool.

    Raises
    ------
    PoolingError
        When there are no events (or nothing but events) in an arm of all studies together.
    """
    sums = choose("measure", choices.measure, SUMMED)
    cells = _cells(groups, choices)
    options: dict[str, Any] = {"variance": choices.variance} if choices.measure == "RD" else {}
    found = sums(*(one[cells.kept] for one in cells.arrays), **options)
    if choices.pooled.variance_only:
        found = replace(found, mu=_as_counted(groups, choices, found.weights, cells.kept))
    if not (np.isfinite(found.mu) and found.se > 0.0):
        raise PoolingError(
            f"the Mantel-Haenszel {choices.measure} is not estimable: one arm has no events, or nothing "
            "else, in any study"
        )
    weights = np.zeros(groups.k)
    weights[cells.kept] = found.weights
    yi, vi = effects_of(groups, choices.measure, choices.studies)
    tests = _tests(cells, choices, float(found.mu))
    mu, se = float(found.mu), float(found.se)
    result = Stratified("mantel-haenszel", choices.measure, mu, se, weights, yi, vi, tests, cells.notes)
    return pool_of(groups, result, choices.level)


def _as_counted(groups: Groups, choices: CountChoices, weights: FloatArray, kept: Any) -> FloatArray:
    """The mean of the studies' effects as counted, by weights of corrected cells."""
    if choices.measure != "RD":
        raise PoolingError(f"variance_only is for risk differences, not for {choices.measure}")
    risks = groups.events1 / groups.size1 - groups.events2 / groups.size2
    return np.asarray(_sum(weights * risks[kept]) / _sum(weights))


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """What is summed, after the policy: four arrays, the studies kept, and what was done."""

    arrays: tuple[FloatArray, ...]
    kept: Any
    notes: tuple[str, ...]


def _cells(groups: Groups, choices: CountChoices) -> _Cells:
    if choices.measure in RATES:
        from evidence.measures.zero_cells import two_rate_counts

        rates = two_rate_counts(*groups.arrays, **choices.pooled.options)
        x1, t1, x2, t2 = rates.x1, groups.size1, rates.x2, groups.size2
        return _Cells((x1, t1, x2, t2), rates.usable, _noted(rates.corrected, rates.dropped))
    from evidence.measures.zero_cells import two_arm_cells

    cells = two_arm_cells(*groups.arrays, **choices.pooled.options)
    arrays = (cells.ai, cells.bi, cells.ci, cells.di)
    return _Cells(arrays, cells.usable, _noted(cells.corrected, cells.dropped))


def _noted(corrected: Any, dropped: Any) -> tuple[str, ...]:
    said = []
    if corrected.any():
        some = f"{int(corrected.sum())} of {corrected.size}"
        said.append(f"Cells of {some} studies were corrected before summing.")
    if dropped.any():
        said.append(f"Studies without events, or with nothing else, not summed: {int(dropped.sum())}.")
    return tuple(said)


def _tests(cells: _Cells, choices: CountChoices, mu: float) -> tuple[ChiSquare, ...]:
    kept = tuple(one[cells.kept] for one in cells.arrays)
    if choices.measure == "OR":
        score = cochran_mantel_haenszel(*kept, correct=choices.correct)
        a, b, c, d = kept
        return tuple(one for one in (score, *breslow_day(a, b, c, d, mu)) if one is not None)
    if choices.measure == "IRR":
        return (rates_test(*kept, correct=choices.correct),)
    return ()
