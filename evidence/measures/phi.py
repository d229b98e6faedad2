"""The phi coefficient: the correlation of two yes-or-no variables."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, identity
from evidence.measures.variance_types import variance
from evidence.measures.zero_cells import Cells, two_arm_cells


def phi_and_variance(cells: Cells, vtype: str) -> Effect:
    """Phi of tables with its variance, by type; not yet screened for what is not estimable."""
    events, others = cells.ai + cells.ci, cells.bi + cells.di
    yi = (cells.ai * cells.di - cells.bi * cells.ci) / np.sqrt(cells.n1 * cells.n2 * events * others)
    ways = {
        "LS": lambda: _cross_sectional(cells, yi),
        "ST": lambda: _stratified(cells),
        "CS": lambda: _cross_sectional(cells, yi),
    }
    return yi, variance(vtype, ways)


def _cross_sectional(cells: Cells, yi: FloatArray) -> FloatArray:
    size = cells.n1 + cells.n2
    rows, columns = (cells.n1 - cells.n2) / size, (cells.ai + cells.ci - cells.bi - cells.di) / size
    row_product = cells.n1 * cells.n2 / size**2
    column_product = (cells.ai + cells.ci) * (cells.bi + cells.di) / size**2
    skew = yi * (1.0 + 0.5 * yi**2) * rows * columns / np.sqrt(row_product * column_product)
    tilt = 0.75 * yi**2 * (rows**2 / row_product + columns**2 / column_product)
    return (1.0 - yi**2 + skew - tilt) / size


def _stratified(cells: Cells) -> FloatArray:
    n1, n2, p1, p2 = cells.n1, cells.n2, cells.p1, cells.p2
    q1, q2 = 1.0 - p1, 1.0 - p2
    mixed = p2 * q1 + p1 * q2
    terms = (
        4.0 * n1**3 * p1**2 * p2 * q1**2 * q2
        + 4.0 * n2**3 * p1 * p2**2 * q1 * q2**2
        + n1 * n2**2 * p2 * q2 * mixed * (p2 * q1 + p1 * (4.0 * q1 + q2))
        + n1**2 * n2 * p1 * q1 * mixed * (p1 * q2 + p2 * (q1 + 4.0 * q2))
    )
    return (n1 + n2) ** 2 * terms / (4.0 * (cells.ai + cells.ci) ** 3 * (cells.bi + cells.di) ** 3)


def phi_coefficient(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.0,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
) -> Effect:
    """Phi coefficients of two-by-two tables and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    (ai di - bi ci) / sqrt of the product of the four margins. The variance is

    - LS, CS: of a cross-sectional (multinomial) sample, with margins that came about
    - ST: of a stratified one, with the sizes of the arms fixed

    Nothing is added to empty cells unless `add` says so.

    References
    ----------
    Yule GU. J R Stat Soc 1912;75:579-652, p. 603 (LS).

    Examples
    --------
    >>> yi, vi = phi_coefficient([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.100139, 0.003182)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        yi, vi = phi_and_variance(cells, vtype)
    return estimable(yi, vi, cells.usable)


MEASURE = Measure(
    code="PHI",
    name="phi coefficient",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=phi_coefficient,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Phi coefficient",
    kind="binary",
    vtypes=("LS", "ST", "CS"),
)
