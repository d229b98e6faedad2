"""Which of a measure's sampling variances is wanted, and the averages that some of them need.

The names (`vtype`) are metafor's:

- `"LS"` large sample, the default; `"LS2"`, `"LS3"` the alternatives that a measure's notes give
- `"UB"` unbiased
- `"AV"` with the average of the studies in place of each study's own value: the studies are taken to
  share one; `"AV2"` the same with the formula of `"LS2"`
- `"HO"` with one variance for both arms (or, for a single mean, for all studies); `"AVHO"` both
- `"H0"` as if there were no effect
- `"ST"`, `"CS"` for sizes of the arms that were fixed (stratified) or came about (cross-sectional)

The averages are over the last axis, weighted by sample size, and skip studies that are not estimable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from evidence.measures.measure import BoolArray, FloatArray

Ways = Mapping[str, Callable[[], FloatArray]]


def variance(vtype: str, ways: Ways) -> FloatArray:
    """The variance named `vtype` among those a measure has.

    Raises
    ------
    ValueError
        When the measure has no such variance; the message lists those it has.

    Examples
    --------
    >>> float(variance("UB", {"LS": lambda: np.array(1.0), "UB": lambda: np.array(2.0)}))
    2.0
    """
    if vtype not in ways:
        raise ValueError(f"unknown variance type {vtype!r} for this measure; choose {', '.join(ways)}")
    return np.asarray(ways[vtype](), dtype=np.float64)


def weighted_mean(values: FloatArray, weights: FloatArray, usable: BoolArray | bool = True) -> FloatArray:
    """The weighted mean over the studies, in the shape of one study: (..., 1), or () for a single number.

    Studies that are not `usable` or have a nan are left out.

    Examples
    --------
    >>> weighted_mean(np.array([1.0, 3.0, np.nan]), np.array([1.0, 3.0, 9.0])).tolist()
    [2.5]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        known = ~(np.isnan(values) | np.isnan(weights)) & usable
        total = np.where(known, values * weights, 0.0)
        share = np.where(known, weights, 0.0)
        if total.ndim == 0:
            return np.asarray(total / share)
        return np.asarray(total.sum(axis=-1, keepdims=True) / share.sum(axis=-1, keepdims=True))
