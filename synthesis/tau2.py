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

from synthesis.arrays import BoolArray, FloatArray, in_blocks
from synthesis.tau2_kernels import (
    ca2_kernel,
    dl2_kernel,
    dl_kernel,
    genq_kernel,
    genqm_kernel,
    he_kernel,
    hs_kernel,
    hsk_kernel,
    ml_kernel,
    pm_kernel,
    pmm_kernel,
    reml_kernel,
    sj_kernel,
)

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
    return _estimated(dl_kernel, yi, vi, where)


def hedges(yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None) -> tuple[FloatArray, BoolArray]:
    """tau2 by the unweighted (Hedges, or Cochran ANOVA) moment estimator, and True.

    Notes
    -----
    max(0, sum (yi - mean)^2 / (k - 1) - mean vi).

    References
    ----------
    Hedges LV. J Educ Stat 1983;8:363-75.
    """
    return _estimated(he_kernel, yi, vi, where)


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
    return _estimated(hs_kernel, yi, vi, where)


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
    return _estimated(hsk_kernel, yi, vi, where)


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
    return _estimated(sj_kernel, yi, vi, where)


def paule_mandel(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which the generalised Q equals its expectation k - 1, and whether it was found.

    References
    ----------
    Paule RC, Mandel J. J Res Natl Bur Stand 1982;87:377-85.
    """
    return _estimated(pm_kernel, yi, vi, where)


def paule_mandel_median(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which the generalised Q equals the median of chi-square with k - 1 df, and whether found.

    References
    ----------
    Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity, 2021.
    """
    return _estimated(pmm_kernel, yi, vi, where)


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
    return _estimated(pm_kernel, yi, vi, where)


def iterated_dersimonian_laird(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which the moment estimator with weights 1 / (vi + tau2) gives tau2 back, and whether found.

    Notes
    -----
    The moment equation of DerSimonian and Laird with weights from its own answer; its solution is Paule
    and Mandel's (DerSimonian & Kacker 2007, section 2.5). metafor stops its iteration at a change of 1e-5.

    References
    ----------
    DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-14.
    """
    return _estimated(pm_kernel, yi, vi, where)


def iterated_sidik_jonkman(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 that Sidik and Jonkman's second step, repeated, ends at, and whether it was found.

    Notes
    -----
    tau2 = tau2 Q(tau2) / (k - 1) holds where Q(tau2) = k - 1, Paule and Mandel's solution, or at 0.
    metafor stops its iteration at a change of 1e-5, some 1e-6 short of the end.

    References
    ----------
    Sidik K, Jonkman JN. Stat Med 2007;26:1964-81.
    """
    return _estimated(pm_kernel, yi, vi, where)


def two_step_dersimonian_laird(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the moment estimator with weights 1 / (vi + DerSimonian and Laird's tau2), and True.

    References
    ----------
    DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-14, section 2.4 ("DL2").

    Examples
    --------
    >>> tau2, converged = two_step_dersimonian_laird([0.2, 0.9, 0.4], [0.05, 0.08, 0.04])
    >>> round(float(tau2), 6)
    0.060747
    """
    return _estimated(dl2_kernel, yi, vi, where)


def two_step_cochran_anova(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 by the moment estimator with weights 1 / (vi + Hedges' tau2), and True.

    References
    ----------
    DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-14, section 2.4 ("CA2").
    """
    return _estimated(ca2_kernel, yi, vi, where)


def generalised_q_moment(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None, weights: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which Q with given weights equals its expectation, and True.

    Parameters
    ----------
    weights : (..., k) array of weights, 0 or more; 1 / vi where there are none, DerSimonian and Laird's

    Notes
    -----
    max(0, (Q_a - sum a v + sum a^2 v / A) / (A - sum a^2 / A)) with A the sum of the weights a.

    References
    ----------
    DerSimonian R, Kacker R. Contemp Clin Trials 2007;28:105-14, equation 6.
    """
    return _estimated(genq_kernel, yi, vi, where, _precision(vi, where) if weights is None else weights)


def generalised_q_median(
    yi: ArrayLike, vi: ArrayLike, where: ArrayLike | None = None, weights: ArrayLike | None = None
) -> tuple[FloatArray, BoolArray]:
    """tau2 at which Q with given weights equals its median, and whether it was found.

    Parameters
    ----------
    weights : (..., k) array of weights, 0 or more; 1 / vi where there are none

    References
    ----------
    Viechtbauer W. Median-unbiased estimators for the amount of heterogeneity, 2021. Jackson D. Res Synth
    Methods 2013;4:220-9 (the distribution of Q).
    """
    return _estimated(genqm_kernel, yi, vi, where, _precision(vi, where) if weights is None else weights)


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
    return _estimated(ml_kernel, yi, vi, where)


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
    return _estimated(reml_kernel, yi, vi, where)


def _estimated(
    kernel: Callable[..., tuple[FloatArray, BoolArray]],
    yi: ArrayLike,
    vi: ArrayLike,
    where: ArrayLike | None,
    weights: ArrayLike | None = None,
) -> tuple[FloatArray, BoolArray]:
    iterated = kernel in (reml_kernel, ml_kernel, pm_kernel, pmm_kernel)
    tau2, converged = in_blocks(kernel, yi, vi, where, weights=weights, iterated=iterated)
    return tau2, converged


def _precision(vi: ArrayLike, where: ArrayLike | None) -> FloatArray:
    """1 / vi times the smallest variance, which extreme units cannot overflow."""
    v = np.asarray(vi, np.float64)
    if where is not None:
        v = np.where(where, v, np.inf)
    smallest = np.min(v, axis=-1, keepdims=True, initial=np.inf)
    return np.asarray(np.where(np.isfinite(v), np.where(np.isfinite(smallest), smallest, 1.0) / v, 0.0))


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
    "DL2": two_step_dersimonian_laird,
    "CA2": two_step_cochran_anova,
    "DLIT": iterated_dersimonian_laird,
    "SJIT": iterated_sidik_jonkman,
    "GENQ": generalised_q_moment,
    "GENQM": generalised_q_median,
}

WEIGHTED = ("GENQ", "GENQM")
"""The estimators that take `weights`."""
