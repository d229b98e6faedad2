"""Means with their spread to the inputs of a measure of means, between arms or within one."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.claims import Summary
from evidence.derivation.inputs import ArmData, Inputs, Missing
from evidence.derivation.median_to_mean import from_median
from evidence.rounding import bounds
from evidence.values import Derived, Reported

_NAMES = {1: ("mi", "sdi", "ni"), 2: ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")}


def from_means(summaries: Sequence[Summary], names: tuple[str, ...]) -> Inputs | Missing:
    """The inputs called ``names`` of a measure of means, SDs and sizes, of one arm or two, or why not."""
    known = _NAMES.get(len(summaries), ())
    if not set(names) <= set(known):
        return Missing(f"the measure cannot be had from the means of {len(summaries)} arm(s)")
    if len({summary.time for summary in summaries}) > 1:
        return Missing("the arms' means are of unlike times")
    flat: list[float] = []
    arms: list[ArmData] = []
    numbers: list[Reported | Derived] = []
    ranges: list[tuple[float, float]] = []
    for summary in summaries:
        found = _mean_and_sd(summary)
        if isinstance(found, Missing):
            return found
        mean, spread, n = found
        size = bounds(n).floats[1]
        if spread.value <= 0:
            return Missing(f"prints a spread of {spread.value:g} for {summary.arm}")
        flat += [mean.value, spread.value, size]
        ranges += [(mean.low, mean.high), (spread.low, spread.high), (size, size)]
        estimated = mean.grade == "estimated"
        arms.append(ArmData(summary.arm, n=size, mean=mean.value, sd=spread.value, approximate=estimated))
        numbers += [mean if estimated else mean.sources[0], spread, n]
    notes = tuple(note for item in numbers if isinstance(item, Derived) for note in item.assumptions)
    values = {name: value for name, value in zip(known, flat, strict=True) if name in names}
    return Inputs(
        values,
        tuple(arms),
        tuple(numbers),
        "medians" if any(arm.approximate for arm in arms) else "means",
        time=summaries[0].time,
        notes=notes,
        ranges={name: ends for name, ends in zip(known, ranges, strict=True) if name in names},
    )


def _mean_and_sd(summary: Summary) -> tuple[Derived, Derived, Reported] | Missing:
    """Mean, standard deviation and n: as printed, else estimated from a median with what is beside it."""
    spread, n = standard_deviation(summary), summary.n
    if not isinstance(n, Reported) or not n.is_number:
        return Missing(f"prints no n for {summary.arm}")
    if summary.mean is None and summary.median is not None:
        found = from_median(summary)
        return found if isinstance(found, Missing) else (*found, n)
    if summary.mean is None or spread is None:
        return Missing(f"prints no mean with its spread for {summary.arm}")
    low, value, high = bounds(summary.mean).floats
    return Derived(value, low, high, (summary.mean,), "mean as printed", grade="printed"), spread, n


def from_change(
    before: Summary, after: Summary, names: tuple[str, ...] | None = None, *, by_before: bool = False
) -> Inputs | Missing:
    """The inputs of a mean change within people: both means and SDs, their correlation and n; or why not.

    The first occasion is that after treatment. ``names`` keeps to the inputs a measure takes; with
    ``by_before`` the first SD, by which some standardise, is that before treatment.

    Without a printed correlation the variance of the change is not known. One backed out of a t test that
    ignored the pairing would be an artefact of that test, so none is.
    """
    r = after.correlation or before.correlation
    if r is None:
        return Missing(
            "prints no correlation of before and after, without which the variance of a change "
            "within people is not known"
        )
    n = after.n
    spreads = [spread for one in (after, before) if (spread := standard_deviation(one)) is not None]
    if after.mean is None or before.mean is None or not isinstance(n, Reported) or not n.is_number:
        return Missing("prints no means before and after with their n")
    if len(spreads) < 2:
        return Missing("prints no spread before and after")
    means = [bounds(after.mean).floats[1], bounds(before.mean).floats[1]]
    size = bounds(n).floats[1]
    sds = [spreads[by_before].value, spreads[not by_before].value]
    values = {"m1i": means[0], "m2i": means[1], "sd1i": sds[0], "sd2i": sds[1]}
    values |= {"ri": bounds(r).floats[1], "ni": size}
    if names is not None:
        values = {name: value for name, value in values.items() if name in names}
    numbers = (after.mean, spreads[0], before.mean, spreads[1], r, n)
    arm = ArmData(after.arm, n=size, mean=means[0] - means[1])
    return Inputs(values, (arm,), numbers, "means before and after")


def standard_deviation(summary: Summary) -> Derived | None:
    """The standard deviation of a summary: as printed, a ± read as one, or from the standard error."""
    if summary.sd is not None:
        low, value, high = bounds(summary.sd).floats
        if summary.sd is not summary.plusminus:
            return Derived(value, low, high, (summary.sd,), "standard deviation as printed", grade="printed")
        said = f"± {summary.sd.text} is read as a standard deviation; its kind is not said"
        return Derived(value, low, high, (summary.sd,), "± as standard deviation", (said,), "assumed")
    n = summary.n
    if summary.se is None or not isinstance(n, Reported) or not n.is_number:
        return None
    root = bounds(n).floats[1] ** 0.5
    low, value, high = (bound * root for bound in bounds(summary.se).floats)
    return Derived(value, low, high, (summary.se, n), "standard error times the square root of n")
