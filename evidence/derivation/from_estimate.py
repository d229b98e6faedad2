"""A printed effect with its interval to the inputs of its own measure."""

from __future__ import annotations

from evidence.claims import EffectClaim
from evidence.derivation.inputs import Inputs, Missing
from evidence.rounding import bounds
from evidence.values import Reported

RATIOS = frozenset({"HR", "OR", "RR", "ROM", "IRR"})


def from_estimate(claim: EffectClaim) -> Inputs | Missing:
    """Estimate, limits and level of a printed effect as floats; or why it cannot be used.

    The values are named ``estimate`` with ``low``, ``high`` and ``level`` (per cent); without both limits
    ``estimate`` with ``se`` (on the scale of the analysis), or with an exact two-sided ``p``.
    """
    if claim.estimate is None:
        return Missing(f"prints {claim.measure} without its estimate")
    if claim.low is None or claim.high is None:
        return _without_limits(claim, claim.estimate)
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
    ends = (bounds(number).floats for number in numbers)
    return Inputs(
        values,
        (),
        numbers,
        route,
        adjusted=claim.adjusted,
        logged=claim.log_scale,
        notes=notes,
        ranges={name: (low, high) for name, (low, _, high) in zip(values, ends, strict=False)},
    )


def _without_limits(claim: EffectClaim, estimate: Reported) -> Inputs | Missing:
    """An estimate with its standard error, else with a p printed as a number and not called one-sided."""
    p = claim.p if claim.p is not None and claim.p.is_number and claim.p.relation == "=" else None
    ratio = claim.measure in RATIOS and not claim.log_scale
    beside = claim.se if claim.se is not None else p
    if beside is None or (beside is p and claim.sided == 1):
        return Missing(f"prints {claim.measure} without both limits, standard error or exact two-sided p")
    low, value, high = bounds(estimate).floats
    least, spread, most = bounds(beside).floats
    possible = spread > 0 if beside is not p else 0 < spread < 1
    if not possible or (ratio and value <= 0):
        return Missing(f"the printed {claim.measure} and {beside.text} cannot be")
    name = "p" if beside is p else "se"
    said: tuple[str, ...] = ()
    if name == "p":
        said = (f"its standard error is had from p {beside.text}, not from an interval",)
    elif ratio:
        said = (f"the standard error {beside.text} is taken to be that of the logarithm",)
    return Inputs(
        {"estimate": value, name: spread},
        (),
        (estimate, beside),
        f"printed {claim.measure}",
        adjusted=claim.adjusted,
        logged=claim.log_scale,
        notes=said,
        ranges={"estimate": (low, high), name: (least, most)},
    )
