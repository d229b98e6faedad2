"""The estimate that inputs give: its value and variance, how far rounding lets it reach, its limits."""

from __future__ import annotations

from itertools import product
from math import isfinite, log
from typing import TYPE_CHECKING

from evidence.derivation.interval_to_se import from_interval, from_p
from synthesis.zero_policies import NOTHING, ONE_HALF, TREATMENT_ARM, adds, options

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from evidence.derivation.inputs import Inputs
    from evidence.measures.measure import Measure
    from synthesis.arrays import FloatArray

MOST_CORNERS = 4096
USUAL = 95.0  # level of an interval that needs no word


def estimate(inputs: Inputs, measure: Measure, zeros: str = ONE_HALF) -> tuple[float, float]:
    """The estimate and its sampling variance, on the measure's scale."""
    yi, vi = _estimates(inputs, measure, inputs.values, zeros)
    return float(yi), float(vi)


def _estimates(
    inputs: Inputs, measure: Measure, values: Mapping[str, float | FloatArray], zeros: str
) -> tuple[np.generic | FloatArray, np.generic | FloatArray]:
    """The same of values that may be arrays, one entry each way of reading the inputs."""
    import numpy as np

    log_scale = measure.scale == "log" and not inputs.logged
    known = dict(values)
    if "level" in known:
        yi, se = from_interval(**known, log=log_scale)
        vi = se**2
    elif "p" in known:
        yi, se = from_p(known["estimate"], known["p"], log=log_scale)
        vi = se**2
    elif "se" in known:
        yi = np.log(known["estimate"]) if log_scale else np.asarray(known["estimate"])
        vi = np.broadcast_to(np.asarray(known["se"]) ** 2, np.shape(yi))
    else:
        columns = {name: np.atleast_1d(value) for name, value in known.items()}
        found = measure.effect(**columns, **options(zeros, measure))
        yi, vi = (one if np.ndim(next(iter(known.values()))) else one[0] for one in found)
    return (-yi if inputs.flipped else yi), vi


def corners(inputs: Inputs, measure: Measure, zeros: str = ONE_HALF) -> tuple[tuple[float, float], ...]:
    """Estimate and variance at every corner of what would have been printed so; none where it is not known.

    Counts take their lowest and highest admissible value, rounded numbers the ends of their bounds.
    """
    import numpy as np

    moving = {name: ends for name, ends in inputs.ranges.items() if ends[0] < ends[1]}
    if not moving or not all(isfinite(end) for ends in moving.values() for end in ends):
        return ()
    if 2 ** len(moving) > MOST_CORNERS:
        return ()
    columns = np.array(list(product(*moving.values()))).T
    size = columns.shape[1]
    values = {name: np.full(size, value) for name, value in inputs.values.items()}
    values |= dict(zip(moving, columns, strict=True))
    with np.errstate(all="ignore"):
        yi, vi = _estimates(inputs, measure, values, zeros)
    pairs = zip(np.ravel(yi).tolist(), np.ravel(vi).tolist(), strict=True)
    return tuple(dict.fromkeys((y, v) for y, v in pairs if isfinite(y) and isfinite(v) and v > 0))


def rounding_range(found: tuple[tuple[float, float], ...]) -> tuple[float, float] | None:
    """The least and greatest estimate among corners; None where there are none.

    All measures here are monotone in each input while the others stay, so that the extremes lie at corners.
    """
    effects = [yi for yi, _ in found]
    return (min(effects), max(effects)) if effects and min(effects) < max(effects) else None


def stated(inputs: Inputs, measure: Measure) -> tuple[float, float, float] | None:
    """The printed limits on the measure's scale, and their level in per cent; None where none were used."""
    if "level" not in inputs.values:
        return None
    limits = [inputs.values["low"], inputs.values["high"]]
    if measure.scale == "log" and not inputs.logged:
        limits = [log(limit) for limit in limits]
    if inputs.flipped:
        limits = [-limit for limit in reversed(limits)]
    return limits[0], limits[1], inputs.values["level"]


def unusual_level(inputs: Inputs) -> tuple[str, ...]:
    """That the printed interval is of another level than 95 %, with its limits: the row shows one of 95 %."""
    level = inputs.values.get("level", USUAL)
    if level == USUAL:
        return ()
    low, high = inputs.values["low"], inputs.values["high"]
    return (f"printed with its {level:g} % interval, {low:g} to {high:g}",)


def _events(inputs: Inputs) -> list[tuple[float, float]]:
    counts = [(arm.events, arm.n) for arm in inputs.arms]
    return [(events, n) for events, n in counts if events is not None and n is not None]


def not_estimable(inputs: Inputs, measure: Measure, zeros: str = ONE_HALF) -> str | None:
    """Why counts give no effect: nobody, or everybody, had the event in both arms, or nothing is added."""
    known = _events(inputs)
    dropped = "drop00" in options(zeros, measure) and _from_counts(inputs)
    if len(known) > 1 and (measure.scale == "log" or dropped) and all(events == 0 for events, _ in known):
        return "no events in either arm"
    everyone = measure.code == "OR" or dropped
    if len(known) > 1 and everyone and all(events == n for events, n in known):
        return "everybody in both arms had the event"
    return None


def undefined(inputs: Inputs, zeros: str) -> str:
    """Why an effect has no variance above zero."""
    if zeros == NOTHING and any(not 0 < events < n for events, n in _events(inputs)):
        return f"a cell is empty and nothing is added to it ({_data(inputs)})"
    return "its variance is not defined"


def correction(inputs: Inputs, measure: Measure, zeros: str = ONE_HALF) -> tuple[str, ...]:
    """What was done to the cells of a table with an empty one."""
    known = _events(inputs)
    if not adds(measure) or not _from_counts(inputs) or all(0 < events < n for events, n in known):
        return ()
    if zeros == NOTHING:
        return (f"a cell is empty and nothing was added to it ({_data(inputs)})",)
    shared = options(zeros, measure).get("add") == TREATMENT_ARM
    what = "its arm's share of the people" if shared else "one half"
    return (f"{what} was added to each cell, one of them being empty ({_data(inputs)})",)


def _from_counts(inputs: Inputs) -> bool:
    return not {"level", "p", "se"} & inputs.values.keys()


def total(inputs: Inputs) -> float | None:
    sizes = [arm.n for arm in inputs.arms]
    return sum(n for n in sizes if n is not None) if sizes and None not in sizes else None


def _data(inputs: Inputs) -> str:
    return " and ".join(f"{events:g}/{n:g}" for events, n in _events(inputs)) or inputs.route
