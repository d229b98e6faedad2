"""`pool_many`: many meta-analyses at once, from arrays with studies on the last axis."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import BoolArray, FloatArray
from synthesis.errors import PoolingError, choose
from synthesis.intervals import INTERVALS, PREDICTIONS
from synthesis.models.many_means import ManyChoices, ManyPools, fit_many
from synthesis.models.studies import MOST_ERRORS, percent
from synthesis.tau2 import TAU2

MODELS = {"random-effects": "HKSJ-wider", "common-effect": "Wald"}
BATCH_INTERVALS = {**INTERVALS, "KR": None}


def pool_many(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    where: ArrayLike | None = None,
    model: str = "random-effects",
    tau2: str | ArrayLike = "REML",
    interval: str | None = None,
    level: float = 95.0,
    prediction: str = "t(k-1)",
) -> ManyPools:
    """The pools of many meta-analyses at once.

    Parameters
    ----------
    yi, vi : (..., k) effects and sampling variances, studies on the last axis and any batch in front,
        broadcast against each other
    where : (..., k) array of bool, the studies used, for meta-analyses of different sizes; values left
        out may be anything, nan included
    model, interval, level, prediction : as for `synthesis.pool`; intervals that need the studies one
        meta-analysis at a time are left to it, but for "KR"
    tau2 : a key of `synthesis.tau2.TAU2`, or numbers of the batch's shape

    Returns
    -------
    ManyPools
        Arrays of the batch's shape; `pools[i]` is the complete `Pool` of one of them.

    Raises
    ------
    PoolingError
        When effects or variances cannot be pooled, naming meta-analysis and study, or none is used.
    UnknownName
        When a method does not exist; it lists those that do.

    Notes
    -----
    Work goes on in blocks of at most 64 MB; data sets that have converged leave the iteration.

    Examples
    --------
    >>> pools = pool_many([[0.2, 0.9, 0.4], [0.1, 0.3, 0.2]], [0.05, 0.08, 0.04])
    >>> pools.mu.round(6), pools.converged
    (array([0.463526, 0.186957]), array([ True,  True]))
    """
    method = choose("model", model, MODELS) if interval is None else interval
    choose("model", model, MODELS)
    choose("interval", method, BATCH_INTERVALS)
    choose("prediction interval", prediction, PREDICTIONS)
    y, v, used = _checked(yi, vi, where)
    name, numbers = _between(tau2, model, y.shape[:-1])
    return fit_many(y, v, used, numbers, ManyChoices(model, name, method, percent(level), prediction))


def _between(tau2: str | ArrayLike, model: str, shape: tuple[int, ...]) -> tuple[str, FloatArray]:
    if model == "common-effect":
        return "none", np.zeros(shape)
    if isinstance(tau2, str):
        choose("tau2 estimator", tau2, TAU2)
        return tau2, np.zeros(shape)
    values = np.asarray(tau2, np.float64)
    if not (np.isfinite(values) & (values >= 0.0)).all():
        raise PoolingError("a given tau2 is a finite number, 0 or more")
    return "given", np.ascontiguousarray(np.broadcast_to(values, shape))


def _checked(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None
) -> tuple[FloatArray, FloatArray, BoolArray | None]:
    y, v = _numbers("yi", yi), _numbers("vi", vi)
    used = None if where is None else np.asarray(where, np.bool_)
    try:
        shape = np.broadcast_shapes(y.shape, v.shape, *(() if used is None else (used.shape,)))
    except ValueError as error:
        raise PoolingError(f"yi, vi and where do not fit together: {error}") from error
    if len(shape) == 0:
        raise PoolingError("yi and vi need an axis of studies; these are single numbers")
    y, v = np.broadcast_to(y, shape), np.broadcast_to(v, shape)
    used = None if used is None else np.broadcast_to(used, shape)
    empty = shape[-1] == 0 if used is None else not used.any(axis=-1).all()
    if empty:
        rows = (
            [] if used is None or shape[-1] == 0 else np.flatnonzero(~used.any(axis=-1).reshape(-1)).tolist()
        )
        told = ", ".join(str(row) for row in rows[:10])
        raise PoolingError(
            "nothing to pool" + (f" in meta-analysis {told}" if told else ": there are no effects")
        )
    _refuse(y, v, used)
    return y, v, used


def _numbers(name: str, values: ArrayLike) -> FloatArray:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"{name} is not an array of numbers: {error}") from error


def _refuse(y: FloatArray, v: FloatArray, used: BoolArray | None) -> None:
    """Every effect or variance that cannot be used, and numbers whose squares leave floating point."""
    if used is None:
        smallest, largest, size = float(v.min()), float(v.max()), max(float(y.max()), -float(y.min()))
        if smallest > 1e-280 and max(size, largest**0.5) < MOST_ERRORS * smallest**0.5:
            return
    good = (v > 1e-280) & (v < 1e280) & (np.abs(y) < 1e140)
    sound = np.where(good, v, 1.0)
    good &= np.abs(y) < MOST_ERRORS * np.sqrt(sound)
    counted = good if used is None else good & used
    good &= sound < MOST_ERRORS**2 * np.min(np.where(counted, v, np.inf), axis=-1, keepdims=True)
    if used is not None:
        good |= ~used
    if good.all():
        return
    places = np.argwhere(~good.reshape(-1, y.shape[-1]))
    flat_y, flat_v = y.reshape(-1, y.shape[-1]), v.reshape(-1, y.shape[-1])
    told = [
        f"meta-analysis {i}, study {j}: yi is {flat_y[i, j]:g}, vi is {flat_v[i, j]:g}"
        for i, j in places[:10].tolist()
    ]
    more = f"; and {len(places) - 10} more" if len(places) > 10 else ""
    raise PoolingError(
        f"cannot pool {'; '.join(told)}{more} (counted from 0; effects are finite, "
        "variances positive, and standard errors differ by a factor of 1e30 at most)"
    )
