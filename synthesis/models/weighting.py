"""Weights of a mean that do not come from the variances."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError
from synthesis.models.studies import Studies


def weights_of(studies: Studies, weights: ArrayLike | str | None) -> tuple[FloatArray | None, str]:
    """The weights, None for inverse variances, and the word for where they come from.

    Parameters
    ----------
    weights : (k,) array; "equal"; "sample-size", n of a single group or n1 n2 / (n1 + n2) of two; or None

    Raises
    ------
    PoolingError
        When weights are negative, not finite, all 0 or too many or few, or a study gives no numbers.
    """
    if weights is None:
        return None, "inverse-variance"
    if isinstance(weights, str):
        if weights == "equal":
            return np.ones(studies.k), "equal"
        if weights == "sample-size":
            return np.array([_size(row) for row in _rows(studies)]), "sample-size"
        raise PoolingError(f'unknown weights {weights!r}; choose "equal", "sample-size" or give numbers')
    return _checked(np.asarray(weights, np.float64), studies), "given"


def _checked(a: FloatArray, studies: Studies) -> FloatArray:
    if a.shape != (studies.k,):
        raise PoolingError(f"weights has shape {a.shape} but there are {studies.k} effects")
    bad = np.flatnonzero(~(np.isfinite(a) & (a >= 0.0))).tolist()
    if bad:
        named = "; ".join(f"row {i + 1} ({studies.labels[i]}): weight {a[i]:g}" for i in bad[:10])
        raise PoolingError(f"a weight is a finite number, 0 or more: {named}")
    if not a.sum() > 0.0:
        raise PoolingError("all weights are 0")
    return a / a.max()


def _rows(studies: Studies) -> Any:
    rows = getattr(studies.table, "rows", None)
    if rows is None:
        raise PoolingError("weights by sample size need a table of effects; give numbers instead")
    return rows


def _size(row: Any) -> float:
    """n of one group; n1 n2 / (n1 + n2) of two."""
    sizes = [arm.n for arm in row.arms]
    if not sizes or any(n is None or not n > 0 for n in sizes):
        raise PoolingError(f"{row.label}: weights by sample size need the number of people in each group")
    return float(sizes[0] if len(sizes) == 1 else sizes[0] * sizes[1] / (sizes[0] + sizes[1]))
