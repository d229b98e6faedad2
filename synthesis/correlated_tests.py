"""How many independent tests correlated ones count for, from the eigenvalues of their correlations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import floor, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthesis.errors import PoolingError, choose

FloatArray = NDArray[np.float64]


def effective_number(correlation: ArrayLike, adjust: str, k: int | None = None) -> int:
    """How many independent tests correlated ones count for.

    Parameters
    ----------
    correlation : (k, k) correlations of the tests; adjust : a key of `EFFECTIVE`

    Raises
    ------
    PoolingError
        When it is no correlation matrix (of k tests).

    References
    ----------
    Nyholt DR. Am J Hum Genet 2004;74:765-9. Li J, Ji L. Heredity 2005;95:221-7. Gao X et al. Genet Epidemiol
    2008;32:361-9. Galwey NW. Genet Epidemiol 2009;33:559-68.

    Examples
    --------
    >>> effective_number([[1, 0.9], [0.9, 1]], "nyholt")
    1
    """
    rule = choose("adjustment", adjust, EFFECTIVE)
    r = np.array(correlation, dtype=np.float64)
    size = r.shape[0] if k is None else k
    if r.shape != (size, size):
        raise PoolingError(f"correlation has shape {r.shape}, but there are {size} p-values")
    sound = np.isfinite(r).all() and np.allclose(r, r.T) and np.allclose(np.diagonal(r), 1.0)
    if not (sound and (np.abs(r) <= 1.0 + 1e-12).all()):
        raise PoolingError("correlation is no correlation matrix: symmetric, with ones on its diagonal")
    eigenvalues = np.asarray(np.linalg.eigvalsh(r)[::-1], dtype=np.float64)
    return max(1, floor(rule(eigenvalues) + _ROUNDING))


_ROUNDING = sqrt(np.finfo(np.float64).eps)


def _nyholt(eigenvalues: FloatArray) -> float:
    k = eigenvalues.size
    return 1.0 + (k - 1) * (1.0 - float(np.var(eigenvalues, ddof=1)) / k) if k > 1 else 1.0


def _liji(eigenvalues: FloatArray) -> float:
    sizes = np.abs(eigenvalues) + _ROUNDING
    return float(np.sum((sizes >= 1.0) + (sizes - np.floor(sizes))))


def _gao(eigenvalues: FloatArray) -> float:
    sizes = np.maximum(eigenvalues, 0.0)
    share = np.cumsum(sizes) / sizes.sum()
    return float(np.sum(share < 0.995 - _ROUNDING) + 1)


def _galwey(eigenvalues: FloatArray) -> float:
    sizes = np.maximum(eigenvalues, 0.0)
    return float(np.sum(np.sqrt(sizes)) ** 2 / sizes.sum())


EFFECTIVE: Mapping[str, Callable[[FloatArray], float]] = {
    "nyholt": _nyholt,
    "liji": _liji,
    "gao": _gao,
    "galwey": _galwey,
}
