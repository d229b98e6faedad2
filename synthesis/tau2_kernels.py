"""The estimators of tau2 on a `Batch`; `synthesis.tau2` says what each is.

Each gives tau2 in the caller's unit and whether it was found, arrays (n,).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from synthesis.arrays import Batch, BoolArray, FloatArray
from synthesis.likelihoods import highest
from synthesis.q_statistics import fixed_q, fixed_q_parts, fixed_q_root, generalised_q, generalised_q_root


def _finished(batch: Batch, tau2: FloatArray, converged: BoolArray) -> tuple[FloatArray, BoolArray]:
    """tau2 in the caller's unit; one study or none has no variance between studies."""
    scaled = tau2 * batch.unit * batch.unit
    if batch.several:
        return scaled, converged
    return np.where(batch.k > 1.0, scaled, 0.0), converged | (batch.k <= 1.0)


def _closed(batch: Batch, tau2: FloatArray) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, np.maximum(tau2, 0.0), np.ones(batch.k.shape, np.bool_))


def _degrees(batch: Batch) -> FloatArray:
    return np.maximum(batch.k - 1.0, 1.0)


def _moment(batch: Batch) -> FloatArray:
    """DerSimonian and Laird's tau2 before it is cut off at 0."""
    one = batch.common
    with np.errstate(invalid="ignore", divide="ignore"):
        moment: FloatArray = (one.q - (batch.k - 1.0)) / one.spread
    return moment


def dl_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _closed(batch, _moment(batch))


def _unweighted(batch: Batch) -> FloatArray:
    spread = np.add.reduce(batch.y * batch.y, axis=0) / _degrees(batch)
    return spread - batch.total(batch.v) / np.maximum(batch.k, 1.0)


def he_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _closed(batch, _unweighted(batch))


def hs_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _closed(batch, (batch.common.q - batch.k) / batch.common.s1)


def hsk_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    q = batch.common.q * batch.k / _degrees(batch)
    return _closed(batch, (q - batch.k) / batch.common.s1)


def genq_kernel(batch: Batch, a: FloatArray) -> tuple[FloatArray, BoolArray]:
    expected, spread = fixed_q_parts(batch, a)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _closed(batch, (fixed_q(batch, a) - expected) / spread)


def genqm_kernel(batch: Batch, a: FloatArray) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, *fixed_q_root(batch, a, np.full(batch.k.shape, 0.5)))


def _two_steps(batch: Batch, first: FloatArray) -> tuple[FloatArray, BoolArray]:
    between = np.where(batch.k > 1.0, np.maximum(first, 0.0), 0.0)
    return genq_kernel(batch, 1.0 / (batch.v + between))


def dl2_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _two_steps(batch, _moment(batch))


def ca2_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _two_steps(batch, _unweighted(batch))


def sj_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    first = np.add.reduce(batch.y * batch.y, axis=0) / np.maximum(batch.k, 1.0)
    return _closed(batch, first * generalised_q(batch, first) / _degrees(batch))


def pm_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, *generalised_q_root(batch, _degrees(batch)))


def pmm_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    from evidence.distributions import chi2_isf

    target = np.array([chi2_isf(0.5, df) for df in _degrees(batch).tolist()])
    return _finished(batch, *generalised_q_root(batch, target))


def ml_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, *highest(batch, _unweighted(batch), 0.0))


def reml_kernel(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, *highest(batch, _unweighted(batch), 1.0))


KERNELS: Mapping[str, Callable[[Batch], tuple[FloatArray, BoolArray]]] = {
    "REML": reml_kernel,
    "DL": dl_kernel,
    "PM": pm_kernel,
    "ML": ml_kernel,
    "EB": pm_kernel,
    "SJ": sj_kernel,
    "HE": he_kernel,
    "HS": hs_kernel,
    "HSk": hsk_kernel,
    "PMM": pmm_kernel,
    "DL2": dl2_kernel,
    "CA2": ca2_kernel,
    "DLIT": pm_kernel,
    "SJIT": pm_kernel,
}
"""The same on a `Batch`, for what goes on with it; without those that take `weights`."""

ITERATED = ("REML", "ML", "PM", "EB", "PMM", "DLIT", "SJIT")
"""Those that are solved step by step, for which larger blocks are quicker."""
