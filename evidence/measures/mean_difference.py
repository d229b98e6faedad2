"""The difference of two arms' means, in the unit of the outcome."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity


def mean_difference(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
) -> Effect:
    """Mean differences, the first arm less the second, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms

    Notes
    -----
    m1i - m2i, variance sd1i^2 / n1i + sd2i^2 / n2i: the arms' variances are not taken to be equal
    (metafor vtype "LS"; "HO" pools them).

    Examples
    --------
    >>> yi, vi = mean_difference([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-20.0, 40.508023)
    """
    mean1, sd1, size1, mean2, sd2, size2 = floats(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(divide="ignore", invalid="ignore"):
        vi = sd1**2 / size1 + sd2**2 / size2
    return estimable(mean1 - mean2, vi, (sd1 >= 0) & (sd2 >= 0) & (size1 > 0) & (size2 > 0))


MEASURE = Measure(
    code="MD",
    name="mean difference",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=mean_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Mean difference",
    kind="continuous",
)
