"""The common language effect size (area under the curve) as printed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity
from evidence.measures.variance_types import variance


def common_language_as_printed(
    ai: ArrayLike,
    n1i: ArrayLike,
    n2i: ArrayLike,
    mi: ArrayLike,
    *,
    vtype: str = "LS",
) -> Effect:
    """Common language effect sizes as printed, and their variances.

    Parameters
    ----------
    ai : (..., k) areas under the curve, or chances that someone of the first group exceeds someone of the
        second, ties counted half; n1i, n2i : sizes of the groups; mi : chance of a tie
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    With q = ai (1 - ai), and n1, n2 less one in the denominator (n1i - 1) (n2i - 1), the variance is

    - LS: q (n1 + n2 - 1 - 3 (n1 + n2 - 2) / (2 (2 - ai) (1 + ai)))
    - LS2: q - mi / 4 + (n1 - 1) (ai / (2 - ai) - ai^2) + (n2 - 1) (2 ai^2 / (1 + ai) - ai^2)
    - H0: (n1 + n2 + 1) / (12 n1 n2), that of no effect; MAX: q / (min(n1, n2) - 1), the largest there is

    References
    ----------
    Newcombe RG. Stat Med 2006;25:559-73 (LS). Hanley JA, McNeil BJ. Radiology 1982;143:29-36 (LS2).
    Cho H, Matthews GJ, Harel O. Int Stat Rev 2019;87:152-77. Bamber D. J Math Psychol 1975;12:387-415,
    eq. 7 (MAX).

    Examples
    --------
    >>> yi, vi = common_language_as_printed([0.71], [40], [35], [0.0])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (0.71, 0.003783)
    """
    area, size1, size2, ties = floats(ai, n1i, n2i, mi)
    with np.errstate(all="ignore"):
        possible = (area >= 0) & (area <= 1) & (size1 > 0) & (size2 > 0) & (ties >= 0) & (ties <= 1)
        product, total = (size1 - 1.0) * (size2 - 1.0), size1 + size2
        spread = area * (1.0 - area)
        newcombe = total - 1.0 - 1.5 * (total - 2.0) / ((2.0 - area) * (1.0 + area))
        hanley = (size1 - 1.0) * (area / (2.0 - area) - area**2)
        hanley = hanley + (size2 - 1.0) * (2.0 * area**2 / (1.0 + area) - area**2)
        ways = {
            "LS": lambda: spread * newcombe / product,
            "LS2": lambda: (spread - 0.25 * ties + hanley) / product,
            "H0": lambda: (total + 1.0) / (12.0 * size1 * size2),
            "MAX": lambda: spread / (np.minimum(size1, size2) - 1.0),
        }
        return estimable(area, variance(vtype, ways), possible)


MEASURE = Measure(
    code="CLES",
    name="common language effect size (as printed)",
    inputs=("ai", "n1i", "n2i", "mi"),
    effect=common_language_as_printed,
    scale="identity",
    null=0.5,
    back=identity,
    axis="Common language effect size",
    kind="generic",
    vtypes=("LS", "LS2", "H0", "MAX"),
)
