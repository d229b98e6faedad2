"""Between log odds ratios and standardised mean differences, tetrachoric correlations and risks.

References
----------
Hasselblad V, Hedges LV. Psychol Bull 1995;117:167-78 (logistic). Cox DR, Snell EJ. Analysis of Binary Data,
1989 (normal). Pearson K. Philos Trans R Soc A 1900;195:1-47. Digby PGN. Biometrics 1983;39:753-7.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import FloatArray, expit, floats

LOGISTIC = float(np.pi / np.sqrt(3.0))
NORMAL = 1.65


def d_from_log_odds(yi: ArrayLike, factor: float = LOGISTIC) -> FloatArray:
    """Standardised mean differences from log odds ratios: over pi / sqrt(3), or over 1.65 for the normal.

    Examples
    --------
    >>> round(float(d_from_log_odds(0.9)), 6), round(float(d_from_log_odds(0.9, NORMAL)), 6)
    (0.496196, 0.545455)
    """
    return np.asarray(yi, dtype=np.float64) / factor


def log_odds_from_d(di: ArrayLike, factor: float = LOGISTIC) -> FloatArray:
    """Log odds ratios from standardised mean differences: times pi / sqrt(3), or 1.65 for the normal.

    Examples
    --------
    >>> round(float(log_odds_from_d(0.9)), 6), round(float(log_odds_from_d(0.9, NORMAL)), 6)
    (1.632419, 1.485)
    """
    return np.asarray(di, dtype=np.float64) * factor


def pearson_tetrachoric(yi: ArrayLike) -> FloatArray:
    """Approximate tetrachoric correlations from log odds ratios, cos(pi / (1 + sqrt(OR))).

    Examples
    --------
    >>> round(float(pearson_tetrachoric(0.9)), 6)
    0.340627
    """
    # cos(pi / 2 - x) written as sin(x), so that an odds ratio of 1 gives exactly 0.
    result: FloatArray = np.sin(0.5 * np.pi * np.tanh(0.25 * np.asarray(yi, dtype=np.float64)))
    return result


def digby_tetrachoric(yi: ArrayLike) -> FloatArray:
    """Approximate tetrachoric correlations from log odds ratios, (OR^(3/4) - 1) / (OR^(3/4) + 1).

    Examples
    --------
    >>> round(float(digby_tetrachoric(0.9)), 6)
    0.325244
    """
    return np.tanh(0.375 * np.asarray(yi, dtype=np.float64))


def risk_difference_at(yi: ArrayLike, risk: ArrayLike) -> FloatArray:
    """Risk differences that log odds ratios mean where the other group's risk is `risk`.

    Examples
    --------
    >>> round(float(risk_difference_at(0.7, 0.2)), 6)
    0.134858
    """
    log_odds, other = floats(yi, risk)
    return _risk(log_odds, other) - other


def risk_ratio_at(yi: ArrayLike, risk: ArrayLike) -> FloatArray:
    """Risk ratios that log odds ratios mean where the other group's risk is `risk`.

    Examples
    --------
    >>> round(float(risk_ratio_at(0.7, 0.2)), 6)
    1.67429
    """
    log_odds, other = floats(yi, risk)
    with np.errstate(over="ignore", invalid="ignore"):
        odds = np.exp(log_odds)
        return np.where((other >= 0) & (other <= 1), odds / (other * (odds - 1.0) + 1.0), np.nan)


def _risk(log_odds: FloatArray, other: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        good = (other >= 0) & (other <= 1)
        return np.where(good, expit(np.log(other) - np.log1p(-other) + log_odds), np.nan)
