"""The tetrachoric correlation: that of two normal variables, each cut in two, behind a two-by-two table.

References
----------
Pearson K. Philos Trans R Soc A 1900;195:1-47. Plackett RL. Biometrika 1954;41:351-60 (the integral).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import BoolArray, Effect, FloatArray, Measure, identity
from evidence.measures.normal import normal_area, normal_quantile
from evidence.measures.zero_cells import Cells, two_arm_cells

_NODES = 64
_STEPS = 200


def tetrachoric_correlation(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.0,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Tetrachoric correlations of two-by-two tables and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    The model has as many parameters as the table has free cells, so the maximum of the likelihood is where
    the correlation gives ai / n at the cuts that give the margins; the variance follows by the delta
    method from the multinomial cells. metafor maximises the likelihood with a simplex and differences it,
    and so agrees to about 1e-4.

    With one empty cell the correlation is -1 or 1 and its variance is not estimable (nan); with an empty
    margin nothing is. Two empty cells across from each other give -1 or 1 with variance 0, as in metafor.
    Nothing is added to empty cells unless `add` says so.

    Examples
    --------
    >>> yi, vi = tetrachoric_correlation([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.263123, 0.023566)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    return tetrachoric(cells)


def tetrachoric(cells: Cells) -> Effect:
    """The correlations and variances of tables; -1 and 1 may stand beside a variance of nan."""
    size = cells.n1 + cells.n2
    events, others = cells.ai + cells.ci, cells.bi + cells.di
    with np.errstate(all="ignore"):
        margins = (cells.n1 > 0) & (cells.n2 > 0) & (events > 0) & (others > 0) & cells.usable
        across, along = (cells.bi == 0) | (cells.ci == 0), (cells.ai == 0) | (cells.di == 0)
        inside = margins & ~across & ~along
        row, column = normal_quantile(cells.n1 / size), normal_quantile(events / size)
        angle = _angle(np.where(inside, row, 0.0), np.where(inside, column, 0.0), cells.ai / size, inside)
        yi, vi = np.sin(angle), _variance(cells, row, column, angle)
    edge = np.where(along, -1.0, 1.0)
    certain = margins & (((cells.bi == 0) & (cells.ci == 0)) | ((cells.ai == 0) & (cells.di == 0)))
    yi = np.where(inside, yi, np.where(margins & (along | across), edge, np.nan))
    return yi, np.where(inside, vi, np.where(certain, 0.0, np.nan))


@cache
def _gauss_legendre() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return 0.5 * (nodes + 1.0), 0.5 * weights


def _slope(row: FloatArray, column: FloatArray, angle: FloatArray) -> FloatArray:
    """How fast the chance of being below both cuts grows with the arcsine of the correlation."""
    cosine = np.maximum(np.cos(angle), 1e-150)
    exponent = ((row - column) ** 2 + 2.0 * row * column * (1.0 - np.sin(angle))) / (2.0 * cosine**2)
    return np.exp(-exponent) / (2.0 * np.pi)


def _below_both(row: FloatArray, column: FloatArray, angle: FloatArray) -> FloatArray:
    """The chance that two normal variables with correlation sin(angle) are below their cuts."""
    nodes, weights = _gauss_legendre()
    slopes = _slope(row[..., None], column[..., None], angle[..., None] * nodes)
    return normal_area(row) * normal_area(column) + angle * (slopes * weights).sum(axis=-1)


def _angle(row: FloatArray, column: FloatArray, chance: FloatArray, inside: BoolArray) -> FloatArray:
    """The arcsine of the correlation that gives `chance`: Newton steps kept within a shrinking bracket."""
    angle = np.zeros(row.shape)
    low, high = np.full(row.shape, -0.5 * np.pi), np.full(row.shape, 0.5 * np.pi)
    for _ in range(_STEPS):
        excess = _below_both(row, column, angle) - chance
        low, high = np.where(excess < 0, angle, low), np.where(excess > 0, angle, high)
        step = angle - excess / _slope(row, column, angle)
        settled = ~inside | (np.abs(step - angle) <= 1e-15) | (high - low <= 1e-15)
        if settled.all():
            break
        step = np.where((step > low) & (step < high), step, 0.5 * (low + high))
        angle = np.where(settled, angle, step)
    return angle


def _variance(cells: Cells, row: FloatArray, column: FloatArray, angle: FloatArray) -> FloatArray:
    size = cells.n1 + cells.n2
    cosine, sine = np.cos(angle), np.sin(angle)
    by_column = normal_area((row - sine * column) / cosine)
    by_row = normal_area((column - sine * row) / cosine)
    pull = (1.0 - by_row - by_column, -by_row, -by_column)
    shares = (cells.ai / size, cells.bi / size, cells.ci / size)
    first = sum(share * one for share, one in zip(shares, pull, strict=True))
    second = sum(share * one**2 for share, one in zip(shares, pull, strict=True))
    density = _slope(row, column, angle) / cosine
    result: FloatArray = (second - first**2) / (size * density**2)
    return result


MEASURE = Measure(
    code="RTET",
    name="tetrachoric correlation",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=tetrachoric_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Tetrachoric correlation",
    kind="binary",
)
