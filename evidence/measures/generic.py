"""Any effect given with its variance."""

from __future__ import annotations

from numpy.typing import ArrayLike

from evidence.measures.measure import Effect, Measure, estimable, floats, identity


def generic_effect(yi: ArrayLike, vi: ArrayLike) -> Effect:
    """The effects and variances as given; nan where a variance is negative.

    Parameters
    ----------
    yi, vi : (..., k) effects and their sampling variances

    Notes
    -----
    Nothing is computed; a variance of 0 stays, though no weight can be made of it.

    Examples
    --------
    >>> generic_effect([0.2, 0.3], [0.1, -0.1])[0].tolist()
    [0.2, nan]
    """
    effect, variance = floats(yi, vi)
    return estimable(effect, variance, variance >= 0)


MEASURE = Measure(
    code="GEN",
    name="effect",
    inputs=("yi", "vi"),
    effect=generic_effect,
    scale="identity",
    null=0.0,
    back=identity,
    axis="Effect",
    kind="generic",
)
