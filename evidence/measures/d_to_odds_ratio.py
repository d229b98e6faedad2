"""The log odds ratio behind a standardised mean difference, by the logistic distribution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential
from evidence.measures.two_means import two_means


def odds_ratio_from_d(
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
    Cohen's d, uncorrected, times the factor of the logistic distribution, pi / sqrt(3); variance
    1/n1i + 1/n2i + d^2 / (2 n) times the square of that.

    References
    ----------
    Hasselblad V, Hedges LV. Psychol Bull 1995;117:167-78. Chinn S. Stat Med 2000;19:3127-31.

    Examples
    --------
    >>> yi, vi = odds_ratio_from_d([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.645775, 0.042984)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    factor = np.pi / np.sqrt(3.0)
    with np.errstate(all="ignore"):
        spread = 1.0 / arms.n1 + 1.0 / arms.n2 + arms.d**2 / (2.0 * arms.n)
        return estimable(factor * arms.d, factor**2 * spread, arms.possible)


MEASURE = Measure(
    code="D2OR",
    name="odds ratio (from means)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=odds_ratio_from_d,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="continuous",
)
