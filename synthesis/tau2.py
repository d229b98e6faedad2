"""Estimators of the between-study variance tau2.

Each takes effects `yi` and sampling variances `vi`, arrays (..., k) with studies on the last axis and
any batch in front, and gives `(tau2, converged)`, two arrays of the batch's shape. `where` is an array
of bool that leaves studies out, as in NumPy's reductions. tau2 has the square of the effects' unit; it
is never negative, and 0 for a single study. The registry `TAU2` at the foot names them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from synthesis.arrays import Batch, BoolArray, FloatArray, columns, in_blocks
from synthesis.roots import falling_root

Estimator = Callable[..., tuple[FloatArray, BoolArray]]
"""(yi, vi, where=None) -> (tau2, converged)"""


def dersimonian_laird(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the moment estimator of DerSimonian and Laird, and True.

    Notes
    -----
    max(0, (Q - (k - 1)) / (W - W2 / W)) with W, W2 the sums of 1/vi and its square.

    References
    ----------
    DerSimonian R, Laird N. Control Clin Trials 1986;7:177-88.

    Examples
    --------
    >>> tau2, converged = dersimonian_laird([0.2, 0.9], [0.05, 0.08])
    >>> round(float(tau2), 12)
    0.18
    """
    return in_blocks(_dl, yi, vi, where)


def hedges(yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None) -> tuple[FloatArray, BoolArray]:
    """tau2 by the unweighted (Hedges, or Cochran ANOVA) moment estimator, and True.

    Notes
    -----
    max(0, sum (yi - mean)^2 / (k - 1) - mean vi).

    References
    ----------
    Hedges LV. J Educ Stat 1983;8:363-75.
    """
    return in_blocks(_he, yi, vi, where)


def hunter_schmidt(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the estimator of Hunter and Schmidt, and True.

    Notes
    -----
    max(0, (Q - k) / W). It is biased downwards; `hunter_schmidt_small_sample` corrects that.

    References
    ----------
    Hunter JE, Schmidt FL. Methods of meta-analysis, 1990. Viechtbauer W. J Educ Behav Stat 2005;30:261-93.
    """
    return in_blocks(_hs, yi, vi, where)


def hunter_schmidt_small_sample(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the estimator of Hunter and Schmidt with the factor k / (k - 1), and True.

    Notes
    -----
    max(0, (Q k / (k - 1) - k) / W).

    References
    ----------
    Brannick MT, Potter SM, Benitez B, Morris SB. J Appl Psychol 2019;104:1404-25.
    """
    return in_blocks(_hsk, yi, vi, where)


def sidik_jonkman(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the two-step estimator of Sidik and Jonkman, and True.

    Notes
    -----
    tau2_0 = sum (yi - mean)^2 / k; then tau2_0 Q(tau2_0) / (k - 1), Q with weights 1 / (vi + tau2_0).
    Positive unless all effects are equal.

    References
    ----------
    Sidik K, Jonkman JN. Appl Stat 2005;54:367-84.
    """
    return in_blocks(_sj, yi, vi, where)


def paule_mandel(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which the generalised Q equals its expectation k - 1, and whether it was found.

    References
    ----------
    Paule RC, Mandel J. J Res Natl Bur Stand 1982;87:377-85.
    """
    return in_blocks(_pm, yi, vi, where)


def paule_mandel_median(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which the generalised Q equals the median of chi-square with k - 1 df, and whether found.

    References
    ----------
    Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity, 2021.
    """
    return in_blocks(_pmm, yi, vi, where)


def empirical_bayes(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by Morris's empirical Bayes equations, and whether they were solved.

    Notes
    -----
    sum w_i (k / (k - 1) (y_i - mu)^2 - v_i - tau2) = 0 has the same root as Q(tau2) = k - 1, so the
    value is Paule and Mandel's; the two names are kept because papers use both.

    References
    ----------
    Morris CN. J Am Stat Assoc 1983;78:47-55.
    """
    return in_blocks(_pm, yi, vi, where)


def maximum_likelihood(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 that maximises the likelihood, and whether the search converged.

    Notes
    -----
    Starts at Hedges' estimate and climbs, as metafor does; see `restricted_maximum_likelihood`.

    References
    ----------
    Hardy RJ, Thompson SG. Stat Med 1996;15:619-29.
    """
    return in_blocks(_ml, yi, vi, where)


def restricted_maximum_likelihood(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 that maximises the restricted likelihood, and whether the search converged.

    Notes
    -----
    The score sum w^2 (y - mu)^2 - sum w + sum w^2 / sum w is followed uphill from Hedges' estimate by
    Newton's step (Fisher's where the likelihood is not concave) inside a bracket; it is negative from
    tau2 = range(y)^2 on. Undamped scoring, which others use, cycles on some data sets. Where the
    likelihood also falls from 0, and is higher there, the estimate is 0, as in metafor.

    References
    ----------
    Viechtbauer W. J Educ Behav Stat 2005;30:261-93.

    Examples
    --------
    >>> tau2, converged = restricted_maximum_likelihood([[0.2, 0.9], [0.5, 0.5]], [0.05, 0.08])
    >>> tau2.round(10), converged
    (array([0.18, 0.  ]), array([ True,  True]))
    """
    return in_blocks(_reml, yi, vi, where)


def generalised_q(batch: Batch, tau2: FloatArray | float) -> FloatArray:
    """Q(tau2) of each meta-analysis of a batch, tau2 in the batch's own unit."""
    w = 1.0 / (batch.v + tau2)
    r = batch.y - np.add.reduce(w * batch.y, axis=0) / np.add.reduce(w, axis=0)
    q: FloatArray = np.add.reduce(w * r * r, axis=0)
    return q


def generalised_q_root(batch: Batch, target: FloatArray) -> tuple[FloatArray, BoolArray]:
    """tau2 (in the batch's own unit) where Q(tau2) falls to `target`; 0 where Q(0) is below it.

    Notes
    -----
    Q falls monotonically and 1/Q is nearly straight, so Newton's method on 1/Q needs few steps.
    Q(t) <= sum (y - mean)^2 / t bounds the root.
    """
    target = np.maximum(target, np.finfo(np.float64).tiny)
    positive = generalised_q(batch, 0.0) > target
    squares = np.add.reduce(batch.y * batch.y, axis=0)
    high = np.where(positive, 1.001 * squares / target, 0.0)
    return falling_root(_q_step, np.zeros_like(high), high, (batch.y, batch.v, target))


def _q_step(
    tau2: FloatArray, y: FloatArray, v: FloatArray, target: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    w = v + tau2
    np.reciprocal(w, out=w)
    r = w * y
    np.subtract(y, np.add.reduce(r, axis=0) / np.add.reduce(w, axis=0), out=r)
    w *= r
    r *= w
    w *= w
    q, slope = np.add.reduce(r, axis=0), np.add.reduce(w, axis=0)
    step = q / slope * (q / target - 1.0)
    return q - target, step, step


def _score_step(
    tau2: FloatArray, y: FloatArray, v: FloatArray, restricted: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Twice the derivative of the log-likelihood, Newton's step where it is concave, and Fisher's."""
    w = v + tau2
    np.reciprocal(w, out=w)
    wr = w * y
    s1 = np.add.reduce(w, axis=0)
    np.subtract(y, np.add.reduce(wr, axis=0) / s1, out=wr)
    wr *= w
    power = w * wr
    lean = np.add.reduce(power, axis=0)  # sum of w^2 r
    wr *= wr
    bend = np.add.reduce(wr, axis=0)  # sum of w^2 r^2
    wr *= w
    np.multiply(w, w, out=power)
    s2 = np.add.reduce(power, axis=0)
    power *= w
    s3 = np.add.reduce(power, axis=0)
    score = bend - s1 + restricted * s2 / s1
    information = s2 - restricted * (2.0 * s3 - s2 * s2 / s1) / s1
    curvature = 2.0 * (np.add.reduce(wr, axis=0) - lean * lean / s1) - information
    concave = curvature > 0.1 * information
    return score, score / np.where(concave, curvature, information), score / information


def _finished(batch: Batch, tau2: FloatArray, converged: BoolArray) -> tuple[FloatArray, BoolArray]:
    """tau2 in the caller's unit; one study or none has no variance between studies."""
    scaled = tau2 * batch.unit * batch.unit
    return np.where(batch.k > 1.0, scaled, 0.0), converged | (batch.k <= 1.0)


def _closed(batch: Batch, tau2: FloatArray) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, np.maximum(tau2, 0.0), np.ones(batch.k.shape, np.bool_))


def _degrees(batch: Batch) -> FloatArray:
    return np.maximum(batch.k - 1.0, 1.0)


def _dl(batch: Batch) -> tuple[FloatArray, BoolArray]:
    w = 1.0 / batch.v
    s1, s2 = np.add.reduce(w, axis=0), np.add.reduce(w * w, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return _closed(batch, (generalised_q(batch, 0.0) - (batch.k - 1.0)) / (s1 - s2 / s1))


def _unweighted(batch: Batch) -> FloatArray:
    spread = np.add.reduce(batch.y * batch.y, axis=0) / _degrees(batch)
    return spread - batch.total(batch.v) / np.maximum(batch.k, 1.0)


def _he(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _closed(batch, _unweighted(batch))


def _hs(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _closed(batch, (generalised_q(batch, 0.0) - batch.k) / np.add.reduce(1.0 / batch.v, axis=0))


def _hsk(batch: Batch) -> tuple[FloatArray, BoolArray]:
    q = generalised_q(batch, 0.0) * batch.k / _degrees(batch)
    return _closed(batch, (q - batch.k) / np.add.reduce(1.0 / batch.v, axis=0))


def _sj(batch: Batch) -> tuple[FloatArray, BoolArray]:
    first = np.add.reduce(batch.y * batch.y, axis=0) / np.maximum(batch.k, 1.0)
    return _closed(batch, first * generalised_q(batch, first) / _degrees(batch))


def _pm(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _finished(batch, *generalised_q_root(batch, _degrees(batch)))


def _pmm(batch: Batch) -> tuple[FloatArray, BoolArray]:
    from evidence.distributions import chi2_isf

    target = np.array([chi2_isf(0.5, df) for df in _degrees(batch).tolist()])
    return _finished(batch, *generalised_q_root(batch, target))


def _likelihood(batch: Batch, restricted: float) -> tuple[FloatArray, BoolArray]:
    span = np.maximum.reduce(batch.y, axis=0) - np.minimum.reduce(batch.y, axis=0)
    start = np.clip(_unweighted(batch), 0.0, span * span)
    flags = np.full(start.shape, restricted)
    with np.errstate(invalid="ignore", divide="ignore"):
        boundary = ~(_score_step(np.zeros_like(start), batch.y, batch.v, flags)[0] > 0.0)
    data = (batch.y, batch.v, flags)
    tau2, converged = falling_root(_score_step, start, span * span, data, boundary)
    rivals = np.flatnonzero(boundary & (tau2 > 0.0))
    if rivals.size:
        gain = _gain(tau2[rivals], columns(batch.y, rivals), columns(batch.v, rivals), restricted)
        tau2[rivals] = np.where(gain < 0.0, 0.0, tau2[rivals])
    return _finished(batch, tau2, converged)


def _gain(tau2: FloatArray, y: FloatArray, v: FloatArray, restricted: float) -> FloatArray:
    """Twice the log-likelihood at tau2 less that at 0."""
    gain = -np.add.reduce(np.log1p(tau2 / v), axis=0)
    for sign, between in ((-1.0, tau2), (1.0, 0.0)):
        w = 1.0 / (v + between)
        total = np.add.reduce(w, axis=0)
        r = y - np.add.reduce(w * y, axis=0) / total
        gain += sign * (np.add.reduce(w * r * r, axis=0) + restricted * np.log(total))
    return gain


def _ml(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _likelihood(batch, 0.0)


def _reml(batch: Batch) -> tuple[FloatArray, BoolArray]:
    return _likelihood(batch, 1.0)


TAU2: Mapping[str, Estimator] = {
    "REML": restricted_maximum_likelihood,
    "DL": dersimonian_laird,
    "PM": paule_mandel,
    "ML": maximum_likelihood,
    "EB": empirical_bayes,
    "SJ": sidik_jonkman,
    "HE": hedges,
    "HS": hunter_schmidt,
    "HSk": hunter_schmidt_small_sample,
    "PMM": paule_mandel_median,
}
