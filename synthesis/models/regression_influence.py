"""What each study does to a regression: the fit with and without it, tau2 estimated anew.

Left-out fits are computed together, in blocks of at most 64 MB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import BLOCK_BYTES, FloatArray
from synthesis.errors import PoolingError
from synthesis.models.regression_basis import weighted
from synthesis.models.regression_tau2 import between

if TYPE_CHECKING:
    from synthesis.models.regression_fit import Regression

_NEEDED = 1e-9
"""A leverage this close to 1 is of a study without which a coefficient cannot be estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """Each study left out in turn; arrays are (m,) over the studies that can be, `dfbetas` (m, p).

    Attributes
    ----------
    labels : the m studies; needed : those without which a coefficient cannot be estimated
    rstudent : the study's residual from the fit without it, over its standard error
    dffits, dfbetas : change of its fitted mean, and of each coefficient, in standard errors
    cook : change of all coefficients together (Mahalanobis distance)
    cov_ratio : determinant of the coefficients' covariance without it, over that with it
    tau2, q : residual variance between studies and QE without it
    hat, weight : its leverage, and its weight in per cent
    """

    labels: tuple[str, ...]
    needed: tuple[str, ...]
    rstudent: FloatArray
    dffits: FloatArray
    dfbetas: FloatArray
    cook: FloatArray
    cov_ratio: FloatArray
    tau2: FloatArray
    q: FloatArray
    hat: FloatArray
    weight: FloatArray


def influence(fit: Regression) -> Influence:
    """The influence of every study on a regression.

    Raises
    ------
    PoolingError
        When one study fewer would leave no residual degrees of freedom.

    References
    ----------
    Viechtbauer W, Cheung MWL. Res Synth Methods 2010;1:112-25.
    """
    if fit.residual_df < 2:
        raise PoolingError(
            f"with {fit.k} studies and {len(fit.names)} coefficients none can be left out; "
            "influence needs two studies more than coefficients"
        )
    leverage = np.add.reduce(fit.basis.q * fit.basis.q, axis=1)
    out = np.flatnonzero(leverage < 1.0 - _NEEDED)
    block = max(1, BLOCK_BYTES // (8 * 16 * fit.k))  # sixteen temporaries
    parts = [_left_out(fit, out[at : at + block]) for at in range(0, out.size, block)]
    needed = tuple(fit.labels[i] for i in np.flatnonzero(leverage >= 1.0 - _NEEDED))
    return _joined(parts, tuple(fit.labels[i] for i in out), needed)


def _joined(parts: list[Influence], labels: tuple[str, ...], needed: tuple[str, ...]) -> Influence:
    """The parts as one, with the labels."""
    arrays = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in Influence.__dataclass_fields__
        if name not in ("labels", "needed")
    }
    return Influence(labels, needed, **arrays)


def _left_out(fit: Regression, out: NDArray[np.intp]) -> Influence:
    """The influence of the studies at the places `out`, without labels."""
    basis, y, v = fit.basis, fit.yi.reshape(-1, 1), fit.vi.reshape(-1, 1)
    used = np.arange(fit.k)[:, None] != out
    tau2 = np.full(out.shape, fit.tau2)
    if fit.tau2_method not in ("none", "given"):
        tau2 = between(fit.tau2_method, basis, fit.yi, fit.vi, used.T)[0]
    same, total = np.broadcast_to(y, used.shape), fit.vi[out] + tau2
    without = weighted(basis, same, np.where(used, 1.0 / (v + tau2), 0.0))
    with_it = weighted(basis, same, 1.0 / (v + tau2))  # all studies, tau2 as without this one
    factor = _factor(fit, without.q)
    residual = without.r[out, np.arange(out.size)]
    own = np.einsum("ni,nij,nj->n", basis.q[out], without.a_inv, basis.q[out])
    root = basis.coefficients(np.eye(basis.p))
    change = fit.b[:, None] - basis.coefficients(without.g)
    spread = factor[:, None] * np.einsum("ai,nij,aj->na", root, with_it.a_inv, root)
    covariance = factor[:, None, None] * (root @ without.a_inv @ root.T)
    return Influence(
        (),
        (),
        rstudent=residual / np.sqrt(factor * (total + own)),
        dffits=(residual - fit.residuals[out]) / np.sqrt(factor * fit.hat[out] * total),
        dfbetas=change.T / np.sqrt(spread),
        cook=np.einsum("an,ab,bn->n", change, np.linalg.inv(fit.vb), change),
        cov_ratio=np.exp(np.linalg.slogdet(covariance)[1] - np.linalg.slogdet(fit.vb)[1]),
        tau2=tau2,
        q=weighted(basis, same, np.where(used, 1.0 / v, 0.0)).q,
        hat=fit.hat[out],
        weight=fit.weights[out],
    )


def _factor(fit: Regression, q: FloatArray) -> FloatArray:
    """What variances without each study are multiplied by: as in metafor, Knapp and Hartung's factor
    where the fit uses it, for new effects as for coefficients."""
    spread = q / (fit.residual_df - 1)
    if fit.interval_method == "HKSJ":
        return np.where(spread > 0.0, spread, 1.0)  # effects that fit exactly: Wald, as in a regression
    return np.maximum(spread, 1.0) if fit.interval_method == "HKSJ-floor" else np.ones_like(q)
