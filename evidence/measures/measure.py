"""What every effect measure states about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Effect = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True)
class Measure:
    """An effect measure.

    Attributes
    ----------
    code, name : "RR", "risk ratio"
    inputs : names of the array arguments of `effect`, in order
    effect : arrays -> (yi, vi), the effect and its sampling variance on the scale of the analysis;
        nan where it cannot be estimated. Studies are on the last axis, any batch in front.
    scale : "log", "identity", "logit", "fisher-z", ...: the scale of the analysis
    null : the value of no effect on the scale of the analysis, None where there is none
    back : scale of the analysis -> scale of display
    axis : label of the displayed scale
    kind : what the inputs are: "binary", "continuous", "proportion", "within", "within-raw" (the first
        standard deviation is the one to standardise by), "range" (means with the ends of their scale),
        "time-to-event", "rate", "matched", "association", "reliability", "genotypes" or "generic"
    vtypes : the variances that `effect` can give, as its `vtype`; the first is the default
    """

    code: str
    name: str
    inputs: tuple[str, ...]
    effect: Callable[..., Effect]
    scale: str
    null: float | None
    back: Callable[[ArrayLike], FloatArray]
    axis: str
    kind: str
    vtypes: tuple[str, ...] = ("LS",)


def identity(yi: ArrayLike) -> FloatArray:
    """The values unchanged, as an array of floats."""
    return np.asarray(yi, dtype=np.float64)


def exponential(yi: ArrayLike) -> FloatArray:
    """Ratios from their logarithms; infinite, without a warning, where they are too large."""
    with np.errstate(over="ignore"):
        return np.exp(np.asarray(yi, dtype=np.float64))


def expit(yi: ArrayLike) -> FloatArray:
    """Proportions from their logits, exact in both tails.

    Examples
    --------
    >>> expit([0.0, -1.3]).round(6).tolist()
    [0.5, 0.214165]
    """
    values = np.asarray(yi, dtype=np.float64)
    small = np.exp(-np.abs(values))
    result: FloatArray = np.where(values >= 0, 1.0, small) / (1.0 + small)
    return result


def floats(*values: ArrayLike) -> list[FloatArray]:
    """The arguments as arrays of floats of one common shape."""
    return list(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def estimable(yi: FloatArray, vi: FloatArray, possible: BoolArray | bool = True) -> Effect:
    """The effect with nan in both places where either cannot be: not finite, or a variance below zero.

    `possible` says where the inputs themselves can be.
    """
    with np.errstate(invalid="ignore"):
        good = np.isfinite(yi) & np.isfinite(vi) & (vi >= 0) & possible
    return np.where(good, yi, np.nan), np.where(good, vi, np.nan)
