"""What a relative effect means for people with a known risk: of 1000, how many with the treatment."""

import math
from collections.abc import Callable, Mapping

MEASURES: Mapping[str, Callable[[float, float], float]] = {
    "RR": lambda risk, yi: risk * math.exp(yi),
    "OR": lambda risk, yi: _of_odds(risk, yi),
    "RD": lambda risk, yi: risk + yi,
    "HR": lambda risk, yi: 1.0 - (1.0 - risk) ** math.exp(yi),
}
"""From a risk without the treatment (0 to 1) and an effect on the scale of the analysis to that with it."""


def _of_odds(risk: float, yi: float) -> float:
    if risk >= 1.0:
        return 1.0
    odds = risk / (1.0 - risk) * math.exp(yi)
    return odds / (1.0 + odds)


def with_treatment(measure: str, risk: float, yi: float) -> float | None:
    """The risk with the treatment, no less than 0 and no more than 1; None for measures without one.

    Notes
    -----
    A hazard ratio moves the risk of having had the event by the time that the risk without is about:
    1 - (1 - risk)^HR, hazards being proportional.

    References
    ----------
    Cochrane Handbook, chapter 15, sections 15.4.4.

    Examples
    --------
    >>> import math
    >>> with_treatment("RR", 0.2, math.log(1.5)), round(with_treatment("OR", 0.2, math.log(1.5)), 4)
    (0.30000000000000004, 0.2727)
    >>> with_treatment("MD", 0.2, 1.0) is None
    True
    """
    found = MEASURES.get(measure)
    return None if found is None else min(max(found(risk, yi), 0.0), 1.0)


def per_thousand(risk: float) -> str:
    """A risk as people of 1000; neither nobody nor everybody unless it is.

    Examples
    --------
    >>> per_thousand(0.25), per_thousand(0.0001), per_thousand(0.9999)
    ('250', '<1', '>999')
    """
    people = 1000 * risk
    if 0 < people < 0.5:
        return "<1"
    if 999.5 <= people < 1000:
        return ">999"
    return f"{people:.0f}"
