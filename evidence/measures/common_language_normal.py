"""The chance that someone of the first arm exceeds someone of the second, for normal outcomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, FloatArray, Measure, estimable, identity
from evidence.measures.normal import normal_area
from evidence.measures.two_means import TwoMeans, two_means
from evidence.measures.variance_types import variance


def _spread(arms: TwoMeans, di: FloatArray, outer: float, inner: float) -> FloatArray:
    """The variance with n - `outer` under the squares and n - `inner` under the shares."""
    share1 = arms.sd1**2 / (arms.sd1**2 + arms.sd2**2)
    share2 = 1.0 - share1
    squares = share1**2 / (arms.n1 - outer) + share2**2 / (arms.n2 - outer)
    shares = share1 / (arms.n1 - inner) + share2 / (arms.n2 - inner)
    return np.exp(-0.5 * di**2) / (8.0 * np.pi) * (di**2 * squares + 4.0 * shares)


def common_language_effect(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Common language effect sizes (areas under the curve), and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    Phi(d / sqrt(2)) with d the difference of the means over the root mean variance. With w1 and w2 the arms'
    shares of the two variances the variance is exp(-d^2 / 2) / (8 pi) times the sum over the arms of
    d^2 w^2 / f + 4 w / e with

    - LS: f = e = n - 1; LS2: f = e = n; LS3: f = n - 1, e = n
    - HO: d over the pooled standard deviation, exp(-d^2 / 2) / (4 pi) (1/n1i + 1/n2i + d^2 / (2 n))
    - H0: LS at d = 0

    References
    ----------
    McGraw KO, Wong SP. Psychol Bull 1992;111:361-5. Newcombe RG. Stat Med 2006;25:559-73.

    Examples
    --------
    >>> yi, vi = common_language_effect([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.400568, 0.000983)
    """
    arms = two_means(m1i, sd1i, n1i, m2i, sd2i, n2i)
    with np.errstate(all="ignore"):
        di = arms.d if vtype == "HO" else (arms.m1 - arms.m2) / arms.average
        sizes = 1.0 / arms.n1 + 1.0 / arms.n2
        ways = {
            "LS": lambda: _spread(arms, di, 1.0, 1.0),
            "LS2": lambda: _spread(arms, di, 0.0, 0.0),
            "LS3": lambda: _spread(arms, di, 1.0, 0.0),
            "HO": lambda: np.exp(-0.5 * di**2) / (4.0 * np.pi) * (sizes + di**2 / (2.0 * arms.n)),
            "H0": lambda: _spread(arms, 0.0 * di, 1.0, 1.0),
        }
        return estimable(normal_area(di / np.sqrt(2.0)), variance(vtype, ways), arms.possible)


MEASURE = Measure(
    code="CLESN",
    name="common language effect size",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=common_language_effect,
    scale="identity",
    null=0.5,
    back=identity,
    axis="Common language effect size",
    kind="continuous",
    vtypes=("LS", "LS2", "LS3", "HO", "H0"),
)
