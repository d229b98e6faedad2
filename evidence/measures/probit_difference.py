"""The standardised mean difference behind two risks, by the probit of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, identity
from evidence.measures.normal import normal_quantile
from evidence.measures.zero_cells import two_arm_cells


def probit_difference(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.5,
    to: str = "only0",
    drop00: bool = False,
) -> Effect:
    """Probit differences of the first arm against the second, and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`

    Notes
    -----
    z1 - z2 with z the normal quantiles of the risks, variance the sum of 2 pi p (1 - p) exp(z^2) / n over the
    arms. It estimates a standardised mean difference where a normal outcome was cut in two.

    References
    ----------
    Sanchez-Meca J, Marin-Martinez F, Chacon-Moscoso S. Psychol Methods 2003;8:448-67, eq. 21.

    Examples
    --------
    >>> yi, vi = probit_difference([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.434076, 0.072463)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        z1, z2 = normal_quantile(cells.p1), normal_quantile(cells.p2)
        spread1 = cells.ai * cells.bi / cells.n1**3 * np.exp(z1**2)
        spread2 = cells.ci * cells.di / cells.n2**3 * np.exp(z2**2)
    return estimable(z1 - z2, 2.0 * np.pi * (spread1 + spread2), cells.usable)


MEASURE = Measure(
    code="PBIT",
    name="standardised mean difference (probit)",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=probit_difference,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Standardised mean difference",
    kind="binary",
)
