"""Between correlations and standardised mean differences.

Without sizes the two groups are taken to be alike and large.

References
----------
Jacobs P, Viechtbauer W. Res Synth Methods 2017;8:161-80. Viechtbauer W. metafor, transf.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray, floats
from evidence.measures.normal import normal_density, normal_quantile


def point_biserial_from_d(
    di: ArrayLike, n1i: ArrayLike | None = None, n2i: ArrayLike | None = None
) -> FloatArray:
    """Point-biserial correlations from standardised mean differences, d / sqrt(d^2 + h).

    Parameters
    ----------
    di : (..., k) differences over the pooled standard deviation
    n1i, n2i : sizes of the groups; h = (n1 + n2 - 2) (1/n1 + 1/n2), or 4 without them

    Examples
    --------
    >>> round(float(point_biserial_from_d(0.6, 20, 35)), 6), round(float(point_biserial_from_d(0.6)), 6)
    (0.282083, 0.287348)
    """
    difference, harmonic, _ = _groups(di, n1i, n2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(difference / np.sqrt(difference**2 + harmonic))


def biserial_from_d(di: ArrayLike, n1i: ArrayLike | None = None, n2i: ArrayLike | None = None) -> FloatArray:
    """Biserial correlations from standardised mean differences.

    Examples
    --------
    >>> round(float(biserial_from_d(0.6, 20, 35)), 6)
    0.361463
    """
    _, _, share = _groups(di, n1i, n2i)
    return biserial_from_point_biserial(point_biserial_from_d(di, n1i, n2i), share)


def d_from_point_biserial(
    ri: ArrayLike, n1i: ArrayLike | None = None, n2i: ArrayLike | None = None
) -> FloatArray:
    """Standardised mean differences from point-biserial correlations, sqrt(h) r / sqrt(1 - r^2).

    Examples
    --------
    >>> round(float(d_from_point_biserial(0.282083, 20, 35)), 4)
    0.6
    """
    r, harmonic, _ = _groups(ri, n1i, n2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt(harmonic) * r / np.sqrt(1.0 - r**2))


def d_from_r(ri: ArrayLike, n1i: ArrayLike | None = None, n2i: ArrayLike | None = None) -> FloatArray:
    """Standardised mean differences from correlations of two measured variables, one of them cut in two.

    Examples
    --------
    >>> round(float(d_from_r(0.4, 20, 35)), 6), round(float(d_from_r(0.4)), 6)
    (0.670509, 0.673531)
    """
    _, _, share = _groups(ri, n1i, n2i)
    return d_from_point_biserial(point_biserial_from_r(ri, share), n1i, n2i)


def biserial_from_point_biserial(ri: ArrayLike, share: ArrayLike = 0.5) -> FloatArray:
    """Biserial correlations from point-biserial ones, with `share` of the people in one group.

    Examples
    --------
    >>> round(float(biserial_from_point_biserial(0.3, 0.4)), 6)
    0.380412
    """
    r, part = floats(ri, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt(part * (1.0 - part)) / normal_density(normal_quantile(part)) * r)


def point_biserial_from_r(ri: ArrayLike, share: ArrayLike = 0.5) -> FloatArray:
    """Point-biserial correlations that cutting one variable leaves of a correlation.

    Examples
    --------
    >>> round(float(point_biserial_from_r(0.5, 0.4)), 6)
    0.394309
    """
    r, part = floats(ri, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(r * normal_density(normal_quantile(part)) / np.sqrt(part * (1.0 - part)))


def _groups(
    value: ArrayLike, n1i: ArrayLike | None, n2i: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The values, h and the first group's share of the people."""
    if n1i is None or n2i is None:
        own, harmonic, share = floats(value, 4.0, 0.5)
        return own, harmonic, share
    own, size1, size2 = floats(value, n1i, n2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = size1 + size2 - 2.0
        return own, df / size1 + df / size2, size1 / (size1 + size2)
