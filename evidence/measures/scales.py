"""The scales that measures are analysed on beside the logarithm and the logit, and the ways back.

The ways back take values that no data could give, as the bounds of an interval may be, to the nearest
value that can be: a proportion is never below 0, a correlation never beyond 1.

References
----------
Fisher RA. Metron 1921;1:3-32. Hakstian AR, Whalen TE. Psychometrika 1976;41:219-31.
Bonett DG. J Educ Behav Stat 2002;27:335-40.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_area, normal_quantile


def logit(p: ArrayLike) -> FloatArray:
    """Logits of proportions, log(p / (1 - p)).

    Examples
    --------
    >>> logit([0.5, 0.77]).round(6).tolist()
    [0.0, 1.208311]
    """
    values = np.asarray(p, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = np.log(values) - np.log1p(-values)
    return result


def probit(p: ArrayLike) -> FloatArray:
    """Normal quantiles of proportions.

    Examples
    --------
    >>> probit([0.5, 0.77]).round(6).tolist()
    [0.0, 0.738847]
    """
    return normal_quantile(p)


def from_probit(z: ArrayLike) -> FloatArray:
    """Proportions from their normal quantiles.

    Examples
    --------
    >>> from_probit([0.0, 0.9]).round(6).tolist()
    [0.5, 0.81594]
    """
    return normal_area(z)


def fisher_z(r: ArrayLike) -> FloatArray:
    """Fisher's z of correlations, atanh(r); infinite at -1 and 1, and beyond them.

    Examples
    --------
    >>> fisher_z([0.0, 0.35]).round(6).tolist()
    [0.0, 0.365444]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.arctanh(np.clip(np.asarray(r, dtype=np.float64), -1.0, 1.0))


def from_fisher_z(z: ArrayLike) -> FloatArray:
    """Correlations from Fisher's z, tanh(z).

    Examples
    --------
    >>> from_fisher_z([0.0, 0.9]).round(6).tolist()
    [0.0, 0.716298]
    """
    return np.tanh(np.asarray(z, dtype=np.float64))


def fisher_z_of_r2(r2: ArrayLike) -> FloatArray:
    """Fisher's z of multiple correlations given as R squared, atanh(sqrt(r2)).

    Examples
    --------
    >>> fisher_z_of_r2([0.1, 0.4]).round(6).tolist()
    [0.32745, 0.745498]
    """
    return fisher_z(np.sqrt(np.clip(np.asarray(r2, dtype=np.float64), 0.0, 1.0)))


def r2_from_fisher_z(z: ArrayLike) -> FloatArray:
    """R squared from Fisher's z, tanh(z)^2.

    Examples
    --------
    >>> r2_from_fisher_z([0.1, 0.4]).round(6).tolist()
    [0.009934, 0.144361]
    """
    return np.tanh(np.asarray(z, dtype=np.float64)) ** 2


def arcsine(p: ArrayLike) -> FloatArray:
    """Arcsines of the square roots of proportions.

    Examples
    --------
    >>> arcsine([0.5, 1.0]).round(6).tolist()
    [0.785398, 1.570796]
    """
    with np.errstate(invalid="ignore"):
        return np.arcsin(np.sqrt(np.asarray(p, dtype=np.float64)))


def from_arcsine(yi: ArrayLike) -> FloatArray:
    """Proportions from arcsines of their square roots, sin(yi)^2 between 0 and 1.

    Examples
    --------
    >>> from_arcsine([-0.1, 0.5, 1.6]).round(6).tolist()
    [0.0, 0.229849, 1.0]
    """
    return np.sin(np.clip(np.asarray(yi, dtype=np.float64), 0.0, 0.5 * np.pi)) ** 2


def from_square_root(yi: ArrayLike) -> FloatArray:
    """Rates from their square roots; 0 below 0.

    Examples
    --------
    >>> from_square_root([-0.1, 0.5, 2.0]).tolist()
    [0.0, 0.25, 4.0]
    """
    return np.maximum(np.asarray(yi, dtype=np.float64), 0.0) ** 2


def hakstian_whalen(alpha: ArrayLike) -> FloatArray:
    """Cronbach's alphas on the cube-root scale, 1 - (1 - alpha)^(1/3), which grows with alpha.

    Examples
    --------
    >>> hakstian_whalen([0.5, 0.96]).round(6).tolist()
    [0.206299, 0.658005]
    """
    with np.errstate(invalid="ignore"):
        result: FloatArray = 1.0 - np.cbrt(1.0 - np.asarray(alpha, dtype=np.float64))
    return result


def from_hakstian_whalen(yi: ArrayLike) -> FloatArray:
    """Cronbach's alphas from the cube-root scale, between 0 and 1.

    Examples
    --------
    >>> from_hakstian_whalen([-0.1, 0.4, 1.2]).round(6).tolist()
    [0.0, 0.784, 1.0]
    """
    result: FloatArray = 1.0 - (1.0 - np.clip(np.asarray(yi, dtype=np.float64), 0.0, 1.0)) ** 3
    return result


def bonett(alpha: ArrayLike) -> FloatArray:
    """Cronbach's alphas on Bonett's scale, -log(1 - alpha), which grows with alpha.

    Examples
    --------
    >>> bonett([0.5, 0.96]).round(6).tolist()
    [0.693147, 3.218876]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        result: FloatArray = -np.log1p(-np.asarray(alpha, dtype=np.float64))
    return result


def from_bonett(yi: ArrayLike) -> FloatArray:
    """Cronbach's alphas from Bonett's scale; 0 below 0.

    Examples
    --------
    >>> from_bonett([-0.1, 1.0]).round(6).tolist()
    [0.0, 0.632121]
    """
    result: FloatArray = -np.expm1(-np.maximum(np.asarray(yi, dtype=np.float64), 0.0))
    return result
