"""A correlation with its small-sample bias taken off."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.correlation import correlation_variances
from evidence.measures.hypergeometric import hypergeometric
from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance


def unbiased_correlation(
    ri: ArrayLike,
    ni: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Unbiased correlations and their variances.

    Parameters
    ----------
    ri : (..., k) correlations; ni : sizes
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    r = ri F(1/2, 1/2; (ni - 2) / 2; 1 - ri^2); not estimable up to ni = 4. The variance is

    - LS, AV: those of `evidence.measures.correlation` at the corrected value
    - UB: r^2 - 1 + (ni - 3) / (ni - 2) (1 - ri^2) F(1, 1; ni / 2; 1 - ri^2), unbiased; not estimable where
      it falls below 0

    References
    ----------
    Olkin I, Pratt JW. Ann Math Stat 1958;29:201-11. Hedges LV. J Appl Psychol 1989;74:469-77.

    Examples
    --------
    >>> yi, vi = unbiased_correlation([0.35], [40])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.35426, 0.019609)
    """
    r, size = floats(ri, ni)
    with np.errstate(all="ignore"):
        possible = (np.abs(r) <= 1) & (size > 3)
        yi = r * hypergeometric(0.5, 0.5, 0.5 * (size - 2.0), 1.0 - r**2)
        series = hypergeometric(1.0, 1.0, 0.5 * size, 1.0 - r**2)
        least = (size - 3.0) / (size - 2.0) * (1.0 - r**2) * series
        ways = {
            **correlation_variances(yi, size, np.abs(r) <= 1),
            "UB": lambda: yi**2 - (1.0 - least),
        }
        return estimable(yi, variance(vtype, ways), possible)


MEASURE = Measure(
    code="UCOR",
    name="correlation (unbiased)",
    inputs=("ri", "ni"),
    effect=unbiased_correlation,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Correlation",
    kind="association",
    vtypes=("LS", "AV", "UB"),
)
