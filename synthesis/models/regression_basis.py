"""The algebra of a weighted regression, for many data sets that share their moderators.

Arrays here are (k, n), k studies of n data sets, as in `synthesis.arrays`. Moderators enter through an
orthonormal basis of their columns, so that years near 2000 cost no digits, and sums over studies are
products with the (k, p (p + 1) / 2) products of its columns: nothing is ever k by k.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import FloatArray

RANK_TOLERANCE = 1e-7
"""A column that keeps less than this share of its length beside the others adds nothing (R's `lm`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """The columns of a design matrix, x = q r with q orthonormal.

    Attributes
    ----------
    q : (k, p) array; r : (p, p) upper triangular array
    pairs : (k, p (p + 1) / 2) array, products of two columns of q
    place : (p, p) array of the column of `pairs` that holds each product
    """

    q: FloatArray
    r: FloatArray
    pairs: FloatArray
    place: NDArray[np.intp]

    @property
    def p(self) -> int:
        """Number of columns."""
        return int(self.q.shape[1])

    @property
    def full_rank(self) -> bool:
        """Whether every column keeps some of its length beside those before it."""
        size = np.sqrt(np.add.reduce(self.r * self.r, axis=0))
        return bool((np.abs(np.diagonal(self.r)) > RANK_TOLERANCE * size).all())

    def gram(self, weights: FloatArray) -> FloatArray:
        """(n, p, p), q' diag(weights) q for each column of the (k, n) weights."""
        sums: FloatArray = weights.T @ self.pairs
        return sums[:, self.place]

    def unexplained(self, y: FloatArray) -> FloatArray:
        """The (k, n) values less their least-squares fit, which changes no weighted residual."""
        r: FloatArray = y - self.q @ (self.q.T @ y)
        return r

    def coefficients(self, g: FloatArray) -> FloatArray:
        """Coefficients of the columns of x from those of q, along the first axis."""
        result = np.linalg.solve(self.r, g)
        return np.asarray(result, dtype=np.float64)


def basis_of(x: FloatArray) -> Basis:
    """The basis of the columns of a (k, p) design matrix whose columns are not redundant."""
    q, r = np.linalg.qr(x)
    rows = np.ascontiguousarray(q.T)  # columns contiguous, which the products with weights like
    p = rows.shape[0]
    pairs, at = np.empty((p * (p + 1) // 2, rows.shape[1])), 0
    for j in range(p):
        np.multiply(rows[j], rows[j:], out=pairs[at : at + p - j])
        at += p - j
    return Basis(rows.T, r, pairs.T, places(p))


@lru_cache(maxsize=64)
def places(p: int) -> NDArray[np.intp]:
    """Which of the products of two columns, first with first, first with second and so on, is whose."""
    place = np.empty((p, p), dtype=np.intp)
    first, second = np.triu_indices(p)
    place[first, second] = place[second, first] = np.arange(first.size)
    return place


def redundant(x: FloatArray) -> list[int]:
    """The columns that are combinations of those before them."""
    size = np.sqrt(np.add.reduce(x * x, axis=0))
    scaled = x / np.where(size > 0.0, size, 1.0)
    found: list[int] = []
    for j in range(x.shape[1]):
        keep = [i for i in range(j) if i not in found]
        rest = scaled[:, j]
        if keep:
            rest = rest - scaled[:, keep] @ np.linalg.lstsq(scaled[:, keep], rest, rcond=None)[0]
        if np.sqrt(rest @ rest) <= RANK_TOLERANCE:
            found.append(j)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """A weighted regression of n data sets.

    `w` and `r` are the (k, n) weights and residuals, `a_inv` the (n, p, p) inverse of q' W q, `g` the
    (p, n) coefficients of the basis, `q` the (n,) weighted sums of squared residuals.
    """

    w: FloatArray
    r: FloatArray
    a_inv: FloatArray
    g: FloatArray
    q: FloatArray


def inverse(matrices: FloatArray) -> FloatArray:
    """The inverses of (n, p, p) matrices."""
    return np.asarray(np.linalg.inv(matrices), dtype=np.float64)


def weighted(basis: Basis, y: FloatArray, w: FloatArray) -> Weighted:
    """The regression of the (k, n) values `y` with weights `w`.

    Raises
    ------
    numpy.linalg.LinAlgError
        When the weights that are not 0 leave columns redundant.
    """
    a_inv = inverse(basis.gram(w))
    wy = w * y
    g = np.matmul(a_inv, (wy.T @ basis.q)[:, :, None])[:, :, 0].T
    r = np.matmul(basis.q, g, out=np.empty_like(w))  # in the layout of w, which the sums then run along
    np.subtract(y, r, out=r)
    wy = w * r
    wy *= r
    return Weighted(w, r, a_inv, g, np.add.reduce(wy, axis=0))


def trace(first: FloatArray, second: FloatArray) -> FloatArray:
    """(n,), the traces of the products of two stacks of (n, p, p) matrices."""
    result: FloatArray = np.einsum("nij,nji->n", first, second)
    return result
