"""A printed standardised mean difference, t statistic or p-value to what the measures of two means take.

Such a measure sees the means only through their difference in standard deviations, so the means d and 0 with
standard deviations of 1 stand for them. That holds for SMD, RPB, ZPB, RBIS, ZBIS, D2OR and its kin, and
CLESN with vtype "HO"; not for measures of the arms' own spreads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray, floats

Means = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]


def means_of_d(di: ArrayLike, n1i: ArrayLike, n2i: ArrayLike) -> Means:
    """The arguments (m1i, sd1i, n1i, m2i, sd2i, n2i) that stand for uncorrected differences `di`.

    Parameters
    ----------
    di : (..., k) differences of means over the pooled standard deviation, without Hedges' correction
    n1i, n2i : sizes of the arms

    Examples
    --------
    >>> from evidence.measures import get
    >>> yi, vi = get("SMD").effect(*means_of_d([0.63], [20], [22]))
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.618101, 0.100003)
    """
    difference, size1, size2 = floats(di, n1i, n2i)
    one = np.ones_like(difference)
    return difference, one, size1, np.zeros_like(difference), one, size2


def changes_of_d(di: ArrayLike, ni: ArrayLike) -> Means:
    """The arguments (m1i, m2i, sd1i, sd2i, ri, ni) of SMCC that stand for uncorrected changes `di`.

    Parameters
    ----------
    di : (..., k) mean changes over the standard deviation of the change; ni : people measured twice

    Examples
    --------
    >>> from evidence.measures import get
    >>> round(float(get("SMCC").effect(*changes_of_d(0.5, 20))[0]), 6)
    0.479955
    """
    difference, size = floats(di, ni)
    one = np.ones_like(difference)
    return difference, np.zeros_like(difference), one, one, 0.5 * one, size
