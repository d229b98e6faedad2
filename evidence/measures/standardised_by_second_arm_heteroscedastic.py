"""The difference of two arms' means over the second arm's standard deviation, where they are unlike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.standardised_mean_difference import bias_correction
from evidence.measures.two_means import two_means


def heteroscedastic_difference_over_second_sd(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    correct: bool | str = True,
) -> Effect:
    """Differences of means over the second arm's standard deviation, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    correct : whether Hedges' factor J is applied; `"approx"` takes its approximation

    Notes
    -----
    g = J (m1i - m2i) / sd2i with J on n2i - 1 degrees of freedom, variance
    (sd1i / sd2i)^2 / (n1i - 1) + 1 / (n2i - 1) + g^2 / (2 (n2i - 1)).

    References
    ----------
    Bonett DG. Psychol Methods 2008;13:99-109, eq. 12.

    Examples
    --------
    >>> yi, vi = heteroscedastic_difference_over_second_sd([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.310985, 0.010266)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        df = arms.n2 - 1.0
        yi = bias_correction(df, correct) * (arms.m1 - arms.m2) / arms.sd2
        vi = (arms.sd1 / arms.sd2) ** 2 / (arms.n1 - 1.0) + 1.0 / df + yi**2 / (2.0 * df)
    return estimable(yi, vi, arms.possible)


MEASURE = Measure(
    code="SMD1H",
    name="standardised mean difference (second arm's, unlike standard deviations)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=heteroscedastic_difference_over_second_sd,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="continuous",
)
