"""The log odds ratio behind a standardised mean difference, by the normal distribution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.two_means import two_means


def odds_ratio_from_d_normal(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
) -> Effect:
    """Log odds ratios from standardised mean differences, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms

    Notes
    -----
    Cohen's d, uncorrected, times the factor of the normal distribution, 1.65; variance
    1/n1i + 1/n2i + d^2 / (2 n) times the square of that.

    References
    ----------
    Cox DR, Snell EJ. Analysis of Binary Data, 1989. Sanchez-Meca J et al. Psychol Methods 2003;8:448-67.

    Examples
    --------
    >>> yi, vi = odds_ratio_from_d_normal([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.587457, 0.035571)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    factor = 1.65
    with np.errstate(all="ignore"):
        spread = 1.0 / arms.n1 + 1.0 / arms.n2 + arms.d**2 / (2.0 * arms.n)
        return estimable(factor * arms.d, factor**2 * spread, arms.possible)


MEASURE = Measure(
    code="D2ORN",
    name="odds ratio (from means, normal)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=odds_ratio_from_d_normal,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="continuous",
)
