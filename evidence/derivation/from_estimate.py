"""A printed effect with its interval to the inputs of its own measure."""

from __future__ import annotations

from evidence.claims import EffectClaim
from evidence.derivation.inputs import Inputs, Missing
from evidence.rounding import bounds

RATIOS = frozenset({"HR", "OR", "RR", "ROM", "IRR"})


def from_estimate(claim: EffectClaim) -> Inputs | Missing:
    """Estimate, limits and level of a printed effect as floats; or why it cannot be used.

    The values are named ``estimate``, ``low``, ``high`` and ``level`` (per cent).
    """
    if claim.estimate is None or claim.low is None or claim.high is None:
        return Missing(f"prints {claim.measure} without its estimate and both limits")
    if claim.level is None:
        return Missing(f"the level of the interval of the {claim.measure} is not printed")
    numbers = (claim.estimate, claim.low, claim.high)
    values = dict(zip(("estimate", "low", "high"), (bounds(n).floats[1] for n in numbers), strict=True))
    ratio = claim.measure in RATIOS and not claim.log_scale
    if values["low"] >= values["high"] or (ratio and min(values.values()) <= 0):
        return Missing(f"the printed interval of the {claim.measure} cannot be")
    notes = ("a credible interval, read as a confidence interval",) if claim.credible else ()
    route = f"printed {claim.measure}"
    values["level"] = float(claim.level)
    low, _, high = bounds(claim.estimate).floats
    return Inputs(
        values,
        (),
        numbers,
        route,
        adjusted=claim.adjusted,
        logged=claim.log_scale,
        notes=notes,
        ranges={"estimate": (low, high)},
    )
