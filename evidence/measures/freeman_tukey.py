"""A single proportion on Freeman and Tukey's double arcsine scale: only on request.

Its back-transformation depends on a sample size. Every choice of one for a pooled value (the harmonic mean
among them) can put the pooled proportion far from every study, so the logit is the default.

References
----------
Freeman MF, Tukey JW. Ann Math Stat 1950;21:607-11. Miller JJ. Am Stat 1978;32:138.
Schwarzer G, Chemaitelly H, Abu-Raddad LJ, Ruecker G. Res Synth Methods 2019;10:476-83 (the warning).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, floats
from evidence.measures.zero_cells import one_group_counts


def double_arcsine(xi: ArrayLike, ni: ArrayLike, *, add: float = 0.0, to: str = "only0") -> Effect:
    """Double arcsines of proportions and their variances.

    Parameters
    ----------
    xi, ni : (..., k) events and sizes; empty cells need no correction
    add, to : what is added to empty cells, and to which studies, see `evidence.measures.zero_cells`

    Notes
    -----
    (asin sqrt(xi / (ni + 1)) + asin sqrt((xi + 1) / (ni + 1))) / 2, variance 1 / (4 ni + 2).

    Examples
    --------
    >>> yi, vi = double_arcsine([16, 10], [17, 10])
    >>> yi.round(6).tolist(), vi.round(6).tolist()
    ([1.281907, 1.417658], [0.014286, 0.02381])
    """
    events, size = floats(xi, ni)
    with np.errstate(divide="ignore", invalid="ignore"):
        possible = (events >= 0) & (events <= size) & (size > 0)
        counts = one_group_counts(events, size - events, possible, add=add, to=to)
        events, size = counts.x1, counts.x1 + counts.x2
        first = np.arcsin(np.sqrt(events / (size + 1.0)))
        second = np.arcsin(np.sqrt((events + 1.0) / (size + 1.0)))
        vi = 1.0 / (4.0 * size + 2.0)
    return estimable(0.5 * (first + second), vi, possible)


def proportion_of(yi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """Proportions from double arcsines at sample sizes `ni` (Miller 1978).

    Examples
    --------
    >>> proportion_of([0.4, 0.8], [20, 31]).round(6).tolist()
    [0.135036, 0.515063]
    """
    values, size = floats(yi, ni)
    lowest, highest = double_arcsine(np.zeros_like(size), size)[0], double_arcsine(size, size)[0]
    sine = np.sin(2.0 * np.clip(values, lowest, highest))
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = 1.0 - (sine + (sine - 1.0 / sine) / size) ** 2
    root = np.sign(np.cos(2.0 * values)) * np.sqrt(np.maximum(inner, 0.0))
    inside = np.where(values >= highest, 1.0, 0.5 * (1.0 - root))
    result: FloatArray = np.where(values <= lowest, 0.0, inside)
    return result


def proportion_at_harmonic_mean(yi: ArrayLike, ni: ArrayLike) -> FloatArray:
    """A pooled double arcsine as a proportion, at the harmonic mean of the sample sizes `ni` (..., k).

    Examples
    --------
    >>> round(float(proportion_at_harmonic_mean(0.8, [20, 31, 12])), 6)
    0.515385
    """
    size = np.asarray(ni, dtype=np.float64)
    return proportion_of(yi, size.shape[-1] / np.sum(1.0 / size, axis=-1))


def limiting_proportion(yi: ArrayLike) -> FloatArray:
    """Proportions from double arcsines at unlimited sample size, sin(yi)^2.

    It needs no sample size, so it is what a display uses; near 0 and 1 it lies further inside than
    `proportion_of`.

    Examples
    --------
    >>> limiting_proportion([0.4, 0.8]).round(6).tolist()
    [0.151647, 0.5146]
    """
    values = np.clip(np.asarray(yi, dtype=np.float64), 0.0, 0.5 * np.pi)
    result: FloatArray = np.sin(values) ** 2
    return result


MEASURE = Measure(
    code="PFT",
    name="proportion (double arcsine)",
    inputs=("xi", "ni"),
    effect=double_arcsine,
    scale="freeman-tukey",
    null=None,
    back=limiting_proportion,
    axis="Proportion",
    kind="proportion",
)
