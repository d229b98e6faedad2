"""The biserial correlation: that of the outcome with a normal variable cut into the two arms."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.normal import normal_density, normal_quantile
from evidence.measures.two_means import TwoMeans, two_means


def biserial(arms: TwoMeans) -> Effect:
    """The correlations and variances; not yet screened for what is not estimable."""
    share1, share2 = arms.n1 / arms.n, arms.n2 / arms.n
    z = -normal_quantile(share1)
    density = normal_density(z)
    scale = np.sqrt(share1 * share2) / density
    yi = scale * arms.d / np.sqrt(arms.d**2 + arms.df / arms.n1 + arms.df / arms.n2)
    r = np.clip(yi, -1.0, 1.0)
    slope = 1.5 + (1.0 - share1 * z / density) * (1.0 + share2 * z / density)
    return yi, (scale**2 - slope * r**2 + r**4) / (arms.n - 1.0)


def biserial_correlation(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
) -> Effect:
    """Biserial correlations from two arms' means, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms

    Notes
    -----
    sqrt(p1 p2) / f times the point-biserial correlation, with p the arms' shares of the people, z the normal
    quantile that cuts off p1 above and f the density there. With r between -1 and 1, variance
    (p1 p2 / f^2 - (3/2 + (1 - p1 z / f) (1 + p2 z / f)) r^2 + r^4) / (n - 1).

    References
    ----------
    Soper HE. Biometrika 1914;10:384-90. Jacobs P, Viechtbauer W. Res Synth Methods 2017;8:161-80.

    Examples
    --------
    >>> yi, vi = biserial_correlation([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.220346, 0.004683)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        yi, vi = biserial(arms)
    return estimable(yi, vi, arms.possible)


MEASURE = Measure(
    code="RBIS",
    name="biserial correlation",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=biserial_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Biserial correlation",
    kind="continuous",
)
