"""The pools of all subsets of the studies (graphical display of study heterogeneity)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthesis.arrays import BoolArray, FloatArray
from synthesis.describing import shown
from synthesis.diagnostics.likelihood_sums import LIKELIHOODS, highest_of_subsets
from synthesis.diagnostics.records import Record, model_words, scale_of, too_few
from synthesis.diagnostics.refits import Sums, heterogeneity, inverse_variance, refitted, tau2_of
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined, Pool

LEAST = 3
EVERY = 20
"""Up to so many studies all 2^k - 1 subsets are pooled; above, a sample of them."""
SAMPLED = 1_000_000
_ROUNDING = 1e-13
_FAR = 1e3
"""Effects farther from the mean, in their smallest standard error, would cost sums of squares digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Gosh(Record):
    """The pools of n subsets, arrays (n,).

    `k` is the size of each subset, `mu`, `tau2`, `i2`, `h2` and `q` its pool; `packed` holds the subsets
    themselves, one bit a study, see `holds`. `every` tells whether these are all subsets; otherwise they
    were drawn with `seed`.
    """

    labels: tuple[str, ...]
    mu: FloatArray
    tau2: FloatArray
    i2: FloatArray
    h2: FloatArray
    q: FloatArray
    k: FloatArray
    packed: NDArray[np.uint8]
    every: bool
    seed: int | None
    model: str
    measure: str | None

    def holds(self, study: int) -> BoolArray:
        """(n,), whether each subset holds the study at this place."""
        bits: BoolArray = (self.packed[:, study // 8] >> np.uint8(study % 8)) & np.uint8(1) > 0
        return bits

    def summary(self) -> str:
        """Quartiles of the means and of I2, and what each study does to them."""
        scale = scale_of(self.measure)
        told = "all subsets" if self.every else f"a sample of subsets, seed {self.seed}"
        low, middle, high = np.percentile(self.mu, [25.0, 50.0, 75.0]).tolist()
        lines = [
            f"GOSH, {self.model}: {self.mu.size} pools, {told}",
            f"{scale.name}: quartiles {scale.value(low)}, {scale.value(middle)}, {scale.value(high)}",
            "I2: quartiles "
            + ", ".join(f"{one:.1f} %" for one in np.percentile(self.i2, [25.0, 50.0, 75.0])),
        ]
        for place, label in enumerate(self.labels):
            held = self.holds(place)
            pair = [float(np.median(self.i2[one])) for one in (held, ~held)]
            lines.append(f"{label}: median I2 {shown(pair[0])} % with it, {shown(pair[1])} % without")
        return "\n".join(lines)


def gosh(pool: Pool, *, subsets: int | None = None, seed: int = 1) -> Gosh | NotDefined:
    """The pools of all subsets of the studies, or of a sample of them.

    Parameters
    ----------
    pool : what `synthesis.pool` gave
    subsets : how many to draw at random, each with the same probability; by default all 2^k - 1 up to 20
        studies, and a million above
    seed : of the draw; the same seed gives the same subsets

    Returns
    -------
    Gosh; NotDefined below three studies

    Raises
    ------
    PoolingError
        When `subsets` is not a positive number.

    Notes
    -----
    As metafor's `gosh`: single studies count as subsets, whose mean is their effect. Subsets are pooled in
    blocks of at most 64 MB. The n-th of all subsets holds the studies whose bits are set in n.

    References
    ----------
    Olkin I, Dahabreh IJ, Trikalinos TA. Res Synth Methods 2012;3:214-23.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = gosh(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], tau2="DL"))
    >>> found.mu.round(4), found.k
    (array([0.2   , 0.9   , 0.5286, 0.4   , 0.3111, 0.61  , 0.464 ]), array([1., 1., 2., 1., 2., 2., 3.]))
    """
    if pool.k < LEAST:
        return too_few("GOSH", pool.k, LEAST)
    if other := inverse_variance(pool):
        return other
    if subsets is not None and subsets < 1:
        raise PoolingError(f"subsets is {subsets}; it is a positive number, or None for all of them")
    every = subsets is None and pool.k <= EVERY
    packed = _all(pool.k) if every else _drawn(pool.k, subsets or SAMPLED, seed)
    sums = refitted(pool, packed.shape[0], _selection(packed, pool.k), _summed)
    q, i2, h2 = heterogeneity(pool, sums)
    return Gosh(
        labels=pool.labels,
        mu=sums.mu,
        tau2=sums.tau2,
        i2=i2,
        h2=h2,
        q=q,
        k=sums.k,
        packed=packed,
        every=every,
        seed=None if every else seed,
        model=model_words(pool),
        measure=pool.measure,
    )


def _summed(pool: Pool, where: BoolArray) -> Sums:
    """The sums of each subset as products of matrices, about the pool's mean."""
    tau2, converged = _tau2(pool, where)
    smallest = float(pool.vi.min())
    w, y, held = smallest / pool.vi, (pool.yi - pool.mu) / smallest**0.5, where.astype(np.float64)
    s1, s2, a1, c1 = np.stack([w, w * w, w * y, w * y * y]) @ held.T
    q, k, rest = c1 - a1 * a1 / s1, held.sum(axis=1), s1 * s1 - s2
    typical = np.divide((k - 1.0) * s1, rest, out=np.full(k.shape, np.inf), where=rest > _ROUNDING * s2)
    held *= smallest / (pool.vi + tau2[:, None])
    t1, b1, d1 = np.stack([np.ones_like(y), y, y * y]) @ held.T
    return Sums(
        mu=pool.mu + b1 / t1 * smallest**0.5,
        se=np.sqrt(smallest / t1),
        generalised=np.maximum(d1 - b1 * b1 / t1, 0.0),
        q=np.where(q > _ROUNDING * c1, q, 0.0),
        tau2=tau2,
        typical=typical * smallest,
        k=k,
        converged=converged,
    )


def _tau2(pool: Pool, where: BoolArray) -> tuple[FloatArray, BoolArray]:
    """tau2 of each subset; a likelihood's maximum from sums, where they keep their digits."""
    smallest = float(pool.vi.min())
    y, v = (pool.yi - pool.mu) / smallest**0.5, pool.vi / smallest
    if pool.tau2_method not in LIKELIHOODS or float(np.abs(y).max()) > _FAR:
        return tau2_of(pool, where)
    restricted = LIKELIHOODS[pool.tau2_method]
    tau2, converged, sound = highest_of_subsets(y, v, where.astype(np.float64), restricted)
    tau2 *= smallest
    if not sound.all():
        tau2[~sound], converged[~sound] = tau2_of(pool, where[~sound])
    return tau2, converged


def _all(k: int) -> NDArray[np.uint8]:
    """Every subset but the empty one, as bits of the numbers 1 to 2^k - 1, lowest byte first."""
    codes = np.arange(1, 2**k, dtype="<u4")
    return codes.view(np.uint8).reshape(-1, 4)[:, : -(-k // 8)].copy()


def _drawn(k: int, n: int, seed: int) -> NDArray[np.uint8]:
    """Subsets drawn at random, none empty."""
    draw = np.random.default_rng(seed)
    width = -(-k // 8)
    last = np.uint8(2 ** (k - 8 * (width - 1)) - 1)
    packed = draw.integers(0, 256, (n, width), dtype=np.uint8)
    packed[:, -1] &= last
    while (empty := ~packed.any(axis=1)).any():
        packed[empty] = draw.integers(0, 256, (int(empty.sum()), width), dtype=np.uint8)
        packed[:, -1] &= last
    return packed


def _selection(packed: NDArray[np.uint8], k: int) -> Callable[[int, int], BoolArray]:
    def rows(start: int, stop: int) -> BoolArray:
        return np.unpackbits(packed[start:stop], axis=1, count=k, bitorder="little").view(np.bool_)

    return rows
