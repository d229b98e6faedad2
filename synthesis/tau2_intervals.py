"""Intervals of tau2.

Each takes effects and variances (..., k), `level` in per cent and `where`, and gives two arrays of bounds
and whether they were found. `TAU2_INTERVALS` at the foot names them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evidence.distributions import chi2_isf
from synthesis.arrays import Batch, BoolArray, FloatArray, columns, in_blocks, twice
from synthesis.heterogeneity import log_h_se, typical_variance
from synthesis.intervals import chi_square_quantile, critical_t
from synthesis.likelihoods import twice_log_likelihood
from synthesis.q_statistics import fixed_q_root, generalised_q_root
from synthesis.roots import rising_root
from synthesis.tau2 import dersimonian_laird
from synthesis.tau2_kernels import KERNELS

Profile = tuple[FloatArray, FloatArray, BoolArray]


def q_profile(yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None) -> Profile:
    """The bounds of the Q-profile interval of tau2, and whether both were found.

    Notes
    -----
    The values of tau2 at which Q(tau2) equals the upper and lower quantile of chi-square on k - 1
    degrees of freedom; 0 where Q(0) is below the quantile already, so that very homogeneous effects
    give the interval [0, 0], as in metafor. The interval need not hold an estimate from another
    principle. There is no largest tau2; metafor stops at 100.

    References
    ----------
    Viechtbauer W. Stat Med 2007;26:37-52.

    Examples
    --------
    >>> low, high, found = q_profile([0.2, 0.9, 0.4], [0.05, 0.08, 0.04])
    >>> round(float(low), 6), round(float(high), 6), bool(found)
    (0.0, 5.066652, True)
    """
    low, high, found = in_blocks(lambda part: q_profile_of(part, level), yi, vi, where)
    return low, high, found


def q_profile_of(batch: Batch, level: float) -> Profile:
    """`q_profile` of a Batch."""
    share = (100.0 - level) / 200.0
    df = np.maximum(batch.k - 1.0, 1.0)
    square = batch.unit * batch.unit
    targets = [chi_square_quantile(tail, df) for tail in (share, 1.0 - share)]
    if batch.single:
        (low, first), (high, second) = (generalised_q_root(batch, target) for target in targets)
        return low * square, high * square, first & second
    n = df.size
    roots, found = generalised_q_root(twice(batch), np.concatenate(targets))
    return roots[:n] * square, roots[n:] * square, found[:n] & found[n:]


def generalised_q_profile(
    yi: ArrayLike,
    vi: ArrayLike,
    level: float = 95.0,
    where: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> Profile:
    """The bounds of the interval of tau2 from Q with fixed weights, and whether both were found.

    Parameters
    ----------
    weights : (..., k) array of weights; 1 / vi where there are none

    Notes
    -----
    The values of tau2 under which a Q as large, or as small, as the one seen has probability
    (100 - level) / 200; its distribution is exact, see `quadratic_forms.squares_sf`.

    References
    ----------
    Biggerstaff BJ, Jackson D. Stat Med 2008;27:6093-110. Jackson D. Res Synth Methods 2013;4:220-9.
    """
    share = (100.0 - level) / 200.0

    def kernel(batch: Batch, a: FloatArray) -> tuple[NDArray[Any], ...]:
        square = batch.unit * batch.unit
        sides = [fixed_q_root(batch, a, np.full(batch.k.shape, tail)) for tail in (share, 1.0 - share)]
        (low, first), (high, second) = sides
        return low * square, high * square, first & second

    a = 1.0 / np.asarray(vi, np.float64) if weights is None else weights
    low, high, found = in_blocks(kernel, yi, vi, where, weights=a)
    return low, high, found


def biggerstaff_jackson(
    yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> Profile:
    """`generalised_q_profile` with weights 1 / vi, from Cochran's own Q."""
    return generalised_q_profile(yi, vi, level, where)


def jackson(yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None) -> Profile:
    """`generalised_q_profile` with weights 1 / sqrt(vi), narrower where heterogeneity is moderate."""
    return generalised_q_profile(yi, vi, level, where, 1.0 / np.sqrt(np.asarray(vi, np.float64)))


def profile_restricted_likelihood(
    yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> Profile:
    """The tau2 whose restricted log-likelihood is not too far below its maximum, and whether found.

    Notes
    -----
    Twice the fall is at most the quantile of chi-square on one degree of freedom.

    References
    ----------
    Hardy RJ, Thompson SG. Stat Med 1996;15:619-29. Viechtbauer W. Stat Med 2007;26:37-52.
    """
    return _profile(yi, vi, level, where, "REML")


def profile_plain_likelihood(
    yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> Profile:
    """As `profile_restricted_likelihood`, with the likelihood whose maximum is the ML estimate."""
    return _profile(yi, vi, level, where, "ML")


def _profile(yi: ArrayLike, vi: ArrayLike, level: float, where: ArrayLike | None, method: str) -> Profile:
    allowed = chi2_isf((100.0 - level) / 100.0, 1.0)
    restricted = 1.0 if method == "REML" else 0.0

    def kernel(batch: Batch) -> tuple[NDArray[Any], ...]:
        square = batch.unit * batch.unit
        best = KERNELS[method](batch)[0] / square
        level_at_best = twice_log_likelihood(batch.y, batch.v, best, restricted)

        def excess(tau2: FloatArray, which: NDArray[Any]) -> FloatArray:
            here = twice_log_likelihood(columns(batch.y, which), columns(batch.v, which), tau2, restricted)
            return level_at_best[which] - here - allowed

        low, first = _side(excess, best, -1.0, batch)
        high, second = _side(excess, best, 1.0, batch)
        return low * square, high * square, first & second

    low, high, found = in_blocks(kernel, yi, vi, where)
    return low, high, found


def _side(
    excess: Callable[[FloatArray, NDArray[Any]], FloatArray], best: FloatArray, sign: float, batch: Batch
) -> tuple[FloatArray, BoolArray]:
    """The bound below or above the best tau2; 0 where the likelihood has not fallen enough by then."""
    every = np.arange(best.size)
    bound, found = np.zeros_like(best), np.ones(best.shape, np.bool_)
    going = batch.k > 1.0
    if sign < 0.0:
        going &= (best > 0.0) & (excess(np.zeros_like(best), every) > 0.0)
    which = np.flatnonzero(going)
    if which.size:

        def away(distance: FloatArray, picked: NDArray[Any]) -> FloatArray:
            return excess(np.maximum(best[picked] + sign * distance, 0.0), picked)

        first = best[which] if sign < 0.0 else best[which] + 1.0
        distance, found[which] = rising_root(away, first, which)
        bound[which] = np.maximum(best[which] + sign * distance, 0.0)
    return bound, found


def around_dersimonian_laird(
    yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> Profile:
    """The interval of tau2 from the test-based interval of H2 (`around`), DerSimonian and Laird's tau2."""
    return around(dersimonian_laird(yi, vi, where)[0], yi, vi, level, where)


def around(
    tau2: ArrayLike, yi: ArrayLike, vi: ArrayLike, level: float = 95.0, where: ArrayLike | None = None
) -> Profile:
    """Higgins and Thompson's test-based interval about an estimate of tau2, by way of H2.

    Notes
    -----
    H2 = 1 + tau2 / s2 with s2 the typical sampling variance; log H has the standard error
    `heterogeneity.log_h_se`. Two studies with Q of 2 or less have none: found is False.

    References
    ----------
    Higgins JPT, Thompson SG. Stat Med 2002;21:1539-58.
    """
    from synthesis.heterogeneity import cochran_q

    typical = typical_variance(vi, where)
    h2 = 1.0 + np.asarray(tau2, np.float64) / typical
    y, v = np.asarray(yi, np.float64), np.asarray(vi, np.float64)
    k = np.full(np.broadcast_shapes(y.shape, v.shape)[:-1], float(y.shape[-1]))
    k = k if where is None else np.asarray(where).sum(axis=-1, dtype=np.float64) + 0.0 * k
    reach = 2.0 * critical_t(np.inf, level) * np.where(k > 2.0, log_h_se(cochran_q(yi, vi, where), k), np.nan)
    low, high = (typical * (np.maximum(h2 * np.exp(sign * reach), 1.0) - 1.0) for sign in (-1.0, 1.0))
    found = np.isfinite(low) & np.isfinite(high)
    return np.where(found, low, 0.0), np.where(found, high, 0.0), found


TAU2_INTERVALS: Mapping[str, Callable[..., Profile]] = {
    "Q-profile": q_profile,
    "BJ": biggerstaff_jackson,
    "J": jackson,
    "PL": profile_restricted_likelihood,
    "PL-ML": profile_plain_likelihood,
    "test-based": around_dersimonian_laird,
}
