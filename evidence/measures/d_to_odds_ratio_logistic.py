"""The log odds ratio behind a standardised mean difference, logistic: another name of D2OR."""

from __future__ import annotations

from numpy.typing import ArrayLike

from evidence.measures.d_to_odds_ratio import odds_ratio_from_d
from evidence.measures.measure import Effect, Measure, exponential


def odds_ratio_from_d_logistic(
    m1i: ArrayLike,
    sd1i: ArrayLike,
    n1i: ArrayLike,
    m2i: ArrayLike,
    sd2i: ArrayLike,
    n2i: ArrayLike,
) -> Effect:
    """Log odds ratios from standardised mean differences, and their variances.

    Parameters
    ----------
    m1i, sd1i, n1i, m2i, sd2i, n2i : (..., k) means, standard deviations and sizes of the two arms

    Notes
    -----
    Cohen's d, uncorrected, times the factor of the logistic distribution, pi / sqrt(3); variance
    1/n1i + 1/n2i + d^2 / (2 n) times the square of that.

    References
    ----------
    Hasselblad V, Hedges LV. Psychol Bull 1995;117:167-78. Chinn S. Stat Med 2000;19:3127-31.

    Examples
    --------
    >>> yi, vi = odds_ratio_from_d_logistic([55], [47], [155], [75], [64], [156])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.645775, 0.042984)
    """
    return odds_ratio_from_d(m1i, sd1i, n1i, m2i, sd2i, n2i)


MEASURE = Measure(
    code="D2ORL",
    name="odds ratio (from means, logistic)",
    inputs=("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"),
    effect=odds_ratio_from_d_logistic,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Odds ratio",
    kind="continuous",
)
