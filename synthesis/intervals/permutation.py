"""The permutation test of a mean effect, and the interval that goes with it."""

from __future__ import annotations

from math import inf

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError
from synthesis.intervals.moments import Inference
from synthesis.intervals.resampled import t_statistics
from synthesis.intervals.sample import Sample

_SAME = 1.0 - 1e-9
_HALVINGS = 24
_WIDEST = 2.0**12


def permutation(sample: Sample, level: float) -> Inference:
    """The means that a sign-flip test at the level does not refuse.

    Notes
    -----
    Under the hypothesis effects are as likely above as below the mean, so their signs about it are
    flipped: all 2^(k - 1) ways up to a common flip where these are at most 1,024, else `draws` drawn
    by `seed`, the data themselves always among them. The statistic is the Hartung-Knapp t, tau2
    estimated anew each time. The bounds are found to 2^-24 of the first step by bisection.

    Raises
    ------
    PoolingError
        When no flip could refuse any mean at this level, which for 95 per cent needs six studies.

    References
    ----------
    Follmann DA, Proschan MA. Biometrics 1999;55:732-7. Higgins JPT, Thompson SG. Stat Med 2004;23:1663-82.
    """
    signs = sign_flips(sample.k, sample.draws, sample.seed)
    alpha = (100.0 - level) / 100.0
    if 1.0 / signs.shape[0] > alpha:
        raise PoolingError(
            f"{sample.k} studies allow no permutation interval at {level:g} per cent: the smallest p "
            f"of their sign flips is {1.0 / signs.shape[0]:g}"
        )
    low, high = _bounds(sample, signs, alpha)
    statistic, p = permutation_p(sample, signs, np.zeros(1))
    numbers = (sample.mu, sample.se, low, high, statistic[0], inf, p[0])
    return Inference(*(np.asarray(one, np.float64) for one in numbers))


def sign_flips(k: int, draws: int, seed: int) -> FloatArray:
    """Rows of signs, the first all +1: every one with a first +1 where these are few, else drawn."""
    if 2 ** min(k - 1, 62) <= 1024:
        bits = np.arange(2 ** (k - 1))[:, None] >> np.arange(k - 2, -1, -1) & 1
        return np.concatenate([np.ones((bits.shape[0], 1)), 1.0 - 2.0 * bits], axis=1)
    drawn = np.random.default_rng(seed).integers(0, 2, (draws, k)) * 2.0 - 1.0
    drawn[0] = 1.0
    return np.asarray(drawn)


def permutation_p(sample: Sample, signs: FloatArray, means: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The statistic and the two-sided p of each of the hypothetical means."""
    about = sample.yi - means[:, None]
    flipped = signs[None] * about[:, None, :]
    t = np.abs(t_statistics(flipped, sample.vi, sample.estimator, sample.tau2))
    own = t_statistics(about, sample.vi, sample.estimator, sample.tau2)
    return own, (t >= _SAME * t[:, :1]).mean(axis=1)


def _bounds(sample: Sample, signs: FloatArray, alpha: float) -> tuple[float, float]:
    """Where p passes alpha below and above the mean."""
    sides = np.array([-1.0, 1.0])
    inside, outside = np.zeros(2), np.full(2, 2.0 * sample.se)
    while (grow := permutation_p(sample, signs, sample.mu + sides * outside)[1] > alpha).any():
        if outside.max() > _WIDEST * sample.se:
            raise PoolingError("the permutation test refuses no mean, however far; take another interval")
        outside = np.where(grow, 2.0 * outside, outside)
    for _ in range(_HALVINGS):
        middle = 0.5 * (inside + outside)
        kept = permutation_p(sample, signs, sample.mu + sides * middle)[1] > alpha
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    low, high = (sample.mu + sides * outside).tolist()
    return low, high
