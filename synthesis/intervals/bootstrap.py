"""Parametric bootstraps, seeded: of the mean, and of the effect of a further study."""

from __future__ import annotations

from math import inf

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.intervals.moments import Inference, hartung_knapp_se
from synthesis.intervals.resampled import means
from synthesis.intervals.sample import Sample
from synthesis.quadratic_forms import squares_sf

_GRID = 400
_TAIL = 1e-6


def bootstrap_mean(sample: Sample, level: float) -> Inference:
    """mu plus and minus a quantile of bootstrapped |t| of Hartung-Knapp standard errors.

    Notes
    -----
    Effects are drawn from normals with variances vi + tau2; each set gives (mu* - mu) / se*, tau2
    estimated anew. p counts those beyond the statistic of the data, itself included.

    References
    ----------
    Turner RM et al. Stat Med 2000;19:3417-32. Davison AC, Hinkley DV. Bootstrap methods, 1997, 5.2.
    """
    rng = np.random.default_rng(sample.seed)
    error = np.sqrt(sample.vi + sample.tau2)
    drawn = rng.standard_normal((sample.draws, sample.k)) * error
    mu, _, se = means(drawn, sample.vi, sample.estimator, sample.tau2)
    t = np.sort(np.abs(mu / se))
    own = float(hartung_knapp_se(sample.se, sample.q, sample.k))
    half = own * float(np.quantile(t, level / 100.0, method="higher"))
    statistic = sample.mu / own
    p = (1.0 + float((t >= abs(statistic)).sum())) / (sample.draws + 1.0)
    numbers = (sample.mu, own, sample.mu - half, sample.mu + half, statistic, inf, p)
    return Inference(*(np.asarray(one, np.float64) for one in numbers))


def nagashima(sample: Sample, level: float) -> tuple[float, float]:
    """The bounds within which the effect of a further study lies, by a bootstrap of its confidence law.

    Notes
    -----
    tau2 is drawn from the law whose distribution function at t is the probability, were tau2 = t, of
    a larger Q than the one seen; then a further effect is mu + z tau + t se, with mu and the
    Hartung-Knapp se at that tau2, z normal and t Student on k - 1 degrees of freedom. The law of Q is
    exact, read off a grid of 400 values of tau between which it is nearly straight.

    References
    ----------
    Nagashima K, Noma H, Furukawa TA. Stat Methods Med Res 2019;28:1689-702.
    """
    rng = np.random.default_rng(sample.seed)
    between = _drawn_tau2(sample, rng.uniform(size=sample.draws))
    w = 1.0 / (sample.vi + between[:, None])
    total = w.sum(axis=1)
    mu = (w * sample.yi).sum(axis=1) / total
    q = (w * (sample.yi - mu[:, None]) ** 2).sum(axis=1)
    se = np.sqrt(q / ((sample.k - 1.0) * total))
    z, t = rng.standard_normal(sample.draws), rng.standard_t(sample.k - 1.0, sample.draws)
    further = mu + z * np.sqrt(between) + t * se
    share = (100.0 - level) / 200.0
    low, high = np.quantile(further, [share, 1.0 - share]).tolist()
    return low, high


def _drawn_tau2(sample: Sample, u: FloatArray) -> FloatArray:
    w = float(sample.vi.min()) / sample.vi
    mu = float((w * sample.yi).sum() / w.sum())
    q = float((w * (sample.yi - mu) ** 2).sum())
    largest = _largest_tau(sample, w, q)
    tau = largest * np.linspace(0.0, 1.0, _GRID) ** 2
    variances = sample.vi[:, None] + tau**2
    law = squares_sf(np.full(_GRID, q), np.broadcast_to(w[:, None], variances.shape), variances)
    drawn = np.interp(u, np.maximum.accumulate(law), tau)
    return np.where(u <= law[0], 0.0, drawn**2)


def _largest_tau(sample: Sample, w: FloatArray, q: float) -> float:
    """The tau that is exceeded with a probability of one in a million."""
    tau = float(np.sqrt(q / w.sum() + sample.vi.min()))
    for _ in range(60):
        tail = squares_sf(np.array([q]), w[:, None], (sample.vi + tau * tau)[:, None])
        if tail[0] > 1.0 - _TAIL:
            break
        tau *= 2.0
    return tau
