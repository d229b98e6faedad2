"""The four cells of a two-by-two table from its margins and a printed measure of association.

Counts are whole: the first cell is rounded, the others follow from the margins. A table that would need a
negative count is nan throughout.

References
----------
Bonett DG. Am Psychol 2007;62:254-5 (from the odds ratio). Viechtbauer W. metafor, conv.2x2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray, floats

Table = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def table_from_odds_ratio(ori: ArrayLike, ni: ArrayLike, n1i: ArrayLike, n2i: ArrayLike) -> Table:
    """The cells (ai, bi, ci, di) from odds ratios and margins.

    Parameters
    ----------
    ori : (..., k) odds ratios
    ni : sizes; n1i : the first row's total, ai + bi; n2i : the first column's, ai + ci

    Notes
    -----
    The share of the first cell solves the quadratic that the odds ratio makes of the margins, in the form
    that also holds at an odds ratio of 1.

    Examples
    --------
    >>> [float(cell) for cell in table_from_odds_ratio(2.4, 100, 50, 40)]
    [25.0, 25.0, 15.0, 35.0]
    """
    ratio, size, row, column = floats(ori, *_rounded(ni, n1i, n2i))
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p2 = row / size, column / size
        linear = ratio * (p1 + p2) + 1.0 - p1 - p2
        root = np.sqrt(linear**2 - 4.0 * p1 * p2 * ratio * (ratio - 1.0))
        share = np.where(ratio >= 0, 2.0 * p1 * p2 * ratio / (linear + root), np.nan)
        return _table(share, size, row, column)


def table_from_phi(ri: ArrayLike, ni: ArrayLike, n1i: ArrayLike, n2i: ArrayLike) -> Table:
    """The cells (ai, bi, ci, di) from phi coefficients and margins, named as in `table_from_odds_ratio`.

    Notes
    -----
    p1 p2 + phi sqrt(p1 (1 - p1) p2 (1 - p2)) is the share of the first cell.

    Examples
    --------
    >>> [float(cell) for cell in table_from_phi(0.22, 150, 60, 70)]
    [36.0, 24.0, 34.0, 56.0]
    """
    phi, size, row, column = floats(ri, *_rounded(ni, n1i, n2i))
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p2 = row / size, column / size
        share = p1 * p2 + phi * np.sqrt(p1 * (1.0 - p1) * p2 * (1.0 - p2))
        return _table(np.where(np.abs(phi) <= 1, share, np.nan), size, row, column)


def table_from_chi_square(
    x2i: ArrayLike, ni: ArrayLike, n1i: ArrayLike, n2i: ArrayLike, *, correct: bool = True
) -> Table:
    """The cells (ai, bi, ci, di) from chi-square statistics and margins.

    Parameters
    ----------
    x2i : (..., k) chi-squares, negative where the association is; the others as in `table_from_odds_ratio`
    correct : whether the statistic was made with Yates' correction

    Examples
    --------
    >>> [float(cell) for cell in table_from_chi_square(5.1, 120, 55, 60)]
    [34.0, 21.0, 26.0, 39.0]
    """
    statistic, size, row, column = floats(x2i, *_rounded(ni, n1i, n2i))
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.sqrt(np.abs(statistic) / size)
        if correct:
            phi = phi + size / (2.0 * np.sqrt(row * (size - row) * column * (size - column)))
        return table_from_phi(np.sign(statistic) * phi, size, row, column)


def _rounded(*values: ArrayLike) -> list[FloatArray]:
    return [np.round(one) for one in floats(*values)]


def _table(share: FloatArray, size: FloatArray, row: FloatArray, column: FloatArray) -> Table:
    ai = np.round(size * share)
    bi, ci = row - ai, column - ai
    di = size - ai - bi - ci
    good = np.minimum.reduce([ai, bi, ci, di]) >= 0
    first, second, third, fourth = (np.where(good, cell, np.nan) for cell in (ai, bi, ci, di))
    return first, second, third, fourth
