"""What a standardised mean difference means for two normal groups laid over each other.

References
----------
Cohen J. Statistical Power Analysis for the Behavioral Sciences, 1988, ch. 2 (U1, U2, U3). McGraw KO, Wong SP.
Psychol Bull 1992;111:361-5. Cliff N. Psychol Bull 1993;114:494-509. Rosenthal R, Rubin DB. J Educ Psychol
1982;74:166-9. Inman HF, Bradley EL. Commun Stat Theory Methods 1989;18:3851-74 (overlap).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.derivation.r_to_d import point_biserial_from_d
from evidence.measures.measure import FloatArray
from evidence.measures.normal import normal_area, normal_quantile


def u1(di: ArrayLike) -> FloatArray:
    """The share of both groups together that does not overlap.

    Examples
    --------
    >>> round(float(u1(0.9)), 6)
    0.515538
    """
    share = u2(np.abs(np.asarray(di, dtype=np.float64)))
    return (2.0 * share - 1.0) / share


def u2(di: ArrayLike) -> FloatArray:
    """The share of the higher group that exceeds the same share of the lower.

    Examples
    --------
    >>> round(float(u2(0.9)), 6)
    0.673645
    """
    return normal_area(0.5 * np.asarray(di, dtype=np.float64))


def u3(di: ArrayLike) -> FloatArray:
    """The share of the second group that lies below the first group's mean.

    Examples
    --------
    >>> round(float(u3(0.9)), 6)
    0.81594
    """
    return normal_area(di)


def overlap(di: ArrayLike) -> FloatArray:
    """The area that the two groups' densities share.

    Examples
    --------
    >>> round(float(overlap(0.9)), 6)
    0.65271
    """
    return 2.0 * normal_area(-0.5 * np.abs(np.asarray(di, dtype=np.float64)))


def common_language(di: ArrayLike) -> FloatArray:
    """The chance that someone of the first group exceeds someone of the second.

    Examples
    --------
    >>> round(float(common_language(0.9)), 6)
    0.737741
    """
    return normal_area(np.asarray(di, dtype=np.float64) / np.sqrt(2.0))


def d_from_common_language(area: ArrayLike) -> FloatArray:
    """The standardised mean difference behind that chance (or an area under the curve).

    Examples
    --------
    >>> round(float(d_from_common_language(0.77)), 6)
    1.044887
    """
    return np.sqrt(2.0) * normal_quantile(area)


def cliffs_delta(di: ArrayLike) -> FloatArray:
    """How much likelier someone of the first group exceeds someone of the second than the reverse.

    Examples
    --------
    >>> round(float(cliffs_delta(0.9)), 6)
    0.475482
    """
    return 2.0 * common_language(di) - 1.0


def binomial_display(di: ArrayLike) -> FloatArray:
    """The first group's success rate in a binomial effect size display, 1/2 plus half the correlation.

    Examples
    --------
    >>> round(float(binomial_display(0.9)), 6)
    0.705182
    """
    return 0.5 + 0.5 * point_biserial_from_d(di)


def mean_difference_at(di: ArrayLike, sd: ArrayLike) -> FloatArray:
    """The difference of means that a standardised one is, where the standard deviation is `sd`.

    Examples
    --------
    >>> round(float(mean_difference_at(0.7, 12)), 6)
    8.4
    """
    return np.asarray(di, dtype=np.float64) * np.asarray(sd, dtype=np.float64)
