"""The phi coefficient on Fisher's z scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable
from evidence.measures.phi import phi_and_variance
from evidence.measures.scales import fisher_z, from_fisher_z
from evidence.measures.zero_cells import two_arm_cells


def fisher_z_of_phi(
    ai: ArrayLike,
    n1i: ArrayLike,
    ci: ArrayLike,
    n2i: ArrayLike,
    *,
    add: float | str = 0.0,
    to: str = "only0",
    drop00: bool = False,
    vtype: str = "LS",
) -> Effect:
    """Fisher's z of phi coefficients and their variances.

    Parameters
    ----------
    ai, ci : (..., k) events of the two arms; n1i, n2i : their sizes
    add, to, drop00 : the zero-cell policy, see `evidence.measures.zero_cells`
    vtype : which variance, see Notes

    Raises
    ------
    ValueError
        For a `vtype` that this measure has not; the message lists those it has.

    Notes
    -----
    atanh(phi), its variance by the delta method from those of `evidence.measures.phi`. For this coefficient
    the scale does not make the variance independent of the value.

    Examples
    --------
    >>> yi, vi = fisher_z_of_phi([4], [123], [11], [139])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.100476, 0.003247)
    """
    cells = two_arm_cells(ai, n1i, ci, n2i, add=add, to=to, drop00=drop00)
    with np.errstate(all="ignore"):
        phi, vi = phi_and_variance(cells, vtype)
        return estimable(fisher_z(phi), vi / (1.0 - np.minimum(phi**2, 1.0)) ** 2, cells.usable)


MEASURE = Measure(
    code="ZPHI",
    name="phi coefficient (Fisher's z)",
    inputs=("ai", "n1i", "ci", "n2i"),
    effect=fisher_z_of_phi,
    scale="fisher-z",
    null=0.0,
    back=from_fisher_z,
    axis="Phi coefficient",
    kind="binary",
    vtypes=("LS", "ST", "CS"),
)
