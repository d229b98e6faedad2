"""Means and t statistics of many resampled meta-analyses at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import Batch, FloatArray, in_blocks
from synthesis.tau2_kernels import KERNELS


def means(
    yi: ArrayLike, vi: ArrayLike, estimator: str, tau2: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The random-effects mean of each of a batch, its Wald and its Hartung-Knapp standard error.

    `estimator` is a key of `TAU2`; any other name leaves `tau2` as it is.
    """

    def kernel(batch: Batch) -> tuple[FloatArray, ...]:
        square = batch.unit * batch.unit
        between = KERNELS[estimator](batch)[0] / square if estimator in KERNELS else tau2 / square
        w = 1.0 / (batch.v + between)
        total = np.add.reduce(w, axis=0)
        shift = np.add.reduce(w * batch.y, axis=0) / total
        r = batch.y - shift
        w *= r
        w *= r
        se = batch.unit / np.sqrt(total)
        factor = np.sqrt(np.add.reduce(w, axis=0) / np.maximum(batch.k - 1.0, 1.0))
        return batch.centre + shift * batch.unit, se, se * factor

    mu, se, se_hk = in_blocks(kernel, yi, vi)
    return mu, se, se_hk


def t_statistics(yi: ArrayLike, vi: ArrayLike, estimator: str, tau2: float) -> FloatArray:
    """The Hartung-Knapp t of each of a batch; infinite where the effects are equal."""
    mu, _, se = means(yi, vi, estimator, tau2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(se > 0.0, mu / se, np.copysign(np.inf, mu)))
