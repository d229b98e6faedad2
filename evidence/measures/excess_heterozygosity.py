"""The relative excess of heterozygotes over Hardy and Weinberg's proportions, on the log scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, exponential, floats


def log_excess_heterozygosity(
    ai: ArrayLike,
    bi: ArrayLike,
    ci: ArrayLike,
) -> Effect:
    """Log relative excess heterozygosities and their variances.

    Parameters
    ----------
    ai, bi, ci : (..., k) people homozygous for the one allele, heterozygous, homozygous for the other

    Notes
    -----
    With shares p of the three genotypes, log(p1 / (2 sqrt(p0 p2))), variance
    ((1 - p1) / (4 p0 p2) + 1 / p1) / n; 0 under Hardy-Weinberg equilibrium.

    References
    ----------
    Ziegler A, Van Steen K, Wellek S. Breast Cancer Res Treat 2011;128:197-201.

    Examples
    --------
    >>> yi, vi = log_excess_heterozygosity([30], [45], [25])
    >>> round(float(yi[0]), 6), round(float(vi[0]), 6)
    (-0.196521, 0.040556)
    """
    first, mixed, second = floats(ai, bi, ci)
    with np.errstate(all="ignore"):
        possible = (first >= 0) & (mixed >= 0) & (second >= 0)
        size = first + mixed + second
        yi = np.log(mixed) - np.log(2.0) - 0.5 * (np.log(first) + np.log(second))
        vi = (1.0 - mixed / size) * size / (4.0 * first * second) + 1.0 / mixed
    return estimable(yi, vi, possible)


MEASURE = Measure(
    code="REH",
    name="relative excess heterozygosity",
    inputs=("ai", "bi", "ci"),
    effect=log_excess_heterozygosity,
    scale="log",
    null=0.0,
    back=exponential,
    axis="Relative excess heterozygosity",
    kind="genotypes",
)
